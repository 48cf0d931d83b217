import type { PlannedResource } from "../../plan/plan.ts";
import { urnOf } from "../../plan/plan.ts";

type Named = Pick<PlannedResource, "urn" | "type" | "name" | "parent" | "options">;

/**
 * The URNs of a plan, sorted, each as the committed list knows it: a resource whose alias names a committed URN that
 * nothing else bears is still that resource.
 */
export function urnsAsCommitted(committed: readonly string[], resources: readonly Named[]): string[] {
  const current = new Set(resources.map((r) => r.urn));
  const known = new Set(committed);
  const former = formerUrns(resources);
  return resources
    .map(({ urn }) => (known.has(urn) ? urn : (former(urn).find((old) => known.has(old) && !current.has(old)) ?? urn)))
    .sort();
}

/** For each URN the ones it bore before, as the engine derives them: its own aliases, and its parent's passed on. */
function formerUrns(resources: readonly Named[]): (urn: string) => readonly string[] {
  const byUrn = new Map(resources.map((r) => [r.urn, r]));
  const found = new Map<string, readonly string[]>();
  const former = (urn: string): readonly string[] => {
    const resource = byUrn.get(urn);
    if (resource === undefined) return [];
    const before =
      found.get(urn) ?? urnsBefore(resource, former(resource.parent ?? ""), byUrn.get(resource.parent ?? ""));
    found.set(urn, before);
    return before;
  };
  return former;
}

function urnsBefore(resource: Named, parents: readonly string[], parent: Named | undefined): string[] {
  const { urn, type, name } = resource;
  const own = (resource.options.aliases ?? []).map((alias) => aliasUrn(alias, resource));
  const inherited = parents.flatMap((old) => {
    const renamed = (text: string) =>
      parent !== undefined && text.startsWith(parent.name) ? nameOf(old) + text.slice(parent.name.length) : text;
    const { project, stack } = place(urn);
    return [
      urnOf(project, stack, type, renamed(name), old),
      ...own.map((alias) => urnOf(project, stack, lastType(alias), renamed(nameOf(alias)), old)),
    ];
  });
  return [...own, ...inherited];
}

/** An alias in a plan is a URN, or what differs from the resource as JSON. */
function aliasUrn(alias: string, { urn, type, name, parent }: Named): string {
  if (alias.startsWith("urn:")) return alias;
  const differs = JSON.parse(alias) as Readonly<Record<string, string | boolean | undefined>>;
  const { project, stack } = place(urn);
  const text = (key: string, otherwise: string) => String(differs[key] || otherwise);
  const oldParent = differs["noparent"] === true ? undefined : text("parenturn", parent ?? "");
  return urnOf(text("project", project), text("stack", stack), text("type", type), text("name", name), oldParent);
}

function place(urn: string): { project: string; stack: string } {
  const [stack = "", project = ""] = urn.replace("urn:pulumi:", "").split("::");
  return { project, stack };
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function lastType(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}
