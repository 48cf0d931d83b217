import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { sizes } from "../components/bootstrap/places.ts";
import type { CallParameters, CloudClient } from "./cloud-client.ts";
import { BadInput } from "./errors.ts";

/** What a command on one host came to. */
export interface HostResult {
  readonly id: string;
  /**
   * ok: exit code 0. failed: another one. timeout: it took longer than it may. unreached: it never began, the agent or the
   * host does not run. stopped: somebody ended it. unknown: the cloud said nothing more of it in time.
   */
  readonly status: "ok" | "failed" | "timeout" | "unreached" | "stopped" | "unknown";
  readonly exitCode?: number;
  /** Standard output and error; the cloud keeps the last 24 KB. */
  readonly output: string;
  /** Bytes of output that the cloud did not keep; 0 where it says nothing of it. */
  readonly dropped: number;
  /** The cloud's code and words for what went wrong; "" where nothing did. */
  readonly code: string;
  readonly info: string;
}

export interface AssistantOptions {
  readonly client: CloudClient;
  readonly region: string;
  /** Ends the waiting; what runs on hosts goes on. */
  readonly signal?: AbortSignal;
  /** Milliseconds between two questions: the first, and the longest. */
  readonly pace?: { readonly first: number; readonly longest: number };
  /** Told what is waited for, whenever that changes. */
  readonly onWait?: (waiting: readonly string[]) => void;
  /** Told the cloud's id of each run that has begun. */
  readonly onBegun?: (invocation: string) => void;
}

export interface Command {
  /** Shown in the console. */
  readonly name: string;
  /** Shell script; root runs it. */
  readonly script: string;
  /** Seconds; at least 10. */
  readonly timeout: number;
}

/** Most hosts that one call takes, and that one page holds. */
const most = 50;

/** Seconds beyond a command's own timeout in which the cloud may still say how it ended. */
const grace = 60;

/** Seconds in which the agent of a host that has just booted answers, as a rule within one minute. */
export const agentPatience = 300;

const statusAnswer = z.object({
  InstanceCloudAssistantStatusSet: z.object({
    InstanceCloudAssistantStatus: z.array(z.object({ InstanceId: z.string(), CloudAssistantStatus: z.string() })),
  }),
});

/**
 * Waits until the agents of hosts answer (DescribeCloudAssistantStatus); RunCommand fails at once before that.
 *
 * @param patience seconds after which it is no longer waited
 * @returns ids of hosts whose agents answer; the others do not
 * @throws CloudRefusal
 */
export async function awaitAgents(
  ids: readonly string[],
  options: AssistantOptions,
  patience = agentPatience,
): Promise<ReadonlySet<string>> {
  const answering = new Set<string>();
  await until(patience, options, async () => {
    const waiting = ids.filter((id) => !answering.has(id));
    for (const part of parts(waiting)) {
      const asked = { RegionId: options.region, ...numbered("InstanceId", part) };
      const answer = await options.client.call("ecs", "DescribeCloudAssistantStatus", asked);
      const { InstanceCloudAssistantStatusSet: set } = statusAnswer.parse(answer);
      for (const { InstanceId, CloudAssistantStatus } of set.InstanceCloudAssistantStatus) {
        if (CloudAssistantStatus === "true") answering.add(InstanceId);
      }
    }
    return ids.filter((id) => !answering.has(id));
  });
  return answering;
}

/**
 * Runs a command on hosts and waits for each of them. Asked again after a lost answer, it runs once: each call has a
 * ClientToken.
 *
 * @returns results in the order of the ids
 * @throws CloudRefusal; BadInput for a script that is too long for it
 */
export async function runOnHosts(
  ids: readonly string[],
  command: Command,
  options: AssistantOptions,
): Promise<readonly HostResult[]> {
  const content = Buffer.from(command.script, "utf8").toString("base64");
  if (content.length > sizes.cloudAssistant) throw new BadInput(tooLong(command.name, content.length));
  const results = new Map<string, HostResult>();
  const invocations: string[] = [];
  for (const part of parts(ids)) {
    const invocation = await start(part, content, command, options);
    options.onBegun?.(invocation);
    invocations.push(invocation);
  }
  await until(command.timeout + grace, options, async () => {
    for (const invocation of invocations) {
      for (const result of await resultsOf(invocation, options)) results.set(result.id, result);
    }
    return ids.filter((id) => !results.has(id));
  });
  return ids.map((id) => results.get(id) ?? { id, status: "unknown", output: "", dropped: 0, code: "", info: "" });
}

function tooLong(name: string, length: number): string {
  return `${name} has ${length} bytes in base64, and Cloud Assistant takes ${sizes.cloudAssistant}: shorten it, or put files into a bucket and fetch them`;
}

async function start(
  ids: readonly string[],
  content: string,
  { name, timeout }: Command,
  { client, region }: AssistantOptions,
): Promise<string> {
  const answer = await client.call("ecs", "RunCommand", {
    RegionId: region,
    Type: "RunShellScript",
    ...{ Name: name.slice(0, 128), CommandContent: content, ContentEncoding: "Base64" },
    ...{ Timeout: timeout, KeepCommand: false, EnableParameter: false, TerminationMode: "ProcessTree" },
    ...{ ClientToken: randomUUID(), ...numbered("InstanceId", ids) },
  });
  return z.object({ InvokeId: z.string() }).parse(answer).InvokeId;
}

const resultsAnswer = z.object({
  Invocation: z.object({
    NextToken: z.string().nullish(),
    InvocationResults: z.object({
      InvocationResult: z.array(
        z.object({
          InstanceId: z.string(),
          InvocationStatus: z.string().nullish(),
          ExitCode: z.number().nullish(),
          Output: z.string().nullish(),
          Dropped: z.number().nullish(),
          ErrorCode: z.string().nullish(),
          ErrorInfo: z.string().nullish(),
        }),
      ),
    }),
  }),
});

/**
 * How InvocationStatus ends; Pending, Running, Scheduled and Stopping are still under way. Source: Alibaba Cloud docs,
 * DescribeInvocationResults, 2026-09-21.
 */
const ends: Readonly<Record<string, HostResult["status"]>> = {
  Success: "ok",
  Failed: "failed",
  Error: "unreached",
  Aborted: "unreached",
  Invalid: "unreached",
  Timeout: "timeout",
  Cancelled: "stopped",
  Terminated: "stopped",
};

/** Results of hosts that are done. */
async function resultsOf(invocation: string, { client, region }: AssistantOptions): Promise<readonly HostResult[]> {
  const found: HostResult[] = [];
  let token: string | undefined;
  do {
    const answer = await client.call("ecs", "DescribeInvocationResults", {
      ...{ RegionId: region, InvokeId: invocation, MaxResults: most, ContentEncoding: "Base64" },
      ...(token === undefined ? {} : { NextToken: token }),
    });
    const { NextToken, InvocationResults } = resultsAnswer.parse(answer).Invocation;
    for (const { InstanceId, InvocationStatus, ExitCode, ...said } of InvocationResults.InvocationResult) {
      const status = ends[InvocationStatus ?? ""];
      if (status === undefined) continue;
      found.push({
        ...{ id: InstanceId, status },
        ...(typeof ExitCode === "number" ? { exitCode: ExitCode } : {}),
        output: Buffer.from(said.Output ?? "", "base64").toString("utf8"),
        dropped: said.Dropped ?? 0,
        ...{ code: said.ErrorCode ?? "", info: said.ErrorInfo ?? "" },
      });
    }
    token = NextToken || undefined;
  } while (token !== undefined);
  return found;
}

/** Asks again with growing pauses until nothing is waited for, or the time is up. @param seconds of patience */
async function until(seconds: number, options: AssistantOptions, ask: () => Promise<readonly string[]>): Promise<void> {
  const { signal, onWait, pace = { first: 500, longest: 10_000 } } = options;
  const end = performance.now() + seconds * 1_000;
  let pause = pace.first;
  let told = "";
  for (;;) {
    signal?.throwIfAborted();
    const waiting = await ask();
    if (waiting.length === 0 || performance.now() >= end) return;
    if (waiting.join() !== told) onWait?.(waiting);
    told = waiting.join();
    await sleep(pause, undefined, signal === undefined ? {} : { signal });
    pause = Math.min(pace.longest, pause * 1.5);
  }
}

function numbered(name: string, values: readonly string[]): CallParameters {
  return Object.fromEntries(values.map((value, index) => [`${name}.${index + 1}`, value]));
}

function parts<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, i) => all.slice(i * most, (i + 1) * most));
}
