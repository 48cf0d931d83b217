import type * as pulumi from "@pulumi/pulumi";
import * as alicloud from "./alicloud.ts";
import { Component, type Identity, physicalName, type Transforms, tagsOf, withoutStackTraces } from "./component.ts";
import type { Rule } from "./network-rules.ts";

export interface NetworkArgs {
  readonly identity: Identity;
  /** Address range of the VPC. */
  readonly cidr: string;
  /** Id of a VPC to use and never change; without it one is declared. */
  readonly existingVpc?: string | undefined;
  /** Zone: range of the vSwitch there, and its id when it exists already. */
  readonly vSwitches: Readonly<Record<string, { readonly cidr: string; readonly existing?: string | undefined }>>;
  /** nat: hosts reach the internet through one address; nothing comes in. */
  readonly wayOut: "none" | "nat" | "existing";
  /** One security group for each: hosts in it accept what `rules` say and nothing else, not even from each other. */
  readonly groups: readonly string[];
  readonly rules: readonly Rule[];
  /** Whether the address of the way out may be given back: false refuses it, here and in the console. */
  readonly addressMayGo?: boolean;
  readonly transforms?: Transforms;
}

/**
 * VPC, one vSwitch per zone, a security group per host group, and a way out if one is asked for.
 *
 * **Cost**: VPC, vSwitches and security groups are free. `wayOut: nat` is not: gateway and address are billed by the
 * hour and by use, at prices that no stored source names (catalog/prices.ts, 2026-11); outgoing traffic is 0.80 CNY per
 * GB (ECS documents, 2021-07).
 *
 * @example
 * new Network("network", { identity, cidr: "10.20.0.0/16", vSwitches: { "cn-shanghai-l": { cidr: "10.20.0.0/20" } },
 *   wayOut: "nat", groups: ["workers"], rules: [] }, { provider });
 */
export class Network extends Component {
  readonly vpcId: pulumi.Output<string> | string;
  /** Zone: id of the vSwitch there. */
  readonly vSwitchIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** Host group: id of its security group. */
  readonly securityGroupIds: Readonly<Record<string, pulumi.Output<string>>>;
  /** Address that outgoing connections come from; only with `wayOut: nat`. */
  readonly outgoingAddress?: pulumi.Output<string>;
  /** Declared when hosts can go out: what needs the way out waits for these. */
  readonly wayOut: readonly pulumi.Resource[];

  constructor(name: string, args: NetworkArgs, options?: pulumi.ComponentResourceOptions) {
    super("Network", name, args.transforms, options);
    const tags = tagsOf(args.identity, name);
    const physical = (suffix: string) => physicalName(args.identity, `${name}-${suffix}`);

    this.vpcId = args.existingVpc ?? this.#vpc(`${name}-vpc`, args, physical("vpc"), tags);
    const vpcId = this.vpcId;

    const vSwitchIds: Record<string, pulumi.Input<string>> = {};
    for (const [zone, { cidr, existing }] of Object.entries(args.vSwitches)) {
      vSwitchIds[zone] =
        existing ??
        this.child(alicloud.VSwitch, `${name}-${zone}`, {
          vpcId,
          zoneId: zone,
          cidrBlock: cidr,
          vswitchName: physical(zone),
          tags,
        }).id;
    }
    this.vSwitchIds = vSwitchIds;

    const groups: Record<string, pulumi.Output<string>> = {};
    for (const group of args.groups) {
      groups[group] = this.child(alicloud.SecurityGroup, `${name}-${group}`, {
        vpcId,
        securityGroupName: physical(group),
        securityGroupType: "normal",
        innerAccessPolicy: "Drop",
        description: `Hosts of ${group}`,
        tags,
      }).id;
    }
    this.securityGroupIds = groups;
    withoutStackTraces(() => this.#rules(name, args.rules));

    const out = args.wayOut === "nat" ? this.#nat(name, args, vpcId, tags) : undefined;
    this.wayOut = out?.entries ?? [];
    if (out !== undefined) this.outgoingAddress = out.address;
    this.registerOutputs({
      vpcId,
      vSwitchIds,
      securityGroupIds: groups,
      ...(out === undefined ? {} : { outgoingAddress: out.address }),
    });
  }

  #vpc(name: string, args: NetworkArgs, physical: string, tags: Record<string, string>): pulumi.Output<string> {
    const declared = { vpcName: physical, cidrBlock: args.cidr, tags };
    return this.child(alicloud.Vpc, name, declared).id;
  }

  /** Named by what they say, not by their place in the list: reordering or adding one touches no other. */
  #rules(name: string, rules: readonly Rule[]): void {
    for (const rule of rules) {
      this.child(
        alicloud.SecurityGroupRule,
        `${name}-${rule.to}-from-${rule.from}-${rule.protocol}-${rule.ports.replace("/", "-")}`,
        {
          type: "ingress",
          securityGroupId: this.securityGroup(rule.to),
          ipProtocol: rule.protocol,
          portRange: rule.ports,
          policy: "accept",
          priority: 1,
          description: `${rule.from} to ${rule.to}`,
          ...(rule.source.kind === "cidr"
            ? { cidrIp: rule.source.cidr }
            : { sourceSecurityGroupId: this.securityGroup(rule.source.group) }),
        },
      );
    }
  }

  /** Id of the vSwitch in a zone. */
  vSwitch(zone: string): pulumi.Input<string> {
    const id = this.vSwitchIds[zone];
    if (id === undefined) throw new Error(`the network has no vSwitch in ${zone}`);
    return id;
  }

  /** Id of a host group's security group. */
  securityGroup(group: string): pulumi.Output<string> {
    const id = this.securityGroupIds[group];
    if (id === undefined) throw new Error(`the network has no security group for ${group}`);
    return id;
  }

  #nat(name: string, args: NetworkArgs, vpcId: pulumi.Input<string>, tags: Record<string, string>) {
    const [first] = Object.values(this.vSwitchIds);
    if (first === undefined) throw new Error("a NAT gateway needs a vSwitch to stand in");
    const physical = (suffix: string) => physicalName(args.identity, `${name}-${suffix}`);
    const gateway = this.child(
      alicloud.NatGateway,
      `${name}-nat`,
      {
        vpcId,
        vswitchId: first,
        natGatewayName: physical("nat"),
        natType: "Enhanced",
        networkType: "internet",
        paymentType: "PayAsYouGo",
        internetChargeType: "PayByLcu",
        tags,
      },
      // It stays where it was made: a zone added before the first one must not touch the way out of all hosts.
      { ignoreChanges: ["vswitchId"] },
    );
    const address = this.child(alicloud.EipAddress, `${name}-address`, {
      addressName: physical("address"),
      paymentType: "PayAsYouGo",
      internetChargeType: "PayByTraffic",
      // Mbit/s; billed by traffic, so a high bound costs nothing while idle.
      bandwidth: "100",
      // Others have let this address in; a new one would be another.
      deletionProtection: args.addressMayGo !== true,
      tags,
    });
    const association = this.child(alicloud.EipAssociation, `${name}-address-on-nat`, {
      allocationId: address.id,
      instanceId: gateway.id,
      instanceType: "Nat",
    });
    const entries = Object.entries(this.vSwitchIds).map(([zone, sourceVswitchId]) =>
      this.child(
        alicloud.SnatEntry,
        `${name}-out-${zone}`,
        {
          snatTableId: gateway.snatTableIds,
          sourceVswitchId,
          snatIp: address.ipAddress,
          snatEntryName: physical(`out-${zone}`),
        },
        // An entry names an address that must be on the gateway already; nothing in its inputs says so.
        { dependsOn: [association] },
      ),
    );
    return { address: address.ipAddress, entries };
  }
}
