import { type Amount, amount, compare, minus, nothing, plus, sum, times } from "../amount.ts";
import { type BillRow, billedFor } from "./rows.ts";

/** Why a bill is not what the review said. Of a line they add up to the difference exactly. */
export const reasons = [
  "hours",
  "size",
  "term",
  "traffic",
  "snapshots",
  "price",
  "minimum",
  "discount",
  "tax",
  "unreviewed",
  "not-billed",
  "rounding",
  "unexplained",
] as const;
export type Reason = (typeof reasons)[number];

export interface Part {
  readonly reason: Reason;
  readonly amount: Amount;
}

/** What the review says of an item that is paid by the hour. */
export interface ReviewedRate {
  readonly what: string;
  /** Units of the item: 1 host, GiB of a disk. */
  readonly quantity: number;
  readonly perHour: Amount;
  readonly hours: number;
}

/**
 * Explains rows by the hour: it ran longer, it was larger, its price is another, an hour has a minimum, there is a discount or
 * a tax. What none of these is stays unexplained. Undefined where a row has no amount.
 */
export function explainHours(reviewed: ReviewedRate, rows: readonly BillRow[]): readonly Part[] | undefined {
  const { perHour, hours } = reviewed;
  const known = rows.map((row) => oneRow(reviewed, row));
  if (known.some((parts) => parts === undefined)) return undefined;
  const ran = sum(rows.map((row) => hoursOf(row, reviewed)));
  const longer = multiply(minus(ran, amount(hours)), perHour);
  return tidy([{ reason: "hours", amount: longer }, ...known.flatMap((parts) => parts ?? [])]);
}

function oneRow({ what, quantity, perHour }: ReviewedRate, row: BillRow): readonly Part[] | undefined {
  const billed = billedFor(row);
  if (billed === undefined) return undefined;
  const gross = row.gross ?? minus(plus(billed, row.discount), row.tax);
  const expected = multiply(hoursOf(row, { quantity }), perHour);
  const list = row.listPrice && row.usage ? multiply(row.listPrice, row.usage) : undefined;
  const step = exactness(row, gross);
  const parts: Part[] = [];
  // A list that is given to its last place is the same price if it differs by less than that place.
  const listed = list === undefined ? gross : isNear(list, expected, step) ? expected : list;
  if (!isNear(listed, expected, step))
    parts.push(...differentPrice({ what, quantity, perHour }, row, expected, listed));
  const more = minus(gross, listed);
  if (compare(more, step) > 0 && hasMinimum(row, gross)) parts.push({ reason: "minimum", amount: more });
  parts.push({ reason: "discount", amount: times(row.discount, -1) }, { reason: "tax", amount: row.tax });
  const explained = plus(expected, sum(parts.map((part) => part.amount)));
  return [...parts, rest(minus(billed, explained), step)];
}

/** Another type, or more of it, is no other price. */
function differentPrice(
  { what, quantity, perHour }: Omit<ReviewedRate, "hours">,
  row: BillRow,
  expected: Amount,
  listed: Amount,
): readonly Part[] {
  const difference = minus(listed, expected);
  if (row.kind === "host") {
    return [{ reason: row.what !== "" && row.what !== what ? "size" : "price", amount: difference }];
  }
  const units = unitsOf(row);
  if (units === undefined || units === quantity || quantity === 0) return [{ reason: "price", amount: difference }];
  const larger = multiply(times(perHour, units - quantity, quantity), hoursOf(row, { quantity }));
  const other = minus(difference, larger);
  const size: Part = { reason: "size", amount: larger };
  return isNear(other, nothing, exactness(row, listed)) ? [size] : [size, { reason: "price", amount: other }];
}

/** Explains purchases of terms. `priced`: the review's price of each row's own term; undefined: it has none. */
export function explainPurchases(
  perTerm: Amount,
  rows: readonly { readonly row: BillRow; readonly priced: Amount | undefined }[],
): readonly Part[] | undefined {
  const parts: Part[] = [];
  for (const { row, priced } of rows) {
    const billed = billedFor(row);
    if (billed === undefined) return undefined;
    const gross = row.gross ?? minus(plus(billed, row.discount), row.tax);
    const step = exactness(row, gross);
    const own = priced ?? perTerm;
    const listed = isNear(gross, own, step) || priced === undefined ? own : gross;
    const found: Part[] = [
      { reason: "term", amount: minus(own, perTerm) },
      { reason: "price", amount: minus(listed, own) },
      { reason: "discount", amount: times(row.discount, -1) },
      { reason: "tax", amount: row.tax },
    ];
    const explained = plus(perTerm, sum(found.map((part) => part.amount)));
    parts.push(...found, rest(minus(billed, explained), step));
  }
  return tidy(parts);
}

/** Explains what is paid by use. */
export function explainUse(
  reason: "traffic" | "snapshots",
  expected: Amount,
  rows: readonly BillRow[],
): readonly Part[] | undefined {
  const billed = rows.map(billedFor);
  if (billed.some((one) => one === undefined)) return undefined;
  const total = sum(billed.flatMap((one) => one ?? []));
  const off: Part = { reason: "discount", amount: times(sum(rows.map(({ discount }) => discount)), -1) };
  const tax: Part = { reason: "tax", amount: sum(rows.map((row) => row.tax)) };
  const used = minus(minus(minus(total, expected), off.amount), tax.amount);
  return tidy([{ reason, amount: used }, off, tax]);
}

/** Parts of the same reason together, in the order of the reasons; what is nothing is left out. */
export function tidy(parts: readonly Part[]): readonly Part[] {
  return reasons.flatMap((reason) => {
    const total = sum(parts.filter((part) => part.reason === reason).map((part) => part.amount));
    return total.over.isZero() ? [] : [{ reason, amount: total }];
  });
}

function rest(left: Amount, step: Amount): Part {
  return { reason: isNear(left, nothing, step) ? "rounding" : "unexplained", amount: left };
}

/** Hours of a row: its seconds, or its use by the units that were reviewed. */
export function hoursOf({ seconds, usage }: BillRow, { quantity }: Pick<ReviewedRate, "quantity">): Amount {
  if (seconds !== undefined) return amount(seconds, 3_600);
  return usage === undefined || quantity === 0 ? nothing : times(usage, 1, quantity);
}

/** Units that were used at a time: GiB of a disk. */
function unitsOf({ seconds, usage }: BillRow): number | undefined {
  if (seconds === undefined || seconds === 0 || usage === undefined) return undefined;
  const units = usage.over.div(usage.under).times(3_600).div(seconds);
  const whole = units.toDecimalPlaces(0);
  return (units.minus(whole).abs().lessThan(0.01) ? whole : units.toDecimalPlaces(4)).toNumber();
}

/** Only an hour that is not full, or a whole life that costs next to nothing, has a minimum. */
function hasMinimum(row: BillRow, gross: Amount): boolean {
  const partial = row.seconds === undefined || row.seconds % 3_600 !== 0;
  return partial && (row.kind === "host" || compare(gross, amount("0.01")) <= 0);
}

/**
 * How exactly a row can be checked: half of the last place of its list price times its use, of its use times the price, and the
 * last place of its amounts, a cent at most.
 */
function exactness({ listPrice, listPriceStep, usage, gross, net }: BillRow, of: Amount): Amount {
  const places = Math.max(2, ...[gross ?? of, net ?? of].map((one) => Math.min(10, one.over.div(one.under).dp())));
  const last = amount(1, `1e${places}`);
  const ofPrice = listPriceStep && usage ? times(multiply(listPriceStep, usage), 1, 2) : nothing;
  const ofUsage = listPrice ? multiply(listPrice, amount(1, 2_000_000)) : nothing;
  return plus(last, plus(positive(ofPrice), positive(ofUsage)));
}

function isNear(a: Amount, b: Amount, step: Amount): boolean {
  return compare(positive(minus(a, b)), step) <= 0;
}

function positive(one: Amount): Amount {
  return compare(one, nothing) < 0 ? times(one, -1) : one;
}

export function multiply(a: Amount, b: Amount): Amount {
  return times(a, b.over, b.under);
}
