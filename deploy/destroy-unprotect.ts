import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Stack } from "@pulumi/pulumi/automation/index.js";

/**
 * Takes Pulumi's own protection off every resource of a stack, by Pulumi's own command: nobody edits a state. The next `up`
 * protects again what the program protects.
 */
export async function unprotect({ name, workspace }: Stack): Promise<void> {
  const args = ["state", "unprotect", "--all", "--yes", "--non-interactive", "--stack", name];
  const env = { ...process.env, ...workspace.envVars };
  await promisify(execFile)("pulumi", args, { cwd: workspace.workDir, env });
}
