import { z } from "zod";
import { arrearsRelease } from "../../catalog/account.ts";
import { consolePage } from "../../catalog/console-pages.ts";
import { list } from "../../deploy/explain-stack.ts";
import { balanceOf } from "../account.ts";
import { unanswered } from "../ask.ts";
import type { Check, Finding, Situation } from "../check.ts";
import { listPages } from "../standing.ts";

/** Nothing is sold to an account with open bills, and what it has is stopped, then deleted. */
export const arrears: Check = {
  id: "arrears",
  area: "account",
  title: "open bills",
  what: "Whether bills are open: a balance below zero (QueryAccountBalance), hosts locked for want of payment (DescribeInstances).",
  asks: true,
  async find(situation) {
    const { settings, stack } = situation;
    const context = { region: settings.region, stack, settings };
    const { url } = consolePage("funds", settings.account.site);
    const next = `pay the open bills: ${url}; what is stopped for them is released after ${arrearsRelease.days} days`;
    const [balance, locked] = await Promise.all([balanceOf(situation), lockedHosts(situation)]);
    const found: Finding[] = [];
    if (balance.ok && balance.value.available.lt(0)) {
      found.push({
        status: "fail",
        text: "the balance is below zero: bills are open, and nothing is sold until they are paid",
        next,
      });
    }
    if (locked !== undefined && locked.length > 0) {
      const some = locked.length > 5 ? `${locked.slice(0, 5).join(", ")} and ${locked.length - 5} more` : list(locked);
      found.push({ status: "fail", on: "hosts", text: `locked for want of payment: ${some}`, next });
    }
    if (found.length > 0) return found;
    if (!balance.ok) return [unanswered(balance.refusal, context)];
    const looked = locked === undefined ? "" : ", and no host is locked for want of payment";
    return [{ status: "ok", text: `the balance is not below zero${looked}` }];
  },
};

const shape = z.object({
  Instances: z
    .object({
      Instance: z.array(
        z.object({
          InstanceName: z.string().nullish(),
          InstanceId: z.string(),
          OperationLocks: z
            .object({ LockReason: z.array(z.object({ LockReason: z.string().nullish() })).nullish() })
            .nullish(),
        }),
      ),
    })
    .nullish(),
});

/** Names of the account's hosts in the region that are locked; undefined where the list may not be read. */
async function lockedHosts(situation: Situation): Promise<readonly string[] | undefined> {
  const pages = await listPages(situation, "host");
  if (!pages.ok) return undefined;
  return pages.value.flatMap((page) =>
    (shape.parse(page).Instances?.Instance ?? [])
      .filter(({ OperationLocks }) => OperationLocks?.LockReason?.some(({ LockReason }) => LockReason === "financial"))
      .map(({ InstanceName, InstanceId }) => InstanceName ?? InstanceId),
  );
}
