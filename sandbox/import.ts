import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { type LoadedStackFile, project } from "../components/config/load.ts";
import type { Failure } from "../deploy/explain.ts";
import { managed } from "../plan/plan.ts";
import { record } from "../plan/recorder.ts";

/**
 * Takes a resource that exists into the state, as the one that the program declares under a name: with its parent, so
 * that the next update finds it in its place. Protection comes with that update.
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
  const { parent, provider, type, urn } = resource;
  try {
    await stack.import({
      resources: [{ type, name, id, ...(parent ? { parent: "parent" } : {}), ...(provider ? { provider: "provider" } : {}) }],
      nameTable: { ...(parent ? { parent } : {}), ...(provider ? { provider } : {}) },
      protect: false,
      generateCode: false,
    });
    return undefined;
  } catch (error) {
    return { urn, type, text: error instanceof Error ? error.message : String(error) };
  }
}
