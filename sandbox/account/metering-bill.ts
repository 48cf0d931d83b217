import { Decimal } from "decimal.js";
import type { Amount } from "../../cost/amount.ts";
import type { Account } from "../core/accounts.ts";
import type { Action, Actions, Answer, Call } from "../core/call.ts";
import { invalid } from "../core/errors.ts";
import { cycleOf, type Stretch, settled } from "./metering.ts";
import { type BillLine, billLines } from "./metering-lines.ts";
import { chinaOffset } from "./metering-rules.ts";

/** Months that the API looks back (DescribeInstanceBill, 209402). */
const monthsBack = 18;
const mostRows = 300;
const defaultRows = 20;

/** Item and code of each thing in a bill, and what its use is counted in. */
const names: Readonly<Record<BillLine["meter"]["kind"], readonly [item: string, code: string, unit: string]>> = {
  host: ["Instance type", "InstanceType", "Hour"],
  image: ["Image", "ImageOs", "Hour"],
  "system-disk": ["System disk", "SystemDisk", "GB*Hour"],
  "data-disk": ["Data disk", "DataDisk", "GB*Hour"],
  bandwidth: ["Fixed bandwidth", "Bandwidth", "Mbps*Hour"],
  address: ["Instance fee", "InstanceRent", "Hour"],
  "nat-gateway": ["Instance fee", "InstanceRent", "Hour"],
  "lindorm-node": ["Node", "LindormNode", "Node*Hour"],
  "lindorm-storage": ["Storage", "LindormStorage", "GB*Hour"],
  tsdb: ["Instance", "TsdbInstance", "Hour"],
  snapshot: ["Snapshot size", "SnapshotSize", "GB*Hour"],
  other: ["Other", "Other", "Hour"],
};

/**
 * The bill of a month or of a day, by resource or by item.
 *
 * @throws MissingParameter.BillingCycle, InvalidParameter.BillingCycle, .Granularity, .BillingDate, .NextToken, .MaxResults
 */
const instanceBill: Action = (call): Answer => {
  const { params, account, store } = call;
  const stretch = stretchOf(call);
  const [product, subscription] = [params.text("ProductCode"), params.text("SubscriptionType")];
  const id = params.text("InstanceID");
  const byItem = params.flag("IsBillingItem") ?? false;
  const day = params.text("Granularity") === "DAILY" ? params.text("BillingDate") : undefined;
  const lines = billLines(store, account, stretch, call.now()).filter(
    (line) =>
      (product === undefined || line.about.product === product) &&
      (id === undefined || line.id === id) &&
      (subscription === undefined || subscriptionType(line) === subscription),
  );
  const rows = (byItem ? lines.map((line) => [line]) : byResource(lines)).map((of) => rowOf(of, account, byItem, day));
  const shown = params.flag("IsHideZeroCharge") === true ? rows.filter((row) => row["PretaxGrossAmount"] !== 0) : rows;
  const page = pageOf(call, shown);
  return {
    Code: "Success",
    Message: "Successful!",
    Success: true,
    Data: { BillingCycle: params.need("BillingCycle"), AccountID: account.id, AccountName: account.id, ...page },
  };
};

function stretchOf(call: Call): Stretch {
  const { params } = call;
  const cycle = params.need("BillingCycle");
  const month = /^\d{4}-\d{2}$/.test(cycle) ? cycleOf(cycle) : undefined;
  const now = call.now();
  if (month === undefined || month.from > now || month.from < oldest(now)) throw invalid("BillingCycle");
  if ((params.choice("Granularity", ["MONTHLY", "DAILY"]) ?? "MONTHLY") === "MONTHLY") return settled(month, now);
  const date = params.need("BillingDate");
  const day = date.startsWith(`${cycle}-`) ? cycleOf(date) : undefined;
  if (day === undefined) throw invalid("BillingDate");
  return settled(day, now);
}

function oldest(now: number): number {
  const here = new Date(now + chinaOffset);
  return Date.UTC(here.getUTCFullYear(), here.getUTCMonth() - monthsBack, 1) - chinaOffset;
}

function pageOf({ params }: Call, rows: readonly Answer[]): Answer {
  const size = params.integer("MaxResults") ?? defaultRows;
  if (size < 1 || size > mostRows) throw invalid("MaxResults");
  const token = params.text("NextToken");
  const start = token === undefined ? 0 : Number(Buffer.from(token, "base64").toString());
  if (!Number.isInteger(start) || start < 0 || start > rows.length) throw invalid("NextToken");
  const end = start + size;
  const next = end < rows.length ? { NextToken: Buffer.from(String(end)).toString("base64") } : {};
  return { TotalCount: rows.length, MaxResults: size, ...next, Items: rows.slice(start, end) };
}

function byResource(lines: readonly BillLine[]): readonly (readonly BillLine[])[] {
  const alike = Map.groupBy(lines, (line) => JSON.stringify([line.id, line.about.product, line.item]));
  return [...alike.values()];
}

function subscriptionType({ item }: BillLine): "Subscription" | "PayAsYouGo" {
  return item === "PayAsYouGoBill" ? "PayAsYouGo" : "Subscription";
}

function rowOf(lines: readonly BillLine[], account: Account, byItem: boolean, day: string | undefined): Answer {
  const [first] = lines;
  if (first === undefined) throw new Error("a row of nothing");
  const { about, region, id, item } = first;
  const { name, product, zone, spec, tags, resourceGroupId } = about;
  const ahead = subscriptionType(first) === "Subscription";
  return {
    InstanceID: id,
    NickName: name,
    ProductCode: product,
    ProductName: product,
    ProductDetail: `${product} (${ahead ? "subscription" : "pay-as-you-go"})`,
    PipCode: product,
    SubscriptionType: subscriptionType(first),
    Item: item,
    BillAccountID: account.id,
    OwnerID: account.id,
    Currency: account.site === "china" ? "CNY" : "USD",
    Region: region,
    Zone: zone,
    InstanceSpec: first.meter.kind === "host" ? first.meter.what : spec,
    ResourceGroup: resourceGroupId,
    Tag: tagText(tags),
    ...(day === undefined ? {} : { BillingDate: day }),
    ...periodOf(first),
    ...(byItem ? itemFields(first, account) : {}),
    ...amounts(lines, account),
  };
}

/** As the API writes tags: key:project value:china; key:stack value:shanghai */
function tagText(tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags)
    .map(([key, value]) => `key:${key} value:${value}`)
    .join("; ");
}

function periodOf({ seconds, term }: BillLine): Answer {
  if (seconds !== undefined) return { ServicePeriod: String(seconds), ServicePeriodUnit: "Second" };
  return term === undefined ? {} : { ServicePeriod: String(term.count), ServicePeriodUnit: term.unit };
}

function itemFields({ meter, seconds, list }: BillLine, account: Account): Answer {
  const [BillingItem, BillingItemCode, unit] = names[meter.kind];
  const named = { BillingItem, BillingItemCode, InstanceConfig: [meter.what, meter.level].filter(Boolean).join(" ") };
  if (seconds === undefined) return named;
  const Usage = new Decimal(meter.quantity).times(seconds).div(3_600).toDecimalPlaces(6).toFixed();
  if (list === undefined) return { ...named, Usage, UsageUnit: unit };
  const currency = account.site === "china" ? "CNY" : "USD";
  const ListPrice = list.over.div(list.under).div(meter.quantity).toDecimalPlaces(10).toFixed();
  return { ...named, Usage, UsageUnit: unit, ListPrice, ListPriceUnit: `${currency}/${unit.replace("*", "/")}` };
}

/** Amounts of what has a price, each rounded to six decimals; a resource with one that has none has no amount. */
function amounts(lines: readonly BillLine[], { discountPercent = 0, taxPercent = 0 }: Account): Answer {
  let [gross, discount, tax] = [new Decimal(0), new Decimal(0), new Decimal(0)];
  for (const line of lines) {
    if (line.gross === undefined) return {};
    const own = six(line.gross);
    const off = own.times(discountPercent).div(100).toDecimalPlaces(6);
    gross = gross.plus(own);
    discount = discount.plus(off);
    tax = tax.plus(own.minus(off).times(taxPercent).div(100).toDecimalPlaces(6));
  }
  const pretax = gross.minus(discount).toNumber();
  return {
    PretaxGrossAmount: gross.toNumber(),
    InvoiceDiscount: discount.toNumber(),
    PretaxAmount: pretax,
    AfterDiscountAmount: pretax,
    PaymentAmount: gross.minus(discount).plus(tax).toNumber(),
    CashAmount: gross.minus(discount).plus(tax).toNumber(),
    Tax: tax.toNumber(),
    OutstandingAmount: 0,
    DeductedByCoupons: 0,
    DeductedByCashCoupons: 0,
    DeductedByPrepaidCard: 0,
    DeductedByResourcePackage: "0",
    AdjustAmount: 0,
  };
}

function six({ over, under }: Amount): Decimal {
  return over.div(under).toDecimalPlaces(6, Decimal.ROUND_HALF_UP);
}

export const billActions: Actions = { DescribeInstanceBill: instanceBill };
