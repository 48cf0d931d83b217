import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import * as alicloud from "../../components/alicloud.ts";
import { Component, type Transform, Transforms } from "../../components/component.ts";
import { HostGroup } from "../../components/hosts.ts";
import { Network, type NetworkArgs } from "../../components/network.ts";
import { TimeSeriesDatabase, type TimeSeriesDatabaseArgs } from "../../components/time-series.ts";
import type { Plan } from "../../plan/plan.ts";
import { byName, planOf, shipped, shippedText } from "../support/stacks.ts";
import { groupArgs, identity, planOfProgram, registeredOutputs, urn } from "./programs.ts";

const networkArgs: NetworkArgs = {
  identity,
  cidr: "10.20.0.0/16",
  vSwitches: { "cn-shanghai-l": { cidr: "10.20.0.0/20" } },
  wayOut: "nat",
  groups: ["workers"],
  rules: [
    { to: "workers", from: "vpc", protocol: "tcp", ports: "80/80", source: { kind: "cidr", cidr: "10.20.0.0/16" } },
  ],
};

const lindorm = { generation: 1, nodes: 2, node: "lindorm.g.xlarge", storage: { GiB: 160, kind: "standard" } } as const;
const tsdb = { engine: "tsdb_tsdb", class: "tsdb.1x.basic", GiB: 50 } as const;
const databaseArgs: TimeSeriesDatabaseArgs = {
  identity,
  settings: { pay: "pay-as-you-go", reachableFrom: [], lindorm },
  zone: "cn-shanghai-l",
  vpcId: "vpc-1",
  vSwitchId: "vsw-1",
  allowList: [],
};
const withDisk = () => groupArgs({}, { dataDisk: { GiB: 100 } });

const components = [
  ["Network", (o?: pulumi.ComponentResourceOptions) => new Network("it", networkArgs, o), "it-vpc"],
  ["HostGroup", (o?: pulumi.ComponentResourceOptions) => new HostGroup("workers", withDisk(), o), "workers-01"],
  [
    "TimeSeriesDatabase",
    (o?: pulumi.ComponentResourceOptions) => new TimeSeriesDatabase("it", databaseArgs, o),
    "it-lindorm",
  ],
] as const;

describe.each(components)("options that a caller gives to a %s", (kind, make, child) => {
  test("arrive: provider and protect at the children, aliases, order and parent at the component", async () => {
    const plan = await planOfProgram(() => {
      const provider = new alicloud.Provider("here", { region: "cn-shanghai" });
      const parent = new pulumi.ComponentResource("china:index:Outer", "outer");
      const aliases = [{ name: "old" }];
      make({ provider, parent, protect: true, aliases, dependsOn: [provider], ignoreChanges: ["tags"] });
    });
    const component = plan.resources.find((r) => r.type === `china:index:${kind}`);
    expect(component?.parent).toBe(urn("china:index:Outer", "outer"));
    expect(component?.options).toMatchObject({
      protect: true,
      aliases: [expect.stringContaining('"name":"old"')],
      dependsOn: [urn("pulumi:providers:alicloud", "here")],
    });
    expect(byName(plan, child)).toMatchObject({
      parent: component?.urn,
      provider: urn("pulumi:providers:alicloud", "here"),
      options: { protect: true },
    });
  });
});

/** A transform that marks what it changes: an argument, and a timeout among the options. */
function mark<Args>(seen: string[]): Transform<Args> {
  return (args, options, name) => {
    seen.push(name);
    return { args: { ...args, marked: true }, options: { ...options, customTimeouts: { create: "9m" } } };
  };
}

function marked(plan: Plan): string[] {
  const found = plan.resources.filter((r) => r.inputs["marked"] === true || r.options.timeouts?.create);
  for (const r of found) expect([r.options.timeouts, r.parent === undefined]).toEqual([{ create: "9m" }, false]);
  return found.map((r) => r.name);
}

describe("a transform changes exactly its children, each once", () => {
  const network = (transforms: Transforms) => new Network("network", { ...networkArgs, transforms });
  const group = (transforms: Transforms) => {
    const buckets = [{ bucket: "raw", hosts: "read" as const }];
    return new HostGroup("workers", { ...withDisk(), buckets, publicKey: "ssh-ed25519 AAAA", transforms });
  };
  const database = (settings: object) => (transforms: Transforms) => {
    const of = { ...databaseArgs.settings, lindorm: undefined, ...settings };
    return new TimeSeriesDatabase("time-series", { ...databaseArgs, settings: of, transforms });
  };

  test.each<[string, (t: Transforms) => unknown, (t: Transforms, seen: string[]) => unknown, string]>([
    ["VPC", network, (t, seen) => t.on(alicloud.Vpc, mark(seen)), "network-vpc"],
    ["vSwitch", network, (t, seen) => t.on(alicloud.VSwitch, mark(seen)), "network-cn-shanghai-l"],
    ["security group", network, (t, seen) => t.on(alicloud.SecurityGroup, mark(seen)), "network-workers"],
    ["rule", network, (t, seen) => t.on(alicloud.SecurityGroupRule, mark(seen)), "network-workers-from-vpc-tcp-80-80"],
    ["NAT gateway", network, (t, seen) => t.on(alicloud.NatGateway, mark(seen)), "network-nat"],
    ["address", network, (t, seen) => t.on(alicloud.EipAddress, mark(seen)), "network-address"],
    ["address on gateway", network, (t, seen) => t.on(alicloud.EipAssociation, mark(seen)), "network-address-on-nat"],
    ["SNAT entry", network, (t, seen) => t.on(alicloud.SnatEntry, mark(seen)), "network-out-cn-shanghai-l"],
    ["instance", group, (t, seen) => t.on(alicloud.Instance, mark(seen)), "workers-01"],
    ["data disk", group, (t, seen) => t.on(alicloud.EcsDisk, mark(seen)), "workers-01-data"],
    ["attachment", group, (t, seen) => t.on(alicloud.EcsDiskAttachment, mark(seen)), "workers-01-data-attachment"],
    ["snapshot policy", group, (t, seen) => t.on(alicloud.AutoSnapshotPolicy, mark(seen)), "workers-snapshots"],
    ["key pair", group, (t, seen) => t.on(alicloud.EcsKeyPair, mark(seen)), "workers-key"],
    ["role", group, (t, seen) => t.on(alicloud.Role, mark(seen)), "workers-role"],
    ["policy", group, (t, seen) => t.on(alicloud.Policy, mark(seen)), "workers-buckets"],
    ["role on host", group, (t, seen) => t.on(alicloud.RamRoleAttachment, mark(seen)), "workers-01-role"],
    ["Lindorm V1", database({ lindorm }), (t, seen) => t.on(alicloud.LindormV1, mark(seen)), "time-series-lindorm"],
    [
      "Lindorm V2",
      database({ lindorm: { ...lindorm, generation: 2 } }),
      (t, seen) => t.on(alicloud.LindormV2, mark(seen)),
      "time-series-lindorm",
    ],
    ["TSDB", database({ tsdb }), (t, seen) => t.on(alicloud.Tsdb, mark(seen)), "time-series-tsdb"],
  ])("%s", async (_, declare, on, child) => {
    const seen: string[] = [];
    const plan = await planOfProgram(() => {
      const transforms = new Transforms();
      on(transforms, seen);
      declare(transforms);
    });
    expect(seen).toEqual([child]);
    expect(marked(plan)).toEqual([child]);
  });

  test("and without new options the component's own stay", async () => {
    const transforms = new Transforms().on(alicloud.Instance, (args) => ({ args }));
    const plan = await planOfProgram(() => {
      new HostGroup("workers", { ...groupArgs(), transforms });
    });
    expect(byName(plan, "workers-01").options.ignoreChanges).toEqual([
      "imageId",
      "securityEnhancementStrategy",
      "userData",
    ]);
    expect(byName(plan, "workers-01").parent).toBe(urn("china:index:HostGroup", "workers"));
  });
});

describe("every component", () => {
  test.each(shipped)("of %s has a token of three parts, and children that are named from it", async (stack) => {
    const plan = await planOf(shippedText(stack), stack);
    const own = plan.resources.filter((r) => !r.custom && r.type !== "pulumi:pulumi:Stack");
    expect(own.length).toBeGreaterThanOrEqual(2);
    for (const component of own) {
      expect(component.type).toMatch(/^china:index:[A-Z][A-Za-z]+$/);
      const children = plan.resources.filter((r) => r.parent === component.urn);
      expect(children.length).toBeGreaterThan(0);
      for (const { name } of children) expect(name).toMatch(new RegExp(`^${component.name}-`));
    }
  });

  test("registers its outputs", async () => {
    const outputs = await registeredOutputs(() => {
      for (const [, make] of components.slice(0, 2)) make();
    });
    const id = expect.stringMatching(/^04da6b54-/);
    expect(outputs.get("it")).toEqual({
      vpcId: id,
      vSwitchIds: { "cn-shanghai-l": id },
      securityGroupIds: { workers: id },
      outgoingAddress: id,
    });
    expect(outputs.get("workers")).toEqual({ addresses: { "workers-01": id } });
  });

  test("refuses a child that is not named from it", async () => {
    class Wrong extends Component {
      constructor() {
        super("Wrong", "wrong", undefined, undefined);
        this.child(alicloud.Provider, "other", {});
      }
    }
    await expect(planOfProgram(() => void new Wrong())).rejects.toThrow("its name must start with wrong-");
  });
});
