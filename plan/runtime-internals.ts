/**
 * The few internals of Pulumi's SDK that the recorder needs, each with the shape it relies on: one place to look at when the SDK is upgraded
 * (read in 3.270.0: runtime/settings.js, runtime/state.js, runtime/rpc.js, proto/resource_pb.js).
 */
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import type * as resources from "@pulumi/pulumi/proto/resource_pb.js";

const require = createRequire(import.meta.url);
const protocol = require("@pulumi/pulumi/proto/resource_pb.js") as typeof resources;
const state = require("@pulumi/pulumi/runtime/state.js") as {
  getPendingResourceRegistrations(): Map<unknown, { readonly type: string; readonly name: string }>;
};
const debuggable = require("@pulumi/pulumi/runtime/debuggable.js") as {
  debuggablePromise: <T>(promise: Promise<T>) => Promise<T>;
};
const log = require("@pulumi/pulumi/log/index.js") as { debug: () => Promise<void> };
const settings = require("@pulumi/pulumi/runtime/settings.js") as { waitForRPCs(): Promise<void> };

export const { RegisterResourceResponse, ReadResourceResponse } = protocol;
export type RegisterRequest = resources.RegisterResourceRequest;
export type ReadRequest = resources.ReadResourceRequest;
export type OutputsRequest = resources.RegisterResourceOutputsRequest;
export type AliasMessage = ReturnType<RegisterRequest["getAliasesList"]>[number];

/** Marks of the wire format: a wrapped special value, its kind "secret", and an unknown. */
export const signatureKey = "4dabf18193072939515e22adb298388d";
export const secretKey = "1b47061264138c4ac30d75fd1eb44270";
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

type Answer<T> = (error: Error | null, response: T) => void;

/** The calls of the resource monitor that a program makes to declare resources. */
export interface Monitor {
  registerResource(request: RegisterRequest, callback: Answer<resources.RegisterResourceResponse>): void;
  readResource(request: ReadRequest, callback: Answer<resources.ReadResourceResponse>): void;
  registerResourceOutputs(request: OutputsRequest, callback: Answer<object>): void;
}

export function monitorOfRuntime(): Monitor {
  const monitor: unknown = pulumi.runtime.getMonitor();
  return monitor as Monitor;
}

/**
 * Waits until every constructed resource is registered and all calls are answered.
 *
 * @param progress a number that grows with every registration
 * @param stuckAfter milliseconds without progress after which `onStuck` is told what is pending
 */
export async function waitForRegistrations(
  progress: () => number,
  stuckAfter: number,
  onStuck: (pending: readonly string[]) => void,
): Promise<void> {
  const pending = state.getPendingResourceRegistrations();
  let last = progress();
  let since = performance.now();
  for (;;) {
    const drained = await settled(settings.waitForRPCs(), stuckAfter);
    await new Promise((resolve) => setImmediate(resolve));
    if (progress() !== last) {
      last = progress();
      since = performance.now();
    } else if (drained && pending.size === 0) return;
    else if (performance.now() - since >= stuckAfter) {
      onStuck([...pending.values()].map((p) => `${p.name} (${p.type})`));
      return;
    }
  }
}

async function settled(work: Promise<void>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, milliseconds, false);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Runs without the SDK's debug messages: three calls to the engine for each resource, two of them with all of its inputs
 * as text, user data too. The engine drops them unless somebody debugs it. A seventh of
 * the processor time of a preview of 300 hosts (docs/performance.md).
 */
export async function withoutDebugMessages<T>(run: () => Promise<T>): Promise<T> {
  const original = log.debug;
  log.debug = async () => {};
  try {
    return await run();
  } finally {
    log.debug = original;
  }
}

/**
 * Runs without the SDK's search for leaked promises: it takes a stack trace and three more promises for each of the 400
 * of a host, and the recorder has its own proof that a plan is complete. A third of the time of a large plan.
 */
export async function withoutLeakSearch<T>(run: () => Promise<T>): Promise<T> {
  const original = debuggable.debuggablePromise;
  debuggable.debuggablePromise = (promise) => promise;
  try {
    return await run();
  } finally {
    debuggable.debuggablePromise = original;
  }
}
