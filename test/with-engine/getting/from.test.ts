import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { create, Header, list } from "tar";
import { describe, expect, test } from "vitest";
import { getFrom } from "../../../engine/from.ts";
import { type GetOptions, getEngine } from "../../../engine/get.ts";
import { recipes } from "../../../engine/versions.ts";
import { temporaryFolder } from "../../support/command.ts";
import {
  archive,
  digest,
  failureOf,
  inCache,
  type Machine,
  machine,
  program,
  put,
  putEntry,
  release,
  serve,
  versions,
} from "./support.ts";

/** A machine with an official engine, and what it packs. */
async function packed(): Promise<{ readonly from: Machine; readonly file: string; readonly stdout: string }> {
  const from = machine();
  await from.engine(await serve(await release()));
  const file = join(temporaryFolder(), "engine.tar.gz");
  const run = await from.china(["engine", "pack", file]);
  expect(run.status, run.stderr).toBe(0);
  return { from, file, stdout: run.stdout };
}

function contents(m: Machine): Record<string, string> {
  const files = inCache(m).flatMap((entry) => readdirSync(join(m.cache, entry)).map((name) => `${entry}/${name}`));
  const programs = files.filter((file) => !file.endsWith(".json"));
  return Object.fromEntries(programs.map((file) => [file, readFileSync(join(m.cache, file), "utf8")]));
}

describe("an engine that was packed elsewhere", () => {
  test("from a file: the same files, still official, known to have come packed", async () => {
    const { from, file, stdout } = await packed();
    expect(stdout).toContain(`sha256 ${digest("sha256", readFileSync(file))}`);
    const members: string[] = [];
    await list({ file, onReadEntry: (entry) => void members.push(`${entry.type} ${entry.path}`) });
    expect(members).toEqual([
      "File manifest.json",
      "File pulumi/pulumi",
      "File pulumi/pulumi-language-nodejs",
      "File pulumi/pulumi-resource-pulumi-nodejs",
      "File provider/pulumi-resource-alicloud",
    ]);

    const to = machine();
    const run = await to.china(["engine", "--from", file]);
    expect(run.status, run.stderr).toBe(0);
    expect(run.stdout).not.toMatch(/self-built|no language host/);
    expect(contents(to)).toEqual(contents(from));
    const [provider = ""] = inCache(to);
    expect(JSON.parse(readFileSync(join(to.cache, provider, "manifest.json"), "utf8"))).toMatchObject({
      ...{ origin: "official", came: "packed", source: file },
    });
    const server = await serve({});
    expect((await to.engine(server)).status).toBe(0);
    expect(server.asked).toEqual([]);
  });

  test("from an address, held against the hash that the user was told", async () => {
    const { file } = await packed();
    const data = readFileSync(file);
    const server = await serve({ "engine.tar.gz": data });
    const to = machine();
    const wrong = await to.china(["engine", "--from", `${server.url}/engine.tar.gz`, "--sha256", "0".repeat(64)]);
    expect(wrong.stderr).toMatch(/its SHA-256 is [0-9a-f]{64}, not 0{64}/);
    expect(wrong.status).toBe(1);
    expect(inCache(to)).toEqual([]);
    const right = await to.china([
      "engine",
      "--from",
      `${server.url}/engine.tar.gz`,
      "--sha256",
      digest("sha256", data),
    ]);
    expect(right.status, right.stderr).toBe(0);
    expect(inCache(to)).toHaveLength(2);
  });

  test("a built one stays a built one", async () => {
    const from = machine();
    await putEntry(from, "pulumi", "built");
    await putEntry(from, "provider", "built");
    const file = join(temporaryFolder(), "engine.tar.gz");
    expect((await from.china(["engine", "pack", file])).stdout).toMatch(/pulumi-resource-alicloud \S+ \(built\)/);
    const to = machine();
    const run = await to.china(["engine", "--from", file]);
    expect(run.stdout).toMatch(/self-built: for the local cloud only/);
    expect((await to.china(["pulumi", "up"])).stderr).toMatch(/a provider that was built here/);
  });

  test("without an engine there is nothing to pack; an archive has a name of its kind", async () => {
    const nothing = await machine().china(["engine", "pack", "engine.tar.gz"]);
    expect(nothing.stderr).toMatch(/no engine here to pack. First: npm run engine/);
    expect(nothing.status).toBe(1);
    const name = await machine().china(["engine", "pack", "engine.zip"]);
    expect(name.stderr).toMatch(/name it \.tar\.gz/);
    expect(name.status).toBe(2);
  });
});

describe("an archive that is not what pack makes is refused whole", () => {
  const { hash } = recipes().provider;
  const described = (text: string) => ({ size: text.length, sha256: digest("sha256", text) });
  const cliText = program(versions.pulumi);
  const pluginText = program(versions.provider);
  const os = process.platform === "darwin" ? "darwin" : "linux";
  const arch = process.arch === "arm64" ? "arm64" : "amd64";
  const head = { format: 1, os, arch, origin: "official", came: "packed", source: "a test", at: "2026-11-25" };
  const cli = { ...head, program: "pulumi", version: versions.pulumi, files: { pulumi: described(cliText) } };
  const files = { "pulumi-resource-alicloud": described(pluginText) };
  const provider = { ...head, program: "provider", version: versions.provider, files };
  const manifestOf = (...programs: unknown[]) => JSON.stringify({ format: 1, what: "china-engine", programs });
  const whole = {
    "manifest.json": manifestOf(cli, provider),
    "pulumi/pulumi": cliText,
    "provider/pulumi-resource-alicloud": pluginText,
  };

  const refused = async (data: Buffer, message: RegExp) => {
    const folder = temporaryFolder();
    const file = join(folder, "engine.tar.gz");
    writeFileSync(file, data);
    const m = machine();
    const { text, exitCode } = await failureOf(m, (work) => getFrom(file, undefined, work));
    expect(text).toMatch(message);
    expect(text).toContain("refused, nothing was installed");
    expect(exitCode).toBe(1);
    expect(inCache(m)).toEqual([]);
  };

  test("the same files unchanged are taken", async () => {
    const file = join(temporaryFolder(), "engine.tar.gz");
    writeFileSync(file, await archive(whole));
    const run = await machine().china(["engine", "--from", file]);
    expect(run.status, run.stderr).toBe(0);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ["a changed program", { "pulumi/pulumi": `${cliText}rm -rf /\n` }, /pulumi\/pulumi is not what its manifest says/],
    [
      "a program changed without changing its size",
      { "provider/pulumi-resource-alicloud": pluginText.replace("exit 7", "exit 8") },
      /pulumi-resource-alicloud is not what its manifest says/,
    ],
    ["a file more", { "pulumi/more/file": "x" }, /"pulumi\/more\/file": not in an archive/],
    ["a file beside", { "install.sh": "x" }, /"install\.sh": not in an archive/],
    ["no manifest that can be read", { "manifest.json": "{" }, /has no manifest/],
    ["a manifest of another kind", { "manifest.json": '{"format":2}' }, /of another kind/],
    [
      "a manifest with a path in it",
      { "manifest.json": manifestOf(cli, { ...provider, files: { "../x": described("") } }) },
      /another kind/,
    ],
    [
      "a manifest with a version that is a path",
      { "manifest.json": manifestOf({ ...cli, version: "1.2.3/../x" }, provider) },
      /another kind/,
    ],
    ["one program only", { "manifest.json": manifestOf(cli) }, /each once/],
    ["a program twice", { "manifest.json": manifestOf(cli, cli) }, /each once/],
    [
      "another processor",
      { "manifest.json": manifestOf({ ...cli, arch: arch === "arm64" ? "amd64" : "arm64" }, provider) },
      /made for \S+ on \S+, this is/,
    ],
    ["another system", { "manifest.json": manifestOf(cli, { ...provider, os: "windows" }) }, /made for windows/],
    [
      "a provider of another version",
      { "manifest.json": manifestOf(cli, { ...provider, version: "3.1.0" }) },
      /its provider is 3\.1\.0/,
    ],
    [
      "a CLI that is too old",
      { "manifest.json": manifestOf({ ...cli, version: "3.255.0" }, provider) },
      /older than 3\.256\.0/,
    ],
    [
      "a build from other sources",
      { "manifest.json": manifestOf(cli, { ...provider, origin: "built", recipe: "0123456789ab" }) },
      /another state of engine/,
    ],
  ])("%s", async (_, change, message) => {
    await refused(await archive({ ...whole, ...change }), message);
  });

  test("a build from these sources is taken", async () => {
    const file = join(temporaryFolder(), "engine.tar.gz");
    const built = { ...provider, origin: "built", recipe: hash };
    writeFileSync(file, await archive({ ...whole, "manifest.json": manifestOf(cli, built) }));
    expect((await machine().china(["engine", "--from", file])).status).toBe(0);
  });

  test("a missing program", async () => {
    const { "pulumi/pulumi": _, ...rest } = whole;
    await refused(await archive(rest), /pulumi\/pulumi is missing/);
  });

  test("cut off", async () => {
    const data = await archive(whole);
    await refused(data.subarray(0, data.length - 40), /not a whole \.tar\.gz/);
  });

  test.each([
    ["a path out of the folder", "../../../escaped", "File"],
    ["an absolute path", "/tmp/china-engine-escaped", "File"],
    ["a hidden path out", "pulumi/../../../escaped", "File"],
    ["a link in place of a program", "pulumi/pulumi", "SymbolicLink"],
    ["a hard link in place of a program", "pulumi/pulumi", "Link"],
    ["a folder in place of a program", "pulumi/pulumi", "Directory"],
  ] as const)("%s", async (_, path, type) => {
    const evil = entry(path, type);
    const rest = await create({ cwd: staged(whole), portable: true }, Object.keys(whole));
    const chunks: Buffer[] = [evil];
    for await (const chunk of rest) chunks.push(chunk);
    await refused(Buffer.concat(chunks), /not in an archive|no plain file/);
    expect(existsSync("/tmp/china-engine-escaped")).toBe(false);
  });

  test.each<[string, GetOptions, RegExp]>([
    ["no such file", { from: "/nowhere/engine.tar.gz" }, /there is no file \/nowhere\/engine\.tar\.gz/],
    ["no hash", { from: "x.tar.gz", sha256: "abc" }, /--sha256 takes 64 hex digits/],
    ["a hash of nothing", { sha256: "a".repeat(64) }, /--sha256 belongs to --from/],
    ["two ways", { from: "x.tar.gz", build: true }, /three ways: take one/],
    ["another kind of address", { from: "ftp://x.example/engine.tar.gz" }, /is not an https:\/\/ address/],
  ])("bad input: %s", async (_, options, message) => {
    const { text, exitCode } = await failureOf(machine(), (work) => getEngine(options, work));
    expect(text).toMatch(message);
    expect(exitCode).toBe(2);
  });

  test("bad input: no seconds", async () => {
    const run = await machine().china(["engine", "--timeout", "soon"]);
    expect(run.stderr).toMatch(/--timeout takes seconds/);
    expect(run.status).toBe(2);
  });
});

/** One member as bytes, with a path that no packer would write. */
function entry(path: string, type: "File" | "SymbolicLink" | "Link" | "Directory"): Buffer {
  const text = type === "File" ? Buffer.from("escaped") : Buffer.alloc(0);
  const linkpath = type.endsWith("Link") ? { linkpath: "/etc/passwd" } : {};
  const block = Buffer.alloc(512);
  new Header({ path, type, mode: 0o755, size: text.length, mtime: new Date(0), ...linkpath }).encode(block);
  const body = Buffer.alloc(text.length === 0 ? 0 : 512);
  text.copy(body);
  return Buffer.concat([block, body]);
}

function staged(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    const [name = "", ...folders] = path.split("/").reverse();
    put(join(folder, ...folders.reverse()), name, text);
  }
  return folder;
}
