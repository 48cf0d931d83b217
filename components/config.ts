import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ConfigError, type Mistake } from "./config/mistakes.ts";
import type { Settings } from "./config/schema.ts";
import { parseStackFile } from "./config/stack-file.ts";
import { type Validated, validate } from "./config/validate.ts";
import type { ReadProjectFile } from "./software/python.ts";

export { ConfigError } from "./config/mistakes.ts";
export type { Settings } from "./config/schema.ts";

/** The project's folder: files that settings name are read from here, whoever runs the program and from where. */
const projectFolder = resolve(import.meta.dirname, "..");

/** Largest file that a setting may name, bytes; a lock of 200 packages has 600 KB. */
const largestFile = 5_000_000;

/**
 * Reads files of a project; undefined for what is none, is outside of the project (also by way of a link), or is too large.
 *
 * @param folder of the project; a checkout of somebody else's branch is one
 */
export function projectReader(folder: string): ReadProjectFile {
  return (path) => {
    const full = resolve(folder, path);
    if (!full.startsWith(folder + sep)) return undefined;
    try {
      if (!realpathSync(full).startsWith(realpathSync(folder) + sep)) return undefined;
      const stat = statSync(full);
      return stat.isFile() && stat.size <= largestFile ? readFileSync(full, "utf8") : undefined;
    } catch {
      // Not there, not readable, or no name that a file can have: the mistake names it.
      return undefined;
    }
  };
}

/** Reads files of this project. */
export const readProjectFile: ReadProjectFile = projectReader(projectFolder);

/**
 * The settings of the stack that runs, checked.
 *
 * @throws {@link ConfigError} with every mistake of the stack file
 */
export function readSettings(): Settings {
  const project = pulumi.getProject();
  const stack = pulumi.getStack();
  const { raw, mistakes } = fromPulumi(project);
  // A secret in a wrong place is reported alone: other mistakes could repeat its text.
  const result: Validated = mistakes.length > 0 ? { ok: false, mistakes } : validate(raw, stack, readProjectFile);
  if (result.ok) return result.settings;

  const file = join(projectFolder, `Pulumi.${stack}.yaml`);
  const locate = existsSync(file) ? parseStackFile(readFileSync(file, "utf8"), project).locate : undefined;
  throw new ConfigError(`Pulumi.${stack}.yaml`, result.mistakes, locate);
}

/**
 * A secret of `china:secrets`, as a secret output. Names are known while the program runs, values never leave the
 * output.
 */
export function secretOf(name: string): pulumi.Output<string> {
  return new pulumi.Config().requireSecretObject<Record<string, string>>("secrets").apply((secrets) => {
    const value = secrets[name];
    if (value === undefined) throw new Error(`china:secrets has no entry ${name}`);
    return value;
  });
}

/** Pulumi hands over texts; objects are JSON. Values of secrets are taken out: only their names are needed here. */
function fromPulumi(project: string): { raw: Record<string, unknown>; mistakes: Mistake[] } {
  const raw: Record<string, unknown> = {};
  const mistakes: Mistake[] = [];
  for (const [key, text] of Object.entries(pulumi.runtime.allConfig())) {
    if (!key.startsWith(`${project}:`)) continue;
    const name = key.slice(project.length + 1);
    const value = parsed(text);
    Object.defineProperty(raw, name, {
      value: name === "secrets" ? namesOnly(value) : value,
      enumerable: true,
      configurable: true,
    });
    if (name !== "secrets" && isSecretKey(key)) {
      mistakes.push({
        path: [name],
        found: "a secret",
        wanted: "no secret here: secrets stand under china:secrets",
        fix: "pulumi config set --secret --path china:secrets.NAME, then write { secret: NAME } where it is used",
      });
    }
  }
  return { raw, mistakes };
}

function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function namesOnly(value: unknown): unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.keys(value).map((name) => [name, ""]))
    : "a secret";
}

/** Whether Pulumi decrypted this key; the runtime knows it and does not say so in its types. */
function isSecretKey(key: string): boolean {
  const runtime: object = pulumi.runtime;
  return (
    "isConfigSecret" in runtime && typeof runtime.isConfigSecret === "function" && runtime.isConfigSecret(key) === true
  );
}
