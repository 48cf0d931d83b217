import type { HazardRule } from "./rule.ts";
import { hazardRules } from "./rules.ts";

/** docs/hazards.md, from the hazards themselves. */
export function hazardsPage(): string {
  const byId = (severity: string) => hazardRules.filter((rule) => rule.severity === severity);
  return [
    introduction(),
    table(
      ["hazard", "what", "usual severity"],
      [...byId("high"), ...byId("medium"), ...byId("low")].map(({ id, title, severity }) => [
        `[${id}](#${id})`,
        title,
        severity,
      ]),
    ),
    accepting,
    ...hazardRules.map(section),
    "",
  ].join("\n\n");
}

function introduction(): string {
  return `<!-- Made by npm run generate from review/hazards/. -->
# Hazards of a change

${hazardRules.length} things that a change to a stack can do on Alibaba Cloud and that a diff alone does not say: \`update\` may mean a reboot,
a wiped disk, or nothing at all; \`delete\` may leave a bill behind. They are concluded from the changes of each resource, for
this and any other Pulumi program; the stack file and the whole plan only make them more exact.

What is unknown before the deployment, or secret, is never read as a change: a hazard that hangs on it alone is not told. What runs
is not asked: somebody's change in the console is in no plan.`;
}

const accepting = `A hazard of severity high fails the review unless the stack file accepts it:

\`\`\`yaml
china:accept:
  - { what: system-disk-wiped, on: workers, why: "...", by: "...", until: 2027-02-23 }
\`\`\`

\`on\` is a component (everything in it), a host (\`workers-03\`, and its parts) or a resource. Each hazard prints the entry to
paste. What is accepted is shown all the same, until its last day. An entry that has ended accepts nothing and is told; so is one
that nothing needs, and one whose hazard does not exist.`;

function section({ id, title, severity, what, when, advice, source, acceptedAlsoBy }: HazardRule): string {
  const doubt = source.confidence === undefined ? "" : `, ${source.confidence}`;
  return [
    `### ${id}`,
    `**${title}.** ${what}`,
    `When: ${when}.`,
    `What to do: ${advice}.`,
    `Severity: ${severity}, unless said otherwise above.${also(acceptedAlsoBy)}`,
    `Read in: ${source.source}, ${source.observedAt}${doubt}.`,
  ].join("\n\n");
}

function also(ids: readonly string[] = []): string {
  return ids.length === 0 ? "" : ` Accepted by an entry for ${ids.map((id) => `\`${id}\``).join(", ")} too.`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
