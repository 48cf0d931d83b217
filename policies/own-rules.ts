import { practice } from "./clauses.ts";
import type { RuleFacts } from "./rule.ts";

const own = {
  severity: "high",
  tags: [],
  source: {
    source: "this project: an exemption or a setting that means nothing must not pass for one",
    observedAt: "2026-11-25",
  },
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: {},
} as const;

/** The configuration itself: what it says must mean something. */
export const settingsRule: RuleFacts = {
  ...own,
  id: "cn-settings",
  title: "The rules' settings",
  description:
    "The settings of the rules are understood: no unknown key, no unknown rule, no region outside the mainland. A misspelt setting would silently be none.",
  clause: practice("settings", "settings that mean something"),
  fix: "correct china:policies in the stack file; in another program the configuration of cn-settings (docs/policies.md)",
};

/** The list of exemptions. */
export const acceptRule: RuleFacts = {
  ...own,
  id: "cn-accept",
  title: "What is accepted",
  description:
    "Every entry of the accept list names a rule, is in force, and accepts something. One that has ended or that nothing needs any more is a hole that somebody forgot.",
  clause: practice("accept", "exemptions with a reason, a name and an end"),
  fix: "remove the entry from china:accept in the stack file, or give it a later day and its reason; in another program the accept list of cn-settings",
};

/** Judged beside the catalogue's rules; nothing can accept them. */
export const ownRules: readonly RuleFacts[] = [settingsRule, acceptRule];
