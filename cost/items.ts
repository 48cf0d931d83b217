import type { PlannedResource, PlanValue } from "../plan/plan.ts";

/** One thing that a resource is billed for, before any price. */
export interface BillableItem {
  readonly kind: ItemKind;
  /** What is bought, in the cloud's words: an instance type, a disk category, a node specification. */
  readonly what: string;
  /** Component that it belongs to. */
  readonly component: string;
  /** Units of each: 1 host, GiB of a disk, nodes; 0 when only a deployment can tell. */
  readonly quantity: number;
  readonly unit: "host" | "GiB" | "node" | "gateway" | "address" | "database";
  readonly region: string;
  readonly level?: string;
  readonly pay: ItemPay;
  /** URN of the resource and the inputs that the item was read from. */
  readonly urn: string;
  readonly from: readonly string[];
}

export type ItemKind =
  | "host"
  | "system-disk"
  | "data-disk"
  | "nat-gateway"
  | "address"
  | "lindorm-node"
  | "lindorm-storage"
  | "tsdb";

export type ItemPay =
  | { readonly kind: "pay-as-you-go" }
  | { readonly kind: "spot"; readonly limit?: number }
  | { readonly kind: "subscription"; readonly term: string };

const payAsYouGo: ItemPay = { kind: "pay-as-you-go" };

/** Everything in a resource that costs money by the hour; nothing for what is free. */
export function itemsOf(resource: PlannedResource, region: string): BillableItem[] {
  const { inputs, urn } = resource;
  const shared = { component: componentOf(resource), region, urn };
  const item = (
    kind: ItemKind,
    what: string,
    quantity: number,
    unit: BillableItem["unit"],
    from: readonly string[],
    pay: ItemPay = payAsYouGo,
    level?: string,
  ): BillableItem => ({ ...shared, kind, what, quantity, unit, from, pay, ...(level ? { level } : {}) });

  switch (resource.type) {
    case "alicloud:ecs/instance:Instance": {
      const pay = payOf(inputs);
      return [
        item("host", text(inputs["instanceType"]), 1, "host", ["instanceType"], pay),
        item(
          "system-disk",
          text(inputs["systemDiskCategory"]),
          number(inputs["systemDiskSize"]),
          "GiB",
          ["systemDiskCategory", "systemDiskSize", "systemDiskPerformanceLevel"],
          // A system disk is part of the host's subscription; a spot price is for compute alone.
          pay.kind === "subscription" ? pay : payAsYouGo,
          text(inputs["systemDiskPerformanceLevel"]),
        ),
      ];
    }
    case "alicloud:ecs/ecsDisk:EcsDisk":
      return [
        item(
          "data-disk",
          text(inputs["category"]),
          number(inputs["size"]),
          "GiB",
          ["category", "size", "performanceLevel"],
          payAsYouGo,
          text(inputs["performanceLevel"]),
        ),
      ];
    case "alicloud:vpc/natGateway:NatGateway":
      return [item("nat-gateway", "NAT gateway", 1, "gateway", ["natType"])];
    case "alicloud:ecs/eipAddress:EipAddress":
      return [item("address", "public address", 1, "address", ["internetChargeType"])];
    case "alicloud:lindorm/instance:Instance":
      return [
        item(
          "lindorm-node",
          text(inputs["timeSeriesEngineSpecification"]),
          number(inputs["timeSeriesEngineNodeCount"]),
          "node",
          ["timeSeriesEngineSpecification", "timeSeriesEngineNodeCount"],
          databasePay(inputs["paymentType"], inputs["duration"], inputs["pricingCycle"]),
        ),
        item("lindorm-storage", text(inputs["diskCategory"]), number(inputs["instanceStorage"]), "GiB", [
          "instanceStorage",
        ]),
      ];
    case "alicloud:lindorm/instanceV2:InstanceV2":
      return [
        ...nodeGroups(inputs["engineLists"]).map(({ spec, count }) =>
          item(
            "lindorm-node",
            spec,
            count,
            "node",
            ["engineLists"],
            databasePay(inputs["paymentType"], inputs["duration"], inputs["pricingCycle"]),
          ),
        ),
        item("lindorm-storage", text(inputs["cloudStorageType"]), number(inputs["cloudStorageSize"]), "GiB", [
          "cloudStorageSize",
        ]),
      ];
    case "alicloud:tsdb/instance:Instance":
      return [
        item(
          "tsdb",
          text(inputs["instanceClass"]),
          1,
          "database",
          ["instanceClass", "instanceStorage"],
          databasePay(inputs["paymentType"], inputs["duration"], "month"),
        ),
      ];
    default:
      return [];
  }
}

function payOf(inputs: PlannedResource["inputs"]): ItemPay {
  if (inputs["instanceChargeType"] === "PrePaid") {
    const period = number(inputs["period"]);
    const unit = inputs["periodUnit"] === "Week" ? "week" : "month";
    return { kind: "subscription", term: termText(period, unit) };
  }
  const strategy = inputs["spotStrategy"];
  if (strategy === undefined || strategy === "NoSpot") return payAsYouGo;
  const limit = inputs["spotPriceLimit"];
  return { kind: "spot", ...(typeof limit === "number" ? { limit } : {}) };
}

function databasePay(
  type: PlanValue | undefined,
  duration: PlanValue | undefined,
  cycle: PlanValue | undefined,
): ItemPay {
  return type === "Subscription" || type === "PREPAY"
    ? { kind: "subscription", term: termText(number(duration), text(cycle).toLowerCase()) }
    : payAsYouGo;
}

/** As a stack file says it: 12 months are 1 year. */
function termText(period: number, unit: string): string {
  const [length, name] = unit === "month" && period % 12 === 0 ? [period / 12, "year"] : [period, unit];
  return `${length} ${name}${length === 1 ? "" : "s"}`;
}

function nodeGroups(engines: PlanValue | undefined): { spec: string; count: number }[] {
  return list(engines).flatMap((engine) =>
    list(field(engine, "nodeGroups")).map((group) => ({
      spec: text(field(group, "nodeSpec")),
      count: number(field(group, "nodeCount")),
    })),
  );
}

/** Name of the component: the parent's last part. */
function componentOf(resource: PlannedResource): string {
  return resource.parent?.split("::").at(-1) ?? resource.name;
}

function list(value: PlanValue | undefined): readonly PlanValue[] {
  return Array.isArray(value) ? value : [];
}

function field(value: PlanValue, key: string): PlanValue | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, PlanValue>>)[key]
    : undefined;
}

function text(value: PlanValue | undefined): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function number(value: PlanValue | undefined): number {
  const parsed = typeof value === "string" || typeof value === "number" ? Number(value) : Number.NaN;
  return Number.isFinite(parsed) ? parsed : 0;
}
