import { limits } from "../components/bootstrap/places.ts";
import { type AssistantOptions, type HostResult, runOnHosts } from "./cloud-assistant.ts";
import { BadInput } from "./errors.ts";
import type { Host } from "./hosts.ts";
import { type ReadMarkersOptions, readMarkers, whyNot } from "./read-markers.ts";
import { type HostVerdict, type SoftwareGroup, type SoftwarePlan, softwarePlan } from "./software-plan.ts";

/** A group, with the script that brings a running host to its settings (components/bootstrap/rerun.ts). */
export interface RerunGroup extends SoftwareGroup {
  readonly script: () => string;
}

/** Told while software is brought up to date. */
export interface RerunEvents {
  readonly onGroup?: (group: string, keys: readonly string[]) => void;
  /** @param output last lines of what its bootstrap said, where it failed */
  readonly onHost?: (host: HostVerdict, output: string) => void;
}

/** Seconds: all steps, the lock before them, and what is written around them. */
const rerunTimeout = limits.total + limits.lock + 60;

/** Lines of a failed bootstrap that are shown. */
const shownLines = 12;

/**
 * Reads the markers of all hosts and runs the bootstrap again where it is due, group by group; what failed in one keeps the
 * next from being begun. May be repeated: hosts that are as they should be are left alone.
 *
 * @throws CloudRefusal
 */
export async function bringUpToDate(
  groups: readonly RerunGroup[],
  hosts: readonly Host[],
  options: ReadMarkersOptions & RerunEvents,
): Promise<readonly HostVerdict[]> {
  const first = await planFor(groups, hosts, options);
  const verdicts = new Map(first.hosts.map((one) => [one.key, one]));
  let stopped = "";
  for (const { group: name, keys } of first.reruns) {
    const group = groups.find((one) => one.name === name);
    const due = hosts.filter(({ key }) => keys.includes(key));
    if (group === undefined) continue;
    if (stopped !== "") {
      for (const key of keys) fail(verdicts, key, `not begun: a host of ${stopped} failed before`);
      continue;
    }
    options.onGroup?.(name, keys);
    for (const after of await rerun(group, due, options)) verdicts.set(after.key, after);
    if (due.some(({ key }) => verdicts.get(key)?.verdict === "failed")) stopped = name;
  }
  return [...verdicts.values()];
}

function fail(verdicts: Map<string, HostVerdict>, key: string, why: string): void {
  const known = verdicts.get(key);
  if (known !== undefined) verdicts.set(key, { ...known, verdict: "failed", why });
}

async function planFor(
  groups: readonly SoftwareGroup[],
  hosts: readonly Host[],
  options: ReadMarkersOptions,
): Promise<SoftwarePlan> {
  const states = await readMarkers(hosts, options);
  const known = hosts.flatMap(({ key, group }) => {
    const state = states.get(key);
    return state === undefined ? [] : [{ key, group, state }];
  });
  return softwarePlan(groups, known);
}

/** One group's hosts at once; how each ended, by its marker and not by its exit code alone. */
async function rerun(
  group: RerunGroup,
  hosts: readonly Host[],
  options: ReadMarkersOptions & RerunEvents,
): Promise<readonly HostVerdict[]> {
  const command = { name: `china bootstrap ${group.name}`, script: group.script(), timeout: rerunTimeout };
  const ids = hosts.map(({ id }) => id);
  let results: readonly HostResult[] = [];
  let refused = "";
  try {
    results = await runOnHosts(ids, command, assistantOf(options));
  } catch (error) {
    // Too long for Cloud Assistant: what was done before is told all the same.
    if (!(error instanceof BadInput)) throw error;
    refused = error.message;
  }
  const after = await planFor([group], hosts, options);
  return after.hosts.map((host) => {
    const result = results[hosts.findIndex(({ key }) => key === host.key)];
    const judged: HostVerdict = refused === "" ? ended(host, result) : { ...host, verdict: "failed", why: refused };
    options.onHost?.(judged, judged.verdict === "failed" ? lastLines(result?.output ?? "") : "");
    return judged;
  });
}

function assistantOf({ client, region, signal, pace, onWait }: AssistantOptions): AssistantOptions {
  return {
    ...{ client, region },
    ...(signal === undefined ? {} : { signal }),
    ...(pace === undefined ? {} : { pace }),
    ...(onWait === undefined ? {} : { onWait }),
  };
}

/** What still has to run again after it ran has failed. */
function ended(host: HostVerdict, result: HostResult | undefined): HostVerdict {
  if (result !== undefined && result.status !== "ok") {
    const why = host.state.kind === "failed" ? host.why : whyNot(result);
    return { ...host, verdict: "failed", why };
  }
  return host.verdict === "rerun" ? { ...host, verdict: "failed", why: `after it ran again: ${host.why}` } : host;
}

function lastLines(output: string): string {
  return output.trimEnd().split("\n").slice(-shownLines).join("\n");
}
