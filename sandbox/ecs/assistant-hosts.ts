import type { Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import type { Store } from "../core/store.ts";
import { giveToAgent, hasMachine, type SentFile } from "./assistant-agents.ts";
import type { HostRun } from "./assistant-rows.ts";
import { instanceStatus } from "./instance-find.ts";
import { type Instance, instances } from "./rows.ts";

/** Milliseconds of cloud time after a boot until the Cloud Assistant's agent answers. */
export const agentDelay = 30_000;

/** What reaches a host: a script, with what surrounds it. */
export interface AskedOfHost {
  readonly instance: Instance;
  /** RunShellScript ... */
  readonly type: string;
  /** The script or file itself. */
  readonly content: Buffer;
  readonly username: string;
  /** Id of the run that it is part of. */
  readonly invocation: string;
  /** Where it runs; "" for the user's own folder. */
  readonly directory: string;
  readonly file?: SentFile;
}

/** What a host answers. */
export interface HostAnswer {
  readonly exitCode: number;
  readonly output: string;
  /** How long it takes, seconds of cloud time. */
  readonly seconds: number;
}

export type Host = (asked: AskedOfHost) => HostAnswer;

const nothingHappens: Host = () => ({ exitCode: 0, output: "", seconds: 3 });

const hosts = new WeakMap<Store, Host>();

/** Replaces what the hosts of a cloud answer; without it everything succeeds and says nothing. */
export function hostsAnswer(store: Store, host: Host): void {
  hosts.set(store, host);
}

export function agentRuns(call: Call, instance: Instance): boolean {
  if (instanceStatus(call, instance) !== "Running") return false;
  return hasMachine(call.store, instance.id) || call.now() >= instance.bootedAt + agentDelay;
}

/** Most hosts of one run. */
const mostHosts = 100;

/** Hosts that a run is for. @throws InvalidInstance.NotFound, MissingParam.InstanceId, InstanceIds.ExceedLimit */
export function targetsOf(call: Call): readonly Instance[] {
  const ids = call.params.list("InstanceId");
  if (ids.length === 0) {
    throw new CloudError("MissingParam.InstanceId", 400, "The parameter instanceId is missing or empty.");
  }
  if (ids.length > mostHosts) {
    throw new CloudError("InstanceIds.ExceedLimit", 403, "The number of instance IDs exceeds the upper limit.");
  }
  return ids.map((id) => {
    const instance = call.find(instances, id);
    if (instance !== undefined) return instance;
    throw new CloudError("InvalidInstance.NotFound", 404, "The specified instance does not exist.");
  });
}

/** Runs something on a host, as far as it can be reached. @param timeout seconds */
export function runOn(call: Call, asked: AskedOfHost, timeout: number): HostRun {
  const { instance } = asked;
  const now = call.now();
  const failed = (errorCode: string, finishedAt = now): HostRun => ({
    instanceId: instance.id,
    errorCode,
    exitCode: -1,
    output: "",
    finishedAt,
  });
  if (instanceStatus(call, instance) !== "Running") return failed("InstanceNotRunning");
  if (!agentRuns(call, instance)) return failed("ClientNotRunning");
  if (hasMachine(call.store, instance.id)) return giveToAgent(call, asked, timeout);
  const answer = (hosts.get(call.store) ?? nothingHappens)(asked);
  if (answer.seconds > timeout) return failed("TaskTimeout", now + timeout * 1_000);
  return {
    instanceId: instance.id,
    errorCode: answer.exitCode === 0 ? "" : "ExitCodeNonzero",
    exitCode: answer.exitCode,
    output: Buffer.from(answer.output).toString("base64"),
    finishedAt: now + answer.seconds * 1_000,
  };
}
