import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { type LoadedStackFile, project } from "../../components/config/load.ts";
import { declaredInPlan, type LeftoverQuery, pairOf } from "../../deploy/leftovers.ts";
import { managedIn, stateOf } from "../../deploy/state.ts";
import { record } from "../../plan/recorder.ts";
import { sandboxClient } from "../../sandbox/client.ts";
import type { Session } from "../../sandbox/session.ts";
import { readLeftovers } from "../leftovers.ts";
import { leftoversText } from "../leftovers-text.ts";
import { knownStacks } from "../review.ts";
import { terminalStyle } from "../terminal.ts";

/**
 * What the sandbox has of a stack and its state does not know, and how to go on; undefined when there is nothing.
 *
 * @param more options of the command that the import needs as well
 */
export async function leftoversOf(
  stack: Stack,
  file: LoadedStackFile,
  session: Session,
  more: readonly string[] = [],
): Promise<string | undefined> {
  const { region } = file.settings;
  const { config, secretKeys } = file.parsed;
  const { default: program } = await import("../../index.ts");
  const plan = await record(program, { project, stack: file.stack, config, secretKeys });
  const query: LeftoverQuery = {
    project,
    stack: file.stack,
    region,
    known: new Set(managedIn(await stateOf(stack)).map(({ id = "" }) => id)),
    declared: declaredInPlan(plan),
    otherStacks: knownStacks().filter((other) => other !== file.stack),
  };
  const context = { stack: file.stack, settings: file.settings, region };
  const found = await readLeftovers(sandboxClient(session, region), query, context);
  if (found.length === 0) return undefined;
  // The sandbox has its own state, so the import goes through its own command.
  const typed = (pairs: readonly string[]) => ["npm run sandbox -- import", file.stack, ...pairs, ...more].join(" ");
  const here = found.map((one) => (pairOf(one).length === 0 ? one : { ...one, importCommand: typed(pairOf(one)) }));
  const pairs = found.flatMap(pairOf);
  const atOnce = pairs.length > 2 ? `\n\nor what can be imported at once:\n    ${typed(pairs)}` : "";
  return `${leftoversText(here, query, terminalStyle().width)}${atOnce}`;
}
