import { isMainlandRegion } from "../../catalog/regions.ts";
import type { Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { refused } from "./errors.ts";

/**
 * Whether the account may order something that costs money.
 * @throws RealNameAuthenticationError, Forbidden.RiskControl, ORDER.ARREARAGE, PAY.INVALID_CREDIT_CARD, PAY.INSUFFICIENT_BALANCE
 */
export function checkPayment(call: Call): void {
  const { account } = call;
  if (!account.realName && isMainlandRegion(call.region)) {
    throw new CloudError(
      "RealNameAuthenticationError",
      403,
      "Your account has not passed the real-name authentication yet.",
    );
  }
  if (account.riskControl) {
    throw new CloudError("Forbidden.RiskControl", 403, "This operation is forbidden by Aliyun RiskControl system.");
  }
  if (account.arrears) throw refused("ORDER.ARREARAGE", "The account is arrearage.");
  if (!account.payMethod) throw refused("PAY.INVALID_CREDIT_CARD", "No valid payment method is bound to the account.");
  if (account.balance <= 0) {
    throw refused("PAY.INSUFFICIENT_BALANCE", "Your account does not have enough balance.");
  }
}

/** Cloud time at which a subscription of 1 to 9 months, or 1 to 3 years, from now on ends. */
export function paidAhead(call: Call, parameter: "Period" | "Duration"): number {
  const cycle = call.params.choice("PricingCycle", ["Month", "Year"]) ?? "Month";
  const count = call.params.integer(parameter) ?? 1;
  const most = cycle === "Month" ? 9 : 3;
  if (count < 1 || count > most) throw refused("InvalidParameter", `Specified value of "${parameter}" is not valid.`);
  const end = new Date(call.now());
  end.setUTCMonth(end.getUTCMonth() + count * (cycle === "Month" ? 1 : 12));
  return end.getTime();
}
