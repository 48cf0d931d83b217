import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lindorms } from "../../../sandbox/hitsdb/rows.ts";
import { smallSettings } from "../../support/stacks.ts";
import { Deployed, withGroup } from "./deployed.ts";

/** The provider sleeps ten minutes when it deletes one, whatever the cloud does. */
const slowDelete = 840_000;

describe("a Lindorm of the second generation", () => {
  const settings = {
    ...withGroup(smallSettings(), { count: 0 }),
    network: { ...smallSettings().network, sources: { office: "203.0.113.0/24" } },
    timeSeries: {
      lindorm: { generation: 2, nodes: 2, node: "lindorm.g.2xlarge", storage: { GiB: 160, kind: "standard" } },
      reachableFrom: ["workers"],
    },
  };
  let deployed: Deployed;
  beforeAll(async () => {
    deployed = await Deployed.open();
  });
  afterAll(() => deployed.close());

  test("comes up as declared, tells its address, and stays as it is", { timeout: 300_000 }, async () => {
    await deployed.change(settings);
    await deployed.expectSettled(settings);
    const row = deployed.row(lindorms, "time-series");
    expect(row).toMatchObject({ generation: 2, payType: "POSTPAY", storageGiB: 160, deletionProtection: true });
    expect(row.engines).toMatchObject([{ type: "TSDB", nodes: 2, spec: "lindorm.g.2xlarge" }]);
    expect(row.allowLists).toMatchObject({ china: ["10.20.0.0/20"] });
    const { text } = await deployed.run("up", settings);
    expect(text).toContain(`time series  ${row.id}-proxy-tsdb-vpc.lindorm.aliyuncs.com:8242`);
  });

  test("who may connect changes in place", { timeout: 300_000 }, async () => {
    const { id } = deployed.row(lindorms, "time-series");
    const wider = { ...settings, timeSeries: { ...settings.timeSeries, reachableFrom: ["workers", "office"] } };
    expect(await deployed.change(wider)).toEqual(["~ time-series-lindorm: whiteIpLists"]);
    const row = deployed.row(lindorms, "time-series");
    expect(row.id).toBe(id);
    expect(row.allowLists["china"]).toEqual(["10.20.0.0/20", "203.0.113.0/24"]);
    await deployed.expectSettled(wider);
  });

  test("destroy leaves it alone unless it is asked for, and then nothing of it", { timeout: slowDelete }, async () => {
    const { status, text } = await deployed.run("destroy", settings);
    expect(status).toBe(1);
    expect(text).toMatch(/time-series-lindorm +ld-\S+ +protected by Pulumi/);
    expect(text).toMatch(/time-series-lindorm +ld-\S+ +protected against deletion in the cloud/);
    await deployed.end(settings, slowDelete);
  });
});
