import { rmSync } from "node:fs";
import { join } from "node:path";
import { project } from "../../components/config/load.ts";
import { secondText } from "../../sandbox/core/clock.ts";
import { homeOf } from "../../sandbox/home.ts";
import { billed, type Item } from "../../sandbox/inventory.ts";
import { table, write } from "../terminal.ts";
import { withSession } from "./with-session.ts";

type Format = "terminal" | "json";

/** What exists, by region, and what it would cost by the China-site list. */
export async function statusCommand({ format }: { readonly format: Format }): Promise<void> {
  const items = await withSession((session) => session.ask({ ask: "inventory" }));
  await write(format === "json" ? `${JSON.stringify(items, null, 2)}\n` : statusText(items));
}

function statusText(items: readonly Item[]): string {
  if (items.length === 0) return "The sandbox is empty: nothing exists, nothing is billed.\n";
  const regions = [...new Set(items.map((item) => item.region))].sort();
  const tables = regions.map((region) => {
    const rows = items
      .filter((item) => item.region === region)
      .map((item) => [item.kind, shortName(item), item.id, item.status, paid(item)]);
    const head = ["what", "name", "id", "status", "CNY"];
    return `${region === "" ? "in every region" : region}\n${table(head, rows)}`;
  });
  return `${tables.join("\n")}\n${items.length} things, ${billed(items).length} of them billed while they exist. Prices: docs/prices.md\n`;
}

/** Physical names begin with project and stack (docs/design.md): in a table the rest says enough. */
function shortName({ name }: Item): string {
  return name.startsWith(`${project}-`) ? name.slice(project.length + 1) : name;
}

/** Why there is no price stands in docs/prices.md, once. */
function paid(item: Item): string {
  if (item.pay === "free") return "";
  const how = item.pay === "pay-as-you-go" ? "" : `, ${item.pay}`;
  if (item.perHour !== undefined) return `${item.perHour} an hour${how}`;
  if (item.perMonth !== undefined) return `${item.perMonth} a month${how}`;
  return `no price${how}`;
}

/** The calls that were made, newest last. */
export async function callsCommand({
  most,
  format,
}: {
  readonly most: number;
  readonly format: Format;
}): Promise<void> {
  const calls = await withSession((session) => session.ask({ ask: "calls", most: Math.max(1, most) }));
  const rows = calls.map((call) => [
    secondText(call.at),
    call.product,
    call.action,
    call.region,
    call.outcome,
    `${call.ms.toFixed(1)} ms`,
  ]);
  const head = ["cloud time", "product", "action", "region", "outcome", ""];
  await write(format === "json" ? `${JSON.stringify(calls, null, 2)}\n` : table(head, rows) || "no calls yet\n");
}

/** Empties cloud and state together: one without the other would be a mess of leftovers. */
export async function resetCommand(): Promise<void> {
  const home = homeOf();
  await withSession((session) => session.ask({ ask: "reset" }));
  for (const path of [home.backend, home.temporary, join(home.folder, "work")])
    rmSync(path, { recursive: true, force: true });
  process.stdout.write("the sandbox is empty\n");
}
