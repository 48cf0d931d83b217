import type { Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { statusOf } from "../core/phase.ts";
import { type Instance, instances } from "./rows.ts";

/** @throws InvalidInstanceId.NotFound, MissingParameter.InstanceId */
export function needInstance(call: Call, id = call.params.need("InstanceId")): Instance {
  const found = call.find(instances, id);
  if (found !== undefined) return found;
  throw new CloudError("InvalidInstanceId.NotFound", 404, "The specified InstanceId does not exist.");
}

/**
 * Ids from `InstanceIds`, a JSON array in a text.
 * @throws InvalidInstanceIds.Malformed
 */
export function idsOf(call: Call, name = "InstanceIds"): readonly string[] | undefined {
  const text = call.params.text(name);
  if (text === undefined) return undefined;
  if (!text.trimStart().startsWith("[")) return text.split(",").map((id) => id.trim());
  try {
    const ids: unknown = JSON.parse(text);
    if (Array.isArray(ids) && ids.every((id) => typeof id === "string")) return ids;
  } catch {
    // said below
  }
  throw new CloudError(`Invalid${name}.Malformed`, 400, `The specified ${name} is not valid.`);
}

/** Hosts that `InstanceId.N` names. @throws InvalidInstanceId.NotFound, MissingParameter.InstanceId */
export function needInstances(call: Call): readonly Instance[] {
  const ids = call.params.list("InstanceId");
  return ids.length === 0 ? [needInstance(call)] : ids.map((id) => needInstance(call, id));
}

export function instanceStatus(call: Call, instance: Instance): string {
  return statusOf(instance.phase, call.now());
}

export function wrongStatus(
  message = "The current status of the resource does not support this operation.",
): CloudError {
  return new CloudError("IncorrectInstanceStatus", 403, message);
}

/** @throws IncorrectInstanceStatus */
export function needStatus(call: Call, instance: Instance, ...allowed: readonly string[]): void {
  if (!allowed.includes(instanceStatus(call, instance))) throw wrongStatus();
}

export function chargeTypeViolation(): CloudError {
  return new CloudError(
    "ChargeTypeViolation",
    403,
    "The operation is not permitted due to charge type of the instance.",
  );
}

/** The answer to a request that would have gone through, had it not been a dry run. */
export function dryRun(call: Call): void {
  if (call.params.flag("DryRun") !== true) return;
  throw new CloudError("DryRunOperation", 400, "Request validation has been passed with DryRun flag set.");
}
