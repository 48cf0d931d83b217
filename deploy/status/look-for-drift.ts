import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { explain } from "../explain.ts";
import { run } from "../operation.ts";
import { driftOf } from "./drift.ts";
import type { Drift } from "./schema.ts";

/** Compares the cloud with the state by the engine's own refresh, of which nothing is written; no lock is taken. */
export async function lookForDrift(stack: Stack, signal?: AbortSignal): Promise<Drift> {
  const events: EngineEvent[] = [];
  const { ok, failures, seconds } = await run(stack, "refresh", {
    previewOnly: true,
    onEvent: (event) => events.push(event),
    ...(signal === undefined ? {} : { signal }),
  });
  if (ok) return { looked: true, seconds: Math.round(seconds * 10) / 10, ...driftOf(events) };
  const [first] = failures;
  if (first === undefined) return { looked: false, why: "the refresh failed and did not say why" };
  const text = first.text.split("\n").find((line) => line.trim() !== "") ?? "";
  return { looked: false, why: `the refresh failed: ${explain(first, {})?.what ?? text.trim()}` };
}
