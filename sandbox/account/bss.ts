import { Decimal } from "decimal.js";
import { diskCategories } from "../../catalog/disks.ts";
import { pricedTypes } from "../../catalog/prices.ts";
import type { Action, Actions, Answer, Call } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import { CloudError, invalid } from "../core/errors.ts";
import { billed, inventory } from "../inventory.ts";
import { hourlyCost, noPrice, type PricedModule, readConfig, subscriptionCost } from "./bss-prices.ts";
import { billActions } from "./metering-bill.ts";
import { renewalFields } from "./metering-renewals.ts";

function success(data: Answer): Answer {
  return { Code: "Success", Message: "Successful!", Success: true, Data: data };
}

const balance: Action = ({ account }): Answer => {
  const amount = new Decimal(account.balance).toFixed(2);
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

function modulesOf(call: Call): readonly PricedModule[] {
  if (call.params.need("ProductCode") !== "ecs") throw noPrice();
  const modules = call.params.objects("ModuleList").map((module) => ({
    code: module.need("ModuleCode"),
    config: readConfig(module.need("Config")),
  }));
  if (modules.length === 0) throw invalid("ModuleList");
  return modules;
}

const payAsYouGoPrice: Action = (call): Answer => {
  const region = call.params.need("Region");
  const costs = modulesOf(call).map((module) => ({ module, cost: hourlyCost(region, module) }));
  return success({
    Currency: "CNY",
    ModuleDetails: { ModuleDetail: costs.map(({ module, cost }) => moduleDetail(module, cost)) },
    PromotionDetails: { PromotionDetail: [] },
  });
};

const subscriptionPrice: Action = (call): Answer => {
  const { params } = call;
  const region = params.need("Region");
  const quantity = params.integer("Quantity") ?? 1;
  const unit = params.choice("ServicePeriodUnit", ["Month", "Year"]) ?? "Month";
  const months = (params.integer("ServicePeriodQuantity") ?? 1) * (unit === "Year" ? 12 : 1);
  if (quantity < 1 || months < 1) throw invalid("ServicePeriodQuantity");
  const costs = modulesOf(call).map((module) => ({ module, cost: subscriptionCost(region, module, months) }));
  const total = costs.reduce((sum, { cost }) => sum.plus(cost), new Decimal(0)).times(quantity);
  return success({
    Currency: "CNY",
    Quantity: quantity,
    OriginalPrice: amount(total),
    DiscountPrice: 0,
    TradePrice: amount(total),
    ModuleDetails: { ModuleDetail: costs.map(({ module, cost }) => moduleDetail(module, cost)) },
    PromotionDetails: { PromotionDetail: [] },
  });
};

function moduleDetail(module: PricedModule, cost: Decimal): Answer {
  return {
    ModuleCode: module.code,
    OriginalCost: amount(cost),
    CostAfterDiscount: amount(cost),
    InvoiceDiscount: 0,
    UnitPrice: amount(cost),
  };
}

/** The API tells money as a number: rounded once, here. */
function amount(cost: Decimal): number {
  return cost.toDecimalPlaces(6, Decimal.ROUND_HALF_UP).toNumber();
}

const hostTypes = "cn-shanghai";

/** What can be asked a price of: for ECS its type and its disks. */
const pricingModule: Action = (call): Answer => {
  if (call.params.need("ProductCode") !== "ecs") {
    throw new CloudError("ProductNotFind", 400, "Cannot find product with this product code.");
  }
  const priceType = call.params.text("SubscriptionType") === "PayAsYouGo" ? "Hour" : "Month";
  const module = (code: string, configs: readonly string[]) => ({
    ModuleCode: code,
    ModuleName: code,
    PriceType: priceType,
    Currency: "CNY",
    ConfigList: { ConfigList: configs },
  });
  const attribute = (code: string, unit: string, values: readonly string[]) => ({
    Code: code,
    Name: code,
    Unit: unit,
    Values: { AttributeValue: values.map((value) => ({ Value: value, Name: value, Type: "single", Remark: "" })) },
  });
  const disk = (code: string) => module(code, [`${code}.Category`, `${code}.Size`, `${code}.PerformanceLevel`]);
  return success({
    ModuleList: { Module: [module("InstanceType", ["InstanceType"]), disk("SystemDisk"), disk("DataDisk")] },
    AttributeList: {
      Attribute: [
        attribute("InstanceType", "", pricedTypes(hostTypes)),
        ...["SystemDisk", "DataDisk"].map((code) => attribute(`${code}.Category`, "", diskCategories)),
      ],
    },
  });
};

/** API BssOpenApi 2017-12-14. Prices are the catalogue's; what it has no price of has none here. */
export const bssActions: Actions = {
  ...billActions,
  QueryAccountBalance: balance,
  QueryAvailableInstances: availableInstances,
  GetPayAsYouGoPrice: payAsYouGoPrice,
  GetSubscriptionPrice: subscriptionPrice,
  DescribePricingModule: pricingModule,
};
