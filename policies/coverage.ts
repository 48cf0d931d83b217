import { about, undecided } from "./demand.ts";
import type { Reading } from "./reading.ts";
import type { Finding, Judged } from "./rule.ts";

/** One of the demands that a resource has to meet all of, for example that a flow log takes all traffic. */
export interface Fact {
  readonly reading: Reading<unknown>;
  readonly met: boolean;
}

/** @param absent whether it counts as met where nothing stands */
export function fact<T>(reading: Reading<T>, holds: (value: T) => boolean, absent = false): Fact {
  return { reading, met: reading.state === "known" ? holds(reading.value) : reading.state === "absent" && absent };
}

/** Whether a resource does what is demanded; open where nothing is broken and something is not known yet. */
export type Coverage = { readonly state: "covers" | "not" } | { readonly state: "open"; readonly finding: Finding };

export function coverage({ urn }: Pick<Judged, "urn">, facts: readonly Fact[]): Coverage {
  const unmet = facts.filter(({ met }) => !met);
  const [open] = unmet;
  if (open === undefined) return { state: "covers" };
  if (unmet.some(({ reading }) => reading.state !== "undecided")) return { state: "not" };
  return { state: "open", finding: about(urn, undecided(open.reading.path)) };
}
