import { isUnknown, type PlanValue, secret } from "../../plan/plan.ts";
import type { PropertyChange } from "./change.ts";
import { type Path, pathText } from "./paths.ts";

/** One place in which two input objects differ; a side on which there is nothing is left out. */
export interface Difference {
  readonly path: Path;
  readonly before?: PlanValue;
  readonly after?: PlanValue;
}

type Inputs = Readonly<Record<string, PlanValue>>;

/**
 * Where two input objects differ, sorted by path. Each difference stands as high as it can: an added object is one
 * difference, not one for each of its properties.
 *
 * Elements of a list are told apart by their natural key (id, name, port, the range itself ...) where every one has one of
 * its own, and by their place otherwise. Two secrets are equal and two unknowns are: a plan does not say more of them.
 *
 * @param isSet whether the order of the list at a path says nothing
 */
export function differences(before: Inputs, after: Inputs, isSet: (path: Path) => boolean = () => false): Difference[] {
  return ofObjects([], before, after, isSet).sort(byPath);
}

/** The same for a reader. */
export function propertyChanges(before: Inputs, after: Inputs): PropertyChange[] {
  return differences(before, after).map(propertyChange);
}

/** Secrets are hidden on both sides, also where only one of them is one. */
export function propertyChange({ path, before, after }: Difference): PropertyChange {
  const hidden = isSecret(before) || isSecret(after);
  return {
    path: pathText(path),
    kind: before === undefined ? "added" : after === undefined ? "removed" : "changed",
    ...(before === undefined ? {} : { before: hidden ? secret : before }),
    ...(after === undefined ? {} : { after: hidden ? secret : after }),
  };
}

export function isSecret(value: PlanValue | undefined): boolean {
  return isObject(value) && Object.hasOwn(value, "__pulumiSecret");
}

export function isObject(value: PlanValue | undefined): value is Inputs {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Neither an unknown nor a secret: something with properties of its own. */
export function isPlainObject(value: PlanValue | undefined): value is Inputs {
  return isObject(value) && !isUnknown(value) && !isSecret(value);
}

/** Equal whatever the order of keys. */
export function equal(a: PlanValue | undefined, b: PlanValue | undefined): boolean {
  if (a === b) return true;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, at) => equal(item, b[at]));
  if (!isObject(a) || !isObject(b)) return false;
  return keysOf(a, b).every((key) => equal(at(a, key), at(b, key)));
}

function between(path: Path, before: PlanValue | undefined, after: PlanValue | undefined, isSet: IsSet): Difference[] {
  if (equal(before, after)) return [];
  if (isPlainObject(before) && isPlainObject(after)) return ofObjects(path, before, after, isSet);
  if (isList(before) && isList(after)) return ofLists(path, before, after, isSet);
  return [{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}

type IsSet = (path: Path) => boolean;
type List = readonly PlanValue[];

function ofObjects(path: Path, before: Inputs, after: Inputs, isSet: IsSet): Difference[] {
  return keysOf(before, after).flatMap((key) => between([...path, key], at(before, key), at(after, key), isSet));
}

function ofLists(path: Path, before: List, after: List, isSet: IsSet): Difference[] {
  const key = naturalKey(before, after);
  if (key === undefined) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, i) => between([...path, i], before[i], after[i], isSet)).flat();
  }
  const placesBefore = new Map(before.map((item, place) => [key(item), place]));
  const placesAfter = new Map(after.map((item, place) => [key(item), place]));
  const common = [...placesAfter.keys()].filter((id) => placesBefore.has(id));
  const moved = common.some((id, i) => i > 0 && place(placesBefore, common[i - 1]) > place(placesBefore, id));
  // Where the order counts there is no smaller way to say what changed.
  if (moved && !isSet(path)) return [{ path, before, after }];

  const found = new Map<number, Difference>();
  const all: Difference[] = [];
  for (const [id, i] of placesAfter) {
    const old = placesBefore.get(id);
    if (old !== undefined) all.push(...between([...path, i], before[old], after[i], isSet));
    else found.set(i, { path: [...path, i], ...(after[i] === undefined ? {} : { after: after[i] }) });
  }
  for (const [id, i] of placesBefore) {
    const item = before[i];
    if (placesAfter.has(id) || item === undefined) continue;
    // One that went and one that came at the same place: one took the other's.
    const came = found.get(i);
    if (came === undefined) all.push({ path: [...path, i], before: item });
    else found.set(i, { ...came, before: item });
  }
  return [...all, ...found.values()];
}

function place(places: ReadonlyMap<string, number>, id: string | undefined): number {
  return (id === undefined ? undefined : places.get(id)) ?? -1;
}

/** Properties by which elements of a list are told apart, best first. */
const keyNames = [
  "id",
  "name",
  "key",
  "urn",
  "path",
  "device",
  "groupName",
  "engineType",
  "resourceGroupName",
  "cidr",
  "cidrIp",
  "cidrBlock",
  "containerPath",
  "address",
  "internal",
  "port",
  "portRange",
];

/** What tells the elements of two lists apart; undefined when not every one has a key of its own. */
function naturalKey(before: List, after: List): ((item: PlanValue) => string) | undefined {
  const distinguishes = (key: (item: PlanValue) => string | undefined) =>
    [before, after].every((list) => {
      const keys = list.map(key);
      return !keys.includes(undefined) && new Set(keys).size === keys.length;
    });
  for (const key of [scalarKey, ...keyNames.map((name) => (item: PlanValue) => scalarKey(propertyOf(item, name)))]) {
    if (distinguishes(key)) return (item) => key(item) ?? "";
  }
  return undefined;
}

function scalarKey(value: PlanValue | undefined): string | undefined {
  return typeof value === "string" || typeof value === "number" ? JSON.stringify(value) : undefined;
}

function propertyOf(item: PlanValue, name: string): PlanValue | undefined {
  return isPlainObject(item) ? at(item, name) : undefined;
}

/** Null is what a program writes for nothing: the engine leaves it out. */
function at(object: Inputs, key: string): PlanValue | undefined {
  return Object.hasOwn(object, key) ? (object[key] ?? undefined) : undefined;
}

function isList(value: PlanValue | undefined): value is List {
  return Array.isArray(value);
}

function keysOf(a: Inputs, b: Inputs): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])];
}

function byPath(a: Difference, b: Difference): number {
  for (const [i, step] of a.path.entries()) {
    const other = b.path[i];
    if (other === undefined) return 1;
    if (step === other) continue;
    if (typeof step === "number" && typeof other === "number") return step - other;
    return String(step) < String(other) ? -1 : 1;
  }
  return a.path.length - b.path.length;
}
