import type { DatabaseSync, StatementSync } from "node:sqlite";

/** One call that was made. Parameters are not kept: user data and passwords travel in them. */
export interface LoggedCall {
  /** Cloud time, milliseconds. */
  readonly at: number;
  readonly product: string;
  readonly action: string;
  /** "" when the call named none. */
  readonly region: string;
  /** acs:ram::<account>:..., "" when the signature was not accepted. */
  readonly caller: string;
  /** ok, the code of a refusal, cut, or "ok, answer lost" */
  readonly outcome: string;
  /** Milliseconds until the answer was ready. */
  readonly ms: number;
}

/** Every call, in order, kept with the cloud's state. */
export class CallLog {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #listeners = new Set<(call: LoggedCall) => void>();

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(
      "CREATE TABLE IF NOT EXISTS call (n INTEGER PRIMARY KEY, at REAL, product TEXT, action TEXT, region TEXT, caller TEXT, outcome TEXT, ms REAL)",
    );
    this.#insert = database.prepare(
      "INSERT INTO call (at, product, action, region, caller, outcome, ms) VALUES (?, ?, ?, ?, ?, ?, ?)",
    );
  }

  add(call: LoggedCall): void {
    this.#insert.run(call.at, call.product, call.action, call.region, call.caller, call.outcome, call.ms);
    for (const listener of this.#listeners) listener(call);
  }

  /** Tells of every call from now on; returns how to stop. */
  follow(listener: (call: LoggedCall) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Cloud time of the last call; 0 when there was none. */
  last(): number {
    return Number(this.#database.prepare("SELECT max(at) AS at FROM call").get()?.["at"] ?? 0);
  }

  /** The most recent calls, oldest first. */
  recent(most: number): readonly LoggedCall[] {
    const rows = this.#database.prepare("SELECT * FROM call ORDER BY n DESC LIMIT ?").all(most).reverse();
    return rows.map((row) => ({
      at: Number(row["at"]),
      product: String(row["product"]),
      action: String(row["action"]),
      region: String(row["region"]),
      caller: String(row["caller"]),
      outcome: String(row["outcome"]),
      ms: Number(row["ms"]),
    }));
  }

  /** Each action that was called, with how often and with which outcomes. */
  actions(): readonly {
    readonly product: string;
    readonly action: string;
    readonly caller: string;
    readonly outcome: string;
    readonly calls: number;
  }[] {
    return this.#database
      .prepare(
        "SELECT product, action, caller, outcome, count(*) AS calls FROM call GROUP BY product, action, caller, outcome ORDER BY product, action",
      )
      .all()
      .map((row) => ({
        product: String(row["product"]),
        action: String(row["action"]),
        caller: String(row["caller"]),
        outcome: String(row["outcome"]),
        calls: Number(row["calls"]),
      }));
  }

  clear(): void {
    this.#database.exec("DELETE FROM call");
  }
}
