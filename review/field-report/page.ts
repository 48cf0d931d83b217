import { type ProbeTarget, probeTargets } from "../../catalog/probe-targets.ts";
import { probeLimits } from "../../components/bootstrap/probe/limits.ts";
import { type Block, list, type Report, type Section, table, text } from "../cost-report/document.ts";
import { markdownReport } from "../cost-report/markdown.ts";
import { cellOf, hostsOf, newestOfEachHost, type RegionRuns, remarksOf } from "./merge.ts";
import { type ProbeResult, words } from "./result.ts";
import { meanings } from "./words.ts";

/** The text of docs/field-report.md. Hosts' names, and addresses of places that are not in the catalogue, stay out of it. */
export function fieldReport(results: readonly ProbeResult[]): string {
  const regions = newestOfEachHost(results);
  const report: Report = {
    title: "What works from hosts in the mainland",
    sections: [
      section("What was measured", measured(regions, results.length)),
      ...groups(regions),
      section("What was said", said(regions)),
      section("The words", meaningsTable()),
      section("How to measure", howTo()),
      section("What this cannot tell", doubts()),
    ].filter(({ blocks }) => blocks.length > 0),
  };
  // A report stands below a heading elsewhere; here it is the page. Text is escaped, so only headings begin with ##.
  return markdownReport(report).replace(/^##(#*) /gm, "#$1 ");
}

function section(title: string, blocks: readonly Block[]): Section {
  return { title, level: 2, folded: false, blocks };
}

function measured(regions: readonly RegionRuns[], given: number): Block[] {
  if (regions.length === 0) {
    const nobody = "Nobody has run the probe in the mainland yet: the tables below say what is asked, and no result.";
    return [text(nobody, "strong"), text("npm run probe -- collect writes this page anew from the results of hosts.")];
  }
  const rows = regions.map((region) => {
    const { hosts, first, last, systems, internet } = hostsOf(region);
    return [region.id, String(hosts), first, last, internet, systems];
  });
  const counted = rows.reduce((sum, [, hosts]) => sum + Number(hosts), 0);
  return [
    ...table({
      caption: "hosts by region",
      head: ["region", "hosts", "first run", "last run", "way out", "systems"],
      align: ["left", "right", "left", "left", "left", "left"],
      rows,
    }),
    text(`The newest run of each host counts: ${counted} of ${given} runs given.`),
  ];
}

function groups(regions: readonly RegionRuns[]): Section[] {
  const keys = new Set(probeTargets.map(({ key }) => key));
  const others = [...new Set(regions.flatMap(({ rows }) => rows.map(({ key }) => key)))].filter(
    (key) => !keys.has(key),
  );
  const sections = [...Map.groupBy(probeTargets, ({ group }) => group)].map(([group, targets]) => {
    return section(group, resultTable(group, targets.map(line), regions));
  });
  const own = others.sort().map((key): Line => ({ key, from: "", address: "" }));
  return [...sections, section("Places of one's own", resultTable("own", own, regions))];
}

interface Line {
  readonly key: string;
  readonly from: string;
  readonly address: string;
}

function line({ key, reachableFrom, url }: ProbeTarget): Line {
  return { key, from: reachableFrom === "vpc" ? "VPC" : "internet", address: url.replace(/^https:\/\//, "") };
}

function resultTable(group: string, lines: readonly Line[], regions: readonly RegionRuns[]): Block[] {
  return table({
    caption: group,
    head: ["place", "from", ...regions.map(({ id }) => id), "address"],
    align: ["left", "left", ...regions.map(() => "left" as const), "left"],
    rows: lines.map(({ key, from, address }) => [key, from, ...regions.map((region) => cellOf(region, key)), address]),
  });
}

function said(regions: readonly RegionRuns[]): Block[] {
  const known = new Set(probeTargets.map(({ key }) => key));
  return list(
    regions.flatMap((region) =>
      remarksOf(region)
        .filter(({ key }) => known.has(key))
        .map(({ key, word, detail }) => ({ label: `${region.id}, ${key}`, text: `${word}: ${detail}` })),
    ),
  );
}

function meaningsTable(): Block[] {
  const rows = words.map((word) => [word, meanings[word]]);
  return table({ caption: "words", head: ["word", "meaning"], align: ["left", "left"], rows });
}

function howTo(): Block[] {
  const { run, runBytes, parallel, pause } = probeLimits;
  return list([
    {
      label: "On new hosts",
      text: "software: { probe: daily } in the stack file. The probe runs some time after boot and then daily, as a user of its own and at the lowest priority. It is no part of the bootstrap: neither its time nor its verdict.",
    },
    {
      label: "On running hosts",
      text: "npm run probe -- script shanghai workers prints a script for Cloud Assistant that puts the probe there and starts it; with --remove, one that takes it away. --own lindorm=tcp://HOST:8242 adds a place of one's own.",
    },
    {
      label: "Results",
      text: "/var/lib/china-probe/latest.json on each host, or by Cloud Assistant: gzip -c /var/lib/china-probe/latest.json | base64 -w0. Then npm run probe -- collect FILE... writes this page.",
    },
    {
      label: "What a run costs",
      text: `at most ${run / 60} minutes and ${runBytes / 1024 / 1024} MiB, ${parallel} places at a time, ${1 / pause} beginnings a second. It asks overseas places by nature; without a way out it asks the VPC alone.`,
    },
    { label: "Another place", text: "one row in catalog/probe-targets.ts." },
  ]);
}

function doubts(): Block[] {
  return list([
    { text: "A run is one moment. Night and evening differ, and so do two hosts behind one address." },
    {
      text: "One small file stands for a place. A mirror may have it and lack the next, or throttle after a gigabyte.",
    },
    {
      text: "The rate is taken from at most 256 KiB, on one connection: it finds throttling, and is no measure of a fast line.",
    },
    { text: "IPv4 only, and straight: proxies of the environment are not used." },
    { text: "Both resolvers stand in the mainland. A false answer that both give is seen by its certificate only." },
  ]);
}
