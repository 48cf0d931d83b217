import { stackType } from "../../plan/plan.ts";
import type { ResourceChange } from "../changes/change.ts";

/** What a resource belongs to, as `accept` names it: its host (workers-03), else its component, else itself. */
export function placeOf(change: ResourceChange): string {
  const component = componentOf(change);
  if (component === undefined) return change.name;
  return hostIn(component, change.name) ?? component;
}

/** The component that holds it; none where the stack itself does. */
export function componentOf(change: ResourceChange): string | undefined {
  const parent = parentOf(change);
  if (parent === undefined) return undefined;
  const type = parent.split("::")[2]?.split("$").at(-1);
  return type === stackType ? undefined : parent.slice(parent.lastIndexOf("::") + 2);
}

export function parentOf({ after, before }: ResourceChange): string | undefined {
  return after?.parent ?? before?.parent;
}

function hostIn(component: string, name: string): string | undefined {
  if (!name.startsWith(`${component}-`)) return undefined;
  const number = /^\d+/.exec(name.slice(component.length + 1))?.[0];
  return number === undefined ? undefined : `${component}-${number}`;
}
