import { lindormStorageLimits } from "../../catalog/lindorm.ts";
import { defaultGroupId } from "../account/rows.ts";
import type { Action, Actions, Answer, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import type { Params } from "../core/params.ts";
import { becoming } from "../core/phase.ts";
import { checkSpec, checkTotal, type EngineKind, engineKinds, firstOf } from "./engines.ts";
import { badParameter, takes } from "./instances.ts";
import { upgrade } from "./lindorm-upgrade.ts";
import { needBuyer, needStock, needVSwitch, orderId, payTypeOf } from "./purchase.ts";
import { type LindormEngine, lindorms, type MultiZone } from "./rows.ts";
import { addMonths, monthsOf } from "./subscription.ts";

/** What the first generation stores on; the last two are disks of the nodes themselves. */
const diskCategories: readonly string[] = [
  "cloud_efficiency",
  "cloud_ssd",
  "cloud_essd",
  "cloud_essd_pl0",
  "capacity_cloud_storage",
  "local_ssd_pro",
  "local_hdd_pro",
];

/** CreateLindormInstance: it knows no ClientToken, so that an answer that was lost may make a second one. */
const create: Action = (call): Answer => {
  needBuyer(call);
  const { params } = call;
  const region = call.needRegion();
  const zone = params.need("ZoneId");
  const payType = payTypeOf(params.need("PayType"));
  const diskCategory = params.need("DiskCategory");
  if (!diskCategories.includes(diskCategory)) throw badParameter("DiskCategory");
  const engines = engineKinds.flatMap((kind) => readEngine(params, kind));
  checkTotal(engines);
  const multiZone = params.text("ArchVersion") === "2.0" ? multiZoneOf(call) : undefined;
  const storageGiB = multiZone === undefined ? storageOf(params, diskCategory) : multiZone.coreGiB * nodesOf(engines);
  needStock(call, zone, ["lindorm", diskCategory, ...engines.map(({ spec }) => spec)]);
  const vSwitch = needVSwitch(call, params.need("VSwitchId"), zone);
  const months = payType === "PREPAY" ? monthsOf(params, "Lindorm.Errorcode.ParameterInvaild") : 0;
  const row = call.put(lindorms, {
    ...call.newRow("ld"),
    region,
    generation: 1,
    name: params.text("InstanceAlias") ?? "",
    archVersion: params.text("ArchVersion") ?? "1.0",
    engines,
    zone,
    vpcId: vSwitch.vpcId,
    vSwitchId: vSwitch.id,
    diskCategory,
    storageGiB,
    coldStorageGiB: coldStorageOf(params),
    payType,
    ...(payType === "PREPAY" ? { expiresAt: addMonths(call.now(), months) } : {}),
    autoRenewMonths: params.flag("AutoRenewal") === true ? (params.integer("AutoRenewDuration") ?? 1) : 0,
    phase: becoming("CREATING", "ACTIVATION", call.now(), takes.creating),
    changedAt: [],
    publicEngines: [],
    deletionProtection: false,
    allowLists: {},
    resourceGroupId: params.text("ResourceGroupId") ?? defaultGroupId(call.account.id),
    ...(multiZone === undefined ? {} : { multiZone }),
    tags: {},
  });
  return { InstanceId: row.id, OrderId: orderId() };
};

function readEngine(params: Params, kind: EngineKind): LindormEngine[] {
  const nodes = firstOf(kind.nodes, (name) => params.integer(name)) ?? 0;
  const spec = firstOf(kind.spec, (name) => params.text(name));
  if (nodes === 0) return [];
  const [nodesName = "", specName = ""] = [kind.nodes[0], kind.spec[0]];
  if (spec === undefined) throw badParameter(specName);
  if (nodes < 0 || nodes > kind.mostNodes) {
    throw new CloudError(`InvalidParameter.${nodesName}`, 400, `The specified ${nodesName} is not valid.`);
  }
  checkSpec(kind.type, spec, 1, specName);
  return [{ type: kind.type, nodes, spec, resourceGroup: "", groupId: "", diskCategory: "", diskGiB: 0 }];
}

function storageOf(params: Params, diskCategory: string): number {
  const GiB = params.integer("InstanceStorage");
  if (GiB === undefined && diskCategory.startsWith("local_")) return 0;
  const { leastGB, mostGB, stepGB } = lindormStorageLimits;
  if (GiB === undefined || GiB < leastGB || GiB > mostGB || GiB % stepGB !== 0) {
    throw new CloudError(
      "InvalidParameter.InstanceStorage",
      400,
      GiB === undefined
        ? "The specified parameter InstanceStorage is empty"
        : `The specified parameter InstanceStorage must be in [${leastGB}, ${mostGB}], a multiple of ${stepGB}`,
    );
  }
  return GiB;
}

function coldStorageOf(params: Params): number {
  const GiB = params.integer("ColdStorage") ?? 0;
  if (GiB !== 0 && (GiB < 800 || GiB > 1_000_000)) throw badParameter("ColdStorage");
  return GiB;
}

function multiZoneOf(call: Call): MultiZone {
  const { params } = call;
  const zones = { primaryZone: "Primary", standbyZone: "Standby", arbiterZone: "Arbiter" } as const;
  for (const name of Object.values(zones)) {
    needVSwitch(call, params.need(`${name}VSwitchId`), params.need(`${name}ZoneId`));
  }
  return {
    combination: params.need("MultiZoneCombination"),
    primaryZone: params.need("PrimaryZoneId"),
    primaryVSwitchId: params.need("PrimaryVSwitchId"),
    standbyZone: params.need("StandbyZoneId"),
    standbyVSwitchId: params.need("StandbyVSwitchId"),
    arbiterZone: params.need("ArbiterZoneId"),
    arbiterVSwitchId: params.need("ArbiterVSwitchId"),
    logNodes: between(params, "LogNum", 4, 400),
    logSpec: params.need("LogSpec"),
    logDiskCategory: params.need("LogDiskCategory"),
    logGiB: between(params, "LogSingleStorage", 400, 64_000),
    coreGiB: between(params, "CoreSingleStorage", 400, 64_000),
  };
}

function between(params: Params, name: string, least: number, most: number): number {
  const value = params.integer(name) ?? 0;
  if (value < least || value > most) throw badParameter(name);
  return value;
}

function nodesOf(engines: readonly LindormEngine[]): number {
  return engines.reduce((sum, { nodes }) => sum + nodes, 0);
}

/** First generation. */
export const lindormV1Actions: Actions = {
  CreateLindormInstance: create,
  UpgradeLindormInstance: upgrade,
};
