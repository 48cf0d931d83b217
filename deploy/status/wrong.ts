import type { StatusReport } from "./schema.ts";

/** Days before the end of a subscription that does not renew itself, from which on it is wrong. */
export const lastDays = 7;

/** Why a stack does not stand well, each in one sentence; nothing for one that does. */
export function wrongIn(report: Omit<StatusReport, "verdict" | "wrong">): readonly string[] {
  const { stack, cutShort, hosts, disks, databases, wayOut, drift, renewals, notLooked } = report;
  const failed = hosts.filter(
    ({ power, software: { verdict } }) => power !== "gone" && (verdict === "failed" || verdict === "rerun"),
  );
  const gone = new Set([
    ...hosts.filter(({ power }) => power === "gone").map(({ key }) => key),
    ...[...disks, ...databases, ...wayOut].filter(({ power }) => power === "gone").map(({ name }) => name),
    ...(drift.looked ? drift.gone.map(({ name }) => name) : []),
  ]);
  const locked = hosts.filter((host) => host.locked !== undefined);
  const ending = renewals.filter(({ renews, days }) => !renews && days < lastDays);
  const stopped = cutShort.map(({ name, what }) => `${what} ${name}`).join(", ");
  return [
    ...(stopped === ""
      ? []
      : [`an operation was cut short (${stopped}): npm run deploy -- ${stack} goes on from there`]),
    ...failed.map(({ key, software: { why } }) => `${key}: ${why}`),
    ...locked.map(({ key, locked: why }) => `${key}: locked by the cloud (${why})`),
    ...(gone.size === 0 ? [] : [`gone from the cloud: ${[...gone].sort().join(", ")}`]),
    ...ending.map(
      ({ names, on, days }) => `${names.join(", ")}: ${days < 0 ? "ended" : "ends"} on ${on} and does not renew itself`,
    ),
    ...notLooked.map(({ what }) => `${what}: not looked at`),
  ];
}
