import { loadStackFile } from "../components/config/load.ts";
import { cloudClient } from "../deploy/cloud-client.ts";
import { commitOf, commitOutput } from "../deploy/commit.ts";
import { questionOf } from "../deploy/confirm.ts";
import type { Program } from "../deploy/operation.ts";
import { hostsToRebuild } from "../deploy/rebuild.ts";
import { Recording } from "../deploy/recording.ts";
import type { HostVerdict } from "../deploy/software-plan.ts";
import { type LoadedStack, loadStack } from "../review/load.ts";
import { interruptible } from "./deploy/interruptible.ts";
import { made } from "./deploy/made.ts";
import { type CommandOptions, onlyInSandbox } from "./deploy/options.ts";
import { checkOfPreflight, passes } from "./deploy/passes.ts";
import { agreed } from "./deploy/question.ts";
import { type Chosen, keysOf, physicalNames, rebuild } from "./deploy/rebuild.ts";
import { reviewed, stepsOf } from "./deploy/reviewed.ts";
import { softwareBrought } from "./deploy/software.ts";
import { checkFree, nothingLeft, outputsOf, projectFolder, say, type Work } from "./deploy/work.ts";
import type { Machines } from "./deploy-boot.ts";
import { type Target, withTarget } from "./deploy-target.ts";
import { summaryText } from "./deploy-text.ts";
import { refuse } from "./preflight.ts";
import type { PricesMode } from "./prices.ts";
import { checkKnown } from "./review.ts";
import { terminalStyle } from "./terminal.ts";
import { writeWhole } from "./write-whole.ts";

export interface DeployOptions extends CommandOptions {
  readonly yes?: boolean;
  readonly buy?: string;
  readonly despite?: readonly string[];
  readonly record?: string;
  /** Hosts to make anew instead of a deployment: workers-01,workers-02, or several words. */
  readonly rebuild?: readonly string[];
  readonly prices?: PricesMode;
  /** Into the local cloud: the first host of each group is a machine. */
  readonly boot?: boolean;
}

/** From files to hosts that are ready. Exit code 1 when something failed or was not agreed to. */
export async function deployCommand(stack: string, options: DeployOptions): Promise<void> {
  const { sandbox = false, record, boot = false } = options;
  onlyInSandbox(options);
  if (boot) (await import("./deploy-boot.ts")).checkBoot(sandbox);
  if (options.config === undefined) checkKnown(stack);
  for (const id of options.despite ?? []) checkOfPreflight(id);
  await refuse(process.env, sandbox);
  const file = await loadStackFile(stack, options.config);
  const loaded = await loadStack(stack, options.config);
  const chosen: Chosen = { keys: options.rebuild ? hostsToRebuild(options.rebuild, keysOf(loaded.settings)) : [] };
  const recording = new Recording();
  const ended = await withTarget(file, options, async (target) => {
    const machines = boot ? await (await import("./deploy-boot.ts")).prepareMachines(stack, options.config) : undefined;
    try {
      const work = await begun(loaded, options, target, recording, chosen);
      if (work === undefined) return false;
      return await (chosen.keys.length > 0 ? rebuild(work, options, chosen) : deploy(work, options, machines));
    } finally {
      await machines?.stop();
      if (record !== undefined) await writeWhole(record, recording.text);
    }
  });
  if (!ended) process.exitCode = 1;
}

/** The stack opened, after the preflight; undefined where something stops it, which is told. */
async function begun(
  loaded: LoadedStack,
  options: DeployOptions,
  target: Target,
  recording: Recording,
  chosen: Chosen,
): Promise<Work | undefined> {
  const { config, despite = [] } = options;
  const rebuilt = physicalNames(loaded.stack, chosen.keys);
  const asked = { despite, rebuild: rebuilt, ...(config === undefined ? {} : { config }) };
  if (!(await passes(loaded, asked, target, recording))) return undefined;
  const { default: china } = await import("../index.ts");
  const commit = await commitOf(projectFolder);
  const opened = await target.open(withCommit(() => china(chosen.keys), commit));
  checkFree(opened, loaded.stack);
  const { environment, authority: ca } = target.place;
  const authority = ca === undefined ? {} : { authority: ca };
  const client = recording.watch(cloudClient({ region: loaded.settings.region, environment, ...authority }));
  const today = new Date().toISOString().slice(0, 10);
  const work: Work = { ...{ loaded, options, target, opened, client, recording, today } };
  if (!opened.interrupted) return work;
  // Of a bucket nobody knows here whether its lock is that of a run under way.
  const other = options.sandbox === true ? "" : ", or is under way elsewhere (docs/state.md#locks)";
  say(`The last operation on this stack did not come to its end${other}. Looking for what it left behind.`);
  return (await nothingLeft(work)) ? work : undefined;
}

async function deploy(work: Work, options: DeployOptions, machines?: Machines): Promise<boolean> {
  const { stack } = work.loaded;
  const shown = await reviewed(work, options.prices === undefined ? {} : { prices: options.prices });
  if (shown === undefined) return false;
  const { intent, sum } = shown.priced;
  const question = questionOf(intent, sum);
  if (question !== undefined && !(await agreed(question, options, `npm run deploy -- ${stack}`))) return false;
  const steps = stepsOf(shown.events);
  if (!(await made(work, steps, `deploy ${stack}`))) return false;
  // An order whose answer was lost is given again by the provider: all looks well then, and one thing is there twice.
  const single = steps.length === 0 || (await nothingLeft(work));
  if (!single) say("All is made, but there is more than that: see above.");
  if (machines !== undefined) await interruptible((signal) => machines.boot(signal));
  // Bootstraps of machines were waited for.
  const hosts = await softwareBrought(work, machines === undefined ? undefined : 0);
  return (await summed(work, hosts)) && single;
}

async function summed(work: Work, hosts: readonly HostVerdict[]): Promise<boolean> {
  const { loaded, options } = work;
  const outputs = await outputsOf(work);
  const sandbox = options.sandbox === true;
  say(`\n${summaryText({ stack: loaded.stack, outputs, hosts, sandbox }, terminalStyle())}`);
  return !hosts.some(({ verdict }) => verdict === "failed" || verdict === "rerun");
}

/** The program, with the commit it is of as one more output. */
function withCommit(program: Program, commit: string | undefined): Program {
  return async () => ({ ...(await program()), ...(commit === undefined ? {} : { [commitOutput]: commit }) });
}
