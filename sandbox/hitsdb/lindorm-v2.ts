import { lindormStorage, lindormStorageLimits } from "../../catalog/lindorm.ts";
import { defaultGroupId } from "../account/rows.ts";
import type { Action, Actions, Answer, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { becoming } from "../core/phase.ts";
import { badParameter, denied, needActive, takes, withChange } from "./instances.ts";
import { details } from "./lindorm-v2-details.ts";
import { statusWhile } from "./node-group-changes.ts";
import { checkNodeGroups, readNodeGroups } from "./node-groups.ts";
import { needBuyer, needStock, needVSwitch, orderId, payTypeOf } from "./purchase.ts";
import { type LindormEngine, lindorms, type MultiZone } from "./rows.ts";
import { addMonths, monthsOf } from "./subscription.ts";

const create: Action = (call): Answer => {
  needBuyer(call);
  const { params } = call;
  const region = call.needRegion();
  const zone = params.need("ZoneId");
  const archVersion = params.need("ArchVersion");
  if (!["1.0", "2.0", "3.0"].includes(archVersion)) throw badParameter("ArchVersion");
  const payType = payTypeOf(params.need("PayType"));
  const engines = readNodeGroups(params, []);
  checkNodeGroups(engines, archVersion);
  const diskCategory = params.text("CloudStorageType") ?? "";
  const storageGiB = params.integer("CloudStorageSize") ?? 0;
  checkStorage(diskCategory, storageGiB, engines);
  const multiZone = archVersion === "1.0" ? undefined : multiZoneOf(call);
  needStock(call, zone, ["lindorm", diskCategory, ...engines.map(({ spec }) => spec)]);
  const vSwitch = needVSwitch(call, params.need("VSwitchId"), zone);
  const months = payType === "PREPAY" ? monthsOf(params, "Lindorm.Errorcode.ParameterInvaild") : 0;
  const row = call.put(lindorms, {
    ...call.newRow("ld"),
    region,
    generation: 2,
    name: params.need("InstanceAlias"),
    archVersion,
    engines,
    zone,
    vpcId: vSwitch.vpcId,
    vSwitchId: vSwitch.id,
    diskCategory,
    storageGiB,
    coldStorageGiB: 0,
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

/** UpdateLindormV2Instance: the whole of the engines is told each time, and one kind of difference is taken. */
const update: Action = (call): Answer => {
  needBuyer(call);
  const before = needActive(call, { code: "LindormErrorCode.OperationDenied.OrderProcessing", http: 403 });
  if (before.generation !== 2) throw denied("UpdateLindormV2Instance is for instances of the second generation.");
  const { params } = call;
  const engines = readNodeGroups(params, before.engines);
  checkNodeGroups(engines, before.archVersion);
  const diskCategory = params.text("CloudStorageType") ?? before.diskCategory;
  const storageGiB = params.integer("CloudStorageSize") ?? before.storageGiB;
  checkStorage(diskCategory, storageGiB, engines);
  if (storageGiB < before.storageGiB) throw storageInvalid("Cloud storage does not shrink.");
  const after = { ...before, engines, diskCategory, storageGiB };
  const status = statusWhile(before, after);
  needStock(call, before.zone, [diskCategory, ...engines.map(({ spec }) => spec)]);
  call.put(lindorms, {
    ...after,
    changedAt: withChange(before, call.now()),
    phase: becoming(status, "ACTIVATION", call.now(), takes.resizing),
  });
  return { OrderId: orderId() };
};

function checkStorage(category: string, GiB: number, engines: readonly LindormEngine[]): void {
  const nodes = engines.reduce((sum, engine) => sum + engine.nodes, 0);
  if (category === "") {
    if (engines.some(({ type, diskGiB }) => ["TABLE", "TSDB"].includes(type) && diskGiB === 0)) {
      throw new CloudError("LindormErrorCode.LocalDiskCapacityZero", 400, "The capacity of the local disk is zero.");
    }
    return;
  }
  if (!lindormStorage.some(({ cloudStorageType }) => cloudStorageType === category)) {
    throw badParameter("CloudStorageType");
  }
  const { stepGB, mostGB } = lindormStorageLimits;
  const least = nodes * stepGB;
  if (GiB < least) throw storageInvalid(`Please expand instance storage from ${GiB} to ${least} GB`);
  if (GiB > mostGB || GiB % stepGB !== 0) throw storageInvalid(`The storage is a multiple of ${stepGB} GB.`);
}

function storageInvalid(message: string): CloudError {
  return new CloudError("LindormErrorCode.StorageInvalid", 400, message);
}

/** What the API says to a zone left out: there is no stock for it. */
function multiZoneOf(call: Call): MultiZone {
  const { params } = call;
  const zones = ["PrimaryZoneId", "StandbyZoneId", "ArbiterZoneId"].map((name) => params.text(name));
  if (zones.includes(undefined) || new Set(zones).size < 3) {
    throw new CloudError("Resource.SoldOut", 403, "The requested resource is sold out in the specified zone.");
  }
  const at = (name: string) => needVSwitch(call, params.need(`${name}VSwitchId`), params.need(`${name}ZoneId`));
  const [primary, standby, arbiter] = [at("Primary"), at("Standby"), at("Arbiter")];
  return {
    combination: "",
    primaryZone: primary.zone,
    primaryVSwitchId: primary.id,
    standbyZone: standby.zone,
    standbyVSwitchId: standby.id,
    arbiterZone: arbiter.zone,
    arbiterVSwitchId: arbiter.id,
    logNodes: 0,
    logSpec: "",
    logDiskCategory: "",
    logGiB: 0,
    coreGiB: 0,
  };
}

/** Second generation. */
export const lindormV2Actions: Actions = {
  CreateLindormV2Instance: create,
  UpdateLindormV2Instance: update,
  GetLindormV2InstanceDetails: details,
  // The same by its older name, which the SDK for Python 5.0.0 has.
  GetLindormV2Instance: details,
};
