import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Cloud } from "../../sandbox/core/cloud.ts";
import { type Home, homeOf } from "../../sandbox/home.ts";
import type { Item } from "../../sandbox/inventory.ts";
import { type Session, serve } from "../../sandbox/session.ts";
import { projectFolder } from "../support/stacks.ts";

export interface Ran {
  /** Exit code; 137 when it was killed. */
  readonly status: number;
  /** Both streams, as a user sees them. */
  readonly text: string;
}

export interface RunOptions {
  /** Milliseconds; the whole process group is killed then. */
  readonly timeout?: number;
  readonly env?: Readonly<Record<string, string>>;
  /**
   * Called with a way to kill the whole deployment at once: command, engine and provider, as kill -9 does; and with the
   * process id of the command, which is that of its group too.
   */
  readonly onStart?: (kill: () => void, pid: number) => void;
}

/** The real command line on the sandbox of a folder, in processes of their own. */
export class CommandLine {
  readonly home: Home;

  constructor(home: Home) {
    this.home = home;
  }

  /** Runs `npm run sandbox -- ...`, without a terminal. */
  sandbox(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
    return this.china(["sandbox", ...args], options);
  }

  async china(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
    const child = spawn(process.execPath, [join(projectFolder, "cli/china.js"), ...args], {
      cwd: projectFolder,
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, so that a signal to the test's group is not one to the deployment.
      detached: true,
      env: { ...process.env, CHINA_SANDBOX: this.home.folder, NO_COLOR: "1", ...options.env },
    });
    const kill = () => {
      if (child.pid !== undefined && child.exitCode === null) killTree(child.pid);
    };
    const timer = setTimeout(kill, options.timeout ?? 300_000);
    options.onStart?.(kill, child.pid ?? 0);
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    const status = await new Promise<number>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => resolve(code ?? 137));
    });
    clearTimeout(timer);
    return { status, text: Buffer.concat(chunks).toString() };
  }

  /** The same, for a command that must succeed. */
  async ok(args: readonly string[], options: RunOptions = {}): Promise<string> {
    const { status, text } = await this.sandbox(args, options);
    if (status !== 0) throw new Error(`sandbox ${args.join(" ")} ended with ${status}:\n${text}`);
    return text;
  }

  /** A stack file of these settings; gone with the sandbox. */
  stackFile(settings: object, name = "stack"): string {
    const path = join(this.home.folder, `${name}.yaml`);
    const config = Object.fromEntries(Object.entries(settings).map(([key, value]) => [`china:${key}`, value]));
    writeFileSync(path, stringify({ config }));
    return path;
  }
}

/**
 * A sandbox of a test: it is served by the test's own process, which can look into the cloud, and the real command line
 * deploys into it from processes of their own.
 */
export class TestSandbox extends CommandLine {
  readonly session: Session;
  readonly cloud: Cloud;

  private constructor(home: Home, session: Session & { readonly cloud: Cloud }) {
    super(home);
    this.session = session;
    this.cloud = session.cloud;
  }

  /** @param speed how fast time runs in the cloud; 60 as for users */
  static async open(speed = 60): Promise<TestSandbox> {
    const home = homeOf(mkdtempSync(join(tmpdir(), "china-sandbox-")));
    return new TestSandbox(home, await serve(home, { speed }));
  }

  async close(): Promise<void> {
    await this.session.close();
    rmSync(this.home.folder, { recursive: true, force: true });
  }

  /** Everything that exists in the cloud. */
  inventory(): Promise<readonly Item[]> {
    return this.session.ask({ ask: "inventory" });
  }
}

/**
 * Kills a process and all that it has started. The engine gives each plugin a process group of its own, so a signal to
 * the group leaves the provider running until it has finished its call.
 */
export function killTree(root: number): void {
  const children = Map.groupBy(processes(), ({ parent }) => parent);
  const tree = [root];
  // Grows while it is walked.
  for (const pid of tree) tree.push(...(children.get(pid) ?? []).map((child) => child.pid));
  for (const pid of tree) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // Ended by itself meanwhile.
    }
  }
}

/** Every process of this machine (proc(5): pid (name) state parent). */
function processes(): readonly { readonly pid: number; readonly parent: number }[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const [, parent = ""] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return [{ pid: Number(name), parent: Number(parent) }];
    } catch {
      return [];
    }
  });
}
