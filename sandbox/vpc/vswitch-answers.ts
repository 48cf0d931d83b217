import type { Actions, Call } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import { page } from "../core/paging.ts";
import { statusOf } from "../core/phase.ts";
import { matchesTags, tagList } from "../core/tags.ts";
import { fits, idsOf, needVSwitch } from "./lookup.ts";
import { freeCounts } from "./private-addresses.ts";
import { type Vpc, type VSwitch, vpcs, vSwitches } from "./rows.ts";

export const vSwitchQueries: Actions = {
  DescribeVSwitchAttributes(call) {
    const vSwitch = needVSwitch(call);
    const free = freeCounts(call, [vSwitch]).get(vSwitch.id) ?? 0;
    return {
      ...fieldsOf(call, vSwitch, call.find(vpcs, vSwitch.vpcId), free),
      CloudResources: { CloudResourceSetType: [] },
    };
  },

  DescribeVSwitches(call) {
    const ids = idsOf(call, "VSwitchId");
    const isDefault = call.params.flag("IsDefault");
    const networks = new Map(call.list(vpcs).map((vpc) => [vpc.id, vpc]));
    const found = call.list(vSwitches).filter((vSwitch) => {
      const vpc = networks.get(vSwitch.vpcId);
      return (
        (ids === undefined || ids.has(vSwitch.id)) &&
        (isDefault === undefined || isDefault === vSwitch.isDefault) &&
        fits(call, "VpcId", vSwitch.vpcId) &&
        fits(call, "ZoneId", vSwitch.zone) &&
        fits(call, "VSwitchName", vSwitch.name) &&
        fits(call, "VSwitchOwnerId", vSwitch.account) &&
        fits(call, "RouteTableId", vpc?.routeTableId ?? "") &&
        fits(call, "ResourceGroupId", vpc?.resourceGroupId ?? "") &&
        matchesTags(call, vSwitch.tags)
      );
    });
    const { rows, fields } = page(found, call.params, { most: 50 });
    const free = freeCounts(call, rows);
    return {
      ...fields,
      VSwitches: {
        VSwitch: rows.map((row) => fieldsOf(call, row, networks.get(row.vpcId), free.get(row.id) ?? 0)),
      },
    };
  },
};

function fieldsOf(call: Call, vSwitch: VSwitch, vpc: Vpc | undefined, free: number) {
  return {
    VSwitchId: vSwitch.id,
    VpcId: vSwitch.vpcId,
    ZoneId: vSwitch.zone,
    Status: statusOf(vSwitch.phase, call.now()),
    CidrBlock: vSwitch.cidr,
    Ipv6CidrBlock: vSwitch.ipv6Cidr,
    VSwitchName: vSwitch.name,
    Description: vSwitch.description,
    CreationTime: secondText(vSwitch.createdAt),
    IsDefault: vSwitch.isDefault,
    AvailableIpAddressCount: free,
    OwnerId: Number(vSwitch.account),
    ResourceGroupId: vpc?.resourceGroupId ?? "",
    NetworkAclId: "",
    ShareType: "",
    RouteTable: { RouteTableId: vpc?.routeTableId ?? "", RouteTableType: "System" },
    Tags: { Tag: tagList(vSwitch.tags, "Key") },
  };
}
