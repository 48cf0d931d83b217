import type { OpenApiRequest, Params } from "@alicloud/openapi-core/dist/utils.js";

/** API by the name that this project gives it. TSDB has an API version of its own under the product hitsdb. */
export type ApiName = "ecs" | "vpc" | "hitsdb" | "tsdb" | "ram" | "bss";

const apis: Readonly<Record<ApiName, { readonly product: string; readonly version: string }>> = {
  ecs: { product: "ecs", version: "2014-05-26" },
  vpc: { product: "vpc", version: "2016-04-28" },
  hitsdb: { product: "hitsdb", version: "2020-06-15" },
  tsdb: { product: "hitsdb", version: "2017-06-01" },
  ram: { product: "ram", version: "2015-05-01" },
  bss: { product: "bssopenapi", version: "2017-12-14" },
};

/** Products with one endpoint for all regions. */
const central: Readonly<Record<string, string>> = {
  ram: "ram.aliyuncs.com",
  bssopenapi: "business.aliyuncs.com",
};

export type CallParameters = Readonly<Record<string, string | number | boolean>>;

/** Calls the cloud's API, the real one or the local one alike. Answers are unknown: whoever calls checks their shape. */
export interface CloudClient {
  /** @throws {@link CloudRefusal} */
  call(api: ApiName, action: string, parameters: CallParameters): Promise<unknown>;
}

/** A call that was refused, or that got no answer (code "NoConnection"). */
export class CloudRefusal extends Error {
  readonly code: string;
  readonly action: string;
  readonly requestId: string | undefined;

  constructor(code: string, action: string, message: string, requestId: string | undefined) {
    super(`${action}: ${code}: ${message}${requestId === undefined ? "" : ` (RequestId: ${requestId})`}`);
    this.code = code;
    this.action = action;
    this.requestId = requestId;
  }
}

export interface ClientOptions {
  readonly region: string;
  /** Variables to read endpoints and keys from; the process's own when left out. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** PEM of an authority to trust beside the known ones; NODE_EXTRA_CA_CERTS does the same for a whole process. */
  readonly authority?: string;
}

/**
 * A client of every API, made from Alibaba's own SDK. Endpoints follow ALIBABA_CLOUD_ENDPOINT_<PRODUCT>, as the
 * provider's do; keys come from ALICLOUD_ACCESS_KEY and the like, from a profile, or from the SDK's own chain.
 */
export async function cloudClient(options: ClientOptions): Promise<CloudClient> {
  const environment = options.environment ?? process.env;
  // Loaded only where something is called: it takes a tenth of a second.
  const sdk = await import("@alicloud/openapi-core");
  const { Config, OpenApiRequest, Params } = sdk.$OpenApiUtil;
  const credential = await credentialOf(environment);
  const clients = new Map<string, InstanceType<typeof sdk.default>>();

  function clientOf(product: string) {
    const endpoint = endpointOf(product, options.region, environment);
    const known = clients.get(endpoint);
    if (known !== undefined) return known;
    const { authority: ca } = options;
    const config = { endpoint, credential, regionId: options.region, readTimeout: 30_000, connectTimeout: 10_000 };
    const made = new sdk.default(new Config({ ...config, ...(ca === undefined ? {} : { ca }) }));
    clients.set(endpoint, made);
    return made;
  }

  return {
    async call(api, action, parameters) {
      const { product, version } = apis[api];
      const body = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
      const request: OpenApiRequest = new OpenApiRequest({ query: body });
      const style = { pathname: "/", method: "POST", authType: "AK", style: "RPC" } as const;
      const params: Params = new Params({
        ...{ action, version, ...style },
        ...{ protocol: "HTTPS", bodyType: "json", reqBodyType: "formData" },
      });
      return patiently(async () => {
        try {
          const answer = await clientOf(product).callApi(params, request, new RuntimeOptionsOf(sdk)());
          return answer["body"] as unknown;
        } catch (error) {
          throw refusalOf(error, action);
        }
      });
    },
  };
}
