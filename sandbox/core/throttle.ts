import type { Account } from "./accounts.ts";
import { CloudError } from "./errors.ts";

/** Calls per minute of an account and action, when the account has a limit. */
export class Throttle {
  #minute = 0;
  readonly #calls = new Map<string, number>();

  /**
   * @param now real time, milliseconds
   * @throws Throttling.User
   */
  count(account: Account, action: string, now: number): void {
    if (account.callsPerMinute === 0) return;
    const minute = Math.floor(now / 60_000);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#calls.clear();
    }
    const key = `${account.id} ${action}`;
    const calls = (this.#calls.get(key) ?? 0) + 1;
    this.#calls.set(key, calls);
    if (calls > account.callsPerMinute) {
      throw new CloudError("Throttling.User", 400, "Request was denied due to user flow control.");
    }
  }
}
