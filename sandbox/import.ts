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

/** Something that exists, and the logical name under which the program declares it. */
export interface Existing {
  readonly name: string;
  readonly id: string;
}

/**
 * Takes resources that exist into the state, as those that the program declares: with their parents and provider, so
 * that the next update finds them in their place. Protection comes with that update.
 *
 * @returns what failed, or undefined
 */
export async function importInto(
  stack: Stack,
  file: LoadedStackFile,
  things: readonly Existing[],
): Promise<Failure | undefined> {
  const { config, secretKeys } = file.parsed;
  const { default: program } = await import("../index.ts");
  const plan = await record(program, { project, stack: file.stack, config, secretKeys });
  const byName = new Map(managed(plan).map((r) => [r.name, r]));
  const wanted: Wanted[] = [];
  for (const { name, id } of things) {
    const resource = byName.get(name);
    if (resource === undefined) return { text: `the program declares nothing named ${name} for stack ${file.stack}` };
    wanted.push({ resource, id });
  }
  const known = new Set((await stateOf(stack)).resources.map(({ urn }) => urn));
  try {
    await runImport(stack, importFile(wanted, plan, known));
    return undefined;
  } catch (error) {
    return { text: said(error) };
  }
}

interface Wanted {
  readonly resource: PlannedResource;
  readonly id: string;
}

/** What `pulumi import --file` reads; URNs serve as names, since they are unique. */
function importFile(wanted: readonly Wanted[], plan: Plan, known: ReadonlySet<string>) {
  const byUrn = new Map(plan.resources.map((r) => [r.urn, r]));
  const nameTable: Record<string, string> = {};
  const resources = new Map<string, object>();
  /** Adds what the resource hangs on: by reference when the state has it, else as something to be taken in as well. */
  const refer = (urn: string | undefined): string | undefined => {
    const found = urn === undefined ? undefined : byUrn.get(urn);
    if (urn === undefined || found === undefined || found.type === stackType) return undefined;
    if (known.has(urn)) nameTable[urn] = urn;
    else if (!resources.has(urn)) add(found, found.custom ? { inputs: found.inputs } : { component: true });
    return urn;
  };
  const add = ({ urn, type, name: logicalName, parent, provider }: PlannedResource, more: object) => {
    const on = { parent: refer(parent), provider: refer(provider) };
    resources.set(urn, { name: urn, logicalName, type, ...given(on), ...more });
  };
  for (const { resource, id } of wanted) add(resource, { id });
  return { nameTable, resources: [...resources.values()] };
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
