import { loadStackFile, project } from "../components/config/load.ts";
import type { Settings } from "../components/config.ts";
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

/**
 * Reads a stack file, checks it and records what the program declares for it.
 *
 * @param configFile another file than Pulumi.<stack>.yaml
 * @throws {@link ConfigError} with all mistakes of the file; what the program throws
 */
export async function loadStack(stack: string, configFile?: string): Promise<LoadedStack> {
  const { file, settings, parsed } = await loadStackFile(stack, configFile);
  const program = await importProgram();
  const { config, secretKeys } = parsed;
  const plan = await record(program, { project, stack, config, secretKeys });
  return { stack, file, settings, plan };
}

async function importProgram(): Promise<Program> {
  const module: { default: Program } = await import("../index.ts");
  return module.default;
}
