import { spawn } from "node:child_process";
import { generateKeyPairSync, sign } from "node:crypto";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { accessKeys } from "../../sandbox/core/accounts.ts";
import { hostsAnswer } from "../../sandbox/ecs/assistant-hosts.ts";
import { rootKey } from "../../sandbox/open.ts";
import { trustPolicy } from "../../sandbox/policy.ts";
import { oidcProviders } from "../../sandbox/ram/rows.ts";
import { defaultAccounts } from "../../sandbox/session.ts";
import { Client } from "../sandbox/client.ts";
import { copyProject } from "../support/command.ts";
import { projectFolder, smallSettings } from "../support/stacks.ts";
import { engineFolders } from "./engine.ts";
import { type RealNames, realNames } from "./real-names.ts";
import { type Ran, TestSandbox } from "./sandbox.ts";
import { filesBelow, withGroup } from "./stacks/deployed.ts";

/**
 * `npm run deploy` with no --sandbox: by Alibaba Cloud's own names, with an empty environment but for a role by OIDC, which
 * the provider does not read by itself.
 */

const account = defaultAccounts.china;
const names = [
  ...["ecs", "hitsdb", "sts", "vpc"].map((product) => `${product}.cn-shanghai.aliyuncs.com`),
  ...["business", "location", "quotas", "ram", "sts"].map((product) => `${product}.aliyuncs.com`),
];
const settings = withGroup(smallSettings(), { count: 1 });

let sandbox: TestSandbox;
let network: RealNames;
let project: string;
let environment: Readonly<Record<string, string>>;
let token: string;

beforeAll(async () => {
  // A session of an hour, on the cloud's clock, has to last for a deployment.
  sandbox = await TestSandbox.open(20);
  network = await realNames(sandbox, names);
  const { folder } = sandbox.home;
  token = await roleByToken();
  const tokenFile = join(folder, "token");
  writeFileSync(tokenFile, token, { mode: 0o600 });

  // A deployment writes into the stack file, so the project is a copy.
  project = join(folder, "project");
  mkdirSync(project);
  copyProject(project, ["preflight", "sandbox"]);
  symlinkSync(join(projectFolder, "node_modules"), join(project, "node_modules"));
  const config = Object.fromEntries(Object.entries(settings).map(([key, value]) => [`china:${key}`, value]));
  writeFileSync(join(project, "Pulumi.small.yaml"), stringify({ config }));

  // Stands for Pulumi's own plugin, which these machines do not have: one that was built here is refused.
  const [pulumi = "", provider = ""] = await engineFolders();
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const plugin = "pulumi-resource-alicloud";
  writeFileSync(join(bin, plugin), `#!/bin/sh\nexec ${join(provider, plugin)} "$@"\n`, { mode: 0o755 });
  const [home, state] = [join(folder, "home"), join(folder, "state")];
  for (const path of [home, state]) mkdirSync(path, { recursive: true });
  environment = {
    ...{ PATH: [bin, pulumi, dirname(process.execPath), "/usr/bin", "/bin"].join(":"), HOME: home, NO_COLOR: "1" },
    ...{ PULUMI_HOME: join(home, ".pulumi"), PULUMI_BACKEND_URL: `file://${state}?metadata=skip` },
    ...{ PULUMI_CONFIG_PASSPHRASE: "of a test", CHINA_ENGINE_CACHE: join(folder, "no-cache") },
    ...{ ALIBABA_CLOUD_ROLE_ARN: `acs:ram::${account}:role/pipeline`, ALIBABA_CLOUD_OIDC_TOKEN_FILE: tokenFile },
    ALIBABA_CLOUD_OIDC_PROVIDER_ARN: `acs:ram::${account}:oidc-provider/pipelines`,
    ...network.environment,
  };
}, 120_000);

afterAll(async () => {
  await network.close();
  await sandbox.close();
});

/** A role that may do everything, open to a token of a pipeline; the token. */
async function roleByToken(): Promise<string> {
  const { cloud } = sandbox;
  cloud.account(account, "china");
  const root = new Client(cloud, rootKey(cloud, account), "cn-shanghai");
  const [issuer, audience, subject] = ["https://token.issuer.example", "sts.aliyuncs.com", "repo:org/repo:ref:main"];
  const trust = trustPolicy({ account, provider: "pipelines", issuer, audience, subject });
  await root.ok("ram", "CreateRole", { RoleName: "pipeline", AssumeRolePolicyDocument: JSON.stringify(trust) });
  const policy = { RoleName: "pipeline", PolicyName: "AdministratorAccess", PolicyType: "System" };
  await root.ok("ram", "AttachPolicyToRole", policy);
  const pair = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  cloud.store.put(oidcProviders, {
    ...{ id: "pipelines", account, region: "", createdAt: 0, issuerUrl: issuer, description: "", fingerprints: [] },
    ...{ clientIds: [audience], issuanceLimitHours: 12 },
    keys: [{ ...pair.publicKey.export({ format: "jwk" }), kid: "k1" }],
  });
  const now = Math.floor(Date.now() / 1_000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iss: issuer, aud: audience, sub: subject, iat: now, exp: now + 3_600 };
  const signed = `${part({ alg: "RS256", typ: "JWT", kid: "k1" })}.${part(claims)}`;
  return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), pair.privateKey).toString("base64url")}`;
}

function inside(args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const [program = "", ...rest] = [...network.prefix, process.execPath, ...args];
  const child = spawn(program, rest, {
    ...{ cwd: project, env: { ...environment, ...more }, stdio: ["ignore", "pipe", "pipe"], timeout: 110_000 },
  });
  const chunks: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
  return new Promise((done) => {
    child.on("close", (code) => done({ status: code ?? 137, text: Buffer.concat(chunks).toString() }));
  });
}

const china = (...args: readonly string[]) => inside([join(project, "cli/china.js"), ...args]);

/** Kinds of what exists beside the role. */
const made = async () => (await sandbox.inventory()).map(({ kind }) => kind).filter((kind) => kind !== "role");

test("without what was found here the provider has no credentials, and nothing is made", async () => {
  const folder = join(sandbox.home.folder, "by-itself");
  mkdirSync(folder);
  writeFileSync(join(folder, "Pulumi.yaml"), stringify({ name: "china", runtime: "nodejs" }));
  const operation = [join(import.meta.dirname, "oss-operation.ts"), "up", folder];
  const { text } = await inside(operation, { PULUMI_SKIP_UPDATE_CHECK: "true" });
  const { ok, failures } = JSON.parse(text.trim().split("\n").at(-1) ?? "");
  expect(ok, text).toBe(false);
  expect(JSON.stringify(failures)).toMatch(/no valid credential sources/);
  expect(await made()).toEqual([]);
});

test("preflight says how the provider comes to them", async () => {
  const { status, text } = await china("preflight", "small");
  expect({ status, text }).toMatchObject({ status: 0 });
  expect(text.replace(/\s+/g, " ")).toMatch(/role by OIDC; deploy hands this session, until 20\S+Z on to it/);
});

test("it asks before it deploys, and nothing is touched where nobody agrees", async () => {
  const { status, text } = await china("deploy", "small");
  expect({ status, text }).toMatchObject({ status: 2, text: expect.stringContaining("npm run deploy -- small --yes") });
  expect(await made()).toEqual([]);
});

test("agreed to, it deploys by the session of the role; no name but Alibaba Cloud's was asked for", async () => {
  const record = join(sandbox.home.folder, "record.jsonl");
  const { status, text } = await china("deploy", "small", "--yes", "--record", record);
  expect({ status, text }).toMatchObject({ status: 0, text: expect.stringMatching(/small: deployed, 1 host/) });
  expect(await made()).toEqual(["host", "system disk", "network", "vSwitch", "security group"]);
  expect(network.others).toEqual([]);
  expect(network.packetsOut()).toBe(0);
  expect([...network.asked].sort()).toEqual(names.toSorted());

  // Nothing of a session is in a text, the state, the stack file or the record.
  const keys = sandbox.cloud.store.everywhere(accessKeys).filter(({ session }) => session !== undefined);
  expect(keys.length).toBeGreaterThan(2);
  const secrets = [token, ...keys.flatMap(({ id, secret, session }) => [id, secret, session?.token ?? ""])];
  const kept = [
    ["output", text],
    ...[record, join(project, "Pulumi.small.yaml"), ...filesBelow(join(sandbox.home.folder, "state"))].map(
      (file) => [file, readFileSync(file, "latin1")] as const,
    ),
  ] as const;
  expect(kept.length).toBeGreaterThan(3);
  for (const [where, content] of kept) {
    expect(
      secrets.filter((secret) => content.includes(secret)),
      where,
    ).toEqual([]);
  }
});

test("status and a command on the host go by the same session and names, and leave the state as it is", async () => {
  const folder = join(sandbox.home.folder, "state");
  const texts = () => filesBelow(folder).map((file) => readFileSync(file, "latin1"));
  const before = texts();
  const { status, text } = await china("status", "small");
  expect({ status, text }).toMatchObject({ status: 0, text: expect.stringMatching(/^small: well/) });
  expect(text).toMatch(/DRIFT {2}none, compared in/);
  hostsAnswer(sandbox.cloud.store, ({ content }) => {
    return { exitCode: 0, output: content.includes("uptime") ? "up 3 days\n" : "", seconds: 1 };
  });
  const ran = await china("host", "small", "workers-01", "--", "uptime");
  expect(ran).toEqual({ status: 0, text: "up 3 days\n" });
  expect(texts()).toEqual(before);
  expect(network.others).toEqual([]);
});

test("on a host with a role nothing is set: the provider is told its name, and gets the session itself", async () => {
  const { store, clock } = sandbox.cloud;
  const token = "token-of-the-host";
  const key = { id: "STS.SANDBOXHOST0000000000", secret: "secret-of-the-host" };
  store.put(accessKeys, {
    ...{ ...key, account, region: "", createdAt: clock.now(), status: "Active" },
    session: { token, role: "pipeline", name: "host", expiresAt: clock.now() + 6 * 3_600_000 },
  });
  const given = { AccessKeyId: key.id, AccessKeySecret: key.secret, SecurityToken: token };
  const Expiration = new Date(Date.now() + 6 * 3_600_000).toISOString().replace(/\.\d+/, "");
  writeFileSync(network.session, JSON.stringify({ Code: "Success", ...given, Expiration }));
  const nothing = Object.fromEntries(
    Object.keys(environment).flatMap((name) => (/^ALI/.test(name) ? [[name, ""]] : [])),
  );
  const before = network.metadata.length;
  const { status, text } = await inside([join(project, "cli/china.js"), "deploy", "small", "--yes"], nothing);
  expect({ status, text }).toMatchObject({ status: 0, text: expect.stringContaining("No changes") });
  expect(text).not.toMatch(/not checked|-of-the-host/);
  // Alibaba's SDK for Go is the provider's, that for Node does not say who it is.
  const asking = network.metadata.slice(before).map((line) => line.replace(/ .*?(\S+)$/, " $1"));
  expect(new Set(asking)).toContain("AlibabaCloud /latest/meta-data/ram/security-credentials/pipeline");
});
