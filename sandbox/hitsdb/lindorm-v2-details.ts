import type { Action, Answer } from "../core/call.ts";
import { tagList } from "../core/tags.ts";
import { addressesOfEngine, engineVersion } from "./connections.ts";
import { engineName, nodeSize } from "./engines.ts";
import { denied, lindormStatus, needLindorm } from "./instances.ts";
import { type Lindorm, type LindormEngine, lindorms } from "./rows.ts";
import { endOf } from "./subscription.ts";

/**
 * GetLindormV2InstanceDetails. A release shows as RELEASING until it is through. Texts, numbers and flags are as the
 * provider's schema takes them: DeletionProtection and Port are texts here.
 */
export const details: Action = (call): Answer => {
  const row = call.find(lindorms, call.params.need("InstanceId")) ?? needLindorm(call);
  if (row.generation !== 2) throw denied("GetLindormV2InstanceDetails is for instances of the second generation.");
  const { multiZone } = row;
  const end = endOf(row, call.now());
  return {
    InstanceId: row.id,
    InstanceAlias: row.name,
    InstanceStatus: lindormStatus(row, call.now()),
    RegionId: row.region,
    ZoneId: row.zone,
    VpcId: row.vpcId,
    VswitchId: row.vSwitchId,
    NetworkType: "VPC",
    PayType: row.payType,
    ServiceType: multiZone === undefined ? "lindorm_v2" : "lindorm_v2_multizone",
    ArchVersion: row.archVersion,
    AliUid: Number(call.account.id),
    CreateMilliseconds: Math.floor(row.createdAt),
    ...(end === undefined ? {} : { ExpiredMilliseconds: end, AutoRenew: row.autoRenewMonths > 0 }),
    DeletionProtection: String(row.deletionProtection),
    ...(row.diskCategory === "" ? {} : { DiskCategory: row.diskCategory, CloudStorageSize: row.storageGiB }),
    DiskUsage: "0.0%",
    DiskThreshold: "80%",
    ColdStorage: row.coldStorageGiB,
    ResourceGroupId: row.resourceGroupId,
    ...(multiZone === undefined
      ? {}
      : {
          PrimaryZoneId: multiZone.primaryZone,
          PrimaryVSwitchId: multiZone.primaryVSwitchId,
          StandbyZoneId: multiZone.standbyZone,
          StandbyVSwitchId: multiZone.standbyVSwitchId,
          ArbiterZoneId: multiZone.arbiterZone,
          ArbiterVSwitchId: multiZone.arbiterVSwitchId,
        }),
    WhiteIpList: Object.entries(row.allowLists).map(([group, addresses]) => ({
      GroupName: group,
      IpList: addresses.join(","),
    })),
    EngineList: enginesOf(row),
    Tags: tagList(row.tags, "Key"),
  };
};

function enginesOf(row: Lindorm): readonly object[] {
  const types = [...new Set(row.engines.map(({ type }) => type))];
  return types.map((type) => ({
    Engine: type,
    Version: engineVersion(type),
    LatestVersion: engineVersion(type),
    IsLastVersion: true,
    ConnectAddressList: addressesOfEngine(row, type).map(({ address, port, public: reachable }) => ({
      Type: reachable ? "INTERNET" : "INTRANET",
      Address: address,
      Port: String(port),
    })),
    NodeGroup: row.engines.filter((group) => group.type === type).map(nodeGroup),
  }));
}

function nodeGroup(group: LindormEngine): object {
  const { vcpu = 0, memoryGiB = 0 } = nodeSize(group.spec) ?? {};
  return {
    SpecId: group.groupId,
    ResourceGroupName: group.resourceGroup,
    NodeSpec: group.spec,
    Quantity: group.nodes,
    CpuCoreCount: vcpu,
    MemorySizeGiB: memoryGiB,
    Category: engineName(group.type),
    Status: "ACTIVATION",
    EnableAttachLocalDisk: group.diskGiB > 0,
    LocalDiskCategory: group.diskCategory,
    LocalDiskCapacity: group.diskGiB,
  };
}
