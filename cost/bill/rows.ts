import { z } from "zod";
import { type Amount, amount, minus, nothing, plus } from "../amount.ts";
import { type BilledKind, kindOfRow } from "./kinds.ts";

/** Natures of a bill that are never added together. */
export type BillNature = "run" | "purchase" | "refund";

/** One billable item of one resource in a month, as the cloud bills it. */
export interface BillRow {
  /** Id of the resource, and its name. */
  readonly id: string;
  readonly name: string;
  readonly product: string;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly kind: BilledKind;
  readonly nature: BillNature;
  /** Type or specification, where the row says it. */
  readonly what: string;
  readonly currency: string;
  /** Seconds in which it was there; absent where the row does not say. */
  readonly seconds?: number;
  /** Use in units of the list price: hours, GB x hours, GB. */
  readonly usage?: Amount;
  /** List price of a unit of use. */
  readonly listPrice?: Amount;
  /** Last place that the list price is given to, where it is a rounded fraction. */
  readonly listPriceStep?: Amount;
  /** Length that was paid ahead. */
  readonly term?: { readonly unit: "week" | "month"; readonly count: number };
  /** At the list price; with its discount and before tax; absent where the bill has no amount. */
  readonly gross?: Amount;
  readonly discount: Amount;
  readonly net?: Amount;
  readonly tax: Amount;
}

/** What is owed for a row, tax and all; undefined without an amount. */
export function billedFor({ net, tax }: BillRow): Amount | undefined {
  return net === undefined ? undefined : plus(net, tax);
}

const text = z.string().nullish();
/** Money travels as a number: its shortest text is what was written. */
const number = z.union([z.number(), z.string()]).nullish();

const item = z.object({
  ...{ InstanceID: text, NickName: text, ProductCode: text, PipCode: text, Region: text, Tag: text, Currency: text },
  ...{ BillingItem: text, BillingItemCode: text, Item: text, SubscriptionType: text, InstanceSpec: text },
  ...{ Usage: text, UsageUnit: text, ListPrice: text, ServicePeriod: number, ServicePeriodUnit: text },
  ...{ PretaxGrossAmount: number, InvoiceDiscount: number, PretaxAmount: number, Tax: number },
});

/** A page of DescribeInstanceBill (BSS 2017-12-14, @alicloud/bssopenapi20171214 4.1.1), by item. */
export const billPage = z.object({
  Success: z.boolean().nullish(),
  Code: text,
  Message: text,
  Data: z.object({ NextToken: text, TotalCount: z.number().nullish(), Items: z.array(item).nullish() }).nullish(),
});
type Written = z.output<typeof item>;

export function rowOf(row: Written): BillRow {
  const product = row.ProductCode ?? row.PipCode ?? "";
  const nature = natureOf(row);
  const gross = moneyOf(row.PretaxGrossAmount);
  const net = moneyOf(row.PretaxAmount);
  const discount = moneyOf(row.InvoiceDiscount) ?? (gross && net ? minus(gross, net) : nothing);
  const [usage, listPrice] = [moneyOf(row.Usage), moneyOf(row.ListPrice)];
  return {
    id: row.InstanceID ?? "",
    name: row.NickName ?? "",
    product,
    region: row.Region ?? "",
    tags: tagsOf(row.Tag ?? ""),
    kind: kindOfRow({ product, item: `${row.BillingItem ?? ""} ${row.BillingItemCode ?? ""}` }),
    nature,
    what: row.InstanceSpec ?? "",
    currency: row.Currency ?? "",
    ...(nature === "run" ? secondsOf(row) : termOf(row)),
    ...(usage === undefined ? {} : { usage }),
    ...(listPrice === undefined ? {} : { listPrice, ...stepOf(row.ListPrice ?? "") }),
    ...(gross === undefined ? {} : { gross }),
    ...(net === undefined ? {} : { net }),
    discount,
    tax: moneyOf(row.Tax) ?? nothing,
  };
}

function natureOf({ Item, SubscriptionType }: Written): BillNature {
  if (/refund/i.test(Item ?? "")) return "refund";
  return SubscriptionType === "Subscription" ? "purchase" : "run";
}

function moneyOf(value: number | string | null | undefined): Amount | undefined {
  if (value === null || value === undefined || !/^-?\d+(\.\d+)?(e-?\d+)?$/i.test(String(value))) return undefined;
  return amount(value);
}

/** A price with many places is a fraction that was cut: a third of a cent. One with few is meant as it stands. */
function stepOf(price: string): Pick<BillRow, "listPriceStep"> {
  const places = price.split(".")[1]?.length ?? 0;
  return places < 8 ? {} : { listPriceStep: amount(1, `1e${places}`) };
}

const secondsOfUnit: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3_600, day: 86_400 };

function secondsOf({ ServicePeriod, ServicePeriodUnit }: Written): Pick<BillRow, "seconds"> {
  const unit = secondsOfUnit[(ServicePeriodUnit ?? "").toLowerCase().replace(/s$/, "")];
  const count = Number(ServicePeriod ?? Number.NaN);
  return unit === undefined || !Number.isFinite(count) ? {} : { seconds: count * unit };
}

function termOf({ ServicePeriod, ServicePeriodUnit }: Written): Pick<BillRow, "term"> {
  const count = Number(ServicePeriod ?? Number.NaN);
  const unit = (ServicePeriodUnit ?? "").toLowerCase().replace(/s$/, "");
  if (!Number.isInteger(count) || count < 1) return {};
  if (unit === "week" || unit === "month") return { term: { unit, count } };
  return unit === "year" ? { term: { unit: "month", count: 12 * count } } : {};
}

/** "key:project value:china; key:stack value:shanghai"; a value may have a colon in it. */
export function tagsOf(written: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    written.split(/;\s*(?=key:)/).flatMap((one) => {
      const [, key, value] = /^key:(.*?) value:(.*?);?\s*$/s.exec(one.trim()) ?? [];
      return key === undefined || value === undefined ? [] : [[key, value]];
    }),
  );
}
