import { once } from "node:events";
import { readFileSync } from "node:fs";
import { loadStackFile, project } from "../../components/config/load.ts";
import { cloudClient } from "../../deploy/cloud-client.ts";
import { BadInput, Failed } from "../../deploy/errors.ts";
import { serveAgent } from "../../sandbox/boot/agent.ts";
import { firstHosts } from "../../sandbox/boot/deployed.ts";
import { type Booted, bootHosts, bootstrapped, type Prepared, prepare } from "../../sandbox/boot/machines.ts";
import { cannotBoot } from "../../sandbox/boot/needs.ts";
import { clientEnvironment } from "../../sandbox/environment.ts";
import { accessOf } from "../../sandbox/session.ts";
import { withSession } from "./with-session.ts";

export interface BootOptions {
  readonly config?: string;
}

/** What this process says to one that has started it (cli/deploy-boot.ts). */
export type BootMessage =
  | { readonly kind: "prepared" }
  | { readonly kind: "booted" }
  | { readonly kind: "failed"; readonly message: string; readonly exitCode: number };

/** Seconds that a bootstrap may take, in a network where everything is near. */
const patience = 600;

/**
 * Boots the first host of each group of a deployed stack as a container of this machine, and connects it to Cloud Assistant,
 * until it is told to stop. Started by another process, it makes itself ready and waits for its word before it looks for hosts.
 */
export async function bootCommand(stack: string, { config }: BootOptions): Promise<void> {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());
  process.on("disconnect", () => stop.abort());
  try {
    const why = cannotBoot();
    if (why !== undefined) throw new BadInput(`hosts cannot boot on this machine: ${why}`);
    const began = performance.now();
    const file = await loadStackFile(stack, config);
    const prepared = await prepare(file).catch((error: unknown) => {
      throw notPrepared(error);
    });
    const seconds = (performance.now() - began) / 1_000;
    if (seconds > 5)
      say(`What hosts boot from was made ready in ${seconds.toFixed(0)} s and is kept for the next time.`);
    if (process.send !== undefined) {
      tell({ kind: "prepared" });
      await once(process, "message", { signal: stop.signal });
    }
    await withMachines(stack, prepared, stop.signal);
  } catch (error) {
    if (stop.signal.aborted) return;
    if (process.send === undefined || !(error instanceof Error)) throw error;
    const exitCode = error instanceof BadInput ? 2 : 1;
    tell({ kind: "failed", message: error.message, exitCode });
    process.exitCode = exitCode;
  } finally {
    if (process.connected) process.disconnect();
  }
}

/** What a tool said of its error, of the many lines that it prints. */
function notPrepared(error: unknown): Failed {
  const lines = (error instanceof Error ? error.message : String(error)).split("\n");
  const errors = lines.filter((line) => /^\s*(?:E|Err|ERROR)\b/.test(line));
  const shown = (errors.length > 0 ? errors : lines.slice(-5))
    .slice(0, 5)
    .map((line) => `  ${line.trim().slice(0, 300)}`);
  return new Failed(
    `what hosts boot from could not be made ready; it comes from the apt and pip sources of this machine, once:\n${shown.join("\n")}`,
  );
}

function withMachines(stack: string, prepared: Prepared, signal: AbortSignal): Promise<void> {
  const { settings } = prepared.file;
  const { account, region } = settings;
  return withSession(async (session) => {
    const environment = clientEnvironment(await accessOf(session, account.site, account.id));
    const client = cloudClient({ region, environment, authority: readFileSync(session.authority, "utf8") });
    const found = await firstHosts(client, { project, stack, region }, Object.keys(settings.hosts));
    if (found.length === 0 && process.send === undefined) {
      throw new Failed(`no host of ${stack} runs in the local cloud: npm run sandbox -- up ${stack}`);
    }
    const booted = await bootHosts(prepared, found, say);
    const { machines, network } = booted;
    const ended = new AbortController();
    try {
      const agent = serveAgent(session, machines, network.world.folder, AbortSignal.any([signal, ended.signal]));
      agent.catch(() => {});
      await Promise.race([agent, allBootstrapped(booted, signal)]);
      tell({ kind: "booted" });
      const [first] = machines;
      if (process.send === undefined && first !== undefined) {
        say(`Until Ctrl-C: npm run host -- ${stack} ${first.host.name} --sandbox -- "a command on it"`);
      }
      await agent;
    } finally {
      ended.abort();
      await network.stop();
    }
  });
}

async function allBootstrapped({ machines }: Booted, signal: AbortSignal): Promise<void> {
  await Promise.all(
    machines.map(async (machine) => {
      if (await bootstrapped(machine, patience, say, signal)) return;
      say(`${machine.host.name}: its bootstrap has not come to its end within ${patience / 60} minutes`);
    }),
  );
}

function say(text: string): void {
  process.stdout.write(`  ${text}\n`);
}

function tell(message: BootMessage): void {
  process.send?.(message);
}
