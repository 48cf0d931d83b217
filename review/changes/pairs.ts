import { type Plan, type PlannedResource, urnOf } from "../../plan/plan.ts";

/** Which resource of one plan is the same as which of another. */
export interface Pairs {
  /** URN afterwards -> the resource as it was; by its URN, or by an alias that names it. */
  readonly former: ReadonlyMap<string, PlannedResource>;
  /** URN as it was -> URN afterwards, for what is there on both sides. */
  readonly now: ReadonlyMap<string, string>;
}

/**
 * Pairs the resources of two plans as the engine does (pkg/resource/deploy/step_generator.go, getOldResource): by URN
 * first, then by alias; the children of what was renamed are looked for under its former name too.
 */
export function pairsOf(before: Plan, after: Plan): Pairs {
  const olds = new Map(before.resources.map((resource) => [resource.urn, resource]));
  const news = new Map(after.resources.map((resource) => [resource.urn, resource]));
  const former = new Map<string, PlannedResource>();
  const now = new Map<string, string>();
  const seen = new Set<string>();

  const visit = (resource: PlannedResource): void => {
    if (seen.has(resource.urn)) return;
    seen.add(resource.urn);
    // Parents first, also those that an alias names: their own former names are part of it.
    for (const urn of [resource.parent, ...(resource.options.aliases ?? []).map(parentInAlias)]) {
      const parent = urn === undefined ? undefined : news.get(urn);
      if (parent !== undefined) visit(parent);
    }
    const candidates = [resource.urn, ...aliasesOf(resource, after, former)];
    const found = candidates.map((urn) => olds.get(urn)).find((old) => old !== undefined && !taken(old.urn, resource));
    if (found === undefined) return;
    former.set(resource.urn, found);
    now.set(found.urn, resource.urn);
  };
  // What still has its own name is no other's former self.
  const taken = (urn: string, by: PlannedResource) => urn !== by.urn && (news.has(urn) || now.has(urn));
  for (const resource of after.resources) visit(resource);
  return { former, now };
}

/** URNs under which a resource may have been known. */
function aliasesOf(
  resource: PlannedResource,
  plan: Plan,
  former: ReadonlyMap<string, PlannedResource>,
): readonly string[] {
  const own = (resource.options.aliases ?? []).map((alias) => aliasUrn(alias, resource, plan, former));
  const parent = resource.parent;
  const formerParent = parent === undefined ? undefined : former.get(parent);
  if (parent === undefined || formerParent === undefined || formerParent.urn === parent) return own;
  const inherited = [resource.urn, ...own].map((urn) => underFormerParent(urn, nameOf(parent), formerParent, plan));
  return [...own, ...inherited];
}

/** A child that begins with its parent's name did so under the former name too. */
function underFormerParent(urn: string, parentName: string, formerParent: PlannedResource, plan: Plan): string {
  const name = nameOf(urn);
  const formerName = name.startsWith(parentName) ? formerParent.name + name.slice(parentName.length) : name;
  const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
  return urnOf(plan.project, plan.stack, type, formerName, formerParent.urn);
}

/** Parts of an alias that is no URN (pulumi/alias.proto); what is left out is as the resource has it now. */
interface AliasParts {
  readonly name?: string;
  readonly type?: string;
  readonly stack?: string;
  readonly project?: string;
  readonly parenturn?: string;
  readonly noparent?: boolean;
}

/** What an alias says; a URN says all of it at once. */
function partsOf(alias: string): AliasParts | undefined {
  return alias.startsWith("{") ? JSON.parse(alias) : undefined;
}

function parentInAlias(alias: string): string | undefined {
  return partsOf(alias)?.parenturn || undefined;
}

function aliasUrn(
  alias: string,
  resource: PlannedResource,
  plan: Plan,
  former: ReadonlyMap<string, PlannedResource>,
): string {
  const parts = partsOf(alias);
  if (parts === undefined) return alias;
  // A parent that the alias names may have been renamed itself; its own one is looked up with what it inherits.
  const named = parts.parenturn ? (former.get(parts.parenturn)?.urn ?? parts.parenturn) : resource.parent;
  return urnOf(
    parts.project || plan.project,
    parts.stack || plan.stack,
    parts.type || resource.type,
    parts.name || resource.name,
    parts.noparent ? undefined : named,
  );
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
