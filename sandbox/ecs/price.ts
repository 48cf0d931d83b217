import { apiWeeks } from "../../catalog/terms.ts";
import type { Actions, Call } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import { CloudError } from "../core/errors.ts";
import { spotPrices } from "../stock.ts";
import { asDiskCategory } from "./instance-disks.ts";
import { chargeTypeViolation, needInstance } from "./instance-find.ts";
import { needType } from "./instance-type-checks.ts";
import { priceListOf } from "./price-list.ts";
import { instanceParts, levels, type Part, singleDiskPart, trafficPart } from "./price-parts.ts";
import { discounted, nothing, type PriceList, plus, type Span, type Sum, times } from "./price-sums.ts";
import { disks } from "./rows.ts";

function priceNotFound(): CloudError {
  return new CloudError(
    "PriceNotFound",
    400,
    "The price of your queried resource is not available now, please try other resources.",
  );
}

function invalidPeriod(): CloudError {
  return new CloudError("InvalidPeriod", 400, "The specified period is not valid.");
}

/**
 * What is to be paid for; undefined for a term that no price is known of.
 * @throws InvalidPriceUnit.ValueNotSupported, InvalidPeriod
 */
function spanOf({ params, account }: Call, byDefault: string): Span | undefined {
  const unit = params.text("PriceUnit") ?? byDefault;
  const period = params.integer("Period") ?? 1;
  const most: Readonly<Record<string, number>> = {
    Hour: 1,
    Month: 9,
    Year: 5,
    ...(account.site === "china" ? { Week: Math.max(...apiWeeks.weeks) } : {}),
  };
  const limit = Object.hasOwn(most, unit) ? most[unit] : undefined;
  if (limit === undefined) {
    throw new CloudError("InvalidPriceUnit.ValueNotSupported", 400, "The specified parameter PriceUnit is not valid.");
  }
  if (period < 1 || period > limit) throw invalidPeriod();
  if (unit === "Hour") return { unit: "hour" };
  if (unit === "Week") return undefined;
  return { unit: "month", months: unit === "Year" ? period * 12 : period };
}

interface Asked {
  readonly parts: readonly Part[];
  /** Digits of the answer's figures. */
  readonly digits: number;
  readonly amount: number;
  /** Whether it tells the parts: for hosts alone. */
  readonly details: boolean;
}

/** @throws PriceNotFound when one part of it has none */
function answer(call: Call, list: PriceList, { parts, digits, amount, details }: Asked) {
  const number = (value: Sum["original"]) => value.toDecimalPlaces(digits);
  const fields = ({ original, trade }: Sum) => ({
    OriginalPrice: number(original).toNumber(),
    // What is taken off, as the two others show it.
    DiscountPrice: number(original).minus(number(trade)).toNumber(),
    TradePrice: number(trade).toNumber(),
  });
  const sums = parts.map(({ resource, sum }) => {
    if (sum === undefined) throw priceNotFound();
    return { resource, sum: discounted(times(sum, amount), call.account.discountPercent) };
  });
  const total = sums.reduce((all, { sum }) => plus(all, sum), nothing);
  const DetailInfo = sums.map(({ resource, sum }) => ({ Resource: resource, ...fields(sum), SubRules: { Rule: [] } }));
  return {
    PriceInfo: {
      Price: { Currency: list.currency, ...fields(total), ...(details ? { DetailInfos: { DetailInfo } } : {}) },
      Rules: { Rule: [] },
    },
  };
}

/** For an account without a list: what is wrong with a question is said all the same, and then that there is no price. */
const noList: PriceList = { currency: "CNY", host: () => undefined, disk: () => undefined, bandwidth: () => undefined };

function digitsOf(span: Span): number {
  return span.unit === "hour" ? 6 : 2;
}

export const priceActions: Actions = {
  DescribePrice(call) {
    call.needRegion();
    const { params } = call;
    const type = params.text("ResourceType") ?? "instance";
    const amount = params.integer("Amount") ?? 1;
    if (amount < 1 || amount > 1_000) {
      throw new CloudError("InvalidAmount.Malformed", 403, "The specified parameter Amount is not valid.");
    }
    const span = spanOf(call, "Hour");
    const list = priceListOf(call) ?? noList;
    const byHour = { digits: digitsOf({ unit: "hour" }), amount, details: false };
    if (!["instance", "disk", "bandwidth"].includes(type)) {
      if (type === "diskperformance" || type === "ddh") throw priceNotFound();
      throw new CloudError(
        "InvalidResourceType.ValueNotSupported",
        400,
        "The specified parameter ResourceType is not valid.",
      );
    }
    if (type === "disk") return answer(call, list, { ...byHour, parts: [singleDiskPart(call, list)] });
    if (type === "bandwidth") return answer(call, list, { ...byHour, parts: [trafficPart(call, list)] });
    // What is wrong with the question is said first, also for a term that has no price.
    const parts = instanceParts(call, list, span ?? { unit: "hour" });
    if (span === undefined) throw priceNotFound();
    return answer(call, list, { parts, digits: digitsOf(span), amount, details: true });
  },

  DescribeRenewalPrice(call) {
    const instance = needInstance(call, call.params.need("ResourceId"));
    if (instance.chargeType !== "PrePaid") throw chargeTypeViolation();
    const span = spanOf(call, "Month");
    if (span === undefined || span.unit === "hour") throw invalidPeriod();
    const list = priceListOf(call) ?? noList;
    const { region } = instance;
    const own = call.list(disks).filter((disk) => disk.instanceId === instance.id && disk.chargeType === "PrePaid");
    const parts = own.map((disk): Part => {
      const category = asDiskCategory(disk.category);
      const level = levels.find((one) => one === disk.performanceLevel);
      const sum = category && list.disk(region, { category, level, GiB: disk.sizeGiB }, span);
      return { resource: `${disk.type}Disk`, sum };
    });
    const host = { resource: "instanceType", sum: list.host(region, instance.type, span) };
    const fixed = instance.internetChargeType === "PayByBandwidth" && instance.bandwidthOut > 0;
    const line = fixed ? [{ resource: "bandwidth", sum: list.bandwidth(region, instance.bandwidthOut, span) }] : [];
    return answer(call, list, { parts: [host, ...parts, ...line], digits: digitsOf(span), amount: 1, details: true });
  },

  /** No spot price of any day is in the catalogue: the history is empty but for rehearsed ones, a made-up one could be believed. */
  DescribeSpotPriceHistory(call) {
    call.needRegion();
    const NetworkType = call.params.need("NetworkType");
    const type = needType(call.params.need("InstanceType")).id;
    const zone = call.params.text("ZoneId");
    const rows = call.store
      .list(spotPrices, "")
      .filter((row) => row.type === type && row.zone.startsWith(call.region) && (zone ?? row.zone) === row.zone);
    return {
      Currency: call.account.site === "china" ? "CNY" : "USD",
      NextOffset: 0,
      SpotPrices: {
        SpotPriceType: rows.map((row) => ({
          ...{ ZoneId: row.zone, InstanceType: type, NetworkType, IoOptimized: "optimized" },
          ...{ SpotPrice: row.price, OriginPrice: row.price, Timestamp: secondText(call.now()) },
        })),
      },
    };
  },
};
