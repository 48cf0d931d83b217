import { ZodError } from "zod";
import { loadStackFile, project } from "../components/config/load.ts";
import type { AssistantOptions } from "../deploy/cloud-assistant.ts";
import { type CloudClient, CloudRefusal } from "../deploy/cloud-client.ts";
import { nameIn } from "../deploy/destroy-holds.ts";
import { BadInput } from "../deploy/errors.ts";
import { explain, explanationText } from "../deploy/explain.ts";
import { declaredInPlan, type LeftoverQuery, pairOf } from "../deploy/leftovers.ts";
import { managedIn, type State } from "../deploy/state.ts";
import { type HostFacts, hostFacts } from "../deploy/status/host-facts.ts";
import { hostsSay } from "../deploy/status/hosts-say.ts";
import { outputsIn } from "../deploy/status/outputs.ts";
import type { Drift, HostStatus, StatusReport } from "../deploy/status/schema.ts";
import { strangeRules } from "../deploy/status/strange-rules.ts";
import { databaseStatus, diskStatus, wayStatus } from "../deploy/status/thing-facts.ts";
import { wrongIn } from "../deploy/status/wrong.ts";
import { type LoadedStack, loadStack } from "../review/load.ts";
import { interruptible } from "./deploy/interruptible.ts";
import { onlyInSandbox, sameAgain } from "./deploy/options.ts";
import { readLeftovers } from "./leftovers.ts";
import { refuse } from "./preflight.ts";
import { checkKnown, knownStacks } from "./review.ts";
import { costOf } from "./status-cost.ts";
import { renewalsOf } from "./status-renewals.ts";
import { type Source, type SourceOptions, withSource } from "./status-source.ts";
import { statusText } from "./status-text.ts";
import { terminalStyle, write } from "./terminal.ts";

export interface StatusOptions extends SourceOptions {
  readonly format: "terminal" | "json";
  readonly config?: string;
  /** false: the cloud is not compared with the state. */
  readonly drift: boolean;
  /** Days ahead in which renewals are told. */
  readonly days: number;
}

/** How a stack stands; only reads. Exit code 1 when something is wrong. */
export async function statusCommand(stack: string, options: StatusOptions): Promise<void> {
  const began = performance.now();
  onlyInSandbox(options);
  if (options.config === undefined) checkKnown(stack);
  await refuse(process.env, options.sandbox === true);
  const file = await loadStackFile(stack, options.config);
  const loaded = await loadStack(stack, options.config);
  const report = await interruptible((signal) =>
    withSource(file, options, (source) => reportOf(loaded, source, options, { signal })),
  );
  const seconds = (performance.now() - began) / 1_000;
  await write(
    options.format === "json" ? `${JSON.stringify(report, null, 2)}\n` : statusText(report, seconds, terminalStyle()),
  );
  if (report.verdict === "wrong") process.exitCode = 1;
}

/** All of it, asked at once. What cannot be looked at is said, and the rest is told all the same. */
export async function reportOf(
  loaded: LoadedStack,
  source: Source,
  options: Pick<StatusOptions, "drift" | "days" | "sandbox" | "as" | "config">,
  { signal, pace }: Pick<AssistantOptions, "signal" | "pace"> = {},
): Promise<StatusReport> {
  const { stack, settings } = loaded;
  const { region } = settings;
  const { state, now, cloud } = source;
  let answered = false;
  const client: CloudClient = {
    async call(...asked) {
      const answer = await source.client.call(...asked);
      answered = true;
      return answer;
    },
  };
  const { commit, software: wanted, timeSeries } = outputsIn(state);
  const notLooked: { what: string; why: string }[] = [];
  const refusals: unknown[] = [];
  const part = async <T>(what: string, ask: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await ask();
    } catch (error) {
      signal?.throwIfAborted();
      refusals.push(error);
      notLooked.push({ what, why: refusalText(error, loaded) });
      return undefined;
    }
  };
  const address = timeSeries === undefined ? "" : `${timeSeries.host}:${timeSeries.port}`;
  const asking = {
    ...{ client, region, state, wanted, groups: settings.hosts },
    ...(signal === undefined ? {} : { signal }),
    ...(pace === undefined ? {} : { pace }),
  };
  const [facts, said, disks, databases, wayOut, rules, leftovers, drift] = await Promise.all([
    part("hosts", () => hostFacts(client, region, state)),
    part("software of the hosts", () => hostsSay(asking)),
    part("disks", () => diskStatus(client, region, state)),
    part("database", () => databaseStatus(client, region, state, address)),
    part("way out", () => wayStatus(client, region, state)),
    part("rules", () => strangeRules(client, region, state)),
    part("leftovers", () => leftoversOf(loaded, client, state, options)),
    driftOf(source, options.drift, signal),
  ]);
  if (refusals.length > 0 && !answered) throw nothingSeen(refusals, loaded);
  const hosts = (facts ?? []).map((one): HostStatus => {
    const probe = said?.probes.get(one.key);
    const software = said?.software.get(one.key) ?? { verdict: "unknown" as const, why: "" };
    return { ...one, software, ...(probe === undefined ? {} : { probe }) };
  });
  const billed = [
    ...hosts.map((one) => ({ ...one, name: one.key, term: termIn(loaded, one) })),
    ...(disks ?? []),
    ...(databases ?? []),
    ...(wayOut ?? []),
  ];
  const costs = { stack, state, settings, facts: billed, now };
  const deploy = `npm run deploy -- ${stack}${cloud === "local-cloud" ? " --sandbox" : ""}`;
  const found = {
    ...({ version: 1, stack, region, cloud, at: new Date(now).toISOString() } as const),
    ...(commit === undefined ? {} : { commit }),
    ...{
      hosts,
      disks: [...(disks ?? [])],
      databases: [...(databases ?? [])],
      wayOut: [...(wayOut ?? [])],
      drift,
      notLooked,
    },
    cutShort: state.pending.map(({ type, resource }) => ({ name: nameIn(resource.urn), what: type })),
    strangeRules: [...(rules ?? [])],
    ...(leftovers === undefined ? {} : { leftovers }),
    cost: costOf(costs),
    renewals: [
      ...renewalsOf({ ...costs, ahead: billed.filter((one) => !endsWithHost(one, hosts)), days: options.days, deploy }),
    ],
  };
  const wrong = [...wrongIn(found)];
  return { ...found, verdict: wrong.length > 0 ? "wrong" : "well", wrong };
}

/** A data disk that is paid together with its host ends and renews with it. */
function endsWithHost(one: object, hosts: readonly HostStatus[]): boolean {
  const on = "on" in one ? one.on : undefined;
  return hosts.some(({ key, pay }) => key === on && pay.kind === "subscription");
}

function termIn({ settings }: LoadedStack, { group }: HostFacts): string {
  const pay = settings.hosts[group]?.pay;
  return typeof pay === "object" && "subscription" in pay ? pay.subscription.for : "1 month";
}

async function driftOf({ engine }: Source, wanted: boolean, signal: AbortSignal | undefined): Promise<Drift> {
  if (!wanted) return { looked: false, why: "--no-drift" };
  if ("why" in engine) return { looked: false, why: engine.why };
  const { lookForDrift } = await import("../deploy/status/look-for-drift.ts");
  return lookForDrift(engine.stack, signal);
}

async function leftoversOf(
  { stack, settings, plan }: LoadedStack,
  client: CloudClient,
  state: State,
  options: Pick<StatusOptions, "sandbox" | "as" | "config">,
): Promise<NonNullable<StatusReport["leftovers"]>> {
  const { region } = settings;
  const query: LeftoverQuery = {
    ...{ project, stack, region, declared: declaredInPlan(plan) },
    known: new Set(managedIn(state).map(({ id = "" }) => id)),
    otherStacks: knownStacks().filter((other) => other !== stack),
  };
  const found = await readLeftovers(client, query, { stack, settings, region });
  return found.map((one) => {
    const { type, id, name, billed, paidAhead, importCommand } = one;
    const pair = pairOf(one);
    const here = ["npm run sandbox -- import", stack, ...pair, ...sameAgain(options)].join(" ");
    return {
      type,
      id,
      name,
      billed,
      paidAhead,
      next: options.sandbox === true && pair.length > 0 ? here : importCommand,
    };
  });
}

/** Why something could not be looked at, in one sentence. @throws what is no refusal */
function refusalText(error: unknown, loaded: LoadedStack): string {
  if (error instanceof BadInput) return (error.message.split("\n")[0] ?? "").replace(/^✗ /, "");
  if (error instanceof ZodError) return `the cloud's answer has an unknown form (${error.issues[0]?.path.join(".")})`;
  if (!(error instanceof CloudRefusal)) throw error;
  const what = explain({ text: error.text }, contextOf(loaded))?.what;
  return what === undefined ? error.message : `${what.replace(/\.$/, "")} (${error.action}: ${error.code})`;
}

/** No call was answered: one reason for all of them, with what to do. */
function nothingSeen(refusals: readonly unknown[], loaded: LoadedStack): BadInput {
  const first = refusals.find((error) => error instanceof CloudRefusal);
  const said = first === undefined ? undefined : explain({ text: first.text }, contextOf(loaded));
  const why = said === undefined ? String(refusals[0]) : explanationText(said);
  return new BadInput(`nothing of ${loaded.stack} could be looked at\n${why}`);
}

function contextOf({ stack, settings }: LoadedStack) {
  return { stack, settings, region: settings.region };
}
