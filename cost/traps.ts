import { renewalByDefault } from "../catalog/terms.ts";
import { termText } from "./pay.ts";
import type { PricedItem } from "./price.ts";
import type { Month } from "./use.ts";

/** Something about paying that costs money when it is not known. */
export interface Trap {
  readonly id: string;
  readonly text: string;
  readonly source: string;
  /** yyyy-mm or yyyy-mm-dd */
  readonly observedAt: string;
}

interface Rule {
  readonly id: string;
  readonly source: string;
  readonly observedAt: string;
  /** What to say, if it concerns these items. */
  readonly text: (items: readonly PricedItem[], month: Month) => string | undefined;
}

const renewals = "Alibaba Cloud docs, renewal overview, AlibabaCloudDocs/ecs";
const refunds = "alibabacloud.com help, user center, refund rules";
const stopping = "Alibaba Cloud docs, economical mode, AlibabaCloudDocs/ecs";
const disks = "Alibaba Cloud docs, block storage billing, AlibabaCloudDocs/ecs";
const provider = "terraform-provider-alicloud v1.285.0, resource_alicloud_instance.go";

const paidAhead = (items: readonly PricedItem[]) => items.filter(({ item }) => item.pay.kind === "subscription");
const hosts = (items: readonly PricedItem[]) => items.filter(({ item }) => item.kind === "host");

const rules: readonly Rule[] = [
  {
    id: "no-full-refund",
    source: refunds,
    observedAt: "2026-05-22",
    text: (items) =>
      paidAhead(items).length === 0
        ? undefined
        : "a subscription that is given up early is refunded in part or not at all; only the console's inquiry says how much",
  },
  {
    id: "destroy-keeps-billing",
    source: provider,
    observedAt: "2026-03",
    text: (items) =>
      paidAhead(hosts(items)).length === 0
        ? undefined
        : "destroy does not end a subscription: the host is billed to the end of its term, and may stand on without Pulumi",
  },
  {
    id: "term-is-not-reapplied",
    source: provider,
    observedAt: "2026-03",
    text: (items) =>
      paidAhead(hosts(items)).length === 0
        ? undefined
        : "a term counts at the purchase only: changing it later in the stack file buys nothing",
  },
  {
    id: "renews-itself",
    source: renewals,
    observedAt: renewalByDefault.observedAt,
    text: (items) => {
      const renewing = paidAhead(items).find(({ item }) => item.renews !== undefined && item.kind === "host");
      if (renewing?.item.renews === undefined) return undefined;
      return `renews itself by ${termText(renewing.item.renews)}, first tried ${renewalByDefault.firstTryDaysBefore} days before the end; switched on at the purchase of a year it renews by a whole year`;
    },
  },
  {
    id: "stopped-but-billed",
    source: stopping,
    observedAt: "2021-07-19",
    text: (items, month) =>
      hosts(items).some(({ item }) => month.useOf(item.component).whenIdle === "stop")
        ? "a shutdown inside the host stops nothing: only a stop without charge (economical mode) does, and disks and addresses go on"
        : undefined,
  },
  {
    id: "disk-by-the-hour-beside-a-subscription",
    source: disks,
    observedAt: "2021-07-19",
    text: (items) => {
      const components = new Set(paidAhead(hosts(items)).map(({ item }) => item.component));
      const separate = items.some(
        ({ item }) => item.kind === "data-disk" && !item.withHost && components.has(item.component),
      );
      return separate
        ? "data disks of their own are paid by the hour even beside a subscription: a month of 730 hours costs 1.52 times the disk's subscription"
        : undefined;
    },
  },
  {
    id: "minimum-charge",
    source: "Alibaba Cloud docs, pay-as-you-go, AlibabaCloudDocs/ecs",
    observedAt: "2021-07-19",
    text: (items, month) =>
      hosts(items).some(
        ({ item }) => item.pay.kind === "pay-as-you-go" && month.useOf(item.component).whenIdle !== "run",
      )
        ? "each start is billed for some minutes at least (10 with one vCPU, 5 with two, 2 with more)"
        : undefined,
  },
  {
    id: "traffic-not-included",
    source: "Alibaba Cloud docs, public bandwidth billing, AlibabaCloudDocs/ecs",
    observedAt: "2021-07-19",
    text: (items, month) =>
      items.some(({ item }) => item.metersTraffic) && month.trafficGB === undefined
        ? "traffic to the internet comes on top, by the GB: say how much in china:cost trafficGB"
        : undefined,
  },
  {
    id: "spot-ends",
    source: "Alibaba Cloud docs, preemptible instances",
    observedAt: "2021-07-19",
    text: (items) =>
      items.some(({ item }) => item.pay.kind === "spot")
        ? "a spot host is taken back when the market says so; its disks are billed by the hour as any other's"
        : undefined,
  },
  {
    id: "list-before-tax-and-discount",
    source: "this catalogue",
    observedAt: "2026-11-25",
    text: (items) =>
      items.length === 0
        ? undefined
        : "list prices: whether tax is in them was found nowhere, your account's discounts and promotions are not",
  },
];

/** The traps that concern these items, each once. */
export function trapsOf(items: readonly PricedItem[], month: Month): readonly Trap[] {
  return rules.flatMap(({ id, source, observedAt, text }) => {
    const said = text(items, month);
    return said === undefined ? [] : [{ id, text: said, source, observedAt }];
  });
}
