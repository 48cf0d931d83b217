import type { Answer, Call } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import { hostOf, paidUntil, type UsageLog, usageLogs } from "./metering-log.ts";

/**
 * When what is paid ahead ends, and by how much it renews itself, as QueryAvailableInstances tells it: M for months, Y for
 * years (@alicloud/bssopenapi20171214 4.1.1). Weeks have no unit there: the length is left out.
 */
export function renewalFields(
  call: Call,
  { id, expiresAt }: { readonly id: string; readonly expiresAt?: number },
): Answer {
  if (expiresAt === undefined) return {};
  const { store, account } = call;
  const log = store.find(usageLogs, account.id, id);
  // A disk that is paid ahead is renewed with its host.
  const by: UsageLog | undefined =
    log?.ahead?.renewal === undefined && log !== undefined ? (hostOf(store, account.id, log.about) ?? log) : log;
  const EndTime = secondText((by && paidUntil(by, call.now())) ?? expiresAt);
  const renewal = by?.ahead?.renewal;
  if (renewal === undefined) return { EndTime, RenewStatus: "ManualRenewal" };
  if (renewal.unit === "Week") return { EndTime, RenewStatus: "AutoRenewal" };
  const years = renewal.count % 12 === 0;
  return {
    ...{ EndTime, RenewStatus: "AutoRenewal" },
    RenewalDuration: years ? renewal.count / 12 : renewal.count,
    RenewalDurationUnit: years ? "Y" : "M",
  };
}
