import { grouped } from "../cost/amount.ts";

/** What a deployment would do to the account and the hosts, as far as somebody must agree to it. Money is decimal text. */
export interface Intent {
  readonly stack: string;
  /** Resources to create, change, rebuild, delete. */
  readonly changes: {
    readonly create: number;
    readonly update: number;
    readonly replace: number;
    readonly delete: number;
  };
  /** Names of hosts, disks and databases that are deleted or rebuilt, with what that means. */
  readonly lost: readonly string[];
  /** What stays, and in which order things are done; absent where there is nothing to say. */
  readonly notes?: readonly string[];
  readonly cost: {
    readonly currency: "CNY" | "USD";
    /** A month of everything with a price, before and after. */
    readonly monthBefore: string;
    readonly monthAfter: string;
    /** Things without a price are in neither. */
    readonly atLeast: boolean;
    /** Where the prices come from, in words. */
    readonly prices: string;
  };
  /** What is bought for a term; empty when nothing is. */
  readonly purchases: readonly Purchase[];
  /** Subscriptions that renew themselves from now on, or by a longer term, though nothing is bought; absent: none. */
  readonly renewals?: readonly Renewal[];
  /** Group -> hosts on which changed software is run again. */
  readonly software: readonly { readonly group: string; readonly hosts: readonly string[] }[];
}

/** Equal things bought for a term. */
export interface Purchase {
  readonly names: readonly string[];
  readonly what: string;
  /** 1 month */
  readonly term: string;
  /** The term by which it renews itself; absent when it ends. */
  readonly renews?: string;
  /** For all of them; absent without a price. */
  readonly payNow?: string;
}

/** Money that is taken later, again and again, without anybody being asked. */
export interface Renewal {
  readonly names: readonly string[];
  /** 1 month */
  readonly every: string;
  /** For all of them, each time, as prices are now; absent without a price. */
  readonly each?: string;
}

export interface Question {
  /** What is agreed to, in lines for a terminal. */
  readonly lines: readonly string[];
  /**
   * What has to be typed, or given by --buy: the sum of what is bought, and behind "renews-" what renewals take. Absent when
   * neither is: yes is enough.
   */
  readonly buy?: string;
}

/** Behind the sum when something bought has no price. */
const unpriced = "+unknown";
/** Before what renewals take each time. */
const renewing = "renews-";

/** @param sum all that is paid at once, added exactly by the caller: purchases are rounded one by one */
export function questionOf(intent: Intent, sum: string): Question | undefined {
  const { changes, purchases, renewals = [], software, lost } = intent;
  const touched = changes.create + changes.update + changes.replace + changes.delete;
  if (touched === 0 && software.length === 0 && purchases.length + renewals.length === 0) return undefined;
  const agreed = [...(purchases.length === 0 ? [] : [buyText(purchases, sum)]), ...renewals.map(renewalBuy)];
  const buy = agreed.length === 0 ? {} : { buy: agreed.join("+") };
  return {
    lines: [
      `${intent.stack}: ${changesText(changes)}`,
      ...lost.map((one) => `  ! ${one}`),
      ...(intent.notes ?? []).map((one) => `  ${one}`),
      ...software.map(({ group, hosts }) => `  ${group}: changed software is run again on ${hosts.join(", ")}`),
      ...(touched === 0 ? [] : [`  ${runRate(intent)}`]),
      ...purchases.map((one) => `  ! ${purchaseText(one, intent.cost.currency)}`),
      ...renewals.map((one) => `  ! ${renewalText(one, intent.cost.currency)}`),
      ...(purchases.length > 0
        ? [paidText(purchases, sum, intent.cost.currency)]
        : [renewals.length > 0 ? "  nothing is paid now" : "  nothing is paid ahead"]),
    ],
    ...buy,
  };
}

function changesText({ create, update, replace, delete: gone }: Intent["changes"]): string {
  const parts = [
    [create, "to create"],
    [update, "to change"],
    [replace, "to rebuild"],
    [gone, "to delete"],
  ] as const;
  const told = parts.filter(([n]) => n > 0).map(([n, what]) => `${n} ${what}`);
  return told.length === 0 ? "nothing changes in the cloud" : told.join(", ");
}

function runRate({ cost: { currency, monthBefore, monthAfter, atLeast, prices } }: Intent): string {
  const before = Number(monthBefore) === 0 ? "" : `${grouped(monthBefore)} -> `;
  return `${before}${grouped(monthAfter)} ${currency} a month${atLeast ? ", at least: some things have no price" : ""} (${prices})`;
}

function purchaseText({ names, what, term, renews, payNow }: Purchase, currency: string): string {
  const sum = payNow === undefined ? "no price known" : `${grouped(payNow)} ${currency} now`;
  const end = renews === undefined ? "ends by itself" : `renews itself by ${renews} until that is switched off`;
  return `bought for ${term}: ${names.join(", ")} (${what}): ${sum}; ${end}`;
}

function renewalText({ names, every, each }: Renewal, currency: string): string {
  const sum = each === undefined ? "at a price that is not known" : `for ${grouped(each)} ${currency} each time`;
  return `renews itself from the end of its term on: ${names.join(", ")}, by ${every}, ${sum}, until that is switched off`;
}

function renewalBuy({ each }: Renewal): string {
  return `${renewing}${each ?? "unknown"}`;
}

function paidText(purchases: readonly Purchase[], sum: string, currency: string): string {
  const open = purchases.some(({ payNow }) => payNow === undefined);
  return `  PAID NOW ${grouped(sum)} ${currency}${open ? ", and what has no price above" : ""}; a term that is bought is not given back`;
}

function buyText(purchases: readonly Purchase[], sum: string): string {
  return purchases.some(({ payNow }) => payNow === undefined) ? `${sum}${unpriced}` : sum;
}

/** What a person is asked to type. */
export function promptOf({ buy }: Question): string {
  if (buy === undefined) return "Type yes to deploy: ";
  if (buy.startsWith(renewing)) return `Type this to let it renew itself, and deploy (${buy}): `;
  return `Type the sum to buy it and deploy (${buy}): `;
}

/** Whether what was typed agrees: yes where nothing is bought or renewed, else the sum and nothing but the sum. */
export function agrees({ buy }: Question, typed: string): boolean {
  return buy === undefined ? typed.trim().toLowerCase() === "yes" : sameSum(buy, typed);
}

/** 1,044.64 CNY and 1044.64 are the same sum; 1044.6 is not, nor is one without what has no price. */
function sameSum(wanted: string, typed: string): boolean {
  const plain = typed
    .trim()
    .replace(/\s*(CNY|USD)$/i, "")
    .replace(/,(?=\d{3}(\D|$))/g, "");
  return plain === wanted;
}

/** Flags by which a pipeline agrees. */
export interface Flags {
  readonly yes?: boolean;
  /** --buy SUM */
  readonly buy?: string;
}

/**
 * What the flags say to a question: agreed, or why not; undefined where they say nothing, so that a person is asked.
 * A wrong sum is never asked about again: somebody has agreed to something else.
 */
export function answerOf(
  question: Question,
  { yes, buy }: Flags,
): { readonly ok: boolean; readonly why: string } | undefined {
  if (question.buy === undefined) {
    if (buy !== undefined) return { ok: false, why: `--buy ${buy}: nothing is bought or renewed; leave --buy out` };
    return yes === true ? { ok: true, why: "" } : undefined;
  }
  if (buy !== undefined && !sameSum(question.buy, buy)) {
    return { ok: false, why: `--buy ${buy} is not what is bought: ${question.buy}` };
  }
  if (yes !== true) return undefined;
  if (buy === undefined) {
    return {
      ok: false,
      why: `something is ${question.buy.startsWith(renewing) ? "to renew itself" : "bought for a term"}, which --yes does not agree to: --yes --buy ${question.buy}`,
    };
  }
  return { ok: true, why: "" };
}
