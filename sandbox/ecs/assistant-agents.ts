import { shellQuote } from "../../components/bootstrap/quote.ts";
import type { Call } from "../core/call.ts";
import type { Cloud } from "../core/cloud.ts";
import type { Store } from "../core/store.ts";
import { type HostRun, type Invocation, invocations } from "./assistant-rows.ts";
import type { Instance } from "./rows.ts";

/** What a machine that stands for a host is to run. */
export interface AgentTask {
  readonly account: string;
  readonly invocation: string;
  readonly instance: string;
  /** RunShellScript, RunPythonScript ... */
  readonly type: string;
  /** The script, base64. */
  readonly content: string;
  /** "" for root. */
  readonly username: string;
  /** "" for the user's own. */
  readonly directory: string;
  /** Seconds of the clock on the wall: machines know no other. */
  readonly timeout: number;
}

/** How it went there. */
export interface AgentResult extends Pick<AgentTask, "account" | "invocation" | "instance"> {
  readonly exitCode: number;
  /** Base64. */
  readonly output: string;
  readonly timedOut: boolean;
}

/** What an agent gets when it asks. */
export interface AgentOrders {
  readonly tasks: readonly AgentTask[];
  /** Ids of invocations that somebody has stopped. */
  readonly stopped: readonly string[];
}

/** Milliseconds without a question after which an agent counts as gone, and its host as simulated again. */
const lease = 10_000;

/** Seconds beyond a task's timeout in which its agent may still say how it ended. */
const grace = 10;

interface Agents {
  /** Instance -> when its agent asked last, milliseconds on the wall. */
  readonly seen: Map<string, number>;
  tasks: AgentTask[];
  readonly running: Map<string, string[]>;
  readonly stopped: Map<string, string[]>;
}

/** In memory only: machines do not outlive the process that started them, and what they were running then times out. */
const known = new WeakMap<Store, Agents>();

function agentsOf(store: Store): Agents {
  const agents = known.get(store) ?? { seen: new Map(), tasks: [], running: new Map(), stopped: new Map() };
  known.set(store, agents);
  return agents;
}

/** Whether a machine stands for this host right now: what is asked of it runs for real. */
export function hasMachine(store: Store, instance: string): boolean {
  return Date.now() - (known.get(store)?.seen.get(instance) ?? Number.NEGATIVE_INFINITY) < lease;
}

/** An agent asks for work, as the cloud's own does; asking is its sign of life. */
export function fetchOrders({ store }: Cloud, instances: readonly string[]): AgentOrders {
  const agents = agentsOf(store);
  for (const id of instances) agents.seen.set(id, Date.now());
  const tasks = agents.tasks.filter(({ instance }) => instances.includes(instance));
  agents.tasks = agents.tasks.filter((task) => !tasks.includes(task));
  for (const { invocation, instance } of tasks) {
    agents.running.set(invocation, [...(agents.running.get(invocation) ?? []), instance]);
  }
  const stopped = [...agents.stopped].filter(([, on]) => on.some((id) => instances.includes(id))).map(([id]) => id);
  for (const id of stopped) agents.stopped.delete(id);
  return { tasks, stopped };
}

/** Its machines are switched off: they are simulated again at once. */
export function endAgent({ store }: Cloud, instances: readonly string[]): void {
  for (const id of instances) agentsOf(store).seen.delete(id);
}

/** A file that is sent instead of a script. */
export interface SentFile {
  readonly path: string;
  readonly owner: string;
  readonly group: string;
  readonly mode: string;
  readonly overwrite: boolean;
}

export interface GivenToAgent {
  readonly invocation: string;
  readonly instance: Instance;
  readonly type: string;
  readonly content: Buffer;
  readonly username: string;
  readonly directory: string;
  readonly file?: SentFile;
}

/** Leaves something for an agent; until it says otherwise, the run is one that times out. @param timeout seconds */
export function giveToAgent(call: Call, given: GivenToAgent, timeout: number): HostRun {
  const { invocation, instance, username, directory, file } = given;
  agentsOf(call.store).tasks.push({
    account: call.account.id,
    ...{ invocation, username, directory, timeout },
    instance: instance.id,
    type: file === undefined ? given.type : "RunShellScript",
    content: (file === undefined ? given.content : writing(file, given.content)).toString("base64"),
  });
  const finishedAt = call.now() + (timeout + grace) * 1_000 * call.clock.speed;
  return { instanceId: instance.id, errorCode: "TaskTimeout", exitCode: -1, output: "", finishedAt };
}

function writing({ path, owner, group, mode, overwrite }: SentFile, content: Buffer): Buffer {
  const to = shellQuote(path);
  return Buffer.from(
    [
      "set -eu",
      `mkdir -p "$(dirname ${to})"`,
      ...(overwrite ? [] : [`[ ! -e ${to} ] || { echo "the file exists"; exit 1; }`]),
      `base64 -d >${to} <<'END'`,
      content.toString("base64"),
      "END",
      `chown ${shellQuote(`${owner}:${group}`)} ${to}`,
      `chmod ${shellQuote(mode)} ${to}`,
      "",
    ].join("\n"),
  );
}

/** An agent tells how something ended that it had fetched. */
export function takeResult({ store, clock }: Cloud, result: AgentResult): void {
  const { running } = agentsOf(store);
  const others = (running.get(result.invocation) ?? []).filter((id) => id !== result.instance);
  if (others.length > 0) running.set(result.invocation, others);
  else running.delete(result.invocation);
  const row = store.find(invocations, result.account, result.invocation);
  if (row === undefined) return;
  const errorCode = result.timedOut ? "TaskTimeout" : result.exitCode === 0 ? "" : "ExitCodeNonzero";
  const ended: HostRun = {
    ...{ instanceId: result.instance, errorCode, output: result.output, finishedAt: clock.now() },
    exitCode: result.timedOut ? -1 : result.exitCode,
  };
  store.put(invocations, {
    ...row,
    runs: row.runs.map((run) => (run.instanceId === result.instance ? ended : run)),
  });
}

/** Somebody has stopped a run: what has not been fetched never is, and the rest is ended by its agent. */
export function stopOnAgents(store: Store, { id }: Invocation): void {
  const agents = agentsOf(store);
  agents.tasks = agents.tasks.filter(({ invocation }) => invocation !== id);
  const running = agents.running.get(id);
  if (running !== undefined) agents.stopped.set(id, running);
}
