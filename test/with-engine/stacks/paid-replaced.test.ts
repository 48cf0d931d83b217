import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Instance, instances } from "../../../sandbox/ecs/rows.ts";
import { smallSettings } from "../../support/stacks.ts";
import { Deployed, withGroup } from "./deployed.ts";

describe("a host that is paid ahead and would be replaced", () => {
  const ahead = withGroup(smallSettings(), { count: 1, pay: { subscription: { for: "1 month" } } });
  const spot = withGroup(ahead, { pay: { spot: "market" } });
  let deployed: Deployed;
  let paid: Instance;
  beforeAll(async () => {
    deployed = await Deployed.open();
    await deployed.change(ahead);
    paid = deployed.row(instances, "workers-01");
  });
  afterAll(() => deployed.close());

  const paidHosts = () => deployed.rows(instances).filter(({ chargeType }) => chargeType === "PrePaid");

  test("stays, and every update names it until somebody has converted it", { timeout: 240_000 }, async () => {
    for (let n = 0; n < 2; n++) {
      const { status, text } = await deployed.run("up", spot);
      expect({ status, text }).toMatchObject({
        status: 1,
        text: expect.stringContaining("A subscription is paid ahead and cannot be deleted (workers-01)"),
      });
      expect(paidHosts().map(({ id }) => id)).toEqual([paid.id]);
      expect(deployed.rows(instances)).toHaveLength(2);
    }
    const convert = { InstanceIds: JSON.stringify([paid.id]), InstanceChargeType: "PostPaid" };
    await deployed.console().ok("ecs", "ModifyInstanceChargeType", convert);
    expect((await deployed.run("refresh", spot)).status).toBe(0);
    expect((await deployed.run("up", spot)).status).toBe(0);
    expect(deployed.row(instances, "workers-01").spot.strategy).toBe("SpotAsPriceGo");
    await deployed.expectSettled(spot);
  });

  test("destroy leaves nothing", async () => {
    await deployed.end(spot);
  });
});
