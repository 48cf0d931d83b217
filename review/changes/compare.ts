import { managed, type Plan } from "../../plan/plan.ts";
import type { Changes, OptionChange, ResourceChange } from "./change.ts";
import { Decisions } from "./decide.ts";
import { pairsOf } from "./pairs.ts";
import { propertyChange } from "./properties.ts";
import { isKnownType } from "./provider-schema.ts";
import { described, sameOptions, sideOf } from "./sides.ts";

/**
 * What a deployment of one plan would change where another one runs: the operations that the engine's own preview would
 * show, from files alone. Components, providers and what is only read are no resources. What somebody changed in the cloud
 * by hand is in neither plan; nor is what an earlier deployment left as it was because of ignoreChanges.
 */
export function comparePlans(before: Plan, after: Plan): Changes {
  const pairs = pairsOf(before, after);
  const olds = new Map(managed(before).map((resource) => [resource.urn, resource]));
  const decisions = new Decisions(before, after, pairs);
  const resources: ResourceChange[] = [];
  const optionChanges: OptionChange[] = [];
  const unknownTypes: Record<string, number> = {};
  let unchanged = 0;

  for (const resource of managed(after)) {
    count(unknownTypes, resource.type);
    const former = pairs.former.get(resource.urn);
    const old = former === undefined ? undefined : olds.get(former.urn);
    const { operation, differences, replaceBecause } = decisions.of(resource);
    const common = {
      ...described(resource),
      ...(old === undefined ? {} : { before: sideOf(old) }),
      after: sideOf(resource),
    };
    if (operation !== "same") {
      resources.push({
        operation,
        ...common,
        ...(old === undefined || old.urn === resource.urn ? {} : { formerUrn: old.urn }),
        properties: differences.map(propertyChange),
        replaceBecause,
        deleteBeforeReplace: operation === "replace" && resource.options.deleteBeforeReplace === true,
      });
      continue;
    }
    unchanged += 1;
    if (old !== undefined && !sameOptions(old, resource)) {
      optionChanges.push({ ...described(resource), before: sideOf(old), after: sideOf(resource) });
    }
  }
  const stays = new Set(managed(after).flatMap(({ urn }) => pairs.former.get(urn)?.urn ?? []));
  for (const old of olds.values()) {
    if (stays.has(old.urn)) continue;
    count(unknownTypes, old.type);
    resources.push({
      operation: "delete",
      ...described(old),
      before: sideOf(old),
      properties: [],
      replaceBecause: [],
      deleteBeforeReplace: false,
    });
  }
  return {
    source: "files",
    resources: resources.sort((a, b) => (a.urn < b.urn ? -1 : 1)),
    unchanged,
    optionChanges: optionChanges.sort((a, b) => (a.urn < b.urn ? -1 : 1)),
    unknownTypes,
  };
}

function count(unknownTypes: Record<string, number>, type: string): void {
  if (!isKnownType(type)) unknownTypes[type] = (unknownTypes[type] ?? 0) + 1;
}
