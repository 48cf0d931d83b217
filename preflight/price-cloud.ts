import { z } from "zod";
import {
  type AskedDisk,
  type AskedHost,
  type AskedModules,
  type PriceCloud,
  PriceRefusal,
} from "../cost/live/cloud.ts";
import type { ApiName, CallParameters } from "../deploy/cloud-client.ts";
import type { Asker } from "./ask.ts";

/**
 * Prices by the questions of a preflight: asked once for all checks, and without the SDKs of their own that a review's prices
 * need (a third of a second to load).
 */
export function priceCloudOf(asker: Asker): PriceCloud {
  const ask = async (api: ApiName, action: string, parameters: CallParameters) => {
    const answer = await asker.ask(api, action, parameters, z.unknown());
    if (answer.ok) return answer.value;
    const { code } = answer.refusal;
    throw new PriceRefusal(code, code === "NoConnection" ? undefined : 400);
  };
  return {
    describePrice: (asked) => ask("ecs", "DescribePrice", hostParameters(asked)),
    getPayAsYouGoPrice: (asked) => ask("bss", "GetPayAsYouGoPrice", moduleParameters(asked)),
  };
}

function hostParameters({ region, type, unit, period, system, data, Mbps }: AskedHost): CallParameters {
  return {
    RegionId: region,
    ResourceType: "instance",
    InstanceType: type,
    PriceUnit: unit,
    Period: period,
    ...(system === undefined ? {} : diskParameters("SystemDisk", system)),
    ...Object.assign({}, ...data.map((disk, index) => diskParameters(`DataDisk.${index + 1}`, disk))),
    ...(Mbps === undefined ? {} : { InternetChargeType: "PayByBandwidth", InternetMaxBandwidthOut: Mbps }),
  };
}

function diskParameters(name: string, { category, GiB, level }: AskedDisk): CallParameters {
  return {
    [`${name}.Category`]: category,
    [`${name}.Size`]: GiB,
    ...(level === undefined ? {} : { [`${name}.PerformanceLevel`]: level }),
  };
}

function moduleParameters({ product, region, modules }: AskedModules): CallParameters {
  const list = modules.map(({ code, config }, index) => ({
    [`ModuleList.${index + 1}.ModuleCode`]: code,
    [`ModuleList.${index + 1}.Config`]: config,
    // Compulsory, whatever the reference says.
    [`ModuleList.${index + 1}.PriceType`]: "Hour",
  }));
  return { ProductCode: product, SubscriptionType: "PayAsYouGo", Region: region, ...Object.assign({}, ...list) };
}
