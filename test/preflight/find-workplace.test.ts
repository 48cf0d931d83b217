import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { findWorkplace } from "../../preflight/find-workplace.ts";
import { findSecrets } from "../../preflight/passphrase.ts";
import { findBackend, withoutKeys } from "../../preflight/state-backend.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "china-workplace-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A server on the loopback that answers everything alike, and what it was asked for. */
async function serving(status: number, body: string) {
  const asked: string[] = [];
  const server = createServer((request, answer) => {
    asked.push(request.url ?? "");
    answer.writeHead(status).end(body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

test("a backend is what the variable, the project or the last login say, in this order", async () => {
  const project = folder();
  const home = folder();
  const nobody = { HOME: home };
  expect(await findBackend(project, nobody)).toBeUndefined();
  mkdirSync(join(home, ".pulumi"));
  writeFileSync(join(home, ".pulumi", "credentials.json"), JSON.stringify({ current: `file://${home}` }));
  expect(await findBackend(project, nobody)).toEqual({ url: `file://${home}`, answers: true });
  writeFileSync(join(project, "Pulumi.yaml"), "name: china\nruntime: nodejs\nbackend:\n  url: file://state\n");
  expect(await findBackend(project, nobody)).toMatchObject({ url: "file://state", answers: false });
  mkdirSync(join(project, "state"));
  expect(await findBackend(project, nobody)).toEqual({ url: "file://state", answers: true });
  const given = { ...nobody, PULUMI_BACKEND_URL: `file://${project}/none?metadata=skip` };
  expect(await findBackend(project, given)).toEqual({
    ...{ url: `file://${project}/none`, answers: false },
    why: `there is no folder ${project}/none`,
  });
});

test("what is no folder, or cannot be written, is none", async () => {
  const file = join(folder(), "state");
  writeFileSync(file, "", { mode: 0o700 });
  const at = (path: string) => findBackend("/", { PULUMI_BACKEND_URL: `file://${path}` });
  expect(await at(file)).toMatchObject({ answers: false, why: `${file} is no folder` });
  // Root may write everywhere, so the refusal is one that it gets too.
  expect(await at(join(file, "below"))).toMatchObject({ answers: false, why: expect.stringContaining("ENOTDIR") });
});

test("a bucket is asked for without keys: its refusal is an answer, that of nobody's bucket is not", async () => {
  const refusing = await serving(403, "<Error><Code>AccessDenied</Code></Error>");
  const at = (url: string, more = "") => ({
    PULUMI_BACKEND_URL: `s3://state?region=oss-cn-shanghai&endpoint=${url}&s3ForcePathStyle=true${more}`,
  });
  const found = await findBackend("/", at(refusing.url, "&accesskey=hidden"));
  expect(found).toMatchObject({ answers: true });
  expect(found?.url).not.toContain("hidden");
  expect(refusing.asked).toEqual(["/state?list-type=2&max-keys=1"]);

  const none = await serving(404, "<Error><Code>NoSuchBucket</Code></Error>");
  expect(await findBackend("/", at(none.url))).toMatchObject({ answers: false, why: "there is no bucket state" });
  const oss = await serving(403, "<Error><Code>SecondLevelDomainForbidden</Code></Error>");
  expect(await findBackend("/", at(oss.url))).toMatchObject({
    answers: false,
    why: expect.stringContaining("in front"),
  });
  // Nothing listens on the discard port.
  const gone = await findBackend("/", at("http://127.0.0.1:9"));
  expect(gone).toMatchObject({ answers: false, why: expect.stringContaining("127.0.0.1:9") });
  const proxied = await findBackend("/", { ...at("http://127.0.0.1:9"), HTTPS_PROXY: "http://user:hidden@proxy:8080" });
  expect(proxied?.answers).toBeUndefined();
  expect(proxied?.why).toBe("Pulumi goes through the proxy of HTTPS_PROXY, which is not tried");
});

test("a service is there when it answers, whatever it says", async () => {
  const { url } = await serving(401, "{}");
  expect(await findBackend("/", { PULUMI_BACKEND_URL: url })).toEqual({ url, answers: true });
  expect(await findBackend("/", { PULUMI_BACKEND_URL: "gs://state" })).toEqual({ url: "gs://state" });
  expect(await findBackend("/", { PULUMI_BACKEND_URL: "state" })).toMatchObject({ answers: false });
});

test("keys in an address are not shown", () => {
  expect(withoutKeys("postgres://me:secret@db.example.com/state?password=x")).toBe("postgres://db.example.com/state");
  expect(withoutKeys("s3://b?region=r&endpoint=https://e.example.com")).toBe(
    "s3://b?region=r&endpoint=https://e.example.com",
  );
});

/** Made by Pulumi's CLI 3.259.0 with the passphrase "sandbox". */
const salt = "v1:dXS57802jvg=:v1:NjXqzP7tFtK27U/I:sQuSPG5VwC8kBl7EJ9djZBk1AaV9RA==";

test("a passphrase is tried on the stack file, and never told", async () => {
  const file = join(folder(), "passphrase");
  writeFileSync(file, "sandbox\n");
  const text = `encryptionsalt: ${salt}\n`;
  const from = "PULUMI_CONFIG_PASSPHRASE_FILE";
  expect(await findSecrets(text, undefined, { [from]: file })).toEqual({ provider: "passphrase", from, opens: true });
  const own = await findSecrets(text, undefined, { PULUMI_CONFIG_PASSPHRASE: "mine", [from]: file });
  expect(own).toEqual({ provider: "passphrase", from: "PULUMI_CONFIG_PASSPHRASE", opens: false });
  expect(await findSecrets(text, "https://api.pulumi.com", {})).toEqual({ provider: "passphrase" });
  expect(await findSecrets("", "https://api.pulumi.com", {})).toEqual({ provider: "service" });
  expect(await findSecrets("secretsprovider: hashivault://key", undefined, {})).toEqual({ provider: "hashivault" });
  expect(await findSecrets("", undefined, { [from]: `${file}.none` })).toMatchObject({
    ...{ from, why: expect.stringContaining("ENOENT") },
  });
});

test("the whole workplace, with no tool on the machine", async () => {
  const empty = folder();
  onTestFinished(() => void vi.unstubAllEnvs());
  for (const name of ["HOME", "PATH", "PULUMI_HOME", "CHINA_ENGINE_CACHE", "XDG_CACHE_HOME"]) vi.stubEnv(name, empty);
  const environment = { HOME: empty, ALICLOUD_ACCESS_KEY: "a", ALICLOUD_SECRET_KEY: "b" };
  const found = await findWorkplace({ project: empty, stack: "shanghai", sandbox: false, environment });
  expect(found).toMatchObject({
    ...{ node: process.versions.node, pulumi: undefined, provider: undefined, backend: undefined, sandbox: false },
    ...{ secrets: { provider: "passphrase" }, session: { kind: "access-key" } },
  });
  expect(found.wanted.provider).toMatch(/^3\.\d+\.\d+$/);
});

test("tools are taken as the engine takes them: from the PATH, with what they say of themselves", {
  skip: process.platform === "win32",
}, async () => {
  const bin = folder();
  onTestFinished(() => void vi.unstubAllEnvs());
  for (const name of ["HOME", "PULUMI_HOME", "CHINA_ENGINE_CACHE"]) vi.stubEnv(name, join(bin, "none"));
  vi.stubEnv("PATH", `${bin}:/usr/bin:/bin`);
  const program = (name: string, text: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\necho ${text}\n`, { mode: 0o755 });
  };
  program("pulumi", "v3.200.0");
  program("pulumi-resource-alicloud", "3.1.0");
  const { pulumi, provider } = await findWorkplace({
    project: bin,
    stack: "x",
    sandbox: false,
    environment: { HOME: bin },
  });
  expect(pulumi).toEqual({ version: "3.200.0", path: join(bin, "pulumi"), kind: "official" });
  expect(provider).toMatchObject({ version: "3.1.0", kind: "official" });
});
