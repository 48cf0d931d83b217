import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { stringify } from "yaml";
import { explainAll } from "../../deploy/explain.ts";
import type { Outcome } from "../../deploy/operation.ts";
import { addressIn } from "../../preflight/state-address.ts";
import { deploymentEnvironment } from "../../sandbox/environment.ts";
import { accessOf } from "../../sandbox/session.ts";
import { vpcs } from "../../sandbox/vpc/rows.ts";
import { type Oss, startOss } from "../support/oss.ts";
import type { Key } from "../support/oss-signature.ts";
import { projectFolder } from "../support/stacks.ts";
import { engineFolders } from "./engine.ts";
import { killTree, type Ran, TestSandbox } from "./sandbox.ts";

/** The address that preflight prints and docs/state.md has. */
const recipe = addressIn("cn-shanghai", "china-state");
const stateKey = ".pulumi/stacks/china/shanghai.json";
const locks = ".pulumi/locks/organization/china/shanghai/";

let sandbox: TestSandbox;
let oss: Oss;
let key: Key;
let folder: string;
let environment: Readonly<Record<string, string>>;

beforeAll(async () => {
  sandbox = await TestSandbox.open();
  const access = await accessOf(sandbox.session, "china");
  // One key for cloud and bucket, under Alibaba Cloud's names: it is handed on to Pulumi.
  key = { id: access.accessKeyId, secret: access.accessKeySecret };
  oss = await startOss(key, sandbox.home.folder, [sandbox.session.authority]);
  folder = join(sandbox.home.folder, "project");
  mkdirSync(folder);
  writeFileSync(join(folder, "Pulumi.yaml"), stringify({ name: "china", runtime: "nodejs" }));
  const { PULUMI_CONFIG_PASSPHRASE: passphrase = "", ...base } = deploymentEnvironment(
    sandbox.home,
    access,
    await engineFolders(),
  );
  // As a pipeline has it: in a file, from a store of secrets.
  const file = join(sandbox.home.folder, "passphrase");
  writeFileSync(file, `${passphrase}\n`, { mode: 0o600 });
  const own = { PULUMI_BACKEND_URL: recipe, PULUMI_CONFIG_PASSPHRASE_FILE: file, NO_COLOR: "1" };
  environment = { ...base, ...oss.environment, ...own };
});

afterAll(async () => {
  await oss.close();
  await sandbox.close();
});

interface Run {
  readonly env?: Readonly<Record<string, string>>;
  readonly onStart?: (pid: number) => void;
}

function node(args: readonly string[], { env = {}, onStart }: Run): Promise<Ran> {
  const child = spawn(process.execPath, args, {
    ...{ cwd: folder, detached: true, stdio: ["ignore", "pipe", "pipe"], timeout: 280_000 },
    env: { ...environment, ...env },
  });
  onStart?.(child.pid ?? 0);
  const chunks: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
  return new Promise((done) => {
    child.on("close", (code) => done({ status: code ?? 137, text: Buffer.concat(chunks).toString() }));
  });
}

/** An operation by the Automation API; undefined when it was killed. */
async function operation(name: string, run: Run = {}): Promise<Outcome | undefined> {
  const { status, text } = await node([join(import.meta.dirname, "oss-operation.ts"), name, folder], run);
  if (status === 137) return undefined;
  const last = text.trim().split("\n").at(-1) ?? "";
  expect(last, text).toMatch(/^\{/);
  return JSON.parse(last);
}

/** `npm run pulumi -- ...` in the project's folder. */
function pulumi(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return node([join(projectFolder, "cli/china.js"), "pulumi", "--cwd", folder, "--non-interactive", ...args], { env });
}

const locksNow = () => oss.bucket.keys().filter((key) => key.startsWith(locks));
const stateNow = () => JSON.parse(oss.bucket.get(stateKey)?.body?.toString() ?? "{}").checkpoint.latest;
const networks = () => sandbox.cloud.store.list(vpcs, "1000000000000001").map(({ name }) => name);

describe("a state in OSS, by the documented address", { timeout: 300_000 }, () => {
  test("up, then a preview with no changes; OSS refuses nothing, and no secret lies open in the bucket", async () => {
    expect(await operation("up")).toMatchObject({ ok: true, changes: { create: 3 }, failures: [] });
    expect(await operation("preview")).toMatchObject({ ok: true, changes: { same: 3 } });
    expect(networks()).toEqual(["one"]);
    expect(locksNow()).toEqual([]);

    expect(oss.asked.length).toBeGreaterThan(20);
    const codes = new Set(oss.asked.map(({ status, code }) => `${status} ${code ?? ""}`.trim()));
    expect([...codes].sort()).toEqual(["200", "204", "404 NoSuchKey"]);
    expect(new Set(oss.asked.map(({ host }) => host))).toEqual(
      new Set(["china-state.s3.oss-cn-shanghai.aliyuncs.com"]),
    );
    for (const name of oss.bucket.keys()) {
      const text = oss.bucket.get(name)?.body?.toString() ?? "";
      const open = [key.secret, "in-nobodys-bucket"].filter((secret) => text.includes(secret));
      expect(open, name).toEqual([]);
    }
  });

  test("a second writer is locked out while the first is at work, a preview is not; then it goes on", async () => {
    const hold = join(folder, "go-on");
    const first = operation("up", { env: { TEST_HOLD: hold, TEST_DESCRIPTION: "second" } });
    await vi.waitUntil(() => locksNow().length === 1, { timeout: 120_000, interval: 50 });
    const second = await operation("up", { env: { TEST_DESCRIPTION: "third" } });
    expect(second).toMatchObject({ ok: false });
    expect(explainAll(second?.failures ?? [], { stack: "shanghai" })).toMatchObject([{ cause: "locked" }]);
    expect(await operation("preview", { env: { TEST_DESCRIPTION: "third" } })).toMatchObject({ ok: true });
    writeFileSync(hold, "");
    expect(await first).toMatchObject({ ok: true, changes: { update: 1 } });
    expect(locksNow()).toEqual([]);
    expect(oss.asked.filter(({ key }) => key.startsWith(locks)).map(({ status }) => status)).not.toContain(403);
  });

  test("a killed run leaves its lock and a state that can be read; once cancelled, the next one goes through", async () => {
    let kill = () => {};
    const stop = sandbox.cloud.log.follow(({ action, outcome }) => {
      if (action === "CreateVpc" && outcome.startsWith("ok")) kill();
    });
    const env = { TEST_NETWORKS: "one,two", TEST_DESCRIPTION: "second" };
    const onStart = (pid: number) => {
      kill = () => killTree(pid);
    };
    expect(await operation("up", { env, onStart })).toBeUndefined();
    stop();
    expect(locksNow()).toHaveLength(1);
    expect(stateNow().pending_operations).toMatchObject([{ type: "creating", resource: { urn: /::two$/ } }]);

    expect(await pulumi(["cancel", "--yes", "-s", "shanghai"])).toMatchObject({ status: 0 });
    expect(locksNow()).toEqual([]);
    const after = await operation("up", { env });
    expect(after).toMatchObject({ ok: true, changes: { create: 1, same: 3 } });
    expect(after?.warnings.join("\n")).toContain("pending operations");
    // What was made when it was killed: `npm run leftovers` finds it.
    expect(networks()).toEqual(["one", "two", "two"]);
  });

  test("an older version of the state is restored, and a refresh brings it to what there is", async () => {
    const older = oss.bucket.versions(stateKey).at(-1)?.id ?? "";
    const env = { TEST_NETWORKS: "one,two", TEST_DESCRIPTION: "fourth" };
    expect(await operation("up", { env })).toMatchObject({ ok: true, changes: { update: 2 } });
    oss.bucket.revert(stateKey, older);
    expect(await operation("refresh", { env })).toMatchObject({ ok: true, changes: { update: 2 } });
    expect(await operation("preview", { env })).toMatchObject({ ok: true, changes: { same: 4 } });
  });
});

describe("by the command line", () => {
  test("a state that comes in parts, above 16 MiB, is what it was", async () => {
    const file = join(folder, "state.json");
    expect(await pulumi(["stack", "export", "-s", "shanghai", "--file", file])).toMatchObject({ status: 0 });
    const state = JSON.parse(readFileSync(file, "utf8"));
    state.deployment.resources[0].outputs.padding = "0123456789abcdef".repeat(1_100_000);
    writeFileSync(file, JSON.stringify(state));
    expect(await pulumi(["stack", "import", "-s", "shanghai", "--file", file])).toMatchObject({ status: 0 });
    expect(oss.asked.filter(({ query }) => query.includes("partNumber")).length).toBeGreaterThan(1);
    const again = join(dirname(file), "again.json");
    expect(await pulumi(["stack", "export", "-s", "shanghai", "--file", again])).toMatchObject({ status: 0 });
    const { padding } = JSON.parse(readFileSync(again, "utf8")).deployment.resources[0].outputs;
    expect(padding).toBe(state.deployment.resources[0].outputs.padding);
  });

  test.each([
    [
      { PULUMI_BACKEND_URL: `${recipe}&s3ForcePathStyle=true` },
      "SecondLevelDomainForbidden",
      "takes the bucket in front",
    ],
    [{ AWS_REQUEST_CHECKSUM_CALCULATION: "when_supported" }, "InvalidArgument: aws-chunked encoding", "when_required"],
    [{ ALICLOUD_SECRET_KEY: "of-somebody-else" }, "SignatureDoesNotMatch: ", ""],
  ])("with %j OSS refuses, and what is wrong with the address is said", async (env, refused, told) => {
    const { status, text } = await pulumi(["stack", "init", "beijing"], env);
    expect(status).not.toBe(0);
    expect(text).toContain(`api error ${refused}`);
    expect(text).toContain(told);
    expect(text).not.toContain("of-somebody-else");
    expect(text).not.toContain(key.secret);
  });
});
