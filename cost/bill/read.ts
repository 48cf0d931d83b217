import { type BillRow, billPage, rowOf } from "./rows.ts";

/** One call of DescribeInstanceBill, by whatever client. */
export type AskForBill = (parameters: Readonly<Record<string, string | number | boolean>>) => Promise<unknown>;

/** Most rows of a page (DescribeInstanceBill, 4.1.1). */
const mostRows = 300;
/** A bill that never ends is a fault of the API. */
const mostPages = 10_000;

/**
 * Every row of an account's bill of a month, by item.
 *
 * @param month yyyy-mm
 * @throws what `ask` throws; an Error for an answer that is no bill
 */
export async function readBill(ask: AskForBill, month: string): Promise<readonly BillRow[]> {
  const rows: BillRow[] = [];
  let token: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = billPage.parse(
      await ask({
        ...{ BillingCycle: month, Granularity: "MONTHLY", IsBillingItem: true, MaxResults: mostRows },
        ...(token === undefined ? {} : { NextToken: token }),
      }),
    );
    if (answer.Success === false)
      throw new Error(`DescribeInstanceBill: ${answer.Code ?? ""}: ${answer.Message ?? ""}`);
    rows.push(...(answer.Data?.Items ?? []).map(rowOf));
    token = answer.Data?.NextToken ?? undefined;
    if (token === undefined || token === "") return rows;
  }
  throw new Error(`the bill has more than ${mostPages} pages`);
}
