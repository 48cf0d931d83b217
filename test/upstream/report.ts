import type { Outcome } from "./outcome.ts";
import { explained, type Resource, wanted } from "./resources.ts";

export interface Result {
  readonly resource: Resource;
  readonly outcomes: readonly Outcome[];
}

export interface Figures {
  readonly version: string;
  readonly build: { readonly seconds: number; readonly bytes: number };
  /** From the first test's start to the last one's end. */
  readonly seconds: number;
  readonly jobs: number;
  readonly date: string;
}

/** Share of the counted tests that passed, in per cent. */
export function percentage(results: readonly Result[]): number {
  const counted = results.filter(({ resource }) => resource.counts).flatMap(({ outcomes }) => outcomes);
  return counted.length === 0 ? 0 : (100 * passedOf(counted)) / counted.length;
}

function passedOf(outcomes: readonly Outcome[]): number {
  return countOf(outcomes, "passed");
}

function countOf(outcomes: readonly Outcome[], verdict: Outcome["verdict"]): number {
  return outcomes.filter((outcome) => outcome.verdict === verdict).length;
}

/** For a terminal. */
export function tableText(results: readonly Result[]): string {
  const width = Math.max(...results.map(({ resource }) => resource.name.length));
  const lines = [`${"resource".padEnd(width)}  passed  failed  skipped`];
  for (const { resource, outcomes } of results) {
    const [passed, failed, skipped] = verdicts.map((verdict) => countOf(outcomes, verdict));
    const numbers = `${pad(passed, 6)}  ${pad(failed, 6)}  ${pad(skipped, 7)}`;
    lines.push(`${resource.name.padEnd(width)}  ${numbers}${resource.counts ? "" : "  not counted below"}`);
  }
  for (const outcome of notPassed(results))
    lines.push(`${outcome.verdict} ${outcome.test}: ${explained(outcome.reason)}`);
  if (results.some(({ resource }) => resource.counts)) {
    lines.push(`total: ${percentage(results).toFixed(1)} %, wanted: ${wanted} %`);
  }
  return `${lines.join("\n")}\n`;
}

const verdicts = ["passed", "failed", "skipped"] as const;

function pad(count = 0, width: number): string {
  return String(count).padStart(width);
}

function notPassed(results: readonly Result[]): readonly Outcome[] {
  return results.flatMap(({ outcomes }) => outcomes).filter(({ verdict }) => verdict !== "passed");
}

/** For docs/upstream.md. */
export function markdown(results: readonly Result[], figures: Figures): string {
  const { version, build, seconds, jobs, date } = figures;
  const counted = results.filter(({ resource }) => resource.counts).flatMap(({ outcomes }) => outcomes);
  const rows = results.map(({ resource, outcomes }) => {
    const together = outcomes.reduce((sum, outcome) => sum + outcome.seconds, 0);
    const name = resource.counts ? `**${resource.name}**` : resource.name;
    const counts = verdicts.map((verdict) => countOf(outcomes, verdict)).join(" | ");
    return `| ${name} | ${outcomes.length} | ${counts} | ${(together / 60).toFixed(1)} min |`;
  });
  const others = notPassed(results).map(
    (outcome) => `| ${outcome.test} | ${outcome.verdict} | ${explained(outcome.reason).replaceAll("|", "\\|")} |`,
  );
  return [
    `Measured ${date}, terraform-provider-alicloud ${version}. Of the counted tests (bold) ${passedOf(counted)} of ` +
      `${counted.length} pass, **${percentage(results).toFixed(1)} %**. Building took ${build.seconds} s ` +
      `(${(build.bytes / 1e6).toFixed(0)} MB), running ${Math.round(seconds)} s, ${jobs} tests at a time.`,
    "",
    "| resource | tests | passed | failed | skipped by upstream | their time together |",
    "|---|---|---|---|---|---|",
    ...rows,
    "",
    ...(others.length === 0 ? ["All passed."] : ["| not passed | | why |", "|---|---|---|", ...others]),
  ].join("\n");
}

const begin = "<!-- written by npm run test:upstream -- --record -->";
const end = "<!-- end -->";

/** Puts the figures where they stand in the page. */
export function inPage(page: string, figures: string): string {
  const [head, rest] = [page.indexOf(begin), page.indexOf(end)];
  if (head === -1 || rest < head) throw new Error("docs/upstream.md has lost the marks between which figures stand");
  return `${page.slice(0, head + begin.length)}\n${figures}\n${page.slice(rest)}`;
}
