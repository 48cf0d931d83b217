import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { cacheFolder } from "../../engine/cache.ts";
import { clientEnvironment } from "../../sandbox/environment.ts";
import { accessOf } from "../../sandbox/session.ts";
import { copyProject } from "../support/command.ts";
import { projectFolder } from "../support/stacks.ts";
import { answersIn, asks, edited, fileOf } from "./operate-page.ts";
import { killTree, type Ran, type TestSandbox } from "./sandbox.ts";

/** Milliseconds of one block of commands. */
const patience = 240_000;

/** A colleague's checkout of the project, with a terminal in it; its commands reach the sandbox that the test serves. */
export class Checkout {
  readonly folder: string;
  readonly #programs: string;
  readonly #sandbox: TestSandbox;
  #runs = 0;

  private constructor(sandbox: TestSandbox) {
    this.#sandbox = sandbox;
    this.folder = join(sandbox.home.folder, "checkout");
    this.#programs = join(sandbox.home.folder, "bin");
  }

  static async of(sandbox: TestSandbox): Promise<Checkout> {
    const made = new Checkout(sandbox);
    const { folder } = made;
    mkdirSync(folder);
    copyProject(folder, ["sandbox", "preflight", "Pulumi.hangzhou.yaml", "Pulumi.beijing.yaml"]);
    symlinkSync(join(projectFolder, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, ".gitignore"), "node_modules\n");
    made.#git("init", "--quiet");
    made.commit();
    await made.#installAliyun();
    return made;
  }

  /** What is edited is committed, as the page asks for. */
  commit(): void {
    this.#git("add", "--all");
    this.#git(
      "-c",
      "user.name=t",
      "-c",
      "user.email=t@t",
      "commit",
      "--quiet",
      "--allow-empty",
      "--message",
      "as it is",
    );
  }

  edit(diff: string): void {
    const path = join(this.folder, fileOf(diff));
    writeFileSync(path, edited(readFileSync(path, "utf8"), diff));
  }

  /** Runs commands in a terminal of 120 columns, and types what the page shows as typed. */
  async run(commands: string, shown = "", env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    const script = join(this.#sandbox.home.folder, `commands-${++this.#runs}.sh`);
    writeFileSync(script, `stty cols 120\n${commands}`);
    const child = spawn("script", ["--quiet", "--flush", "--return", "--command", `bash ${script}`, "/dev/null"], {
      cwd: this.folder,
      stdio: ["pipe", "pipe", "inherit"],
      detached: true,
      env: { ...this.#environment(), ...env },
    });
    const timer = setTimeout(() => killTree(child.pid ?? 0), patience);
    const text = await printedBy(child, [...answersIn(shown)]);
    clearTimeout(timer);
    return { status: child.exitCode ?? 137, text };
  }

  /** Leaves the stack files as they were committed. */
  undo(): void {
    this.#git("checkout", "--quiet", "--", ".");
  }

  /**
   * Made from nothing, so that no key, profile or token of this machine is in it, whatever the page says: where the state
   * is, what opens it, and this machine's engine.
   */
  #environment(): Readonly<Record<string, string>> {
    const { folder, backend, home } = this.#sandbox.home;
    return {
      HOME: home,
      LANG: "C.UTF-8",
      // Nothing listens there: what is not of the local cloud goes nowhere.
      HTTPS_PROXY: "http://127.0.0.1:9",
      npm_config_update_notifier: "false",
      CHINA_ENGINE_CACHE: dirname(cacheFolder()),
      PULUMI_HOME: process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi"),
      CHINA_SANDBOX: folder,
      NO_COLOR: "1",
      PATH: [this.#programs, dirname(process.execPath), process.env["PATH"] ?? ""].join(":"),
      PULUMI_BACKEND_URL: `file://${backend}?metadata=skip`,
      PULUMI_CONFIG_PASSPHRASE: "sandbox",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
  }

  #git(...args: readonly string[]): void {
    execFileSync("git", args, { cwd: this.folder });
  }

  /** `aliyun` with the profile of an administrator: it does not read the provider's variables. */
  async #installAliyun(): Promise<void> {
    mkdirSync(this.#programs);
    const environment = clientEnvironment(await accessOf(this.#sandbox.session, "china"));
    const lines = Object.entries(environment).map(([name, value]) => `export ${name}='${value}'`);
    const exec = `exec '${process.execPath}' '${join(projectFolder, "test/support/aliyun.ts")}' "$@"`;
    const path = join(this.#programs, "aliyun");
    writeFileSync(path, `#!/bin/sh\n${[...lines, exec].join("\n")}\n`, { mode: 0o755 });
  }
}

/** What a person reads on the screen at the end; each question gets its answer, and one without an answer gets a no. */
async function printedBy(child: ChildProcess, answers: string[]): Promise<string> {
  let text = "";
  let asked = 0;
  child.stdout?.on("data", (chunk: Buffer) => {
    text += chunk.toString();
    const questions = onScreen(text)
      .split("\n")
      .filter((line) => asks.test(line)).length;
    for (; asked < questions; asked++) child.stdin?.write(`${answers.shift() ?? "no"}\n`);
  });
  await new Promise((done) => child.on("close", done));
  return onScreen(text);
}

/** What begins a line anew: of our progress; npm's has another. */
const rewritten = "\r\u001b[2K";

/** Without colours, movements of the cursor, and lines of progress that were written over. */
function onScreen(text: string): string {
  const lines = text.replaceAll("\r\n", "\n").replaceAll("\u001b[1G\u001b[0K", rewritten).split("\n");
  return stripVTControlCharacters(lines.map((line) => line.split(rewritten).at(-1) ?? "").join("\n"));
}
