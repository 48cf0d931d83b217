type Environment = Readonly<Record<string, string | undefined>>;

const ids = ["ALICLOUD_ACCESS_KEY", "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALICLOUD_ACCESS_KEY_ID"];
const secrets = ["ALICLOUD_SECRET_KEY", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALICLOUD_ACCESS_KEY_SECRET"];
const tokens = ["ALICLOUD_SECURITY_TOKEN", "ALIBABA_CLOUD_SECURITY_TOKEN"];

/**
 * The key of Alibaba Cloud under the names by which Pulumi looks for that of a bucket: it knows Amazon's names only. For buckets of
 * OSS alone, over TLS, and where no key of their own is set: nobody else gets it.
 *
 * @param address of the state
 * @returns variables for Pulumi; none where it has a key already, or there is none to hand on
 */
export function bucketKeys(address: string | undefined, environment: Environment): Readonly<Record<string, string>> {
  if (address === undefined || !isOss(address)) return {};
  if (environment["AWS_ACCESS_KEY_ID"] || environment["AWS_PROFILE"]) return {};
  const first = (names: readonly string[]) => names.map((name) => environment[name]).find(Boolean);
  const [id, secret, token] = [first(ids), first(secrets), first(tokens)];
  if (id === undefined || secret === undefined) return {};
  const session = token === undefined ? {} : { AWS_SESSION_TOKEN: token };
  return { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, ...session };
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
