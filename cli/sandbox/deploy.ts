import { dirname, resolve } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";
import { type LoadedStackFile, loadStackFile, project } from "../../components/config/load.ts";
import { type Hold, holds } from "../../deploy/destroy-holds.ts";
import { BadInput } from "../../deploy/errors.ts";
import { type ExplainContext, explainAll, explanationText } from "../../deploy/explain.ts";
import { stockOf } from "../../deploy/explain-stock.ts";
import { type OperationName, type Outcome, type PolicySaid, run } from "../../deploy/operation.ts";
import { stateOf } from "../../deploy/state.ts";
import { findEngine } from "../../engine/engine.ts";
import { changesOf } from "../../sandbox/changes.ts";
import { sandboxClient } from "../../sandbox/client.ts";
import { type Prepared, prepare } from "../../sandbox/deployment.ts";
import type { Home } from "../../sandbox/home.ts";
import type { Item } from "../../sandbox/inventory.ts";
import { endsWithItsTerm, release } from "../../sandbox/release.ts";
import type { Session } from "../../sandbox/session.ts";
import { checkKnown } from "../review.ts";
import { shownOperation } from "../shown-operation.ts";
import { table } from "../terminal.ts";
import type { DeployOptions } from "./commands.ts";
import { leftoversOf } from "./leftovers.ts";
import { summary } from "./summary.ts";
import { withSession } from "./with-session.ts";

/** What one command works with. */
interface Work {
  readonly file: LoadedStackFile;
  readonly home: Home;
  readonly session: Session;
  readonly prepared: Prepared;
  readonly options: DeployOptions;
}

/** The pack of the mainland rules. */
const policyPack = resolve(import.meta.dirname, "../../policies");

/** Runs one operation of the real engine against the sandbox. Exit code 1 when it failed. */
export async function deployCommand(name: OperationName, stack: string, options: DeployOptions): Promise<void> {
  const ok = await withStack(stack, options, (work) => operate(name, work));
  if (!ok) process.exitCode = 1;
}

/** Takes what the sandbox holds into the state of a stack: logical names and ids in turn. */
export async function importCommand(stack: string, pairs: readonly string[], options: DeployOptions): Promise<void> {
  const things = pairs.flatMap((name, index) => (index % 2 === 0 ? [{ name, id: pairs[index + 1] ?? "" }] : []));
  if (things.some(({ id }) => id === "")) throw new BadInput("import takes a name and an id, or several such pairs");
  const ok = await withStack(stack, options, async ({ prepared, file, session }) => {
    const { importInto } = await import("../../sandbox/import.ts");
    const failure = await importInto(prepared.stack, file, things);
    if (failure === undefined) {
      say(things.map(({ name, id }) => `${name} is ${id} from now on`).join("\n"));
      return true;
    }
    say(await explained([failure], file, session));
    return false;
  });
  if (!ok) process.exitCode = 1;
}

async function withStack<T>(stack: string, options: DeployOptions, work: (w: Work) => Promise<T>): Promise<T> {
  if (options.config === undefined) checkKnown(stack);
  const file = await loadStackFile(stack, options.config);
  const engine = await findEngine();
  if (engine === undefined) {
    throw new BadInput(
      "the sandbox needs Pulumi and the Alibaba Cloud provider, which are not here yet: npm run engine",
    );
  }
  const programs = [dirname(engine.pulumi), engine.provider];
  const { default: program } = await import("../../index.ts");
  const speed = options.speed === undefined ? {} : { speed: options.speed };
  return withSession(async (session, home) => {
    const prepared = await prepare(home, session, file, program, programs, options.as);
    return work({ file, home, session, prepared, options });
  }, speed);
}

/** Options that a command which goes on where this one stopped needs too. */
function sameAgain({ config, as: user }: DeployOptions): readonly string[] {
  return [...(config === undefined ? [] : ["--config", config]), ...(user === undefined ? [] : ["--as", user])];
}

async function operate(name: OperationName, work: Work): Promise<boolean> {
  const { prepared, file, session, options } = work;
  if (name !== "preview" && prepared.interrupted) {
    say("The last operation on this stack did not come to its end. Looking for what it left behind.");
    const left = await leftoversOf(prepared.stack, file, session, sameAgain(options));
    if (left !== undefined) {
      say(left);
      return false;
    }
  }
  if (name === "destroy" && !(await mayEnd(work, options.withData === true))) return false;

  const { outcome, events } = await runWithProgress(name, work);
  if (outcome.policies.length > 0) say(policiesText(outcome.policies));
  if (!outcome.ok) {
    say(`\n${await explained(outcome.failures, file, session)}`);
    say(
      `\n${name} ${file.stack} failed after ${outcome.seconds.toFixed(0)} s: ${counts(name, outcome)}. When that is mended, run it again: it goes on from there.`,
    );
    return false;
  }
  if (name === "preview") say(previewText(events));
  say(`\n${name} ${file.stack}: ${counts(name, outcome)}, in ${outcome.seconds.toFixed(1)} s`);
  if (name === "up") {
    say(await summary(prepared.stack));
    return hasNoMore(work);
  }
  return name === "destroy" ? isGone(work) : true;
}

/**
 * Whether there is nothing beside what the state knows. An order whose answer was lost is given again by the provider:
 * everything looks well then, and one thing of it is there twice.
 */
async function hasNoMore({ prepared, file, session, options }: Work): Promise<boolean> {
  const left = await leftoversOf(prepared.stack, file, session, sameAgain(options));
  if (left === undefined) return true;
  say(`All is made, but there is more than that:\n${left}`);
  return false;
}

/** What the pack said, mandatory ones first, each with its resource. */
function policiesText(said: readonly PolicySaid[]): string {
  const inOrder = said.toSorted((a, b) => Number(b.mandatory) - Number(a.mandatory));
  return inOrder
    .map(({ rule, mandatory, message, urn }) => {
      const [first = "", ...rest] = message.split("\n");
      const head = `${mandatory ? "stop" : "advice"}  ${rule}  ${urn?.split("::").at(-1) ?? ""}`;
      return [`${head}: ${first}`, ...rest.map((line) => `      ${line}`)].join("\n");
    })
    .join("\n");
}

async function runWithProgress(name: OperationName, { prepared, options }: Work) {
  if (name !== "preview") prepared.begin();
  const shown = await shownOperation(prepared.stack, name, {
    ...(options.parallel === undefined ? {} : { parallel: options.parallel }),
    ...(options.policies === true ? { policyPacks: [policyPack] } : {}),
  });
  if (shown.outcome.ok && name !== "preview") prepared.end();
  return shown;
}

/** Whether a stack can be taken down: what is protected or paid ahead is named first, and goes only when asked for. */
async function mayEnd(work: Work, withData: boolean): Promise<boolean> {
  const { prepared, file, session } = work;
  const { stack } = file;
  // First the cloud is looked at: what was bought or protected in the console counts too.
  const looked = await run(prepared.stack, "refresh");
  if (!looked.ok) {
    say(await explained(looked.failures, file, session));
    return false;
  }
  const found = holds(await stateOf(prepared.stack));
  if (found.length === 0) return true;
  const untouched = "nothing was touched:";
  const stuck = found.filter(endsWithItsTerm);
  if (!withData) {
    say(`${stack} holds what must not go by accident; ${untouched}\n${holdTable(found)}`);
    say(`With it: npm run sandbox -- destroy ${stack} --with-data   (in the real cloud: docs/deploy.md)`);
    return false;
  }
  if (stuck.length > 0) {
    say(`${stack} holds what no call to the cloud ends before its term; ${untouched}\n${holdTable(stuck)}`);
    say("The provider would drop it from the state, and it would be billed on. Here: npm run sandbox -- reset");
    return false;
  }
  say(`Lifting what holds it, as one would in the console:\n${holdTable(found)}`);
  await release(prepared.stack, session, file.settings.region, found);
  return true;
}

function holdTable(found: readonly Hold[]): string {
  return table(
    ["name", "id", "why"],
    found.map(({ urn, id, what }) => [urn.split("::").at(-1) ?? "", id, what]),
  );
}

/** After a destroy nothing may be left that costs money and that nobody names. */
async function isGone({ session, file }: Work): Promise<boolean> {
  const items = await session.ask({ ask: "inventory" });
  const left = items.filter((item) => belongsTo(item, file.stack));
  if (left.length === 0) return true;
  say(
    `Still there, and not in the state any more:\n${table(
      ["what", "id", "name"],
      left.map((i) => [i.kind, i.id, i.name]),
    )}`,
  );
  return false;
}

/** By tag, or by name where nothing is tagged; what is being released already costs nothing. */
function belongsTo(item: Item, stack: string): boolean {
  if (item.status === "RELEASING" || item.status === "DELETED") return false;
  const tagged = item.tags["project"] === project && item.tags["stack"] === stack;
  return tagged || item.name.startsWith(`${project}-${stack}-`);
}

function previewText(events: readonly EngineEvent[]): string {
  const mark: Readonly<Record<string, string>> = { create: "+", update: "~", replace: "±", delete: "-", import: "=" };
  const rows = changesOf(events).map(({ op, name, type, properties }) => [
    mark[op] ?? op,
    name,
    type,
    properties.join(", "),
  ]);
  return rows.length === 0 ? "no changes" : table(["", "name", "type", "because of"], rows);
}

async function explained(failures: Outcome["failures"], file: LoadedStackFile, session: Session): Promise<string> {
  const { stack, settings } = file;
  const { region } = settings;
  const context: ExplainContext = { stack, settings, region };
  const first = explainAll(failures, context);
  const sold = first.some(({ cause }) => cause === "stock" || cause === "not-on-sale" || cause === "unknown-type");
  // Where the stock is not told either, an explanation without it is better than none.
  const stock = sold ? await stockOf(sandboxClient(session, region), region).catch(() => undefined) : undefined;
  const all = stock === undefined ? first : explainAll(failures, { ...context, stock });
  return all.map(explanationText).join("\n\n");
}

/** What an operation did, in the past; a preview says what is to be done. */
const done: Readonly<Record<string, string>> = {
  create: "created",
  update: "changed",
  replace: "replaced",
  delete: "deleted",
  refresh: "brought up to date",
};

function counts(name: OperationName, outcome: Outcome): string {
  const parts = Object.entries(outcome.changes)
    .filter(([op, n]) => n > 0 && op !== "same")
    .map(([op, n]) => (name === "preview" ? `${n} to ${op}` : `${n} ${done[op] ?? op}`));
  const same = outcome.changes["same"] ?? 0;
  return [...parts, ...(same > 0 ? [`${same} unchanged`] : [])].join(", ") || "nothing";
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
