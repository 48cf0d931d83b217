import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { project } from "../components/config/load.ts";
import { type CloudClient, CloudRefusal, cloudClient } from "../deploy/cloud-client.ts";
import { BadInput } from "../deploy/errors.ts";
import { type ExplainContext, explain, explanationText } from "../deploy/explain.ts";
import { declaredInPlan, findLeftovers, type Leftover, type LeftoverQuery } from "../deploy/leftovers.ts";
import { managedIn, readState } from "../deploy/state.ts";
import { bestOf } from "../engine/candidates.ts";
import { loadStack } from "../review/load.ts";
import { leftoversText } from "./leftovers-text.ts";
import { knownStacks } from "./review.ts";
import { terminalStyle, write } from "./terminal.ts";

export interface LeftoversOptions {
  readonly format: "terminal" | "json";
  readonly state?: string;
  readonly config?: string;
}

const projectFolder = resolve(import.meta.dirname, "..");

/** Exit code 1 when something was found. */
export async function leftoversCommand(stack: string, options: LeftoversOptions): Promise<void> {
  const { settings, plan } = await loadStack(stack, options.config);
  const { region } = settings;
  const query: LeftoverQuery = {
    ...{ project, stack, region, known: await knownIds(stack, options.state) },
    declared: declaredInPlan(plan),
    otherStacks: knownStacks().filter((other) => other !== stack),
  };
  const leftovers = await readLeftovers(cloudClient({ region }), query, { stack, settings, region });
  const comparedWithState = query.known !== undefined;
  await write(
    options.format === "json"
      ? `${JSON.stringify({ project, stack, region, comparedWithState, leftovers }, null, 2)}\n`
      : `${leftoversText(leftovers, query, terminalStyle().width)}\n`,
  );
  process.exitCode = leftovers.length > 0 ? 1 : 0;
}

/** @throws BadInput with the cloud's refusal in words: a list that cannot be read is no empty one */
export async function readLeftovers(
  client: CloudClient,
  query: LeftoverQuery,
  context: ExplainContext,
): Promise<readonly Leftover[]> {
  try {
    return await findLeftovers(client, query);
  } catch (error) {
    if (!(error instanceof CloudRefusal)) throw error;
    const explained = explain({ text: error.text }, context);
    throw new BadInput(explained === undefined ? error.message : explanationText(explained));
  }
}

/** Ids of the stack's state; undefined when there is none. */
async function knownIds(stack: string, file: string | undefined): Promise<ReadonlySet<string> | undefined> {
  const text = file === undefined ? await exported(stack) : readFile(file);
  if (text === undefined) return undefined;
  try {
    const ids = managedIn(readState(JSON.parse(text))).map((resource) => resource.id ?? "");
    return new Set(ids.filter((id) => id !== ""));
  } catch {
    throw new BadInput(`${file ?? "the exported state"} is no state as pulumi stack export writes it`);
  }
}

function readFile(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new BadInput(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** The state from the user's backend, by a Pulumi CLI where there is one. */
async function exported(stack: string): Promise<string | undefined> {
  const cli = await bestOf("pulumi");
  if (cli === undefined) return undefined;
  const args = ["stack", "export", "--stack", stack, "--non-interactive"];
  try {
    const { stdout } = await promisify(execFile)(cli.file, args, { cwd: projectFolder, maxBuffer: 1_000_000_000 });
    return stdout;
  } catch (error) {
    const said = String((error as { stderr?: unknown }).stderr ?? error).trim();
    if (/no stack named|no stack with name|stack .* not found/i.test(said)) return undefined;
    const explained = explain({ text: said }, { stack });
    throw new BadInput(
      `pulumi stack export failed; --state FILE takes an exported state instead\n${explained === undefined ? said : explanationText(explained)}`,
    );
  }
}
