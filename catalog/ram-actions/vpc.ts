import { fact } from "../fact.ts";
import { many, type RamAction, rowsOf } from "./row.ts";

/** Resource of each action; the copy that was read is of about 2019. */
const list = fact("VPC documents, RAM authentication, undated copy of about 2019", "2019-07");
/** Actions and their resources were read in parts only. */
const rule = fact(
  "VPC documents, RAM authorization: actions are named after the API, RAM code vpc",
  "2026-01-07",
  "inferred",
);
const readOnly = fact("RAM documents, system policy AliyunVPCReadOnlyAccess", "2025-08-07");
const address = fact("VPC documents, RAM authorization (grant permissions), Chinese page, stored copy", "2026-11");
const natgw = fact("RAM documents, system policy AliyunNATGatewayFullAccess", "2022-05-23");

const own = (rest: string) => `acs:vpc:{region}:{account}:${rest}`;
const vpc = own("vpc/{VpcId}");
const vSwitch = own("vswitch/{VSwitchId}");
const eip = own("eip/{AllocationId}");
const nat = own("natgateway/{NatGatewayId}");
const snat = own("snattable/{SnatTableId}");

/** Virtual Private Cloud, elastic addresses and NAT gateways. */
export const vpcRows: readonly RamAction[] = rowsOf(
  {
    product: "vpc",
    version: "2016-04-28",
    code: "vpc",
    conditions: ["acs:RequestTag/*", "acs:ResourceTag/*"],
  },
  [
    ...many(rule, "read", ["*"], "DescribeRegions", "DescribeZones"),
    ...many(list, "write", [own("vpc/*")], "CreateVpc"),
    ...many(list, "write", [vpc], "DeleteVpc", "ModifyVpcAttribute"),
    ...many(list, "list", [own("vpc/*")], "DescribeVpcs"),
    ...many(readOnly, "read", [vpc], "DescribeVpcAttribute"),
    ...many(rule, "write", [own("vpc/*")], "CreateDefaultVpc"),
    ...many(rule, "write", [vpc], "AssociateVpcCidrBlock", "UnassociateVpcCidrBlock"),

    ...many(list, "write", [own("vswitch/*"), vpc], "CreateVSwitch"),
    ...many(rule, "write", [own("vswitch/*")], "CreateDefaultVSwitch"),
    ...many(list, "write", [vSwitch], "DeleteVSwitch", "ModifyVSwitchAttribute"),
    ...many(list, "list", [own("vswitch/*")], "DescribeVSwitches"),
    ...many(readOnly, "read", [vSwitch], "DescribeVSwitchAttributes"),

    ...many(list, "list", [own("routetable/*")], "DescribeRouteTables"),
    ...many(readOnly, "list", [own("routetable/*")], "DescribeRouteTableList"),
    ...many(rule, "write", [own("routetable/{RouteTableId}")], "ModifyRouteTableAttributes"),

    ...many(list, "write", [own("eip/*")], "AllocateEipAddress"),
    ...many(list, "list", [own("eip/*")], "DescribeEipAddresses"),
    ...many(list, "write", [eip], "ReleaseEipAddress"),
    ...many(address, "write", [eip], "ModifyEipAddressAttribute"),
    // What it is bound to is asked for as well: a host of ECS, or a gateway.
    ...many(list, "write", [eip, "{Bound}"], "AssociateEipAddress", "UnassociateEipAddress"),
    ...many(rule, "write", [eip], "ModifyEipForwardMode", "SetHighDefinitionMonitorLogStatus"),
    ...many(rule, "read", [own("eip/{InstanceId}")], "DescribeHighDefinitionMonitorLogAttribute"),

    ...many(list, "write", [own("natgateway/*")], "CreateNatGateway"),
    ...many(list, "list", [nat], "DescribeNatGateways"),
    ...many(natgw, "read", [nat], "GetNatGatewayAttribute"),
    ...many(list, "write", [nat], "DeleteNatGateway", "ModifyNatGatewayAttribute", "ModifyNatGatewaySpec"),
    ...many(natgw, "write", [nat], "UpdateNatGatewayNatType"),
    ...many(list, "write", [own("snattable/*")], "CreateSnatEntry"),
    ...many(list, "write", [snat], "ModifySnatEntry", "DeleteSnatEntry"),
    ...many(list, "list", [snat], "DescribeSnatTableEntries"),

    // The system policy asks for the gateway alone; the type of the call tells which.
    ...many(natgw, "write", [own("{Type}/{InstanceId}")], "DeletionProtection"),
    ...many(rule, "write", [own("{ResourceType}/{ResourceId}")], "MoveResourceGroup"),
    ...many(rule, "write", [own("{ResourceType}/{ResourceId}")], "TagResources", "UnTagResources"),
    ...many(readOnly, "list", [own("{ResourceType}/{ResourceId}")], "ListTagResources"),
  ],
);
