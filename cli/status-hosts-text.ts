import { places } from "../components/bootstrap/places.ts";
import type { HostStatus, Probe, Software, StatusReport } from "../deploy/status/schema.ts";
import type { Style } from "../review/terminal/layout.ts";
import { verdictWords, versionsOf } from "./deploy-text.ts";
import { here, payText, section } from "./status-frame.ts";

const words: Readonly<Record<Software["verdict"], string>> = {
  ...verdictWords,
  running: "bootstrap under way",
  unknown: "not asked",
};

/** A line for each host, and where to look when one failed. */
export function hostsPart({ hosts, at, stack, cloud }: StatusReport, style: Style): string {
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

/** The word for what a host says of its software. */
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
