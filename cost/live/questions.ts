import type { BillableItem } from "../items.ts";
import { type OwnPay, type Pay, payAsYouGo, type Term } from "../pay.ts";
import type { Wanted } from "../wanted.ts";
import type { AskedDisk, AskedHost, AskedModules, Place } from "./cloud.ts";

/** One call, and which items its answer prices. */
export type Question =
  /** The host first, then its system disk, its data disks, its bandwidth. */
  | (Of & { readonly kind: "host"; readonly asked: AskedHost })
  /** In the order of the modules. */
  | (Of & { readonly kind: "modules"; readonly asked: AskedModules });

interface Of {
  readonly items: readonly BillableItem[];
  readonly pay: OwnPay;
  readonly per: "hour" | "term";
}

/** Most modules of a question (BSS 2017-12-14, GetPayAsYouGoPrice). */
const mostModules = 50;

/**
 * The calls that price what is wanted, the most needed first: each host configuration as it is paid and by the hour, what is
 * paid by the hour beside it, then the other terms, those of the most hosts first. Equal configurations are asked for once.
 */
export function questionsFor(wanted: readonly Wanted[], place: Place): readonly Question[] {
  const hosts = configurationsOf(wanted).flatMap(({ parts, pays, declared }) =>
    pays.map((pay) => ({ urgent: isUrgent(pay, declared), question: hostQuestion(parts, pay, place) })),
  );
  const of = (urgent: boolean) => hosts.filter((one) => one.urgent === urgent).map(({ question }) => question);
  return [...of(true), ...diskQuestions(wanted, place), ...addressQuestion(wanted, place), ...of(false)];
}

/** As one of the hosts is paid, or by the hour. */
function isUrgent(pay: OwnPay, declared: readonly OwnPay[]): boolean {
  return pay.kind === "pay-as-you-go" || declared.some((own) => JSON.stringify(own) === JSON.stringify(pay));
}

interface Configuration {
  readonly parts: readonly BillableItem[];
  readonly hosts: number;
  readonly pays: readonly OwnPay[];
  /** How its hosts are paid: equal ones may be paid differently. */
  readonly declared: readonly OwnPay[];
}

/** Hosts with what comes with them, the most frequent first; alike is what has the same price, however each is paid. */
function configurationsOf(wanted: readonly Wanted[]): readonly Configuration[] {
  const withHost = wanted.filter(({ item }) => item.withHost);
  const hosts = [...Map.groupBy(withHost, ({ item }) => item.urn).values()].map((own) => {
    const parts = [...new Set(own.map(({ item }) => item))].toSorted((a, b) => rank(a) - rank(b));
    return { parts, pays: distinct(own.flatMap(({ pay }) => (isAskable(pay) ? [pay] : []))) };
  });
  const alike = Map.groupBy(hosts, ({ parts }) =>
    JSON.stringify(parts.map(({ kind, what, quantity, level }) => [kind, what, quantity, level])),
  );
  return [...alike.values()]
    .flatMap((same) => {
      const [first] = same;
      // A paid image has a price that only the marketplace tells.
      const known = first?.parts[0]?.kind === "host" && first.parts.every(({ kind }) => kind !== "image");
      if (first === undefined || !known) return [];
      const declared = same.flatMap(({ parts: [host] }) => (host === undefined ? [] : [host.pay]));
      return [{ parts: first.parts, hosts: same.length, pays: distinct(same.flatMap(({ pays }) => pays)), declared }];
    })
    .toSorted((a, b) => b.hosts - a.hosts);
}

const order: readonly BillableItem["kind"][] = ["host", "system-disk", "data-disk", "bandwidth", "image"];

function rank({ kind }: BillableItem): number {
  return order.indexOf(kind);
}

/** Spot prices move and have an API of their own; a savings plan is no price of a resource. */
function isAskable(pay: Pay): pay is Exclude<OwnPay, { kind: "spot" }> {
  return pay.kind === "pay-as-you-go" || pay.kind === "subscription";
}

function hostQuestion(parts: readonly BillableItem[], pay: OwnPay, { region }: Place): Question {
  const of = (kind: BillableItem["kind"]) => parts.filter((item) => item.kind === kind);
  const [[host], [system], [bandwidth]] = [of("host"), of("system-disk"), of("bandwidth")];
  const asked: AskedHost = {
    region,
    type: host?.what ?? "",
    ...(pay.kind === "subscription" ? spanOf(pay.term) : { unit: "Hour", period: 1 }),
    ...(system === undefined ? {} : { system: askedDisk(system) }),
    data: of("data-disk").map(askedDisk),
    ...(bandwidth === undefined ? {} : { Mbps: bandwidth.quantity }),
  };
  return { kind: "host", asked, items: parts, pay, per: pay.kind === "subscription" ? "term" : "hour" };
}

function askedDisk({ what, quantity, level }: BillableItem): AskedDisk {
  return { category: what, GiB: quantity, ...(level === undefined ? {} : { level }) };
}

/** DescribePrice takes months up to nine and years up to five. */
function spanOf({ unit, count }: Term): Pick<AskedHost, "unit" | "period"> {
  if (unit === "week") return { unit: "Week", period: count };
  return count % 12 === 0 ? { unit: "Year", period: count / 12 } : { unit: "Month", period: count };
}

/** Disks of their own, by the hour, many in one call. */
function diskQuestions(wanted: readonly Wanted[], { region }: Place): readonly Question[] {
  const own = wanted.filter(({ item }) => item.kind === "data-disk" && !item.withHost).map(({ item }) => item);
  const disks = [...new Map(own.map((item) => [JSON.stringify(askedDisk(item)), item])).values()];
  return Array.from({ length: Math.ceil(disks.length / mostModules) }, (_, index) => {
    const items = disks.slice(index * mostModules, (index + 1) * mostModules);
    const modules = items.map(({ what, quantity, level }) => {
      const levels = level === undefined ? "" : `,DataDisk.PerformanceLevel:${level}`;
      return { code: "DataDisk", config: `DataDisk.Size:${quantity},DataDisk.Category:${what}${levels}` };
    });
    return modulesQuestion(items, { product: "yundisk", region, modules });
  });
}

/** The fee of an elastic address by the hour; on the international site its module has another name. */
function addressQuestion(wanted: readonly Wanted[], { region, site }: Place): readonly Question[] {
  const address = wanted.find(({ item }) => item.kind === "address")?.item;
  if (address === undefined) return [];
  const modules = [
    site === "china" ? { code: "ISP", config: "ISP:BGP" } : { code: "InstanceRent", config: "InstanceRent:1" },
  ];
  return [modulesQuestion([address], { product: "eip", region, modules })];
}

function modulesQuestion(items: readonly BillableItem[], asked: AskedModules): Question {
  return { kind: "modules", asked, items, pay: payAsYouGo, per: "hour" };
}

/** A question of several modules as two of half as many: one bad module refuses all. None for a single one. */
export function halves(question: Question): readonly Question[] {
  const { kind, items, asked } = question;
  if (kind !== "modules" || items.length < 2) return [];
  const half = Math.ceil(items.length / 2);
  const part = (from: number, to: number) =>
    modulesQuestion(items.slice(from, to), { ...asked, modules: asked.modules.slice(from, to) });
  return [part(0, half), part(half, items.length)];
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
