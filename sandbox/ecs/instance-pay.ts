import { apiWeeks, renewalMonths, subscriptionTermsOf } from "../../catalog/terms.ts";
import type { Call } from "../core/call.ts";
import { CloudError, missing } from "../core/errors.ts";
import type { Instance } from "./rows.ts";

type Pay = Pick<Instance, "chargeType" | "period" | "periodUnit" | "expiresAt" | "renewal" | "spot">;

const noSpot = { strategy: "NoSpot", priceLimit: 0, duration: 0, interruption: "" };
const byHand = { status: "Normal", period: 0, unit: "" };

/**
 * How a new host is paid.
 * @throws InvalidInstanceChargeType.NotFound, InvalidPeriod, InvalidPeriodType.ValueNotSupported,
 * InvalidAutoRenewPeriod.ValueNotSupported, InvalidChargeType.ValueNotSupported, InvalidParameter.SpotStrategy ...
 */
export function payOf(call: Call): Pay {
  const { params } = call;
  const chargeType = params.text("InstanceChargeType") ?? "PostPaid";
  if (chargeType !== "PostPaid" && chargeType !== "PrePaid") {
    throw new CloudError(
      "InvalidInstanceChargeType.NotFound",
      404,
      "The InstanceChargeType does not exist in our records",
    );
  }
  if (chargeType === "PostPaid") {
    return { chargeType, period: 0, periodUnit: "", renewal: byHand, spot: spotOf(call) };
  }
  const { period, unit } = termOf(call);
  // Without a length: a week, a month, or a whole year after years (renewalByDefault in catalog/terms.ts).
  const length = params.integer("AutoRenewPeriod") ?? (unit === "Month" && period % 12 === 0 ? 12 : 1);
  const renewal = params.flag("AutoRenew") === true ? renewalOf(length, unit) : byHand;
  const expiresAt = later(call.now(), period, unit);
  return { chargeType, period, periodUnit: unit, expiresAt, renewal, spot: noSpot };
}

/**
 * The term of a purchase paid ahead.
 * @throws InvalidPeriod, InvalidPeriodType.ValueNotSupported
 */
export function termOf(call: Call): { readonly period: number; readonly unit: "Week" | "Month" } {
  const { params, account } = call;
  const unit = params.text("PeriodUnit") ?? "Month";
  const weekly = unit === "Week" && account.site === "china";
  if (unit !== "Month" && !weekly) {
    throw new CloudError("InvalidPeriodType.ValueNotSupported", 400, "The specified parameter PeriodType is invalid.");
  }
  const period = params.integer("Period") ?? 0;
  const allowed = weekly ? apiWeeks.weeks : (subscriptionTermsOf("ecs", account.site)?.months ?? []);
  if (!allowed.includes(period)) throw new CloudError("InvalidPeriod", 400, "The specified period is not valid.");
  return { period, unit: weekly ? "Week" : "Month" };
}

/** @throws InvalidAutoRenewPeriod.ValueNotSupported */
export function renewalOf(period: number, unit: string): Instance["renewal"] {
  const allowed = { Week: [1, 2, 3], Month: renewalMonths.ecs.months, Year: [1, 2, 3] }[unit];
  if (!allowed?.includes(period)) {
    throw new CloudError("InvalidAutoRenewPeriod.ValueNotSupported", 400, "The specified autoRenewPeriod is invalid.");
  }
  return { status: "AutoRenewal", period, unit };
}

function spotOf({ params }: Call): Instance["spot"] {
  const strategy = params.choice("SpotStrategy", ["NoSpot", "SpotAsPriceGo", "SpotWithPriceLimit"]) ?? "NoSpot";
  if (strategy === "NoSpot") return noSpot;
  if (params.flag("DeletionProtection") === true) throw noProtection();
  const priceLimit = params.decimal("SpotPriceLimit") ?? 0;
  if (strategy === "SpotWithPriceLimit" && priceLimit <= 0) throw missing("SpotPriceLimit");
  const duration = params.integer("SpotDuration") ?? 1;
  if (duration !== 0 && duration !== 1) {
    throw new CloudError("InvalidSpotDuration", 400, "The specified parameter SpotDuration is not valid.");
  }
  const interruption = params.text("SpotInterruptionBehavior") ?? "Terminate";
  if (interruption !== "Terminate" && interruption !== "Stop") {
    throw new CloudError(
      "InvalidSpotInterruptionBehavior",
      400,
      "The specified parameter SpotInterruptionBehavior is not valid.",
    );
  }
  return { strategy, priceLimit: strategy === "SpotWithPriceLimit" ? priceLimit : 0, duration, interruption };
}

/** Deletion protection is for hosts by the hour that are not spot. */
export function noProtection(): CloudError {
  return new CloudError(
    "InvalidChargeType.ValueNotSupported",
    403,
    "The operation is not permitted due to deletion protection only support postPaid instance",
  );
}

/** A time so many weeks, months or years later, milliseconds. */
export function later(from: number, count: number, unit: string): number {
  if (unit === "Week") return from + count * 7 * 24 * 3_600_000;
  const date = new Date(from);
  date.setUTCMonth(date.getUTCMonth() + count * (unit === "Year" ? 12 : 1));
  return date.getTime();
}

/** When what was paid ahead ends, automatic renewals counted in; undefined for a host by the hour. */
export function paidUntil(instance: Instance, now: number): number | undefined {
  const { expiresAt, renewal } = instance;
  if (expiresAt === undefined || renewal.status !== "AutoRenewal" || renewal.period < 1) return expiresAt;
  let until = expiresAt;
  while (until <= now) until = later(until, renewal.period, renewal.unit);
  return until;
}

/** Number of an order, as the API answers it. */
export function orderId(): string {
  return String(200_000_000_000_000 + Math.floor(Math.random() * 99_999_999_999_999));
}
