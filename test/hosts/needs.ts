import { describe } from "vitest";
import { cannotBoot } from "../../sandbox/boot/needs.ts";

/** Tests on hosts that boot. Skipped with the reason in their name where they cannot, but never in CI. */
export function describeHosts(name: string, tests: () => void): void {
  const why = cannotBoot();
  if (why !== undefined && process.env["CI"] !== undefined) throw new Error(why);
  if (why === undefined) describe(name, tests);
  else describe.skip(`${name}: skipped, ${why}`, tests);
}
