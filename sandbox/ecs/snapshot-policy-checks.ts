import { names } from "../../catalog/limits.ts";
import type { Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import type { SnapshotPolicy } from "./rows.ts";

// What a request says of a policy; undefined where it says nothing. All throw ParameterInvalid (403).

function refuse(parameter: string): never {
  throw new CloudError("ParameterInvalid", 403, `The specified ${parameter} parameter is invalid.`);
}

/** An empty name takes it away. */
export function nameOf(call: Call): string | undefined {
  if (!call.params.has("autoSnapshotPolicyName")) return undefined;
  const name = call.params.text("autoSnapshotPolicyName") ?? "";
  if (name !== "" && (!names.securityGroup.form.test(name) || /^https?:\/\//.test(name))) {
    refuse("AutoSnapshotPolicyName");
  }
  return name;
}

/** Full hours of UTC+8, 0 to 23. */
export function timesOf(call: Call): readonly string[] | undefined {
  return numbersOf(call, "timePoints", 0, 23);
}

/** 1 (Monday) to 7. */
export function weekdaysOf(call: Call): readonly string[] | undefined {
  return numbersOf(call, "repeatWeekdays", 1, 7);
}

function numbersOf(call: Call, name: string, least: number, most: number): readonly string[] | undefined {
  if (call.params.text(name) === undefined) return undefined;
  const values = call.params.list(name);
  const fine = (value: string) => /^\d{1,2}$/.test(value) && Number(value) >= least && Number(value) <= most;
  const distinct = new Set(values).size === values.length;
  if (values.length === 0 || !distinct || !values.every(fine))
    refuse(name === "timePoints" ? "TimePoints" : "RepeatWeekDays");
  return values;
}

/** -1 for ever, or 1 to 65535 days. */
export function retentionOf(call: Call, name = "retentionDays"): number | undefined {
  const days = call.params.integer(name);
  if (days !== undefined && days !== -1 && (days < 1 || days > 65_535)) refuse("RetentionDays");
  return days;
}

/** Copies in one other region. */
export function copyOf(call: Call, before: SnapshotPolicy["copy"]): SnapshotPolicy["copy"] {
  const { params } = call;
  const enabled = params.flag("EnableCrossRegionCopy") ?? before.enabled;
  const regions = params.text("TargetCopyRegions") === undefined ? before.regions : params.list("TargetCopyRegions");
  if (regions.length > 1 || (enabled && regions.length === 0)) refuse("TargetCopyRegions");
  if (regions.includes(call.region)) refuse("TargetCopyRegions");
  const encrypted = params.flag("CopyEncryptionConfiguration.Encrypted");
  const kmsKeyId = params.text("CopyEncryptionConfiguration.KMSKeyId");
  const sent = encrypted !== undefined || kmsKeyId !== undefined;
  const encryption = sent ? { encrypted: encrypted ?? false, kmsKeyId: kmsKeyId ?? "" } : before.encryption;
  return {
    enabled,
    regions,
    retentionDays: retentionOf(call, "CopiedSnapshotsRetentionDays") ?? before.retentionDays,
    ...(encryption === undefined ? {} : { encryption }),
  };
}
