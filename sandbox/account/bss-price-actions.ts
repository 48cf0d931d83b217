import { Decimal } from "decimal.js";
import { diskCategories } from "../../catalog/disks.ts";
import { pricedTypes } from "../../catalog/prices.ts";
import type { Action, Actions, Answer, Call } from "../core/call.ts";
import { CloudError, invalid } from "../core/errors.ts";
import { priceListOf } from "../ecs/price-list.ts";
import { discounted, nothing, plus, type Sum, times } from "../ecs/price-sums.ts";
import { noPrice, success } from "./bss-answer.ts";
import { type AskedModule, type PriceModule, priceModules, type Question, readConfig } from "./bss-prices.ts";

/** The most that one question may have. */
const mostModules = 50;

const priceTypes = ["Hour", "Usage", "Day", "Month", "Year"] as const;

/**
 * What is asked a price of.
 *
 * @param byUse a module then says by which unit
 * @throws InvalidParameter.ModuleList for none of them and for more than fifty, MissingParameter
 */
function modulesOf({ params }: Call, byUse: boolean): readonly AskedModule[] {
  const modules = params.objects("ModuleList");
  if (modules.length === 0) throw invalid("ModuleList");
  if (modules.length > mostModules) throw invalid("ModuleList", `No more than ${mostModules} modules are allowed.`);
  return modules.map((module) => {
    if (byUse) module.need("PriceType");
    return {
      code: module.need("ModuleCode"),
      config: readConfig(module.need("Config")),
      priceType: module.choice("PriceType", priceTypes),
    };
  });
}

interface Priced {
  readonly code: string;
  readonly sum: Sum;
}

/** All prices of a question, or none: one module without a pricing plan fails all of them. */
function pricesOf(
  call: Call,
  modules: readonly AskedModule[],
  price: (plan: PriceModule, asked: Question, module: AskedModule) => Sum | undefined,
): { readonly currency: string; readonly prices: readonly Priced[] } {
  const plans = priceModules.get(call.params.need("ProductCode"));
  const region = call.params.need("Region");
  const list = priceListOf(call);
  if (list === undefined) throw noPrice();
  const prices = modules.map((module) => {
    const plan = plans?.find(({ code }) => code === module.code);
    const sum = plan && price(plan, { list, region, modules }, module);
    if (sum === undefined) throw noPrice();
    return { code: module.code, sum: discounted(sum, call.account.discountPercent) };
  });
  return { currency: list.currency, prices };
}

const payAsYouGoPrice: Action = (call): Answer => {
  const { currency, prices } = pricesOf(call, modulesOf(call, true), (plan, asked, module) =>
    module.priceType === plan.priceType ? plan.byUse?.(asked, module) : undefined,
  );
  return success({
    Currency: currency,
    ModuleDetails: { ModuleDetail: prices.map(moduleDetail) },
    PromotionDetails: { PromotionDetail: [] },
  });
};

const subscriptionPrice: Action = (call): Answer => {
  const { params } = call;
  const quantity = params.integer("Quantity") ?? 1;
  const unit = params.choice("ServicePeriodUnit", ["Week", "Month", "Year"]) ?? "Month";
  const count = params.integer("ServicePeriodQuantity") ?? 1;
  if (quantity < 1) throw invalid("Quantity");
  if (count < 1) throw invalid("ServicePeriodQuantity");
  const months = unit === "Year" ? count * 12 : count;
  // No list has weeks.
  const { currency, prices } = pricesOf(call, modulesOf(call, false), (plan, asked, module) =>
    unit === "Week" ? undefined : plan.ahead?.(asked, module, months),
  );
  const total = times(
    prices.reduce((all, { sum }) => plus(all, sum), nothing),
    quantity,
  );
  return success({
    Currency: currency,
    Quantity: quantity,
    OriginalPrice: money(total.original).toNumber(),
    DiscountPrice: takenOff(total),
    TradePrice: money(total.trade).toNumber(),
    ModuleDetails: { ModuleDetail: prices.map(moduleDetail) },
    PromotionDetails: { PromotionDetail: [] },
  });
};

/** The unit price is 0 in the real answers too: the cost of the module counts. */
function moduleDetail({ code, sum }: Priced): Answer {
  return {
    ModuleCode: code,
    OriginalCost: money(sum.original).toNumber(),
    InvoiceDiscount: takenOff(sum),
    CostAfterDiscount: money(sum.trade).toNumber(),
    UnitPrice: 0,
  };
}

function takenOff({ original, trade }: Sum): number {
  return money(original).minus(money(trade)).toNumber();
}

/** The API tells money as a number: rounded once, here. */
function money(cost: Decimal): Decimal {
  return cost.toDecimalPlaces(6, Decimal.ROUND_HALF_UP);
}

const hostTypes = "cn-shanghai";

/** What can be asked a price of. */
const pricingModule: Action = (call): Answer => {
  const known = priceModules.get(call.params.need("ProductCode"));
  if (known === undefined) throw new CloudError("ProductNotFind", 400, "Cannot find product with this product code.");
  const ahead = call.params.text("SubscriptionType") === "Subscription";
  const modules = known.filter((module) => (ahead ? module.ahead : module.byUse) !== undefined);
  const settings = modules.flatMap((module) => module.settings);
  return success({
    ModuleList: {
      Module: modules.map(({ code, priceType, settings: names }) => ({
        ModuleCode: code,
        ModuleName: code,
        PriceType: ahead ? "Month" : priceType,
        Currency: call.account.site === "china" ? "CNY" : "USD",
        ConfigList: { ConfigList: names },
      })),
    },
    AttributeList: { Attribute: settings.flatMap(attribute) },
  });
};

/** The settings of which all values are known. */
function attribute(code: string): Answer[] {
  const values = code === "InstanceType" ? pricedTypes(hostTypes) : code.endsWith(".Category") ? diskCategories : [];
  if (values.length === 0) return [];
  const all = values.map((value) => ({ Value: value, Name: value, Type: "single", Remark: "" }));
  return [{ Code: code, Name: code, Unit: "", Values: { AttributeValue: all } }];
}

/** Prices by BSS: the catalogue's, and none of what it has none of. */
export const priceActions: Actions = {
  GetPayAsYouGoPrice: payAsYouGoPrice,
  GetSubscriptionPrice: subscriptionPrice,
  DescribePricingModule: pricingModule,
};
