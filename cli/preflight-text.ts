import type { Area, Status } from "../preflight/check.ts";
import { bySeverity } from "../preflight/report/report.ts";
import type { PreflightReport } from "../preflight/report/schema.ts";
import type { Preflight, Row } from "../preflight/run.ts";
import { columns, leftAndRight, type Style } from "../review/terminal/layout.ts";
import { countOf } from "../review/terminal/words.ts";

/** A preflight for people: the answer first, then what was looked at by area, the worst first. */
export function preflightText(report: PreflightReport, style: Style, seconds: number): string {
  const { stacks, calls, cloud } = report;
  const asked = cloud === "none" ? "no credentials: the cloud was not asked" : `${countOf(calls, "call")}, only read`;
  const local = cloud === "local-cloud" ? ", local cloud" : "";
  const answers = stacks.flatMap((one, index) => [
    leftAndRight(
      style.bold(answer(one, cloud)),
      index === 0 ? style.dim(`${asked}${local}, ${seconds.toFixed(1)} s`) : "",
      style.width,
    ),
    ...failed(one, style),
  ]);
  const [first, ...others] = stacks;
  if (first === undefined || others.length === 0) {
    return `${[answers.join("\n"), ...stacks.map(({ rows }) => rowsText(rows, style))].join("\n\n")}\n`;
  }
  // This machine and its credentials are the same for all: said once.
  const said = others.map(({ rows }) => new Set(rows.map((row) => JSON.stringify(row))));
  const same = first.rows.filter((row) => said.every((rows) => rows.has(JSON.stringify(row))));
  const once = new Set(same.map((row) => JSON.stringify(row)));
  const blocks = [
    ...(same.length === 0 ? [] : [`${style.bold("=== every stack ===")}\n${rowsText(same, style)}`]),
    ...stacks.map(({ stack, region, rows }) => {
      const own = rows.filter((row) => !once.has(JSON.stringify(row)));
      return `${style.bold(`=== ${stack}, ${region} ===`)}\n${rowsText(own, style)}`;
    }),
  ];
  return `${[answers.join("\n"), ...blocks].join("\n\n")}\n`;
}

/** Whether to deploy, and what else there is. */
function answer({ stack, counts }: Preflight, cloud: PreflightReport["cloud"]): string {
  const { fail, warning } = counts;
  const unknown = counts["not-checked"];
  const rest = [
    ...(warning > 0 ? [countOf(warning, "warning")] : []),
    ...(unknown > 0 ? [`${unknown} not checked`] : []),
  ].join(", ");
  if (fail > 0) return `${stack}: do not deploy, ${countOf(fail, "check")} failed${rest === "" ? "" : `; ${rest}`}`;
  if (cloud === "none") return `${stack}: nothing is wrong here, and the cloud is not known; ${rest}`;
  return `${stack}: nothing stands in the way of a deployment${rest === "" ? "" : `; ${rest}`}`;
}

/** Which, so that nobody has to look for them. */
function failed({ rows }: Preflight, { width, warn }: Style): readonly string[] {
  const titles = new Set(rows.filter(({ status }) => status === "fail").map(({ title }) => title));
  return titles.size === 0 ? [] : [columns([[warn("failed"), [...titles].join(", ")]], ["left", "left"], width)];
}

function rowsText(rows: readonly Row[], style: Style): string {
  const areas = [...Map.groupBy(rows, ({ area }) => area)].map(([area, of]) => [area, worstFirst(folded(of))] as const);
  const width = Math.max(0, ...areas.flatMap(([, lines]) => lines.map(({ title }) => title.length)));
  return areas.map(([area, lines]) => areaText(area, lines, width, style)).join("\n");
}

/** @param titles columns that titles take in all areas, so that they stand below each other */
function areaText(area: Area, lines: readonly Line[], titles: number, style: Style): string {
  // Indent and two gaps; on a narrow terminal the text goes below, and has more than that.
  const room = Math.max(narrowest, style.width - statusWidth - titles - 6);
  const rows = lines.map(({ status, title, on, text, next }) => {
    const said = broken(on === undefined ? text : `${on}: ${text}`, room);
    const todo = next === undefined ? "" : `\n${broken(`-> ${next}`, room)}`;
    return [word(status, style), title.padEnd(titles), `${said}${todo}`];
  });
  return `${style.bold(area)}\n${columns(rows, ["left", "left", "left"], style.width)}`;
}

const narrowest = 24;

/** Words that are wider than their column in pieces: a table cuts them off, and a path is evidence. */
function broken(text: string, room: number): string {
  return text.replace(/\S+/g, (word) => word.match(new RegExp(`.{1,${room}}`, "gu"))?.join("\n") ?? word);
}

function worstFirst(lines: readonly Line[]): readonly Line[] {
  return lines.toSorted((a, b) => bySeverity.indexOf(a.status) - bySeverity.indexOf(b.status));
}

function word(status: Status, { bold, dim, warn }: Style): string {
  const text = (status === "fail" ? "FAIL" : status.replace("-", " ")).padEnd(statusWidth);
  if (status === "fail") return bold(warn(text));
  if (status === "warning") return warn(text);
  return status === "ok" ? text : dim(text);
}

const statusWidth = "not checked".length;

type Line = Pick<Row, "status" | "title" | "on" | "text" | "next">;

/** What could not be looked at for one and the same reason is one row. */
function folded(rows: readonly Row[]): readonly Line[] {
  const alike = Map.groupBy(rows, ({ status, text, next }, index) =>
    status === "not-checked" ? JSON.stringify([text, next]) : index,
  );
  return [...alike.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined || same.length === 1) return same;
    const { on: _, ...shared } = first;
    const titles = [...new Set(same.map(({ title }) => title))].join(", ");
    const about = [...new Set(same.map(({ on }) => on).filter((on) => on !== undefined))].join(", ");
    return [
      {
        ...shared,
        title: countOf(same.length, "check"),
        text: `${titles}${about === "" ? "" : ` (${about})`}: ${first.text}`,
      },
    ];
  });
}
