import { project } from "../components/config/load.ts";
import { nothing, plus, rounded, sum } from "../cost/amount.ts";
import { billedRun, compareBill } from "../cost/bill/compare.ts";
import { type BillingMonth, billingMonth, monthAt, partOf } from "../cost/bill/month.ts";
import { type Owner, ownerOf } from "../cost/bill/owner.ts";
import { readBill } from "../cost/bill/read.ts";
import { type Renewal, renewalsSoon } from "../cost/bill/renewals.ts";
import { type BillReport, reportOf } from "../cost/bill/report.ts";
import { type BudgetFinding, judgeBudget, overBudget } from "../cost/budget.ts";
import { catalogueBook } from "../cost/catalogue.ts";
import { estimateOf } from "../cost/estimate.ts";
import { monthOf } from "../cost/month.ts";
import { type PricedItem, priceItems } from "../cost/price.ts";
import { type PriceBook, quoteOf } from "../cost/quote.ts";
import { CloudRefusal } from "../deploy/cloud-client.ts";
import { BadInput } from "../deploy/errors.ts";
import { declaredInPlan } from "../deploy/leftovers.ts";
import { type LoadedStack, loadStack } from "../review/load.ts";
import { type BillCloud, localCloud, namesIn, readSubscriptions, realCloud, refused } from "./bill-cloud.ts";
import { checkKnown, knownStacks } from "./review.ts";
import { terminalStyle, write } from "./terminal.ts";

export interface BillOptions {
  readonly month: string;
  readonly format: "terminal" | "json" | "csv";
  readonly config?: string;
  readonly sandbox?: boolean;
}

/** Months of bills that the API has (DescribeInstanceBill, 209402). */
const monthsBack = 18;

/** Prints a month's bill against the review; exit code 1 when the budget of a month is passed. */
export async function billCommand(stack: string, options: BillOptions): Promise<void> {
  checkForm(options.month);
  if (options.config === undefined) checkKnown(stack);
  const loaded = await loadStack(stack, options.config);
  const { region, account } = loaded.settings;
  const cloud = options.sandbox === true ? await localCloud(region, account) : realCloud(region, account);
  try {
    const report = await reportFor(loaded, monthIn(options.month, cloud.now), cloud);
    await write(await rendered(report, options.format));
    if (overBudget(report.budget).length > 0) process.exitCode = 1;
  } finally {
    await cloud.close();
  }
}

function checkForm(name: string): void {
  if (billingMonth(name, 0) !== undefined) return;
  throw new BadInput(
    `--month ${name} is no month: write it as year and month, for example --month ${monthAt(Date.now())}`,
  );
}

function monthIn(name: string, now: number): BillingMonth {
  const month = billingMonth(name, now);
  if (month === undefined || month.begins > now) {
    throw new BadInput(`--month ${name} has not begun: it is ${monthAt(now)} in China now`);
  }
  const oldest = new Date(`${monthAt(now)}-01T00:00:00Z`);
  oldest.setUTCMonth(oldest.getUTCMonth() - monthsBack);
  const first = oldest.toISOString().slice(0, 7);
  if (name < first) throw new BadInput(`--month ${name} is too old: bills go back ${monthsBack} months, to ${first}`);
  return month;
}

async function reportFor(loaded: LoadedStack, billing: BillingMonth, cloud: BillCloud): Promise<BillReport> {
  const { settings, plan, stack } = loaded;
  const ask = (parameters: Readonly<Record<string, string | number | boolean>>) =>
    cloud.client.call("bss", "DescribeInstanceBill", parameters);
  const rows = await readBill(ask, billing.name).catch((error: unknown) =>
    refused(error, "bssapi:DescribeInstanceBill"),
  );
  const list = catalogueBook(settings.account.site);
  const currency = rows.find((row) => row.currency !== "")?.currency ?? (list.otherSite ? "USD" : list.currency);
  const book = currency === list.currency ? list : withoutPrices(list, currency);
  const whole = monthOf({ ...settings, cost: { ...settings.cost, hoursPerMonth: billing.hours } });
  const month = partOf(whole, billing);
  const items = priceItems(plan, settings.region, book, month);
  const names = namesInPlan(loaded);
  const owner: Owner = { project, stack, otherStacks: knownStacks().filter((other) => other !== stack) };
  const comparison = compareBill({ ...owner, rows, items, book, month, nameOf: (urn) => names.get(urn) });

  const shares = sum(items.flatMap(({ item, monthly }) => (item.pay.kind === "subscription" ? (monthly ?? []) : [])));
  const perMonth = rounded(plus(billedRun(comparison), shares), 2);
  const notes = [...cloud.delays(billing)];
  const renewals = await renewalsOf(cloud, settings.region, owner, notes);
  return reportOf({
    ...{ stack, month: billing, currency, comparison, notes },
    prices: `${list.name}, ${list.currency} of the China site`,
    budget: judged(loaded, currency, perMonth, estimateOf(items, plan, book, month), cloud.now),
    renewals: renewals.map((one) => ({ ...one, ...renewalPrice(one, items, names, book) })),
  });
}

/** Nothing is converted: a bill in another currency is listed, and compared with nothing. */
function withoutPrices(list: PriceBook, currency: string): PriceBook {
  const why = `the review's prices are ${list.currency}, the bill is ${currency}: nothing is converted`;
  return { ...list, quote: () => ({ state: "unknown", why }) };
}

function namesInPlan({ plan }: LoadedStack): ReadonlyMap<string, string> {
  return new Map(
    [...declaredInPlan(plan)].flatMap(([name, declared]) => declared.map(({ urn }) => [urn, name] as const)),
  );
}

/** The bill of a month beside the month's limit; the limits of a change say nothing of a bill. */
function judged(
  { settings }: LoadedStack,
  currency: string,
  perMonth: string,
  cost: ReturnType<typeof estimateOf>,
  now: number,
): readonly BudgetFinding[] {
  const { budget, accept } = settings;
  if (budget === undefined || budget.month === undefined) return [];
  const { currency: limits, month } = budget;
  const billed = { ...cost, currency: currency as typeof cost.currency, sizeOnly: false, unpricedLines: 0 };
  return judgeBudget(
    { currency: limits, month, noPrice: "ignore" },
    { ...billed, sum: { ...cost.sum, perMonth } },
    undefined,
    accept,
    new Date(now).toISOString().slice(0, 10),
  );
}

/** What the stack has paid ahead. Without the permission the bill is still a bill: a note says what is missing. */
async function renewalsOf(
  { client, now }: BillCloud,
  region: string,
  owner: Owner,
  notes: string[],
): Promise<readonly Renewal[]> {
  try {
    const all = await readSubscriptions(client);
    if (all.length === 0) return [];
    const names = await namesIn(client, region);
    const known = all.flatMap((one) => {
      const named = names.get(one.id);
      return named !== undefined && ownerOf(named, owner) === "this" ? [{ ...one, name: named.name }] : [];
    });
    return renewalsSoon(known, now);
  } catch (error) {
    if (!(error instanceof CloudRefusal)) throw error;
    notes.push(
      `what renews itself is not known: ${error.action} was refused (${error.code}). RAM actions: ` +
        "bssapi:QueryAvailableInstances, ecs:DescribeInstances, lindorm:GetLindormInstanceList, hitsdb:DescribeHiTSDBInstanceList",
    );
    return [];
  }
}

/** A host with its disks, at the review's price of the renewal's length; nothing where one of them has none. */
function renewalPrice(
  { name, does, renewal }: Renewal,
  items: readonly PricedItem[],
  names: ReadonlyMap<string, string>,
  book: PriceBook,
): { readonly amount?: ReturnType<typeof sum> } {
  if (does === "ends" || renewal === undefined) return {};
  const pay = { kind: "subscription", term: renewal } as const;
  const quotes = items
    .filter(({ item }) => names.get(item.urn) === name && item.pay.kind === "subscription")
    .map(({ item }) => quoteOf(book, { ...item, pay }, pay));
  if (quotes.length === 0 || quotes.some(({ state }) => state !== "priced")) return {};
  return {
    amount: quotes.reduce((total, quote) => (quote.state === "priced" ? plus(total, quote.amount) : total), nothing),
  };
}

/** Each format loads only what it needs. */
async function rendered(report: BillReport, format: BillOptions["format"]): Promise<string> {
  if (format === "json") return `${JSON.stringify(report, null, 2)}\n`;
  if (format === "csv") return (await import("./bill-csv.ts")).billCsv(report);
  return (await import("./bill-text.ts")).billText(report, terminalStyle());
}
