import type { Status } from "../check.ts";
import type { Preflight } from "../run.ts";
import type { PreflightReport } from "./schema.ts";

/** Worst first. What nobody could look at comes before a warning: it may be a failure. */
export const bySeverity: readonly Status[] = ["fail", "not-checked", "warning", "ok"];

/** The worst that was found. */
export function verdictOf(stacks: readonly Preflight[]): Status {
  return bySeverity.find((status) => stacks.some(({ counts }) => counts[status] > 0)) ?? "ok";
}

/** All stacks of a run as one value. */
export function reportOf(
  stacks: readonly Preflight[],
  cloud: PreflightReport["cloud"],
  calls: number,
): PreflightReport {
  return { version: 1, verdict: verdictOf(stacks), cloud, calls, stacks };
}
