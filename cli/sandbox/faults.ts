import { apiErrors } from "../../catalog/api-errors.ts";
import { diskCategories } from "../../catalog/disks.ts";
import { publicImage } from "../../catalog/images.ts";
import { instanceTypeIds } from "../../catalog/instance-types.ts";
import { lindormNodes } from "../../catalog/lindorm.ts";
import { regions, zonesOf } from "../../catalog/regions.ts";
import { tsdbClasses } from "../../catalog/tsdb.ts";
import { nearest } from "../../components/config/nearest.ts";
import { BadInput } from "../../deploy/errors.ts";
import { apis } from "../../sandbox/apis.ts";
import { type Account, defaultQuotas } from "../../sandbox/core/accounts.ts";
import type { Effect, Fault } from "../../sandbox/core/faults.ts";
import { defaultAccounts, type Session } from "../../sandbox/session.ts";
import { table } from "../terminal.ts";
import { withSession } from "./with-session.ts";

/** What is rehearsed at the moment. */
export async function listFaults(): Promise<void> {
  await withSession(async (session) => {
    const { faults, soldOut, spotPrices, accounts } = await session.ask({ ask: "conditions" });
    const lines = [
      ...block("Calls that fail", ["action", "effect", "when", "caught"], faults.map(faultRow)),
      ...block(
        "Not to be had",
        ["zone", "what", "how"],
        soldOut.map((row) => [row.zone, row.what, row.how]),
      ),
      ...block(
        "Spot prices",
        ["zone", "type", "an hour"],
        spotPrices.map((row) => [row.zone, row.type, String(row.price)]),
      ),
      ...block(
        "Accounts",
        ["id", "site", "refused for"],
        accounts.map((row) => [row.id, row.site, refusals(row)]),
      ),
    ];
    process.stdout.write(lines.length === 0 ? "nothing: every call is answered as usual\n" : `${lines.join("\n")}\n`);
  });
}

export interface FaultOptions {
  readonly nth?: number;
  readonly times?: number;
  readonly probability?: number;
  readonly seed?: number;
  readonly ms?: number;
  readonly http?: number;
}

export async function addFault(action: string, effect: string, options: FaultOptions): Promise<void> {
  checkAction(action);
  const rule = { action, effect: effectOf(action, effect, options), ...conditionsOf(options) };
  await withSession(async (session) => {
    await session.ask({ ask: "add-fault", rule });
    process.stdout.write(`${action}: ${effect}, ${when(rule)}\n`);
  });
}

export async function sellOut(
  zone: string,
  what: string,
  options: { readonly notOnSale?: boolean; readonly low?: boolean },
): Promise<void> {
  checkZone(
    zone,
    regions.map(({ id }) => id),
  );
  checkGoods(what);
  if (publicImage(what) !== undefined && zonesOf(regionOf(zone)).includes(zone)) {
    throw new BadInput(`an image is taken back in a region or everywhere: write ${regionOf(zone)} or *, not ${zone}`);
  }
  const how = options.notOnSale === true ? "NotOnSale" : options.low === true ? "LowStock" : "NoStock";
  await withSession(async (session) => {
    await session.ask({ ask: "sell-out", zone, what, how });
    process.stdout.write(`${what === "*" ? "everything" : what} in ${zone === "*" ? "every zone" : zone}: ${how}\n`);
  });
}

export async function priceSpot(zone: string, type: string, price: number): Promise<void> {
  checkZone(zone);
  checkGoods(type);
  if (price <= 0) throw new BadInput(`a price of ${price} is none: an amount above 0 is wanted`);
  await withSession(async (session) => {
    await session.ask({ ask: "spot-price", zone, type, price });
    process.stdout.write(`${type} in ${zone} as spot: ${price} an hour\n`);
  });
}

/** cn-shanghai of cn-shanghai-l. */
function regionOf(zone: string): string {
  return zone.slice(0, zone.lastIndexOf("-"));
}

/** Quotas that stand among the account's other switches on the command line. */
const quotas = [
  "spotVcpu",
  "vpcs",
  "vSwitchesPerVpc",
  "securityGroups",
  "addresses",
  "natGatewaysPerVpc",
] as const satisfies readonly (keyof Account["quotas"])[];

const quotaWords: Readonly<Record<(typeof quotas)[number], string>> = {
  spotVcpu: "vCPUs of spot hosts",
  vpcs: "VPCs",
  vSwitchesPerVpc: "vSwitches in a VPC",
  securityGroups: "security groups",
  addresses: "elastic addresses",
  natGatewaysPerVpc: "NAT gateways in a VPC",
};

export async function changeAccount(site: string, options: Record<string, boolean | number>): Promise<void> {
  const isQuota = ([name]: readonly [string, unknown]) => quotas.some((quota) => quota === name);
  const all = Object.entries(options);
  const others = Object.fromEntries(all.filter(isQuota));
  const change = {
    ...Object.fromEntries(all.filter((entry) => !isQuota(entry))),
    ...(Object.keys(others).length === 0 ? {} : { quotas: others }),
  };
  if (Object.keys(change).length === 0) {
    throw new BadInput(
      "nothing to change: say what, for example --real-name no (npm run sandbox -- faults account --help)",
    );
  }
  await withSession(async (session) => {
    const id = await accountId(session, site);
    const account = await session.ask({ ask: "change-account", id, change });
    process.stdout.write(`account ${id} is refused for: ${refusals(account)}\n`);
  });
}

export async function clearFaults(): Promise<void> {
  await withSession(async (session) => {
    await session.ask({ ask: "clear-conditions" });
    process.stdout.write("no faults, full stock\n");
  });
}

async function accountId(session: Session, site: string): Promise<string> {
  if (site === "china" || site === "international") {
    const id = defaultAccounts[site];
    await session.ask({ ask: "account", id, site });
    return id;
  }
  const { accounts } = await session.ask({ ask: "conditions" });
  if (accounts.some((account) => account.id === site)) return site;
  const known = accounts.map((account) => account.id).join(", ") || "none yet";
  throw new BadInput(`the sandbox has no account ${site}: write china, international, or one of ${known}`);
}

function checkAction(action: string): void {
  const known = apis.flatMap((api) => Object.keys(api.actions));
  if (action === "*" || known.includes(action)) return;
  throw new BadInput(
    `the sandbox has no action ${action}${meant(action, known)} All of them: docs/sandbox-reference.md`,
  );
}

function checkZone(zone: string, others: readonly string[] = []): void {
  const known = [...regions.flatMap((region) => zonesOf(region.id)), ...others];
  if (zone === "*" || known.includes(zone)) return;
  throw new BadInput(`there is no zone ${zone}${meant(zone, known)} Zones look like cn-shanghai-l; * is every one`);
}

/** Types, categories and classes that the catalogue knows: what it does not know the sandbox does not sell anyway. */
function checkGoods(what: string): void {
  const known = [
    ...instanceTypeIds(),
    ...diskCategories,
    ...lindormNodes.map(({ spec }) => spec),
    ...tsdbClasses.map(({ name }) => name),
    ...["lindorm", "tsdb"],
  ];
  if (what === "*" || known.includes(what) || publicImage(what) !== undefined) return;
  throw new BadInput(`the catalogue has no ${what}${meant(what, known)} Name a type, disk category or database class`);
}

/** ". Did you mean this?" or ".". A code's last words count as well: NoStok is OperationDenied.NoStock. */
function meant(word: string, known: readonly string[]): string {
  const short = new Map(known.map((name) => [name.slice(name.lastIndexOf(".") + 1), name]));
  const near = nearest(word, known) ?? short.get(nearest(word, [...short.keys()]) ?? "");
  return near === undefined ? "." : `. Did you mean ${near}?`;
}

function effectOf(action: string, effect: string, options: FaultOptions): Effect {
  if (effect === "latency") return { kind: "latency", ms: options.ms ?? 1000 };
  if (effect === "cut" || effect === "lost-answer") return { kind: effect };
  const known = apiErrors.find((row) => row.code === effect);
  if (known !== undefined) return { kind: "error", code: effect, http: known.http, message: known.message };
  if (options.http !== undefined) {
    return { kind: "error", code: effect, http: options.http, message: `${effect} (rehearsed)` };
  }
  const others = ["latency", "cut", "lost-answer"];
  const codes = apiErrors.map((row) => row.code);
  const own = apiErrors.filter((row) => row.actions === "*" || row.actions.includes(action)).map((row) => row.code);
  throw new BadInput(
    `${effect} is no known code${meant(effect, [...others, ...codes])}\n` +
      `${action === "*" ? "any action" : action} can answer: ${[...own, ...others].join(", ")}\n` +
      "another code needs its HTTP status: --http 403",
  );
}

function conditionsOf({ nth, times, probability, seed }: FaultOptions) {
  return {
    ...(nth === undefined ? {} : { nth }),
    ...(times === undefined ? {} : { times }),
    ...(probability === undefined ? {} : { probability }),
    ...(seed === undefined ? {} : { seed }),
  };
}

function faultRow(fault: Fault): string[] {
  const { effect } = fault;
  const what = effect.kind === "error" ? effect.code : effect.kind === "latency" ? `${effect.ms} ms` : effect.kind;
  return [fault.action, what, when(fault), `${fault.caught} of ${fault.seen}`];
}

function when(rule: Pick<FaultOptions, "nth" | "times" | "probability">): string {
  const parts = [
    rule.nth === undefined ? undefined : `call ${rule.nth}`,
    rule.times === undefined ? undefined : `at most ${rule.times} times`,
    rule.probability === undefined ? undefined : `with probability ${rule.probability}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? "always" : parts.join(", ");
}

function refusals(account: Account): string {
  const found = [
    account.realName ? undefined : "no real-name registration",
    account.balance > 0 ? undefined : "no balance",
    account.arrears ? "arrears" : undefined,
    account.payMethod ? undefined : "no way to pay",
    account.riskControl ? "risk control" : undefined,
    account.tsdbSold ? undefined : "TSDB, which is not sold any more",
    account.quotas.vcpu === defaultQuotas.vcpu ? undefined : `more than ${account.quotas.vcpu} vCPUs`,
    ...quotas
      .filter((name) => account.quotas[name] !== defaultQuotas[name])
      .map((name) => `more than ${account.quotas[name]} ${quotaWords[name]}`),
    account.callsPerMinute > 0 ? `more than ${account.callsPerMinute} calls a minute` : undefined,
  ].filter((part) => part !== undefined);
  return found.length === 0 ? "nothing" : found.join(", ");
}

function block(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : [`${title}\n${table(head, rows)}`];
}
