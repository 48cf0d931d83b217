import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { z } from "zod";
import { ConfigError } from "../../components/config/mistakes.ts";
import type { SettingsInput } from "../../components/config/schema.ts";
import { parseStackFile } from "../../components/config/stack-file.ts";
import { validate } from "../../components/config/validate.ts";
import { readProjectFile, type Settings } from "../../components/config.ts";
import { type ApiName, type CallParameters, type CloudClient, cloudClient } from "../../deploy/cloud-client.ts";
import type { Plan } from "../../plan/plan.ts";
import { asker } from "../../preflight/ask.ts";
import type { Check, Finding, Situation } from "../../preflight/check.ts";
import { demandOf } from "../../preflight/demand.ts";
import type { Workplace } from "../../preflight/workplace.ts";
import { ask, type faultRule } from "../../sandbox/control.ts";
import { clientEnvironment } from "../../sandbox/environment.ts";
import { openCloud, rootKey } from "../../sandbox/open.ts";
import { certificates } from "../../sandbox/server/certificates.ts";
import { listen } from "../../sandbox/server/serve.ts";
import type { AccountState } from "../support/rehearsed-faults.ts";
import { planOf, smallSettings, stackFile } from "../support/stacks.ts";

/** Id of the account; an identity that tests can compare with. */
export const accountId = "1000000000000001";

export interface ListeningOptions {
  readonly site?: "china" | "international";
  readonly account?: AccountState;
  /** Region of the client; that of the stack is asked whatever this says. */
  readonly region?: string;
}

/** One authority for all tests of a file: making one takes longer than a test. */
let authority: ReturnType<typeof certificates> | undefined;
function certificatesOnce() {
  authority ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), "china-preflight-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    return certificates(folder);
  })();
  return authority;
}

/** A sandbox that really listens, over TLS, and Alibaba's own SDK as its client. Gone when the test is over. */
export async function listening({ site = "china", account = {}, region = "cn-shanghai" }: ListeningOptions = {}) {
  const tls = await certificatesOnce();
  const cloud = openCloud(":memory:", 60);
  onTestFinished(() => cloud.close());
  cloud.account(accountId, site);
  const server = await listen(cloud, tls);
  onTestFinished(() => server.close());
  const pem = readFileSync(tls.authority, "utf8");

  const environmentFor = (key: { readonly id: string; readonly secret: string }) =>
    clientEnvironment({
      ...{ tlsPort: server.tlsPort, plainPort: server.plainPort, authority: tls.authority },
      ...{ accessKeyId: key.id, accessKeySecret: key.secret },
    });
  const environment = environmentFor(rootKey(cloud, accountId));
  const client = cloudClient({ region, environment, authority: pem });

  const change = (state: AccountState) => ask(cloud, { ask: "change-account", id: accountId, change: state });
  change(account);

  /** A call that must go through, to make what stands before a preflight. Ten minutes pass after it. */
  const made = async (
    api: ApiName,
    action: string,
    parameters: CallParameters = {},
  ): Promise<Record<string, never>> => {
    const answer = await client.call(api, action, { RegionId: region, ...parameters });
    cloud.clock.skip(600_000);
    return answer as Record<string, never>;
  };

  return {
    ...{ cloud, client, environment, authority: pem, made },
    /** Changes the account: realName, balance, arrears, payMethod, riskControl, vcpu, quotas, ... */
    account: change,
    /** A type, disk category, class or image that cannot be had in a zone, or hardly; * for all. */
    sellOut: (zone: string, what: string, how: "NoStock" | "NotOnSale" | "LowStock" = "NoStock") =>
      ask(cloud, { ask: "sell-out", zone, what, how }),
    /** What a spot host costs now; without it no price is known. */
    spotPrice: (zone: string, type: string, price: number) => ask(cloud, { ask: "spot-price", zone, type, price }),
    /** What an action answers from now on, for example { action, effect: { kind: "cut" } }. */
    fault: (rule: z.infer<typeof faultRule>) => ask(cloud, { ask: "add-fault", rule }),
    /** An action that is refused from now on. */
    refuse: (action: string, code: string, http = 403, message = "Refused by a test.") =>
      ask(cloud, { ask: "add-fault", rule: { action, effect: { kind: "error", code, http, message } } }),
    /** A client of a RAM user who may do what the policy says; without one, nothing. */
    async user(policy?: object): Promise<CloudClient> {
      const name = "reader";
      await client.call("ram", "CreateUser", { UserName: name });
      if (policy !== undefined) {
        const PolicyDocument = JSON.stringify(policy);
        await client.call("ram", "CreatePolicy", { PolicyName: name, PolicyDocument });
        await client.call("ram", "AttachPolicyToUser", { PolicyName: name, PolicyType: "Custom", UserName: name });
      }
      const answer = (await client.call("ram", "CreateAccessKey", { UserName: name })) as {
        readonly AccessKey: { readonly AccessKeyId: string; readonly AccessKeySecret: string };
      };
      const key = { id: answer.AccessKey.AccessKeyId, secret: answer.AccessKey.AccessKeySecret };
      return cloudClient({ region, environment: environmentFor(key), authority: pem });
    },
    /** What a check looks at, asking this cloud; `calls` of its asker count. */
    situation: (of: StackOf = smallSettings(), options: SituationOptions = {}) => situation(of, { client, ...options }),
  };
}
export type Listening = Awaited<ReturnType<typeof listening>>;

/** The text of a stack file, or its settings as `smallSettings()` has them. */
export type StackOf = string | SettingsInput | object;

export interface SituationOptions {
  readonly stack?: string;
  /** null: no credentials. */
  readonly client?: CloudClient | null;
  readonly workplace?: Partial<Workplace>;
  readonly now?: Date;
}

/** A machine where nothing is amiss. */
export const goodWorkplace: Workplace = {
  environment: {},
  node: "24.11.1",
  pulumi: { version: "3.270.0", path: "/usr/local/bin/pulumi", kind: "official" },
  provider: { version: "3.108.0", path: "/home/ops/.pulumi/plugins/resource-alicloud", kind: "official" },
  wanted: { pulumi: "3.270.0", provider: "3.108.0" },
  backend: { url: "file://~", answers: true },
  sandbox: true,
};

const loaded = new Map<string, Promise<{ readonly settings: Settings; readonly plan: Plan }>>();

/**
 * What a check looks at, for a stack file. The plan of the same text is recorded once.
 *
 * @throws ConfigError for a stack file with mistakes
 */
export async function situation(of: StackOf, options: SituationOptions = {}): Promise<Situation> {
  const { stack = "test", client, workplace = {}, now = new Date() } = options;
  const text = typeof of === "string" ? of : stackFile(of);
  const key = `${stack}\n${text}`;
  const load = loaded.get(key) ?? loadedFrom(text, stack);
  loaded.set(key, load);
  const { settings, plan } = await load;
  return {
    ...{ stack, settings, plan, demand: demandOf(plan, settings), now },
    workplace: { ...goodWorkplace, ...workplace },
    ...(client === undefined || client === null ? {} : { ask: asker(client) }),
  };
}

async function loadedFrom(text: string, stack: string) {
  const parsed = parseStackFile(text, "china");
  const checked = validate(parsed.values, stack, readProjectFile);
  if (!checked.ok || parsed.mistakes.length > 0) {
    throw new ConfigError("a test", [...parsed.mistakes, ...(checked.ok ? [] : checked.mistakes)], parsed.locate);
  }
  return { settings: checked.settings, plan: await planOf(text, stack) };
}

/** The same cloud with the answers of one action changed: for what the local cloud never says. */
export function answering(
  client: CloudClient,
  action: string,
  change: (answer: Record<string, unknown>, parameters: CallParameters) => object,
): CloudClient {
  return {
    async call(api, called, parameters) {
      const answer = await client.call(api, called, parameters);
      return called === action ? change(answer as Record<string, unknown>, parameters) : answer;
    },
  };
}

/** A network of the stack "test" in cn-shanghai-l, and hosts with these names in it. */
export async function standingHosts(
  { made }: Pick<Listening, "made">,
  names: readonly string[],
  more: CallParameters = {},
): Promise<void> {
  const vpc = { CidrBlock: "10.20.0.0/16", VpcName: "china-test-network-vpc" };
  const { VpcId = "" } = await made("vpc", "CreateVpc", vpc);
  const network = { VpcId, ZoneId: "cn-shanghai-l", CidrBlock: "10.20.0.0/20" };
  const named = { VSwitchName: "china-test-network-cn-shanghai-l" };
  const { VSwitchId = "" } = await made("vpc", "CreateVSwitch", { ...network, ...named });
  const group = { VpcId, SecurityGroupName: "china-test-network-workers" };
  const { SecurityGroupId = "" } = await made("ecs", "CreateSecurityGroup", group);
  for (const InstanceName of names) {
    await made("ecs", "RunInstances", {
      ...{ ImageId: "ubuntu_24_04_x64_20G_alibase_20260916.vhd", InstanceType: "ecs.g7.xlarge", Amount: 1 },
      ...{ VSwitchId, SecurityGroupId, InstanceName, InstanceChargeType: "PostPaid" },
      ...{ "SystemDisk.Category": "cloud_essd", "SystemDisk.Size": 40, ...more },
    });
  }
}

/** What a check finds, as `preflight` would list it. */
export async function found(check: Check, seen: Situation | Promise<Situation>): Promise<readonly Finding[]> {
  const at = await seen;
  if (check.asks && at.ask === undefined) throw new Error(`${check.id} asks the cloud, and there are no credentials`);
  return check.find(at);
}
