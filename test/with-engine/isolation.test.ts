import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as alicloud from "@pulumi/alicloud";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { explainAll } from "../../deploy/explain.ts";
import { openStack, type Program, run } from "../../deploy/operation.ts";
import { deploymentEnvironment, enterEnvironment } from "../../sandbox/environment.ts";
import { workFolder } from "../../sandbox/home.ts";
import { accessOf } from "../../sandbox/session.ts";
import { projectFolder, smallSettings } from "../support/stacks.ts";
import { engineFolders } from "./engine.ts";
import { makeNamespace } from "./network-namespace.ts";
import { TestSandbox } from "./sandbox.ts";

/** In every value of the user's own: where this turns up, something has come through. */
const mark = "of-the-user";

interface User {
  readonly home: string;
  readonly backend: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A user with keys, a profile, a backend and proxies of their own, in a folder. */
function userIn(folder: string, programs: readonly string[]): User {
  const home = join(folder, mark);
  const backend = join(folder, `backend-${mark}`);
  for (const path of [home, join(home, ".aliyun"), join(home, ".pulumi"), backend]) mkdirSync(path);
  const profile = { name: mark, mode: "AK", access_key_id: `id-${mark}`, access_key_secret: `secret-${mark}` };
  const aliyun = { current: mark, profiles: [{ ...profile, region_id: "cn-beijing" }] };
  writeFileSync(join(home, ".aliyun/config.json"), JSON.stringify(aliyun));
  writeFileSync(join(home, ".pulumi/credentials.json"), JSON.stringify({ current: `https://${mark}.example` }));
  const environment = {
    HOME: home,
    PATH: [...programs, dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(":"),
    ALICLOUD_ACCESS_KEY: `id-${mark}`,
    ALICLOUD_SECRET_KEY: `secret-${mark}`,
    ALICLOUD_SECURITY_TOKEN: `token-${mark}`,
    ALIBABA_CLOUD_ACCESS_KEY_ID: `id-${mark}`,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: `secret-${mark}`,
    ALIBABA_CLOUD_SECURITY_TOKEN: `token-${mark}`,
    ALICLOUD_PROFILE: mark,
    ALIBABA_CLOUD_PROFILE: mark,
    ALICLOUD_SHARED_CREDENTIALS_FILE: join(home, ".aliyun/config.json"),
    ALICLOUD_REGION: `region-${mark}`,
    ALIBABA_CLOUD_ENDPOINT_ECS: `ecs.${mark}.example`,
    ALIBABA_CLOUD_ENDPOINT_KMS: `kms.${mark}.example`,
    PULUMI_ACCESS_TOKEN: `pul-${mark}`,
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_HOME: join(home, ".pulumi"),
    PULUMI_CONFIG_PASSPHRASE: `passphrase-${mark}`,
    HTTP_PROXY: `http://${mark}.example:3128`,
    HTTPS_PROXY: `http://${mark}.example:3128`,
    https_proxy: `http://${mark}.example:3128`,
    ALL_PROXY: `http://${mark}.example:3128`,
    NO_PROXY: `${mark}.example`,
    SSL_CERT_FILE: join(home, "ca.pem"),
    NODE_OPTIONS: `--title=${mark}`,
    TF_LOG: "TRACE",
    CHINA_SANDBOX: join(folder, "sandbox"),
  };
  return { home, backend, environment };
}

/** All files below a folder, with what is in them. */
function contentOf(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), "latin1")]),
  );
}

/**
 * Environments of pulumi and the provider, as the kernel has them, by process. Those of this sandbox only, and without
 * the question for the version, with which the engine is looked for before the sandbox is entered.
 */
function environments(sandbox: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const name = readFileSync(`/proc/${pid}/comm`, "utf8").trim();
      const environment = readFileSync(`/proc/${pid}/environ`, "latin1");
      const [, first = ""] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      const asks = /^-{0,2}version$/.test(first);
      if (name.startsWith("pulumi") && !asks && environment.includes(sandbox)) found.set(`${name} ${pid}`, environment);
    } catch {
      // It has ended meanwhile.
    }
  }
  return found;
}

/** Pulumi notes down each call of itself, also the question for its version. */
function withoutProbes(content: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(content).filter(([path]) => !/\/logs\/pulumi-.*-version\.log$/.test(path)));
}

interface Watched {
  readonly status: number | null;
  readonly text: string;
  readonly environments: ReadonlyMap<string, string>;
}

/** Runs the command line with a user's environment, and looks at what it starts while it runs. */
async function watched(prefix: readonly string[], args: readonly string[], user: User): Promise<Watched> {
  const command = [...prefix, process.execPath, join(projectFolder, "cli/china.js"), "sandbox", ...args];
  const [program = "", ...rest] = command;
  const child = spawn(program, rest, { cwd: projectFolder, env: user.environment, timeout: 240_000 });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  const seen = new Map<string, string>();
  const timer = setInterval(() => {
    for (const [name, environment] of environments(user.environment["CHINA_SANDBOX"] ?? ""))
      seen.set(name, environment);
  }, 100);
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  clearInterval(timer);
  return { status, text: Buffer.concat(chunks).toString(), environments: seen };
}

describe("nothing leaves the machine, and nothing of the user gets in", () => {
  test("up and destroy, in a network of their own, as a user with keys, proxies and a backend", {
    timeout: 400_000,
  }, async ({ onTestFinished }) => {
    const folder = mkdtempSync(join(tmpdir(), "china-isolation-"));
    const namespace = makeNamespace();
    onTestFinished(() => {
      namespace.remove();
      rmSync(folder, { recursive: true, force: true });
    });
    const user = userIn(folder, await engineFolders());
    const { hosts, ...settings } = smallSettings();
    const config = join(folder, "stack.yaml");
    const small = { ...settings, hosts: { workers: { ...hosts["workers"], count: 1 } } };
    const keyed = Object.entries(small).map(([key, value]) => [`china:${key}`, value]);
    writeFileSync(config, stringify({ config: Object.fromEntries(keyed) }));
    const before = contentOf(user.home);

    for (const operation of ["up", "destroy"]) {
      const ran = await watched(namespace.prefix, [operation, "test", "--config", config], user);
      expect({ status: ran.status, text: ran.text }).toEqual({ status: 0, text: expect.any(String) });
      const started = [...ran.environments.keys()].map((name) => name.split(" ")[0]);
      expect(started).toEqual(expect.arrayContaining(["pulumi", "pulumi-resource"]));
      expect([...ran.environments].filter(([, environment]) => environment.includes(mark))).toEqual([]);
    }

    expect(namespace.packetsOut()).toBe(0);
    expect(withoutProbes(contentOf(user.home))).toEqual(before);
    expect(contentOf(user.backend)).toEqual({});
    const told = Object.entries(contentOf(join(folder, "sandbox"))).filter(([, content]) => content.includes(mark));
    expect(told.map(([path]) => path)).toEqual([]);

    // The counter counts.
    const [program = "", ...rest] = [...namespace.prefix, process.execPath, "-e"];
    const send = 'const s = require("dgram").createSocket("udp4"); s.send("x", 53, "203.0.113.1", () => s.close())';
    execFileSync(program, [...rest, send]);
    expect(namespace.packetsOut()).toBeGreaterThan(0);
  });

  test("it listens on loopback only, and what is secret only its owner can read", async ({ onTestFinished }) => {
    const sandbox = await TestSandbox.open();
    onTestFinished(() => sandbox.close());
    const { folder, serving } = sandbox.home;
    const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
    expect({ folder: mode(folder), key: mode(join(folder, "tls.key")), serving: mode(serving) }).toEqual({
      folder: "700",
      key: "600",
      serving: "600",
    });
    const { tlsPort, plainPort } = sandbox.session.ports;
    expect(listeners([tlsPort, plainPort])).toEqual(["0100007F", "0100007F"]);
  });
});

/** Addresses on which ports are listened to (proc(5), net/tcp: little-endian hexadecimal; state 0A is LISTEN). */
function listeners(ports: readonly number[]): readonly string[] {
  const wanted = new Set(ports.map((port) => port.toString(16).toUpperCase().padStart(4, "0")));
  const lines = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((path) => readFileSync(path, "utf8").split("\n").slice(1));
  return lines.flatMap((line) => {
    const [, local = "", , state] = line.trim().split(/\s+/);
    const [address = "", port = ""] = local.split(":");
    return state === "0A" && wanted.has(port) ? [address] : [];
  });
}

describe("what the sandbox does not know fails, and at once", () => {
  test("a product that is not redirected, and an action that is not there", { timeout: 120_000 }, async (context) => {
    const sandbox = await TestSandbox.open();
    const before = { ...process.env };
    context.onTestFinished(() => {
      enterEnvironment(Object.fromEntries(Object.entries(before).map(([key, value]) => [key, value ?? ""])));
      return sandbox.close();
    });
    const access = await accessOf(sandbox.session, "china");
    const environment = deploymentEnvironment(sandbox.home, access, await engineFolders());
    // The built provider has no other product than those of the stacks, so one of them is pointed elsewhere.
    enterEnvironment({ ...environment, ALIBABA_CLOUD_ENDPOINT_ECS: "ecs.cn-shanghai.example.com" });
    const program: Program = async () => {
      const provider = new alicloud.Provider("sandbox", { region: "cn-shanghai", accountType: "Domestic" });
      // The connection is refused at once; the provider asks again until its own timeout.
      const options = { provider, customTimeouts: { create: "5s" } };
      new alicloud.ecs.EcsKeyPair("not-redirected", { keyPairName: "not-redirected" }, options);
      new alicloud.vpc.Network("not-known", { cidrBlock: "10.0.0.0/8", classicLinkEnabled: true }, options);
      return {};
    };
    const folder = workFolder(sandbox.home, "foreign");
    writeFileSync(join(folder, "Pulumi.yaml"), stringify({ name: "foreign", runtime: "nodejs" }));
    const stack = await openStack({ project: "foreign", stack: "foreign", program, folder });
    const { ok, failures, seconds } = await run(stack, "up");
    expect(ok).toBe(false);
    expect(seconds).toBeLessThan(30);
    const told = explainAll(failures, {}).map(({ cause, resources }) => ({ cause, resources }));
    expect(told).toEqual(
      expect.arrayContaining([
        { cause: "network", resources: ["not-redirected"] },
        { cause: "local-cloud", resources: ["not-known"] },
      ]),
    );
    const said = failures.map(({ text }) => text).join("\n");
    expect(said).toContain("The local cloud does not know EnableVpcClassicLink of API version 2016-04-28");
    expect(said).toContain("dial tcp 127.0.0.1:9: connect: connection refused");
  });
});
