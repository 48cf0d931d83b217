import { keyIn } from "./key-names.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The key of Alibaba Cloud under the names by which Pulumi looks for that of a bucket: it knows Amazon's names only. For buckets of
 * OSS alone, over TLS, and where no key of their own is set: nobody else gets it.
 *
 * @param address of the state
 * @param key that was found for the cloud; where there is none, that of the environment
 * @returns variables for Pulumi; none where it has a key already, or there is none to hand on
 */
export function bucketKeys(
  address: string | undefined,
  environment: Environment,
  key = keyIn(environment)?.key,
): Readonly<Record<string, string>> {
  if (key === undefined || !wantsKey(address, environment)) return {};
  const session = key.token === undefined ? {} : { AWS_SESSION_TOKEN: key.token };
  return { AWS_ACCESS_KEY_ID: key.id, AWS_SECRET_ACCESS_KEY: key.secret, ...session };
}

/** Whether a state lies in a bucket of OSS for which no key of its own is set. */
export function wantsKey(address: string | undefined, environment: Environment): boolean {
  if (address === undefined || !isOss(address)) return false;
  return !environment["AWS_ACCESS_KEY_ID"] && !environment["AWS_PROFILE"];
}

function isOss(address: string): boolean {
  if (!address.startsWith("s3://") || !URL.canParse(address)) return false;
  const { searchParams: query } = new URL(address);
  const endpoint = (query.get("endpoint") ?? "").replace(/^(?!https?:)/, "https://");
  if (!URL.canParse(endpoint) || query.has("profile")) return false;
  const { protocol, hostname } = new URL(endpoint);
  const clear = ["disableSSL", "disable_https"].some((name) => /^(?:1|t|true)$/i.test(query.get(name) ?? ""));
  return protocol === "https:" && !clear && hostname.endsWith(".aliyuncs.com");
}
