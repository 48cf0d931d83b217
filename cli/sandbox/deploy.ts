import { writeSync } from "node:fs";
import { loadStackFile, type LoadedStackFile } from "../../components/config/load.ts";
import { type OperationName, type Outcome, run } from "../../deploy/operation.ts";
import { Progress, type Screen } from "../../deploy/progress.ts";
import { findEngine } from "../../engine/engine.ts";
import { type Prepared, prepare } from "../../sandbox/deployment.ts";
import type { Home } from "../../sandbox/home.ts";
import type { Session } from "../../sandbox/session.ts";
import { BadInput } from "../failure.ts";
import { checkKnown } from "../review.ts";
import type { DeployOptions } from "./commands.ts";
import { withSession } from "./with-session.ts";

/** Runs one operation of the real engine against the sandbox. Exit code 1 when it failed. */
export async function deployCommand(name: OperationName, stack: string, options: DeployOptions): Promise<void> {
  if (options.config === undefined) checkKnown(stack);
  const file = await loadStackFile(stack, options.config);
  const programs = await programFolders();
  const speed = options.speed === undefined ? {} : { speed: options.speed };
  const ok = await withSession((session, home) => operate(name, file, programs, home, session, options), speed);
  if (!ok) process.exitCode = 1;
}

/** Folders with pulumi and the provider plugin. */
async function programFolders(): Promise<readonly string[]> {
  const engine = await findEngine();
  if (engine === undefined) {
    throw new BadInput(
      "the sandbox needs Pulumi and the Alibaba Cloud provider, and they are not here yet: npm run engine",
    );
  }
  return engine.folders;
}

async function operate(
  name: OperationName,
  file: LoadedStackFile,
  programs: readonly string[],
  home: Home,
  session: Session,
  options: DeployOptions,
): Promise<boolean> {
  const { default: program } = await import("../../index.ts");
  const prepared = await prepare(home, session, file, program, programs);
  return true;
}
