import type { DatabaseSync, StatementSync } from "node:sqlite";

/** What everything in the cloud has. Rows are never changed in place: `put` takes a new one. */
export interface Row {
  readonly id: string;
  readonly account: string;
  /** Region id; "" for what is global (RAM). */
  readonly region: string;
  /** Cloud time, milliseconds since 1970. */
  readonly createdAt: number;
  /** Cloud time from which it is no longer there: a deletion that takes a while. */
  readonly goneAt?: number;
}

/** A kind of row, and its name in the database. */
export class Kind<T extends Row> {
  readonly name: string;
  /** Only for its type. */
  declare readonly row: T;

  constructor(name: string) {
    this.name = name;
  }
}

type Undo = () => void;

/** Told of a row that was put or removed, by the name of its kind, within the same transaction. */
export type Watcher = (kind: string, before: Row | undefined, after: Row | undefined) => void;

/**
 * Everything that exists, in memory for reading and in SQLite for keeping: what a call changed is committed before the
 * call is answered, so that `kill -9` loses nothing that was told to anybody. One process at a time.
 */
export class Store {
  readonly #database: DatabaseSync;
  readonly #upsert: StatementSync;
  readonly #delete: StatementSync;
  /** kind -> account -> id -> row */
  readonly #rows = new Map<string, Map<string, Map<string, Row>>>();
  readonly #now: () => number;
  #undo: Undo[] | undefined;
  readonly #writes: (() => void)[] = [];
  readonly #watchers: Watcher[] = [];

  /** @param now cloud time, for rows that go away by themselves */
  constructor(database: DatabaseSync, now: () => number) {
    this.#database = database;
    this.#now = now;
    database.exec(
      "CREATE TABLE IF NOT EXISTS thing (kind TEXT, account TEXT, id TEXT, json TEXT NOT NULL, PRIMARY KEY (kind, account, id)) WITHOUT ROWID",
    );
    this.#upsert = database.prepare("INSERT OR REPLACE INTO thing (kind, account, id, json) VALUES (?, ?, ?, ?)");
    this.#delete = database.prepare("DELETE FROM thing WHERE kind = ? AND account = ? AND id = ?");
    for (const stored of database.prepare("SELECT kind, account, id, json FROM thing").iterate()) {
      const row: Row = JSON.parse(String(stored["json"]));
      this.#table(String(stored["kind"]), String(stored["account"])).set(String(stored["id"]), row);
    }
  }

  /** A row of an account by its id; undefined when there is none, or when it has gone. */
  find<T extends Row>(kind: Kind<T>, account: string, id: string): T | undefined {
    const row = this.#rows.get(kind.name)?.get(account)?.get(id);
    return row !== undefined && this.#there(row) ? (row as T) : undefined;
  }

  /** Rows of an account, of one region or of all, in the order in which they came. */
  list<T extends Row>(kind: Kind<T>, account: string, region?: string): T[] {
    const found: T[] = [];
    for (const row of this.#rows.get(kind.name)?.get(account)?.values() ?? []) {
      if ((region === undefined || row.region === region) && this.#there(row)) found.push(row as T);
    }
    return found;
  }

  /** Rows of every account: for questions about the cloud itself. */
  everywhere<T extends Row>(kind: Kind<T>): T[] {
    const accounts = this.#rows.get(kind.name)?.keys() ?? [];
    return [...accounts].flatMap((account) => this.list(kind, account));
  }

  /** Adds a row or takes the place of the one with its id. */
  put<T extends Row>(kind: Kind<T>, row: T): T {
    const table = this.#table(kind.name, row.account);
    const before = table.get(row.id);
    table.set(row.id, row);
    this.#undo?.push(() => {
      if (before === undefined) table.delete(row.id);
      else table.set(row.id, before);
    });
    this.#write(() => this.#upsert.run(kind.name, row.account, row.id, JSON.stringify(row)));
    for (const watcher of this.#watchers) watcher(kind.name, before, row);
    return row;
  }

  remove<T extends Row>(kind: Kind<T>, row: T): void {
    const table = this.#table(kind.name, row.account);
    const before = table.get(row.id);
    if (before === undefined) return;
    table.delete(row.id);
    this.#undo?.push(() => table.set(row.id, before));
    this.#write(() => this.#delete.run(kind.name, row.account, row.id));
    for (const watcher of this.#watchers) watcher(kind.name, before, undefined);
  }

  /** What a watcher changes belongs to the same transaction. */
  watch(watcher: Watcher): void {
    this.#watchers.push(watcher);
  }

  /** Drops rows that have gone: they are hidden already, this gives their room back. */
  sweep(): void {
    this.transaction(() => {
      for (const [kind, accounts] of this.#rows) {
        for (const rows of accounts.values()) {
          for (const row of rows.values()) if (!this.#there(row)) this.remove(new Kind(kind), row);
        }
      }
    });
  }

  /** All or nothing: when `work` throws, nothing of it has happened. */
  transaction<T>(work: () => T): T {
    if (this.#undo !== undefined) return work();
    const undo: Undo[] = [];
    this.#undo = undo;
    try {
      const result = work();
      this.#commit();
      return result;
    } catch (error) {
      for (const step of undo.reverse()) step();
      throw error;
    } finally {
      this.#undo = undefined;
      this.#writes.length = 0;
    }
  }

  /** Everything goes: accounts, resources, faults. */
  clear(): void {
    this.#rows.clear();
    this.#database.exec("DELETE FROM thing");
  }

  #write(write: () => void): void {
    if (this.#undo === undefined) write();
    else this.#writes.push(write);
  }

  #commit(): void {
    if (this.#writes.length === 0) return;
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      for (const write of this.#writes) write();
      this.#database.exec("COMMIT");
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  #there(row: Row): boolean {
    return row.goneAt === undefined || this.#now() < row.goneAt;
  }

  #table(kind: string, account: string): Map<string, Row> {
    const accounts = this.#rows.get(kind) ?? new Map<string, Map<string, Row>>();
    this.#rows.set(kind, accounts);
    const rows = accounts.get(account) ?? new Map<string, Row>();
    accounts.set(account, rows);
    return rows;
  }
}
