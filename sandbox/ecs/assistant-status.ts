import type { HostRun, Invocation } from "./assistant-rows.ts";

/** Failures that stand before anything ran on the host. */
const neverBegan = new Set(["InstanceNotRunning", "ClientNotRunning"]);

/** Status of one host's part, as `InvocationStatus` says it. */
export function runStatus(invocation: Invocation, run: HostRun, now: number): string {
  if (invocation.repeatMode !== "Once") return invocation.stoppedAt === undefined ? "Scheduled" : "Terminated";
  const { stoppedAt } = invocation;
  if (stoppedAt !== undefined && stoppedAt < run.finishedAt) return "Terminated";
  if (now < run.finishedAt) return "Running";
  if (run.errorCode === "TaskTimeout") return "Timeout";
  if (neverBegan.has(run.errorCode)) return "Aborted";
  return run.errorCode === "" ? "Success" : "Failed";
}

/** The older words for the same, `InvokeRecordStatus` and `InstanceInvokeStatus`. */
export function recordStatus(status: string): string {
  if (status === "Success") return "Finished";
  if (status === "Running" || status === "Scheduled") return "Running";
  return status === "Terminated" ? "Stopped" : "Failed";
}

/** Status of a run as a whole. */
export function invocationStatus(invocation: Invocation, now: number): string {
  const all = invocation.runs.map((run) => runStatus(invocation, run, now));
  if (all.includes("Running")) return "Running";
  if (all.every((status) => status === "Scheduled")) return "Scheduled";
  if (all.every((status) => status === "Success")) return "Success";
  if (all.includes("Terminated")) return "Stopped";
  return all.includes("Success") ? "PartialFailed" : "Failed";
}

const reasons: Readonly<Record<string, string>> = {
  InstanceNotRunning: "the specified instance is not running",
  ClientNotRunning: "the aliyun service is not running on the instance",
  TaskTimeout: "the task execution timeout",
  ExitCodeNonzero: "the exit code of the task is not zero",
};

export function errorInfo(code: string): string {
  return reasons[code] ?? "";
}
