import { grouped } from "../../cost/amount.ts";
import type { StackReview } from "../review.ts";
import { columns, type Style } from "./layout.ts";
import { signed } from "./money.ts";
import { countOf, payInWords, sizeText } from "./words.ts";

type Cost = StackReview["cost"];
type Change = NonNullable<Cost["change"]>;
type Group = Change["groups"][number];

/** What a change costs: a month before and after, what is paid once, what is given up; items by component. */
export function changeBlock({ change, currency }: Cost, style: Style): string[] {
  if (change === undefined) return [];
  const { before, after, delta, groups, givenUp, incomparable } = change;
  const whole = incomparable.items === 0 ? ` (${grouped(before)} -> ${grouped(after)})` : " of what can be compared";
  const indented = (text: string) => columns([[text]], ["left"], style.width, 4);
  return [
    columns([[`${style.bold("change")}  ${signed(delta)} ${currency} a month${whole}`]], ["left"], style.width),
    ...(groups.length === 0 ? [] : [columns(groups.map(rowOf), ["right", "left"], style.width, 4)]),
    ...(Number(change.byUse) === 0
      ? []
      : [indented(`${signed(change.byUse)} of it by use, as the stack file states it`)]),
    ...(incomparable.items === 0 ? [] : [indented(incomparableText(incomparable))]),
    indented(payNowText(change)),
    ...givenUp.map(({ name, what, term }) =>
      indented(
        `${style.warn("!")} ${name}: its subscription of ${term} (${what}) is given up; what comes back only the cloud can say`,
      ),
    ),
    ...(Number(change.paidOn) === 0
      ? []
      : [
          indented(
            `${style.warn("!")} ${grouped(change.paidOn)} of it a month is saved only when the terms have ended`,
          ),
        ]),
    ...change.notBought.map(({ name, from, to }) =>
      indented(
        `${style.warn("!")} ${name}: ${from} -> ${to} buys nothing: a term counts at the purchase; renew in the console`,
      ),
    ),
  ];
}

function incomparableText({ items, before, after }: Change["incomparable"]): string {
  return `${countOf(items, "item")} cannot be compared: where there is a price, ${grouped(before)} a month before and ${grouped(after)} after`;
}

function payNowText({ payNow, sizePayNow }: Change): string {
  return `pay now ${grouped(payNow)}${sizePayNow === undefined ? "" : `, and ~${sizeText(sizePayNow)}, size only`}`;
}

/** Limits that are passed, and those that cannot be judged. */
export function budgetLines({ budget }: Cost, style: Style): string[] {
  return budget.map(({ what, verdict, text, accepted, accept }) => {
    const mark = verdict === "over" && accepted === undefined ? style.warn("over budget") : "budget";
    const said =
      accepted === undefined ? text : `${text}; accepted until ${accepted.until} by ${accepted.by}: ${accepted.why}`;
    return [
      columns([[`${mark}  ${what}: ${said}`]], ["left"], style.width),
      ...(accept === undefined ? [] : [columns([[`accept: ${accept}`]], ["left"], style.width, 6)]),
    ].join("\n");
  });
}

function rowOf({ operation, component, kind, before, after, delta, names }: Group): string[] {
  const mark = { added: "+", removed: "-", changed: "~" }[operation];
  const [was, is] = [before, after].map((side) => side && thing(kind, side));
  const pays = distinct([before, after].flatMap((side) => (side === undefined ? [] : [payInWords(side.pay)])));
  const text =
    was === is || before === undefined || after === undefined
      ? `${is ?? was}, ${pays.join(" -> ")}`
      : `${was}, ${payInWords(before.pay)} -> ${is}, ${payInWords(after.pay)}`;
  const count = names.length > 1 ? `${names.length} x ` : "";
  return [delta === undefined ? "no price" : signed(delta), `${mark} ${component}, ${count}${text}`];
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

/** ecs.g7.xlarge, 40 GiB PL0, 5 Mbit/s. */
function thing(kind: string, { what, quantity }: NonNullable<Group["after"]>): string {
  if (kind.endsWith("-disk")) return `${quantity} GiB ${what.split(" ").at(-1)}`;
  if (kind === "lindorm-storage") return `${quantity} GiB Lindorm storage`;
  if (kind === "bandwidth") return `${quantity} Mbit/s`;
  return quantity > 1 ? `${quantity} x ${what}` : what;
}
