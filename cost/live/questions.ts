import type { BillableItem } from "../items.ts";
import { type OwnPay, type Pay, payAsYouGo, type Term } from "../pay.ts";
import type { Wanted } from "../wanted.ts";
import type { Parameters, Place, PriceApi } from "./cloud.ts";

/** One call, and which items its answer prices. */
export interface Question {
  readonly api: PriceApi;
  readonly action: string;
  readonly parameters: Parameters;
  readonly kind: "host" | "modules";
  readonly pay: OwnPay;
  /** Of a host: itself first, then its system disk, its data disks, its bandwidth. Of modules: in the order of ModuleList. */
  readonly items: readonly BillableItem[];
  readonly per: "hour" | "term";
}

/** Most modules of a BSS question (BSS 2017-12-14, GetPayAsYouGoPrice). */
const mostModules = 50;

/**
 * The calls that price what is wanted, the most needed first: each host configuration as it is paid and by the hour, what is paid
 * by the hour beside it, then the other terms, those of the most hosts first. Equal configurations are asked for once.
 */
export function questionsFor(wanted: readonly Wanted[], place: Place): readonly Question[] {
  const configurations = configurationsOf(wanted);
  const urgent = configurations.flatMap(({ parts, pays }) => {
    const own = parts[0]?.pay;
    return pays
      .filter((pay) => pay.kind === "pay-as-you-go" || same(pay, own))
      .map((pay) => hostQuestion(parts, pay, place));
  });
  const later = configurations.flatMap(({ parts, pays }) => {
    const own = parts[0]?.pay;
    return pays
      .filter((pay) => pay.kind !== "pay-as-you-go" && !same(pay, own))
      .map((pay) => hostQuestion(parts, pay, place));
  });
  return [...urgent, ...diskQuestions(wanted, place), ...addressQuestion(wanted, place), ...later];
}

interface Configuration {
  readonly parts: readonly BillableItem[];
  readonly hosts: number;
  readonly pays: readonly OwnPay[];
}

/** Hosts with what comes with them, the most frequent first. */
function configurationsOf(wanted: readonly Wanted[]): readonly Configuration[] {
  const withHost = wanted.filter(({ item }) => item.withHost);
  const hosts = [...Map.groupBy(withHost, ({ item }) => item.urn).values()].map((own) => {
    const parts = [...new Set(own.map(({ item }) => item))].toSorted((a, b) => rank(a) - rank(b));
    return { parts, pays: distinct(own.flatMap(({ pay }) => (isAskable(pay) ? [pay] : []))) };
  });
  const alike = Map.groupBy(hosts, ({ parts }) =>
    JSON.stringify(parts.map((item) => ({ ...item, urn: "", component: "", from: "" }))),
  );
  return [...alike.values()]
    .flatMap((same) => {
      const [first] = same;
      // A paid image has a price that only the marketplace tells.
      const known = first?.parts[0]?.kind === "host" && first.parts.every(({ kind }) => kind !== "image");
      return first === undefined || !known ? [] : [{ ...first, hosts: same.length }];
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

/** ECS DescribePrice of a host with its disks: the category is always sent, without it types of today are refused. */
function hostQuestion(parts: readonly BillableItem[], pay: OwnPay, { region }: Place): Question {
  const [host, ...others] = parts;
  const system = others.find(({ kind }) => kind === "system-disk");
  const data = others.filter(({ kind }) => kind === "data-disk");
  const Mbps = others.find(({ kind }) => kind === "bandwidth")?.quantity;
  const parameters: Record<string, string | number> = {
    RegionId: region,
    ResourceType: "instance",
    InstanceType: host?.what ?? "",
    ...(pay.kind === "subscription" ? spanOf(pay.term) : { PriceUnit: "Hour", Period: 1 }),
    ...(system === undefined ? {} : diskParameters("SystemDisk", system)),
    ...Object.assign({}, ...data.map((disk, index) => diskParameters(`DataDisk.${index + 1}`, disk))),
    ...(Mbps === undefined ? {} : { InternetChargeType: "PayByBandwidth", InternetMaxBandwidthOut: Mbps }),
  };
  const per = pay.kind === "subscription" ? "term" : "hour";
  return { api: "ecs", action: "DescribePrice", parameters, kind: "host", pay, items: parts, per };
}

function diskParameters(prefix: string, { what, quantity, level }: BillableItem): Parameters {
  return {
    [`${prefix}.Category`]: what,
    [`${prefix}.Size`]: quantity,
    ...(level === undefined ? {} : { [`${prefix}.PerformanceLevel`]: level }),
  };
}

/** DescribePrice takes months up to nine and years up to five. */
function spanOf({ unit, count }: Term): Parameters {
  if (unit === "week") return { PriceUnit: "Week", Period: count };
  return count % 12 === 0 ? { PriceUnit: "Year", Period: count / 12 } : { PriceUnit: "Month", Period: count };
}

/** Disks of their own, by the hour, many in one call. */
function diskQuestions(wanted: readonly Wanted[], place: Place): readonly Question[] {
  const disks = unique(
    wanted.filter(({ item }) => item.kind === "data-disk" && !item.withHost).map(({ item }) => item),
  );
  return Array.from({ length: Math.ceil(disks.length / mostModules) }, (_, index) => {
    const some = disks.slice(index * mostModules, (index + 1) * mostModules);
    const configs = some.map(({ what, quantity, level }) => {
      const levels = level === undefined ? "" : `,DataDisk.PerformanceLevel:${level}`;
      return `DataDisk.Size:${quantity},DataDisk.Category:${what}${levels}`;
    });
    return moduleQuestion("yundisk", "DataDisk", configs, some, place);
  });
}

/** The fee of an elastic address by the hour; on the international site its module has another name. */
function addressQuestion(wanted: readonly Wanted[], place: Place): readonly Question[] {
  const [address] = wanted.flatMap(({ item }) => (item.kind === "address" ? [item] : []));
  if (address === undefined) return [];
  const [code, config] = place.site === "china" ? ["ISP", "ISP:BGP"] : ["InstanceRent", "InstanceRent:1"];
  return [moduleQuestion("eip", code, [config], [address], place)];
}

/** BSS GetPayAsYouGoPrice. PriceType is compulsory. */
export function moduleQuestion(
  product: string,
  code: string,
  configs: readonly string[],
  items: readonly BillableItem[],
  { region }: Place,
): Question {
  const modules = configs.map((config, index) => ({
    [`ModuleList.${index + 1}.ModuleCode`]: code,
    [`ModuleList.${index + 1}.PriceType`]: "Hour",
    [`ModuleList.${index + 1}.Config`]: config,
  }));
  const parameters = Object.assign(
    { ProductCode: product, SubscriptionType: "PayAsYouGo", Region: region },
    ...modules,
  );
  return { api: "bss", action: "GetPayAsYouGoPrice", parameters, kind: "modules", pay: payAsYouGo, items, per: "hour" };
}

/** A question of several modules as two of half as many: one bad module refuses all. Undefined for a single one. */
export function halves(question: Question, place: Place): readonly [Question, Question] | undefined {
  const { items, parameters } = question;
  if (question.kind !== "modules" || items.length < 2) return undefined;
  const half = Math.ceil(items.length / 2);
  const part = (from: number, to: number) => {
    const some = items.slice(from, to);
    const config = (index: number) => String(parameters[`ModuleList.${from + index + 1}.Config`]);
    return moduleQuestion(
      String(parameters["ProductCode"]),
      String(parameters["ModuleList.1.ModuleCode"]),
      some.map((_, index) => config(index)),
      some,
      place,
    );
  };
  return [part(0, half), part(half, items.length)];
}

function unique(items: readonly BillableItem[]): readonly BillableItem[] {
  return [...new Map(items.map((item) => [JSON.stringify([item.what, item.quantity, item.level]), item])).values()];
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

function same(a: Pay, b: Pay | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
