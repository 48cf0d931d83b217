import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { accounts } from "../../../sandbox/core/accounts.ts";
import { instances } from "../../../sandbox/ecs/rows.ts";
import { lindorms, tsdbs } from "../../../sandbox/hitsdb/rows.ts";
import { billed } from "../../../sandbox/inventory.ts";
import { defaultAccounts } from "../../../sandbox/session.ts";
import { vSwitches } from "../../../sandbox/vpc/rows.ts";
import { smallSettings } from "../../support/stacks.ts";
import { Deployed, withGroup } from "./deployed.ts";

const year = { subscription: { for: "1 year", renew: "by-hand" } };
const hostsOnly = withGroup(smallSettings(), { count: 1, pay: year });
const noHosts = withGroup(smallSettings(), { count: 0 });
const lindorm = { generation: 1, nodes: 2, node: "lindorm.g.xlarge", storage: { GiB: 160, kind: "standard" } };

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

  test("a Lindorm bought for a year while it is taken down: the provider drops it, and destroy says so", {
    timeout: 300_000,
  }, async () => {
    // In a vSwitch that is there anyway: one of the stack's own could not be deleted under it.
    const console = deployed.console();
    const { VpcId: vpc } = await console.ok("vpc", "CreateVpc", { CidrBlock: "10.20.0.0/16" });
    const place = { VpcId: vpc, ZoneId: "cn-shanghai-l", CidrBlock: "10.20.0.0/20" };
    await vi.waitFor(() => console.ok("vpc", "CreateVSwitch", place), 10_000);
    const [vSwitch] = deployed.rows(vSwitches);
    const network = {
      ...noHosts.network,
      existing: vpc,
      vSwitches: { "cn-shanghai-l": { existing: vSwitch?.id, cidr: "10.20.0.0/20" } },
    };
    const settings = { ...noHosts, network, timeSeries: { lindorm } };
    await deployed.up(settings);
    const { id } = deployed.row(lindorms, "time-series");
    const stop = buyAfterLastLook(deployed, id);

    const { status, text } = await deployed.run("destroy", settings, "--with-data");
    stop();
    expect(status).toBe(1);
    expect(deployed.row(lindorms, "time-series")).toMatchObject({ id, payType: "PREPAY" });
    expect(text).toContain("Still there, and not in the state any more");
    expect(text).toMatch(new RegExp(`^ +Lindorm +${id} +china-s-time-series$`, "m"));
    expect(billed(await deployed.sandbox.inventory()).map((item) => item.id)).toEqual([id]);
    await deployed.sandbox.ok(["reset"]);
  });

  test("a TSDB: no call ends it, so destroy does not begin", { timeout: 300_000 }, async () => {
    const tsdb = { engine: "tsdb_tsdb", class: "tsdb.1x.basic", GiB: 40 };
    const settings = { ...noHosts, timeSeries: { tsdb, pay: { subscription: { for: "9 months" } } } };
    const account = deployed.sandbox.cloud.account(defaultAccounts.china);
    deployed.sandbox.cloud.store.put(accounts, { ...account, tsdbSold: true });
    await deployed.change(settings);
    const { id } = deployed.row(tsdbs, "time-series");
    const before = await deployed.things();
    const calls = deployed.writes();

    for (const more of [[], ["--with-data"]]) {
      const { status, text } = await deployed.run("destroy", settings, ...more);
      expect(status).toBe(1);
      expect(text).toMatch(new RegExp(`time-series-tsdb +${id} +paid ahead`));
      expect(text).toContain("nothing was touched");
    }
    expect(await deployed.things()).toEqual(before);
    expect(deployed.writes()).toEqual(calls);
  });
});

/** Buys a year after the command has lifted what holds the Lindorm and looked at it for the last time. */
function buyAfterLastLook(deployed: Deployed, id: string): () => void {
  const { log, store, clock } = deployed.sandbox.cloud;
  let lifted = false;
  return log.follow(({ action }) => {
    if (action === "UpdateLindormInstanceAttribute") lifted = true;
    const row = lifted && action === "GetLindormInstanceEngineInfo" ? deployed.rows(lindorms)[0] : undefined;
    if (row?.id === id) store.put(lindorms, { ...row, payType: "PREPAY", expiresAt: clock.now() + 31_536_000_000 });
  });
}
