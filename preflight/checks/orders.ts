import { CloudRefusal } from "../../deploy/cloud-client.ts";
import { explain } from "../../deploy/explain.ts";
import type { Check, Finding, Situation } from "../check.ts";
import { dryRun } from "./permission.ts";

/** Refusals of an order that nothing tells beforehand. */
const hidden = [
  { code: "Forbidden.RiskControl", on: "risk control" },
  { code: "InvalidPayMethod", on: "payment method" },
] as const;

/** New accounts and sudden large orders are held back, and a card that ended is found by the order. */
export const orders: Check = {
  id: "orders",
  area: "account",
  title: "risk control, payment method",
  what: "Whether risk control or the payment method stops an order: no call tells either, so it is read from the dry runs of RunInstances.",
  asks: true,
  async find(situation) {
    const tried = await dryRun.find(situation);
    if (tried.length === 0) return [];
    const stopped = hidden.flatMap(({ code, on }): readonly Finding[] => {
      const { what, next } = wordsFor(code, situation);
      const said = tried.some(({ status, text }) => status === "fail" && text === what);
      return said ? [{ status: "fail", on, text: what, ...(next === undefined ? {} : { next }) }] : [];
    });
    if (stopped.length > 0) return stopped;
    if (tried.some(({ status }) => status === "ok")) {
      return [{ status: "ok", text: "a dry run of an order goes through" }];
    }
    return [
      {
        status: "not-checked",
        text: "no call tells them, and no dry run of an order went through (see permission)",
      },
    ];
  },
};

/** As an explanation of the refusal words it. */
function wordsFor(code: string, { settings, stack }: Situation): { readonly what: string; readonly next?: string } {
  const refusal = new CloudRefusal(code, "RunInstances", "", undefined);
  const said = explain({ text: refusal.text }, { region: settings.region, stack, settings });
  const next = said?.next[0];
  return { what: said?.what ?? code, ...(next === undefined ? {} : { next }) };
}
