import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "smol-toml";
import { afterAll, describe, expect, test } from "vitest";
import { daemonConfigProblems, daemonJson, hostsToml } from "../../components/bootstrap/config-docker.ts";
import { requirements, uvToml } from "../../components/bootstrap/config-python.ts";
import { chronyConf, npmrc, profileScript, serviceEnvironment } from "../../components/bootstrap/config-system.ts";
import { bootstrapFiles, writtenFiles } from "../../components/bootstrap/files.ts";
import type { PythonSettings } from "../../components/bootstrap/settings.ts";
import { bare, worker } from "./samples.ts";
import { run } from "./tools.ts";

const folder = mkdtempSync(join(tmpdir(), "configs-"));
afterAll(() => rmSync(folder, { recursive: true }));

function python(...urls: string[]): PythonSettings {
  return { indexes: urls.map((url) => ({ url })), packages: [], uv: true };
}

const vpc = "http://mirrors.cloud.aliyuncs.com/pypi/simple/";

test("requirements are sorted, one hash each", () => {
  const packages = [
    { name: "b", version: "2", sha256: "bb" },
    { name: "a", version: "1", sha256: "aa" },
  ];
  expect(requirements({ ...python(vpc), packages })).toBe("a==1 --hash=sha256:aa\nb==2 --hash=sha256:bb\n");
});

test("uv has one index, as default, and takes the system's Python", () => {
  expect(parse(uvToml(python(vpc, "https://b.example/simple")))).toEqual({
    "python-downloads": "never",
    index: [{ url: vpc, default: true }],
  });
});

describe("daemon.json", () => {
  test.each([
    [
      { mirror: "https://docker.m.daocloud.io", images: [], maxConcurrentDownloads: 2 },
      ["https://docker.m.daocloud.io"],
      2,
    ],
    [
      { mirror: "https://docker.m.daocloud.io", images: [], maxConcurrentDownloads: 3 },
      ["https://docker.m.daocloud.io"],
      undefined,
    ],
    [{ images: [] }, [], undefined],
  ])("%j", (docker, mirrors, downloads) => {
    const config = JSON.parse(daemonJson(docker)) as Record<string, unknown>;
    expect(config).toEqual({
      "registry-mirrors": mirrors,
      ...(downloads === undefined ? {} : { "max-concurrent-downloads": downloads }),
    });
    expect(daemonConfigProblems(config)).toEqual([]);
  });

  test.each([
    [{ "registry-mirror": "https://a.example" }, /does nothing, write registry-mirrors/],
    [{ "registry-mirrors": ["http://a.example"] }, /must be https/],
    [{ "registry-mirrors": ["a.example"] }, /with its scheme/],
    [{ "registry-mirrors": ["https://a.example/v2"] }, /nothing more/],
    [{ "registry-mirrors": ["https://a.example?x"] }, /nothing more/],
    [{ "registry-mirrors": ["https://user:word@a.example"] }, /nothing more/],
    [{ "registry-mirrors": "https://a.example" }, /a list/],
    [{ "max-concurrent-downloads": 0 }, /whole number/],
    [{ "max-concurrent-downloads": "2" }, /whole number/],
    [{ debug: true }, /not among the keys/],
    [[], /an object/],
  ])("refuses %j", (config, message) => {
    expect(daemonConfigProblems(config)).toEqual([expect.stringMatching(message)]);
  });
});

test("containerd asks the mirror first, and adds the registry itself", () => {
  expect(parse(hostsToml("https://mirror.example"))).toEqual({
    host: { "https://mirror.example": { capabilities: ["pull", "resolve"] } },
  });
});

test("chrony gets one line per server", () => {
  expect(chronyConf(["a.example", "b.example"])).toBe("server a.example iburst\nserver b.example iburst\n");
});

describe("environment", () => {
  const variables = { B: 'it\'s "$HOME" `x` \\n\n数据 %h', A: "1" };

  test("a shell gets each value as it is", () => {
    const ran = run("sh", ["-c", `${profileScript(variables)}printf '%s\\0%s' "$A" "$B"`]);
    expect(ran.stdout.split("\0")).toEqual([variables.A, variables.B]);
  });

  test("systemd's line is quoted and escaped", () => {
    expect(serviceEnvironment(variables)).toBe(
      '[Manager]\nDefaultEnvironment="A=1" "B=it\'s \\"$HOME\\" `x` \\\\n\\n数据 %%h"\n',
    );
  });
});

test("npm reads /etc/npmrc where the environment says so, whoever packaged it", () => {
  const registry = "https://registry.npmmirror.com";
  const file = join(folder, "npmrc");
  writeFileSync(file, npmrc(registry));
  const env = { PATH: process.env["PATH"] ?? "", HOME: folder, NPM_CONFIG_GLOBALCONFIG: file };
  expect(run("npm", ["config", "get", "registry"], { cwd: folder, env }).stdout.trim().replace(/\/$/, "")).toBe(
    registry,
  );
});

describe("files", () => {
  test("a bare host gets the script and nothing else", () => {
    expect(bootstrapFiles(bare).map(({ path, mode }) => [path, mode])).toEqual([["/opt/china/bootstrap.sh", "0755"]]);
  });

  test("a worker gets all of it", () => {
    expect(bootstrapFiles(worker()).map(({ path }) => path)).toEqual([
      "/etc/pip.conf",
      "/opt/venv/pip.conf",
      "/opt/china/requirements.txt",
      "/etc/uv/uv.toml",
      "/etc/docker/daemon.json",
      "/etc/containerd/certs.d/docker.io/hosts.toml",
      "/etc/containerd/certs.d/quay.io/hosts.toml",
      "/etc/chrony/conf.d/china.conf",
      "/etc/npmrc",
      "/etc/profile.d/china.sh",
      "/etc/systemd/system.conf.d/50-china.conf",
      "/etc/china/endpoints.json",
      "/home/ops/.config/app/settings.ini",
      "/data/README",
      "/opt/china/bootstrap.sh",
    ]);
  });

  test("what needs a user or the data disk first is written as a copy, readable by root alone", () => {
    const late = writtenFiles(worker()).filter(({ path }) => path.startsWith("/opt/china/files/"));
    expect(late.map(({ path, mode, owner }) => `${path} ${mode} ${owner}`)).toEqual([
      "/opt/china/files/1 0600 root:root",
      "/opt/china/files/2 0600 root:root",
    ]);
    expect(writtenFiles(worker()).every(({ owner }) => owner === "root:root")).toBe(true);
  });
});
