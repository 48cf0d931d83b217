import { createHash } from "node:crypto";
import { Kind, type Row, type Store } from "./store.ts";

/** What happens to a call that a fault rule catches. */
export type Effect =
  /** The call is refused with a code and nothing happens. */
  | { readonly kind: "error"; readonly code: string; readonly http: number; readonly message: string }
  /** The call is answered later, by milliseconds of real time. */
  | { readonly kind: "latency"; readonly ms: number }
  /** The connection is cut before anything happens. */
  | { readonly kind: "cut" }
  /** Everything happens, and the answer is lost. */
  | { readonly kind: "lost-answer" };

/** A fault on request. Conditions are all to be met; without any, every call of the action is caught. */
export interface Fault extends Row {
  /** Action name, or * for all. */
  readonly action: string;
  readonly effect: Effect;
  /** Only the nth call of the action since the rule stands, from 1. */
  readonly nth?: number;
  /** Only with this probability, 0 to 1, drawn from `seed` and the number of the call: the same in every run. */
  readonly probability?: number;
  readonly seed?: number;
  /** At most so often. */
  readonly times?: number;
  /** Calls of the action that this rule has seen. */
  readonly seen: number;
  /** Calls that it has caught. */
  readonly caught: number;
}

export const faults = new Kind<Fault>("fault");

/** The effects that a call meets, counted in the rules. Rules belong to the cloud, not to an account. */
export function meet(store: Store, action: string): readonly Effect[] {
  const effects: Effect[] = [];
  for (const rule of store.list(faults, "")) {
    if (rule.action !== "*" && rule.action !== action) continue;
    const seen = rule.seen + 1;
    const catches =
      (rule.nth === undefined || rule.nth === seen) &&
      (rule.times === undefined || rule.caught < rule.times) &&
      (rule.probability === undefined || draw(rule.seed ?? 0, seen) < rule.probability);
    store.put(faults, { ...rule, seen, caught: rule.caught + (catches ? 1 : 0) });
    if (catches) effects.push(rule.effect);
  }
  return effects;
}

/** A number from 0 to 1 that depends on nothing but its arguments. */
function draw(seed: number, n: number): number {
  return createHash("sha256").update(`${seed}:${n}`).digest().readUInt32BE(0) / 0x1_0000_0000;
}
