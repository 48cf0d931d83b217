import { type QuotaName, quotaNames } from "../../catalog/account.ts";
import type { Action, Actions, Answer, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { tokenPage } from "../core/paging.ts";
import { addresses, vpcs } from "../vpc/rows.ts";

const products = [...new Set(quotaNames.map(({ product }) => product))];

function most({ account }: Call, of: QuotaName["of"]): number {
  const { quotas } = account;
  return {
    vpc: quotas.vpcs,
    vSwitch: quotas.vSwitchesPerVpc,
    address: quotas.addresses,
    natGateway: quotas.natGatewaysPerVpc,
  }[of];
}

/** Used is told for what is counted by region; 0 for what is counted in each VPC. */
function used(call: Call, of: QuotaName["of"]): number {
  if (of === "vpc") return call.list(vpcs).length;
  return of === "address" ? call.list(addresses).length : 0;
}

const list: Action = (call): Answer => {
  const product = call.params.need("ProductCode");
  if (!products.some((one) => one === product)) {
    throw new CloudError("PRODUCT.NOT.FOUND", 400, "The specified product is not found.");
  }
  const rows = quotaNames.filter((row) => row.product === product);
  const { rows: shown, fields } = tokenPage(rows, call.params);
  return {
    ...fields,
    Quotas: shown.map((row, n) => ({
      ProductCode: product,
      QuotaActionCode: `q_sandbox${n}`,
      QuotaName: row.names.at(-1) ?? "",
      QuotaCategory: "CommonQuota",
      QuotaUnit: "Count",
      TotalQuota: most(call, row.of),
      TotalUsage: used(call, row.of),
      Adjustable: true,
      Consumable: row.per === "region",
    })),
  };
};

/** API Quotas 2020-05-10: what else than hosts is counted. */
export const quotaActions: Actions = { ListProductQuotas: list };
