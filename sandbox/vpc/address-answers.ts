import type { Actions, Call } from "../core/call.ts";
import { minuteText, secondText } from "../core/clock.ts";
import { page } from "../core/paging.ts";
import { statusOf } from "../core/phase.ts";
import { matchesTags, tagList } from "../core/tags.ts";
import { fits, idsOf } from "./lookup.ts";
import { type Address, addresses } from "./rows.ts";

export const addressQueries: Actions = {
  DescribeEipAddresses(call) {
    const ids = idsOf(call, "AllocationId");
    const ips = idsOf(call, "EipAddress");
    const found = call
      .list(addresses)
      .filter(
        (address) =>
          (ids === undefined || ids.has(address.id)) &&
          (ips === undefined || ips.has(address.ip)) &&
          fits(call, "EipName", address.name) &&
          fits(call, "Status", statusOf(address.phase, call.now())) &&
          fits(call, "AssociatedInstanceId", address.instanceId) &&
          fits(call, "AssociatedInstanceType", address.instanceType) &&
          fits(call, "ChargeType", address.chargeType) &&
          fits(call, "ISP", address.isp) &&
          fits(call, "ResourceGroupId", address.resourceGroupId) &&
          matchesTags(call, address.tags),
      );
    const { rows, fields } = page(found, call.params);
    return { ...fields, EipAddresses: { EipAddress: rows.map((row) => fieldsOf(call, row)) } };
  },
};

/**
 * Name, bandwidth and so on as the API tells them; bandwidths are texts. VpcId stays empty: the cloud gives it only for
 * addresses that are bound to a single private address.
 */
function fieldsOf(call: Call, address: Address) {
  return {
    AllocationId: address.id,
    IpAddress: address.ip,
    Status: statusOf(address.phase, call.now()),
    Name: address.name,
    Description: address.description,
    Descritpion: address.description,
    RegionId: address.region,
    Bandwidth: String(address.bandwidth),
    EipBandwidth: String(address.bandwidth),
    InternetChargeType: address.internetChargeType,
    ChargeType: address.chargeType,
    AllocationTime: secondText(address.createdAt),
    ExpiredTime: address.expiresAt === undefined ? "" : minuteText(address.expiresAt),
    ISP: address.isp,
    Netmode: address.netmode,
    Zone: address.zone,
    InstanceId: address.instanceId,
    InstanceType: address.instanceType,
    InstanceRegionId: address.instanceId === "" ? "" : address.region,
    PrivateIpAddress: address.privateIp,
    VpcId: "",
    Mode: address.mode,
    DeletionProtection: address.deletionProtection,
    HDMonitorStatus: address.monitorLog.status,
    ResourceGroupId: address.resourceGroupId,
    BusinessStatus: "Normal",
    BandwidthPackageId: "",
    BandwidthPackageType: "",
    PublicIpAddressPoolId: "",
    SegmentInstanceId: "",
    HasReservationData: "false",
    SecondLimited: false,
    ServiceManaged: 0,
    AvailableRegions: { AvailableRegion: [address.region] },
    SecurityProtectionTypes: { SecurityProtectionType: address.securityProtectionTypes },
    OperationLocks: { LockReason: [] },
    Tags: { Tag: tagList(address.tags, "Key") },
  };
}
