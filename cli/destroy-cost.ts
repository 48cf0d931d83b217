import type { Settings } from "../components/config.ts";
import { grouped } from "../cost/amount.ts";
import type { State } from "../deploy/state.ts";
import type { Plan, PlannedResource } from "../plan/plan.ts";
import { reviewCost } from "../review/cost.ts";
import { plainValues } from "../review/preview/plain-value.ts";

/** What a state holds, as a plan: what runs, whatever the stack file says by now. */
export function planOfState(project: string, stack: string, state: State): Plan {
  const resources = state.resources.map(({ urn, type, custom, external, id, parent, inputs }): PlannedResource => {
    return {
      ...{ urn, type, name: urn.split("::").at(-1) ?? "", custom: custom === true },
      ...(parent === undefined ? {} : { parent }),
      ...(external === true ? { read: id ?? "" } : {}),
      ...{ inputs: plainValues(inputs ?? {}), options: {} },
    };
  });
  return { project, stack, resources: resources.toSorted((a, b) => (a.urn < b.urn ? -1 : 1)), outputs: {} };
}

/** What stops being billed, a month of it, in words. @param today yyyy-mm-dd */
export function stopsText(plan: Plan, settings: Settings, today: string): string {
  const { sum, currency, unpricedLines, list, sizeOnly } = reviewCost({ plan, settings, today });
  const atLeast = unpricedLines > 0 ? ", at least: some things have no price" : "";
  const whose = sizeOnly
    ? `${list} list, which only shows the size here`
    : `${list} list, from this project's catalogue`;
  return `${grouped(sum.perMonth)} ${currency} a month${atLeast} (${whose}); what was used until now is still billed`;
}
