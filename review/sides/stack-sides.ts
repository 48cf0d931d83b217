import { loadStackFile } from "../../components/config/load.ts";
import { ConfigError } from "../../components/config.ts";
import type { StackSide } from "../pull-request/compose.ts";
import type { Checkout } from "./checkout.ts";
import { plansOf } from "./plan-of.ts";

/**
 * Stacks of a checkout as one side of a change: plans by the checkout's own code, stack files by this code, so that what judges
 * them was not written by the change.
 */
export async function sidesOf(
  checkout: Pick<Checkout, "folder">,
  stacks: readonly string[],
): Promise<ReadonlyMap<string, StackSide>> {
  const plans = await plansOf(checkout, stacks);
  const sides = stacks.map(async (stack): Promise<readonly [string, StackSide]> => {
    const recorded = plans[stack];
    if (recorded === undefined || !recorded.ok) return [stack, { ok: false, why: recorded?.why ?? "no plan" }];
    try {
      const { file, settings } = await loadStackFile(stack, undefined, checkout.folder);
      return [stack, { ok: true, file, plan: recorded.plan, settings }];
    } catch (error) {
      if (error instanceof ConfigError) return [stack, { ok: false, why: error.message }];
      throw error;
    }
  });
  return new Map(await Promise.all(sides));
}
