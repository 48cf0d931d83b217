import { savingsPlanFactors } from "../../catalog/savings-plans.ts";
import type { Action, Actions, Answer } from "../core/call.ts";
import { success } from "./bss-answer.ts";

const payModes = { total: "all", half: "half", zero: "none" } as const;

/** What is left of a host's price in a savings plan: the catalogue's few examples, and an empty list for all else. */
const savingsPlansDiscount: Action = ({ params, account }): Answer => {
  params.need("SpnType");
  params.need("PayMode");
  const type = params.choice("SpnType", ["ecs", "universal"]);
  const mode = params.choice("PayMode", ["total", "half", "zero"]) ?? "total";
  const cycle = params.need("Cycle");
  const [region, spec, module] = [params.text("Region"), params.text("Spec"), params.text("ModuleCode")];
  const forHosts = params.need("CommodityCode") === "ecs" && (module ?? "instance_type") === "instance_type";
  const found = savingsPlanFactors.filter(
    (row) =>
      forHosts &&
      account.site === "china" &&
      type === "universal" &&
      row.covers === "host" &&
      row.upfront === payModes[mode] &&
      `${row.years}:Year` === cycle &&
      (region === undefined || row.region === region) &&
      (spec === undefined || row.of === spec),
  );
  return success({
    HostId: "127.0.0.1",
    Items: found.map((row) => ({
      ...{ SpnType: "universal", PayMode: mode, Cycle: cycle, Region: row.region, RegionCode: row.region },
      ...{ Spec: row.of, ModuleName: "instance_type", CommodityName: "ecs" },
      // Texts, as in the SDK's model.
      DiscountRate: row.factor,
      ContractDiscountRate: row.factor,
    })),
  });
};

export const savingsPlanActions: Actions = { QuerySavingsPlansDiscount: savingsPlansDiscount };
