import { type Amount, minus, nothing, plus, rounded, sum } from "./amount.ts";
import { type PayText, payText } from "./estimate.ts";
import type { BillableItem } from "./items.ts";
import type { PricedItem } from "./price.ts";

/** What one billable item costs before and after. Money is decimal text, two decimals, in a month as it is used. */
export interface ItemChange {
  readonly operation: "added" | "removed" | "changed";
  readonly urn: string;
  /** Logical name of the resource. */
  readonly name: string;
  readonly component: string;
  readonly kind: BillableItem["kind"];
  readonly before?: Side;
  readonly after?: Side;
  /** After less before; absent when one of them has no price. */
  readonly delta?: string;
}

export interface Side {
  readonly what: string;
  readonly quantity: number;
  readonly pay: PayText;
  readonly perMonth?: string;
  /** Paid at once. */
  readonly payNow?: string;
  readonly unpriced?: string;
}

/** Items of a component that change alike. `before` and `after` say what each is; their money is of all together. */
export interface ChangeGroup
  extends Pick<ItemChange, "operation" | "component" | "kind" | "before" | "after" | "delta"> {
  /** Logical names of their resources. */
  readonly names: readonly string[];
}

/** What a change costs: natures apart, never added. */
export interface CostChange {
  /** Everything with a price, before and after: lower bounds where something has none. */
  readonly before: string;
  readonly after: string;
  /** In a month, of what has a price on both sides: a price that is lost is no saving, one that appears no increase. */
  readonly delta: string;
  /** Of it, what is paid by use, as stated before and after. */
  readonly byUse: string;
  /** New payments for a term, once. */
  readonly payNow: string;
  /** The same where only a size is known, lowest and highest; in no sum. */
  readonly sizePayNow?: readonly [string, string];
  /** Items that came, went or changed and that cannot be compared, and what they cost where they have a price. */
  readonly incomparable: { readonly items: number; readonly before: string; readonly after: string };
  readonly items: readonly ItemChange[];
  /** The same items, those that change alike together: their money is added before it is rounded. */
  readonly groups: readonly ChangeGroup[];
  /** Subscriptions that would be given up: what comes back only the cloud can say. */
  readonly givenUp: readonly { readonly name: string; readonly what: string; readonly term: string }[];
  /** A month of what is given up, and in `delta` as a saving: it is paid to the end of its term all the same. */
  readonly paidOn: string;
  /** Terms that the stack file changes: a term counts at the purchase only, so nothing is bought. */
  readonly notBought: readonly { readonly name: string; readonly from: string; readonly to: string }[];
}

/**
 * Compares what two plans cost, item by item. A replaced resource keeps its URN: its old items go and its new ones come, which
 * is what is billed.
 */
export function costChange(
  before: readonly PricedItem[],
  after: readonly PricedItem[],
  use: { readonly before: Amount; readonly after: Amount } = { before: nothing, after: nothing },
): CostChange {
  const old = byKey(before);
  const now = byKey(after);
  const keys = [...new Set([...old.keys(), ...now.keys()])].sort();
  const pairs = keys
    .map((key) => ({ from: old.get(key), to: now.get(key) }))
    .filter(({ from, to }) => differs(from, to));
  const others = pairs.filter(({ from, to }) => isUnpriced(from) || isUnpriced(to));
  const byUse = minus(use.after, use.before);
  const comparable = pairs.filter((pair) => !others.includes(pair));
  return {
    before: rounded(plus(monthly(before), use.before), 2),
    after: rounded(plus(monthly(after), use.after), 2),
    delta: rounded(
      plus(minus(monthly(comparable.map(({ to }) => to)), monthly(comparable.map(({ from }) => from))), byUse),
      2,
    ),
    byUse: rounded(byUse, 2),
    payNow: rounded(sum(pairs.map(({ from, to }) => newPayment(from, to))), 2),
    ...sizeOf(pairs),
    incomparable: {
      items: others.length,
      before: rounded(monthly(others.map(({ from }) => from)), 2),
      after: rounded(monthly(others.map(({ to }) => to)), 2),
    },
    items: pairs.map((pair) => changeOf(pair)),
    groups: [...Map.groupBy(pairs, alikeKey).values()].map(groupOf),
    givenUp: pairs.flatMap(({ from, to }) => givenUp(from, to)),
    paidOn: rounded(sum(comparable.flatMap(({ from, to }) => (isGivenUp(from, to) && from?.monthly) || [])), 2),
    notBought: pairs.flatMap(({ from, to }) => notBought(from, to)),
  };
}

/** By resource and kind; several disks of one host by their order. */
function byKey(items: readonly PricedItem[]): ReadonlyMap<string, PricedItem> {
  const seen = new Map<string, number>();
  return new Map(
    items.map((one) => {
      const key = `${one.item.urn} ${one.item.kind}`;
      const index = seen.get(key) ?? 0;
      seen.set(key, index + 1);
      return [`${key} ${index}`, one];
    }),
  );
}

function differs(from: PricedItem | undefined, to: PricedItem | undefined): boolean {
  const told = (one: PricedItem | undefined) =>
    one && JSON.stringify([one.item.what, one.item.quantity, one.item.level, one.item.pay, one.item.region, one.hours]);
  return told(from) !== told(to);
}

/** A purchase: a subscription that was not there, or is one of another thing. Another term of the same thing buys nothing. */
function newPayment(from: PricedItem | undefined, to: PricedItem | undefined): Amount {
  return to?.payNow === undefined || isSameSubscription(from, to) ? nothing : to.payNow;
}

function isSameSubscription(from: PricedItem | undefined, to: PricedItem | undefined): boolean {
  return (
    from?.item.pay.kind === "subscription" && to?.item.pay.kind === "subscription" && from.item.what === to.item.what
  );
}

function monthly(items: readonly (PricedItem | undefined)[]): Amount {
  return sum(items.flatMap((one) => one?.monthly ?? []));
}

/** Payments of which only the size is known. */
function sizeOf(pairs: readonly Pair[]): Pick<CostChange, "sizePayNow"> {
  const sizes = pairs.flatMap(({ from, to }) => {
    if (to?.quote.state !== "size" || to.quote.per !== "term" || isSameSubscription(from, to)) return [];
    return [to.quote];
  });
  if (sizes.length === 0) return {};
  return { sizePayNow: [rounded(sum(sizes.map(({ low }) => low)), 2), rounded(sum(sizes.map(({ high }) => high)), 2)] };
}

interface Pair {
  readonly from: PricedItem | undefined;
  readonly to: PricedItem | undefined;
}

function isUnpriced(one: PricedItem | undefined): boolean {
  return one !== undefined && one.monthly === undefined;
}

function changeOf(pair: Pair): ItemChange {
  const { urn } = itemOf(pair);
  return { urn, name: nameOf(urn), ...changeOfAll([pair]) };
}

function groupOf(pairs: readonly Pair[]): ChangeGroup {
  return { names: pairs.map((pair) => nameOf(itemOf(pair).urn)), ...changeOfAll(pairs) };
}

function alikeKey(pair: Pair): string {
  const { component, kind } = itemOf(pair);
  const side = (one: PricedItem | undefined) => one && { ...sideOf([one]), hours: one.hours };
  return JSON.stringify([component, kind, side(pair.from), side(pair.to)]);
}

function itemOf({ from, to }: Pair): BillableItem {
  const item = (to ?? from)?.item;
  if (item === undefined) throw new Error("a change of nothing");
  return item;
}

/** Pairs that change alike, their money added. */
function changeOfAll(pairs: readonly Pair[]): Omit<ChangeGroup, "names"> {
  const [first] = pairs;
  if (first === undefined) throw new Error("a change of nothing");
  const { component, kind } = itemOf(first);
  const [before, after] = [pairs.flatMap(({ from }) => from ?? []), pairs.flatMap(({ to }) => to ?? [])];
  const priced = ![...before, ...after].some(isUnpriced);
  return {
    operation: before.length === 0 ? "added" : after.length === 0 ? "removed" : "changed",
    component,
    kind,
    ...(before.length === 0 ? {} : { before: sideOf(before) }),
    ...(after.length === 0 ? {} : { after: sideOf(after) }),
    ...(priced ? { delta: rounded(minus(monthly(after), monthly(before)), 2) } : {}),
  };
}

/** What each of equal items is, and the money of all. */
function sideOf(alike: readonly PricedItem[]): Side {
  const [first] = alike;
  if (first === undefined) throw new Error("a side of nothing");
  const { item, quote } = first;
  const together = (of: (one: PricedItem) => Amount | undefined) =>
    rounded(sum(alike.flatMap((one) => of(one) ?? [])), 2);
  return {
    what: item.level === undefined ? item.what : `${item.what} ${item.level}`,
    quantity: item.quantity,
    pay: payText(item.pay),
    ...(first.monthly === undefined ? {} : { perMonth: together((one) => one.monthly) }),
    ...(first.payNow === undefined ? {} : { payNow: together((one) => one.payNow) }),
    ...(quote.state === "priced" ? {} : { unpriced: quote.why }),
  };
}

/** A subscription that ends, or is of another thing now: it is billed to its term whatever the program says. */
function isGivenUp(from: PricedItem | undefined, to: PricedItem | undefined): boolean {
  return from?.item.pay.kind === "subscription" && !isSameSubscription(from, to);
}

/** The host stands for its disks. */
function givenUp(from: PricedItem | undefined, to: PricedItem | undefined): CostChange["givenUp"] {
  if (from === undefined || !isGivenUp(from, to) || from.item.kind.endsWith("-disk")) return [];
  const pay = payText(from.item.pay);
  const { urn, what } = from.item;
  return pay.kind === "subscription" ? [{ name: nameOf(urn), what, term: pay.term }] : [];
}

function notBought(from: PricedItem | undefined, to: PricedItem | undefined): CostChange["notBought"] {
  if (from === undefined || to === undefined || !isSameSubscription(from, to)) return [];
  if (from.item.kind.endsWith("-disk")) return [];
  const [before, after] = [payText(from.item.pay), payText(to.item.pay)];
  return before.kind === "subscription" && after.kind === "subscription" && before.term !== after.term
    ? [{ name: nameOf(to.item.urn), from: before.term, to: after.term }]
    : [];
}

function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}
