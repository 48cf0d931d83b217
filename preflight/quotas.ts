import { z } from "zod";
import { type QuotaName, quotaNames } from "../catalog/account.ts";
import type { Answer } from "./ask.ts";
import type { Situation } from "./check.ts";

const shape = z.object({
  NextToken: z.string().nullish(),
  Quotas: z.array(z.object({ QuotaName: z.string().nullish(), TotalQuota: z.number().nullish() })).nullish(),
});

/** Pages of a product's quotas that are read at most; the largest product has two. */
const mostPages = 5;

/** What Quota Center says that the account may have; undefined where it does not name the quota. */
export async function quotaOf(situation: Situation, of: QuotaName["of"]): Promise<Answer<number | undefined>> {
  const row = quotaRow(of);
  const all = await quotasOf(situation, row.product);
  if (!all.ok) return all;
  const names = row.names.map((name) => name.replace("{region}", situation.settings.region));
  return { ok: true, value: names.map((name) => all.value.get(name)).find((value) => value !== undefined) };
}

export function quotaRow(of: QuotaName["of"]): QuotaName {
  const row = quotaNames.find((one) => one.of === of);
  if (row === undefined) throw new RangeError(`no quota of ${of} in the catalogue`);
  return row;
}

async function quotasOf({ ask }: Situation, product: string): Promise<Answer<ReadonlyMap<string, number>>> {
  if (ask === undefined) throw new Error("ListProductQuotas needs credentials");
  const found = new Map<string, number>();
  let token = "";
  for (let page = 0; page < mostPages; page += 1) {
    const parameters = { ProductCode: product, QuotaCategory: "CommonQuota", MaxResults: 100 };
    const more = token === "" ? {} : { NextToken: token };
    const answer = await ask.ask("quotas", "ListProductQuotas", { ...parameters, ...more }, shape);
    if (!answer.ok) return answer;
    for (const { QuotaName, TotalQuota } of answer.value.Quotas ?? []) {
      if (QuotaName && typeof TotalQuota === "number") found.set(QuotaName, TotalQuota);
    }
    token = answer.value.NextToken ?? "";
    if (token === "") break;
  }
  return { ok: true, value: found };
}
