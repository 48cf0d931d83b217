import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { create } from "tar";
import { onTestFinished, vi } from "vitest";
import { failure } from "../../../cli/failure.ts";
import { keyOf } from "../../../engine/cache.ts";
import { describeFiles, type Manifest } from "../../../engine/manifest.ts";
import type { Work } from "../../../engine/official.ts";
import { thisPlatform } from "../../../engine/platform.ts";
import { Progress } from "../../../engine/progress.ts";
import { recipes, sdkVersions } from "../../../engine/versions.ts";
import { temporaryFolder } from "../../support/command.ts";
import { projectFolder } from "../../support/stacks.ts";

const { os, arch } = thisPlatform();
export const versions = sdkVersions();

/** What Pulumi calls its files for this platform. */
export const published = {
  cli: `pulumi-v${versions.pulumi}-${os}-${arch === "amd64" ? "x64" : arch}.tar.gz`,
  cliChecksums: `pulumi-${versions.pulumi}-checksums.txt`,
  plugin: `pulumi-resource-alicloud-v${versions.provider}-${os}-${arch}.tar.gz`,
  pluginChecksums: `pulumi-alicloud_${versions.provider}_checksums.txt`,
};

/** A program that tells its version, prints its arguments otherwise, and ends with 7. */
export function program(version: string, more = ""): string {
  return `#!/bin/sh\n# ${more}\ncase "$1" in version|--version) echo "v${version}"; exit 0;; esac\necho "ran $0 $*"; echo "PATH=$PATH"; exit 7\n`;
}

export interface Machine {
  readonly cache: string;
  /** A folder on the PATH, for programs of the user's own. */
  readonly bin: string;
  /** PULUMI_HOME */
  readonly home: string;
  /** Runs the command line on it. */
  readonly china: (args: readonly string[]) => Running;
  /** Runs `engine` with the downloads of this server. */
  readonly engine: (server: Server, ...args: string[]) => Running;
}

export interface Running extends PromiseLike<Ended> {
  readonly pid: number;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** What it has printed to standard error so far. */
  readonly stderr: () => string;
}

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/** A machine with nothing on it: an own cache, home and PATH. */
export function machine(): Machine {
  const folder = temporaryFolder();
  const [cache, bin, home] = [join(folder, "cache"), join(folder, "bin"), join(folder, "pulumi")];
  mkdirSync(bin);
  const china = (args: readonly string[]) =>
    running(args, { CHINA_ENGINE_CACHE: cache, PULUMI_HOME: home, HOME: folder, PATH: bin });
  const engine = (server: Server, ...args: string[]) =>
    china(["engine", "--cli-url", server.url, "--plugin-url", server.url, ...args]);
  return { cache: join(cache, "engine"), bin, home, china, engine };
}

function running(args: readonly string[], env: NodeJS.ProcessEnv): Running {
  const begun = performance.now();
  const child = spawn(process.execPath, [join(projectFolder, "cli/china.js"), ...args], { cwd: projectFolder, env });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((done, fail) => {
    child.on("error", fail);
    child.on("close", (status) => done({ status, stdout, stderr, seconds: (performance.now() - begun) / 1000 }));
  });
  return {
    pid: child.pid ?? 0,
    kill: (signal) => {
      child.kill(signal);
    },
    stderr: () => stderr,
    // biome-ignore lint/suspicious/noThenProperty: awaiting it waits for its end
    then: (done, fail) => ended.then(done, fail),
  };
}

/** Does work in a machine's cache within this process, which is quicker. */
export async function inProcess<T>(m: Machine, todo: (work: Work) => Promise<T>, patience = 10_000): Promise<T> {
  vi.stubEnv("CHINA_ENGINE_CACHE", dirname(m.cache));
  vi.stubEnv("PULUMI_HOME", m.home);
  vi.stubEnv("PATH", m.bin);
  try {
    return await todo({
      progress: new Progress({ write: () => true }),
      signal: new AbortController().signal,
      patience,
    });
  } finally {
    vi.unstubAllEnvs();
  }
}

/** What a user reads when work in a machine's cache fails, and the exit code. */
export async function failureOf(m: Machine, todo: (work: Work) => Promise<unknown>, patience?: number) {
  return await inProcess(m, todo, patience).then(
    () => ({ text: "it did not fail", exitCode: 0 }),
    (error: unknown) => failure(error),
  );
}

/** Names of whole entries and of anything half-made in the cache. */
export function inCache(m: Machine): string[] {
  try {
    return readdirSync(m.cache).filter((name) => !name.startsWith(".lock"));
  } catch {
    return [];
  }
}

/** Puts an executable into a folder. */
export function put(folder: string, name: string, text: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, text, { mode: 0o755 });
  return file;
}

/** Puts an entry into a machine's cache. */
export async function putEntry(
  m: Machine,
  what: "pulumi" | "provider",
  origin: Manifest["origin"],
  other: Partial<Manifest> = {},
): Promise<string> {
  const { version, hash } = recipes()[what];
  const built = origin === "built";
  const head: Omit<Manifest, "files"> = {
    ...{ format: 1, program: what, version: built ? version : versions[what], os, arch, origin },
    ...{ came: built ? "built" : "official", source: "a test", at: "2026-11-25T00:00:00Z" },
    ...(built ? { recipe: hash } : {}),
    ...other,
  };
  const folder = join(m.cache, keyOf(head));
  const name = what === "pulumi" ? "pulumi" : "pulumi-resource-alicloud";
  put(folder, name, program(head.version, built && what === "provider" ? "china-engine/provider" : origin));
  const manifest: Manifest = { ...head, files: await describeFiles(folder, [name]) };
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
  return folder;
}

export type Answer = Buffer | string | ((response: ServerResponse) => void);

export interface Server {
  readonly url: string;
  /** What was asked for, in order. */
  readonly asked: string[];
}

/** Serves files on loopback; what is not among them is 404. */
export async function serve(files: Readonly<Record<string, Answer>>): Promise<Server> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const name = (request.url ?? "").slice(1);
    asked.push(name);
    const answer = files[name];
    if (typeof answer === "function") answer(response);
    else if (answer === undefined) response.writeHead(404).end("<html>not here</html>");
    else response.end(answer);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** A .tar.gz with these files, path -> content; really packed, whatever the paths. */
export async function archive(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files))
    put(dirname(join(folder, path)), path.split("/").at(-1) ?? "", text);
  const chunks: Buffer[] = [];
  for await (const chunk of create({ cwd: folder, gzip: true }, Object.keys(files))) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export function digest(kind: "sha1" | "sha256", data: Buffer | string): string {
  return createHash(kind).update(data).digest("hex");
}

/** Everything that Pulumi publishes, in small. */
export async function release(): Promise<
  { [name: string]: Answer } & { readonly cli: Buffer; readonly plugin: Buffer }
> {
  const cli = await archive({
    "pulumi/pulumi": program(versions.pulumi),
    "pulumi/pulumi-language-nodejs": program(versions.pulumi),
    "pulumi/pulumi-resource-pulumi-nodejs": program(versions.pulumi),
    "pulumi/pulumi-language-python": program(versions.pulumi),
  });
  const plugin = await archive({
    "./README.md": "read me",
    "./pulumi-resource-alicloud": program(versions.provider),
  });
  return {
    ...{ cli, plugin, [published.cli]: cli, [published.plugin]: plugin },
    [published.cliChecksums]: `${digest("sha256", "x")}  other.tar.gz\n${digest("sha256", cli)}  ${published.cli}\n`,
    [published.pluginChecksums]: `${digest("sha1", plugin)}  ./${published.plugin}\n`,
  };
}
