import { createRequire } from "node:module";
import type { AskedDisk, AskedHost, AskedModules, Place, PriceCloud } from "../cost/live/cloud.ts";
import { noCredentials, PriceRefusal } from "../cost/live/cloud.ts";
import { credentialOf, endpointOf } from "../deploy/cloud-client.ts";

export interface PriceCloudOptions extends Place {
  /** Variables to read endpoints and keys from. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** PEM of an authority to trust beside the known ones. */
  readonly authority?: string;
}

/**
 * Bills and prices are asked for at the account's site, whatever the region: the SDK's own choice is by region, and lacks some
 * (@alicloud/bssopenapi20171214 4.1.1).
 */
export const billing = {
  china: "business.aliyuncs.com",
  international: "business.ap-southeast-1.aliyuncs.com",
} as const;

type Ecs = typeof import("@alicloud/ecs20140526");
type Bss = typeof import("@alicloud/bssopenapi20171214");

const require = createRequire(import.meta.url);

/** Asks by Alibaba's typed clients of the two APIs. */
export function priceCloud(options: PriceCloudOptions): PriceCloud {
  let clients: ReturnType<typeof clientsOf> | undefined;
  // CommonJS, a third of a second to load: with the first question only, since what the cache has needs none.
  const loaded = () => (clients ??= clientsOf(options));
  return {
    describePrice: (asked, milliseconds) => {
      const { ecs, ecsClient, answered, within } = loaded();
      return answered(() => ecsClient.describePriceWithOptions(hostRequest(asked, ecs), within(milliseconds)));
    },
    getPayAsYouGoPrice: (asked, milliseconds) => {
      const { bss, bssClient, answered, within } = loaded();
      return answered(() => bssClient.getPayAsYouGoPriceWithOptions(modulesRequest(asked, bss), within(milliseconds)));
    },
  };
}

function clientsOf({ region, site, environment, authority }: PriceCloudOptions) {
  const ecs = require("@alicloud/ecs20140526") as Ecs;
  const bss = require("@alicloud/bssopenapi20171214") as Bss;
  const { $OpenApiUtil } = require("@alicloud/openapi-core") as typeof import("@alicloud/openapi-core");
  const { RuntimeOptions } = require("@darabonba/typescript") as typeof import("@darabonba/typescript");
  const credential = credentialOf(environment);
  const shared = { credential, regionId: region, ...(authority === undefined ? {} : { ca: authority }) };
  const clientConfig = (endpoint: string) => new $OpenApiUtil.Config({ ...shared, endpoint });
  const own = { ALIBABA_CLOUD_ENDPOINT_BSSOPENAPI: billing[site], ...environment };
  let signed: Promise<boolean> | undefined;

  async function answered(call: () => Promise<{ readonly body?: { toMap(): unknown } }>): Promise<unknown> {
    signed ??= credential.getCredential().then(
      () => true,
      () => false,
    );
    if (!(await signed)) throw new PriceRefusal(noCredentials, undefined);
    try {
      return (await call()).body?.toMap();
    } catch (error) {
      throw refusalOf(error);
    }
  }

  return {
    ...{ ecs, bss, answered },
    ecsClient: new ecs.default(clientConfig(endpointOf("ecs", region, environment))),
    bssClient: new bss.default(clientConfig(endpointOf("bssopenapi", region, own))),
    within: (milliseconds: number) =>
      new RuntimeOptions({ connectTimeout: Math.ceil(milliseconds), readTimeout: Math.ceil(milliseconds) }),
  };
}

/** Field by field: the constructor of a request takes any name, a field does not. */
function hostRequest({ region, type, unit, period, system, data, Mbps }: AskedHost, ecs: Ecs) {
  const request = new ecs.DescribePriceRequest({});
  request.regionId = region;
  request.resourceType = "instance";
  request.instanceType = type;
  request.priceUnit = unit;
  request.period = period;
  // Without the category of a system disk, types that take ESSD alone are refused.
  if (system !== undefined) request.systemDisk = filled(new ecs.DescribePriceRequestSystemDisk({}), system);
  if (data.length > 0) request.dataDisk = data.map((disk) => filled(new ecs.DescribePriceRequestDataDisk({}), disk));
  if (Mbps !== undefined) {
    request.internetChargeType = "PayByBandwidth";
    request.internetMaxBandwidthOut = Mbps;
  }
  return request;
}

function filled<D extends { category?: string; size?: number; performanceLevel?: string }>(
  disk: D,
  { category, GiB, level }: AskedDisk,
): D {
  disk.category = category;
  disk.size = GiB;
  if (level !== undefined) disk.performanceLevel = level;
  return disk;
}

function modulesRequest({ product, region, modules }: AskedModules, bss: Bss) {
  const request = new bss.GetPayAsYouGoPriceRequest({});
  request.productCode = product;
  request.subscriptionType = "PayAsYouGo";
  request.region = region;
  request.moduleList = modules.map(({ code, config }) => {
    const module = new bss.GetPayAsYouGoPriceRequestModuleList({});
    module.moduleCode = code;
    module.config = config;
    // Compulsory, whatever the reference says.
    module.priceType = "Hour";
    return module;
  });
  return request;
}

/** The cloud's code and status. Its words stay here: they can hold a key's id. */
function refusalOf(error: unknown): PriceRefusal {
  const { code, statusCode } = error instanceof Error ? (error as { code?: unknown; statusCode?: unknown }) : {};
  // Only an answer has a status; everything else went wrong on the way.
  if (typeof statusCode !== "number") return new PriceRefusal("NoAnswer", undefined);
  return new PriceRefusal(typeof code === "string" && /^[\w.]{1,80}$/.test(code) ? code : "refused", statusCode);
}
