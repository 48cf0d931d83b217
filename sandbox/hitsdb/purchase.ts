import { region } from "../../catalog/regions.ts";
import type { Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { stockOf } from "../ecs/stock-rules.ts";
import { covers, soldOut } from "../stock.ts";
import { type VSwitch, vSwitches } from "../vpc/rows.ts";

/**
 * What an account must be able to do before anything is sold to it.
 *
 * @throws RealNameAuthenticationError, Forbidden.RiskControl, InvalidPayMethod, Account.Arrearage,
 * InvalidAccountStatus.NotEnoughBalance
 */
export function needBuyer({ account }: Call): void {
  if (!account.realName) {
    throw new CloudError(
      "RealNameAuthenticationError",
      403,
      "Your account has not passed the real-name authentication yet.",
    );
  }
  if (account.riskControl) {
    throw new CloudError("Forbidden.RiskControl", 403, "This operation is forbidden by the risk control system.");
  }
  if (!account.payMethod) {
    throw new CloudError("InvalidPayMethod", 403, "The account has no valid payment method.");
  }
  if (account.arrears) throw new CloudError("Account.Arrearage", 403, "Your account has an outstanding payment.");
  if (account.balance <= 0) {
    throw new CloudError("InvalidAccountStatus.NotEnoughBalance", 403, "Your account does not have enough balance.");
  }
}

/**
 * Whether databases are sold in the zone, and these things now.
 *
 * @param wanted specifications and disk categories that are to be bought
 * @throws Zone.NotOnSale, Resource.SoldOut
 */
export function needStock(call: Call, zone: string, wanted: readonly string[]): void {
  if (region(call.needRegion())?.lindorm !== true || !call.zones().includes(zone)) throw notOnSale();
  for (const rule of call.store.list(soldOut, "")) {
    if (rule.how === "LowStock" || !covers(rule, zone)) continue;
    if (rule.what !== "*" && !wanted.includes(rule.what)) continue;
    if (rule.how === "NotOnSale") throw notOnSale();
    throw new CloudError("Resource.SoldOut", 403, "The requested resource is sold out in the specified zone.");
  }
}

/** Whether a product is rehearsed to be off sale in a region or zone. */
export function isTaken(call: Call, place: string, product: "lindorm" | "tsdb"): boolean {
  const stock = stockOf(call)(place, product);
  return stock === "NotOnSale" || stock === "NoStock";
}

function notOnSale(): CloudError {
  return new CloudError("Zone.NotOnSale", 403, "The specified resource is not on sale in this zone.");
}

/** The vSwitch that a database goes into. @throws LindormErrorCode.VpcOrVswitchInvalid */
export function needVSwitch(call: Call, id: string, zone: string): VSwitch {
  const vSwitch = call.find(vSwitches, id);
  const vpcId = call.params.text("VPCId") ?? vSwitch?.vpcId;
  if (vSwitch === undefined || vSwitch.zone !== zone || vSwitch.vpcId !== vpcId) {
    throw new CloudError(
      "LindormErrorCode.VpcOrVswitchInvalid",
      400,
      "The VPC or the vSwitch is invalid: the vSwitch must exist in the VPC and in the specified zone.",
    );
  }
  return vSwitch;
}

/** @throws Commodity.NotFound, which is what the API says to any other word */
export function payTypeOf(text: string): "POSTPAY" | "PREPAY" {
  if (text === "POSTPAY" || text === "PREPAY") return text;
  throw new CloudError("Commodity.NotFound", 400, "The commodity is not found.");
}

/** Number of an order, as the APIs answer it. */
export function orderId(): number {
  return 200_000_000_000_000 + Math.floor(Math.random() * 99_999_999_999_999);
}
