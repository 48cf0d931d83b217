import { Decimal } from "decimal.js";
import type { Action, Actions, Answer } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import { CloudError } from "../core/errors.ts";
import { billed, inventory } from "../inventory.ts";
import { success } from "./bss-answer.ts";
import { priceActions } from "./bss-price-actions.ts";
import { savingsPlanActions } from "./bss-savings-plans.ts";
import { billActions } from "./metering-bill.ts";
import { renewalFields } from "./metering-renewals.ts";

const balance: Action = ({ account }): Answer => {
  const amount = new Decimal(account.arrears ? Math.min(account.balance, -1) : account.balance).toFixed(2);
  return success({
    AvailableAmount: amount,
    AvailableCashAmount: amount,
    CreditAmount: "0.00",
    MybankCreditAmount: "0.00",
    Currency: account.site === "china" ? "CNY" : "USD",
  });
};

/**
 * What the account pays for. The provider learns from a product of the other site, which answers NotApplicable, where
 * an account was opened.
 */
const availableInstances: Action = (call): Answer => {
  const { params, account } = call;
  const productType = params.text("ProductType") ?? "";
  const productCode = params.text("ProductCode");
  const region = params.text("Region");
  const ids = params.list("InstanceIDs");
  const subscription = params.text("SubscriptionType");
  const foreign = account.site === "china" ? productType.endsWith("_intl") : productType === "vipcloudfw";
  if (foreign) throw new CloudError("NotApplicable", 400, "This API is not applicable for caller.");
  const found = billed(inventory(call.store, account, call.now())).filter(
    (item) =>
      (productCode === undefined || item.product === productCode) &&
      (region === undefined || item.region === region) &&
      (ids.length === 0 || ids.includes(item.id)) &&
      (subscription === undefined || (item.pay === "subscription") === (subscription === "Subscription")),
  );
  const size = Math.min(300, Math.max(1, params.integer("PageSize") ?? 20));
  const number = Math.max(1, params.integer("PageNum") ?? 1);
  return success({
    TotalCount: found.length,
    PageNum: number,
    PageSize: size,
    InstanceList: found.slice((number - 1) * size, number * size).map((item) => ({
      OwnerId: Number(account.id),
      InstanceID: item.id,
      ProductCode: item.product,
      ProductType: "",
      Region: item.region,
      SubscriptionType: item.pay === "subscription" ? "Subscription" : "PayAsYouGo",
      Status: "Normal",
      CreateTime: secondText(item.createdAt),
      ...renewalFields(call, item),
    })),
  });
};

/** API BssOpenApi 2017-12-14. Prices are the catalogue's; what it has no price of has none here. */
export const bssActions: Actions = {
  ...billActions,
  ...priceActions,
  ...savingsPlanActions,
  QueryAccountBalance: balance,
  QueryAvailableInstances: availableInstances,
};
