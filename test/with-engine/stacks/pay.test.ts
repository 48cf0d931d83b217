import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { disks, type Instance, instances } from "../../../sandbox/ecs/rows.ts";
import { smallSettings } from "../../support/stacks.ts";
import { Deployed, touched, withGroup } from "./deployed.ts";

const ahead = (term: string, renew: string | { every: string }) => ({ subscription: { for: term, renew } });

describe("pay: what changes in place, what makes a host anew, and what changes nothing", () => {
  const small = smallSettings();
  const { workers } = small.hosts;
  const group = { ...workers, count: 1 };
  // One group for each way to be paid from the start, and one that changes.
  const base = {
    ...small,
    hosts: {
      workers: { ...group, dataDisk: { GiB: 20, snapshots: "none" } },
      never: { ...group, pay: ahead("1 month", "never") },
      byhand: { ...group, pay: ahead("1 year", "by-hand") },
      weekly: { ...group, pay: ahead("1 week", { every: "2 weeks" }) },
      yearly: { ...group, pay: ahead("2 years", { every: "1 year" }) },
      spot: { ...group, pay: { spot: { max: 0.5 } } },
    },
  };
  let deployed: Deployed;
  const host = (key = "workers-01"): Instance => deployed.row(instances, key);
  beforeAll(async () => {
    deployed = await Deployed.open();
  });
  afterAll(() => deployed.close());

  async function changed(pay: object | string): Promise<{ readonly said: string[]; readonly touched: string[] }> {
    const before = await deployed.things();
    const said = await deployed.change(withGroup(base, { pay }));
    expect(deployed.row(disks, "workers-01-data")).toMatchObject({ instanceId: host().id, chargeType: "PostPaid" });
    return { said, touched: touched(before, await deployed.things()) };
  }

  test("from the start: bought as declared, and nothing is left to do", { timeout: 240_000 }, async () => {
    await deployed.change(base);
    await deployed.expectSettled(base);
    expect(host("never-01")).toMatchObject({ chargeType: "PrePaid", period: 1, periodUnit: "Month" });
    expect(host("never-01").renewal.status).not.toBe("AutoRenewal");
    expect(host("byhand-01")).toMatchObject({ chargeType: "PrePaid", period: 12, renewal: { status: "Normal" } });
    expect(host("weekly-01")).toMatchObject({ period: 1, periodUnit: "Week", renewal: { period: 2, unit: "Week" } });
    expect(host("yearly-01")).toMatchObject({
      period: 24,
      renewal: { status: "AutoRenewal", period: 12, unit: "Month" },
    });
    expect(host("spot-01")).toMatchObject({ spot: { strategy: "SpotWithPriceLimit", priceLimit: 0.5, duration: 1 } });
    expect(host()).toMatchObject({ chargeType: "PostPaid", spot: { strategy: "NoSpot" } });
  });

  test("pay-as-you-go to subscription: in place", async () => {
    const { said, touched } = await changed(ahead("1 month", { every: "2 months" }));
    expect(touched).toEqual([]);
    expect(said).toEqual([expect.stringMatching(/^~ workers-01: .*instanceChargeType/)]);
    expect(host()).toMatchObject({
      chargeType: "PrePaid",
      period: 1,
      periodUnit: "Month",
      renewal: { status: "AutoRenewal", period: 2, unit: "Month" },
    });
  });

  test.each([
    ["never", { status: "Normal" }],
    [{ every: "3 months" }, { status: "AutoRenewal", period: 3 }],
    ["by-hand", { status: "Normal" }],
  ])("renewal to %j: in place", async (renew, renewal) => {
    const { said, touched } = await changed(ahead("1 month", renew));
    expect(touched).toEqual([]);
    expect(said).toEqual([expect.stringMatching(/^~ workers-01: .*renewalStatus/)]);
    expect(host().renewal).toMatchObject(renewal);
  });

  test("another term: the provider takes note, and buys nothing before the running one ends", async () => {
    const { expiresAt } = host();
    const { said, touched } = await changed(ahead("1 year", "by-hand"));
    expect({ said, touched }).toEqual({ said: ["~ workers-01: period"], touched: [] });
    expect(host().expiresAt).toBe(expiresAt);
  });

  test("subscription to pay-as-you-go: in place", async () => {
    const { said, touched } = await changed("pay-as-you-go");
    expect(touched).toEqual([]);
    expect(said).toEqual([expect.stringMatching(/^~ workers-01: .*instanceChargeType/)]);
    expect(host().chargeType).toBe("PostPaid");
    expect(host().expiresAt).toBeUndefined();
  });

  test("pay-as-you-go to spot: made anew, the data disk stays", async () => {
    const { said, touched } = await changed({ spot: "market" });
    expect(touched).toEqual(["± host workers-01"]);
    expect(said).toEqual(["± workers-01-data-attachment: instanceId", "± workers-01: spotStrategy"]);
    expect(host().spot.strategy).toBe("SpotAsPriceGo");
    await deployed.expectSettled(withGroup(base, { pay: { spot: "market" } }));
  });

  test("destroy ends it all", { timeout: 240_000 }, async () => {
    await deployed.end(withGroup(base, { pay: { spot: "market" } }));
  });
});
