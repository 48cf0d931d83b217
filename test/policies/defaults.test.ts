import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { apiDefaults, defaults, providerDefaults } from "../../policies/defaults.ts";
import type { Value } from "../../policies/reading.ts";
import { rules } from "../../policies/rules.ts";

const inputs = z.record(z.string(), z.object({ default: z.json().optional() }));

/** What the provider that can be built here fills in itself. */
const provider = z
  .object({ provider: inputs, resources: z.record(z.string(), z.object({ inputs })) })
  .parse(JSON.parse(readFileSync(resolve(import.meta.dirname, "../../engine/provider-inputs.json"), "utf8")));

const inputsOf = (type: string) =>
  type === "pulumi:providers:alicloud" ? provider.provider : provider.resources[type]?.inputs;

type Entry = readonly [type: string, property: string, value: Value];

const entries = (of: typeof defaults): readonly Entry[] =>
  Object.entries(of).flatMap(([type, values]) =>
    Object.entries(values).map(([property, value]): Entry => [type, property, value]),
  );
const listed = (of: typeof defaults) => entries(of).filter(([type]) => inputsOf(type) !== undefined);

describe("constants of the provider, where its inputs are listed", () => {
  test.each(listed(providerDefaults))("%s %s", (type, property, value) => {
    expect(inputsOf(type)?.[property]).toMatchObject({ default: value });
  });

  test("some are", () => {
    expect(listed(providerDefaults).length).toBeGreaterThan(5);
  });
});

describe("what the API does: the provider fills in nothing", () => {
  test.each(listed(apiDefaults))("%s %s", (type, property) => {
    expect(inputsOf(type)).toHaveProperty([property]);
    expect(inputsOf(type)?.[property]).not.toHaveProperty("default");
  });
});

describe("what the API does: its own comments say so", () => {
  const runInstances: Readonly<Record<string, string>> = {
    "dataDisks[].encrypted": "encrypted",
    httpTokens: "httpTokens",
    instanceChargeType: "instanceChargeType",
    internetMaxBandwidthOut: "internetMaxBandwidthOut",
    systemDiskEncrypted: "encrypted",
  };
  const template = {
    "dataDisks[].encrypted": "encrypted",
    httpTokens: "httpTokens",
    "systemDisk.encrypted": "encrypted",
  };
  /** Resource type: the request that makes it, and its parameter for each property. */
  const requests: Readonly<Record<string, readonly [request: string, parameters: Readonly<Record<string, string>>]>> = {
    "alicloud:ecs/disk:Disk": ["CreateDisk", { encrypted: "encrypted" }],
    "alicloud:ecs/ecsDisk:EcsDisk": ["CreateDisk", { encrypted: "encrypted" }],
    "alicloud:ecs/ecsInstanceSet:EcsInstanceSet": ["RunInstances", runInstances],
    "alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate": ["CreateLaunchTemplate", template],
    "alicloud:ecs/instance:Instance": ["RunInstances", runInstances],
    "alicloud:ecs/launchTemplate:LaunchTemplate": ["CreateLaunchTemplate", template],
    "alicloud:ecs/securityGroupRule:SecurityGroupRule": ["AuthorizeSecurityGroup", { nicType: "nicType" }],
  };

  test.each(entries(apiDefaults))("%s %s", (type, property, value) => {
    const [request, parameters] = requests[type] ?? [];
    expect(commentedDefaults(request ?? "", parameters?.[property] ?? "")).toEqual(new Set([String(value)]));
  });
});

/** What the comments of a request call the default of a parameter, and of parameters inside it with that name. */
function commentedDefaults(request: string, parameter: string): ReadonlySet<string> {
  const models = resolve(import.meta.dirname, "../../node_modules/@alicloud/ecs20140526/dist/models");
  const declared = readFileSync(resolve(models, `${request}Request.d.ts`), "utf8");
  const comments = declared.matchAll(new RegExp(`/\\*\\*((?:(?!\\*/).)*)\\*/\\s+${parameter}\\?:`, "gs"));
  return new Set([...comments].flatMap(([, comment]) => /Default value: (\w+)/.exec(comment ?? "")?.[1] ?? []));
}

/** What the provider fills in for a property that a rule reads must count there too: the engine shows it, a review does not. */
test("no constant of the provider is missing where a rule reads the property", () => {
  const missing = rules.flatMap(({ id, reads }) =>
    Object.entries(reads).flatMap(([type, properties]) =>
      properties
        .filter((property) => inputsOf(type)?.[property]?.default !== undefined)
        .filter((property) => defaults[type]?.[property] === undefined)
        .map((property) => `${id}: ${type} ${property}`),
    ),
  );
  expect(missing).toEqual([]);
});

test("both lists together, and nothing in both", () => {
  const both = entries(providerDefaults).filter(([type, property]) => apiDefaults[type]?.[property] !== undefined);
  expect(both).toEqual([]);
  const order = (all: readonly Entry[]) => all.map((entry) => JSON.stringify(entry)).sort();
  expect(order(entries(defaults))).toEqual(order([...entries(providerDefaults), ...entries(apiDefaults)]));
});

/** The provider makes both of the same resource. */
test.each([
  ["alicloud:ecs/ecsDisk:EcsDisk", "alicloud:ecs/disk:Disk"],
  ["alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate", "alicloud:ecs/launchTemplate:LaunchTemplate"],
  ["alicloud:ecs/ecsDiskAttachment:EcsDiskAttachment", "alicloud:ecs/diskAttachment:DiskAttachment"],
  ["alicloud:ecs/eipAddress:EipAddress", "alicloud:ecs/eip:Eip"],
  ["alicloud:ecs/ecsKeyPair:EcsKeyPair", "alicloud:ecs/keyPair:KeyPair"],
  ["alicloud:vpc/switch:Switch", "alicloud:vpc/subnet:Subnet"],
])("twins have the same: %s, %s", (one, other) => {
  expect(defaults[other]).toEqual(defaults[one]);
});
