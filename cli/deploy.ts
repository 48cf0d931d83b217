import { resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";
import { rerunScript } from "../components/bootstrap/rerun.ts";
import type { LoadedStackFile } from "../components/config/load.ts";
import { loadStackFile, project } from "../components/config/load.ts";
import { softwareOf } from "../components/stack.ts";
import { billableItems } from "../cost/price.ts";
import type { PriceBook } from "../cost/quote.ts";
import { type CloudClient, cloudClient } from "../deploy/cloud-client.ts";
import { commitOf, commitOutput } from "../deploy/commit.ts";
import { agrees, answerOf, promptOf, type Question, questionOf } from "../deploy/confirm.ts";
import { BadInput, Failed, Interrupted } from "../deploy/errors.ts";
import { explainAll, explanationText } from "../deploy/explain.ts";
import { stockOf } from "../deploy/explain-stock.ts";
import { hostsIn } from "../deploy/hosts.ts";
import { declaredInPlan, pairOf } from "../deploy/leftovers.ts";
import type { Outcome, Program } from "../deploy/operation.ts";
import { bootstrapPatience } from "../deploy/read-markers.ts";
import { Recording } from "../deploy/recording.ts";
import { bringUpToDate, type RerunGroup } from "../deploy/rerun-software.ts";
import type { HostVerdict } from "../deploy/software-plan.ts";
import { managedIn, stateOf } from "../deploy/state.ts";
import { checks } from "../preflight/checks.ts";
import { reportOf } from "../preflight/report/report.ts";
import type { PreflightReport } from "../preflight/report/schema.ts";
import { changeText } from "../review/change-report/terminal.ts";
import { type LoadedStack, loadStack } from "../review/load.ts";
import { reviewOfPreview } from "../review/preview/review.ts";
import { intentOf } from "./deploy-intent.ts";
import { type Opened, type Target, withTarget } from "./deploy-target.ts";
import { summaryText } from "./deploy-text.ts";
import { readLeftovers } from "./leftovers.ts";
import { leftoversText } from "./leftovers-text.ts";
import { refuse, reported } from "./preflight.ts";
import { preflightText } from "./preflight-text.ts";
import { askPrices, type PricesMode } from "./prices.ts";
import { checkKnown, knownStacks } from "./review.ts";
import { shownOperation } from "./shown-operation.ts";
import { terminalStyle, write } from "./terminal.ts";
import { writeWhole } from "./write-whole.ts";

export interface DeployOptions {
  readonly yes?: boolean;
  readonly buy?: string;
  readonly despite?: readonly string[];
  readonly record?: string;
  readonly parallel?: number;
  readonly prices?: PricesMode;
  readonly config?: string;
  readonly sandbox?: boolean;
  readonly as?: string;
  readonly speed?: number;
}

/** What one deployment works with. */
interface Work {
  readonly loaded: LoadedStack;
  readonly options: DeployOptions;
  readonly target: Target;
  readonly opened: Opened;
  readonly client: CloudClient;
  readonly recording: Recording;
  /** yyyy-mm-dd */
  readonly today: string;
}

const projectFolder = resolve(import.meta.dirname, "..");

/** From files to hosts that are ready. Exit code 1 when something failed or was not agreed to. */
export async function deployCommand(stack: string, options: DeployOptions): Promise<void> {
  const { sandbox = false, record } = options;
  onlyInSandbox(options);
  if (options.config === undefined) checkKnown(stack);
  for (const id of options.despite ?? []) checkOfPreflight(id);
  await refuse(process.env, sandbox);
  const file = await loadStackFile(stack, options.config);
  const loaded = await loadStack(stack, options.config);
  const recording = new Recording();
  const ended = await withTarget(file, options, async (target) => {
    try {
      return await deploy(file, loaded, options, target, recording);
    } finally {
      if (record !== undefined) await writeWhole(record, recording.text);
    }
  });
  if (!ended) process.exitCode = 1;
}

function onlyInSandbox({ sandbox, config, as: user, speed }: DeployOptions): void {
  if (sandbox === true) return;
  if (config !== undefined) {
    throw new BadInput("--config is for --sandbox: a stack of the real cloud has its file, Pulumi.<stack>.yaml");
  }
  if (user !== undefined || speed !== undefined) throw new BadInput("--as and --speed are for --sandbox");
}

function checkOfPreflight(id: string): void {
  if (checks.some((check) => check.id === id)) return;
  throw new BadInput(`--despite ${id}: there is no such check; docs/preflight.md lists them`);
}

async function deploy(
  file: LoadedStackFile,
  loaded: LoadedStack,
  options: DeployOptions,
  target: Target,
  recording: Recording,
): Promise<boolean> {
  const style = terminalStyle();
  if (!(await passes(loaded, options, target, recording))) return false;

  const { default: china } = await import("../index.ts");
  const commit = await commitOf(projectFolder);
  const opened = await target.open(withCommit(china, commit));
  const { place } = target;
  const { region } = loaded.settings;
  const authority = place.authority === undefined ? {} : { authority: place.authority };
  const client = recording.watch(cloudClient({ region, environment: place.environment, ...authority }));
  const today = new Date().toISOString().slice(0, 10);
  const work: Work = { ...{ loaded, options, target, opened, client, recording, today } };

  if (opened.interrupted) {
    say("The last operation on this stack did not come to its end. Looking for what it left behind.");
    if (!(await nothingLeft(work))) return false;
  }
  const shown = await reviewed(work);
  if (shown === undefined) return false;
  if (shown.question !== undefined && !(await agreed(shown.question, options, file.stack))) return false;
  if (!(await made(work, shown.steps))) return false;
  // An order whose answer was lost is given again by the provider: all looks well then, and one thing is there twice.
  const single = shown.steps === "" || (await nothingLeft(work));
  if (!single) say("All is made, but there is more than that: see above.");
  const hosts = await softwareBrought(work);
  const outputs = Object.fromEntries(
    Object.entries(await opened.stack.outputs()).map(([name, { value }]) => [name, value]),
  );
  const sandbox = options.sandbox === true;
  say(`\n${summaryText({ stack: file.stack, outputs, hosts, sandbox }, style)}`);
  return single && !hosts.some(({ verdict }) => verdict === "failed" || verdict === "rerun");
}

/** The program, with the commit it is of as one more output. */
function withCommit(program: Program, commit: string | undefined): Program {
  return async () => ({ ...(await program()), ...(commit === undefined ? {} : { [commitOutput]: commit }) });
}

/** Asks tools, account and cloud; only what is amiss is told, or all of it where it stops. */
async function passes(
  loaded: LoadedStack,
  { despite = [], config }: DeployOptions,
  { place }: Target,
  recording: Recording,
): Promise<boolean> {
  const watched = { ...place, watch: (client: CloudClient) => recording.watch(client) };
  const options = { format: "terminal", ...(config === undefined ? {} : { config }) } as const;
  const report = await reported(
    [loaded],
    options,
    () => ({}),
    async () => watched,
  );
  const failed = report.stacks.flatMap(({ rows }) => rows.filter(({ status }) => status === "fail"));
  const stopping = failed.filter(({ id }) => !despite.includes(id));
  say(preflightText(stopping.length > 0 ? report : withoutOk(report), terminalStyle(), performance.now() / 1_000));
  if (report.cloud === "none") {
    say("Without credentials nothing can be deployed: docs/deploy.md");
    return false;
  }
  if (stopping.length === 0) return true;
  const ids = [...new Set(stopping.map(({ id }) => id))].join(" ");
  say(`Nothing was touched. If you know better: --despite ${ids}`);
  return false;
}

function withoutOk(report: PreflightReport): PreflightReport {
  const stacks = report.stacks.map((one) => ({ ...one, rows: one.rows.filter(({ status }) => status !== "ok") }));
  return reportOf(stacks, report.cloud, report.calls);
}

/** Whether the cloud has nothing of the stack that its state does not know; what there is, is told. */
async function nothingLeft({ loaded, opened, client, options }: Work): Promise<boolean> {
  const { stack, settings, plan } = loaded;
  const { region } = settings;
  const query = {
    ...{ project, stack, region, declared: declaredInPlan(plan) },
    known: new Set(managedIn(await stateOf(opened.stack)).map(({ id = "" }) => id)),
    otherStacks: knownStacks().filter((other) => other !== stack),
  };
  const found = await readLeftovers(client, query, { stack, settings, region });
  if (found.length === 0) return true;
  // The local cloud has its own state, so the import goes through its own command.
  const typed = (pairs: readonly string[]) =>
    ["npm run sandbox -- import", stack, ...pairs, ...sameAgain(options)].join(" ");
  const here = found.map((one) => {
    const pair = pairOf(one);
    return options.sandbox !== true || pair.length === 0 ? one : { ...one, importCommand: typed(pair) };
  });
  say(leftoversText(here, query, terminalStyle().width));
  const pairs = found.flatMap(pairOf);
  if (options.sandbox === true && pairs.length > 2) say(`\nor what can be imported at once:\n    ${typed(pairs)}`);
  return false;
}

/** Options that a command which goes on where this one stopped needs too. */
function sameAgain({ config, as: user }: DeployOptions): readonly string[] {
  return [...(config === undefined ? [] : ["--config", config]), ...(user === undefined ? [] : ["--as", user])];
}

interface Shown {
  /** Absent where there is nothing to agree to. */
  readonly question: Question | undefined;
  /** What was shown, for a comparison with what is done. */
  readonly steps: string;
}

/** What changes and what it costs, by the engine's own preview; undefined where something stops it. */
async function reviewed(work: Work): Promise<Shown | undefined> {
  const { loaded, opened, today } = work;
  const { file, settings } = loaded;
  const { outcome, events } = await shownOperation(opened.stack, "preview");
  if (!outcome.ok) {
    say(`${await explained(outcome, work)}\n\nThe preview failed; nothing was touched.`);
    return undefined;
  }
  const preview = events.map((event) => JSON.stringify(event)).join("\n");
  const book = await bookOf(work);
  const priced = book === undefined ? {} : { book };
  const review = reviewOfPreview(preview, { today, ref: "this deployment", own: { file, settings }, ...priced });
  await write(`${changeText(review, terminalStyle())}\n`);
  if (review.stops.length > 0) {
    say("Nothing was touched: mend what stops it, or accept it under china:accept.");
    return undefined;
  }
  const hosts = hostsIn(await stateOf(opened.stack));
  const { software = {} } = Object.fromEntries(
    Object.entries(await opened.stack.outputs()).map(([name, { value }]) => [name, value]),
  );
  const { intent, sum } = intentOf({ loaded, preview, today, hosts, software, ...priced });
  return { question: questionOf(intent, sum), steps: stepsOf(events) };
}

/** The cloud's prices of today, so that the sum is the one that is billed; the local cloud has the catalogue's. */
async function bookOf({ loaded, options, target, today }: Work): Promise<PriceBook | undefined> {
  const { settings, plan } = loaded;
  const mode = options.prices ?? (options.sandbox === true ? "catalogue" : "live");
  if (mode === "catalogue") return undefined;
  const { environment, authority } = target.place;
  const cloud = { environment, ...(authority === undefined ? {} : { authority }) };
  return (await askPrices(mode, billableItems(plan, settings.region), settings, { today, cloud, anew: true })).book;
}

/** Every step of a preview that changes something, with what it is for. */
function stepsOf(events: readonly EngineEvent[]): string {
  return events
    .flatMap(({ resourcePreEvent }) => {
      const metadata = resourcePreEvent?.metadata;
      if (metadata === undefined || ["same", "refresh", "read"].includes(metadata.op)) return [];
      const { op, urn, diffs, keys } = metadata;
      return [JSON.stringify([op, urn, diffs ?? [], keys ?? []])];
    })
    .toSorted()
    .join("\n");
}

async function agreed(question: Question, options: DeployOptions, stack: string): Promise<boolean> {
  say(`${question.lines.join("\n")}\n`);
  const given = answerOf(question, options);
  if (given?.ok === true) return true;
  if (given !== undefined) throw new BadInput(`${given.why}\nNothing was touched.`);
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) {
    const flags = question.buy === undefined ? "--yes" : `--yes --buy ${question.buy}`;
    throw new BadInput(`nobody is there to ask: npm run deploy -- ${stack} ${flags}\nNothing was touched.`);
  }
  const asking = createInterface({ input: stdin, output: stdout });
  try {
    if (agrees(question, await asking.question(promptOf(question)))) return true;
  } catch {
    // Ctrl-C at the question is a no.
  } finally {
    asking.close();
  }
  say("\nNot agreed; nothing was touched.");
  return false;
}

/** Runs the engine; what it would do now must be what was shown. */
async function made(work: Work, steps: string): Promise<boolean> {
  const { opened, options, recording, loaded } = work;
  opened.begin();
  const { outcome } = await shownOperation(opened.stack, "up", {
    ...(options.parallel === undefined ? {} : { parallel: options.parallel }),
    onEvent: (event) => recording.on(event),
    onRehearsed: (events) => {
      if (stepsOf(events) === steps) return;
      throw new Failed("what the engine would do now is not what was shown: somebody has changed the stack meanwhile");
    },
  });
  const counts = Object.entries(outcome.changes).map(([op, n]) => `${n} ${op}`);
  if (outcome.ok) {
    opened.end();
    say(`up ${loaded.stack}: ${counts.join(", ") || "nothing"}, in ${outcome.seconds.toFixed(1)} s`);
    return true;
  }
  say(`\n${await explained(outcome, work)}`);
  say(
    `\ndeploy ${loaded.stack} failed after ${outcome.seconds.toFixed(0)} s. When that is mended, run it again: it goes on from there.`,
  );
  return false;
}

async function explained({ failures }: Outcome, { loaded, client }: Work): Promise<string> {
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

/** Every host's own word on its software, run again where it is not that of the stack file. */
async function softwareBrought({ loaded, opened, client }: Work): Promise<readonly HostVerdict[]> {
  const { stack, settings } = loaded;
  const hosts = hostsIn(await stateOf(opened.stack));
  const wanted = (await opened.stack.outputs())["software"]?.value as Readonly<Record<string, string>> | undefined;
  const groups = Object.entries(settings.hosts).map(
    ([name, { onSoftwareChange }]): RerunGroup => ({
      ...{ name, onSoftwareChange, wanted: wanted?.[name] ?? "" },
      script: () => rerunScript(softwareOf(settings, stack, name).bootstrap),
    }),
  );
  if (hosts.length === 0) return [];
  say(`Asking ${hosts.length} ${hosts.length === 1 ? "host" : "hosts"} for their software.`);
  const keyOf = new Map(hosts.map(({ id, key }) => [id, key]));
  return interruptible((signal) =>
    bringUpToDate(groups, hosts, {
      signal,
      ...{ client, region: settings.region, bootstraps: bootstrapPatience },
      onWait: (ids) => say(`  waiting for ${ids.map((id) => keyOf.get(id) ?? id).join(", ")}`),
      onBootstrap: (keys) => say(`  bootstrap under way on ${keys.join(", ")}`),
      onGroup: (group, keys) => say(`  ${group}: running the bootstrap again on ${keys.join(", ")}`),
      onHost: ({ key, verdict, why }, output) =>
        say(
          `  ${key}: ${verdict}${why === "" ? "" : `, ${why}`}${output === "" ? "" : `\n${output.replace(/^/gm, "      ")}`}`,
        ),
    }),
  );
}

/** Work that a signal ends with its exit code; what runs on hosts goes on, and the next deployment sees how it ended. */
async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const onSignal = (signal: "SIGINT" | "SIGTERM" | "SIGHUP") => stop.abort(new Interrupted(signal));
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, onSignal);
  try {
    return await work(stop.signal);
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
