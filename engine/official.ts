import { access, chmod, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Failed } from "../deploy/errors.ts";
import { type Entry, keep, newFolder } from "./cache.ts";
import { programNames, versionOf } from "./candidates.ts";
import { download, downloadText, Unavailable } from "./download.ts";
import { describeFiles } from "./manifest.ts";
import { fileName, thisPlatform } from "./platform.ts";
import type { Progress } from "./progress.ts";
import { unpack, type Verdict } from "./unpack.ts";
import { type Program, sdkVersions } from "./versions.ts";

/** What the work in the cache needs to know. */
export interface Work {
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Milliseconds without an answer or a byte after which a download is given up. */
  readonly patience: number;
}

/** Folders that official archives and their checksums are downloaded from, in this order. */
export type Sources = Readonly<Record<Program, readonly string[]>>;

/** Where Pulumi publishes (pulumi/pulumi .goreleaser.yml, pulumi-alicloud .github/workflows/publish.yml, 2026-08). */
export function officialSources(cliUrl: string | undefined, pluginUrl: string | undefined): Sources {
  const cli = cliUrl ?? process.env["CHINA_ENGINE_CLI_URL"];
  const plugin = pluginUrl ?? process.env["CHINA_ENGINE_PLUGIN_URL"];
  return {
    pulumi: [cli ?? "https://get.pulumi.com/releases/sdk"],
    provider:
      plugin === undefined
        ? [
            `https://github.com/pulumi/pulumi-alicloud/releases/download/v${sdkVersions().provider}`,
            "https://get.pulumi.com/releases/plugins",
          ]
        : [plugin],
  };
}

/** Bytes of an archive, and of a file of checksums. */
const archiveLimit = 1e9;
const checksumsLimit = 1e6;

/** Gets one program from the first source that has it. Throws Unavailable, with all reasons, when none has. */
export async function getOfficial(program: Program, sources: readonly string[], work: Work): Promise<Entry> {
  const reasons: string[] = [];
  for (const source of sources) {
    const { archive, checksums } = fileNames(program);
    const base = source.replace(/\/+$/, "");
    try {
      if (archive.endsWith(".zip")) throw new Unavailable("Windows: use Pulumi's own installer for the CLI");
      return await getFrom(program, `${base}/${archive}`, `${base}/${checksums}`, work);
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      reasons.push(`${base}: ${error.message}`);
    }
  }
  throw new Unavailable(reasons.join("\n"));
}

function fileNames(program: Program): { readonly archive: string; readonly checksums: string } {
  const { os, arch } = thisPlatform();
  const version = sdkVersions()[program];
  if (program === "pulumi") {
    const kind = os === "windows" ? "zip" : "tar.gz";
    const archive = `pulumi-v${version}-${os}-${arch === "amd64" ? "x64" : arch}.${kind}`;
    return { archive, checksums: `pulumi-${version}-checksums.txt` };
  }
  return {
    archive: `pulumi-resource-alicloud-v${version}-${os}-${arch}.tar.gz`,
    checksums: `pulumi-alicloud_${version}_checksums.txt`,
  };
}

async function getFrom(program: Program, url: string, checksumsUrl: string, work: Work): Promise<Entry> {
  const { progress, signal, patience } = work;
  const version = sdkVersions()[program];
  const name = url.slice(url.lastIndexOf("/") + 1);
  progress.begin(`downloading ${name}`);
  const checksums = await downloadText(checksumsUrl, { limit: checksumsLimit, patience, signal });
  const wanted = digestFor(name, checksums);
  if (wanted === undefined) throw new Unavailable(`its checksums do not name ${name}`);
  const folder = await newFolder();
  try {
    const archive = join(folder, ".archive");
    const onProgress = (text: string) => progress.at(text);
    const found = await download(url, archive, { limit: archiveLimit, patience, signal, onProgress });
    if (found[wanted.kind] !== wanted.digest) {
      throw new Failed(
        `${url}\nis not what its checksums say: ${wanted.kind} ${found[wanted.kind]}, and it should be ${wanted.digest}.\n` +
          "Nothing was installed. Something on the way changes downloads, or the file there is damaged: try another network.",
      );
    }
    progress.begin(`unpacking ${name}`);
    await unpack(archive, folder, (path) => partOf(program, path)).catch((error) => {
      throw error instanceof Failed ? new Failed(`${url}\n${error.message}`) : error;
    });
    await rm(archive);
    await mustRun({ program, version }, folder, url, signal);
    const files = await describeFiles(folder, await readdir(folder));
    const at = new Date().toISOString();
    const origins = { origin: "official", came: "official", source: url, at } as const;
    return await keep(folder, { format: 1, program, version, ...thisPlatform(), ...origins, files });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The CLI's archive has hosts of all languages in a folder; this project needs Node's. */
function partOf(program: Program, path: string): Verdict {
  if (program === "provider") return path === fileName(programNames.provider) ? { as: path } : undefined;
  const [, name] = /^pulumi\/(pulumi|pulumi-[a-z-]+-nodejs)$/.exec(path) ?? [];
  return name === undefined ? undefined : { as: name };
}

/** A published digest: 64 hex digits are SHA-256, the plugin's 40 are SHA-1 (`shasum` without options). */
export function digestFor(
  name: string,
  checksums: string,
): { readonly kind: "sha1" | "sha256"; readonly digest: string } | undefined {
  for (const line of checksums.split("\n")) {
    const [, digest, file] = /^([0-9a-f]{40}|[0-9a-f]{64})\s+\*?(?:\.\/)?(\S+)\s*$/.exec(line) ?? [];
    if (digest !== undefined && file === name) return { kind: digest.length === 40 ? "sha1" : "sha256", digest };
  }
  return undefined;
}

/** A program that does not say its version is none: another system's, damaged, or in a folder where nothing may run. */
export async function mustRun(
  wanted: { readonly program: Program; readonly version: string },
  folder: string,
  source: string,
  signal: AbortSignal,
): Promise<void> {
  const name = programNames[wanted.program];
  const file = join(folder, fileName(name));
  const found = await access(file).then(
    () => chmod(file, 0o755),
    () => "missing" as const,
  );
  if (found === "missing") throw new Failed(`${source}\nhas no ${name} in it`);
  const version = await versionOf(wanted.program, file, signal);
  if (version === wanted.version) return;
  throw new Failed(
    `${name} of ${source}\n${version === undefined ? "does not run here" : `is ${version}, not ${wanted.version}`}.` +
      (version === undefined
        ? " Is it another system's, or is the cache on a disk where programs may not run (noexec)? CHINA_ENGINE_CACHE moves it."
        : ""),
  );
}
