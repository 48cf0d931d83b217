import { loadStackFile } from "../components/config/load.ts";
import { type AssistantOptions, awaitAgents, type HostResult, runOnHosts } from "../deploy/cloud-assistant.ts";
import { CloudRefusal } from "../deploy/cloud-client.ts";
import { Failed, Interrupted } from "../deploy/errors.ts";
import { explain, explanationText } from "../deploy/explain.ts";
import { hostsNamed, scriptOf, shellLine } from "../deploy/host-command.ts";
import { type Host, hostsIn, powerOf } from "../deploy/hosts.ts";
import { whyNot } from "../deploy/read-markers.ts";
import { interruptible } from "./deploy/interruptible.ts";
import { onlyInSandbox } from "./deploy/options.ts";
import { refuse } from "./preflight.ts";
import { checkKnown } from "./review.ts";
import { type Source, type SourceOptions, withSource } from "./status-source.ts";
import { terminalStyle, write } from "./terminal.ts";

export interface HostOptions extends SourceOptions {
  readonly config?: string;
  /** Seconds. */
  readonly timeout: number;
}

/** Seconds in which the agent of a host that runs may begin to answer. */
const patience = 15;

/** What is known of hosts, or a command on each of them. Its exit code on a single host is this one's; of several, 1 if any failed. */
export async function hostCommand(
  stack: string,
  name: string,
  words: readonly string[],
  options: HostOptions,
): Promise<void> {
  onlyInSandbox(options);
  if (options.config === undefined) checkKnown(stack);
  await refuse(process.env, options.sandbox === true);
  const line = words.length === 0 ? undefined : shellLine(words);
  const file = await loadStackFile(stack, options.config);
  process.exitCode = await untilSignal((signal) =>
    withSource(file, options, async (source) => {
      const hosts = hostsNamed(stack, name, hostsIn(source.state));
      try {
        if (line !== undefined)
          return await runInTurn(hosts, line, {
            source,
            signal,
            timeout: options.timeout,
            region: file.settings.region,
          });
        const { hostsText } = await import("./host-text.ts");
        await write(await hostsText(hosts, { source, file, signal, style: terminalStyle() }));
        return 0;
      } catch (error) {
        if (!(error instanceof CloudRefusal)) throw error;
        const explained = explain(
          { text: error.text },
          { stack, settings: file.settings, region: file.settings.region },
        );
        throw new Failed(explained === undefined ? error.message : explanationText(explained));
      }
    }),
  );
}

/** What a command on a host was doing goes on there: that is told where it is known, and here only that it was left. */
async function untilSignal(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  try {
    return await interruptible(work);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    process.stderr.write("interrupted\n");
    return error.exitCode;
  }
}

interface RunInTurn {
  readonly source: Pick<Source, "client" | "cloud">;
  readonly region: string;
  /** Seconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
  readonly pace?: AssistantOptions["pace"];
}

/**
 * Runs a line on hosts, one after the other, and prints what each says.
 *
 * @returns exit code: that of the command on a single host, of several 1 if any failed; 1 where it did not run to its end
 * @throws CloudRefusal
 */
export async function runInTurn(hosts: readonly Host[], line: string, work: RunInTurn): Promise<number> {
  const {
    source: { client },
    region,
  } = work;
  const power = await powerOf(
    client,
    region,
    hosts.map(({ id }) => id),
  );
  const codes: number[] = [];
  for (const host of hosts) {
    if (hosts.length > 1) await write(`${host.key}\n`);
    const status = power.get(host.id);
    if (status === undefined || status !== "Running") {
      tell(
        host,
        status === undefined ? "the cloud has no such host any more: npm run status" : `it is ${status.toLowerCase()}`,
      );
      codes.push(1);
    } else codes.push(await runOn(host, line, work));
  }
  const [only = 1] = codes;
  return codes.length === 1 ? only : Number(codes.some((code) => code !== 0));
}

async function runOn(host: Host, line: string, work: RunInTurn): Promise<number> {
  const {
    source: { client, cloud },
    region,
    timeout,
    signal,
    pace,
  } = work;
  let begun: string | undefined;
  const options = {
    ...{ client, region, onBegun: (invocation: string) => (begun = invocation) },
    ...(signal === undefined ? {} : { signal }),
    ...(pace === undefined ? {} : { pace }),
  };
  try {
    if (!(await awaitAgents([host.id], options, patience)).has(host.id)) {
      tell(host, `the agent of Cloud Assistant does not answer within ${patience} s`);
      return 1;
    }
    const [result] = await runOnHosts([host.id], { name: "china host", script: scriptOf(line), timeout }, options);
    return result === undefined ? 1 : await told(host, result, cloud === "local-cloud");
  } catch (error) {
    // StopInvocation keeps a command from hosts where it has not begun, and ends none that has (@alicloud/ecs20140526 7.11.6).
    if (signal?.aborted === true && begun !== undefined) {
      tell(
        host,
        `the command goes on there, for ${timeout} s at most; how it ends: Cloud Assistant in the console, ${begun}`,
      );
    }
    throw error;
  }
}

async function told(host: Host, result: HostResult, simulated: boolean): Promise<number> {
  const { status, exitCode = 1, output, dropped } = result;
  if (dropped > 0) tell(host, `the first ${dropped} bytes of its output are lost: the cloud keeps the last 24 KB`);
  if (output !== "") await write(output.endsWith("\n") ? output : `${output}\n`);
  if (status === "ok") {
    if (simulated && output === "") tell(host, "nothing was said; a simulated host runs nothing and always succeeds");
    return 0;
  }
  if (status === "failed") {
    tell(host, `exit code ${exitCode}`);
    return exitCode > 0 && exitCode < 256 ? exitCode : 1;
  }
  tell(host, whyNot(result));
  return 1;
}

/** Beside what the command printed, which alone is on standard output. */
function tell({ key }: Host, text: string): void {
  process.stderr.write(`${key}: ${text}\n`);
}
