import { test } from "vitest";
import { instances } from "../../../sandbox/ecs/rows.ts";
import { smallSettings } from "../../support/stacks.ts";
import { Deployed, withGroup } from "./deployed.ts";
test("try", { timeout: 500_000 }, async () => {
  const d = await Deployed.open();
  const s = withGroup(smallSettings(), { count: 1, pay: { subscription: { for: "1 month", renew: "by-hand" } }, dataDisk: { GiB: 20, snapshots: "none" } });
  const spot = withGroup(s, { pay: { spot: "market" } });
  const go = async (op: "up" | "preview" | "refresh" | "destroy", x: object, ...more: string[]) => {
    const t = performance.now();
    console.log(op, await d.run(op, x, ...more), performance.now() - t);
    console.log(d.rows(instances).map((r) => [r.id, r.name, r.chargeType, r.spot.strategy]));
  };
  await go("up", s);
  await go("up", spot);
  const old = d.rows(instances).find((r) => r.chargeType === "PrePaid");
  await d.console().ok("ecs", "ModifyInstanceChargeType", { InstanceIds: JSON.stringify([old?.id]), InstanceChargeType: "PostPaid" });
  await go("up", spot);
  await go("refresh", spot);
  await go("up", spot);
  await go("destroy", spot, "--with-data");
  await d.close();
});
