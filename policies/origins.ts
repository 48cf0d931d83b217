import type { Judged, Stack } from "./rule.ts";

/** Finds the resources of the rule's types that a resource was made from: ids are unknown in a preview. */
export function originsIn(stack: Stack): (resource: Judged) => readonly Judged[] {
  const byUrn = new Map(stack.resources.map((resource) => [resource.urn, resource]));
  return ({ dependencies }) =>
    dependencies.flatMap((urn) => {
      const origin = byUrn.get(urn);
      return origin === undefined ? [] : [origin];
    });
}
