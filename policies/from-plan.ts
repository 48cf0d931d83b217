import type { Plan } from "../plan/plan.ts";
import type { Resource } from "./rule.ts";

/** The resources of a recorded plan as the rules see them. */
export function resourcesOf(plan: Plan): readonly Resource[] {
  const inputs = new Map(plan.resources.map(({ urn, inputs: values }) => [urn, values]));
  return (
    plan.resources
      // What is only read is not judged by the engine either.
      .filter(({ read }) => read === undefined)
      .map(({ urn, type, name, inputs: values, parent, provider, options }) => {
        const providerValues = provider === undefined ? undefined : inputs.get(provider);
        return {
          urn,
          type,
          name,
          values,
          protect: options.protect === true,
          ...(parent === undefined ? {} : { parent }),
          ...(provider === undefined || providerValues === undefined
            ? {}
            : { provider: { urn: provider, values: providerValues } }),
          dependencies: options.dependsOn ?? [],
        };
      })
  );
}
