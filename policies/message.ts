import { acceptanceToPaste } from "./accept.ts";
import type { Undecided, Violation } from "./judge.ts";
import { ownRules } from "./own-rules.ts";
import type { RuleFacts } from "./rule.ts";

/** A violation in the engine's output: what, where, what is wanted, what to do, who says so, and how to accept it. */
export function messageOf({ rule, resource, path, found, wanted, accepted }: Violation, today: string): string {
  const place = path === "" ? "" : `${path}: `;
  const says = `${place}found ${found}; wanted ${wanted}.`;
  if (accepted !== undefined) {
    const { why, by, until } = accepted;
    return `${rule.title}. ${says}\nAccepted until ${until} by ${by}: ${why}`;
  }
  return [
    `${rule.title}. ${says}`,
    `Fix: ${rule.fix}`,
    `Source: ${sourceOf(rule)}`,
    ...(ownRules.includes(rule) ? [] : [`To accept: ${acceptanceToPaste(rule.id, resource.name, today)}`]),
  ].join("\n");
}

/** What a rule could not decide, in the engine's output. */
export function undecidedMessage({ rule, path }: Pick<Undecided, "rule" | "path">): string {
  return `${rule.title}. ${path}: not known before the deployment; decided then.`;
}

/** GB/T 22239-2019 8.1.4.7; checkov:CKV_ALI_7, cis:4.1 */
export function sourceOf({ clause, tags }: RuleFacts): string {
  const own = `${clause.version.startsWith("GB/T") ? clause.version : `${clause.name} (${clause.version})`} ${clause.reference}`;
  return tags.length === 0 ? own : `${own}; ${tags.join(", ")}`;
}
