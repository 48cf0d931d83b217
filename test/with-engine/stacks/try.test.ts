import { afterAll, beforeAll, test } from "vitest";
import { smallSettings } from "../../support/stacks.ts";
import { Deployed } from "./deployed.ts";
let d: Deployed;
beforeAll(async () => { d = await Deployed.open(); });
afterAll(() => d.close());
test("try", { timeout: 300_000 }, async () => {
  const s = smallSettings();
  const w = { ...s, hosts: { workers: { ...s.hosts["workers"], count: 1, dataDisk: { GiB: 20, snapshots: "none" } } } };
  const args = ["s", "--config", d.sandbox.stackFile(w)];
  for (const op of ["preview", "up", "preview", "refresh", "destroy"]) {
    const t = performance.now();
    console.log(await d.sandbox.sandbox([op, ...args]), performance.now() - t);
  }
  console.log(await d.things());
  console.log(await d.sandbox.sandbox(["status"]));
});
