import { Decimal } from "decimal.js";
import { z } from "zod";
import { CloudRefusal } from "../deploy/cloud-client.ts";
import type { Answer } from "./ask.ts";
import type { Situation } from "./check.ts";

/** All that is asked of DescribeAccountAttributes, in one call: it takes eight names. */
const asked = [
  "real-name-authentication",
  "max-security-groups",
  "max-postpaid-instance-vcpu-count",
  "used-postpaid-instance-vcpu-count",
  "max-spot-instance-vcpu-count",
  "used-spot-instance-vcpu-count",
] as const;
export type Attribute = (typeof asked)[number];

const attributesShape = z.object({
  AccountAttributeItems: z.object({
    AccountAttributeItem: z.array(
      z.object({
        AttributeName: z.string(),
        AttributeValues: z.object({ ValueItem: z.array(z.object({ Value: z.string().nullish() })).nullish() }),
      }),
    ),
  }),
});

/** Name -> value, of those that the cloud tells. */
export type Attributes = ReadonlyMap<string, string>;

/** What the account may have of hosts in the region, and whether it is registered: one call for all checks. */
export async function attributesOf({ ask, settings }: Situation): Promise<Answer<Attributes>> {
  if (ask === undefined) throw new Error("DescribeAccountAttributes needs credentials");
  const names = Object.fromEntries(asked.map((name, n) => [`AttributeName.${n + 1}`, name]));
  const parameters = { RegionId: settings.region, ...names };
  const answer = await ask.ask("ecs", "DescribeAccountAttributes", parameters, attributesShape);
  if (!answer.ok) return answer;
  const items = answer.value.AccountAttributeItems.AccountAttributeItem;
  const told = items.flatMap(({ AttributeName, AttributeValues }) => {
    const value = AttributeValues.ValueItem?.[0]?.Value;
    return value === undefined || value === null ? [] : [[AttributeName, value] as const];
  });
  return { ok: true, value: new Map(told) };
}

/** A whole number among them; undefined where it is not told. */
export function numberOf(attributes: Attributes, name: Attribute): number | undefined {
  const text = attributes.get(name);
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

export interface Balance {
  /** Cash and credit that can be used; below zero: bills are open. */
  readonly available: Decimal;
  readonly currency: string;
}

const balanceShape = z.object({
  Success: z.boolean().nullish(),
  Code: z.string().nullish(),
  Message: z.string().nullish(),
  Data: z.object({ AvailableAmount: z.string(), Currency: z.string() }).nullish(),
});

/** QueryAccountBalance. BSS refuses with HTTP 200 as well. */
export async function balanceOf({ ask }: Situation): Promise<Answer<Balance>> {
  if (ask === undefined) throw new Error("QueryAccountBalance needs credentials");
  const answer = await ask.ask("bss", "QueryAccountBalance", {}, balanceShape);
  if (!answer.ok) return answer;
  const { Code, Message, Data } = answer.value;
  // 10,000.00 has been seen in the documents' examples.
  const amount = Data?.AvailableAmount.replaceAll(",", "");
  if (Data === undefined || Data === null || amount === undefined || !/^-?\d+(\.\d+)?$/.test(amount)) {
    const refusal = new CloudRefusal(
      Code ?? "NoData",
      "QueryAccountBalance",
      Message ?? "no balance was told",
      undefined,
    );
    return { ok: false, refusal };
  }
  return { ok: true, value: { available: new Decimal(amount), currency: Data.Currency } };
}
