import { renewalByDefault } from "../../catalog/terms.ts";

const day = 86_400_000;
/** Bills follow China's clock: UTC+8, milliseconds. */
const chinaOffset = 8 * 3_600_000;

/** Days ahead in which renewals are told. */
export const renewalHorizon = 60;

/** Something that is paid ahead, as QueryAvailableInstances tells it. */
export interface Subscription {
  readonly id: string;
  readonly name: string;
  readonly product: string;
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
  readonly renewsItself: boolean;
  /** By how much; absent where the API does not say. */
  readonly renewal?: { readonly unit: "week" | "month"; readonly count: number };
}

/** A subscription that ends or renews itself soon. */
export interface Renewal {
  readonly id: string;
  readonly name: string;
  readonly product: string;
  readonly region: string;
  readonly does: "renews" | "ends";
  /** yyyy-mm-dd, China's clock. */
  readonly on: string;
  readonly renewal?: Subscription["renewal"];
  /** Last day on which the renewal can be called off before it is first tried; it may be past. */
  readonly cancelBy?: string;
  readonly tooLate?: boolean;
  readonly how: string;
}

/** What ends or renews itself in the next days, the first one first. @param now milliseconds since 1970 */
export function renewalsSoon(
  subscriptions: readonly Subscription[],
  now: number,
  days: number = renewalHorizon,
): readonly Renewal[] {
  return subscriptions
    .filter(({ endsAt }) => endsAt >= now && endsAt <= now + days * day)
    .toSorted((a, b) => a.endsAt - b.endsAt || a.name.localeCompare(b.name))
    .map((one) => renewalOf(one, now));
}

function renewalOf({ endsAt, renewsItself, ...one }: Subscription, now: number): Renewal {
  const { id, name, product, region, renewal } = one;
  const shared = { id, name, product, region, on: dayText(endsAt), ...(renewal === undefined ? {} : { renewal }) };
  if (!renewsItself) return { ...shared, does: "ends", how: "it ends by itself; renew it by hand to keep it" };
  const firstTry = endsAt - renewalByDefault.firstTryDaysBefore * day;
  // The try may be at any hour of its day: the day before it is the last one that is safe.
  const cancelBy = dayText(firstTry - day);
  return { ...shared, does: "renews", cancelBy, tooLate: cancelBy < dayText(now), how: howToCancel(product) };
}

function dayText(at: number): string {
  return new Date(at + chinaOffset).toISOString().slice(0, 10);
}

/** A host's renewal is in the stack file; what is bought otherwise is set in the console. */
function howToCancel(product: string): string {
  return product === "ecs" || product === "yundisk"
    ? "pay: { subscription: { ..., renew: never } } in the stack file and deploy, or Expenses > Renewal in the console"
    : "Expenses > Renewal in the console";
}
