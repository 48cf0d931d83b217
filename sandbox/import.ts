import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { stringify } from "yaml";
import { type LoadedStackFile, project } from "../components/config/load.ts";
import type { Failure } from "../deploy/explain.ts";
import { stateOf } from "../deploy/state.ts";
import { managed, type Plan, type PlannedResource, stackType } from "../plan/plan.ts";
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
  const known = new Set((await stateOf(stack)).resources.map(({ urn }) => urn));
  try {
    await runImport(stack, importFile(resource, id, plan, known));
    return undefined;
  } catch (error) {
    return { urn: resource.urn, type: resource.type, text: said(error) };
  }
}

/** What `pulumi import --file` reads; URNs serve as names, since they are unique. */
function importFile(resource: PlannedResource, id: string, plan: Plan, known: ReadonlySet<string>) {
  const byUrn = new Map(plan.resources.map((r) => [r.urn, r]));
  const nameTable: Record<string, string> = {};
  const resources: object[] = [];
  /** Adds what the resource hangs on: by reference when the state has it, else as something to be taken in as well. */
  const refer = (urn: string | undefined): string | undefined => {
    const found = urn === undefined ? undefined : byUrn.get(urn);
    if (urn === undefined || found === undefined || found.type === stackType) return undefined;
    if (known.has(urn)) nameTable[urn] = urn;
    else add(found, found.custom ? { inputs: found.inputs } : { component: true });
    return urn;
  };
  const add = ({ urn, type, name: logicalName, parent, provider }: PlannedResource, more: object) => {
    const on = { parent: refer(parent), provider: refer(provider) };
    resources.push({ name: urn, logicalName, type, ...given(on), ...more });
  };
  add(resource, { id });
  return { nameTable, resources };
}

function given(fields: Readonly<Record<string, string | undefined>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Runs `pulumi import` in a folder of its own, whose project asks for no language host. */
async function runImport(stack: Stack, content: object): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "import-"));
  const host = await serveNoProgram();
  try {
    const runtime = { name: "client", options: { address: host.address } };
    writeFileSync(join(folder, "Pulumi.yaml"), stringify({ name: project, runtime }));
    const settings = `Pulumi.${stack.name}.yaml`;
    copyFileSync(join(stack.workspace.workDir, settings), join(folder, settings));
    const list = join(folder, "import.json");
    writeFileSync(list, JSON.stringify(content));
    const how = ["--yes", "--skip-preview", "--non-interactive", "--suppress-progress", "--color", "never"];
    const what = ["--file", list, "--generate-code=false", "--protect=false", "--stack", stack.name];
    await promisify(execFile)("pulumi", ["import", ...how, ...what], { cwd: folder, maxBuffer: 100_000_000 });
  } finally {
    host.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The errors among what the CLI has printed, without its summing up; all of it when it names none. */
function said(error: unknown): string {
  const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
  const errors = stdout.matchAll(/^ {4}error: ([\s\S]*?)(?=^ {4}(?:error|warning): |^ {0,2}\S|(?![\s\S]))/gm);
  const texts = [...errors].map(([, text = ""]) => text.trim()).filter((text) => !text.startsWith("update failed"));
  return texts.join("\n") || `${stderr}\n${stdout}`.trim() || String(error);
}
