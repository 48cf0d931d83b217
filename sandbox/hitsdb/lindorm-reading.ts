import { regions } from "../../catalog/regions.ts";
import type { Action, Actions, Answer } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import { page } from "../core/paging.ts";
import { matchesTags, tagList } from "../core/tags.ts";
import { addressesOfEngine, engineVersion } from "./connections.ts";
import { engineKind, engineKinds, engineName, nodeSize } from "./engines.ts";
import { lindormStatus, needLindorm } from "./instances.ts";
import { isTaken } from "./purchase.ts";
import { type Lindorm, lindorms } from "./rows.ts";
import { endOf } from "./subscription.ts";

/** What GetLindormInstance and the list tell alike. EngineType is the sum of the engines' bits. */
function summary(row: Lindorm, account: string, now: number): Answer {
  const end = endOf(row, now);
  return {
    InstanceId: row.id,
    InstanceAlias: row.name,
    InstanceStatus: lindormStatus(row, now),
    RegionId: row.region,
    ZoneId: row.zone,
    VpcId: row.vpcId,
    NetworkType: "vpc",
    PayType: row.payType,
    ServiceType: serviceType(row),
    EngineType: engineBits(row),
    InstanceStorage: String(row.storageGiB),
    AliUid: Number(account),
    CreateTime: timeText(row.createdAt),
    CreateMilliseconds: Math.floor(row.createdAt),
    ...(end === undefined ? {} : { ExpireTime: timeText(end), ExpiredMilliseconds: end }),
    EnableStream: has(row, "LSTREAM"),
    EnableCompute: false,
    ResourceGroupId: row.resourceGroupId,
  };
}

function serviceType(row: Lindorm): string {
  const multiZone = row.multiZone === undefined ? "" : "_multizone";
  return row.generation === 1 ? `lindorm${multiZone}` : `lindorm_v2${multiZone}`;
}

function engineBits(row: Lindorm): number {
  return row.engines.reduce((bits, { type }) => bits | (engineKind(type)?.bit ?? 0), 0);
}

function has(row: Lindorm, type: string): boolean {
  return row.engines.some((engine) => engine.type === type);
}

/** 2026-11-25 08:00:00 */
function timeText(at: number): string {
  return secondText(at).replace("T", " ").replace("Z", "");
}

const get: Action = (call): Answer => {
  const row = needLindorm(call);
  const { multiZone } = row;
  const table = row.engines.find(({ type }) => type === "TABLE");
  return {
    ...summary(row, call.account.id, call.now()),
    VswitchId: row.vSwitchId,
    DiskCategory: row.diskCategory,
    DiskUsage: "0.0%",
    DiskThreshold: "80%",
    ColdStorage: row.coldStorageGiB,
    ...(row.payType === "PREPAY" ? { AutoRenew: row.autoRenewMonths > 0 } : {}),
    // A flag and not a text, as the document has it: the provider's schema takes nothing else.
    DeletionProtection: row.deletionProtection,
    ArchVersion: row.archVersion,
    EnableBDS: has(row, "LTS"),
    EnableLTS: has(row, "LTS"),
    EnableFS: has(row, "FILE"),
    EnableCdc: false,
    EnableKms: false,
    EnableSSL: false,
    MaintainStartTime: "18:00Z",
    MaintainEndTime: "22:00Z",
    ...(multiZone === undefined || row.generation === 2
      ? {}
      : {
          MultiZoneCombination: multiZone.combination,
          PrimaryZoneId: multiZone.primaryZone,
          PrimaryVSwitchId: multiZone.primaryVSwitchId,
          StandbyZoneId: multiZone.standbyZone,
          StandbyVSwitchId: multiZone.standbyVSwitchId,
          ArbiterZoneId: multiZone.arbiterZone,
          ArbiterVSwitchId: multiZone.arbiterVSwitchId,
          CoreSpec: table?.spec ?? "",
          CoreNum: table?.nodes ?? 0,
          CoreDiskCategory: row.diskCategory,
          CoreSingleStorage: multiZone.coreGiB,
          LogNum: multiZone.logNodes,
          LogSpec: multiZone.logSpec,
          LogDiskCategory: multiZone.logDiskCategory,
          LogSingleStorage: multiZone.logGiB,
        }),
    EngineList: row.engines.map((engine) => ({
      Engine: engineName(engine.type),
      CoreCount: String(engine.nodes),
      CpuCount: String(nodeSize(engine.spec)?.vcpu ?? 0),
      MemorySize: `${nodeSize(engine.spec)?.memoryGiB ?? 0}GB`,
      Version: engineVersion(engine.type),
      LatestVersion: engineVersion(engine.type),
      IsLastVersion: true,
    })),
  };
};

const list: Action = (call): Answer => {
  const { params } = call;
  const name = params.text("QueryStr");
  const engines = params.integer("SupportEngine") ?? -1;
  const type = params.text("ServiceType");
  const group = params.text("ResourceGroupId");
  const found = call
    .list(lindorms)
    .filter(
      (row) =>
        row.goneAt === undefined &&
        (name === undefined || row.name.includes(name)) &&
        (engines <= 0 || (engineBits(row) & engines) === engines) &&
        (type === undefined || serviceType(row) === type) &&
        (group === undefined || row.resourceGroupId === group) &&
        matchesTags(call, row.tags),
    );
  const { rows, fields } = page(found, params, { size: 100 });
  return {
    PageNumber: fields.PageNumber,
    PageSize: fields.PageSize,
    Total: fields.TotalCount,
    InstanceList: rows.map((row) => ({
      ...summary(row, call.account.id, call.now()),
      EngineType: String(engineBits(row)),
      EnableLts: has(row, "LTS"),
      Tags: tagList(row.tags, "Key"),
    })),
  };
};

/** Only engines that are there; the provider keeps what it was told of the others. */
const engineInfo: Action = (call): Answer => {
  const row = needLindorm(call);
  const fields = engineKinds.flatMap((kind) => {
    const engine = row.engines.find(({ type }) => type === kind.type);
    if (engine === undefined) return [];
    return [[kind.nodesField, engine.nodes] as const, [kind.specField, engine.spec] as const];
  });
  return { InstanceId: row.id, ...Object.fromEntries<unknown>(fields) };
};

const engineList: Action = (call): Answer => {
  const row = needLindorm(call);
  const types = [...new Set(row.engines.map(({ type }) => type))];
  return {
    InstanceId: row.id,
    EngineList: types.map((type) => ({
      EngineType: engineName(type),
      NetInfoList: addressesOfEngine(row, type).map((address) => ({
        AccessType: type === "TABLE" ? 1 : 0,
        ConnectionString: address.address,
        Port: address.port,
        NetType: address.public ? "0" : "2",
      })),
    })),
  };
};

const describeRegions: Action = (call): Answer => ({
  Regions: regions
    .filter((row) => row.lindorm === true && !isTaken(call, row.id, "lindorm"))
    .map((row) => ({
      RegionId: row.id,
      LocalName: row.cityInChinese,
      RegionEndpoint: `hitsdb.${row.id}.aliyuncs.com`,
    })),
});

/** What reads only. */
export const lindormReadingActions: Actions = {
  GetLindormInstance: get,
  GetLindormInstanceList: list,
  GetLindormInstanceEngineInfo: engineInfo,
  GetLindormInstanceEngineList: engineList,
  GetLindormV2InstanceEngineList: engineList,
  DescribeRegions: describeRegions,
};
