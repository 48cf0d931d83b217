import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { ConfigError } from "../components/config/mistakes.ts";
import { parseStackFile } from "../components/config/stack-file.ts";
import { validate } from "../components/config/validate.ts";
import { readProjectFile, type Settings } from "../components/config.ts";
import type { Plan } from "../plan/plan.ts";
import { type Program, record } from "../plan/recorder.ts";

/** A stack as its files say it is. */
export interface LoadedStack {
  readonly stack: string;
  /** Name of the stack file, as messages name it. */
  readonly file: string;
  readonly settings: Settings;
  readonly plan: Plan;
}

export const project = "china";
const projectFolder = resolve(import.meta.dirname, "..");

/**
 * Reads a stack file, checks it and records what the program declares for it.
 *
 * @param configFile another file than Pulumi.<stack>.yaml
 * @throws {@link ConfigError} with all mistakes of the file; what the program throws
 */
export async function loadStack(stack: string, configFile?: string): Promise<LoadedStack> {
  const path = configFile ?? join(projectFolder, `Pulumi.${stack}.yaml`);
  const file = configFile ?? basename(path);
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(file, [
      { path: [], wanted: `a stack file that can be read (${error.code ?? error.message})` },
    ]);
  });
  const parsed = parseStackFile(text, project);
  const checked = validate(parsed.values, stack, readProjectFile);
  const mistakes = [...parsed.mistakes, ...(checked.ok ? [] : checked.mistakes)];
  if (!checked.ok || mistakes.length > 0) throw new ConfigError(file, mistakes, parsed.locate);

  const program = await importProgram();
  const { config, secretKeys } = parsed;
  const plan = await record(program, { project, stack, config, secretKeys });
  return { stack, file, settings: checked.settings, plan };
}

async function importProgram(): Promise<Program> {
  const module: { default: Program } = await import("../index.ts");
  return module.default;
}
