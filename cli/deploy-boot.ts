import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BadInput, Failed } from "../deploy/errors.ts";
import { cannotBoot } from "../sandbox/boot/needs.ts";
import type { BootMessage } from "./sandbox/boot.ts";

/** Machines of this computer that stand for hosts of the local cloud. */
export interface Machines {
  /** Boots the first host of each group and waits for its bootstrap; each answers Cloud Assistant from then on. */
  boot(signal: AbortSignal): Promise<void>;
  /** Switches them off; nothing is left of them. */
  stop(): Promise<void>;
}

/** Milliseconds for machines to be switched off. */
const ending = 20_000;

/** @throws BadInput where hosts cannot boot, with what is missing */
export function checkBoot(sandbox: boolean): void {
  if (!sandbox) throw new BadInput("--boot is for --sandbox: in the real cloud every host boots");
  const why = cannotBoot();
  if (why !== undefined) throw new BadInput(`--boot: hosts cannot boot on this machine: ${why}\nNothing was touched.`);
}

/**
 * Makes ready what hosts boot from. All of it is in a process of its own: it has the user's environment, which this one gives up
 * for the deployment, and it ends with this one however that ends.
 */
export async function prepareMachines(stack: string, config: string | undefined): Promise<Machines> {
  const options = config === undefined ? [] : ["--config", config];
  const child = fork(join(import.meta.dirname, "china.js"), ["sandbox", "boot", stack, ...options], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  let up = false;
  child.once("exit", () => {
    if (!up) return;
    process.stderr.write(
      "The process that boots hosts has ended before its time: its hosts may be told as simulated.\n",
    );
    process.exitCode = 1;
  });
  const slow = setTimeout(() => process.stdout.write("Making ready what hosts boot from: minutes, once.\n"), 2_000);
  await told(child, "prepared").finally(() => clearTimeout(slow));
  return {
    async boot(signal) {
      child.send({ kind: "boot" });
      await told(child, "booted", signal);
      up = true;
    },
    async stop() {
      up = false;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      if (child.connected) child.disconnect();
      await Promise.race([ended, sleep(ending, undefined, { ref: false })]);
      child.kill("SIGKILL");
    },
  };
}

/** Waits for a message; what the process failed with is thrown here. */
function told(child: ChildProcess, kind: BootMessage["kind"], signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: BootMessage) => {
      if (message.kind === "failed") {
        done(() => reject(new (message.exitCode === 2 ? BadInput : Failed)(message.message)));
      } else if (message.kind === kind) done(resolve);
    };
    const onExit = () => done(() => reject(new Failed("the process that boots hosts has ended before they were up")));
    const onAbort = () => done(() => reject(signal?.reason));
    const done = (then: () => void) => {
      child.off("message", onMessage);
      child.off("exit", onExit);
      signal?.removeEventListener("abort", onAbort);
      then();
    };
    child.on("message", onMessage);
    child.on("exit", onExit);
    signal?.addEventListener("abort", onAbort);
    if (child.exitCode !== null || child.signalCode !== null) onExit();
  });
}
