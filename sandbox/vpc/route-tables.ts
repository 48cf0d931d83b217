import type { Actions, Call } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import { page } from "../core/paging.ts";
import { statusOf } from "../core/phase.ts";
import { notFound } from "./errors.ts";
import { fits } from "./lookup.ts";
import { descriptionOf, nameOf } from "./names.ts";
import { natGateways, type Vpc, type VSwitch, vpcs, vSwitches } from "./rows.ts";

const codes = { name: "InvalidRouteTableName.Malformed", description: "InvalidRouteTableDescription.Malformed" };

/** The system's route table of each VPC; tables of one's own are not there. */
export const routeTableActions: Actions = {
  DescribeRouteTableList(call) {
    const found = call
      .list(vpcs)
      .filter(
        (vpc) =>
          fits(call, "VpcId", vpc.id) &&
          fits(call, "RouteTableId", vpc.routeTableId) &&
          fits(call, "RouterId", vpc.routerId) &&
          fits(call, "RouterType", "VRouter") &&
          fits(call, "RouteTableName", vpc.routeTableName) &&
          fits(call, "RouteTableType", "System") &&
          fits(call, "ResourceGroupId", vpc.resourceGroupId),
      );
    const { rows, fields } = page(found, call.params, { most: 50 });
    const inVpc = Map.groupBy(call.list(vSwitches), (vSwitch) => vSwitch.vpcId);
    return {
      ...fields,
      Success: true,
      RouterTableList: {
        RouterTableListType: rows.map((vpc) => ({
          VpcId: vpc.id,
          RouterId: vpc.routerId,
          RouterType: "VRouter",
          RouteTableId: vpc.routeTableId,
          RouteTableType: "System",
          RouteTableName: vpc.routeTableName,
          Description: vpc.routeTableDescription,
          RoutePropagationEnable: vpc.routePropagation,
          AssociateType: "VSwitch",
          Status: "Available",
          ResourceGroupId: vpc.resourceGroupId,
          OwnerId: Number(vpc.account),
          CreationTime: secondText(vpc.createdAt),
          VSwitchIds: { VSwitchId: (inVpc.get(vpc.id) ?? []).map((vSwitch) => vSwitch.id) },
          GatewayIds: { GatewayIds: [] },
          Tags: { Tag: [] },
        })),
      },
    };
  },

  DescribeRouteTables(call) {
    const found = call
      .list(vpcs)
      .filter(
        (vpc) =>
          fits(call, "VpcId", vpc.id) &&
          fits(call, "RouteTableId", vpc.routeTableId) &&
          fits(call, "VRouterId", vpc.routerId) &&
          fits(call, "RouterId", vpc.routerId) &&
          fits(call, "RouteTableName", vpc.routeTableName),
      );
    const { rows, fields } = page(found, call.params, { most: 50 });
    return {
      ...fields,
      RouteTables: {
        RouteTable: rows.map((vpc) => ({
          VRouterId: vpc.routerId,
          RouteTableId: vpc.routeTableId,
          RouteTableType: "System",
          Status: "Available",
          ResourceGroupId: vpc.resourceGroupId,
          CreationTime: secondText(vpc.createdAt),
          VSwitchIds: { VSwitchId: vSwitchesIn(call, vpc).map((vSwitch) => vSwitch.id) },
          RouteEntrys: { RouteEntry: routesOf(call, vpc) },
        })),
      },
    };
  },

  ModifyRouteTableAttributes(call) {
    const { params } = call;
    const id = params.need("RouteTableId");
    const vpc = call.list(vpcs).find((row) => row.routeTableId === id);
    if (vpc === undefined) throw notFound("InvalidRouteTableId.NotFound", "Specified route table does not exist.");
    call.put(vpcs, {
      ...vpc,
      routeTableName: nameOf(params, "RouteTableName", codes) ?? vpc.routeTableName,
      routeTableDescription: descriptionOf(params, codes) ?? vpc.routeTableDescription,
      routePropagation: params.flag("RoutePropagationEnable") ?? vpc.routePropagation,
    });
    return {};
  },
};

function vSwitchesIn(call: Call, vpc: Vpc): VSwitch[] {
  return call.list(vSwitches).filter((vSwitch) => vSwitch.vpcId === vpc.id);
}

/** What the cloud routes by itself: the vSwitches, its own services, and the way out through a NAT gateway. */
function routesOf(call: Call, vpc: Vpc) {
  const way = call
    .list(natGateways)
    .find(
      (row) =>
        row.vpcId === vpc.id && row.networkType === "internet" && statusOf(row.phase, call.now()) === "Available",
    );
  const local = [...vSwitchesIn(call, vpc).map((vSwitch) => vSwitch.cidr), "100.64.0.0/10"];
  const entry = (cidr: string, type: string, hopType: string, hop: string) => ({
    RouteTableId: vpc.routeTableId,
    DestinationCidrBlock: cidr,
    Type: type,
    Status: "Available",
    InstanceId: hop,
    NextHopType: hopType,
    NextHops: { NextHop: [] },
  });
  return [
    ...local.map((cidr) => entry(cidr, "System", "local", "")),
    ...(way === undefined ? [] : [entry("0.0.0.0/0", "Custom", "NatGateway", way.id)]),
  ];
}
