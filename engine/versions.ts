import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";

/** What the engine consists of: Pulumi's CLI and the Alibaba Cloud provider plugin. */
export type Program = "pulumi" | "provider";

/** This folder: the Go modules stand in `cli/` and `provider/`. */
export const engineFolder = import.meta.dirname;

/** Older CLIs send OSS uploads that it refuses (pulumi/pulumi 23764) and have no --ignore-protect. */
export const oldestCli = "3.256.0";

const packageFile = z.object({
  dependencies: z.object({ "@pulumi/alicloud": z.string(), "@pulumi/pulumi": z.string() }),
});

/** Versions of the SDKs in package.json: what is downloaded has the same. */
export function sdkVersions(): Readonly<Record<Program, string>> {
  const file = resolve(engineFolder, "../package.json");
  const { dependencies } = packageFile.parse(JSON.parse(readFileSync(file, "utf8")));
  return { pulumi: dependencies["@pulumi/pulumi"], provider: dependencies["@pulumi/alicloud"] };
}

/** What a build from this folder makes: its version, and a hash of everything that decides about the result. */
export interface Recipe {
  readonly version: string;
  readonly hash: string;
}

export function recipes(): Readonly<Record<Program, Recipe>> {
  const provider = globSync(["*.go", "mapping/*.go"], { cwd: resolve(engineFolder, "provider") }).sort();
  return {
    pulumi: {
      version: lineOf("cli/go.mod", /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/),
      hash: hashOf(["cli/go.mod", "cli/go.sum"]),
    },
    provider: {
      version: lineOf("provider/mapping/mapping.go", /^const Version = "(\S+)"/m),
      hash: hashOf(["provider/go.mod", "provider/go.sum", ...provider.map((file) => `provider/${file}`)]),
    },
  };
}

function lineOf(file: string, pattern: RegExp): string {
  const found = pattern.exec(readFileSync(resolve(engineFolder, file), "utf8"))?.[1];
  if (found === undefined) throw new Error(`engine/${file} names no version (${pattern.source})`);
  return found;
}

/** A checkout with Windows line ends is the same recipe. */
function hashOf(files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) {
    hash.update(`${file}\n${readFileSync(resolve(engineFolder, file), "utf8").replaceAll("\r\n", "\n")}`);
  }
  return hash.digest("hex").slice(0, 12);
}

/** Negative when `a` is older than `b`; a pre-release counts as its release. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)];
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The version in what a program prints about itself, without the v; undefined when there is none. */
export function versionIn(text: string): string | undefined {
  return /^v?(\d+\.\d+\.\d+\S*)/m.exec(text.trim())?.[1];
}

function numbers(version: string): number[] {
  return version.replace(/^v/, "").split(/[.+-]/, 3).map(Number);
}
