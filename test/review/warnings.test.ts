import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { validate } from "../../components/config/validate.ts";
import { readProjectFile } from "../../components/config.ts";
import { buildReview } from "../../review/build.ts";
import { planOfSettings, smallSettings } from "../support/stacks.ts";

const digest = `sha256:${"a".repeat(64)}`;
const small = smallSettings();
const { workers } = small.hosts;

async function warnings(settings: object, asOf = "2021-08-01"): Promise<string[]> {
  const checked = validate(settings, "test", readProjectFile);
  if (!checked.ok) throw new Error(JSON.stringify(checked.mistakes));
  const loaded = {
    stack: "test",
    file: "Pulumi.test.yaml",
    settings: checked.settings,
    plan: await planOfSettings(settings),
  };
  return buildReview(loaded, asOf).warnings.map((w) => `${w.id}: ${w.text}`);
}

const withHost = (change: object) => ({ ...small, hosts: { workers: { ...workers, ...change } } });
const out = { ...small.network, wayOut: "nat" };

test("small settings with fresh prices have none", async () => {
  expect(await warnings(small)).toEqual([]);
});

describe("each is told when it holds", () => {
  const lindorm = { generation: 1, nodes: 2, node: "lindorm.g.xlarge", storage: { GiB: 160, kind: "standard" } };
  const tsdb = { engine: "tsdb_tsdb", class: "tsdb.1x.basic", GiB: 50 };
  const image = (name: string) => ({
    ...withHost({ software: { docker: true, images: [`${name}@${digest}`] } }),
    network: out,
  });
  const entry = { what: "data-disk-deleted", on: "workers-03", why: "moved", by: "team", until: "2021-07-20" };

  test.each<[string, object, string | RegExp]>([
    ["TSDB", { ...small, timeSeries: { tsdb } }, /^tsdb-end-of-sale: TSDB is no longer sold/],
    ["the weak node", { ...small, timeSeries: { lindorm } }, /^weak-lindorm-node: lindorm\.g\.xlarge/],
    ["the other site", { ...small, account: { site: "international" } }, /^other-list: .*USD/],
    [
      "an image that DaoCloud refuses",
      image("docker.io/daskdev/dask"),
      /^not-on-allow-list: docker\.io\/daskdev\/dask/,
    ],
    ["an image that nobody looked up", image("docker.io/acme/tool"), /^allow-list-unknown: .*docker\.io\/acme\/tool/],
    [
      "an old cloud-init",
      withHost({ image: "debian_12_5_x64_20G_alibase_20260901.vhd" }),
      /^metadata-without-token: workers/,
    ],
    ["an accepted thing that has ended", { ...small, accept: [entry] }, /^accept-expired: .*2021-07-20/],
    [
      "a subscription that would be replaced",
      withHost({ pay: { subscription: { for: "1 year" } }, onImageChange: "rebuild" }),
      /^subscription-rebuilt: workers .*cannot be deleted/,
    ],
    [
      "a disk that was given up",
      { ...withHost({ dataDisk: { GiB: 100, keep: ["workers-03"] } }), accept: [{ ...entry, until: "2026-01-01" }] },
      /^data-disk-unprotected: .*removing workers-03 from keep deletes it/,
    ],
  ])("%s", async (_, settings, expected) => {
    expect(await warnings(settings)).toEqual([expect.stringMatching(expected)]);
  });

  test("software that does not fit the command by which it is run again, where that is what a change does", async () => {
    const images = Array.from({ length: 90 }, (_, n) => {
      const random = createHash("sha256").update(String(n)).digest("hex");
      return `docker.io/library/python@sha256:${random}`;
    });
    const all = (count: number, change: object = {}) => ({
      ...withHost({ software: { docker: true, images: images.slice(0, count) }, ...change }),
      network: out,
    });
    const told =
      /^large-rerun: workers: to run its software again takes a command of \d+\.\d KB, and .* takes 18\.0 KB/;
    expect(await warnings(all(90))).toEqual([expect.stringMatching(told)]);
    expect(await warnings(all(10))).toEqual([]);
    expect(await warnings(all(90, { onSoftwareChange: "at-next-rebuild" }))).toEqual([]);
  });

  test("old prices, by the day of the review", async () => {
    // The disks' list is of 2021-07-19, the hosts' of 2024-12-30.
    expect(await warnings(small, "2022-01-15")).toEqual([]);
    expect(await warnings(small, "2022-01-16")).toEqual([
      "old-prices: prices of disks 181 days old (2021-07-19); see --prices live",
    ]);
    expect(await warnings(small, "2025-06-29")).toEqual([
      "old-prices: prices of hosts 181 days old (2024-12-30), of disks 1441 days old (2021-07-19); see --prices live",
    ]);
  });

  test("an entry for a budget that accepts nothing, or is on something else", async () => {
    const budget = { currency: "CNY", month: 1 };
    const accept = [
      { what: "budget-month", on: "stack", why: "a test", by: "team", until: "2026-01-01" },
      { what: "budget-month", on: "workers", why: "a test", by: "team", until: "2026-01-01" },
    ];
    const unneeded = (on: string) => expect.stringMatching(`^accept-unneeded: accept budget-month on ${on} accepts`);
    expect(await warnings({ ...small, budget, accept })).toEqual([unneeded("workers")]);
    expect(await warnings({ ...small, accept })).toEqual([unneeded("stack"), unneeded("workers")]);
  });
});
