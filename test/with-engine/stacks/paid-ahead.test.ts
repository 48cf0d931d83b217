import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accounts } from "../../../sandbox/core/accounts.ts";
import { instances } from "../../../sandbox/ecs/rows.ts";
import { lindorms, tsdbs } from "../../../sandbox/hitsdb/rows.ts";
import { billed } from "../../../sandbox/inventory.ts";
import { smallSettings } from "../../support/stacks.ts";
import { Deployed, withGroup } from "./deployed.ts";

const year = { subscription: { for: "1 year", renew: "by-hand" } };
const hostsOnly = withGroup(smallSettings(), { count: 1, pay: year });
const noHosts = withGroup(smallSettings(), { count: 0 });
const lindorm = { generation: 1, nodes: 2, node: "lindorm.g.xlarge", storage: { GiB: 160, kind: "standard" } };

/** What a destroy leaves behind is named, and is the only thing that is billed. */
function expectLeft(text: string, kind: string, id: string): void {
  expect(text).toContain("Still there, and not in the state any more");
  expect(text).toMatch(new RegExp(`^ +${kind} +${id} +china-s-time-series$`, "m"));
}

describe("what is paid ahead is never left behind silently", () => {
  let deployed: Deployed;
  beforeAll(async () => {
    deployed = await Deployed.open();
  });
  afterAll(() => deployed.close());

  test("a host and a Lindorm: destroy names both, and goes on only when asked to", { timeout: 300_000 }, async () => {
    const settings = { ...hostsOnly, timeSeries: { lindorm, pay: year } };
    await deployed.change(settings);
    const before = await deployed.things();
    expect(deployed.row(instances, "workers-01").chargeType).toBe("PrePaid");
    expect(deployed.row(lindorms, "time-series").payType).toBe("PREPAY");

    const { status, text } = await deployed.run("destroy", settings);
    expect(status).toBe(1);
    expect(text).toMatch(/workers-01 +i-\S+ +paid ahead/);
    expect(text).toMatch(/time-series-lindorm +ld-\S+ +paid ahead/);
    expect(await deployed.things()).toEqual(before);

    await deployed.end(settings);
  });

  test("a Lindorm paid ahead in the console: the provider drops it, destroy says so", { timeout: 300_000 }, async () => {
    const settings = { ...noHosts, timeSeries: { lindorm } };
    await deployed.up(settings);
    const row = deployed.row(lindorms, "time-series");
    deployed.sandbox.cloud.store.put(lindorms, { ...row, payType: "PREPAY", expiresAt: row.createdAt + 31_536_000_000 });

    const { status, text } = await deployed.run("destroy", settings, "--with-data");
    expect(status).toBe(1);
    expectLeft(text, "Lindorm", row.id);
    expect(billed(await deployed.sandbox.inventory()).map(({ id }) => id)).toEqual([row.id]);
    await deployed.sandbox.ok(["reset"]);
  });

  test("a TSDB paid ahead: the provider drops it, destroy says so", { timeout: 300_000 }, async () => {
    const settings = { ...noHosts, timeSeries: { tsdb: { engine: "tsdb_tsdb", class: "tsdb.1x.basic", GiB: 40 }, pay: year } };
    await deployed.preview(settings);
    for (const account of deployed.rows(accounts)) {
      deployed.sandbox.cloud.store.put(accounts, { ...account, tsdbSold: true });
    }
    await deployed.up(settings);
    const { id } = deployed.row(tsdbs, "time-series");

    const refused = await deployed.run("destroy", settings);
    expect(refused.status).toBe(1);
    expect(refused.text).toMatch(/time-series-tsdb +ts-\S+ +paid ahead/);
    const { status, text } = await deployed.run("destroy", settings, "--with-data");
    expect(status).toBe(1);
    expectLeft(text, "TSDB", id);
    expect(billed(await deployed.sandbox.inventory()).map((item) => item.id)).toEqual([id]);
  });
});
