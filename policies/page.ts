import { z } from "zod";
import { policies } from "../components/config/schema-policies.ts";
import { sourceOf } from "./message.ts";
import { ownRules } from "./own-rules.ts";
import { profiles } from "./profiles.ts";
import { isStackRule, type Profile, type Rule, type RuleFacts } from "./rule.ts";
import { rules } from "./rules.ts";

/** docs/policies.md, from the rules themselves. */
export function policiesPage(): string {
  return [
    introduction,
    table(
      ["profile", "what it is", "mandatory", "advisory", "off", "asks people for"],
      Object.entries(profiles).map(([id, { description, asks }]) => [
        `\`${id}\``,
        description,
        ...(["mandatory", "advisory", "disabled"] as const).map((level) => String(countOf(id, level))),
        asks.length === 0 ? "what a rule asks for" : asks.join(", "),
      ]),
    ),
    usage,
    table(["setting of `china:policies`", "default", "what it does"], settingRows()),
    afterSettings,
    "## The rules",
    'Levels: M stops, A advises, - does not look. "in place": `remediate` can mend it without replacing anything.',
    table(
      ["rule", "demands", "severity", "baseline", "mlps-3", "in place"],
      rules.map((rule) => [
        `[${rule.id}](#${rule.id})`,
        rule.title,
        rule.severity,
        letter(rule.levels.baseline),
        letter(rule.levels["mlps-3"]),
        rule.remedy === undefined ? "" : `\`${rule.remedy.inWords}\``,
      ]),
    ),
    ...rules.map(section),
    "## Rules about the rules",
    "Always mandatory; nothing accepts them.",
    ...ownRules.map((rule) => `### ${rule.id}\n\n${rule.description}\n\nFix: ${rule.fix}.`),
    "",
  ].join("\n\n");
}

const introduction = `<!-- Made by npm run generate from policies/. -->
# The mainland rules

${rules.length} rules for Alibaba Cloud in mainland China: where resources and data are, what is open, what a secret must not be in, which
sources work there. \`npm run review\` judges a stack file by them in this process; the same rules are a Pulumi policy pack for
this and any other program. They say what they found. They never say "compliant": what only a person can say is shown as
attested, by whom and when, or as to attest.

## Profiles`;

const usage = `\`npm run review -- shanghai --profile mlps-3\` judges by another profile than the stack file's \`china:policies\`.

## With Pulumi

\`\`\`sh
pulumi preview --policy-pack policies                       # this project; absolute path from anywhere else
pulumi preview --policy-pack /path/to/this/clone/policies \\
  --policy-pack-config mainland.json                        # any other Pulumi program on Alibaba Cloud
pulumi stack export --file state.json                       # what runs
pulumi policy analyze --policy-pack /path/to/this/clone/policies --file state.json
\`\`\`

The clone needs \`npm ci\` once and Node 22.18 or newer on the PATH. For this project the pack reads \`china:policies\` and
\`china:accept\` of the stack. Another program gives the same settings as configuration of \`cn-settings\`, and levels as Pulumi
does for any pack:

\`\`\`json
{
  "cn-imdsv2": "advisory",
  "cn-settings": {
    "profile": "mlps-3",
    "regions": ["cn-shanghai"],
    "accept": [{ "what": "cn-flow-log", "on": "vpc", "why": "...", "by": "...", "until": "2027-02-28" }]
  }
}
\`\`\`

There \`remediate\` is a level of Pulumi's (\`"cn-imdsv2": "remediate"\`); under \`levels\` of \`cn-settings\` it counts as mandatory, since
the engine mends before the pack has read its settings. Pulumi passes over the name of a policy that does not exist.

A preview reports everything and fails; \`up\` stops at the first mandatory violation, with what was made before it still there:
preview first. Pulumi does not show to a pack what is only read (\`get\`), what data sources return, a refresh or a destroy.
A provider without \`region\` in its inputs (taken from the environment) is refused: set \`alicloud:region\`.

## Settings`;

const afterSettings = `## What is accepted

The stack file's \`china:accept\`, or \`accept\` of \`cn-settings\`: \`{ what, on, why, by, until }\`. \`on\` is a resource, a component
(everything in it) or a host (and its parts). Each violation prints the entry to paste. An entry that has ended, or that nothing
needs, is a violation itself (\`cn-accept\`). What is accepted is shown in every review, with reason, name and last day.

## What only a person can say

${Object.entries(policies.shape.attested.unwrap().shape)
  .map(([id, schema]) => `- \`${id}\`: ${schema.description ?? ""}`)
  .join("\n")}

Written as \`china:policies: { attested: { audit-trail: { by: "name", on: 2026-11-25, note: "trail all-events" } } }\`.`;

function section(rule: Rule): string {
  const { id, title, description, fix, source, reads } = rule;
  const types = Object.keys(reads).map((type) =>
    type === "*" ? "every resource" : `\`${type.replace("alicloud:", "")}\``,
  );
  const doubt = source.confidence === undefined ? "" : `, ${source.confidence}`;
  return [
    `### ${id}`,
    `**${title}.** ${description}`,
    `Fix: ${fix}.`,
    `Answers ${sourceOf(rule)} (${rule.clause.specification}). Read in: ${source.source}, ${source.observedAt}${doubt}.`,
    `Looks at ${types.join(", ")}${isStackRule(rule) ? "; judged together, after all is declared" : ""}.`,
  ].join("\n\n");
}

function settingRows(): string[][] {
  const { properties = {} } = z.toJSONSchema(policies, { io: "input" });
  return Object.entries(properties).flatMap(([key, schema]) => {
    if (typeof schema === "boolean") return [];
    const nested = schema.properties;
    if (nested === undefined || key === "attested")
      return [[`\`${key}\``, defaultOf(schema), schema.description ?? ""]];
    return Object.entries(nested).flatMap(([inner, one]) =>
      typeof one === "boolean" ? [] : [[`\`${key}.${inner}\``, defaultOf(one), one.description ?? ""]],
    );
  });
}

function defaultOf(schema: { readonly default?: unknown }): string {
  if (schema.default === undefined) return "";
  const text = JSON.stringify(schema.default);
  return text === "[]" || text === "{}"
    ? "none"
    : text
        .replaceAll('"', "")
        .replaceAll(",", ", ")
        .replace(/^\[|\]$/g, "");
}

function countOf(profile: string, level: Rule["levels"][Profile]): number {
  return rules.filter(({ levels }) => Object.entries(levels).some(([id, one]) => id === profile && one === level))
    .length;
}

function letter(level: RuleFacts["levels"][Profile]): string {
  return { mandatory: "M", advisory: "A", disabled: "-" }[level];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
