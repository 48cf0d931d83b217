import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { StackFile } from "../components/config/stack-file.ts";
import { writeAtomically } from "./files.ts";

/**
 * Writes the project and the stack's settings into a folder for the engine. Secrets stay where they are: no passphrase
 * is asked for, each is set to a placeholder (`secretNames`) by the caller.
 */
export function writeStackFile(folder: string, project: string, stack: string, file: StackFile): void {
  writeAtomically(join(folder, "Pulumi.yaml"), stringify({ name: project, runtime: "nodejs" }), 0o644);
  const path = join(folder, `Pulumi.${stack}.yaml`);
  const secret = new Set(file.secretKeys);
  const config: Record<string, unknown> = {};
  for (const [key, text] of Object.entries(file.config)) if (!secret.has(key)) config[key] = plain(text);
  // The salt belongs to the state that was made with it.
  const before: { encryptionsalt?: string } | null = existsSync(path) ? parse(readFileSync(path, "utf8")) : null;
  const salt = before?.encryptionsalt === undefined ? {} : { encryptionsalt: before.encryptionsalt };
  writeAtomically(path, stringify({ config, ...salt }, quoted), 0o644);
}

/** Every text in quotes: the engine reads YAML by other rules, and 03:00 must stay a text. */
const quoted = { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" } as const;

function plain(text: string): unknown {
  return /^\s*[[{]/.test(text) ? JSON.parse(text) : text;
}
