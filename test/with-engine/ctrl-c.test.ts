import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { homeOf } from "../../sandbox/home.ts";
import type { Item } from "../../sandbox/inventory.ts";
import { openSession } from "../../sandbox/session.ts";
import { projectFolder } from "../support/stacks.ts";
import { oneHost, recover } from "./interrupted.ts";
import { CommandLine, type Ran, TestSandbox } from "./sandbox.ts";

/** Runs `task` when the cloud has done an action the first time from now on. */
function once(sandbox: TestSandbox, action: string, task: () => void): void {
  const stop = sandbox.cloud.log.follow((call) => {
    if (call.action !== action || !call.outcome.startsWith("ok")) return;
    stop();
    task();
  });
}

/** Deploys, and sends a signal when an action has been done: to the command alone, or to its whole group. */
async function upSignalled(
  sandbox: TestSandbox,
  args: readonly string[],
  action: string,
  signal: "SIGINT" | "SIGTERM",
  whole: boolean,
): Promise<Ran> {
  return sandbox.sandbox(["up", ...args], {
    onStart: (_, pid) => once(sandbox, action, () => process.kill(whole ? -pid : pid, signal)),
  });
}

/** Kinds and names of which there is more than one. */
function doubled(items: readonly Item[]): readonly string[] {
  const names = items.map(({ kind, name }) => `${kind} ${name}`);
  return names.filter((name, index) => names.indexOf(name) !== index);
}

describe.concurrent("a deployment that is told to stop", () => {
  test("finishes the resources under way, keeps them, and goes on from there", {
    timeout: 300_000,
  }, async (context) => {
    const sandbox = await TestSandbox.open();
    context.onTestFinished(() => sandbox.close());
    const args = ["test", "--config", sandbox.stackFile(oneHost())];
    const stopped = { status: 1, text: expect.stringContaining("The run was stopped before it was through") };

    const first = await upSignalled(sandbox, args, "CreateVpc", "SIGINT", false);
    expect(first).toEqual(stopped);
    expect(first.text).toMatch(/\+ network-vpc /);
    expect(first.text).not.toMatch(/\+ network-cn-shanghai-l /);

    const second = await upSignalled(sandbox, args, "RunInstances", "SIGTERM", true);
    expect(second).toEqual(stopped);
    expect(second.text).toMatch(/\+ workers-01 /);
    expect(second.text).not.toMatch(/\+ workers-01-data-attachment /);

    expect(await recover(sandbox, args)).toEqual([]);
    expect(await sandbox.ok(["preview", ...args])).toContain("no changes");
    expect(doubled(await sandbox.inventory())).toEqual([]);
  });

  test("Ctrl-C at a terminal does the same, and pressed again it ends at once", {
    timeout: 300_000,
  }, async (context) => {
    const sandbox = await TestSandbox.open();
    context.onTestFinished(() => sandbox.close());
    const args = ["test", "--config", sandbox.stackFile(oneHost())];

    const first = await upAtTerminal(sandbox, args, (press) => once(sandbox, "CreateVpc", press));
    expect(first).toEqual({ status: 1, text: expect.stringContaining("The run was stopped before it was through") });
    expect(first.text).toMatch(/\+ network-vpc /);

    const twice = (press: () => void) =>
      once(sandbox, "RunInstances", () => {
        press();
        setTimeout(press, 1_500);
      });
    const second = await upAtTerminal(sandbox, args, twice);
    expect(second.status).toBe(1);
    expect(second.text).not.toMatch(/\+ workers-01 /);

    expect(await recover(sandbox, args)).toEqual([expect.stringMatching(/^import test workers-01 i-/)]);
    expect(await sandbox.ok(["preview", ...args])).toContain("no changes");
    expect(doubled(await sandbox.inventory())).toEqual([]);
  });
});

/** Deploys at a terminal of its own (script(1)); `press` is Ctrl-C there: every process of the terminal gets it. */
async function upAtTerminal(
  sandbox: TestSandbox,
  args: readonly string[],
  plan: (press: () => void) => void,
): Promise<Ran> {
  // exec: a shell that stays (dash does) catches Ctrl-C too, and then ends with 130 whatever the command says.
  const command = ["exec", process.execPath, join(projectFolder, "cli/china.js"), "sandbox", "up", ...args].join(" ");
  const child = spawn("script", ["--quiet", "--return", "--command", command, "/dev/null"], {
    cwd: projectFolder,
    env: { ...process.env, CHINA_SANDBOX: sandbox.home.folder, NO_COLOR: "1" },
    timeout: 200_000,
  });
  plan(() => child.stdin.write("\x03"));
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  const status = await new Promise<number>((resolve) => child.on("close", (code) => resolve(code ?? -1)));
  return { status, text: Buffer.concat(chunks).toString().replaceAll("\r", "") };
}

describe.concurrent("the sandbox itself is killed while a deployment runs against it", () => {
  test("served again, it holds all that it has answered, and the deployment goes on", {
    timeout: 300_000,
  }, async (context) => {
    const folder = mkdtempSync(join(tmpdir(), "china-served-"));
    context.onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const first = await serve(folder, []);
    context.onTestFinished(() => first.end("SIGKILL"));
    const sandbox = new CommandLine(homeOf(folder));
    const inventory = async () => (await openSession(sandbox.home)).ask({ ask: "inventory" });
    const args = ["test", "--config", sandbox.stackFile(oneHost())];

    // While the disk is being made, the network is there and the host is not.
    const up = sandbox.sandbox(["up", ...args]);
    await until(async () => (await inventory()).some(({ kind }) => kind === "NAT gateway"));
    const before = (await inventory()).map(({ id }) => id);
    await first.end("SIGKILL");
    const second = await serve(folder, first.ports);
    context.onTestFinished(() => second.end("SIGTERM"));
    expect((await inventory()).map(({ id }) => id)).toEqual(expect.arrayContaining(before));

    await up;
    await recover(sandbox, args);
    // Tags are a call of their own: seen once, that of the NAT gateway was lost and all went through without it. The next run
    // sets them.
    await sandbox.ok(["up", ...args]);
    expect(await sandbox.ok(["preview", ...args])).toContain("no changes");
    expect(doubled(await inventory())).toEqual([]);
  });
});

/** Waits for something to be so, at most three minutes: other files keep the processors busy. */
async function until(is: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 900; tries += 1) {
    if (await is()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("waited in vain for three minutes");
}

/** Runs `npm run sandbox -- serve`, and waits until it listens. */
async function serve(folder: string, ports: readonly string[]) {
  const [tls, plain] = ports;
  const fixed = tls === undefined || plain === undefined ? [] : ["--tls-port", tls, "--plain-port", plain];
  const child = spawn(process.execPath, [join(projectFolder, "cli/china.js"), "sandbox", "serve", ...fixed], {
    cwd: projectFolder,
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, CHINA_SANDBOX: folder },
  });
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  const text = await new Promise<string>((resolve, reject) => {
    let all = "";
    child.stdout.on("data", (chunk: Buffer) => {
      all += chunk.toString();
      if (all.includes("Ctrl-C ends it")) resolve(all);
    });
    child.on("close", (code) => reject(new Error(`serve ended with ${code}`)));
  });
  const [, tlsPort = "", plainPort = ""] = /TLS\s+127\.0\.0\.1:(\d+).*127\.0\.0\.1:(\d+)/.exec(text) ?? [];
  return {
    ports: [tlsPort, plainPort],
    async end(signal: "SIGKILL" | "SIGTERM") {
      child.kill(signal);
      await ended;
    },
  };
}
