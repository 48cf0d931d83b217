import { tsdbClasses, tsdbStorageLimits } from "../../catalog/tsdb.ts";
import type { Action, Answer, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { becoming, statusOf, steady } from "../core/phase.ts";
import { takes } from "./instances.ts";
import { needBuyer, orderId } from "./purchase.ts";
import { releasedDatabases, type Tsdb, tsdbs } from "./rows.ts";

/** Whether a class can hold so much. */
export function fits(instanceClass: string, GiB: number): boolean {
  const { large, basicAndStandard } = tsdbStorageLimits;
  const limits = large.classes.includes(instanceClass) ? large : basicAndStandard;
  return GiB >= limits.leastGB && GiB <= limits.mostGB;
}

/** A database that is to be changed. @throws Instance.IsNotValid, Instance.IsNotAvailable */
function needTsdb(call: Call): Tsdb {
  const id = call.params.need("InstanceId");
  const row = call.find(tsdbs, id);
  if (row !== undefined && row.goneAt === undefined) return row;
  if (row !== undefined || call.find(releasedDatabases, id) !== undefined) throw notAvailable();
  throw new CloudError("Instance.IsNotValid", 400, "The instance is invalid.");
}

function notAvailable(): CloudError {
  return new CloudError("Instance.IsNotAvailable", 400, "The instance is unavailable.");
}

/** Class and storage; the storage only grows, the engine stays. */
export const modifyClass: Action = (call): Answer => {
  needBuyer(call);
  const row = needTsdb(call);
  const status = statusOf(row.phase, call.now());
  if (status === "CLASS_CHANGING") {
    throw new CloudError(
      "Instance.IsModifyingClass",
      400,
      "The instance class is being modified and cannot be operated.",
    );
  }
  if (status !== "ACTIVATION") throw notAvailable();
  const instanceClass = call.params.need("InstanceClass");
  const storageGiB = call.params.integer("InstanceStorage") ?? row.storageGiB;
  if (tsdbClasses.find(({ name }) => name === instanceClass)?.engine !== row.engineType) {
    throw new CloudError("Instance.SpecIsNotValid", 400, "The instance specification is invalid.");
  }
  if (storageGiB < row.storageGiB) {
    throw new CloudError("Instance.DoesNotSupportShrinkStorage", 400, "Storage scale in is not supported.");
  }
  if (!fits(instanceClass, storageGiB)) {
    throw new CloudError("Instance.Upgrade.ParamsIsNotValid", 400, "The instance upgrade parameters are invalid.");
  }
  const phase = becoming("CLASS_CHANGING", "ACTIVATION", call.now(), takes.resizing);
  call.put(tsdbs, { ...row, instanceClass, storageGiB, phase });
  return { OrderId: orderId() };
};

export const rename: Action = (call): Answer => {
  const row = needTsdb(call);
  call.put(tsdbs, { ...row, name: call.params.need("InstanceAlias") });
  return {};
};

/** Gone at once for whoever asks; its vSwitch stays in use for some minutes. @throws Instance.IsNotPostPay */
export const remove: Action = (call): Answer => {
  const row = needTsdb(call);
  if (row.payType === "PREPAY") {
    throw new CloudError("Instance.IsNotPostPay", 400, "The instance billing type is not pay as you go.");
  }
  call.put(tsdbs, { ...row, phase: steady("DELETED"), goneAt: call.now() + takes.releasing });
  call.put(releasedDatabases, { ...call.row(row.id), region: row.region });
  return {};
};
