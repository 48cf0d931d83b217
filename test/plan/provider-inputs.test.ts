import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Plan, PlannedResource, PlanValue } from "../../plan/plan.ts";
import { planOf, planOfSettings, projectFolder, shipped, shippedText, smallSettings } from "../support/stacks.ts";

/** What the provider that can be built here takes; written by engine/provider/inputs. */
interface KnownInputs {
  readonly upstream: string;
  readonly provider: Readonly<Record<string, object>>;
  readonly resources: Readonly<
    Record<string, { readonly inputs: Readonly<Record<string, { readonly required: boolean }>> }>
  >;
}

const known: KnownInputs = JSON.parse(readFileSync(join(projectFolder, "engine/provider-inputs.json"), "utf8"));

const providerType = "pulumi:providers:alicloud";

function knownFor(type: string): Readonly<Record<string, { readonly required?: boolean }>> | undefined {
  return type === providerType ? known.provider : known.resources[type]?.inputs;
}

/** Input paths as the list writes them: dataDisks[].size. Keys of free maps (tags) are values, not properties. */
function paths(value: PlanValue, path: string, names: ReadonlySet<string>): string[] {
  if (Array.isArray(value)) return value.flatMap((item: PlanValue) => paths(item, `${path}[]`, names));
  if (typeof value !== "object" || value === null || "__pulumiUnknown" in value) return [path];
  const isObject = [...names].some((name) => name.startsWith(`${path}.`));
  return isObject ? Object.entries(value).flatMap(([key, inner]) => paths(inner, `${path}.${key}`, names)) : [path];
}

/** Inputs that the provider would refuse, and required ones that are missing. */
function refused(resource: PlannedResource): string[] {
  const inputs = knownFor(resource.type);
  if (inputs === undefined) return [`${resource.type} is not mapped`];
  const names = new Set(Object.keys(inputs));
  const set = Object.entries(resource.inputs).flatMap(([key, value]) => paths(value, key, names));
  const unknownOnes = set.filter((path) => !names.has(path) && !names.has(path.replace(/\[\]$/, "")));
  const missing = Object.entries(inputs).filter(
    ([name, facts]) => facts.required && !/[.[]/.test(name) && !(name in resource.inputs),
  );
  return [
    ...unknownOnes.map((path) => `${resource.name}: ${path} is not known to ${known.upstream}`),
    ...missing.map(([name]) => `${resource.name}: ${name} is required`),
  ];
}

const ofProvider = (plan: Plan) =>
  plan.resources.filter((r) => r.custom && (r.type.startsWith("alicloud:") || r.type === providerType));

/** Settings that use what the shipped stacks do not. */
function rest(timeSeries: object): object {
  const small = smallSettings();
  const { workers } = small.hosts;
  return {
    ...small,
    buckets: { raw: { existing: "a-bucket", hosts: "read-write" } },
    hosts: {
      workers: {
        ...workers,
        pay: { subscription: { for: "2 weeks", renew: { every: "1 week" } } },
        publicAddress: { Mbps: 5 },
      },
      market: { ...workers, pay: { spot: "market" } },
      steady: { ...workers, deletionProtection: true, dataDisk: { GiB: 100, category: "cloud_auto" } },
    },
    timeSeries,
  };
}

describe("components set only what the provider knows", () => {
  test.each(shipped)("stack %s", async (stack) => {
    const resources = ofProvider(await planOf(shippedText(stack), stack));
    expect(resources.length).toBeGreaterThan(10);
    expect(resources.flatMap(refused)).toEqual([]);
  });

  const size = { nodes: 2, node: "lindorm.g.2xlarge", storage: { GiB: 160, kind: "performance" } };
  test.each([
    [
      "Lindorm V1 by subscription",
      { lindorm: { generation: 1, ...size }, pay: { subscription: { for: "1 year", renew: { every: "1 month" } } } },
    ],
    ["Lindorm V2", { lindorm: { generation: 2, ...size } }],
    [
      "Lindorm V2 by subscription",
      { lindorm: { generation: 2, ...size }, pay: { subscription: { for: "3 months", renew: { every: "2 months" } } } },
    ],
    ["TSDB", { tsdb: { engine: "tsdb_influxdb", class: "influxdata.n1.xlarge", GiB: 50, disk: "cloud_essd" } }],
  ])("%s", async (_, timeSeries) => {
    expect(ofProvider(await planOfSettings(rest(timeSeries))).flatMap(refused)).toEqual([]);
  });

  test("an input that only a newer provider knows is found", () => {
    const resource = (inputs: PlannedResource["inputs"]): PlannedResource => ({
      urn: "",
      type: "alicloud:ecs/instance:Instance",
      name: "host",
      custom: true,
      inputs,
      options: {},
    });
    expect(refused(resource({ instanceMetadataTags: "enabled" }))).toEqual([
      expect.stringContaining("host: instanceMetadataTags is not known"),
    ]);
    expect(refused(resource({ dataDisks: [{ size: 20, sise: 20 }] }))).toEqual([
      expect.stringContaining("dataDisks[].sise"),
    ]);
    expect(refused(resource({ tags: { anything: "goes" } }))).toEqual([]);
  });
});
