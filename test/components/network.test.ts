import { describe, expect, test } from "vitest";
import { Network, type NetworkArgs } from "../../components/network.ts";
import type { Plan } from "../../plan/plan.ts";
import { addressMayGo, byName, planOfSettings, smallSettings } from "../support/stacks.ts";
import { childrenOf, identity, planOfProgram, tags, unknown, urn } from "./programs.ts";

const l = "cn-shanghai-l";
const m = "cn-shanghai-m";

const closed: NetworkArgs = {
  identity,
  cidr: "10.20.0.0/16",
  vSwitches: { [l]: { cidr: "10.20.0.0/20" }, [m]: { cidr: "10.20.16.0/20" } },
  wayOut: "none",
  groups: ["workers"],
  rules: [],
};

function planOf(changes: Partial<NetworkArgs> = {}): Promise<Plan> {
  return planOfProgram(() => {
    new Network("network", { ...closed, ...changes });
  });
}

const vpcUrn = urn("china:index:Network$alicloud:vpc/network:Network", "network-vpc");

describe("a closed network", () => {
  test("is a VPC, a vSwitch per zone and a security group per host group: nothing else", async () => {
    const plan = await planOf();
    expect(childrenOf(plan, "network")).toEqual([
      "alicloud:ecs/securityGroup:SecurityGroup network-workers",
      "alicloud:vpc/network:Network network-vpc",
      `alicloud:vpc/switch:Switch network-${l}`,
      `alicloud:vpc/switch:Switch network-${m}`,
    ]);
    expect(plan.resources).toHaveLength(6);
    expect(byName(plan, "network")).toMatchObject({ type: "china:index:Network", custom: false });
  });

  test("has these inputs, exactly", async () => {
    const plan = await planOf();
    expect(byName(plan, "network-vpc").inputs).toEqual({
      vpcName: "china-test-network-vpc",
      cidrBlock: "10.20.0.0/16",
      tags: tags("network"),
    });
    expect(byName(plan, `network-${m}`)).toMatchObject({ options: { dependsOn: [vpcUrn] } });
    expect(byName(plan, `network-${m}`).inputs).toEqual({
      vpcId: unknown,
      zoneId: m,
      cidrBlock: "10.20.16.0/20",
      vswitchName: `china-test-network-${m}`,
      tags: tags("network"),
    });
    expect(byName(plan, "network-workers").inputs).toEqual({
      vpcId: unknown,
      securityGroupName: "china-test-network-workers",
      securityGroupType: "normal",
      innerAccessPolicy: "Drop",
      description: "Hosts of workers",
      tags: tags("network"),
    });
  });
});

describe("rules", () => {
  test("let in what they say: a range, or a group by its security group", async () => {
    const plan = await planOf({
      groups: ["workers", "scheduler"],
      rules: [
        {
          to: "scheduler",
          from: "workers",
          protocol: "tcp",
          ports: "8786/8786",
          source: { kind: "group", group: "workers" },
        },
        {
          to: "workers",
          from: "office",
          protocol: "icmp",
          ports: "-1/-1",
          source: { kind: "cidr", cidr: "203.0.113.0/24" },
        },
      ],
    });
    const always = { type: "ingress", policy: "accept", priority: 1, securityGroupId: unknown };
    const fromGroup = byName(plan, "network-scheduler-from-workers-tcp-8786-8786");
    expect(fromGroup.inputs).toEqual({
      ...always,
      ipProtocol: "tcp",
      portRange: "8786/8786",
      sourceSecurityGroupId: unknown,
      description: "workers to scheduler",
    });
    const groupUrn = (group: string) =>
      urn("china:index:Network$alicloud:ecs/securityGroup:SecurityGroup", `network-${group}`);
    expect(fromGroup.options.dependsOn).toEqual([groupUrn("scheduler"), groupUrn("workers")]);
    expect(byName(plan, "network-workers-from-office-icmp--1--1").inputs).toEqual({
      ...always,
      ipProtocol: "icmp",
      portRange: "-1/-1",
      cidrIp: "203.0.113.0/24",
      description: "office to workers",
    });
  });
});

describe("what exists already", () => {
  test("is used by its id and not declared", async () => {
    const plan = await planOf({
      existingVpc: "vpc-mine",
      vSwitches: { [l]: { cidr: "10.20.0.0/20", existing: "vsw-mine" }, [m]: { cidr: "10.20.16.0/20" } },
      wayOut: "nat",
    });
    const types = childrenOf(plan, "network").map((child) => child.split(" ")[0]);
    expect(types.filter((type) => type === "alicloud:vpc/network:Network")).toEqual([]);
    expect(types.filter((type) => type === "alicloud:vpc/switch:Switch")).toHaveLength(1);
    expect(byName(plan, `network-${m}`).inputs["vpcId"]).toBe("vpc-mine");
    expect(byName(plan, "network-workers").inputs["vpcId"]).toBe("vpc-mine");
    expect(byName(plan, "network-nat").inputs).toMatchObject({ vpcId: "vpc-mine", vswitchId: "vsw-mine" });
    expect(byName(plan, `network-out-${l}`).inputs["sourceVswitchId"]).toBe("vsw-mine");
    expect(plan.resources.filter((r) => r.read !== undefined)).toEqual([]);
  });

  test("may have a way out of its own: then none is declared", async () => {
    const plan = await planOf({ existingVpc: "vpc-mine", wayOut: "existing" });
    expect(childrenOf(plan, "network")).toHaveLength(3);
  });
});

describe("a way out", () => {
  const children = "china:index:Network$alicloud";

  test("is a NAT gateway, an address, their association and one SNAT entry per vSwitch", async () => {
    const before = childrenOf(await planOf(), "network");
    const added = childrenOf(await planOf({ wayOut: "nat" }), "network").filter((child) => !before.includes(child));
    expect(added).toEqual([
      "alicloud:ecs/eipAddress:EipAddress network-address",
      "alicloud:ecs/eipAssociation:EipAssociation network-address-on-nat",
      "alicloud:vpc/natGateway:NatGateway network-nat",
      `alicloud:vpc/snatEntry:SnatEntry network-out-${l}`,
      `alicloud:vpc/snatEntry:SnatEntry network-out-${m}`,
    ]);
  });

  test("is billed by use and named, and stands where it was made", async () => {
    const plan = await planOf({ wayOut: "nat" });
    expect(byName(plan, "network-nat").inputs).toEqual({
      vpcId: unknown,
      vswitchId: unknown,
      natGatewayName: "china-test-network-nat",
      natType: "Enhanced",
      networkType: "internet",
      paymentType: "PayAsYouGo",
      internetChargeType: "PayByLcu",
      tags: tags("network"),
    });
    expect(byName(plan, "network-nat").options).toEqual({
      ignoreChanges: ["vswitchId"],
      dependsOn: [vpcUrn, urn(`${children}:vpc/switch:Switch`, `network-${l}`)],
    });
    expect(byName(plan, "network-address").inputs).toEqual({
      addressName: "china-test-network-address",
      paymentType: "PayAsYouGo",
      internetChargeType: "PayByTraffic",
      bandwidth: "100",
      deletionProtection: true,
      tags: tags("network"),
    });
  });

  test("keeps its address until the stack file gives it up", async () => {
    const nat = { ...smallSettings(), network: { ...smallSettings().network, wayOut: "nat" } };
    const protection = async (accept: readonly object[]) =>
      byName(await planOfSettings({ ...nat, accept }), "network-address").inputs["deletionProtection"];
    expect(await protection([])).toBe(true);
    expect(await protection([addressMayGo])).toBe(false);
    expect(await protection([{ ...addressMayGo, on: "workers" }])).toBe(true);
    expect(await protection([{ ...addressMayGo, what: "data-disk-deleted" }])).toBe(true);
  });

  test("lets a vSwitch out only once the address is on the gateway", async () => {
    const plan = await planOf({ wayOut: "nat" });
    expect(byName(plan, "network-address-on-nat").inputs).toEqual({
      allocationId: unknown,
      instanceId: unknown,
      instanceType: "Nat",
    });
    expect(byName(plan, `network-out-${m}`).inputs).toEqual({
      snatTableId: unknown,
      sourceVswitchId: unknown,
      snatIp: unknown,
      snatEntryName: `china-test-network-out-${m}`,
    });
    expect(byName(plan, `network-out-${m}`).options.dependsOn).toEqual([
      urn(`${children}:ecs/eipAddress:EipAddress`, "network-address"),
      urn(`${children}:ecs/eipAssociation:EipAssociation`, "network-address-on-nat"),
      urn(`${children}:vpc/natGateway:NatGateway`, "network-nat"),
      urn(`${children}:vpc/switch:Switch`, `network-${m}`),
    ]);
  });
});

test("a zone or a group that is not there is an error with its name", async () => {
  const ask = (question: (network: Network) => unknown) =>
    planOfProgram(() => {
      question(new Network("network", closed));
    });
  await expect(ask((network) => network.vSwitch("cn-shanghai-b"))).rejects.toThrow(/no vSwitch in cn-shanghai-b/);
  await expect(ask((network) => network.securityGroup("etl"))).rejects.toThrow(/no security group for etl/);
});
