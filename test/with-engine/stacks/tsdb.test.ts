import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accounts } from "../../../sandbox/core/accounts.ts";
import { tsdbs } from "../../../sandbox/hitsdb/rows.ts";
import { smallSettings } from "../../support/stacks.ts";
import { Deployed, withGroup } from "./deployed.ts";

describe("a TSDB, which is no longer sold", () => {
  const settings = {
    ...withGroup(smallSettings(), { count: 0 }),
    timeSeries: { tsdb: { engine: "tsdb_tsdb", class: "tsdb.1x.basic", GiB: 40 } },
  };
  let deployed: Deployed;
  beforeAll(async () => {
    deployed = await Deployed.open();
  });
  afterAll(() => deployed.close());

  test("not sold: up fails in words, and what else was made is not lost", { timeout: 180_000 }, async () => {
    const { status, text } = await deployed.run("up", settings);
    expect(status).toBe(1);
    expect(text).toMatch(/TSDB is not sold any more/);
    expect(text).toContain("china:timeSeries.lindorm instead of tsdb");
    expect(deployed.rows(tsdbs)).toEqual([]);
    expect(await deployed.preview(settings)).toEqual(["+ time-series-tsdb"]);
  });

  test("sold: the next up goes on from there, and nothing is left to do", { timeout: 180_000 }, async () => {
    const [account] = deployed.rows(accounts);
    await deployed.sandbox.ok(["faults", "account", account?.id ?? "", "--tsdb-sold", "yes"]);
    expect(await deployed.change(settings)).toEqual(["+ time-series-tsdb"]);
    await deployed.expectSettled(settings);
    expect(deployed.row(tsdbs, "time-series")).toMatchObject({
      engineType: "tsdb_tsdb",
      instanceClass: "tsdb.1x.basic",
      storageGiB: 40,
      payType: "POSTPAY",
    });
  });

  test("destroy leaves it alone unless it is asked for, and then nothing of it", { timeout: 180_000 }, async () => {
    const { status, text } = await deployed.run("destroy", settings);
    expect(status).toBe(1);
    expect(text).toMatch(/time-series-tsdb +ts-\S+ +protected by Pulumi/);
    await deployed.end(settings);
  });
});
