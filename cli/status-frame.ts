import type { Pay, StatusReport } from "../deploy/status/schema.ts";
import { columns, type Style } from "../review/terminal/layout.ts";

/** What a command of the local cloud is typed with. */
export function here(cloud: StatusReport["cloud"]): string {
  return cloud === "local-cloud" ? " --sandbox" : "";
}

/** A heading with its rows in columns; "" without rows. */
export function section(title: string, more: string, rows: readonly (readonly string[])[], style: Style): string {
  if (rows.length === 0) return "";
  const first = `${style.bold(title)}${more === "" ? "" : `  ${style.dim(more)}`}`;
  return `${first}\n${columns(rows, rows[0]?.map(() => "left") ?? [], style.width)}`;
}

/** 2026-11-25 17:40 */
export function minute(iso: string): string {
  return iso.slice(0, 16).replace("T", " ");
}

/** Terms end and bills begin by China's clock. */
export function dayInChina(iso: string): string {
  return new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** by the hour, spot, or until when and what then. */
export function payText({ kind, until, renews, every }: Pay): string {
  if (kind === "spot") return "spot";
  if (kind === "pay-as-you-go") return "by the hour";
  const then = renews === undefined ? "" : renews ? `, renews by ${every ?? "a term"}` : ", ends";
  return `paid until ${until === undefined ? "?" : dayInChina(until)}${then}`;
}
