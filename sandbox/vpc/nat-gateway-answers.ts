import type { Actions, Call } from "../core/call.ts";
import { minuteText, secondText } from "../core/clock.ts";
import { page } from "../core/paging.ts";
import { statusOf } from "../core/phase.ts";
import { matchesTags, tagList } from "../core/tags.ts";
import { addressesOf } from "./address-lookup.ts";
import { fits, idsOf, needNatGateway } from "./lookup.ts";
import { type Address, addresses, type NatGateway, natGateways, snatEntries, vSwitches } from "./rows.ts";

export const natGatewayQueries: Actions = {
  DescribeNatGateways(call) {
    const ids = idsOf(call, "NatGatewayId");
    const found = call
      .list(natGateways)
      .filter(
        (gateway) =>
          (ids === undefined || ids.has(gateway.id)) &&
          fits(call, "VpcId", gateway.vpcId) &&
          fits(call, "VSwitchId", gateway.vSwitchId) &&
          fits(call, "Name", gateway.name) &&
          fits(call, "NatType", gateway.natType) &&
          fits(call, "NetworkType", gateway.networkType) &&
          fits(call, "InstanceChargeType", gateway.chargeType) &&
          fits(call, "Spec", gateway.spec) &&
          fits(call, "Status", statusOf(gateway.phase, call.now())) &&
          fits(call, "ResourceGroupId", gateway.resourceGroupId) &&
          matchesTags(call, gateway.tags),
      );
    const { rows, fields } = page(found, call.params, { most: 50 });
    const bound = Map.groupBy(call.list(addresses), (address) => address.instanceId);
    const used = usedIps(call);
    return {
      ...fields,
      NatGateways: { NatGateway: rows.map((row) => listedFields(call, row, bound.get(row.id) ?? [], used)) },
    };
  },

  GetNatGatewayAttribute(call) {
    const gateway = needNatGateway(call);
    const entries = call.list(snatEntries).filter((entry) => entry.natGatewayId === gateway.id);
    const used = usedIps(call);
    return {
      ...commonFields(call, gateway),
      EcsMetricEnabled: true,
      EnableSessionLog: false,
      SnatTable: { SnatTableId: gateway.snatTableId, SnatEntryCount: entries.length },
      ForwardTable: { ForwardTableId: gateway.forwardTableId, ForwardEntryCount: 0 },
      FullNatTable: { FullNatTableId: "", FullNatEntryCount: 0 },
      BillingConfig: {
        InstanceChargeType: gateway.chargeType,
        InternetChargeType: gateway.internetChargeType,
        Spec: gateway.spec,
        AutoPay: false,
      },
      PrivateInfo: privateInfo(call, gateway),
      DeletionProtectionInfo: { Enabled: gateway.deletionProtection },
      IpList: addressesOf(call, gateway.id).map((address) => usage(address, used.has(address.ip))),
    };
  },
};

function commonFields(call: Call, gateway: NatGateway) {
  const { accessMode } = gateway;
  return {
    NatGatewayId: gateway.id,
    RegionId: gateway.region,
    VpcId: gateway.vpcId,
    Name: gateway.name,
    Description: gateway.description,
    Status: statusOf(gateway.phase, call.now()),
    BusinessStatus: "Normal",
    NatType: gateway.natType,
    NetworkType: gateway.networkType,
    CreationTime: secondText(gateway.createdAt),
    ExpiredTime: gateway.expiresAt === undefined ? "" : minuteText(gateway.expiresAt),
    ResourceGroupId: gateway.resourceGroupId,
    EipBindMode: gateway.eipBindMode,
    PrivateLinkEnabled: gateway.privateLink,
    ...(accessMode === undefined ? {} : { AccessMode: { ModeValue: accessMode.value, TunnelType: accessMode.tunnel } }),
  };
}

function listedFields(call: Call, gateway: NatGateway, bound: readonly Address[], used: ReadonlySet<string>) {
  return {
    ...commonFields(call, gateway),
    InstanceChargeType: gateway.chargeType,
    InternetChargeType: gateway.internetChargeType,
    Spec: gateway.spec,
    AutoPay: false,
    DeletionProtection: gateway.deletionProtection,
    SecurityProtectionEnabled: false,
    EcsMetricEnabled: true,
    IcmpReplyEnabled: gateway.icmpReply,
    SnatTableIds: { SnatTableId: [gateway.snatTableId] },
    ForwardTableIds: { ForwardTableId: [gateway.forwardTableId] },
    FullNatTableIds: { FullNatTableId: [] },
    BandwidthPackageIds: { BandwidthPackageId: [] },
    NatGatewayPrivateInfo: privateInfo(call, gateway),
    IpLists: { IpList: bound.map((address) => usage(address, used.has(address.ip))) },
    Tags: { Tag: tagList(gateway.tags, "TagKey") },
  };
}

function privateInfo(call: Call, gateway: NatGateway) {
  return {
    VswitchId: gateway.vSwitchId,
    PrivateIpAddress: gateway.privateIp,
    IzNo: call.find(vSwitches, gateway.vSwitchId)?.zone ?? "",
    EniInstanceId: "",
    EniType: "",
    MaxBandwidth: 5_120,
    MaxSessionQuota: 2_000_000,
    MaxSessionEstablishRate: 100_000,
  };
}

/** Addresses that SNAT entries go out through. */
function usedIps(call: Call): ReadonlySet<string> {
  return new Set(call.list(snatEntries).flatMap((entry) => entry.ips.split(",")));
}

function usage(address: Address, used: boolean) {
  return {
    AllocationId: address.id,
    IpAddress: address.ip,
    PrivateIpAddress: address.privateIp,
    UsingStatus: used ? "UsedBySnatTable" : "Idle",
    SnatEntryEnabled: used,
  };
}
