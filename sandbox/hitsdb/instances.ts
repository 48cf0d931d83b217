import type { Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { statusOf } from "../core/phase.ts";
import { type Lindorm, lindorms, releasedDatabases } from "./rows.ts";
import { endOf } from "./subscription.ts";

const minute = 60_000;

/** How long things take, milliseconds of cloud time. */
export const takes = {
  creating: 10 * minute,
  resizing: 5 * minute,
  /** A database that was released still keeps its vSwitch for so long. */
  releasing: 3 * minute,
  network: 1 * minute,
} as const;

const day = 24 * 60 * minute;
const hour = 60 * minute;

/** InstanceStatus, as the API tells it. */
export function lindormStatus(row: Lindorm, now: number): string {
  const status = statusOf(row.phase, now);
  const end = endOf(row, now);
  return status === "ACTIVATION" && end !== undefined && now >= end ? "LOCKED" : status;
}

/**
 * The database that the call names, for reading and for changing alike.
 *
 * @throws Instance.IsDeleted, Lindorm.Errorcode.InstanceNotFound
 */
export function needLindorm(call: Call, id = call.params.need("InstanceId")): Lindorm {
  const row = call.find(lindorms, id);
  if (row !== undefined && row.goneAt === undefined) return row;
  if (row !== undefined || call.find(releasedDatabases, id) !== undefined) throw isDeleted();
  throw new CloudError("Lindorm.Errorcode.InstanceNotFound", 404, "The instance is not found.");
}

export function isDeleted(): CloudError {
  return new CloudError("Instance.IsDeleted", 400, "The instance is deleted.");
}

/** The same, and it is not in the middle of something. @throws the code given; clients retry different ones */
export function needActive(call: Call, refusal: { readonly code: string; readonly http: number }): Lindorm {
  const row = needLindorm(call);
  if (lindormStatus(row, call.now()) !== "ACTIVATION") {
    throw new CloudError(refusal.code, refusal.http, "Instance is not active.");
  }
  return row;
}

/** Times of changes with one more, now. @throws Lindorm.Errorcode.OperationDenied for the fourth in a day or too early */
export function withChange(row: Lindorm, now: number): readonly number[] {
  const recent = row.changedAt.filter((at) => now - at < day);
  if (recent.length >= 3 || recent.some((at) => now - at < hour)) {
    throw denied("The configuration of an instance changes at most 3 times in 24 hours, at least 1 hour apart.");
  }
  return [...recent, now];
}

export function denied(message: string): CloudError {
  return new CloudError("Lindorm.Errorcode.OperationDenied", 403, message);
}

export function badParameter(name: string): CloudError {
  return new CloudError("Lindorm.Errorcode.ParameterInvaild", 400, `The parameter is invalid: ${name}.`);
}

export function notChanged(): CloudError {
  return new CloudError(
    "InstanceConfig.NotChanged",
    400,
    "The upgrade or downgrade configuration is not changed, please check.",
  );
}
