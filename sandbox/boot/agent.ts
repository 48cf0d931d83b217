import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pRetry from "p-retry";
import type { AgentResult, AgentTask } from "../ecs/assistant-agents.ts";
import type { Session } from "../session.ts";
import type { Host } from "./host.ts";
import { type Substitutes, substituteScript } from "./substitutes.ts";
import { children } from "./world.ts";

/** A booted machine, and the host of the local cloud that it stands for. */
export interface Machine {
  /** i-... */
  readonly id: string;
  readonly host: Host;
  readonly substitutes: Substitutes;
}

/** Bytes of output that Cloud Assistant keeps, from the end (Alibaba Cloud docs, DescribeInvocationResults, 2026-09-21). */
const mostOutput = 24 * 1024;

/** Milliseconds between two questions for work. */
const pause = 150;

/** Another process may serve the cloud, and a connection that was not used for a while may be closed by it. */
const patience = { retries: 4, minTimeout: 100 } as const;

const interpreters: Readonly<Record<string, string>> = {
  RunShellScript: "sh -c",
  RunPythonScript: "python3",
  RunPerlScript: "perl",
};

/** Where the agent keeps scripts on a host while they run. */
const scripts = "/run/cloud-assistant";

/**
 * Does on machines what Cloud Assistant is asked for their hosts, until it is told to stop.
 *
 * @param folder for what commands print
 */
export async function serveAgent(
  session: Session,
  machines: readonly Machine[],
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const instances = machines.map(({ id }) => id);
  /** Process ids of what runs, by invocation. */
  const running = new Map<string, Set<number>>();
  while (!signal.aborted) {
    const { tasks, stopped } = await pRetry(() => session.ask({ ask: "agent-orders", instances }), patience);
    for (const invocation of stopped) for (const pid of running.get(invocation) ?? []) end(pid);
    for (const task of tasks) {
      const machine = machines.find(({ id }) => id === task.instance);
      if (machine === undefined) continue;
      const pids = running.get(task.invocation) ?? new Set();
      running.set(task.invocation, pids);
      // A machine that is gone meanwhile has no answer: the run is then told as one that timed out.
      runTask(machine, task, folder, pids)
        .then((result) => pRetry(() => session.ask({ ask: "agent-result", result }), patience))
        .catch(() => {});
    }
    await sleep(pause);
  }
  await session.ask({ ask: "agent-end", instances }).catch(() => {});
}

/** Ends what nsenter has started, since it does not pass signals on; timeout(1) below ends all of the script. */
function end(nsenter: number): void {
  for (const pid of children(nsenter)) process.kill(pid, "SIGTERM");
}

/** Runs one script on a machine as the agent does: from a file, with its own timeout, nothing to read from. */
async function runTask(
  { id, host, substitutes }: Machine,
  task: AgentTask,
  folder: string,
  pids: Set<number>,
): Promise<AgentResult> {
  const { account, invocation, instance, username, directory, timeout } = task;
  const interpreter = interpreters[task.type];
  if (interpreter === undefined) {
    const output = Buffer.from(`${task.type} does not run on Linux\n`).toString("base64");
    return { account, invocation, instance, exitCode: 127, output, timedOut: false };
  }
  const script = substituteScript(Buffer.from(task.content, "base64").toString("utf8"), substitutes);
  mkdirSync(host.path(scripts), { recursive: true, mode: 0o755 });
  writeFileSync(host.path(`${scripts}/${invocation}`), script, { mode: 0o755 });
  const printed = join(folder, `${invocation}-${id}.out`);
  const out = openSync(printed, "w");
  const child = spawn(
    "nsenter",
    [
      ...host.enter(),
      ...["sh", "-c", command, "sh", username, directory, String(timeout), `${scripts}/${invocation}`, interpreter],
    ],
    { stdio: ["ignore", out, out] },
  );
  if (child.pid !== undefined) pids.add(child.pid);
  const status = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    // Not close: a daemon that the script has left behind may keep the file open.
    child.once("exit", (code) => resolve(code ?? 137));
  });
  if (child.pid !== undefined) pids.delete(child.pid);
  closeSync(out);
  const output = readFileSync(printed).subarray(-mostOutput).toString("base64");
  return { account, invocation, instance, exitCode: status, output, timedOut: status === timedOut };
}

/** Exit code of timeout(1), which has ended the script with all that it started. */
const timedOut = 124;

const command = `user=$1 folder=$2 seconds=$3 script=$4 interpreter=$5
if [ -z "$folder" ]; then
  folder=$(getent passwd "\${user:-root}" | cut -d: -f6)
fi
cd "$folder" || exit 1
if [ -n "$user" ] && [ "$user" != root ]; then
  set -- runuser -u "$user" --
else
  set --
fi
status=0
# shellcheck disable=SC2086
timeout -k 5 "$seconds" "$@" $interpreter "$script" &
child=$!
trap 'kill "$child" 2>/dev/null || true' TERM
wait "$child" || status=$?
while kill -0 "$child" 2>/dev/null; do wait "$child" || status=$?; done
rm -f "$script"
exit "$status"
`;
