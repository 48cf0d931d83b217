import { instanceType } from "../../catalog/instance-types.ts";
import { isMainlandRegion } from "../../catalog/regions.ts";
import type { Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { instances } from "./rows.ts";

/**
 * What an account must be able to do before a host is sold to it.
 * @throws RealNameAuthenticationError, Forbidden.RiskControl, Account.Arrearage, InvalidPayMethod,
 * InvalidAccountStatus.NotEnoughBalance
 */
export function checkBuyer({ account, region }: Call): void {
  if (!account.realName && isMainlandRegion(region)) {
    throw new CloudError(
      "RealNameAuthenticationError",
      403,
      "Your account has not passed the real-name authentication yet.",
    );
  }
  if (account.riskControl) {
    throw new CloudError("Forbidden.RiskControl", 403, "This operation is forbidden by Aliyun RiskControl system.");
  }
  if (account.arrears) throw new CloudError("Account.Arrearage", 400, "Your account has been in arrears.");
  if (!account.payMethod) throw new CloudError("InvalidPayMethod", 403, "The specified pay method is not valid.");
  if (account.balance <= 0) {
    throw new CloudError("InvalidAccountStatus.NotEnoughBalance", 403, "Your account does not have enough balance.");
  }
}

const vcpus = new Map<string, number>();

export function vcpuOf(type: string): number {
  const known = vcpus.get(type) ?? instanceType(type)?.vcpu ?? 0;
  vcpus.set(type, known);
  return known;
}

/** vCPUs that the account has in the region of the call; hosts paid ahead count in neither. */
export function usedVcpus(call: Call): { readonly payAsYouGo: number; readonly spot: number } {
  let payAsYouGo = 0;
  let spot = 0;
  for (const { chargeType, type, spot: rule } of call.list(instances)) {
    if (chargeType === "PrePaid") continue;
    if (rule.strategy === "NoSpot") payAsYouGo += vcpuOf(type);
    else spot += vcpuOf(type);
  }
  return { payAsYouGo, spot };
}

/**
 * @param more vCPUs that are to be added
 * @throws QuotaExceed.ElasticQuota
 */
export function checkVcpuQuota(call: Call, more: number, isSpot: boolean): void {
  const used = usedVcpus(call);
  const { quotas } = call.account;
  const [have, most] = isSpot ? [used.spot, quotas.spotVcpu] : [used.payAsYouGo, quotas.vcpu];
  if (have + more <= most) return;
  throw new CloudError(
    "QuotaExceed.ElasticQuota",
    403,
    `The number of the specified ECS instances has exceeded the quota of the specified instance type: ${most} vCPUs, of which ${have} are used.`,
  );
}
