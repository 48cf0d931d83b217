import { type ProbeResult, type ProbeRow, type Word, words } from "./result.ts";

/** The runs of one region that count, and all their rows. */
export interface RegionRuns {
  readonly id: string;
  readonly runs: readonly ProbeResult[];
  readonly rows: readonly ProbeRow[];
}

/** By region, in the order of their ids. Of two runs of a host the later counts, whatever the order of the files. */
export function newestOfEachHost(results: readonly ProbeResult[]): RegionRuns[] {
  const newest = new Map<string, ProbeResult>();
  for (const run of results) {
    const host = JSON.stringify([run.region, run.stack, run.group, run.host]);
    const other = newest.get(host);
    if (other === undefined || other.startedAt < run.startedAt) newest.set(host, run);
  }
  const regions = Map.groupBy(newest.values(), ({ region }) => region);
  return [...regions]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, runs]) => ({ id, runs, rows: runs.flatMap(({ targets }) => targets) }));
}

/** What the page says of the hosts themselves; nothing by which one could be found. */
export function hostsOf({ runs }: RegionRuns) {
  const days = runs.map(({ startedAt }) => startedAt.slice(0, 16).replace("T", " ")).sort();
  const systems = [...new Set(runs.map(({ os, python }) => `${os}, Python ${python}`))].sort();
  const ways = new Set(runs.map(({ internet }) => (internet ? "yes" : "no")));
  return {
    hosts: runs.length,
    first: `${days[0] ?? ""}Z`,
    last: `${days.at(-1) ?? ""}Z`,
    systems: systems.join("; "),
    internet: ways.size === 1 ? ([...ways][0] ?? "") : "some",
  };
}

/** "works 0.21 s, 3,400 KiB/s" when all agree, "works 2, slow 1" when not, "" when nobody asked. */
export function cellOf(region: RegionRuns, key: string): string {
  const rows = region.rows.filter((row) => row.key === key);
  const checked = rows.filter((row) => row.class !== "not checked");
  const counted = countsOf(checked.length > 0 ? checked : rows);
  const [only, ...more] = counted;
  if (only === undefined) return "";
  if (more.length > 0) return counted.map(([word, count]) => `${word} ${count}`).join(", ");
  return answered.includes(only[0]) ? [only[0], ...figures(checked)].join(" ") : only[0];
}

/** Words of those that gave the right answer, so that time and rate mean something. */
const answered: readonly Word[] = ["works", "slow", "throttled"];

function countsOf(rows: readonly ProbeRow[]): [Word, number][] {
  return words
    .map((word): [Word, number] => [word, rows.filter((row) => row.class === word).length])
    .filter(([, count]) => count > 0);
}

function figures(rows: readonly ProbeRow[]): string[] {
  const seconds = median(rows.map(({ ms }) => Object.values(ms).reduce((sum, part) => sum + part, 0) / 1000));
  const rate = median(rows.flatMap(({ bytesPerSecond }) => bytesPerSecond ?? []));
  const time = seconds === undefined ? [] : [`${seconds.toFixed(2)} s${rate === undefined ? "" : ","}`];
  return rate === undefined ? time : [...time, `${Math.round(rate / 1024).toLocaleString("en-US")} KiB/s`];
}

/** The lower of the two in the middle of an even number: a figure that was measured. */
function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

/** One example of each place and word that is not "works", in the order of the rows. */
export function remarksOf(region: RegionRuns): { key: string; word: Word; detail: string }[] {
  const seen = new Set<string>();
  return region.rows.flatMap(({ key, class: word, detail }) => {
    const id = `${key}\n${word}`;
    if (word === "works" || word === "not checked" || detail === "" || seen.has(id)) return [];
    seen.add(id);
    return [{ key, word, detail }];
  });
}
