import { describe, expect, test } from "vitest";
import type { SettingsInput } from "../../components/config/schema.ts";
import { byName, planOfSettings, smallSettings } from "../support/stacks.ts";
import { differences, nothing } from "./differences.ts";

type Group = SettingsInput["hosts"][string];

const otherImage = "ubuntu_24_04_x64_20G_alibase_20260820.vhd";

/** Two workers, and a group beside them that never changes. */
function settings(workers: Partial<Group>): SettingsInput {
  const small = smallSettings();
  const software = { sdk: "none" } as const;
  const group = small.hosts["workers"];
  if (group === undefined) throw new Error("small settings have a group of workers");
  return { ...small, hosts: { workers: { ...group, software, ...workers }, other: { ...group, software, count: 1 } } };
}

async function change(from: Partial<Group>, to: Partial<Group>) {
  return differences(await planOfSettings(settings(from)), await planOfSettings(settings(to)));
}

const bothHosts = (...what: string[]) => ({
  ...nothing,
  changed: { "Instance workers-01": what, "Instance workers-02": what },
});

describe("changed software changes the user data of its group and nothing else", () => {
  test.each([
    ["rerun", "userData (ignored)"],
    ["at-next-rebuild", "userData (ignored)"],
    ["rebuild", "userData (replaces)"],
  ] as const)("onSoftwareChange: %s", async (onSoftwareChange, what) => {
    const to = { onSoftwareChange, software: { sdk: "none" as const, commands: ["touch /tmp/new"] } };
    expect(await change({ onSoftwareChange }, to)).toEqual(bothHosts(what));
  });

  test("the hash that the deploy command compares is another one, for this group only", async () => {
    const { outputs: before } = await planOfSettings(settings({}));
    const { outputs: after } = await planOfSettings(settings({ software: { sdk: "none", timezone: "UTC" } }));
    expect(before["software"]).toEqual({ workers: expect.stringMatching(/^[0-9a-f]{64}$/), other: expect.any(String) });
    expect(after["software"]).toEqual({
      ...Object(before["software"]),
      workers: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(after["software"]).not.toEqual(before["software"]);
    expect({ ...after, software: 0 }).toEqual({ ...before, software: 0 });
  });
});

describe("another image is another system disk", () => {
  test.each([
    ["at-next-rebuild", "imageId (ignored)"],
    ["rebuild", "imageId (replaces)"],
  ] as const)("onImageChange: %s", async (onImageChange, what) => {
    expect(await change({ onImageChange }, { onImageChange, image: otherImage })).toEqual(bothHosts(what));
  });
});

describe("a host takes the file's image and software now", () => {
  test("by its key in rebuild: it alone leaves off ignoring them", async () => {
    expect(await change({}, { rebuild: ["workers-01"] })).toEqual({
      ...nothing,
      changed: { "Instance workers-01": ["ignoreChanges", "replaceOnChanges"] },
    });
    const plan = await planOfSettings(settings({ rebuild: ["workers-01"] }));
    const options = ["workers-01", "workers-02"].map((name) => byName(plan, name).options);
    expect(options.map((o) => [o.ignoreChanges, o.replaceOnChanges])).toEqual([
      [["securityEnhancementStrategy"], ["imageId", "userData"]],
      [["imageId", "securityEnhancementStrategy", "userData"], undefined],
    ]);
  });
});
