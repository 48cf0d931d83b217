import { describe, expect, test } from "vitest";
import { regions, zonesOf } from "../../catalog/regions.ts";
import type { SettingsInput } from "../../components/config/schema.ts";
import { byName, byType, mistakesOf, planOfSettings, smallSettings, stackFile } from "../support/stacks.ts";

const zoneInputs = ["zoneId", "availabilityZone"] as const;

/** Without packages: reading a lock takes most of a plan's time. */
const noSdk = { sdk: "none" } as const;

function inRegion(region: string, zones: readonly string[], site: "china" | "international"): SettingsInput {
  const { workers } = smallSettings().hosts;
  if (workers === undefined) throw new Error("small settings have a group of workers");
  const ranges = zones.map((zone, i) => [zone, `10.20.${i * 16}.0/20`]);
  const hosts = {
    workers: { ...workers, count: zones.length, zones: [...zones], dataDisk: { GiB: 100 }, software: noSdk },
  };
  const network = { cidr: "10.20.0.0/16", vSwitches: Object.fromEntries(ranges), wayOut: "nat" as const };
  return { ...smallSettings(), account: { site }, region, network, hosts };
}

const lindorm = { generation: 1, nodes: 2, node: "lindorm.g.xlarge", storage: { GiB: 160, kind: "standard" } } as const;

describe("every region of the mainland with known zones", () => {
  const known = regions.filter((r) => r.zones.length > 0);

  test("is one of eleven, nine of which sell Lindorm", () => {
    expect([known.length, known.filter((r) => r.lindorm === true).length]).toEqual([11, 9]);
  });

  test.each(known)("$id is planned, in its own zones", async ({ id, lindorm: sold }) => {
    const zones = zonesOf(id);
    const settings = inRegion(id, zones, "china");
    const plan = await planOfSettings(sold === true ? { ...settings, timeSeries: { lindorm } } : settings);

    expect(byType(plan, "pulumi:providers:alicloud").map((r) => r.inputs)).toEqual([
      { accountType: "Domestic", region: id },
    ]);
    const placed = plan.resources.flatMap((r) => zoneInputs.flatMap((key) => (key in r.inputs ? [r.inputs[key]] : [])));
    const eachThreeTimes = zones.flatMap((zone) => [zone, zone, zone]);
    const database = sold === true ? [zones[0]] : [];
    // A vSwitch, a host and its disk in every zone, and the database in the first.
    expect(placed.toSorted()).toEqual([...eachThreeTimes, ...database].sort());
    const providers = plan.resources.filter((r) => r.type.startsWith("alicloud:")).map((r) => r.provider);
    expect(new Set(providers)).toEqual(new Set([byName(plan, id).urn]));
    expect(byType(plan, "alicloud:lindorm/instance:Instance")).toHaveLength(sold === true ? 1 : 0);
  });

  test.each(known.filter((r) => r.lindorm === false))("$id has no Lindorm: refused, with regions that have", ({
    id,
  }) => {
    const settings = { ...inRegion(id, zonesOf(id), "china"), timeSeries: { lindorm } };
    const mistakes = mistakesOf(stackFile(settings));
    expect(mistakes.map((m) => m.path.join("."))).toEqual(["timeSeries.lindorm"]);
    expect(mistakes[0]?.wanted).toMatch(/cn-hangzhou/);
  });
});

test.each(regions.filter((r) => r.zones.length === 0))("$id, whose zones are unknown, takes any of its own", async ({
  id,
}) => {
  const plan = await planOfSettings(inRegion(id, [`${id}-a`], "china"));
  expect(byName(plan, "workers-01").inputs["availabilityZone"]).toBe(`${id}-a`);
  expect(mistakesOf(stackFile(inRegion(id, ["cn-shanghai-l"], "china")))).not.toEqual([]);
});

test("an account of the international site says so to the provider", async () => {
  const plan = await planOfSettings(inRegion("cn-shanghai", ["cn-shanghai-l"], "international"));
  expect(byName(plan, "cn-shanghai").inputs).toEqual({ accountType: "International", region: "cn-shanghai" });
});
