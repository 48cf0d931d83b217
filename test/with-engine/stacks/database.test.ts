import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Lindorm, lindorms } from "../../../sandbox/hitsdb/rows.ts";
import { smallSettings } from "../../support/stacks.ts";
import { Deployed, touched, withGroup } from "./deployed.ts";

describe("the time series database changes in place, or not at all", () => {
  const small = withGroup(smallSettings(), { count: 0 });
  const lindorm = { generation: 1, nodes: 2, node: "lindorm.g.xlarge", storage: { GiB: 160, kind: "standard" } };
  const base = {
    ...small,
    network: { ...small.network, sources: { office: "203.0.113.0/24" } },
    timeSeries: { lindorm, reachableFrom: ["workers"] },
  };
  const series = (change: object) => ({ ...base, timeSeries: { ...base.timeSeries, ...change } });
  let deployed: Deployed;
  const row = (): Lindorm => deployed.row(lindorms, "time-series");
  beforeAll(async () => {
    deployed = await Deployed.open();
    await deployed.change(base);
  }, 300_000);
  afterAll(() => deployed.close());

  async function changed(settings: object): Promise<{ readonly said: string[]; readonly touched: string[] }> {
    const before = await deployed.things();
    const said = await deployed.change(settings);
    return { said, touched: touched(before, await deployed.things()) };
  }

  test("who may connect", async () => {
    const wider = series({ reachableFrom: ["workers", "office"] });
    expect(await changed(wider)).toEqual({ said: ["~ time-series-lindorm: ipWhiteLists"], touched: [] });
    expect(row().allowLists["user"]?.toSorted()).toEqual(["10.20.0.0/20", "203.0.113.0/24"]);
    await deployed.expectSettled(wider);
  });

  test("a zone before the first one: the database stays, and may be reached from it", async () => {
    const { zone, vSwitchId } = row();
    const network = { ...base.network, vSwitches: { "cn-shanghai-b": "10.20.16.0/20", ...base.network.vSwitches } };
    expect(await changed({ ...series({ reachableFrom: ["workers", "office"] }), network })).toEqual({
      said: ["+ network-cn-shanghai-b"],
      touched: ["+ vSwitch network-cn-shanghai-b"],
    });
    expect(row()).toMatchObject({ zone, vSwitchId });
  });

  test("another generation would replace it: refused, and nothing is touched", async () => {
    const before = await deployed.things();
    const next = series({ lindorm: { ...lindorm, generation: 2, node: "lindorm.g.2xlarge" } });
    const { status, text } = await deployed.run("up", next);
    expect({ status, text }).toMatchObject({ status: 1 });
    expect(text).toContain("Pulumi protects this against deletion (time-series-lindorm)");
    expect(await deployed.things()).toEqual(before);
  });

  test("larger storage", { timeout: 240_000 }, async () => {
    const larger = series({ lindorm: { ...lindorm, storage: { GiB: 240, kind: "standard" } } });
    const { said } = await changed(larger);
    expect(said).toContain("~ time-series-lindorm: instanceStorage, ipWhiteLists");
    expect(row().storageGiB).toBe(240);
    await deployed.expectSettled(larger);
  });

  test("destroy ends it all", { timeout: 240_000 }, async () => {
    await deployed.end(base);
  });
});
