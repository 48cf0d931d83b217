import { readFileSync } from "node:fs";
import { mkdir, stat, statfs } from "node:fs/promises";
import { tmpdir, totalmem } from "node:os";
import { dirname, resolve } from "node:path";
import { Failed } from "../deploy/errors.ts";
import type { BuildFacts, Space } from "./build-problems.ts";
import { cacheFolder } from "./cache.ts";
import { run } from "./run.ts";
import { engineFolder } from "./versions.ts";

const gib = 2 ** 30;

/** Asks this machine. Go is asked in a neutral folder: inside a module it would fetch a newer Go at once. */
export async function gatherFacts(signal: AbortSignal): Promise<BuildFacts> {
  const names = ["GOVERSION", "GOTOOLCHAIN", "GOMODCACHE", "GOCACHE", "GOTMPDIR"];
  const asked = await run("go", ["env", ...names], { cwd: tmpdir(), timeout: 30_000, signal });
  const wantedGo = goVersionOf("cli/go.mod");
  const memory = availableMemory();
  const facts = { wantedGo, ...(memory === undefined ? {} : { memory }) };
  if (asked.trouble?.includes("ENOENT")) return { ...facts, spaces: [] };
  if (asked.code !== 0) throw new Failed(`go env failed: ${asked.trouble ?? asked.lines.join("\n")}`);
  const [version = "", toolchain = "", modules = "", builds = "", temporary = ""] = asked.stdout.split("\n");
  return {
    ...facts,
    go: { version: version.replace(/^go/, ""), toolchain },
    // Measured sizes, rounded up; docs/deploy.md.
    spaces: [
      await space("modules (GOMODCACHE)", modules, 3.2 * gib),
      await space("compiled packages (GOCACHE)", builds, 4.5 * gib),
      await space("temporary files (GOTMPDIR)", temporary || tmpdir(), gib),
      await space("the two programs", cacheFolder(), 0.5 * gib),
    ],
  };
}

function goVersionOf(file: string): string {
  const [, version] = /^go (\S+)$/m.exec(readFileSync(resolve(engineFolder, file), "utf8")) ?? [];
  if (version === undefined) throw new Error(`engine/${file} has no line "go"`);
  return version;
}

/** macOS counts as free only what is used for nothing at all, so its whole memory is taken. */
function availableMemory(): number | undefined {
  if (process.platform === "linux") return process.availableMemory();
  return process.platform === "darwin" ? totalmem() : undefined;
}

async function space(what: string, folder: string, needed: number): Promise<Space> {
  await mkdir(folder, { recursive: true }).catch(() => {});
  const there = await existing(folder);
  const { bavail, bsize } = await statfs(there);
  return { what, folder, device: (await stat(there)).dev, free: bavail * bsize, needed };
}

async function existing(folder: string): Promise<string> {
  const found = await stat(folder).catch(() => undefined);
  return found !== undefined || dirname(folder) === folder ? folder : await existing(dirname(folder));
}
