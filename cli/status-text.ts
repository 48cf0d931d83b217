import { places } from "../components/bootstrap/places.ts";
import { kindOf } from "../deploy/kinds.ts";
import type { HostStatus, Pay, Probe, Software, StatusReport } from "../deploy/status/schema.ts";
import { columns, type Style } from "../review/terminal/layout.ts";
import { grouped } from "../review/terminal/words.ts";
import { verdictWords, versionsOf } from "./deploy-text.ts";

const words: Readonly<Record<Software["verdict"], string>> = {
  ...verdictWords,
  running: "bootstrap under way",
  unknown: "not asked",
};

/** What a person reads in ten seconds: the answer first, then each part; empty parts are left out. */
export function statusText(report: StatusReport, seconds: number, style: Style): string {
  const parts = [
    hostsPart(report, style),
    disksPart(report, style),
    placesPart(report, style),
    driftPart(report, style),
    rulesPart(report, style),
    leftoversPart(report, style),
    costPart(report, style),
    renewalsPart(report, style),
    notLookedPart(report, style),
  ];
  return `${[head(report, seconds, style), ...parts.filter((part) => part !== "")].join("\n")}\n`;
}

function head(report: StatusReport, seconds: number, style: Style): string {
  const { stack, verdict, wrong, region, cloud, commit, at } = report;
  const answer =
    verdict === "well" ? "well" : style.warn(`not well, ${wrong.length} ${wrong.length === 1 ? "thing" : "things"}`);
  const facts = [
    `${region}${cloud === "local-cloud" ? " of the local cloud" : ""}`,
    commit === undefined ? "commit unknown" : `commit ${commit}`,
    `${minute(at)} UTC`,
    `${seconds.toFixed(1)} s`,
  ];
  return [
    style.bold(`${stack}: ${answer}`),
    ...wrong.map((one) => `  x ${one}`),
    style.dim(`  ${facts.join(", ")}`),
  ].join("\n");
}

function hostsPart({ hosts, at, stack, cloud }: StatusReport, style: Style): string {
  if (hosts.length === 0) return "";
  const rows = hosts.map((host) => [
    host.key,
    host.address,
    host.type,
    powerText(host, style),
    host.power === "gone" ? "" : payText(host.pay),
    softwareText(host, at, style),
  ]);
  const failed = hosts.find(({ power, software }) => power === "Running" && isFailed(software));
  const rerun = hosts.some(({ software: { verdict } }) => verdict === "rerun");
  return [
    section("HOSTS", countText(hosts), rows, style),
    ...(failed === undefined
      ? []
      : [`  -> npm run host -- ${stack} ${failed.key}${here(cloud)} -- tail -n 40 ${places.log}`]),
    ...(rerun ? [`  -> npm run deploy -- ${stack}${here(cloud)} runs the bootstrap again`] : []),
  ].join("\n");
}

function countText(hosts: readonly HostStatus[]): string {
  const counts = Map.groupBy(hosts, ({ software: { verdict }, power }) => (power === "gone" ? "gone" : words[verdict]));
  return [...counts].map(([word, all]) => `${all.length} ${word}`).join(", ");
}

function powerText({ power, free, locked }: HostStatus, style: Style): string {
  if (power === "gone") return style.bold(style.warn("GONE"));
  const lock = locked === undefined ? "" : style.warn(`, locked: ${locked}`);
  return `${power.toLowerCase()}${free ? ", not billed" : ""}${lock}`;
}

function isFailed({ verdict }: Software): boolean {
  return verdict === "failed" || verdict === "rerun";
}

function softwareText({ software, probe, power }: HostStatus, at: string, style: Style): string {
  if (power === "gone") return "";
  const { verdict, why, versions = {} } = software;
  const word = isFailed(software) ? style.bold(style.warn(words[verdict])) : words[verdict];
  const more = why === "" ? versionsOf(versions) : why;
  return [more === "" ? word : `${word}: ${more}`, ...(probe === undefined ? [] : [probeText(probe, at)])].join("; ");
}

export function verdictText(verdict: Software["verdict"]): string {
  return words[verdict];
}

/** probe 3 h ago: 40 of 42 places work (pypi timed out). @param most places that are named beside their number */
export function probeText({ at, works, asked, others }: Probe, now: string, most = 3): string {
  const hours = Math.floor((Date.parse(now) - Date.parse(at)) / 3_600_000);
  const ago = hours < 1 ? "within the hour" : hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`;
  const more = others.length > most ? ` and ${others.length - most} more` : "";
  const named = others.length === 0 ? "" : ` (${others.slice(0, most).join(", ")}${more})`;
  return `probe ${ago}: ${works} of ${asked} places work${named}`;
}

export function payText({ kind, until, renews, every }: Pay): string {
  if (kind === "spot") return "spot";
  if (kind === "pay-as-you-go") return "by the hour";
  const then = renews === undefined ? "" : renews ? `, renews by ${every ?? "a term"}` : ", ends";
  return `paid until ${until === undefined ? "?" : dayInChina(until)}${then}`;
}

function disksPart({ disks }: StatusReport, style: Style): string {
  const rows = disks.map(({ name, GiB, category, level, on, power, protected: kept, snapshots, pay }) => [
    name,
    power === "gone" ? style.bold(style.warn("GONE")) : `${GiB} GiB ${level === "" ? category : level}`,
    power === "gone" ? "" : on === "" ? "on no host" : `on ${on}`,
    power === "gone" ? "" : payText(pay),
    [...(kept ? ["protected"] : ["not protected"]), ...(snapshots ? ["snapshots by a schedule"] : [])].join(", "),
  ]);
  return section("DISKS", "", rows, style);
}

function placesPart({ databases, wayOut }: StatusReport, style: Style): string {
  const rows = (things: readonly (readonly [name: string, kind: string, power: string, address: string, pay: Pay])[]) =>
    things.map(([name, kind, power, address, pay]) => [
      ...[name, kind, address, power === "gone" ? style.bold(style.warn("GONE")) : stateText(power)],
      power === "gone" ? "" : payText(pay),
    ]);
  const database = rows(databases.map(({ name, engine, power, address, pay }) => [name, engine, power, address, pay]));
  const ways = rows(wayOut.map(({ name, kind, power, address, pay }) => [name, kind, power, address, pay]));
  return [section("DATABASE", "", database, style), section("WAY OUT", "", ways, style)]
    .filter((one) => one !== "")
    .join("\n");
}

function driftPart({ drift, stack, cloud }: StatusReport, style: Style): string {
  if (!drift.looked) return `${style.bold("DRIFT")}  not looked at: ${drift.why}`;
  const { changed, gone, seconds } = drift;
  const took = `compared in ${seconds.toFixed(1)} s`;
  if (changed.length + gone.length === 0) return `${style.bold("DRIFT")}  none, ${took}`;
  const rows = [
    ...gone.map(({ name, type, id }) => [name, type, style.warn(`gone: the cloud has no ${id} any more`)]),
    ...changed.flatMap(({ name, type, properties }) =>
      properties.map(({ what, was, is }, index) => [
        index === 0 ? name : "",
        index === 0 ? type : "",
        `${what}: ${was} -> ${is}`,
      ]),
    ),
  ];
  const [refresh, deploy] =
    cloud === "local-cloud"
      ? [`npm run sandbox -- refresh ${stack}`, `npm run deploy -- ${stack}${here(cloud)}`]
      : [`npm run pulumi -- refresh -s ${stack}`, `npm run deploy -- ${stack}`];
  const next = `  -> ${refresh} lets the state know; ${deploy} then brings back what the stack file says`;
  const counted = `${changed.length} changed, ${gone.length} gone, ${took}`;
  return `${section("DRIFT", counted, rows, style)}\n${next}`;
}

function rulesPart({ strangeRules, stack, cloud }: StatusReport, style: Style): string {
  const rows = strangeRules.map(({ group, direction, protocol, ports, peer, policy, createdAt }) => [
    group,
    `${policy} ${direction}`,
    `${protocol} ${ports === "-1/-1" ? "all" : ports}`,
    `${direction === "in" ? "from" : "to"} ${peer}`,
    createdAt === undefined ? "" : `made ${minute(createdAt)} UTC`,
  ]);
  const head = section("RULES", "of the stack's security groups that its state does not know", rows, style);
  if (head === "") return "";
  return `${head}\n  -> delete them in the console, or write them under china:network.rules and npm run deploy -- ${stack}${here(cloud)}`;
}

function leftoversPart({ leftovers }: StatusReport, style: Style): string {
  if (leftovers === undefined) return "";
  if (leftovers.length === 0) return `${style.bold("LEFTOVERS")}  none`;
  const rows = leftovers.map(({ type, id, name, billed, paidAhead }) => [
    kindOf(type),
    id,
    name,
    billed ? (paidAhead ? "paid ahead" : "billed") : "free",
  ]);
  const steps = leftovers.map(({ next }) => `  -> ${next}`);
  const counted = "in the cloud under the stack's name or tags, and not in its state";
  return `${section("LEFTOVERS", counted, rows, style)}\n${steps.join("\n")}`;
}

function costPart({ cost, stack, cloud }: StatusReport, style: Style): string {
  const { currency, list, dates, sizeOnly, byTheHour, usedSoFar, since, unpriced, paidAhead } = cost;
  const more = unpriced.length === 0 ? "" : ", at least";
  const rows = [
    ["billed as used", `~${grouped(byTheHour.perDay)} a day, ~${grouped(byTheHour.perMonth)} a month of 730 h${more}`],
    [
      "so far",
      since === undefined
        ? "nothing that has a price"
        : `~${grouped(usedSoFar)} since ${dayInChina(since)}${more}, as if all had run all the time`,
    ],
    ...paidAhead.map(({ names, term, perTerm, daysLeft }) => [
      "paid ahead",
      `${names.join(", ")}: ${perTerm === undefined ? "no price" : `~${grouped(perTerm)}`} for ${term}${daysLeft === undefined ? "" : `, ${Math.max(0, daysLeft)} days left`}`,
    ]),
    ...unpriced.map((one) => ["no price", one]),
  ];
  const whose = `${currency}, ${list}${dates === "" ? "" : ` of ${dates}`}`;
  const head = `estimate without traffic and snapshots, ${whose}${sizeOnly ? ", which only show the size here" : ""}`;
  return `${section("COST", head, rows, style)}\n  -> npm run bill -- ${stack}${here(cloud)} compares with the real bill`;
}

function renewalsPart({ renewals }: StatusReport, style: Style): string {
  const rows = renewals.map(({ names, on, days, renews, every, sum, change }) => [
    on,
    days < 0 ? "past" : days === 0 ? "today" : `in ${days} ${days === 1 ? "day" : "days"}`,
    `${names.join(", ")} ${renews ? `renews by ${every ?? "a term"}` : days < 0 ? "ended" : "ends"}, ${sum === undefined ? "price unknown" : `~${grouped(sum)}`}. To change: ${change}`,
  ]);
  return section("RENEWALS", "China's clock", rows, style);
}

function notLookedPart({ notLooked }: StatusReport, style: Style): string {
  return section(
    "NOT LOOKED AT",
    "",
    notLooked.map(({ what, why }) => [what, why]),
    style,
  );
}

/** What a command of the local cloud is typed with. */
function here(cloud: StatusReport["cloud"]): string {
  return cloud === "local-cloud" ? " --sandbox" : "";
}

/** States as a reader of several products would call them. */
function stateText(power: string): string {
  return { ACTIVATION: "running", InUse: "in use" }[power] ?? power.toLowerCase();
}

function section(title: string, more: string, rows: readonly (readonly string[])[], style: Style): string {
  if (rows.length === 0) return "";
  const first = `${style.bold(title)}${more === "" ? "" : `  ${style.dim(more)}`}`;
  return `${first}\n${columns(rows, rows[0]?.map(() => "left") ?? [], style.width)}`;
}

/** 2026-11-25 17:40 */
function minute(iso: string): string {
  return iso.slice(0, 16).replace("T", " ");
}

/** Terms end and bills begin by China's clock. */
function dayInChina(iso: string): string {
  return new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 10);
}
