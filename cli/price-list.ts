import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { amount, minus, ratio, rounded } from "../cost/amount.ts";
import { catalogueBook } from "../cost/catalogue.ts";
import { cacheFile, type Kept, readCache } from "../cost/live/cache.ts";
import { figureKey } from "../cost/live/figure.ts";
import { termText } from "../cost/pay.ts";
import { billableItems } from "../cost/price.ts";
import { type Wanted, wantedPrices } from "../cost/wanted.ts";
import { Failed } from "../deploy/errors.ts";
import { loadStack } from "../review/load.ts";
import { columns } from "../review/terminal/layout.ts";
import { type Asker, askPrices } from "./prices.ts";
import { checkKnown, knownStacks } from "./review.ts";
import { terminalStyle, write } from "./terminal.ts";

export interface RefreshOptions {
  readonly sandbox?: boolean;
}

/**
 * Asks for today's list prices, keeps them and shows them beside the catalogue's.
 *
 * @throws BadInput without credentials; Failed when no price at all was told
 */
export async function refreshCommand(names: readonly string[], { sandbox = false }: RefreshOptions): Promise<void> {
  const stacks = names.length > 0 ? names : knownStacks();
  for (const stack of stacks) checkKnown(stack);
  const today = new Date().toISOString().slice(0, 10);
  for (const stack of stacks) {
    const { plan, settings } = await loadStack(stack);
    const items = billableItems(plan, settings.region);
    const local = sandbox ? await localCloud(settings) : undefined;
    try {
      const { calls, book, figures } = await askPrices("live", items, settings, {
        anew: true,
        today,
        ...local?.options,
      });
      const rows = rowsOf(wantedPrices(items), figures, settings.account.site, today);
      const notes = book.notes.map((note) => `  ! ${note}\n`).join("");
      await write(`${stack}: ${calls} calls\n${tableOf(rows)}\n${notes}\n`);
      if (figures.size === 0) throw new Failed(`${stack}: no price was told`);
    } finally {
      await local?.close();
    }
  }
}

/** The local cloud: what it says is the catalogue's, so it shows how all of this works and nothing of today. */
async function localCloud({ region, account: { site, id } }: Asker) {
  const [{ clientEnvironment }, { homeOf }, { accessOf, openSession }] = await Promise.all([
    import("../sandbox/environment.ts"),
    import("../sandbox/home.ts"),
    import("../sandbox/session.ts"),
  ]);
  const home = homeOf();
  const session = await openSession(home);
  const environment = clientEnvironment(await accessOf(session, site, id));
  const cloud = { environment, authority: readFileSync(session.authority, "utf8") };
  const cache = join(localFolder(home.folder), `${site}-${region}.json`);
  return { options: { cloud, cache }, close: () => session.close() };
}

/** Beside its database: prices of the local cloud are nobody's list. */
function localFolder(home: string): string {
  return join(home, "prices");
}

/** item, way of paying, catalogue, live, drift, day. */
function rowsOf(
  wanted: readonly Wanted[],
  figures: ReadonlyMap<string, Omit<Kept, "at"> & { readonly at?: string }>,
  site: "china" | "international",
  today: string,
): string[][] {
  const catalogue = catalogueBook(site);
  const seen = new Set<string>();
  return wanted.flatMap(({ item, pay }) => {
    const key = figureKey(item, pay);
    if (seen.has(key)) return [];
    seen.add(key);
    const figure = figures.get(key);
    const listed = catalogue.quote(item, pay);
    if (figure === undefined && listed.state !== "priced") return [];
    const decimals = pay.kind === "subscription" ? 2 : 4;
    const now = figure === undefined ? undefined : amount(figure.list);
    const then =
      listed.state === "priced" && (figure?.currency ?? catalogue.currency) === catalogue.currency
        ? listed.amount
        : undefined;
    const drift = now && then && ratio(minus(now, then), then);
    const size = item.unit === "GiB" ? `${item.quantity} GiB ${item.level ?? item.what}` : item.what;
    return [
      [
        size,
        pay.kind === "subscription" ? termText(pay.term) : "an hour",
        then === undefined ? "-" : rounded(then, decimals),
        now === undefined ? "not told" : rounded(now, decimals),
        drift === undefined ? "" : `${drift.times(100).toFixed(1)} %`,
        figure === undefined ? "" : (figure.at?.slice(0, 10) ?? today),
        figure === undefined ? "" : `${figure.source}, ${figure.currency}`,
      ],
    ];
  });
}

function tableOf(rows: readonly string[][]): string {
  return columns(
    [["item", "for", "catalogue", "live", "drift", "told on", "told by"], ...rows],
    ["left", "left", "right", "right", "right", "left", "left"],
    terminalStyle().width,
  );
}

/** Prints what the cache has, file by file. */
export async function showCommand({ sandbox = false }: RefreshOptions): Promise<void> {
  const folder = sandbox
    ? localFolder((await import("../sandbox/home.ts")).homeOf().folder)
    : dirname(cacheFile({ site: "china", region: "cn-shanghai" }));
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".json")).sort();
  if (files.length === 0) {
    await write("no price is kept: npm run prices -- refresh asks for them\n");
    return;
  }
  for (const name of files) {
    const { prices, note } = await readCache(join(folder, name));
    const rows = [...prices].map(([key, price]) => [
      inWords(key),
      price.list,
      price.currency,
      price.at.slice(0, 16),
      price.source,
    ]);
    const head = [["item", "price", "", "told", "by"]];
    const table = columns([...head, ...rows], ["left", "right", "left", "left", "left"], terminalStyle().width);
    await write(`${name.replace(/\.json$/, "")}${note === undefined ? "" : `: ${note}`}\n${table}\n\n`);
  }
}

/** A key of the cache for people; the file may be anybody's, so what is no key is not shown. */
function inWords(key: string): string {
  try {
    const parts: unknown = JSON.parse(key);
    if (!Array.isArray(parts)) return "?";
    const [, , what, quantity, level, , pay] = parts as readonly unknown[];
    const term = typeof pay === "object" && pay !== null ? Object.values(pay).toReversed().join(" ") : String(pay);
    const words = `${Number(quantity) > 1 ? `${Number(quantity)} ` : ""}${String(what)} ${String(level)}, ${term}`;
    return /^[\w.,: -]{1,120}$/.test(words) ? words.replace(" ,", ",") : "?";
  } catch {
    return "?";
  }
}
