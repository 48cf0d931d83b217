import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { stringify } from "yaml";
import { type LoadedStackFile, project } from "../components/config/load.ts";
import type { Failure } from "../deploy/explain.ts";
import { managed, type PlannedResource } from "../plan/plan.ts";
import { record } from "../plan/recorder.ts";
import { serveNoProgram } from "./no-program.ts";

/**
 * Takes a resource that exists into the state, as the one that the program declares under a name: with its parent and
 * provider, so that the next update finds it in its place. Protection comes with that update.
 *
 * @param name logical name in the program
 * @returns what failed, or undefined
 */
export async function importInto(
  stack: Stack,
  file: LoadedStackFile,
  name: string,
  id: string,
): Promise<Failure | undefined> {
  const { config, secretKeys } = file.parsed;
  const { default: program } = await import("../index.ts");
  const plan = await record(program, { project, stack: file.stack, config, secretKeys });
  const resource = managed(plan).find((r) => r.name === name);
  if (resource === undefined) {
    return { text: `the program declares nothing named ${name} for stack ${file.stack}` };
  }
  try {
    await importOne(stack, resource, id);
    return undefined;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    return { urn: resource.urn, type: resource.type, text: `${stderr}\n${stdout}`.trim() || String(error) };
  }
}

/** Runs `pulumi import` in a folder of its own, whose project asks for no language host. */
async function importOne(stack: Stack, { type, name, parent, provider }: PlannedResource, id: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "import-"));
  const host = await serveNoProgram();
  try {
    const runtime = { name: "client", options: { address: host.address } };
    writeFileSync(join(folder, "Pulumi.yaml"), stringify({ name: project, runtime }));
    const settings = `Pulumi.${stack.name}.yaml`;
    copyFileSync(join(stack.workspace.workDir, settings), join(folder, settings));
    const resources = [
      { type, name, id, ...(parent ? { parent: "parent" } : {}), ...(provider ? { provider: "provider" } : {}) },
    ];
    const nameTable = { ...(parent ? { parent } : {}), ...(provider ? { provider } : {}) };
    const list = join(folder, "import.json");
    writeFileSync(list, JSON.stringify({ nameTable, resources }));
    const how = ["--yes", "--skip-preview", "--non-interactive", "--color", "never"];
    const what = ["--file", list, "--generate-code=false", "--protect=false", "--stack", stack.name];
    await promisify(execFile)("pulumi", ["import", ...how, ...what], { cwd: folder, maxBuffer: 100_000_000 });
  } finally {
    host.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
