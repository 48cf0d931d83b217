import type { ExplainContext } from "./explain-types.ts";
import type { Group, Words, WordsFor } from "./explain-words-base.ts";
import { cloudWords } from "./explain-words-cloud.ts";
import { localWords } from "./explain-words-local.ts";

const words: Readonly<Record<Group["cause"], WordsFor>> = { ...cloudWords, ...localWords };

/** What happened, why, and what to do, for a cause. */
export function wordsFor(group: Group, context: ExplainContext): Words {
  return words[group.cause](group, context);
}
