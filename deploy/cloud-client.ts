import { createRequire } from "node:module";
import pRetry from "p-retry";
import { withoutSecrets } from "./explain-read.ts";
import { keyIn } from "./key-names.ts";

/** API by the name that this project gives it. TSDB has an API version of its own under the product hitsdb. */
export type ApiName = "ecs" | "vpc" | "hitsdb" | "tsdb" | "ram" | "sts" | "bss" | "quotas";

const apis: Readonly<Record<ApiName, { readonly product: string; readonly version: string }>> = {
  ecs: { product: "ecs", version: "2014-05-26" },
  vpc: { product: "vpc", version: "2016-04-28" },
  hitsdb: { product: "hitsdb", version: "2020-06-15" },
  tsdb: { product: "hitsdb", version: "2017-06-01" },
  ram: { product: "ram", version: "2015-05-01" },
  sts: { product: "sts", version: "2015-04-01" },
  bss: { product: "bssopenapi", version: "2017-12-14" },
  quotas: { product: "quotas", version: "2020-05-10" },
};

/** Products with one endpoint for all regions. */
const central: Readonly<Record<string, string>> = {
  ram: "ram.aliyuncs.com",
  quotas: "quotas.aliyuncs.com",
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
  /** The cloud's own words. */
  readonly said: string;

  constructor(code: string, action: string, message: string, requestId: string | undefined) {
    super(`${action}: ${code}: ${message}${requestId === undefined ? "" : ` (RequestId: ${requestId})`}`);
    this.code = code;
    this.action = action;
    this.requestId = requestId;
    this.said = message;
  }

  /** As the provider would word it, for ./explain.ts. */
  get text(): string {
    const head = `Resource - ${this.action} Failed!!!\n`;
    if (this.code === "NoConnection") return `${head}${this.said}`;
    return `${head}Code: ${this.code}\nMessage: ${this.said}\nRequestId: ${this.requestId ?? ""}`;
  }
}

export interface ClientOptions {
  readonly region: string;
  /** Variables to read endpoints and keys from; the process's own when left out. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** PEM of an authority to trust beside the known ones; NODE_EXTRA_CA_CERTS does the same for a whole process. */
  readonly authority?: string;
}

const require = createRequire(import.meta.url);

/** The SDK is CommonJS and takes a tenth of a second to load: only where something is called. */
function load() {
  return {
    sdk: require("@alicloud/openapi-core") as typeof import("@alicloud/openapi-core"),
    base: require("@darabonba/typescript") as typeof import("@darabonba/typescript"),
    credentials: require("@alicloud/credentials") as typeof import("@alicloud/credentials"),
  };
}

/**
 * A client of every API, made from Alibaba's own SDK. Endpoints follow ALIBABA_CLOUD_ENDPOINT_<PRODUCT>, as the
 * provider's do; keys come from ALICLOUD_ACCESS_KEY and the like, from a profile, or from the SDK's own chain.
 */
export function cloudClient(options: ClientOptions): CloudClient {
  const environment = options.environment ?? process.env;
  const { sdk, base, credentials } = load();
  const { Config, OpenApiRequest, Params } = sdk.$OpenApiUtil;
  const credential = credentialOf(environment, credentials);
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
      const query = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
      const params = new Params({ ...rpc, action, version });
      return patiently(async () => {
        try {
          const request = new OpenApiRequest({ query });
          const answer = await clientOf(product).callApi(params, request, new base.RuntimeOptions({}));
          return answer["body"] as unknown;
        } catch (error) {
          throw refusalOf(error, action);
        }
      });
    },
  };
}

/** How all of these APIs are called. */
const rpc = {
  protocol: "HTTPS",
  pathname: "/",
  method: "POST",
  authType: "AK",
  style: "RPC",
  reqBodyType: "formData",
  bodyType: "json",
} as const;

/** Host, and port where one is given. */
export function endpointOf(
  product: string,
  region: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const given = environment[`ALIBABA_CLOUD_ENDPOINT_${product.toUpperCase()}`];
  if (given !== undefined && given !== "") return given;
  // The one region whose ECS endpoint has a name of its own (@alicloud/ecs20140526 7.11.6).
  if (product === "ecs" && region === "cn-hangzhou") return "ecs-cn-hangzhou.aliyuncs.com";
  return central[product] ?? `${product}.${region}.aliyuncs.com`;
}

/** The provider's own variables first, since they are what deploys; then whatever the SDK finds. */
export function credentialOf(
  environment: Readonly<Record<string, string | undefined>>,
  credentials = load().credentials,
) {
  const given = keyIn(environment)?.key;
  if (given !== undefined) {
    const { id: accessKeyId, secret: accessKeySecret, token: securityToken } = given;
    const key = { accessKeyId, accessKeySecret };
    return new credentials.default(
      new credentials.Config(
        securityToken === undefined ? { type: "access_key", ...key } : { type: "sts", ...key, securityToken },
      ),
    );
  }
  const profile = environment["ALICLOUD_PROFILE"] || environment["ALIBABA_CLOUD_PROFILE"];
  if (profile) {
    const provider = credentials.CLIProfileCredentialsProvider.builder().withProfileName(profile).build();
    return new credentials.default(null, provider);
  }
  return firstAlone(new credentials.default());
}

/**
 * The chain remembers which of its places it is trying, and takes it for the one that has succeeded: whoever asks meanwhile gets
 * that one's refusal (@alicloud/credentials 2.4.7, providers/default.js). So the first question is asked alone.
 */
function firstAlone<T extends { getCredential(): Promise<unknown> }>(credential: T): T {
  const ask = credential.getCredential.bind(credential) as T["getCredential"];
  let first: Promise<unknown> | undefined;
  credential.getCredential = (async () => {
    if (first !== undefined) {
      await first.catch(() => undefined);
      return ask();
    }
    first = ask();
    return first;
  }) as T["getCredential"];
  return credential;
}

/** Calls again what passes by itself: what was throttled three times, with growing waits; a lost connection once. */
async function patiently<T>(call: () => Promise<T>): Promise<T> {
  return await pRetry(call, {
    retries: 3,
    minTimeout: 500,
    factor: 4,
    shouldRetry: ({ error, attemptNumber }) =>
      error instanceof CloudRefusal &&
      (/Throttling|^ServiceUnavailable$|^InternalError$/.test(error.code) || (attemptNumber === 1 && isLost(error))),
  });
}

/** Lost on the way, and not for want of keys. Only what reads is called here: it may be asked twice. */
function isLost({ code, said }: CloudRefusal): boolean {
  return code === "NoConnection" && !said.includes("unable to get credentials");
}

function refusalOf(error: unknown, action: string): CloudRefusal {
  if (!(error instanceof Error)) return new CloudRefusal("NoConnection", action, String(error), undefined);
  const { code, requestId, statusCode } = error as { code?: unknown; requestId?: unknown; statusCode?: unknown };
  const said = error.message.replace(`${String(code)}: `, "").replace(/^code: \d{3}, /, "");
  const message = withoutSecrets(said.replace(/ request id: \S*$/, ""));
  // Only an answer has a status; everything else went wrong on the way.
  if (typeof statusCode !== "number" && code !== "InvalidCredentials") {
    return new CloudRefusal("NoConnection", action, message, undefined);
  }
  return new CloudRefusal(String(code), action, message, typeof requestId === "string" ? requestId : undefined);
}
