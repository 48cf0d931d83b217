import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { project } from "../../../components/config/load.ts";
import type { Kind, Row } from "../../../sandbox/core/store.ts";
import { billed } from "../../../sandbox/inventory.ts";
import { rootKey } from "../../../sandbox/open.ts";
import { defaultAccounts } from "../../../sandbox/session.ts";
import { Client } from "../../sandbox/client.ts";
import { type Ran, TestSandbox } from "../sandbox.ts";

/** Milliseconds that one command may take; the longest wait of the provider's own, but for Lindorm 2, is a minute. */
export const commandTimeout = 240_000;

/** What exists: "host workers-01" -> id. System disks come and go with their hosts and are not in it. */
export type Things = Readonly<Record<string, string>>;

/** What a stack is deployed from: settings, or the stack file that is shipped under its name. */
type Settings = object | "shipped";

/** A stack in a sandbox of its own, deployed from its settings by the real command line. */
export class Deployed {
  readonly sandbox: TestSandbox;
  readonly stack: string;

  constructor(sandbox: TestSandbox, stack = "s") {
    this.sandbox = sandbox;
    this.stack = stack;
  }

  /** Time in the cloud runs so fast that only the provider's own waiting is left. */
  static async open(stack?: string, speed = 600): Promise<Deployed> {
    return new Deployed(await TestSandbox.open(speed), stack);
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }

  /** What the engine would do, sorted: "~ workers-01: instanceType"; empty when it would do nothing. */
  async preview(settings: Settings): Promise<string[]> {
    return previewed(await this.sandbox.ok(this.#args("preview", settings), { timeout: commandTimeout }));
  }

  /** What the engine did, sorted: "~ workers-01"; "±" for what was made anew. */
  async up(settings: Settings): Promise<string[]> {
    return done(await this.sandbox.ok(this.#args("up", settings), { timeout: commandTimeout }));
  }

  /** An operation that may fail. */
  run(operation: "up" | "preview" | "refresh" | "destroy", settings: Settings, ...more: string[]): Promise<Ran> {
    return this.sandbox.sandbox([...this.#args(operation, settings), ...more], { timeout: commandTimeout });
  }

  /**
   * Brings the stack to these settings: `up` does what `preview` said. That nothing was left to do shows in what the
   * next change says, and at the end in {@link expectSettled}.
   *
   * @returns what preview said
   */
  async change(settings: Settings): Promise<string[]> {
    const said = await this.preview(settings);
    const text = await this.sandbox.ok(this.#args("up", settings), { timeout: commandTimeout });
    const names = said.map((line) => line.replace(/:.*/, ""));
    expect(done(text), `up does what preview said:\n${text}`).toEqual(names.sort());
    return said;
  }

  /** Nothing is left to do, and the state tells what the cloud holds. */
  async expectSettled(settings: Settings): Promise<void> {
    expect(await this.preview(settings), "nothing is left to do").toEqual([]);
    const { status, text } = await this.run("refresh", settings);
    expect({ status, text }).toMatchObject({
      status: 0,
      text: expect.stringMatching(/refresh \S+: \d+ unchanged, in/),
    });
  }

  /** Takes everything down, with what holds it: nothing is billed any more, and soon nothing is there. */
  async end(settings: Settings, timeout = commandTimeout): Promise<string> {
    const text = await this.sandbox.ok([...this.#args("destroy", settings), "--with-data"], { timeout });
    expect(billed(await this.sandbox.inventory())).toEqual([]);
    // A database stays in sight for some minutes while it is being released.
    this.sandbox.cloud.clock.skip(3_600_000);
    expect(await this.sandbox.inventory()).toEqual([]);
    return text;
  }

  /** Actions that were called and that are no questions, in order. */
  writes(): string[] {
    const calls = this.sandbox.cloud.log.recent(100_000);
    return calls.map(({ action }) => action).filter((action) => !/^(Describe|Get|List|Query)/.test(action));
  }

  /** A client of the account that the stack is in: what a person does in the console. */
  console(region = "cn-shanghai"): Client {
    const { cloud } = this.sandbox;
    return new Client(cloud, rootKey(cloud, cloud.account(defaultAccounts.china).id), region);
  }

  /** Outputs of the stack, as its state holds them. */
  outputs(): Readonly<Record<string, unknown>> {
    const path = join(this.sandbox.home.backend, ".pulumi", "stacks", project, `${this.stack}.json`);
    const resources: { type: string; outputs?: Record<string, unknown> }[] = JSON.parse(readFileSync(path, "utf8"))
      .checkpoint.latest.resources;
    return resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
  }

  async things(): Promise<Things> {
    const items = (await this.sandbox.inventory()).filter(({ kind }) => kind !== "system disk");
    const start = `${project}-${this.stack}-`;
    return Object.fromEntries(
      items.map(({ kind, name, id }) => [`${kind} ${name.startsWith(start) ? name.slice(start.length) : name}`, id]),
    );
  }

  rows<T extends Row>(kind: Kind<T>): T[] {
    return this.sandbox.cloud.store.everywhere(kind);
  }

  /** The one row that something physical stands for: workers-01 is china-s-workers-01. */
  row<T extends Row & { readonly name: string }>(kind: Kind<T>, name: string): T {
    const found = this.rows(kind).filter((row) => row.name === `${project}-${this.stack}-${name}`);
    const [only] = found;
    if (only === undefined || found.length > 1) throw new Error(`${found.length} ${kind.name} are named ${name}`);
    return only;
  }

  #args(operation: string, settings: Settings): string[] {
    const file = settings === "shipped" ? [] : ["--config", this.sandbox.stackFile(settings, this.stack)];
    return [operation, this.stack, ...file, ...(operation === "preview" ? [] : ["--parallel", "40"])];
  }
}

/** Settings with one group of hosts changed. */
export function withGroup<S extends { readonly hosts: object }>(settings: S, change: object, group = "workers"): S {
  const hosts: Readonly<Record<string, object>> = { ...settings.hosts };
  if (hosts[group] === undefined) throw new Error(`no group ${group}`);
  return { ...settings, hosts: { ...hosts, [group]: { ...hosts[group], ...change } } };
}

/** Names of what has another id than before, is gone, or is new. */
export function touched(before: Things, after: Things): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) => {
    if (before[name] === after[name]) return [];
    return [`${before[name] === undefined ? "+" : after[name] === undefined ? "-" : "±"} ${name}`];
  });
}

/** Lines of a preview's table. */
export function previewed(text: string): string[] {
  if (/^no changes$/m.test(text)) return [];
  const rows = [...text.matchAll(/^ *([+~±=-]) +(\S+) {2,}(\S.*?)(?: {2,}(\S.*))?$/gm)];
  const lines = rows.map(([, mark, name, , because]) => `${mark} ${name}${because ? `: ${because.trim()}` : ""}`);
  if (lines.length === 0) throw new Error(`a preview without changes and without saying so:\n${text}`);
  return lines.sort();
}

/** What was done, from the progress of an operation. */
export function done(text: string): string[] {
  const marks = new Map<string, string>();
  for (const [, mark = "", name = ""] of text.matchAll(/^ {2}([+~-]) (\S+) +\S.*? +[\d.]+ s$/gm)) {
    const before = marks.get(name);
    marks.set(name, before === undefined || before === mark ? mark : "±");
  }
  return [...marks].map(([name, mark]) => `${mark} ${name}`).sort();
}

/** Paths of all files in a folder and below. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
