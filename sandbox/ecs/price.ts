import type { PerformanceLevel } from "../../catalog/disks.ts";
import { apiWeeks } from "../../catalog/terms.ts";
import type { Actions, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import type { Params } from "../core/params.ts";
import { asDiskCategory, sizesOf } from "./instance-disks.ts";
import { chargeTypeViolation, needInstance } from "./instance-find.ts";
import { checkImageRuns, needImage, needType } from "./instance-type-checks.ts";
import { diskSum, hostSum, nothing, plus, type Span, type Sum, times } from "./price-sums.ts";
import { type Disk, disks } from "./rows.ts";

/** A part of a price, or the reason why there is none. */
interface Part {
  readonly resource: string;
  readonly sum: Sum | undefined;
}

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

function instanceParts(call: Call, span: Span): readonly Part[] {
  const { params, region } = call;
  const id = params.text("InstanceType");
  if (id === undefined) {
    throw new CloudError(
      "InvalidInstanceType.Missing",
      404,
      "The InstanceType parameter that is mandatory for processing the request is not provided.",
    );
  }
  const type = needType(id);
  const image = params.text("ImageId");
  if (image !== undefined) checkImageRuns(needImage(image), type);
  const spot = (params.text("SpotStrategy") ?? "NoSpot") !== "NoSpot";
  const system = params.object("SystemDisk");
  const asksForSystem = system.text("Category") !== undefined || system.text("Size") !== undefined;
  return [
    // What a spot host costs moves, and no record of it is there.
    { resource: "instanceType", sum: spot ? undefined : hostSum(region, id, span) },
    ...(asksForSystem ? [diskPart(call, system, "system", span)] : []),
    ...params.objects("DataDisk").map((disk) => diskPart(call, disk, "data", span)),
    ...bandwidthPart(params),
  ];
}

/** Traffic is paid for as it flows; a fixed bandwidth has a price in one region only, read years ago. */
function bandwidthPart(params: Params): readonly Part[] {
  const fixed = params.text("InternetChargeType") === "PayByBandwidth";
  return fixed && (params.integer("InternetMaxBandwidthOut") ?? 0) > 0
    ? [{ resource: "bandwidth", sum: undefined }]
    : [];
}

function diskPart(call: Call, asked: Params, type: Disk["type"], span: Span): Part {
  const category = asDiskCategory(asked.text("Category") ?? "cloud_efficiency");
  const parameter = type === "system" ? "SystemDisk" : "DataDisk";
  const refused = (what: "Category" | "Size") =>
    new CloudError(
      `Invalid${parameter}${what}.ValueNotSupported`,
      400,
      `The specified parameter "${parameter}.${what}" is not valid.`,
    );
  if (category === undefined) throw refused("Category");
  const level = category === "cloud_essd" ? (asked.choice("PerformanceLevel", levels) ?? "PL1") : undefined;
  const GiB = asked.integer("Size") ?? (type === "system" ? 20 : 0);
  const { least, most } = sizesOf(type, category, level ?? "");
  if (GiB < least || GiB > most) throw refused("Size");
  return { resource: `${type}Disk`, sum: diskSum(call.region, { category, level, GiB }, span) };
}

const levels: readonly PerformanceLevel[] = ["PL0", "PL1", "PL2", "PL3"];

/** One disk, by the hour only. */
function singleDiskParts(call: Call, span: Span): readonly Part[] {
  const [disk] = call.params.objects("DataDisk");
  if (disk?.text("Category") === undefined) {
    throw new CloudError(
      "InvalidDiskCategory.Missing",
      404,
      "The DataDisk.1.Category parameter that is mandatory for processing the request is not provided.",
    );
  }
  return [diskPart(call, disk, "data", span)];
}

/** A list price in CNY for accounts of the China site. @throws PriceNotFound when one part of it has none */
function answer(call: Call, parts: readonly Part[], span: Span, amount: number) {
  if (call.account.site !== "china") throw priceNotFound();
  const digits = span.unit === "hour" ? 6 : 2;
  const number = (value: Sum["original"]) => value.toDecimalPlaces(digits).toNumber();
  const fields = ({ original, trade }: Sum) => ({
    OriginalPrice: number(original),
    DiscountPrice: number(original.minus(trade)),
    TradePrice: number(trade),
  });
  const sums = parts.map(({ resource, sum }) => {
    if (sum === undefined) throw priceNotFound();
    return { resource, sum: times(sum, amount) };
  });
  const total = sums.reduce((all, { sum }) => plus(all, sum), nothing);
  return {
    PriceInfo: {
      Price: {
        Currency: "CNY",
        ...fields(total),
        DetailInfos: {
          DetailInfo: sums.map(({ resource, sum }) => ({ Resource: resource, ...fields(sum), SubRules: { Rule: [] } })),
        },
      },
      Rules: { Rule: [] },
    },
  };
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
    if (type !== "instance" && type !== "disk") {
      if (type === "bandwidth" || type === "diskperformance" || type === "ddh") throw priceNotFound();
      throw new CloudError(
        "InvalidResourceType.ValueNotSupported",
        400,
        "The specified parameter ResourceType is not valid.",
      );
    }
    const parts = (asked: Span) => (type === "disk" ? singleDiskParts(call, asked) : instanceParts(call, asked));
    if (span !== undefined) return answer(call, parts(span), span, amount);
    // What is wrong with the question is said first, also for a term that has no price.
    parts({ unit: "hour" });
    throw priceNotFound();
  },

  DescribeRenewalPrice(call) {
    const instance = needInstance(call, call.params.need("ResourceId"));
    if (instance.chargeType !== "PrePaid") throw chargeTypeViolation();
    const span = spanOf(call, "Month");
    if (span === undefined || span.unit === "hour") throw invalidPeriod();
    const own = call.list(disks).filter((disk) => disk.instanceId === instance.id && disk.chargeType === "PrePaid");
    const parts = own.map((disk): Part => {
      const category = asDiskCategory(disk.category);
      const level = levels.find((one) => one === disk.performanceLevel);
      const sum = category && diskSum(instance.region, { category, level, GiB: disk.sizeGiB }, span);
      return { resource: `${disk.type}Disk`, sum };
    });
    const host = { resource: "instanceType", sum: hostSum(instance.region, instance.type, span) };
    return answer(call, [host, ...parts], span, 1);
  },

  /** No spot price of any day is in the catalogue, so the history is empty: a made-up one could be believed. */
  DescribeSpotPriceHistory(call) {
    call.needRegion();
    call.params.need("NetworkType");
    needType(call.params.need("InstanceType"));
    return { Currency: "CNY", NextOffset: 0, SpotPrices: { SpotPriceType: [] } };
  },
};
