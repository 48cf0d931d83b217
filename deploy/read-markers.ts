import { setTimeout as sleep } from "node:timers/promises";
import { limits } from "../components/bootstrap/places.ts";
import { type AssistantOptions, agentPatience, awaitAgents, type HostResult, runOnHosts } from "./cloud-assistant.ts";
import { type Host, powerOf } from "./hosts.ts";
import { markerScript, markerState, markerTimeout } from "./markers.ts";
import type { HostState } from "./software-plan.ts";

export interface ReadMarkersOptions extends AssistantOptions {
  /** Seconds in which agents may begin to answer; see {@link agentPatience}. */
  readonly agents?: number;
  /** Seconds that a bootstrap under way is waited for; 0 takes hosts as they are. */
  readonly bootstraps?: number;
  /** Told, by key, whose bootstrap is waited for. */
  readonly onBootstrap?: (keys: readonly string[]) => void;
  /** POSIX sh that ends well, run after the marker's by the same command; told, by key, what each host says to it. */
  readonly further?: { readonly script: string; readonly told: (key: string, output: string) => void };
}

/** Between what a host says of its marker and what it says to the further script. */
const line = "china-further 1";

/** Seconds that a first bootstrap may take: all of its steps, and the data disk before them. */
export const bootstrapPatience = limits.total + limits.dataDisk;

/**
 * What each host says of its software, by its key; only reads. A bootstrap that is under way is waited for.
 *
 * @throws CloudRefusal
 */
export async function readMarkers(
  hosts: readonly Host[],
  options: ReadMarkersOptions,
): Promise<ReadonlyMap<string, HostState>> {
  const states = new Map<string, HostState>();
  const power = await powerOf(
    options.client,
    options.region,
    hosts.map(({ id }) => id),
  );
  const on: Host[] = [];
  for (const host of hosts) {
    const status = power.get(host.id);
    if (status === undefined) states.set(host.key, { kind: "gone" });
    else if (status === "Stopped" || status === "Stopping") states.set(host.key, { kind: "off" });
    else on.push(host);
  }
  const answering = await awaitAgents(
    on.map(({ id }) => id),
    options,
    options.agents,
  );
  const silent = `the agent of Cloud Assistant does not answer within ${options.agents ?? agentPatience} s`;
  for (const { id, key } of on) if (!answering.has(id)) states.set(key, { kind: "unreached", why: silent });
  await ask(
    on.filter(({ id }) => answering.has(id)),
    states,
    options,
  );
  return states;
}

/** Asks until no bootstrap is under way any more, or the time is up. */
async function ask(hosts: readonly Host[], states: Map<string, HostState>, options: ReadMarkersOptions): Promise<void> {
  const { bootstraps = 0, onBootstrap, further, pace = { first: 500, longest: 10_000 }, signal } = options;
  const script = further === undefined ? markerScript : `${markerScript}\necho; echo '${line}'\n${further.script}`;
  const end = performance.now() + bootstraps * 1_000;
  let pause = pace.first;
  let open = hosts;
  while (open.length > 0) {
    const command = { name: "china marker", script, timeout: markerTimeout };
    const results = await runOnHosts(
      open.map(({ id }) => id),
      command,
      options,
    );
    for (const [index, { key }] of open.entries()) {
      const result = results[index];
      if (result === undefined) continue;
      const [marker = "", more = ""] = result.output.split(`\n${line}\n`);
      states.set(key, stateOf({ ...result, output: marker }));
      if (further !== undefined) further.told(key, more);
    }
    open = open.filter(({ key }) => states.get(key)?.kind === "running");
    if (open.length === 0 || performance.now() >= end) return;
    onBootstrap?.(open.map(({ key }) => key));
    await sleep(pause, undefined, signal === undefined ? {} : { signal });
    pause = Math.min(pace.longest, pause * 1.5);
  }
}

function stateOf(result: HostResult): HostState {
  if (result.status === "ok") return markerState(result.output);
  return { kind: "unreached", why: whyNot(result) };
}

/** How a command on a host ended that did not end well, in words. */
export function whyNot({ status, exitCode, code, info }: HostResult): string {
  const said = [code, info].filter((text) => text !== "").join(": ");
  const words: Readonly<Record<HostResult["status"], string>> = {
    ok: "",
    failed: `exit code ${exitCode ?? "?"}`,
    timeout: "it took too long and was ended",
    unreached: "the command did not reach it",
    stopped: "somebody stopped the command",
    unknown: "the cloud does not say how the command ended",
  };
  return said === "" ? words[status] : `${words[status]} (${said})`;
}
