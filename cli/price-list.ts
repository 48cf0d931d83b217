import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { amount, minus, ratio, rounded } from "../cost/amount.ts";
import { catalogueBook } from "../cost/catalogue.ts";
import { noKeys } from "../cost/live/ask.ts";
import { cacheFile, type Kept, readCache } from "../cost/live/cache.ts";
import { figureKey } from "../cost/live/figure.ts";
import { termText } from "../cost/pay.ts";
import { billableItems } from "../cost/price.ts";
import { type Wanted, wantedPrices } from "../cost/wanted.ts";
import { BadInput, Failed } from "../deploy/errors.ts";
import { loadStack } from "../review/load.ts";
import { columns } from "../review/terminal/layout.ts";
import { ask } from "./prices.ts";
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
  for (const stack of stacks) {
    const { plan, settings } = await loadStack(stack);
    const items = billableItems(plan, settings.region);
    const { region, account } = settings;
    const local = sandbox ? await localCloud(region, account) : undefined;
    try {
      const asked = await ask("live", items, settings, {
        anew: true,
        ...(local === undefined ? {} : { cloud: local.client }),
      });
      const notes = asked.book.notes;
      if (notes.some((note) => note.includes(noKeys))) throw new BadInput(waysToSign);
      const rows = rowsOf(wantedPrices(items), asked.figures, account.site);
      await write(
        `${stack}: ${asked.calls} calls\n${tableOf(rows)}\n${notes.map((note) => `  ! ${note}\n`).join("")}\n`,
      );
      if (asked.figures.size === 0) throw new Failed(`${stack}: no price was told`);
    } finally {
      await local?.close();
    }
  }
}

const waysToSign = `no credentials were found to ask for prices. Any of these does:
  ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET in the environment (and ALIBABA_CLOUD_SECURITY_TOKEN)
  ALIBABA_CLOUD_PROFILE=<profile of the aliyun CLI>
  a RAM role of the host this runs on, or OIDC in a pipeline (docs/ram.md, review)`;

async function localCloud(region: string, account: { site: "china" | "international"; id?: string | undefined }) {
  const { localCloud: open } = await import("./bill-cloud.ts");
  return await open(region, account);
}

/** item, way of paying, catalogue, live, drift, day. */
function rowsOf(
  wanted: readonly Wanted[],
  figures: ReadonlyMap<string, Omit<Kept, "at"> & { readonly at?: string }>,
  site: "china" | "international",
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
        figure === undefined ? "" : `${figure.source}, ${figure.currency}`,
      ],
    ];
  });
}

function tableOf(rows: readonly string[][]): string {
  return columns(
    [["item", "for", "catalogue", "today", "drift", "told by"], ...rows],
    ["left", "left", "right", "right", "right", "left"],
    terminalStyle().width,
  );
}

/** Prints what the cache has, file by file. */
export async function showCommand(): Promise<void> {
  const folder = dirname(cacheFile({ site: "china", region: "cn-shanghai" }));
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
    return `${typeof quantity === "number" && quantity > 1 ? `${quantity} ` : ""}${String(what)} ${String(level)}, ${term}`;
  } catch {
    return "?";
  }
}
