import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation/events.js";
import { kindOf } from "../kinds.ts";
import { propertyInWords, valueInWords } from "./drift-words.ts";
import type { Changed, Drift } from "./schema.ts";

type Found = Pick<Extract<Drift, { looked: true }>, "changed" | "gone">;

/**
 * What differs between the cloud and the state, from the events of `pulumi refresh --preview-only`. What somebody has put beside
 * the stack's things, such as a rule of a security group, is in no state and not in here.
 */
export function driftOf(events: readonly EngineEvent[]): Found {
  const changed: Changed[] = [];
  const gone: Found["gone"] = [];
  for (const { resOutputsEvent } of events) {
    const step = resOutputsEvent?.metadata;
    if (step?.old?.custom !== true || step.op === "same") continue;
    const about = { name: step.urn.slice(step.urn.lastIndexOf("::") + 2), type: kindOf(step.type), id: step.old.id };
    if (step.op === "delete") gone.push(about);
    else if (step.op === "update") changed.push({ ...about, properties: propertiesOf(step) });
  }
  const inOrder = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1);
  return { changed: changed.toSorted(inOrder), gone: gone.toSorted(inOrder) };
}

function propertiesOf({ detailedDiff, diffs, old, new: now }: StepEventMetadata): Changed["properties"] {
  const paths = Object.keys(detailedDiff ?? {});
  const all = paths.length > 0 ? paths : (diffs ?? []);
  // A map that changed is named beside each of its keys that did.
  const leaves = all.filter(
    (path) => !all.some((other) => other !== path && /^[.[]/.test(other.slice(path.length)) && other.startsWith(path)),
  );
  return leaves.map((path) => ({
    path,
    what: propertyInWords(path),
    was: valueInWords(path, at(old?.outputs, path) ?? at(old?.inputs, path)),
    is: valueInWords(path, at(now?.outputs, path)),
  }));
}

/** Value at a property path: tags.env, tags["data-class"], engineLists[0].nodeGroups. */
function at(value: unknown, path: string): unknown {
  const keys = [...path.matchAll(/\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, plain]) => quoted ?? index ?? plain ?? "",
  );
  let found = value;
  for (const key of keys) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[key];
  }
  return found;
}
