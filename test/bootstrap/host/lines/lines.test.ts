import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { places } from "../../../../components/bootstrap/places.ts";
import { run as command } from "../../tools.ts";
import { apart, type Certificates } from "./apart.ts";
import { certificatesFor } from "./certificates.ts";
import type { Client, Look, Run, Written } from "./client.ts";
import { containerdClient } from "./containerd.ts";
import { dockerClient } from "./daemon.ts";
import { deletions } from "./deletions.ts";
import { dnfClient, repository } from "./dnf.ts";
import { generatedFiles } from "./generated.ts";
import { pipClient, requirementsClient } from "./pip.ts";
import { debian13, type System, venvOfDebian13 } from "./roots.ts";
import { uvClient } from "./uv.ts";

// Most of the time is pip's patience, which costs no processor.
vi.setConfig({ maxConcurrency: 9 });

const folder = mkdtempSync(join(tmpdir(), "lines-"));
const [venv, uv, served] = [join(folder, "venv"), join(folder, "uv"), join(folder, "served")];
const clients: readonly Client[] = [
  pipClient("Debian 12", () => Promise.resolve(venv)),
  pipClient("Debian 13", venvOfDebian13),
  requirementsClient,
  uvClient(uv),
  dockerClient,
  containerdClient,
  dnfClient(served),
];

/** Hosts that a line keeps its client from, or sends it to. Each answers everything, so that a wrong one is not noticed by its silence. */
const names = [
  ...["mirrors.cloud.aliyuncs.com", "mirrors.aliyun.com", "old.example", "pypi.org", "files.pythonhosted.org"],
  ...["github.com", "releases.astral.sh", "download.docker.com"],
  ...["docker.m.daocloud.io", "quay.m.daocloud.io", "registry-1.docker.io", "auth.docker.io", "quay.io"],
];
let certificates: Certificates;
let newer: Promise<string> | undefined;

function rootOf(system: System): Promise<string> {
  if (system === "Debian 12") return Promise.resolve("/");
  newer ??= debian13();
  return newer;
}

const on =
  (system: System): Run =>
  async (what) =>
    apart({ names, root: await rootOf(system), ...what }, certificates);

const all = await generatedFiles();
/** Not read by pip or Docker. */
const others = [/^\/etc\/chrony/, /^\/etc\/npmrc$/, places.profile, places.serviceEnvironment];
/** The shipped lists differ from the judged one in names and versions only, see below; their packages are not here. */
const shippedList = ({ path, text }: Written) => path === places.requirements && !text.startsWith("alpha==");
interface Judged {
  readonly client: Client;
  readonly file: Written;
  readonly system: System;
}
const judged: readonly Judged[] = all
  .filter((file) => !shippedList(file))
  .flatMap((file) => {
    const readers = clients.filter(({ reads }) => reads(file.path));
    return readers.flatMap((client) => client.systems.map((system) => ({ client, file, system })));
  });

beforeAll(async () => {
  for (const [name, install] of Object.entries({ dockerd: "docker.io", containerd: "containerd", dnf: "dnf" }))
    command(name, ["--version"], { install });
  certificates = await certificatesFor(names);
  command("/usr/bin/python3", ["-m", "venv", venv], { install: "python3-venv" });
  const got = command("python3", ["-m", "pip", "install", "-q", "--target", uv, "uv==0.13.8"]);
  expect(got.status, got.stderr).toBe(0);
  mkdirSync(served);
  repository(served, "docker-ce/linux/centos");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const known = new Map<string, Promise<unknown>>();

function look(how: Look, { client, file, system }: Judged, text = file.text): Promise<unknown> {
  const key = JSON.stringify([client.name, client.looks.indexOf(how), system, file.path, text]);
  const found = known.get(key) ?? how(on(system), { ...file, text });
  known.set(key, found);
  return found;
}

/** What can be seen to differ when the file has this text, or undefined when nothing can. */
async function difference(judge: Judged, text: string): Promise<unknown> {
  for (const how of judge.client.looks) {
    const [whole, changed] = await Promise.all([look(how, judge), look(how, judge, text)]);
    if (!isDeepStrictEqual(whole, changed)) return { whole, changed };
  }
  return undefined;
}

function title({ client, file, system }: Judged): string {
  const about = /https?:\/\/[\w.-]+/.exec(file.text)?.[0] ?? `${file.text.length} bytes`;
  return `${client.name} of ${system} with ${file.path}, ${about}`;
}

test("every generated file has a client that is asked here, or is no configuration of pip or Docker", () => {
  const without = all.filter(({ path }) => !clients.some(({ reads }) => reads(path)));
  const unknown = without.filter(
    ({ path }) => !others.some((o) => (typeof o === "string" ? o === path : o.test(path))),
  );
  expect(unknown.map(({ path }) => path)).toEqual([]);
  expect(new Set(judged.map(({ client }) => client)).size).toBe(clients.length);
});

test("the shipped lists of packages consist of lines like the judged ones", () => {
  const lines = all
    .filter(({ path }) => path === places.requirements)
    .flatMap(({ text }) => text.trimEnd().split("\n"));
  expect(lines.length).toBeGreaterThan(30);
  expect(lines.filter((line) => !/^[\w.-]+==[\w.!+-]+ --hash=sha256:[0-9a-f]{64}$/.test(line))).toEqual([]);
});

test.for([
  { system: "Debian 12", docker: /Docker version 20\.10\./, containerd: /containerd 1\.6\./ },
  { system: "Debian 13", docker: /Docker version 26\.1\./, containerd: /containerd 1\.7\./ },
] as const)("$system has the Docker and containerd of its release", { timeout: 900_000 }, async (row) => {
  const { output } = await on(row.system)({ files: {}, script: "dockerd --version; containerd --version\n" });
  expect(output).toMatch(row.docker);
  expect(output).toMatch(row.containerd);
});

describe.concurrent.for(judged.map((judge) => ({ judge, name: title(judge) })))("$name", ({ judge }) => {
  const { client, file, system } = judge;
  beforeAll(() => rootOf(system), 900_000);

  test("works, and asks whom it should alone", async ({ expect }) => {
    const [first] = client.looks;
    const seen = first && (await look(first, judge));
    expect(seen).toMatchObject({ status: 0, asked: client.allowed(file.text) });
  });

  test.for(deletions(file.path, file.text))("misses: $gone", async ({ gone, text }, { expect }) => {
    expect(await difference(judge, text), `nothing changes without: ${gone}`).toBeDefined();
  });

  test("would not miss a line that repeats a default", async ({ expect }) => {
    expect(await difference(judge, client.repeating(file))).toBeUndefined();
  });
});
