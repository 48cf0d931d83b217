import { regions } from "../../catalog/regions.ts";
import { type TsdbClass, tsdbClasses } from "../../catalog/tsdb.ts";
import type { Action, Actions, Answer } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import { CloudError } from "../core/errors.ts";
import { page } from "../core/paging.ts";
import { becoming, statusOf } from "../core/phase.ts";
import { takes } from "./instances.ts";
import { isTaken, needBuyer, needStock, needVSwitch, orderId, payTypeOf } from "./purchase.ts";
import { releasedDatabases, type Tsdb, tsdbs } from "./rows.ts";
import { addMonths, monthsOf } from "./subscription.ts";
import { fits, modifyClass, remove, rename } from "./tsdb-changes.ts";

const badParameter = "TSDB.Errorcode.ParameterInvaild";

const create: Action = (call): Answer => {
  needBuyer(call);
  const { params } = call;
  const region = call.needRegion();
  // For sale only to accounts that still have it; what the API says to the others was read nowhere.
  if (!call.account.tsdbSold) throw new CloudError("Commodity.NotFound", 400, "The commodity is not found.");
  const zone = params.need("ZoneId");
  const known = classOf(params.need("InstanceClass"));
  const engineType = params.text("EngineType") ?? known.engine;
  if (engineType !== known.engine) {
    throw new CloudError(
      "TSDB.Errorcode.InstanceClassAndEngineTypeMismatch",
      411,
      "The engine type and instance class parameters do not match. Instance class will take precedence.",
    );
  }
  const storageGiB = params.integer("InstanceStorage") ?? 0;
  if (!fits(known.name, storageGiB)) {
    throw new CloudError("TSDB.Errorcode.InstanceStorageInvalid", 400, "The parameter of instance storage is invalid.");
  }
  const payType = payTypeOf(params.need("PayType"));
  const months = payType === "PREPAY" ? monthsOf(params, badParameter) : 0;
  const diskCategory = params.text("DiskCategory") ?? "";
  needStock(call, zone, ["tsdb", known.name, diskCategory]);
  const vSwitch = needVSwitch(call, params.need("VSwitchId"), zone);
  const row = call.put(tsdbs, {
    ...call.newRow("ts"),
    region,
    name: params.text("InstanceAlias") ?? "",
    engineType,
    instanceClass: known.name,
    storageGiB,
    diskCategory,
    zone,
    vpcId: vSwitch.vpcId,
    vSwitchId: vSwitch.id,
    payType,
    ...(payType === "PREPAY" ? { expiresAt: addMonths(call.now(), months) } : {}),
    phase: becoming("CREATING", "ACTIVATION", call.now(), takes.creating),
  });
  return { InstanceId: row.id, OrderId: orderId() };
};

function classOf(name: string): TsdbClass {
  const known = tsdbClasses.find((row) => row.name === name);
  if (known === undefined) throw new CloudError(badParameter, 400, "The parameter is invalid: InstanceClass.");
  return known;
}

const describe: Action = (call): Answer => {
  const id = call.params.need("InstanceId");
  const row = call.find(tsdbs, id);
  if (row !== undefined && row.goneAt === undefined) return shown(row, call.now());
  if (row !== undefined || call.find(releasedDatabases, id) !== undefined) {
    throw new CloudError("TSDB.Errorcode.InstanceDeleted", 400, "The instance is already deleted.");
  }
  throw new CloudError("TSDB.Errorcode.InstanceNotFound", 404, "The instance is not found. Please try again later.");
};

const list: Action = (call): Answer => {
  const name = call.params.text("QueryStr");
  const engine = call.params.text("EngineType");
  const statuses = call.params.list("StatusList");
  const found = call
    .list(tsdbs)
    .filter(
      (row) =>
        row.goneAt === undefined &&
        (name === undefined || row.name.includes(name)) &&
        (engine === undefined || row.engineType === engine) &&
        (statuses.length === 0 || statuses.includes(statusOf(row.phase, call.now()))),
    );
  const { rows, fields } = page(found, call.params, { size: 30 });
  return {
    PageNumber: fields.PageNumber,
    PageSize: fields.PageSize,
    Total: fields.TotalCount,
    InstanceList: rows.map((row) => shown(row, call.now())),
  };
};

function shown(row: Tsdb, now: number): Answer {
  const { vcpu, memoryGiB } = classOf(row.instanceClass);
  const status = statusOf(row.phase, now);
  const domain = row.engineType === "tsdb_influxdb" ? "influxdata" : "hitsdb";
  return {
    InstanceId: row.id,
    InstanceAlias: row.name,
    InstanceDescription: row.name,
    InstanceClass: row.instanceClass,
    InstanceStorage: String(row.storageGiB),
    Status: status,
    InstanceStatus: status,
    EngineType: row.engineType,
    DiskCategory: row.diskCategory,
    RegionId: row.region,
    ZoneId: row.zone,
    VpcId: row.vpcId,
    VswitchId: row.vSwitchId,
    NetworkType: "VPC",
    PaymentType: row.payType,
    ChargeType: row.payType,
    CpuNumber: vcpu === undefined ? "" : String(vcpu),
    MemSize: memoryGiB === undefined ? "" : String(memoryGiB),
    ConnectionString: `${row.id}.${domain}.tsdb.aliyuncs.com:8242`,
    CreateTime: Math.floor(row.createdAt),
    GmtCreated: timeText(row.createdAt),
    ...(row.expiresAt === undefined ? {} : { ExpiredTime: row.expiresAt, GmtExpire: timeText(row.expiresAt) }),
    AutoRenew: "false",
    LockMode: "0",
    SecurityIpList: [],
  };
}

/** 2026-11-25 08:00:00 */
function timeText(at: number): string {
  return secondText(at).replace("T", " ").replace("Z", "");
}

const describeZones: Action = (call): Answer => ({
  ZoneList: {
    ZoneModel: call
      .zones()
      .filter((zone) => !isTaken(call, zone, "tsdb"))
      .map((zone) => ({ ZoneId: zone, LocalName: zone })),
  },
});

const describeRegions: Action = (): Answer => ({
  Regions: {
    Region: regions
      .filter((row) => row.lindorm === true)
      .map((row) => ({ RegionId: row.id, LocalName: row.cityInChinese, RegionEndpoint: "hitsdb.aliyuncs.com" })),
  },
});

/** API hitsdb 2017-06-01: TSDB, which is for sale only where an account's `tsdbSold` says so. */
export const tsdbActions: Actions = {
  CreateHiTSDBInstance: create,
  DescribeHiTSDBInstance: describe,
  DescribeHiTSDBInstanceList: list,
  ModifyHiTSDBInstanceClass: modifyClass,
  RenameHiTSDBInstanceAlias: rename,
  DeleteHiTSDBInstance: remove,
  DescribeZones: describeZones,
  DescribeRegions: describeRegions,
};
