import { type DiskCategory, diskCategories, performanceLevels } from "../../catalog/disks.ts";
import { parseTypeName } from "../../catalog/instance-types.ts";
import type { PricedDisk, PriceList, Span, Sum } from "../ecs/price-sums.ts";
import { addressModules, transferModules, wholeMbps } from "./bss-network-prices.ts";

/** A module as it is asked for: its code, and its settings as `Name:Value,Name:Value`. */
export interface AskedModule {
  readonly code: string;
  readonly config: ReadonlyMap<string, string>;
  readonly priceType: string | undefined;
}

/** What a module is priced by: the list of the account, the region, and the modules that were asked for with it. */
export interface Question {
  readonly list: PriceList;
  readonly region: string;
  readonly modules: readonly AskedModule[];
}

export type PriceType = "Hour" | "Day" | "Usage";

/** What a product can be asked a price of. Without a sum there is no pricing plan. */
export interface PriceModule {
  readonly code: string;
  /** The one unit that it has a price by without a subscription. */
  readonly priceType: PriceType;
  /** Names of its settings. */
  readonly settings: readonly string[];
  readonly byUse?: (asked: Question, module: AskedModule) => Sum | undefined;
  readonly ahead?: (asked: Question, module: AskedModule, months: number) => Sum | undefined;
}

export function readConfig(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(",").map((part) => {
      const [name = "", ...value] = part.split(":");
      return [name.trim(), value.join(":").trim()] as const;
    }),
  );
}

const hour: Span = { unit: "hour" };

const host: PriceModule = {
  code: "InstanceType",
  priceType: "Hour",
  settings: ["InstanceType"],
  byUse: ({ list, region }, module) => list.host(region, typeOf(module), hour),
  // Ahead, the real API knows no type of the seventh generation or newer; ECS does (DescribePrice).
  ahead: ({ list, region }, module, months) => {
    const generation = parseTypeName(typeOf(module))?.generation;
    return generation === undefined || generation >= 7
      ? undefined
      : list.host(region, typeOf(module), { unit: "month", months });
  },
};

function typeOf(module: AskedModule): string {
  return module.config.get("InstanceType") ?? "";
}

/** Paid ahead, a disk has a price together with a host only. */
function disk(code: "SystemDisk" | "DataDisk", withHost: boolean): PriceModule {
  const price = ({ list, region }: Question, module: AskedModule, span: Span) => {
    const asked = diskOf(module);
    return asked && list.disk(region, asked, span);
  };
  return {
    code,
    priceType: "Hour",
    settings: [`${code}.Category`, `${code}.Size`, `${code}.PerformanceLevel`],
    byUse: (asked, module) => price(asked, module, hour),
    ...(withHost
      ? {
          ahead: (asked: Question, module: AskedModule, months: number) =>
            price(asked, module, { unit: "month", months }),
        }
      : {}),
  };
}

/** A disk's settings have the module's code before them, or not. */
function diskOf(module: AskedModule): PricedDisk | undefined {
  const setting = (name: string) => module.config.get(`${module.code}.${name}`) ?? module.config.get(name);
  const category = diskCategories.find((known): known is DiskCategory => known === setting("Category"));
  const level = performanceLevels.find((known) => known === setting("PerformanceLevel"));
  const GiB = Number(setting("Size"));
  if (category === undefined || !(GiB > 0)) return undefined;
  return { category, GiB, level: level ?? (category === "cloud_essd" ? "PL1" : undefined) };
}

/** kbit/s, in steps of 1,024. Only a fixed bandwidth (5) has a price by time; traffic (1) has none here. */
const bandwidth: PriceModule = {
  code: "InternetMaxBandwidthOut",
  priceType: "Hour",
  settings: ["InternetMaxBandwidthOut", "InternetMaxBandwidthOut.IsFlowType", "NetworkType"],
  byUse: ({ list, region }, { config }) => fixed(config, (Mbps) => list.bandwidth(region, Mbps, hour)),
  ahead: ({ list, region }, { config }, months) =>
    fixed(config, (Mbps) => list.bandwidth(region, Mbps, { unit: "month", months })),
};

function fixed(config: AskedModule["config"], price: (Mbps: number) => Sum | undefined): Sum | undefined {
  const Mbps = wholeMbps(config.get("InternetMaxBandwidthOut"));
  return config.get("InternetMaxBandwidthOut.IsFlowType") === "5" && Mbps !== undefined ? price(Mbps) : undefined;
}

/** Product code -> its modules. A NAT gateway, Lindorm and TSDB are in no list of modules that was read. */
export const priceModules: ReadonlyMap<string, readonly PriceModule[]> = new Map([
  ["ecs", [host, disk("SystemDisk", true), disk("DataDisk", true), bandwidth]],
  ["yundisk", [disk("DataDisk", false)]],
  ["eip", addressModules],
  ["cdt", transferModules],
]);
