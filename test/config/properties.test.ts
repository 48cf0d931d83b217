import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { imageFamilyOf } from "../../catalog/images.ts";
import { pathText } from "../../components/config/mistakes.ts";
import { type Settings, settings as schema } from "../../components/config/schema.ts";
import { managed, type Plan, type PlannedResource } from "../../plan/plan.ts";
import { byType, mistakesOf, planOfSettings, stackFile } from "../support/stacks.ts";
import { cases } from "../support/thorough.ts";
import { mutations } from "./mutations.ts";
import { edited } from "./settings.ts";
import { validSettings } from "./valid-settings.ts";

const seed = 20261124;

test("valid settings have no mistake", () => {
  fc.assert(
    fc.property(validSettings, (settings) => {
      expect(mistakesOf(stackFile(settings))).toEqual([]);
    }),
    { numRuns: cases(200), seed },
  );
});

describe("one mutation of valid settings is reported at its place", () => {
  test.each(mutations)("$what", ({ at, edit }) => {
    fc.assert(
      fc.property(validSettings, (settings) => {
        const { hosts } = schema.parse(settings);
        const group = Object.keys(hosts)[0] ?? "";
        const place = at.replace("<group>", group);
        const found = mistakesOf(stackFile(edited(settings, [edit(group)]))).map(({ path }) => pathText(path));
        expect(found.filter((path) => path.startsWith(place))).not.toEqual([]);
      }),
      { numRuns: 5, seed },
    );
  });
});

/** Nothing in the cloud's API takes tags for these; the rest carries them. */
const withoutTags = /SecurityGroupRule|Attachment|EipAssociation|SnatEntry|lindorm\/instanceV2|tsdb\/instance/;

describe("the plan of valid settings", () => {
  test("is safe, tagged and complete", async () => {
    await fc.assert(
      fc.asyncProperty(validSettings, async (raw) => {
        const settings = schema.parse(raw);
        const plan = await planOfSettings(raw);
        for (const [name, group] of Object.entries(settings.hosts)) expectHosts(plan, name, group);
        for (const resource of managed(plan)) expectTags(resource, settings);
        const groups = byType(plan, "alicloud:ecs/securityGroup:SecurityGroup").map(({ name }) => name);
        expect(groups.toSorted()).toEqual(
          Object.keys(settings.hosts)
            .map((name) => `network-${name}`)
            .toSorted(),
        );
        const addresses = byType(plan, "alicloud:ecs/eipAddress:EipAddress");
        expect(addresses).toHaveLength(settings.network.wayOut === "nat" ? 1 : 0);
      }),
      { numRuns: cases(60), seed },
    );
  });
});

function expectHosts(plan: Plan, name: string, group: Settings["hosts"][string]): void {
  const keys = Array.from({ length: group.count }, (_, i) => `${name}-${String(i + 1).padStart(2, "0")}`);
  const hosts = byType(plan, "alicloud:ecs/instance:Instance").filter((host) => keys.includes(host.name));
  expect(hosts).toHaveLength(group.count);
  for (const { inputs } of hosts) {
    expect(inputs).toMatchObject({
      systemDiskEncrypted: true,
      // Where cloud-init is too old for tokens, asking for them would lose the user data.
      httpTokens: imageFamilyOf(group.image)?.metadataTokens === "no" ? "optional" : "required",
      internetMaxBandwidthOut: group.publicAddress === "none" ? 0 : group.publicAddress.Mbps,
    });
    expect(inputs["password"]).toBeUndefined();
    expect(inputs["dataDisks"]).toBeUndefined();
  }
  const kept = group.dataDisk === undefined ? 0 : group.count + group.dataDisk.keep.length;
  const disks = byType(plan, "alicloud:ecs/ecsDisk:EcsDisk").filter((disk) => keyOf(disk) === name);
  expect(disks).toHaveLength(kept);
  for (const { inputs, options } of disks) {
    expect(inputs["encrypted"]).toBe(true);
    expect(options.protect).toBe(true);
  }
}

/** Group of a data disk: workers-01-data -> workers. */
function keyOf(disk: PlannedResource): string {
  return disk.name.replace(/-\d{2,}-data$/, "");
}

function expectTags({ type, name, inputs }: PlannedResource, settings: Settings): void {
  if (withoutTags.test(type)) return;
  expect(inputs["tags"], name).toMatchObject({ ...settings.tags, project: "china", stack: "test" });
}
