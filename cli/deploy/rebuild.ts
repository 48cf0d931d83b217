import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";
import { project } from "../../components/config/load.ts";
import type { Settings } from "../../components/config.ts";
import { hostsOf } from "../../components/host-keys.ts";
import { questionOf } from "../../deploy/confirm.ts";
import { paidAhead } from "../../deploy/destroy-facts.ts";
import { liftCloudProtection, nameIn } from "../../deploy/destroy-holds.ts";
import { Interrupted } from "../../deploy/errors.ts";
import { hostsIn } from "../../deploy/hosts.ts";
import { bootstrapPatience, readMarkers } from "../../deploy/read-markers.ts";
import { changesBeside, type RebuiltHost, rebuildWords, rebuiltHost, urnsOf } from "../../deploy/rebuild.ts";
import { type HostVerdict, softwarePlan } from "../../deploy/software-plan.ts";
import { stateOf } from "../../deploy/state.ts";
import { readPreview } from "../../review/preview/read.ts";
import { sidesOf } from "../../review/preview/sides.ts";
import type { DeployOptions } from "../deploy.ts";
import { paidHostsText } from "../destroy-text.ts";
import { shownOperation } from "../shown-operation.ts";
import { interruptible } from "./interruptible.ts";
import { made } from "./made.ts";
import { sameAgain } from "./options.ts";
import { passes } from "./passes.ts";
import { agreed } from "./question.ts";
import { reviewed, stepsOf } from "./reviewed.ts";
import { toldOf, wantedSoftware } from "./software.ts";
import { explained, inWords, nothingLeft, say, type Work } from "./work.ts";

/** Every host that the stack file has. */
export function keysOf({ hosts }: Settings): readonly string[] {
  return Object.entries(hosts).flatMap(([name, { count, zones }]) => hostsOf(name, count, zones).map(({ key }) => key));
}

/** Names of hosts in the cloud. */
export function physicalNames(stack: string, keys: readonly string[]): ReadonlySet<string> {
  return new Set(keys.map((key) => `${project}-${stack}-${key}`));
}

/** Which hosts the program makes anew in the next run of the engine. */
export interface Chosen {
  keys: readonly string[];
}

/** Makes standing hosts anew, one after the other; one that fails keeps the next from being begun. */
export async function rebuild(work: Work, options: DeployOptions, chosen: Chosen): Promise<boolean> {
  const { loaded, opened } = work;
  const { stack } = loaded;
  const keys = chosen.keys;
  const before = await stateOf(opened.stack);
  const were = keys.map((key) => rebuiltHost(before, key));
  // One whose old half is yet to go is finished as it is: a refresh would forget that half.
  const targets = were.filter(({ underWay }) => !underWay).flatMap(({ key }) => urnsOf(before, key));
  if (targets.length > 0 && !(await looked(work, targets))) return false;
  const state = await stateOf(opened.stack);
  const found = keys.map((key) => rebuiltHost(state, key));
  if (!(await mayGo(work, found))) return false;

  const accept = acceptedBy(found, work.today);
  const prices = options.prices === undefined ? {} : { prices: options.prices };
  const shown = await reviewed(work, { replace: replaced(found), accept, ...prices });
  if (shown === undefined || !onlyThese(shown.events, keys, stack)) return false;
  const { intent, sum } = shown.priced;
  const words = were.map((one, at) => rebuildWords(one, found[at] ?? one));
  const order = `one after the other: ${keys.join(", ")}; one that fails keeps the next from being begun`;
  const notes = [...words.flatMap((one) => one.notes), ...(keys.length < 2 ? [] : [order])];
  const question = questionOf({ ...intent, lost: words.flatMap(({ lost }) => lost), notes, software: [] }, sum);
  const again = ["npm run deploy --", stack, "--rebuild", keys.join(","), ...sandboxed(options)].join(" ");
  if (question !== undefined && !(await agreed(question, options, again))) return false;

  const steps = stepsOf(shown.events);
  for (const [at, host] of found.entries()) {
    const rest = keys.slice(at + 1);
    const later = rest.length === 0 ? "" : `\nNot begun, and as before: ${rest.join(", ")}`;
    try {
      const why = await rebuildOne(work, options, chosen, host, steps);
      if (why === undefined) continue;
      say(`\n${why}${later}`);
      return false;
    } catch (error) {
      if (error instanceof Interrupted) say(`  ${host.key} is made anew, and its bootstrap goes on${later}`);
      throw error;
    }
  }
  say(`\n${stack}: ${keys.length} ${keys.length === 1 ? "host" : "hosts"} made anew: ${keys.join(", ")}`);
  return true;
}

/** What is asked for here and named in the question: that system disks go, and the cloud's protection of old hosts. */
function acceptedBy(hosts: readonly RebuiltHost[], today: string): Settings["accept"] {
  const groups = [...new Set(hosts.map(({ group }) => group))];
  const why = { why: "asked for by --rebuild, and named in the question", by: "the command line" };
  const guarded = hosts.filter((host) => host.guarded.length > 0).map(({ key }) => key);
  return [
    ...groups.map((on) => ({ what: "system-disk-wiped", on, ...why, until: today })),
    ...guarded.map((on) => ({ what: "destroy-refused", on, ...why, until: today })),
  ];
}

/** URNs that the engine is told to replace: what is lost is made, and what was cut short is ended. */
function replaced(hosts: readonly RebuiltHost[]): readonly string[] {
  return hosts.flatMap(({ standing, underWay }) => (standing === undefined || underWay ? [] : [standing.urn]));
}

/** Lets the state see how the hosts are now: one may be lost, stopped, or paid otherwise than it was. */
async function looked(work: Work, targets: readonly string[]): Promise<boolean> {
  say("Looking at what stands of them.");
  const { outcome } = await shownOperation(work.opened.stack, "refresh", { targets });
  if (!outcome.ok) say(`${await explained(outcome, work)}\n\nNothing was touched.`);
  return outcome.ok;
}

/** A host that is paid ahead cannot be deleted: its new one would be bought, and the old one be billed on beside it. */
async function mayGo(work: Work, found: readonly RebuiltHost[]): Promise<boolean> {
  const { loaded, opened, client, today } = work;
  const urns = new Set(found.flatMap(({ standing }) => standing?.urn ?? []));
  const state = await stateOf(opened.stack);
  const own = { ...state, resources: state.resources.filter(({ urn }) => urns.has(urn)) };
  const ahead = await inWords(() => paidAhead(client, loaded.settings.region, own));
  if (ahead.length === 0) return true;
  say(paidHostsText(ahead, today));
  return false;
}

function onlyThese(events: readonly EngineEvent[], keys: readonly string[], stack: string): boolean {
  const { told } = sidesOf(readPreview(events.map((event) => JSON.stringify(event)).join("\n")));
  const beside = changesBeside(told, keys);
  if (beside.length === 0) return true;
  say(
    [
      "Nothing was touched: a rebuild changes nothing but its hosts, and this would change more:",
      ...beside.map(({ urn, fate }) => `  ${fate} ${nameIn(urn)}`),
      `Bring the stack to its file first: npm run deploy -- ${stack}`,
    ].join("\n"),
  );
  return false;
}

/** One host: stock, the engine's run, and its own word that it is ready. @returns why not, where it is not */
async function rebuildOne(
  work: Work,
  options: DeployOptions,
  chosen: Chosen,
  host: RebuiltHost,
  steps: readonly string[],
): Promise<string | undefined> {
  const { loaded, target, recording } = work;
  const { stack } = loaded;
  const { key } = host;
  say(`\n${key}`);
  const despite = options.despite === undefined ? {} : { despite: options.despite };
  const config = options.config === undefined ? {} : { config: options.config };
  const stock = {
    ...despite,
    ...config,
    rebuild: physicalNames(stack, [key]),
    only: ["instance-stock", "system-disk"],
  };
  // What was cut short has had its order already.
  if (!host.underWay && !(await passes(loaded, stock, target, recording))) return `${key} was not begun`;
  chosen.keys = [key];
  await inWords(async () => {
    for (const one of host.guarded) await liftCloudProtection(work.client, loaded.settings.region, one);
  });
  const own = steps.filter((step) => changesBeside([toldBy(step)], [key]).length === 0);
  const done = await made(work, own, `deploy ${stack} --rebuild ${key}`, { replace: replaced([host]) });
  if (!done) return `${key} is not made anew yet`;
  if (!(await nothingLeft(work))) return `${key} is made anew, and there is more than that: see above`;
  const verdict = await wordOf(work, key);
  say(`  ${key}: ${verdict.verdict}${verdict.why === "" ? "" : `, ${verdict.why}`}`);
  if (verdict.verdict === "ready" || verdict.verdict === "simulated") return undefined;
  return `${key} is not ready. Look at it: npm run host -- ${[stack, key, ...sandboxed(options)].join(" ")}`;
}

/** Options by which another command looks at the same cloud. */
function sandboxed(options: DeployOptions): readonly string[] {
  return options.sandbox === true ? ["--sandbox", ...sameAgain(options)] : [];
}

/** A step as ./reviewed.ts writes it. */
function toldBy(step: string): { readonly urn: string; readonly fate: string } {
  const [op, urn] = JSON.parse(step) as readonly [string, string];
  return { urn, fate: op };
}

/** What the new host says of itself, when its bootstrap has come to an end. */
async function wordOf(work: Work, key: string): Promise<HostVerdict> {
  const { loaded, opened, client } = work;
  const hosts = hostsIn(await stateOf(opened.stack)).filter((host) => host.key === key);
  const groups = await wantedSoftware(work);
  return interruptible(async (signal) => {
    const states = await readMarkers(hosts, {
      ...{ signal, client, region: loaded.settings.region, bootstraps: bootstrapPatience },
      ...toldOf(hosts),
    });
    const known = hosts.map(({ group }) => ({ key, group, state: states.get(key) ?? ({ kind: "gone" } as const) }));
    const [verdict] = softwarePlan(groups, known).hosts;
    return verdict ?? { key, group: "", state: { kind: "gone" }, verdict: "failed", why: "the state has no such host" };
  });
}
