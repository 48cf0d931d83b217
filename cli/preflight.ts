import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type CloudClient, cloudClient } from "../deploy/cloud-client.ts";
import { BadInput } from "../deploy/errors.ts";
import { handedOn } from "../deploy/hand-on.ts";
import { findSession, type Session } from "../deploy/session.ts";
import type { PriceWishes } from "../preflight/check.ts";
import { checks } from "../preflight/checks.ts";
import { demandOf } from "../preflight/demand.ts";
import { findWorkplace } from "../preflight/find-workplace.ts";
import { reportOf } from "../preflight/report/report.ts";
import type { PreflightReport } from "../preflight/report/schema.ts";
import { type ReviewedPrices, readReview } from "../preflight/reviewed-prices.ts";
import { type Preflight, preflight } from "../preflight/run.ts";
import { type Shared, shared } from "../preflight/shared.ts";
import { findBackend } from "../preflight/state-backend.ts";
import { localEndpoints, refuseMixture } from "../preflight/target.ts";
import { type LoadedStack, loadStack } from "../review/load.ts";
import { preflightText } from "./preflight-text.ts";
import { billing } from "./price-cloud.ts";
import { checkKnown, knownStacks } from "./review.ts";
import { terminalStyle, write } from "./terminal.ts";

export interface PreflightOptions {
  readonly format: "terminal" | "json";
  readonly config?: string;
  readonly sandbox?: boolean;
  /** A review's JSON to compare today's prices with. */
  readonly review?: string;
  /** Percent. */
  readonly tolerance?: number;
  readonly prices?: "live" | "account";
  /** Physical names of hosts that are made anew although they stand. */
  readonly rebuild?: ReadonlySet<string>;
  /** Ids of the checks to make; all when left out. */
  readonly only?: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

const projectFolder = resolve(import.meta.dirname, "..");

/** Asks the cloud before money is spent; only reads. Exit code 1 when a check failed. */
export async function preflightCommand(names: readonly string[], options: PreflightOptions): Promise<void> {
  const stacks = [...new Set(names.length > 0 ? names : knownStacks())];
  if (options.config === undefined) for (const stack of stacks) checkKnown(stack);
  else if (stacks.length !== 1) {
    throw new BadInput("--config names one stack file: name one stack with it, for example: shanghai --config my.yaml");
  }
  const { sandbox = false } = options;
  await refuse(process.env, sandbox);
  const wishes = wishesOf(options);
  // One after the other: Pulumi's runtime is one per process.
  const loaded: LoadedStack[] = [];
  for (const stack of stacks) loaded.push(await loadStack(stack, options.config));

  const report = sandbox
    ? await (await import("./preflight-sandbox.ts")).inSandbox((place) => reported(loaded, options, wishes, place))
    : await reported(loaded, options, wishes, once(realCloud));
  await write(
    options.format === "json"
      ? `${JSON.stringify(report, null, 2)}\n`
      : preflightText(report, terminalStyle(), performance.now() / 1000),
  );
  if (report.verdict === "fail") process.exitCode = 1;
}

/** @throws BadInput where the local cloud and the real one would be mixed */
export async function refuse(environment: Environment, sandbox: boolean): Promise<void> {
  if (localEndpoints(environment).length === 0) return;
  const backend = sandbox ? await findBackend(projectFolder, environment) : undefined;
  refuseMixture(environment, sandbox, backend?.url);
}

/** Which cloud is asked for a stack, and by which environment it would be deployed. */
export interface Place {
  readonly environment: Environment;
  /** PEM of an authority to trust beside the known ones. */
  readonly authority?: string;
  readonly cloud: "alibaba-cloud" | "local-cloud";
  /** Credentials that were found; null: none. Those of the environment when left out. */
  readonly session?: Session | null;
  /** Stands between the checks and the cloud, for a record of what was asked. */
  readonly watch?: (client: CloudClient) => CloudClient;
}

/** The real cloud, with the one session that is asked by and that the provider gets. */
export async function realCloud(): Promise<Place> {
  const session = await findSession(process.env);
  return { environment: { ...process.env, ...handedOn(session) }, cloud: "alibaba-cloud", session: session ?? null };
}

/** Asked once, however many want to know. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}

/** Preflight of stacks, each in its place. */
export async function reported(
  loaded: readonly LoadedStack[],
  options: PreflightOptions,
  wishes: (stack: string) => PriceWishes,
  placeOf: (stack: LoadedStack) => Promise<Place>,
): Promise<PreflightReport> {
  const now = new Date();
  const accounts = new Map<string, Shared>();
  let cloud: PreflightReport["cloud"] = "none";

  async function one(stack: LoadedStack): Promise<Preflight> {
    const { settings, plan } = stack;
    const place = await placeOf(stack);
    const workplace = await findWorkplace({
      ...{ project: projectFolder, stack: stack.stack, environment: place.environment },
      ...{ sandbox: place.cloud === "local-cloud", file: resolve(projectFolder, options.config ?? stack.file) },
      ...(place.session === undefined ? {} : { session: place.session }),
    });
    const situation = {
      ...{ stack: stack.stack, settings, plan, demand: demandOf(plan, settings), workplace, now },
      prices: wishes(stack.stack),
      ...(options.rebuild === undefined ? {} : { rebuild: options.rebuild }),
    };
    const { only } = options;
    const wanted = only === undefined ? checks : checks.filter(({ id }) => only.includes(id));
    if (workplace.session === undefined) return preflight(wanted, situation);
    cloud = place.cloud;
    return preflight(wanted, { ...situation, ask: sharedOf(stack, place).asker(settings.region) });
  }

  /** Stacks of one account ask together. */
  function sharedOf({ settings: { account } }: LoadedStack, place: Place): Shared {
    const { environment, authority, cloud: of, watch = (client) => client } = place;
    const key = JSON.stringify(of === "local-cloud" ? [account.site, account.id] : [account.site]);
    const known = accounts.get(key);
    if (known !== undefined) return known;
    const asked = { ALIBABA_CLOUD_ENDPOINT_BSSOPENAPI: billing[account.site], ...environment };
    const made = shared((region) =>
      watch(cloudClient({ region, environment: asked, ...(authority === undefined ? {} : { authority }) })),
    );
    accounts.set(key, made);
    return made;
  }

  const stacks = await Promise.all(loaded.map(one));
  const calls = [...accounts.values()].reduce((all, account) => all + account.calls(), 0);
  return reportOf(stacks, cloud, calls);
}

export function wishesOf({ review, tolerance, prices }: PreflightOptions): (stack: string) => PriceWishes {
  const reviews = review === undefined ? undefined : readReview(readText(review), review);
  return (stack) => ({
    ...(tolerance === undefined ? {} : { tolerance }),
    ...(prices === "account" ? { account: true } : {}),
    ...(reviews === undefined ? {} : { review: reviewFor(stack, reviews, review ?? "") }),
  });
}

/** @throws BadInput for a stack that the review is not of */
function reviewFor(stack: string, reviews: ReadonlyMap<string, ReviewedPrices>, file: string): ReviewedPrices {
  const found = reviews.get(stack);
  if (found !== undefined) return found;
  throw new BadInput(`${file} is a review of ${[...reviews.keys()].join(", ")}, and not of ${stack}`);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new BadInput(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
