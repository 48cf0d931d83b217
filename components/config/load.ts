import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { projectReader } from "../config.ts";
import { ConfigError } from "./mistakes.ts";
import type { Settings } from "./schema.ts";
import { parseStackFile, type StackFile } from "./stack-file.ts";
import { validate } from "./validate.ts";

/** A stack file that was read and has no mistakes. */
export interface LoadedStackFile {
  readonly stack: string;
  /** Name of the file, as messages name it. */
  readonly file: string;
  readonly settings: Settings;
  readonly parsed: StackFile;
}

/** Name of the project, and prefix of its keys. */
export const project = "china";
const projectFolder = resolve(import.meta.dirname, "../..");

/**
 * Reads a stack file and checks it.
 *
 * @param configFile another file than Pulumi.<stack>.yaml
 * @param folder another checkout of the project than this one
 * @throws {@link ConfigError} with all mistakes of the file
 */
export async function loadStackFile(
  stack: string,
  configFile?: string,
  folder = projectFolder,
): Promise<LoadedStackFile> {
  const path = configFile ?? join(folder, `Pulumi.${stack}.yaml`);
  const file = configFile ?? basename(path);
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(file, [
      { path: [], wanted: `a stack file that can be read (${error.code ?? error.message})` },
    ]);
  });
  const parsed = parseStackFile(text, project);
  const checked = validate(parsed.values, stack, projectReader(folder));
  const mistakes = [...parsed.mistakes, ...(checked.ok ? [] : checked.mistakes)];
  if (!checked.ok || mistakes.length > 0) throw new ConfigError(file, mistakes, parsed.locate);
  return { stack, file, settings: checked.settings, parsed };
}
