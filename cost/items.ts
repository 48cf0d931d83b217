import type { PlannedResource, PlanValue } from "../plan/plan.ts";
import { isFree } from "./free.ts";
import { type OwnPay, payAsYouGo, type Term } from "./pay.ts";

/** One thing that a resource is billed for, before any price. */
export interface BillableItem {
  readonly kind: ItemKind;
  /** What is bought, in the cloud's words: an instance type, a disk category, a node specification. */
  readonly what: string;
  /** Component that it belongs to. */
  readonly component: string;
  /** Units of each: 1 host, GiB of a disk, nodes; 0 when only a deployment can tell, and then `unknown` says so. */
  readonly quantity: number;
  readonly unit: "host" | "GiB" | "node" | "gateway" | "address" | "database" | "Mbit/s" | "resource";
  readonly region: string;
  readonly level?: string;
  readonly pay: OwnPay;
  /** Comes and goes with a host: the host itself, its system disk, its own disks and bandwidth. */
  readonly withHost: boolean;
  /** Term by which it renews itself, at the price of that day. */
  readonly renews?: Term;
  /** Traffic to the internet comes on top of it, by the GB. */
  readonly metersTraffic?: true;
  /** Why nobody can price it, whatever the list: its size or its term is not in the plan. */
  readonly unknown?: string;
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
  | "bandwidth"
  | "lindorm-node"
  | "lindorm-storage"
  | "tsdb"
  /** The fee of a paid image. */
  | "image"
  /** A resource that is no part of this model: it may cost money. */
  | "other";

/** Everything in a resource that costs money by time; nothing for what is free. What the model does not know is an item too. */
export function itemsOf(resource: PlannedResource, region: string): BillableItem[] {
  return isFree(resource.type) ? [] : paidItems(resource, region).map(withReason);
}

function withReason(item: BillableItem): BillableItem {
  return item.quantity === 0 ? { ...item, unknown: "its size is not known before a deployment" } : item;
}

function paidItems(resource: PlannedResource, region: string): BillableItem[] {
  const { inputs, urn } = resource;
  const shared = { component: componentOf(resource), region, urn, withHost: false };
  const item = (
    kind: ItemKind,
    what: string,
    quantity: number,
    unit: BillableItem["unit"],
    from: readonly string[],
    pay: OwnPay = payAsYouGo,
    level?: string,
  ): BillableItem => ({ ...shared, kind, what, quantity, unit, from, pay, ...(level ? { level } : {}) });

  switch (resource.type) {
    case "alicloud:ecs/instance:Instance":
      return hostItems(inputs, item);
    case "alicloud:ecs/disk:Disk":
    case "alicloud:ecs/ecsDisk:EcsDisk":
      return [diskItem(inputs, item)];
    case "alicloud:vpc/natGateway:NatGateway":
      return [item("nat-gateway", "NAT gateway", 1, "gateway", ["natType"])];
    case "alicloud:ecs/eip:Eip":
    case "alicloud:ecs/eipAddress:EipAddress":
      return addressItems(inputs, item);
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
      return [item("other", resource.type.replace(/^alicloud:/, "").replace(/:.*$/, ""), 1, "resource", [])];
  }
}

/** A disk of its own: by the hour, or in the subscription of the host that it is made for, whose term only the host knows. */
function diskItem(inputs: PlannedResource["inputs"], item: MakeItem): BillableItem {
  const disk = item(
    "data-disk",
    text(inputs["category"]) || "cloud_efficiency",
    number(inputs["size"]),
    "GiB",
    ["category", "size", "performanceLevel"],
    payAsYouGo,
    text(inputs["performanceLevel"]),
  );
  return inputs["paymentType"] === "Subscription"
    ? { ...disk, unknown: "paid in its host's subscription, whose term the disk does not say" }
    : disk;
}

/** An address of its own: its fee by the hour and the traffic, or a bandwidth that is bought; paid ahead it has no fee. */
function addressItems(inputs: PlannedResource["inputs"], item: MakeItem): BillableItem[] {
  const ahead = text(inputs["paymentType"]) === "Subscription" || text(inputs["instanceChargeType"]) === "PrePaid";
  const months = number(inputs["period"]) || 1;
  const pay: OwnPay = ahead
    ? { kind: "subscription", term: { unit: "month", count: months * (inputs["pricingCycle"] === "Year" ? 12 : 1) } }
    : payAsYouGo;
  // Without a word about it an address is paid by bandwidth. Source: terraform-provider-alicloud v1.285.0, eip_address.
  const byTraffic = text(inputs["internetChargeType"]) === "PayByTraffic";
  const Mbps = number(inputs["bandwidth"]) || 5;
  return [
    ...(ahead ? [] : [item("address", "public address", 1, "address", ["internetChargeType"])]),
    ...(byTraffic ? [] : [item("bandwidth", "fixed bandwidth", Mbps, "Mbit/s", ["bandwidth"], pay)]),
  ].map((one) => (byTraffic ? { ...one, metersTraffic: true } : one));
}

type MakeItem = (
  kind: ItemKind,
  what: string,
  quantity: number,
  unit: BillableItem["unit"],
  from: readonly string[],
  pay?: OwnPay,
  level?: string,
) => BillableItem;

/** A host: itself, its system disk, disks declared with it, and a bandwidth that is bought and not metered. */
function hostItems(inputs: PlannedResource["inputs"], item: MakeItem): BillableItem[] {
  const pay = payOf(inputs);
  // Disks are part of the host's subscription; a spot price is for compute alone.
  const diskPay = pay.kind === "subscription" ? pay : payAsYouGo;
  const Mbps = number(inputs["internetMaxBandwidthOut"]);
  const renews = renewalOf(inputs);
  const items = [
    item("host", text(inputs["instanceType"]), 1, "host", ["instanceType"], pay),
    item(
      "system-disk",
      text(inputs["systemDiskCategory"]),
      number(inputs["systemDiskSize"]),
      "GiB",
      ["systemDiskCategory", "systemDiskSize", "systemDiskPerformanceLevel"],
      diskPay,
      text(inputs["systemDiskPerformanceLevel"]),
    ),
    ...list(inputs["dataDisks"]).map((disk) =>
      item(
        "data-disk",
        text(field(disk, "category")) || "cloud_efficiency",
        number(field(disk, "size")),
        "GiB",
        ["dataDisks"],
        diskPay,
        text(field(disk, "performanceLevel")),
      ),
    ),
    ...(Mbps > 0 && text(inputs["internetChargeType"]) === "PayByBandwidth"
      ? [item("bandwidth", "fixed bandwidth", Mbps, "Mbit/s", ["internetMaxBandwidthOut"], diskPay)]
      : []),
    ...(isPaidImage(text(inputs["imageId"]))
      ? [item("image", text(inputs["imageId"]), 1, "host", ["imageId"], pay)]
      : []),
  ];
  const byTraffic = Mbps > 0 && text(inputs["internetChargeType"]) !== "PayByBandwidth";
  return items.map((one) => ({
    ...one,
    withHost: true,
    ...(renews === undefined ? {} : { renews }),
    ...(byTraffic && one.kind === "host" ? { metersTraffic: true as const } : {}),
  }));
}

/**
 * Whether an image has a fee of its own: neither a Linux system that Alibaba Cloud gives away nor an image of one's own. An
 * image that is not known yet is taken for free, as almost all are.
 *
 * Source: names of public images in DescribeImages, catalog/image-families.ts; Alibaba Cloud docs, image billing, 2021-07-19
 */
function isPaidImage(id: string): boolean {
  const freeSystems =
    /^(aliyun|alinux|aliyunos|almalinux|anolisos|centos|coreos|debian|fedora|freebsd|opensuse|rockylinux|ubuntu)_/;
  return id !== "" && !id.startsWith("m-") && !freeSystems.test(id);
}

function renewalOf(inputs: PlannedResource["inputs"]): Term | undefined {
  if (inputs["instanceChargeType"] !== "PrePaid" || inputs["renewalStatus"] !== "AutoRenewal") return undefined;
  const unit = inputs["periodUnit"] === "Week" ? "week" : "month";
  return { unit, count: number(inputs["autoRenewPeriod"]) || 1 };
}

function payOf(inputs: PlannedResource["inputs"]): OwnPay {
  if (inputs["instanceChargeType"] === "PrePaid") {
    const period = number(inputs["period"]);
    const unit = inputs["periodUnit"] === "Week" ? "week" : "month";
    return { kind: "subscription", term: { unit, count: period } };
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
): OwnPay {
  return type === "Subscription" || type === "PREPAY"
    ? {
        kind: "subscription",
        term: { unit: "month", count: number(duration) * (text(cycle).toLowerCase() === "year" ? 12 : 1) },
      }
    : payAsYouGo;
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
