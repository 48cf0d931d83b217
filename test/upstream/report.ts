import type { Outcome } from "./outcome.ts";
import { knownReasons, type Resource, wanted } from "./resources.ts";

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
  return outcomes.filter(({ passed }) => passed).length;
}

function reasonOf({ test, reason }: Outcome): string {
  return knownReasons[test] ?? reason;
}

/** For a terminal. */
export function tableText(results: readonly Result[]): string {
  const width = Math.max(...results.map(({ resource }) => resource.name.length));
  const lines = [`${"resource".padEnd(width)}  passed  failed`];
  for (const { resource, outcomes } of results) {
    const passed = passedOf(outcomes);
    const numbers = `${String(passed).padStart(6)}  ${String(outcomes.length - passed).padStart(6)}`;
    lines.push(`${resource.name.padEnd(width)}  ${numbers}${resource.counts ? "" : "   not counted below"}`);
  }
  for (const { outcomes } of results) {
    for (const outcome of outcomes) {
      if (!outcome.passed) lines.push(`failed: ${outcome.test}: ${reasonOf(outcome)}`);
    }
  }
  lines.push(`total: ${percentage(results).toFixed(1)} %, wanted: ${wanted} %`);
  return `${lines.join("\n")}\n`;
}

/** For docs/upstream.md. */
export function markdown(results: readonly Result[], figures: Figures): string {
  const { version, build, seconds, jobs, date } = figures;
  const rows = results.map(({ resource, outcomes }) => {
    const cpu = outcomes.reduce((sum, outcome) => sum + outcome.seconds, 0);
    const name = resource.counts ? resource.name : `${resource.name} (not counted)`;
    return `| ${name} | ${outcomes.length} | ${passedOf(outcomes)} | ${(cpu / 60).toFixed(1)} min |`;
  });
  const failed = results
    .flatMap(({ outcomes }) => outcomes)
    .filter(({ passed }) => !passed)
    .map((outcome) => `| ${outcome.test} | ${reasonOf(outcome).replaceAll("|", "\\|")} |`);
  return [
    `Measured ${date}, terraform-provider-alicloud ${version}, ${jobs} tests at a time: ` +
      `**${percentage(results).toFixed(1)} %** of the counted tests pass.`,
    `Building took ${build.seconds} s (${(build.bytes / 1e6).toFixed(0)} MB), running ${Math.round(seconds)} s.`,
    "",
    "| resource | tests | passed | their time together |",
    "|---|---|---|---|",
    ...rows,
    "",
    ...(failed.length === 0 ? ["None failed."] : ["| failed | why |", "|---|---|", ...failed]),
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
