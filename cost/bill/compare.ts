import { type Amount, compare, minus, nothing, plus, sum } from "../amount.ts";
import type { PricedItem } from "../price.ts";
import type { PriceBook } from "../quote.ts";
import type { Month } from "../use.ts";
import type { BilledKind } from "./kinds.ts";
import { type BillLine, billedOf, itemLines, unreviewed, useLines } from "./lines.ts";
import { matchRows } from "./match.ts";
import { type Owner, ownerOf } from "./owner.ts";
import { type Part, tidy } from "./parts.ts";
import type { BillNature, BillRow } from "./rows.ts";

/** Lines of one nature that have both sides, added up. */
export interface BillTotal {
  readonly expected: Amount;
  readonly billed: Amount;
  readonly difference: Amount;
  readonly parts: readonly Part[];
  /** Lines without one of the sides, and what is billed for those that have that: in no other sum. */
  readonly notComparable: { readonly lines: number; readonly billed: Amount };
}

/** Rows of the account that no stack's tags or names are on. */
export interface OfNoStack {
  readonly product: string;
  readonly region: string;
  readonly kind: BilledKind;
  readonly rows: number;
  /** Absent where one of them has no amount. */
  readonly billed?: Amount;
}

export interface BillComparison {
  readonly lines: readonly BillLine[];
  readonly run: BillTotal;
  readonly purchase: BillTotal;
  /** What came back; only the cloud can say how much. */
  readonly refund: BillTotal;
  readonly ofNoStack: readonly OfNoStack[];
  /** Rows of other stacks of the account. */
  readonly otherRows: number;
}

export interface CompareInput extends Owner {
  /** The whole account's bill of the month. */
  readonly rows: readonly BillRow[];
  /** The stack's items, priced for the same time. */
  readonly items: readonly PricedItem[];
  readonly book: PriceBook;
  readonly month: Month;
  /** Physical name of a resource of the plan. */
  readonly nameOf: (urn: string) => string | undefined;
}

/** Compares a month's bill with the review of that month, item by item, and explains every difference. */
export function compareBill(input: CompareInput): BillComparison {
  const owned = Map.groupBy(input.rows, (row) => ownerOf(row, input));
  const rows = owned.get("this") ?? [];
  const isUse = ({ kind, nature }: BillRow) => nature === "run" && (kind === "traffic" || kind === "snapshot");
  const { matched, left } = matchRows(
    input.items,
    rows.filter((row) => !isUse(row)),
    input.nameOf,
  );
  const lines = [
    ...input.items.flatMap((one) =>
      itemLines(one, matched.get(one) ?? [], input.nameOf(one.item.urn) ?? "", input.book),
    ),
    ...useLines(rows.filter(isUse), input.month),
    ...unreviewed(left),
  ];
  const total = (nature: BillNature) => totalOf(lines.filter((line) => line.nature === nature));
  return {
    lines,
    run: total("run"),
    purchase: total("purchase"),
    refund: total("refund"),
    ofNoStack: ofNoStack(owned.get("none") ?? []),
    otherRows: owned.get("other")?.length ?? 0,
  };
}

function totalOf(lines: readonly BillLine[]): BillTotal {
  const known = lines.filter(({ difference }) => difference !== undefined);
  const others = lines.filter(({ difference }) => difference === undefined);
  const expected = sum(known.flatMap((line) => line.expected ?? []));
  const billed = sum(known.flatMap((line) => line.billed ?? []));
  return {
    expected,
    billed,
    difference: minus(billed, expected),
    parts: tidy(known.flatMap(({ parts }) => parts)),
    notComparable: { lines: others.length, billed: sum(others.flatMap((line) => line.billed ?? [])) },
  };
}

function ofNoStack(rows: readonly BillRow[]): readonly OfNoStack[] {
  const alike = Map.groupBy(rows, ({ product, region, kind }) => JSON.stringify([product, region, kind]));
  const groups = [...alike.values()].flatMap((of): OfNoStack[] => {
    const [first] = of;
    if (first === undefined) return [];
    const { product, region, kind } = first;
    return [{ product, region, kind, rows: of.length, ...billedOf(of) }];
  });
  return groups.toSorted((a, b) => compare(b.billed ?? nothing, a.billed ?? nothing));
}

/** Everything that the bill has for the stack by the hour, compared or not. */
export function billedRun({ run }: BillComparison): Amount {
  return plus(run.billed, run.notComparable.billed);
}
