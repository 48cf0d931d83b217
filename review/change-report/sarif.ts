import { createHash } from "node:crypto";
import type { Path } from "../../components/config/mistakes.ts";
import type { Hazard } from "../hazards/hazard.ts";
import { partsOf } from "../pull-request/parts.ts";
import type { ChangeReview, ReviewedChange } from "../pull-request/pull-request.ts";
import type { StackReview } from "../review.ts";
import { type Lines, settingAt, settingOfBudget, settingOfHazard } from "./lines.ts";
import { escapesInJson, oneLine, short } from "./text.ts";

type Violation = StackReview["policies"]["violations"][number];
type Finding = StackReview["cost"]["budget"][number];
type Level = "error" | "warning" | "note";

/** One finding, before it is written as SARIF has it. */
interface Result {
  readonly rule: { readonly id: string; readonly title: string; readonly level: Level; readonly help?: string };
  readonly level: Level;
  readonly text: string;
  readonly stack: ReviewedChange;
  readonly setting: Path;
  /** What makes it this one, whatever its text says later. */
  readonly identity: readonly string[];
  readonly accepted?: { readonly why: string; readonly by: string; readonly until: string } | undefined;
}

/**
 * Findings as SARIF 2.1.0 (OASIS, docs.oasis-open.org/sarif/sarif/v2.1.0), for the code views of forges: rules, hazards and
 * budgets, each at its line in the stack file; what is accepted is suppressed and stays visible.
 *
 * @param lines where settings stand in the stack files; without it everything is at line 1
 */
export function changeSarif(review: ChangeReview, lines: Lines = () => undefined): string {
  const results = review.stacks.flatMap(resultsOf);
  const rules = [...new Map(results.map(({ rule }) => [rule.id, rule])).values()].toSorted((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  const places = new Map(rules.map(({ id }, index) => [id, index]));
  const { commit } = review.after;
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "china-review",
            rules: rules.map(({ id, title, level, help }) => ({
              id: plain(id, 200),
              shortDescription: { text: message(title) },
              defaultConfiguration: { level },
              ...(help === undefined ? {} : { help: { text: message(help) } }),
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        ...(commit === undefined ? {} : { properties: { commit: plain(commit, 64) } }),
        results: results.map((result) => resultObject(result, places.get(result.rule.id) ?? 0, lines)),
      },
    ],
  };
  return `${escapesInJson(JSON.stringify(log, null, 2))}\n`;
}

function resultsOf(stack: ReviewedChange): Result[] {
  const { state, why, hazards } = stack;
  const { policies, cost } = partsOf(stack);
  const unreadable: Result[] =
    state !== "unreadable"
      ? []
      : [
          {
            rule: { id: "unreadable", title: "A stack that cannot be read", level: "error" },
            level: "error",
            text: why ?? "no reason is given",
            stack,
            setting: [],
            identity: [],
          },
        ];
  return [
    ...unreadable,
    ...(policies?.violations ?? []).map((one) => ofRule(one, stack)),
    ...hazards.map((one) => ofHazard(one, stack)),
    ...(cost?.budget ?? []).map((one) => ofBudget(one, stack)),
  ];
}

function ofRule(violation: Violation, stack: ReviewedChange): Result {
  const { rule, title, fix, source, level, severity, name, path, found, wanted, urn, accepted } = violation;
  const grave = severity === "high" || severity === "critical";
  const own: Level = level === "mandatory" ? "error" : grave ? "warning" : "note";
  return {
    rule: { id: rule, title, level: own, help: `${fix} (${source})` },
    level: own,
    text: `${name}${path === "" ? "" : ` ${path}`}: ${found}; wanted ${wanted}. Fix: ${fix}`,
    stack,
    setting: settingAt(stack, urn, path),
    identity: [urn, path],
    accepted,
  };
}

const levelOf: Readonly<Record<Hazard["severity"], Level>> = { high: "error", medium: "warning", low: "note" };

function ofHazard(hazard: Hazard, stack: ReviewedChange): Result {
  const { id, title, severity, text, advice, evidence, source, resources, accepted } = hazard;
  const level = levelOf[severity];
  return {
    rule: { id, title, level, help: `${advice} (${source.source}, ${source.observedAt})` },
    level,
    text: `${text}. Because: ${evidence.slice(0, 3).join("; ")}. ${advice}`,
    stack,
    setting: settingOfHazard(stack, hazard),
    identity: [...resources],
    accepted,
  };
}

function ofBudget({ what, verdict, text, accepted }: Finding, stack: ReviewedChange): Result {
  const level = verdict === "over" ? "error" : "note";
  return {
    rule: { id: what, title: "A limit of the budget", level: "error" },
    level,
    text,
    stack,
    setting: settingOfBudget(what),
    identity: [],
    accepted,
  };
}

function resultObject(
  { rule, level, text, stack, setting, identity, accepted }: Result,
  ruleIndex: number,
  lines: Lines,
) {
  const file = stack.review?.file ?? `Pulumi.${stack.stack}.yaml`;
  return {
    ruleId: plain(rule.id, 200),
    ruleIndex,
    level,
    message: { text: message(text) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file), uriBaseId: "%SRCROOT%" },
          region: { startLine: Math.max(1, lines(stack.stack, setting) ?? 1) },
        },
      },
    ],
    partialFingerprints: { "chinaReview/v1": fingerprint([stack.stack, rule.id, ...identity]) },
    ...(accepted === undefined
      ? {}
      : {
          suppressions: [
            {
              kind: "external",
              justification: message(`${accepted.why} (by ${accepted.by}, until ${accepted.until})`),
            },
          ],
        }),
  };
}

function fingerprint(identity: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(identity)).digest("hex").slice(0, 32);
}

function plain(text: string, most: number): string {
  return short(oneLine(text), most);
}

/** A message may hold links, [text](target), and places to fill in, {0}: brackets are escaped and braces doubled (3.11.5, 3.11.6). */
function message(text: string): string {
  return plain(text, 1500)
    .replace(/[\\[\]]/g, (one) => `\\${one}`)
    .replace(/[{}]/g, (one) => one + one);
}

/** A path below the top of the repository, with nothing in it that is more than a name. */
function uriOf(file: string): string {
  return file.toWellFormed().split("/").map(encodeURIComponent).join("/");
}
