import { randomBytes } from "node:crypto";
import { zonesOf } from "../../catalog/regions.ts";
import type { AccessKey, Account } from "./accounts.ts";
import type { Clock } from "./clock.ts";
import { missing } from "./errors.ts";
import type { Params } from "./params.ts";
import type { Kind, Row, Store } from "./store.ts";

/** Who calls, after the signature was verified. */
export interface Caller {
  readonly kind: "account" | "user" | "role" | "anonymous";
  /** acs:ram::<account>:root | user/<name> | assumed-role/<role>/<session> */
  readonly arn: string;
  /** Name of the user, or of the role and its session; "root" for the account itself. */
  readonly name: string;
  /** Id of the principal, as GetCallerIdentity tells it. */
  readonly principalId: string;
  readonly accessKeyId: string;
  /** The session of a role; what it may do is the role's, narrowed by a policy of its own. */
  readonly session?: AccessKey["session"];
}

/** What an action answers; the request id is added. Lists are wrapped as the API at hand wraps them. */
export type Answer = Readonly<Record<string, unknown>>;

/**
 * An action of an API: reads and changes rows, synchronously, so that no other call comes in between. It throws a
 * CloudError for what the cloud refuses; nothing that it changed stays then.
 */
export type Action = (call: Call) => Answer;

/** Action name -> action, of one API version. */
export type Actions = Readonly<Record<string, Action>>;

/** Start of the random part of an id, by region, as in the real cloud: vpc-uf6..., i-2ze... */
const regionMarks: Readonly<Record<string, string>> = {
  "cn-shanghai": "uf6",
  "cn-beijing": "2ze",
  "cn-hangzhou": "bp1",
  "cn-shenzhen": "wz9",
  "cn-qingdao": "m5e",
  "cn-zhangjiakou": "8vb",
  "cn-huhehaote": "hp3",
  "cn-wulanchabu": "0jl",
  "cn-heyuan": "f8z",
  "cn-guangzhou": "7xv",
  "cn-chengdu": "2vc",
};

/** One call of the API: what was asked, by whom, and the part of the cloud that the caller sees. */
export class Call {
  readonly product: string;
  readonly version: string;
  readonly action: string;
  readonly params: Params;
  readonly caller: Caller;
  readonly account: Account;
  readonly store: Store;
  readonly clock: Clock;
  /** Address and port that the request came to. */
  readonly host: string;
  readonly #region: string;

  constructor(of: {
    readonly product: string;
    readonly version: string;
    readonly action: string;
    readonly params: Params;
    readonly caller: Caller;
    readonly account: Account;
    readonly store: Store;
    readonly clock: Clock;
    readonly host: string;
    readonly region: string;
  }) {
    this.product = of.product;
    this.version = of.version;
    this.action = of.action;
    this.params = of.params;
    this.caller = of.caller;
    this.account = of.account;
    this.store = of.store;
    this.clock = of.clock;
    this.host = of.host;
    this.#region = of.region;
  }

  /** Cloud time, milliseconds since 1970. */
  now(): number {
    return this.clock.now();
  }

  /** Region that the call names; "" when it names none: an id is looked for in all of them then. */
  get region(): string {
    return this.#region;
  }

  /** @throws MissingParameter.RegionId */
  needRegion(): string {
    if (this.#region === "") throw missing("RegionId");
    return this.#region;
  }

  /** Zones of the region, full ids. */
  zones(): readonly string[] {
    return zonesOf(this.#region);
  }

  /** Id, account, region and time of a new row: `vpc` -> vpc-uf6 and 17 random characters. */
  newRow(prefix: string): Row {
    return { ...this.row(`${prefix}-${this.randomId()}`), region: this.needRegion() };
  }

  /** The random part of an id, with the region's mark. */
  randomId(): string {
    return `${regionMarks[this.#region] ?? "t4n"}${randomText(17)}`;
  }

  /** The same for a row with an id of its own; in no region unless one is added. */
  row(id: string): Row {
    return { id, account: this.account.id, region: "", createdAt: this.now() };
  }

  /** A row that the caller's account has in the region of the call. */
  find<T extends Row>(kind: Kind<T>, id: string | undefined): T | undefined {
    const row = id === undefined ? undefined : this.store.find(kind, this.account.id, id);
    return row === undefined || this.#region === "" || row.region === "" || row.region === this.#region
      ? row
      : undefined;
  }

  /** All rows of a kind that the caller's account has in the region of the call. */
  list<T extends Row>(kind: Kind<T>): T[] {
    return this.store.list(kind, this.account.id, this.#region === "" ? undefined : this.#region);
  }

  put<T extends Row>(kind: Kind<T>, row: T): T {
    return this.store.put(kind, row);
  }

  remove<T extends Row>(kind: Kind<T>, row: T): void {
    this.store.remove(kind, row);
  }
}

const alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";

/** Lower-case letters and digits, not guessable. */
export function randomText(length: number): string {
  return [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]).join("");
}
