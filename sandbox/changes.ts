import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";
import { kindOf } from "../deploy/kinds.ts";
import { nameOf, typeOf } from "../deploy/progress.ts";

/** What the engine would do to one resource. */
export interface PlannedChange {
  readonly op: string;
  readonly name: string;
  readonly type: string;
  /** Properties that differ, for a change in place; those that force it, for a replacement. */
  readonly properties: readonly string[];
}

const told = new Set(["create", "update", "replace", "delete", "import", "read"]);

/** The changes of a preview, from its events. */
export function changesOf(events: readonly EngineEvent[]): readonly PlannedChange[] {
  return events.flatMap(({ resourcePreEvent }) => {
    const metadata = resourcePreEvent?.metadata;
    if (metadata === undefined || !told.has(metadata.op)) return [];
    const { op, urn } = metadata;
    if (metadata.type.startsWith("pulumi:") || metadata.type.startsWith("china:index:")) return [];
    const properties = op === "replace" ? (metadata.keys ?? []) : op === "update" ? (metadata.diffs ?? []) : [];
    return [{ op, name: nameOf(urn), type: kindOf(typeOf(urn)), properties: [...properties].sort() }];
  });
}
