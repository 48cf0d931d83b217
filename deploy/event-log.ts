import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";
import type { Failure } from "./explain.ts";

/** Failures in an event log of Pulumi's CLI: a JSON event a line. Lines that are cut off at a kill are passed over. */
export function failuresIn(log: string): readonly Failure[] {
  return log.split("\n").flatMap((line) => {
    const said = eventOf(line)?.diagnosticEvent;
    if (said?.severity !== "error") return [];
    return [{ text: said.message.trim(), ...(said.urn ? { urn: said.urn } : {}) }];
  });
}

function eventOf(line: string): EngineEvent | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
