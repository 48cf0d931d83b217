import type { Rule } from "./rule.ts";
import { borderRules } from "./rules/border.ts";

/** Every rule, in the order of docs/policies.md. The one list: the engine's pack, the review and the tests read it. */
export const rules: readonly Rule[] = [...borderRules];
