import { Decimal } from "decimal.js";
import { bandwidthPrice } from "../catalog/bandwidth-prices.ts";
import { diskPrice } from "../catalog/disk-prices.ts";
import type { DiskCategory, PerformanceLevel } from "../catalog/disks.ts";
import type { Confidence, Fact } from "../catalog/fact.ts";
import { parseTypeName } from "../catalog/instance-types.ts";
import { lindormNode } from "../catalog/lindorm.ts";
import { networkPrice } from "../catalog/network-prices.ts";
import { lindormReferences, whyNoPrice } from "../catalog/no-prices.ts";
import { hourlyPrice } from "../catalog/prices.ts";
import { savingsPlanCovers, savingsPlanFactor } from "../catalog/savings-plans.ts";
import { monthPrice, monthRatio, type Site, termFactor, weekOfMonth } from "../catalog/term-prices.ts";
import { type Amount, amount, compare, times } from "./amount.ts";
import { bandwidthCost } from "./bandwidth.ts";
import type { BillableItem } from "./items.ts";
import { type OwnPay, type Pay, payAsYouGo, type SavingsPlan, type Term, termText } from "./pay.ts";
import type { PriceBook, PriceFact, Quote } from "./quote.ts";

/**
 * The dated list prices of the China site, in CNY. For an account of the other site they show the size and nothing else:
 * the two lists are two worlds, and nothing is converted.
 */
export function catalogueBook(site: Site): PriceBook {
  return { name: "catalogue", site, currency: "CNY", otherSite: site !== "china", notes: [], quote };
}

function quote(item: BillableItem, pay: Pay): Quote {
  if (pay.kind === "savings-plan") return inPlan(item, pay);
  switch (item.kind) {
    case "host":
      return host(item, pay);
    case "system-disk":
    case "data-disk":
      return disk(item, pay);
    case "bandwidth":
      return bandwidth(item, pay);
    case "lindorm-node":
    case "lindorm-storage":
      return lindorm(item);
    case "nat-gateway":
    case "address":
      return network(item.region, item.kind);
    case "tsdb":
      return unknown(whyNoPrice("tsdb").why);
    case "image":
      return unknown("a paid image: its fee stands in the marketplace only");
    case "other":
      return unknown("no part of this model: it may cost money");
  }
}

function host(item: BillableItem, pay: OwnPay): Quote {
  if (pay.kind === "spot") return unknown("spot: the price moves");
  if (pay.kind === "pay-as-you-go") {
    const price = hourlyPrice(item.region, item.what);
    return price === undefined
      ? unknown(`no list price of ${item.what} in ${item.region}`)
      : priced(times(amount(price.amount), item.quantity), "hour", price);
  }
  const month = monthOf(item.region, item.what);
  const family = parseTypeName(item.what)?.family ?? item.what;
  if (month === undefined) return unknown(`no list price of a month of ${family} in ${item.region}`);
  return termOf(times(month.amount, item.quantity), month.from, pay.term, family);
}

/** A month as the cloud quoted it, or the hours that a month of the family costs. */
function monthOf(region: string, type: string): { readonly amount: Amount; readonly from: Fact } | undefined {
  const quoted = monthPrice(region, type);
  if (quoted !== undefined) return { amount: amount(quoted.amount), from: quoted };
  const hour = hourlyPrice(region, type);
  const ratio = monthRatio(parseTypeName(type)?.family ?? "");
  if (hour === undefined || ratio === undefined) return undefined;
  const confidence: Confidence = ratio.confidence ?? "inferred";
  const source = `${hour.source}; a month is ${ratio.hours} hours: ${ratio.source}`;
  return { amount: times(amount(hour.amount), ratio.hours), from: { source, observedAt: hour.observedAt, confidence } };
}

/** Months at the list price of one; longer terms only by a factor of exactly this family; weeks and averages as a size. */
function termOf(month: Amount, from: Fact, term: Term, family: string): Quote {
  if (term.unit === "week") {
    const weeks = times(month, new Decimal(weekOfMonth.factor).times(term.count));
    return size(weeks, weeks, "term", "no list price of a week; one old row shows the size", [weekOfMonth]);
  }
  if (term.count < 12) return priced(times(month, term.count), "term", from);
  const own = termFactor("china", family, term.count);
  const average = termFactor("china", "average", term.count);
  const row = own ?? average;
  if (row === undefined) return unknown(`no factor of ${termText(term)} for ${family}`);
  const total = times(month, new Decimal(row.factor).times(term.count));
  const why =
    own === undefined
      ? `no factor of ${termText(term)} for ${family}; the average of all types, ${row.observedAt}, shows the size`
      : `one factor of ${termText(term)} for ${family}, from a third party and rounded`;
  return own !== undefined && own.confidence === undefined
    ? priced(total, "term", own)
    : size(total, total, "term", why, [row]);
}

function disk(item: BillableItem, pay: OwnPay): Quote {
  const price = diskPrice(item.region, item.what as DiskCategory, item.level as PerformanceLevel | undefined);
  if (price === undefined) return unknown(whyNoPrice("disk").why);
  const month = times(amount(price.amount), item.quantity);
  // A spot host's disks are paid by the hour.
  if (pay.kind !== "subscription") return priced(times(month, 1, price.hoursInMonth), "hour", price);
  const { term } = pay;
  if (term.unit === "month" && term.count < 12) return priced(times(month, term.count), "term", price);
  return sizeOfTerm(month, term, "disks", price);
}

/** Between the average discount of hosts and none at all. */
function sizeOfTerm(month: Amount, term: Term, what: string, price: Fact): Quote {
  const average = term.unit === "week" ? undefined : termFactor("china", "average", term.count);
  const full = times(month, term.unit === "week" ? new Decimal(weekOfMonth.factor).times(term.count) : term.count);
  const low = average === undefined ? full : times(full, average.factor);
  return size(low, full, "term", `no factor of ${termText(term)} for ${what}`, [price]);
}

/** A fixed bandwidth, Mbit/s, of a host's own public address or of an elastic one: each has its list. */
function bandwidth(item: BillableItem, pay: OwnPay): Quote {
  const charge = pay.kind === "subscription" ? "subscription" : "pay-as-you-go";
  const price = bandwidthPrice(item.region, item.withHost ? "host" : "address", charge);
  if (price === undefined) return unknown(`no list price of a fixed bandwidth in ${item.region}`);
  const cost = bandwidthCost(price, item.quantity);
  if (pay.kind !== "subscription") return priced(cost, "hour", price);
  const { term } = pay;
  if (term.unit === "month" && term.count < 12) return priced(times(cost, term.count), "term", price);
  return sizeOfTerm(cost, term, "bandwidth", price);
}

function network(region: string, what: "nat-gateway" | "address"): Quote {
  const price = networkPrice(region, what);
  return price === undefined
    ? unknown(whyNoPrice(what === "address" ? "eip" : what).why)
    : priced(amount(price.amount), "hour", price);
}

/** What a savings plan leaves of a price by the hour: that much money an hour has to be committed for it, used or not. */
function inPlan(item: BillableItem, { years, upfront }: SavingsPlan): Quote {
  const covers = savingsPlanCovers.kinds.find((kind) => kind === item.kind);
  if (covers === undefined || !item.withHost) {
    return unknown("a savings plan covers hosts, their system disks and their own fixed bandwidth");
  }
  const name = covers === "host" ? (parseTypeName(item.what)?.family ?? item.what) : item.what;
  const of = item.level === undefined ? name : `${name} ${item.level}`;
  const byHour = quote(item, payAsYouGo);
  const row = savingsPlanFactor({ years, upfront, covers, region: item.region, of });
  if (row === undefined) return unknown(`no discount of such a savings plan is known for ${of} in ${item.region}`);
  if (byHour.state !== "priced") return byHour;
  const left = times(byHour.amount, row.factor);
  return size(left, left, "hour", `the discount is an example of ${row.observedAt} and shows the size`, [row]);
}

/** Two contradicting figures, the lower first, for a month. */
function lindorm(item: BillableItem): Quote {
  const { why } = whyNoPrice("lindorm");
  const figures = lindormReferences.flatMap((row) => {
    if (item.kind === "lindorm-storage") return [{ month: amount(row.storagePerGBMonth), row }];
    const vcpu = lindormNode(item.what)?.vcpu;
    const node =
      row.perNodeMonth?.[item.what] ??
      (row.perVcpuMonth && vcpu ? new Decimal(row.perVcpuMonth).times(vcpu) : undefined);
    return node === undefined ? [] : [{ month: amount(node), row }];
  });
  const [low, high] = figures.map(({ month }) => times(month, item.quantity)).toSorted(compare);
  return low !== undefined && high !== undefined
    ? size(
        low,
        high,
        "month",
        why,
        figures.map(({ row }) => row),
      )
    : unknown(why);
}

function priced(total: Amount, per: "hour" | "term", from: Fact): Quote {
  return { state: "priced", amount: total, per, from: listFact(from) };
}

function size(low: Amount, high: Amount, per: "hour" | "term" | "month", why: string, from: readonly Fact[]): Quote {
  return { state: "size", low, high, per, why, from: from.map(listFact) };
}

function unknown(why: string): Quote {
  return { state: "unknown", why };
}

function listFact({ source, observedAt, confidence }: Fact): PriceFact {
  return { kind: "list", source, observedAt, ...(confidence === undefined ? {} : { confidence }) };
}
