import type { Actions, Call } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import { page } from "../core/paging.ts";
import { statusOf } from "../core/phase.ts";
import { matchesTags, tagList } from "../core/tags.ts";
import { fits, idsOf, needVpc } from "./lookup.ts";
import { natGateways, type Vpc, vpcs, vSwitches } from "./rows.ts";

export const vpcQueries: Actions = {
  DescribeVpcAttribute(call) {
    const vpc = needVpc(call);
    const parts = partsOf(call);
    const resources: readonly (readonly [string, number])[] = [
      ["VSwitch", parts.vSwitches(vpc.id).length],
      ["NatGateway", parts.natGateways(vpc.id).length],
      ["VRouter", 1],
      ["RouteTable", 1],
    ];
    return {
      ...fieldsOf(call, vpc, parts),
      ClassicLinkEnabled: false,
      SupportIpv4Gateway: false,
      AssociatedCens: { AssociatedCen: [] },
      CloudResources: {
        CloudResourceSetType: resources
          .filter(([, count]) => count > 0)
          .map(([ResourceType, ResourceCount]) => ({ ResourceType, ResourceCount })),
      },
    };
  },

  DescribeVpcs(call) {
    const ids = idsOf(call, "VpcId");
    const isDefault = call.params.flag("IsDefault");
    const found = call
      .list(vpcs)
      .filter(
        (vpc) =>
          (ids === undefined || ids.has(vpc.id)) &&
          (isDefault === undefined || isDefault === vpc.isDefault) &&
          fits(call, "VpcName", vpc.name) &&
          fits(call, "ResourceGroupId", vpc.resourceGroupId) &&
          fits(call, "VpcOwnerId", vpc.account) &&
          fits(call, "DhcpOptionsSetId", "") &&
          matchesTags(call, vpc.tags),
      );
    const { rows, fields } = page(found, call.params, { most: 50 });
    const parts = partsOf(call);
    return {
      ...fields,
      Vpcs: {
        Vpc: rows.map((vpc) => ({
          ...fieldsOf(call, vpc, parts),
          NatGatewayIds: { NatGatewayIds: parts.natGateways(vpc.id) },
          RouterTableIds: { RouterTableIds: [vpc.routeTableId] },
          CenStatus: "Detached",
        })),
      },
    };
  },
};

/** Ids of what lies in each VPC. */
interface Parts {
  vSwitches(vpcId: string): readonly string[];
  natGateways(vpcId: string): readonly string[];
}

function partsOf(call: Call): Parts {
  const inVpc = Map.groupBy(call.list(vSwitches), (vSwitch) => vSwitch.vpcId);
  const gateways = Map.groupBy(call.list(natGateways), (gateway) => gateway.vpcId);
  return {
    vSwitches: (vpcId) => (inVpc.get(vpcId) ?? []).map((vSwitch) => vSwitch.id),
    natGateways: (vpcId) => (gateways.get(vpcId) ?? []).map((gateway) => gateway.id),
  };
}

function fieldsOf(call: Call, vpc: Vpc, parts: Parts) {
  return {
    VpcId: vpc.id,
    RegionId: vpc.region,
    Status: statusOf(vpc.phase, call.now()),
    VpcName: vpc.name,
    Description: vpc.description,
    CidrBlock: vpc.cidr,
    CreationTime: secondText(vpc.createdAt),
    IsDefault: vpc.isDefault,
    OwnerId: Number(vpc.account),
    ResourceGroupId: vpc.resourceGroupId,
    VRouterId: vpc.routerId,
    EnabledIpv6: vpc.ipv6Cidr !== "",
    Ipv6CidrBlock: vpc.ipv6Cidr,
    Ipv6CidrBlocks: {
      Ipv6CidrBlock: vpc.ipv6Cidr === "" ? [] : [{ Ipv6CidrBlock: vpc.ipv6Cidr, Ipv6Isp: vpc.ipv6Isp }],
    },
    DnsHostnameStatus: vpc.dnsHostname,
    DhcpOptionsSetId: "",
    DhcpOptionsSetStatus: "Available",
    NetworkAclNum: "0",
    SecondaryCidrBlocks: { SecondaryCidrBlock: vpc.secondaryCidrs },
    UserCidrs: { UserCidr: vpc.userCidrs },
    VSwitchIds: { VSwitchId: parts.vSwitches(vpc.id) },
    Tags: { Tag: tagList(vpc.tags, "Key") },
  };
}
