import { createHash } from "node:crypto";
import type { Action, Answer, Call } from "./call.ts";
import type { Clock } from "./clock.ts";
import { CloudError } from "./errors.ts";
import { Kind, type Row, type Store } from "./store.ts";

interface Remembered extends Row {
  /** Hash of the parameters that came with the token. */
  readonly asked: string;
  readonly answer: Answer;
}

const remembered = new Kind<Remembered>("clientToken");

/** How long a token is remembered, milliseconds of cloud time (ECS documents on idempotence: 24 hours). */
const memory = 24 * 3_600_000;

/** What a signature needs anew for each try, and is not what was asked for. */
const ofTheTry = new Set(["Signature", "SignatureNonce", "Timestamp", "AccessKeyId", "SecurityToken"]);

/** Same ClientToken, same parameters: the same answer, and nothing is done twice. */
export class Idempotency {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** @throws IdempotentParameterMismatch when the token came with other parameters before */
  once(call: Call, run: Action): Answer {
    const token = call.params.text("ClientToken");
    if (token === undefined || /^(Describe|Get|List|Query)/.test(call.action)) return run(call);
    const id = `${call.product} ${call.action} ${token}`;
    const asked = hashOf(call);
    const before = this.#store.find(remembered, call.account.id, id);
    if (before !== undefined) {
      if (before.asked === asked) return before.answer;
      throw new CloudError(
        "IdempotentParameterMismatch",
        400,
        "The request uses the same client token as a previous, but non-identical request. Do not reuse a client token with different requests, unless the requests are identical.",
      );
    }
    const answer = run(call);
    const now = this.#clock.now();
    this.#store.put(remembered, { ...call.row(id), goneAt: now + memory, asked, answer });
    return answer;
  }
}

function hashOf(call: Call): string {
  const parts = [...call.params.entries()].filter(([name]) => !ofTheTry.has(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64");
}
