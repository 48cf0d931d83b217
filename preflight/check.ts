import type { Settings } from "../components/config.ts";
import type { Plan } from "../plan/plan.ts";
import type { Asker } from "./ask.ts";
import type { Demand } from "./demand.ts";
import type { ReviewedPrices } from "./reviewed-prices.ts";
import type { Workplace } from "./workplace.ts";

/** Where a check looks; the table is ordered by it. */
export const areas = ["tools", "credentials", "account", "supply", "permission", "price", "network", "images"] as const;
export type Area = (typeof areas)[number];

/**
 * ok: looked at, nothing to do. warning: the deployment goes through, and somebody should know. fail: it would stop, or cost
 * what nobody wants. not-checked: nobody could look, and why.
 */
export type Status = "ok" | "warning" | "fail" | "not-checked";

/** What a check found about one thing. */
export interface Finding {
  readonly status: Status;
  /** What it is about, where there is more than one: a zone, a type, a group, an image. */
  readonly on?: string;
  /** The evidence: what was found, with figures and names; one sentence, no full stop. */
  readonly text: string;
  /** What to do; absent where nothing is to be done. */
  readonly next?: string;
}

/** Everything that a check may look at. Checks only read; each asks the cloud through `ask`, which asks everything once. */
export interface Situation {
  readonly stack: string;
  readonly settings: Settings;
  readonly plan: Plan;
  readonly demand: Demand;
  /** Absent where there are no credentials. */
  readonly ask?: Asker;
  readonly workplace: Workplace;
  /** The moment of the run. */
  readonly now: Date;
  /** Physical names of hosts that are made anew although they stand. */
  readonly rebuild?: ReadonlySet<string>;
  /** What was asked for of prices; absent: nothing but the stack file's own. */
  readonly prices?: PriceWishes;
}

export interface PriceWishes {
  /** Percent, instead of the stack file's. */
  readonly tolerance?: number;
  /** What this account pays may be shown. */
  readonly account?: true;
  /** A review of the stack to compare with. */
  readonly review?: ReviewedPrices;
}

export interface Check {
  /** kebab-case, for --json and the documents. */
  readonly id: string;
  readonly area: Area;
  readonly title: string;
  /** One sentence for docs/preflight.md: what is looked at, and by which call. */
  readonly what: string;
  /** Whether it asks the cloud: without credentials it is listed as not checked. */
  readonly asks: boolean;
  /** Whether it is about this stack and this run at all; absent: always, or `find` says so by finding nothing. */
  readonly applies?: (situation: Situation) => boolean;
  /** No findings: the stack has nothing that this check is about. */
  readonly find: (situation: Situation) => readonly Finding[] | Promise<readonly Finding[]>;
}
