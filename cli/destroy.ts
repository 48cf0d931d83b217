import { loadStackFile, project } from "../components/config/load.ts";
import { cloudClient } from "../deploy/cloud-client.ts";
import { diskFacts, paidAhead } from "../deploy/destroy-facts.ts";
import { foreignThings } from "../deploy/destroy-foreign.ts";
import { type Hold, holds, liftCloudProtection, nameIn } from "../deploy/destroy-holds.ts";
import { unordered } from "../deploy/destroy-order.ts";
import { unprotect } from "../deploy/destroy-unprotect.ts";
import { BadInput, Failed } from "../deploy/errors.ts";
import { pairOf } from "../deploy/leftovers.ts";
import { Recording } from "../deploy/recording.ts";
import { managedIn, type State, stateOf } from "../deploy/state.ts";
import { loadStack } from "../review/load.ts";
import { type CommandOptions, onlyInSandbox, sameAgain } from "./deploy/options.ts";
import { asked } from "./deploy/question.ts";
import { checkFree, explained, inWords, leftOf, say, type Work } from "./deploy/work.ts";
import { withTarget } from "./deploy-target.ts";
import { planOfState, stopsText } from "./destroy-cost.ts";
import { foreignText, inventoryText, liftedText, paidAheadText } from "./destroy-text.ts";
import { refuse } from "./preflight.ts";
import { checkKnown } from "./review.ts";
import { shownOperation } from "./shown-operation.ts";
import { terminalStyle } from "./terminal.ts";

export interface DestroyOptions extends CommandOptions {
  /** The stack's name, repeated; true where it was left out. */
  readonly yes?: string | true;
}

/** Ends a stack. Exit code 0 when nothing is left, 1 when something is, failed or was not agreed to. */
export async function destroyCommand(stack: string, options: DestroyOptions): Promise<void> {
  onlyInSandbox(options);
  if (options.config === undefined) checkKnown(stack);
  checkName(stack, options);
  await refuse(process.env, options.sandbox === true);
  const file = await loadStackFile(stack, options.config);
  const loaded = await loadStack(stack, options.config);
  const { default: program } = await import("../index.ts");
  const ended = await withTarget(file, options, async (target) => {
    const opened = await target.open(program);
    checkFree(opened, stack);
    const { environment, authority: ca } = target.place;
    const authority = ca === undefined ? {} : { authority: ca };
    const client = cloudClient({ region: loaded.settings.region, environment, ...authority });
    const today = new Date().toISOString().slice(0, 10);
    return destroy({ loaded, options, target, opened, client, recording: new Recording(), today }, options);
  });
  if (!ended) process.exitCode = 1;
}

/** @throws BadInput for a yes to another stack, before anything is looked at */
function checkName(stack: string, { yes }: DestroyOptions): void {
  if (yes === undefined || yes === stack) return;
  const typed = yes === true ? "--yes alone agrees to nothing" : `--yes ${yes} is not this stack's name`;
  throw new BadInput(`${typed}: repeat it, --yes ${stack}\nNothing was touched.`);
}

async function destroy(work: Work, options: DestroyOptions): Promise<boolean> {
  const { loaded, opened } = work;
  const { stack } = loaded;
  if (!(await allKnown(work))) return false;
  if (managedIn(await stateOf(opened.stack)).length === 0) {
    say(`The state of ${stack} holds nothing.`);
    return gone(work);
  }
  say(`Looking at what ${stack} holds.`);
  if (!(await looked(work))) return false;
  const state = await stateOf(opened.stack);
  const found = holds(state);
  if (!(await mayEnd(work, state, found))) return false;
  if (!(await nameRepeated(stack, options))) return false;
  opened.begin();
  await lifted(work, found);
  const first = unordered(state);
  if (first.length > 0 && !(await deleted(work, first))) return false;
  if (!(await deleted(work))) return false;
  opened.end();
  return gone(work);
}

/** @param targets what goes with its dependents; all of it when left out */
async function deleted(work: Work, targets?: readonly string[]): Promise<boolean> {
  const { stack } = work.loaded;
  const { parallel } = work.options;
  const { outcome } = await shownOperation(work.opened.stack, "destroy", {
    ...(parallel === undefined ? {} : { parallel }),
    ...(targets === undefined ? {} : { targets }),
  });
  if (outcome.ok) {
    say(`destroy ${stack}: ${outcome.changes["delete"] ?? 0} deleted, in ${outcome.seconds.toFixed(1)} s`);
    return true;
  }
  say(`\n${await explained(outcome, work)}`);
  await foreignTold(work);
  say(`\ndestroy ${stack} failed. When that is mended, run it again: it goes on from there.`);
  return false;
}

/** Whether the state knows all that is there: what it does not know would stay, and be billed. */
async function allKnown(work: Work): Promise<boolean> {
  const { found, text } = await leftOf(work, `destroy ${work.loaded.stack} again`);
  if (found.flatMap(pairOf).length === 0) {
    if (found.length > 0) say(`The state does not know this, so it stays:\n${text}\n`);
    return true;
  }
  say(`Something of this stack is not in its state, so it would stay. Nothing was touched; take it in first:\n${text}`);
  return false;
}

/** The state as the cloud is now: what was bought, protected or deleted in the console counts too. */
async function looked(work: Work, targets?: readonly string[]): Promise<boolean> {
  const { outcome } = await shownOperation(work.opened.stack, "refresh", targets === undefined ? {} : { targets });
  if (!outcome.ok) say(`${await explained(outcome, work)}\n\nNothing was touched.`);
  return outcome.ok;
}

/** Shows all of it; false where something keeps it from coming to its end. */
async function mayEnd(
  { loaded, client, options, today }: Work,
  state: State,
  found: readonly Hold[],
): Promise<boolean> {
  const { stack, settings } = loaded;
  const { region } = settings;
  return inWords(async () => {
    const ahead = await paidAhead(client, region, state);
    if (ahead.length > 0) {
      say(paidAheadText(stack, ahead, today, options.sandbox === true));
      return false;
    }
    const disks = await diskFacts(client, region, state);
    const foreign = await foreignThings(client, region, state, disks);
    if (foreign.length > 0) {
      say(`${foreignText(stack, foreign)}\nNothing was touched.`);
      return false;
    }
    const perMonth = stopsText(planOfState(project, stack, state), settings, today);
    const resources = managedIn(state);
    say(`\n${inventoryText({ stack, region, resources, disks, holds: found, perMonth }, terminalStyle())}\n`);
    return true;
  });
}

/** Who came in between, where it failed half-way. */
async function foreignTold({ loaded, client, opened }: Work): Promise<void> {
  const { stack, settings } = loaded;
  const state = await stateOf(opened.stack);
  const found = await foreignThings(client, settings.region, state, []).catch(() => []);
  if (found.length > 0) say(`\n${foreignText(stack, found)}`);
}

async function nameRepeated(stack: string, options: DestroyOptions): Promise<boolean> {
  if (options.yes === stack) return true;
  const instead = ["npm run destroy --", stack, ...(options.sandbox ? ["--sandbox"] : []), ...sameAgain(options)];
  const typed = await asked(
    `Type the stack's name to delete all of it (${stack}): `,
    `${instead.join(" ")} --yes ${stack}`,
  );
  if (typed?.trim() === stack) return true;
  say("\nNot agreed; nothing was touched.");
  return false;
}

/** Lifts what protects the stack, Pulumi's own and the cloud's, and lets the state know. */
async function lifted(work: Work, found: readonly Hold[]): Promise<void> {
  if (found.length === 0) return;
  const { opened, client, loaded } = work;
  say(`Lifting the protection of ${liftedText(found)}.`);
  const inCloud = found.filter(({ what }) => what === "protected against deletion in the cloud");
  await inWords(async () => {
    for (const hold of inCloud) await liftCloudProtection(client, loaded.settings.region, hold);
  });
  await unprotect(opened.stack);
  if (inCloud.length === 0) return;
  // Should this be cut short and somebody change their mind, the next deployment sees that the protection is off.
  const targets = inCloud.map(({ urn }) => urn);
  if (!(await looked(work, targets)))
    throw new Failed(`${targets.map(nameIn).join(", ")} could not be looked at again`);
}

/** What the cloud still has of the stack, after its end. */
async function gone(work: Work): Promise<boolean> {
  const { stack } = work.loaded;
  const { found, text } = await leftOf(work, `destroy ${stack} again`);
  say(text);
  if (found.length > 0) return false;
  const { sandbox = false } = work.options;
  const again = ["npm run deploy --", stack, ...(sandbox ? ["--sandbox"] : []), ...sameAgain(work.options)].join(" ");
  const forget = sandbox ? "" : `, npm run pulumi -- stack rm ${stack} forgets it`;
  say(`The stack ${stack} itself stays, empty: ${again} makes all of it again${forget}`);
  return true;
}
