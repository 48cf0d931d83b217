import { resolve } from "node:path";
import { project } from "../../components/config/load.ts";
import { type CloudClient, CloudRefusal } from "../../deploy/cloud-client.ts";
import { Failed } from "../../deploy/errors.ts";
import { explain, explainAll, explanationText } from "../../deploy/explain.ts";
import { stockOf } from "../../deploy/explain-stock.ts";
import { declaredInPlan, type Leftover, pairOf } from "../../deploy/leftovers.ts";
import type { Outcome } from "../../deploy/operation.ts";
import type { Recording } from "../../deploy/recording.ts";
import { managedIn, stateOf } from "../../deploy/state.ts";
import type { LoadedStack } from "../../review/load.ts";
import type { Opened, Target } from "../deploy-target.ts";
import { readLeftovers } from "../leftovers.ts";
import { leftoversText } from "../leftovers-text.ts";
import { knownStacks } from "../review.ts";
import { terminalStyle } from "../terminal.ts";
import { type CommandOptions, sameAgain } from "./options.ts";

/** What one command that changes the cloud works with. */
export interface Work {
  readonly loaded: LoadedStack;
  readonly options: CommandOptions;
  readonly target: Target;
  readonly opened: Opened;
  readonly client: CloudClient;
  readonly recording: Recording;
  /** yyyy-mm-dd */
  readonly today: string;
}

export const projectFolder = resolve(import.meta.dirname, "../..");

export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** @throws Failed where another command works on the stack: what it is making would look like something left behind */
export function checkFree({ lockedBy }: Opened, stack: string): void {
  if (lockedBy === undefined) return;
  throw new Failed(
    `another command works on ${stack} right now: ${lockedBy}. Nothing was touched. Wait for it, or see docs/state.md#locks if it is dead`,
  );
}

/** The stack's outputs, plain. */
export async function outputsOf({ opened }: Pick<Work, "opened">): Promise<Readonly<Record<string, unknown>>> {
  return Object.fromEntries(Object.entries(await opened.stack.outputs()).map(([name, { value }]) => [name, value]));
}

/** What failed, in words, with the stock where something was sold out. */
export async function explained(
  { failures }: Pick<Outcome, "failures">,
  { loaded, client }: Pick<Work, "loaded" | "client">,
): Promise<string> {
  const { stack, settings } = loaded;
  const { region } = settings;
  const context = { stack, settings, region };
  const first = explainAll(failures, context);
  const sold = first.some(({ cause }) => cause === "stock" || cause === "not-on-sale" || cause === "unknown-type");
  // Where the stock is not told either, an explanation without it is better than none.
  const stock = sold ? await stockOf(client, region).catch(() => undefined) : undefined;
  const all = stock === undefined ? first : explainAll(failures, { ...context, stock });
  return all.map(explanationText).join("\n\n");
}

/** @throws Failed with the cloud's refusal in words */
export async function inWords<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof CloudRefusal)) throw error;
    const said = explain({ text: error.text }, {});
    throw new Failed(said === undefined ? error.message : explanationText(said));
  }
}

/** What the cloud has of the stack and its state does not know, each with the command to type; and all of it in words. */
export async function leftOf(
  { loaded, opened, client, options }: Work,
  then?: string,
): Promise<{
  readonly found: readonly Leftover[];
  readonly text: string;
}> {
  const { stack, settings, plan } = loaded;
  const { region } = settings;
  const query = {
    ...{ project, stack, region, declared: declaredInPlan(plan) },
    known: new Set(managedIn(await stateOf(opened.stack)).map(({ id = "" }) => id)),
    otherStacks: knownStacks().filter((other) => other !== stack),
  };
  const found = await readLeftovers(client, query, { stack, settings, region });
  // The local cloud has its own state, so the import goes through its own command.
  const typed = (pairs: readonly string[]) =>
    ["npm run sandbox -- import", stack, ...pairs, ...sameAgain(options)].join(" ");
  const here = found.map((one) => {
    const pair = pairOf(one);
    return options.sandbox !== true || pair.length === 0 ? one : { ...one, importCommand: typed(pair) };
  });
  const pairs = found.flatMap(pairOf);
  const atOnce =
    options.sandbox === true && pairs.length > 2 ? `\n\nor what can be imported at once:\n    ${typed(pairs)}` : "";
  return { found, text: `${leftoversText(here, query, terminalStyle().width, then)}${atOnce}` };
}

/** Whether the cloud has nothing of the stack that its state does not know; what there is, is told. */
export async function nothingLeft(work: Work): Promise<boolean> {
  const { found, text } = await leftOf(work);
  if (found.length > 0) say(text);
  return found.length === 0;
}
