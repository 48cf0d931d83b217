import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { project } from "../../../components/config/load.ts";
import { type ApiName, cloudClient } from "../../../deploy/cloud-client.ts";
import { managedIn, readState } from "../../../deploy/state.ts";
import type { Question } from "../../../sandbox/control.ts";
import type { Effect, Fault } from "../../../sandbox/core/faults.ts";
import { clientEnvironment } from "../../../sandbox/environment.ts";
import type { Item } from "../../../sandbox/inventory.ts";
import { accessOf, defaultAccounts } from "../../../sandbox/session.ts";
import { TestSandbox } from "../sandbox.ts";
import { type Explained, expectReadable, explanations } from "./explanations.ts";
import type { Combination } from "./matrix.ts";

/** Milliseconds of one command. */
const patience = 150_000;

/** Milliseconds by which a refusal is late. */
const slowness = 2_000;

type AccountChange = Extract<Question, { ask: "change-account" }>["change"];

/** How one run ended. */
export interface Run {
  readonly status: number;
  readonly text: string;
  /** Combinations that the provider met in it. */
  readonly met: readonly Combination[];
  readonly explained: readonly Explained[];
}

/** A stack in a sandbox of its own, under faults. */
export class Rehearsal {
  readonly sandbox: TestSandbox;
  readonly stack: string;
  /** Fault id -> what it rehearses. */
  readonly #combinations = new Map<string, Combination>();

  private constructor(sandbox: TestSandbox, stack: string) {
    this.sandbox = sandbox;
    this.stack = stack;
  }

  static async open(stack = "t"): Promise<Rehearsal> {
    return new Rehearsal(await TestSandbox.open(600), stack);
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }

  fault(action: string, effect: Effect, when: { readonly nth?: number; readonly times?: number } = {}): Promise<Fault> {
    return this.sandbox.session.ask({ ask: "add-fault", rule: { action, effect, ...when } });
  }

  /** What the account of the stack is refused for from now on. */
  async account(change: AccountChange): Promise<void> {
    const id = defaultAccounts.china;
    await this.sandbox.session.ask({ ask: "account", id, site: "china" });
    await this.sandbox.session.ask({ ask: "change-account", id, change });
  }

  async sellOut(zone: string, what: string, how: "NoStock" | "NotOnSale" = "NoStock"): Promise<void> {
    await this.sandbox.session.ask({ ask: "sell-out", zone, what, how });
  }

  async clear(): Promise<void> {
    this.#combinations.clear();
    await this.sandbox.session.ask({ ask: "clear-conditions" });
  }

  /**
   * The first call of an action answers its first code, the second the second, and so on. What ends a run comes first,
   * and slowly: all that the engine does at the same time is under way before a refusal makes it stop.
   */
  async rehearse(all: readonly Combination[]): Promise<void> {
    for (const [action, own] of Map.groupBy(all, (one) => one.action)) {
      const inOrder = [...own].sort((a, b) => Number(a.clears) - Number(b.clears));
      const refusals = inOrder.filter(({ clears }) => !clears).length;
      if (refusals > 0) await this.fault(action, { kind: "latency", ms: slowness }, { times: refusals });
      for (const [index, one] of inOrder.entries()) {
        const { code, http, message } = one;
        const { id } = await this.fault(action, { kind: "error", code, http, message }, { nth: index + 1 });
        this.#combinations.set(id, one);
      }
    }
  }

  /** One run, and what it met. */
  async run(operation: "up" | "refresh" | "destroy", settings: object, more: readonly string[] = []): Promise<Run> {
    const before = new Set((await this.#caught()).map(({ id }) => id));
    const file = this.sandbox.stackFile(settings, this.stack);
    const args = [operation, this.stack, "--config", file, "--parallel", "64", ...more];
    const { status, text } = await this.sandbox.sandbox(args, { timeout: patience });
    expectReadable(text);
    const met = (await this.#caught()).flatMap(({ id }) => (before.has(id) ? [] : (this.#combinations.get(id) ?? [])));
    return { status, text, met, explained: explanations(text) };
  }

  /**
   * Runs an operation until nothing is refused any more. Every run in between ends with 1 because of what it met, or
   * because of what an earlier one left half done: then it says what to do, and that is done.
   */
  async untilThrough(
    operation: "up" | "destroy",
    settings: object,
    more: readonly string[] = [],
  ): Promise<readonly Run[]> {
    const runs: Run[] = [];
    for (;;) {
      const run = await this.run(operation, settings, more);
      runs.push(run);
      if (run.status === 0) return runs;
      expect(run.status, run.text).toBe(1);
      await this.expectNothingUnknown();
      if (run.met.some(({ clears }) => !clears)) continue;
      expect(runs.at(-2)?.text, "twice the same").not.toBe(run.text);
      if (/^next, one by one, then run up again:$/m.test(run.text)) await this.follow(run.text);
      else {
        expect(run.text, "a failure that nothing explains").toMatch(/let Pulumi look at the cloud/);
        expect((await this.run("refresh", settings)).status).toBe(0);
      }
    }
  }

  /** Does what a list of leftovers says, line by line: imports by the command line, deletes by the cloud's API. */
  async follow(text: string): Promise<void> {
    for (const [, command = ""] of text.matchAll(/^ {4}npm run sandbox -- (import .*)$/gm)) {
      await this.sandbox.ok(command.split(" "), { timeout: patience });
    }
    const deletions = [...text.matchAll(/^ {4}delete it: aliyun (\w+) (\w+) (.*?) \(/gm)];
    if (deletions.length === 0) return;
    const access = await accessOf(this.sandbox.session, "china");
    const authority = readFileSync(access.authority, "utf8");
    const client = cloudClient({ region: "cn-shanghai", authority, environment: clientEnvironment(access) });
    for (const [, api = "", action = "", options = ""] of deletions) {
      const parameters = [...options.matchAll(/--(\S+) (\S+)/g)].map(([, name, value]) => [name, value]);
      await client.call(api as ApiName, action, Object.fromEntries(parameters));
    }
  }

  async #caught(): Promise<readonly Fault[]> {
    const { faults } = await this.sandbox.session.ask({ ask: "conditions" });
    return faults.filter(({ caught }) => caught > 0);
  }

  /** What exists and is not part of a host: system disks come and go with theirs. */
  async things(): Promise<readonly Item[]> {
    return (await this.sandbox.inventory()).filter(
      ({ kind, status }) => kind !== "system disk" && status !== "RELEASING",
    );
  }

  /** What the cloud has and the state does not know. */
  async unknown(): Promise<readonly Item[]> {
    const known = new Set(this.#stateIds());
    // The provider's id of a key pair is its name.
    return (await this.things()).filter(({ kind, id, name }) => !known.has(kind === "key pair" ? name : id));
  }

  async expectNothingUnknown(): Promise<void> {
    expect(
      (await this.unknown()).map(({ kind, name }) => `${kind} ${name}`),
      "in the cloud, not in the state",
    ).toEqual([]);
  }

  /** One of everything, all of it in the state. */
  async expectOneOfEach(): Promise<void> {
    await this.expectNothingUnknown();
    const names = (await this.things()).map(({ kind, name }) => `${kind} ${name}`);
    expect(names.length).toBeGreaterThan(0);
    expect([...names].sort(), "nothing is there twice").toEqual([...new Set(names)].sort());
  }

  /** Ids in the state as the engine keeps it; of a composed id each part counts. */
  #stateIds(): readonly string[] {
    const path = join(this.sandbox.home.backend, ".pulumi", "stacks", project, `${this.stack}.json`);
    if (!existsSync(path)) return [];
    const { checkpoint } = JSON.parse(readFileSync(path, "utf8"));
    const ids = managedIn(readState({ deployment: checkpoint.latest ?? null })).map(({ id = "" }) => id);
    return ids.flatMap((id) => [id, ...id.split(":")]);
  }
}
