import { kindOf } from "../deploy/kinds.ts";
import type { Pay, StatusReport } from "../deploy/status/schema.ts";
import type { Style } from "../review/terminal/layout.ts";
import { here, minute, payText, section } from "./status-frame.ts";
import { hostsPart } from "./status-hosts-text.ts";
import { costPart, renewalsPart } from "./status-money-text.ts";

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

function notLookedPart({ notLooked }: StatusReport, style: Style): string {
  return section(
    "NOT LOOKED AT",
    "",
    notLooked.map(({ what, why }) => [what, why]),
    style,
  );
}

/** States as a reader of several products would call them. */
function stateText(power: string): string {
  return { ACTIVATION: "running", InUse: "in use" }[power] ?? power.toLowerCase();
}
