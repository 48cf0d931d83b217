import { readFile } from "node:fs/promises";
import os from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { credentialOf } from "./cloud-client.ts";
import { type Key, keyIn, strayIn, unreadNames } from "./key-names.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Credentials that were found. The key is behind a function, so that no text or JSON of a session holds it. */
export interface Session {
  readonly facts: SessionFacts;
  readonly key: () => Key;
}

/** Credentials without the credentials. */
export interface SessionFacts {
  readonly kind: "access-key" | "sts-token" | "profile" | "ecs-ram-role" | "oidc" | "credentials-uri";
  /** Where it was found: names of variables, or a profile's. */
  readonly from: string;
  /** It ends by itself. */
  readonly temporary: boolean;
  /** ISO time of its end; absent where that cannot be known. */
  readonly until?: string;
  readonly provider: WayToProvider;
}

/** How the provider comes to the same credentials. Only what it reads itself it renews, where that can be renewed. */
export type WayToProvider =
  | { readonly way: "itself"; readonly renews: boolean }
  /** It has to be told a name, and reads what that stands for. */
  | { readonly way: "by-name"; readonly renews: boolean; readonly variable: string; readonly name: string }
  /** It would find nothing, or something else: it gets the key that was found. */
  | { readonly way: "by-key"; readonly because: string }
  /** It would take something else than what was found, and cannot be kept from it. */
  | { readonly way: "none"; readonly because: string; readonly next: string };

/** Milliseconds: where nothing is set, the chain ends with the metadata service of a host, which a laptop has none of. */
const patience = 2_500;

const profileNames = ["ALICLOUD_PROFILE", "ALIBABA_CLOUD_PROFILE"];
const roleNames = ["ALICLOUD_ECS_ROLE_NAME", "ALIBABA_CLOUD_ECS_METADATA"];
const profileFileNames = ["ALICLOUD_SHARED_CREDENTIALS_FILE", "ALIBABA_CLOUD_CREDENTIALS_FILE"];
const uriNames = ["ALICLOUD_CREDENTIALS_URI", "ALIBABA_CLOUD_CREDENTIALS_URI"];

/** Variables other than keys by which the provider looks for credentials. */
export const otherSources: readonly string[] = [...profileNames, ...roleNames, ...profileFileNames, ...uriNames];

/** What the chain finds, in the order in which the client looks; undefined: nothing within a few seconds. */
export async function findSession(environment: Environment): Promise<Session | undefined> {
  const given = keyIn(environment);
  if (given !== undefined) return { facts: factsOfGiven(given.key, given.names), key: () => given.key };
  try {
    const credential = credentialOf(environment);
    const found = await inTime(credential.getCredential());
    if (found === undefined) return undefined;
    const { accessKeyId: id, accessKeySecret: secret, securityToken: token } = found;
    if (!id || !secret) return undefined;
    const until = endOf(credential);
    const source = await sourceOf(found.providerName ?? "", credential, environment);
    const facts = {
      ...{ ...source, provider: notMixed(source.provider, environment) },
      ...{ temporary: Boolean(token), ...(until === undefined ? {} : { until }) },
    };
    return { facts, key: () => ({ id, secret, ...(token ? { token } : {}) }) };
  } catch {
    // The chain names every place where it looked; what stands in them stays with it.
    return undefined;
  }
}

/** Keys of the environment: found without asking anybody. */
function factsOfGiven({ token }: Key, names: readonly string[]): SessionFacts {
  const unread = names.filter((name) => unreadNames.includes(name));
  return {
    ...{ kind: token === undefined ? "access-key" : "sts-token", from: names.join(", ") },
    temporary: token !== undefined,
    provider:
      unread.length === 0
        ? { way: "itself", renews: false }
        : { way: "by-key", because: `the provider does not read ${unread.join(" and ")}` },
  };
}

/** The provider takes each part of a key from where it finds it first. */
function notMixed(way: WayToProvider, environment: Environment): WayToProvider {
  const stray = strayIn(environment);
  if (stray === undefined || way.way === "by-key" || way.way === "none") return way;
  return { way: "by-key", because: `the provider would take ${stray}, which is no whole key, with a part of this one` };
}

type Source = Pick<SessionFacts, "kind" | "from" | "provider">;

/**
 * By the name that Alibaba's SDK gives to what has found it (@alicloud/credentials 2.4.7): default/oidc_role_arn.
 * What the provider reads: terraform-provider-alicloud 1.285.0, alicloud/provider.go, providerConfigure and what it calls.
 */
async function sourceOf(name: string, credential: unknown, environment: Environment): Promise<Source> {
  const path = name.replace(/^default\//, "");
  if (path.startsWith("cli_profile")) return profileOf(environment);
  if (path.startsWith("oidc_role_arn")) {
    return {
      kind: "oidc",
      from: "ALIBABA_CLOUD_ROLE_ARN, ALIBABA_CLOUD_OIDC_PROVIDER_ARN, ALIBABA_CLOUD_OIDC_TOKEN_FILE",
      provider: { way: "by-key", because: "the provider does not read the variables of a role by OIDC" },
    };
  }
  if (path.startsWith("ecs_ram_role")) {
    return {
      ...{ kind: "ecs-ram-role", from: "this host's metadata service" },
      provider: await wayOfRole(credential, environment),
    };
  }
  if (path.startsWith("credential_uri")) {
    return {
      kind: "credentials-uri",
      from: "ALIBABA_CLOUD_CREDENTIALS_URI",
      provider: { way: "by-key", because: "the provider would ask the address once more, and take what it says then" },
    };
  }
  return {
    kind: "profile",
    from: "~/.alibabacloud/credentials",
    provider: { way: "by-key", because: "the provider does not read ~/.alibabacloud/credentials" },
  };
}

async function profileOf(environment: Environment): Promise<Source> {
  const variable = profileNames.find((one) => environment[one]);
  const from =
    variable === undefined
      ? "the current profile of ~/.aliyun/config.json"
      : `profile ${environment[variable]} of ${variable}`;
  return { kind: "profile", from, provider: await wayOfProfile(variable, environment) };
}

async function wayOfProfile(variable: string | undefined, environment: Environment): Promise<WayToProvider> {
  const file = profileFileNames.find((one) => environment[one]);
  if (file !== undefined) {
    return {
      way: "none",
      because: `the provider takes profiles from the file of ${file}, and Alibaba's SDKs from ~/.aliyun/config.json: it would deploy by another key than what is asked here`,
      next: `unset ${file}`,
    };
  }
  const { name, mode } = await profileNamed(variable === undefined ? undefined : environment[variable]);
  if (mode === "OIDC") return { way: "by-key", because: "the provider does not read profiles with a role by OIDC" };
  const renews = mode !== "AK" && mode !== "StsToken";
  return variable === undefined
    ? { way: "by-name", renews, variable: "ALICLOUD_PROFILE", name }
    : { way: "itself", renews };
}

const profilesFile = z.object({
  current: z.string().optional(),
  profiles: z.array(z.object({ name: z.string(), mode: z.string() })),
});

/** A profile of Alibaba's command line, and what it stands for: AK, StsToken, RamRoleArn ... Without a name, the current one. */
async function profileNamed(wanted: string | undefined) {
  const text = await readFile(join(os.homedir(), ".aliyun", "config.json"), "utf8");
  const { current, profiles } = profilesFile.parse(JSON.parse(text));
  const name = wanted ?? current;
  const found = profiles.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no profile ${name}`);
  return found;
}

async function wayOfRole(credential: unknown, environment: Environment): Promise<WayToProvider> {
  if (roleNames.some((one) => environment[one])) return { way: "itself", renews: true };
  const name = await inTime(roleOf(credential));
  if (name === undefined)
    return { way: "by-key", because: "the provider uses the RAM role of a host only by its name" };
  return { way: "by-name", renews: true, variable: "ALICLOUD_ECS_ROLE_NAME", name };
}

/** Name of this host's role: asked by what has found the session, which knows how; undefined where it does not tell. */
async function roleOf(credential: unknown): Promise<string | undefined> {
  const asking = within(credential, (one) => typeof one["getRoleName"] === "function");
  const ask = asking?.["getRoleName"] as (() => Promise<unknown>) | undefined;
  const name = await ask?.call(asking);
  return typeof name === "string" && /^[\w.-]+$/.test(name) ? name : undefined;
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
function endOf(credential: unknown): string | undefined {
  const ends = (one: Inside) => {
    const end = (one["session"] as { readonly expiration?: unknown } | undefined)?.expiration;
    return typeof end === "string" && !Number.isNaN(Date.parse(end)) ? new Date(end).toISOString() : undefined;
  };
  const holder = within(credential, (one) => ends(one) !== undefined);
  return holder === undefined ? undefined : ends(holder);
}

type Inside = Readonly<Record<string, unknown>>;

/** The part of the SDK's credential that is wanted: what has found a session is inside what has looked for one. */
function within(value: unknown, wanted: (one: Inside) => boolean, depth = 0): Inside | undefined {
  if (typeof value !== "object" || value === null || depth > 5) return undefined;
  const one = value as Inside;
  if (wanted(one)) return one;
  for (const name of ["credential", "provider", "lastUsedProvider", "credentialsProvider", "innerProvider"]) {
    const found = within(one[name], wanted, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
