import { credentialOf } from "../deploy/cloud-client.ts";
import type { SessionFacts } from "./workplace.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Milliseconds: where nothing is set, the chain ends with the metadata service of a host, which a laptop has none of. */
const patience = 2_500;

/** Variables by which a key is given, as deploy/cloud-client.ts takes them. */
const idNames = ["ALICLOUD_ACCESS_KEY", "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALICLOUD_ACCESS_KEY_ID"] as const;
const secretNames = ["ALICLOUD_SECRET_KEY", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALICLOUD_ACCESS_KEY_SECRET"] as const;
const tokenNames = ["ALICLOUD_SECURITY_TOKEN", "ALIBABA_CLOUD_SECURITY_TOKEN"] as const;
const profileNames = ["ALICLOUD_PROFILE", "ALIBABA_CLOUD_PROFILE"] as const;

/** What the chain finds, in the order in which the client looks; undefined: nothing within a few seconds. */
export async function findSession(environment: Environment): Promise<SessionFacts | undefined> {
  const given = keysGiven(environment);
  if (given !== undefined) return given;
  try {
    const credential = credentialOf(environment);
    const found = await inTime(credential.getCredential());
    if (found === undefined) return undefined;
    const { kind, from } = sourceOf(found.providerName, environment);
    const until = endOf(credential);
    return { kind, from, temporary: Boolean(found.securityToken), ...(until === undefined ? {} : { until }) };
  } catch {
    // The chain names every place where it looked; what stands in them stays with it.
    return undefined;
  }
}

/** Keys of the environment: found without asking anybody. */
function keysGiven(environment: Environment): SessionFacts | undefined {
  const first = (names: readonly string[]) => names.find((name) => environment[name]);
  const [id, secret, token] = [first(idNames), first(secretNames), first(tokenNames)];
  if (id === undefined || secret === undefined) return undefined;
  const from = [id, secret, ...(token === undefined ? [] : [token])].join(", ");
  return token === undefined
    ? { kind: "access-key", from, temporary: false }
    : { kind: "sts-token", from, temporary: true };
}

/** By the name that Alibaba's SDK gives to what has found it (@alicloud/credentials 2.4.7). */
function sourceOf(name: string | undefined, environment: Environment): Pick<SessionFacts, "kind" | "from"> {
  if (name?.includes("oidc_role_arn")) {
    return {
      kind: "oidc",
      from: "ALIBABA_CLOUD_ROLE_ARN, ALIBABA_CLOUD_OIDC_PROVIDER_ARN, ALIBABA_CLOUD_OIDC_TOKEN_FILE",
    };
  }
  if (name?.includes("ecs_ram_role")) return { kind: "ecs-ram-role", from: "this host's metadata service" };
  if (name?.includes("credential_uri")) return { kind: "credentials-uri", from: "ALIBABA_CLOUD_CREDENTIALS_URI" };
  const variable = profileNames.find((one) => environment[one]);
  if (variable !== undefined) return { kind: "profile", from: `profile ${environment[variable]} of ${variable}` };
  return { kind: "profile", from: "the default profile, which no variable names" };
}

async function inTime<T>(promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((done) => {
    timer = setTimeout(() => done(undefined), patience);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The end of a session that the SDK has got, which it keeps inside its provider; undefined where it keeps none. */
function endOf(value: unknown, depth = 0): string | undefined {
  if (typeof value !== "object" || value === null || depth > 5) return undefined;
  const { session } = value as { readonly session?: { readonly expiration?: unknown } };
  const end = session?.expiration;
  if (typeof end === "string" && !Number.isNaN(Date.parse(end))) return new Date(end).toISOString();
  for (const name of ["credential", "provider", "lastUsedProvider", "credentialsProvider", "innerProvider"]) {
    const found = endOf((value as Readonly<Record<string, unknown>>)[name], depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
