import { randomUUID } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { type Account, accounts, defaultQuotas } from "./accounts.ts";
import { authenticate } from "./authenticate.ts";
import { type Actions, Call, type Caller } from "./call.ts";
import { CallLog } from "./call-log.ts";
import { Clock } from "./clock.ts";
import { CloudError } from "./errors.ts";
import { type Effect, meet } from "./faults.ts";
import { Idempotency } from "./idempotency.ts";
import type { Params } from "./params.ts";
import type { WireRequest } from "./signature.ts";
import { Store } from "./store.ts";
import { Throttle } from "./throttle.ts";
import { readWire } from "./wire.ts";

/** One API: a product's short name, its version (which tells it from all others) and its actions. */
export interface Api {
  /** ecs, vpc, hitsdb, ram, sts, location, bss, resourcemanager, tag */
  readonly product: string;
  readonly version: string;
  readonly actions: Actions;
  /** Actions that take a token of their own instead of a signature. */
  readonly anonymous?: readonly string[];
}

/** What a caller may do, by RAM's rules. Throws NoPermission or Forbidden.RAM. */
export type Authorize = (call: Call) => void;

export interface CloudOptions {
  /** Database file; ":memory:" for one that is gone afterwards. */
  readonly file: string;
  readonly apis: readonly Api[];
  readonly authorize: Authorize;
  /** How fast time runs in the cloud; 60 when left out: a database of ten minutes takes ten seconds. */
  readonly speed?: number;
}

/** Calls after which rows that have gone are dropped. */
const callsPerSweep = 2_000;

/** An answer over the wire, or none: the connection is cut. */
export type Reply = { readonly status: number; readonly body: string } | "cut";

/** A local Alibaba Cloud: takes requests, keeps what they make. No network of its own; see ../server. */
export class Cloud {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: CallLog;
  readonly #apis: ReadonlyMap<string, Api>;
  readonly #authorize: Authorize;
  readonly #database: DatabaseSync;
  readonly #idempotency: Idempotency;
  readonly #throttle = new Throttle();
  #calls = 0;

  constructor(options: CloudOptions) {
    this.#database = new DatabaseSync(options.file);
    // Committed is kept through a kill of the process; only a power cut could lose the last moments of a sandbox.
    this.#database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA locking_mode = EXCLUSIVE");
    this.log = new CallLog(this.#database);
    this.clock = new Clock(options.speed ?? 60, this.log.last());
    this.store = new Store(this.#database, () => this.clock.now());
    this.#apis = new Map(options.apis.map((api) => [api.version, api]));
    this.#authorize = options.authorize;
    this.#idempotency = new Idempotency(this.store, this.clock);
  }

  /** Answers one request. Refusals are answers too; it rejects for a fault of this program only. */
  async handle(request: WireRequest): Promise<Reply> {
    this.#calls += 1;
    if (this.#calls % callsPerSweep === 0) this.store.sweep();
    const requestId = randomUUID().toUpperCase();
    const started = performance.now();
    const { action, version, params, region } = readWire(request);
    const api = this.#apis.get(version);
    const product = api?.product ?? "?";
    let caller: Caller | undefined;
    let effects: readonly Effect[] = [];
    let status = 200;
    let outcome = "ok";
    let answer: Readonly<Record<string, unknown>>;
    try {
      const authenticated = authenticate(
        this.store,
        this.clock,
        request,
        params,
        api?.anonymous?.includes(action) ?? false,
      );
      caller = authenticated.caller;
      effects = this.store.transaction(() => meet(this.store, action));
      for (const effect of effects) {
        if (effect.kind === "latency") await new Promise((resolve) => setTimeout(resolve, effect.ms));
        if (effect.kind === "error") throw new CloudError(effect.code, effect.http, effect.message);
      }
      if (effects.some((effect) => effect.kind === "cut")) {
        this.log.add({ at: this.clock.now(), product, action, region, caller: caller.arn, outcome: "cut", ms: 0 });
        return "cut";
      }
      const host = request.headers["host"] ?? "127.0.0.1";
      answer = this.#run({ ...authenticated, product, version, action, params, region, host });
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      status = error.http;
      outcome = error.code;
      answer = { HostId: "127.0.0.1", Code: error.code, Message: error.message, Recommend: "", ...error.detail };
    }
    const lost = effects.some((effect) => effect.kind === "lost-answer");
    const ms = performance.now() - started;
    const made = outcome === "ok" && lost ? "ok, answer lost" : outcome;
    this.log.add({ at: this.clock.now(), product, action, region, caller: caller?.arn ?? "", outcome: made, ms });
    return lost ? "cut" : { status, body: JSON.stringify({ RequestId: requestId, ...answer }) };
  }

  #run(of: {
    readonly caller: Caller;
    readonly account: Account;
    readonly product: string;
    readonly version: string;
    readonly action: string;
    readonly params: Params;
    readonly region: string;
    readonly host: string;
  }): Readonly<Record<string, unknown>> {
    const api = this.#apis.get(of.version);
    const run = api !== undefined && Object.hasOwn(api.actions, of.action) ? api.actions[of.action] : undefined;
    // Never worded like a missing resource: a client would take that for "deleted".
    if (run === undefined) {
      throw new CloudError(
        "Sandbox.UnknownAction",
        400,
        `The local cloud does not know ${of.action || "an action"} of API version ${of.version || "(none given)"}. What it knows: docs/sandbox-reference.md`,
      );
    }
    this.#throttle.count(of.account, of.action, Date.now());
    return this.store.transaction(() => {
      const call = new Call({ ...of, store: this.store, clock: this.clock });
      this.#authorize(call);
      return this.#idempotency.once(call, run);
    });
  }

  /** An account of the local cloud, made when it is not there yet. */
  account(id: string, site: Account["site"] = "china"): Account {
    return (
      this.store.find(accounts, id, id) ??
      this.store.put(accounts, {
        id,
        account: id,
        region: "",
        createdAt: this.clock.now(),
        site,
        realName: true,
        balance: 100_000,
        arrears: false,
        payMethod: true,
        riskControl: false,
        tsdbSold: false,
        quotas: defaultQuotas,
        callsPerMinute: 0,
      })
    );
  }

  /** Empties the cloud: accounts and keys go as well. */
  reset(): void {
    this.store.clear();
    this.log.clear();
  }

  close(): void {
    this.#database.close();
  }
}
