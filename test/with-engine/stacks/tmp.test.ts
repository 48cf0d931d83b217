import { test } from "vitest";
import { smallSettings } from "../../support/stacks.ts";
import { Deployed, withGroup } from "./deployed.ts";
test("try", { timeout: 500_000 }, async () => {
  const d = await Deployed.open();
  const small = smallSettings();
  const s = withGroup({ ...small, network: { ...small.network, sources: { office: "203.0.113.0/24" } } }, { count: 1 });
  const ssh = withGroup(s, { access: { ssh: { from: "office", key: "test/components/fixtures/team.pub" } } });
  for (const x of [s, ssh, s]) {
    const t = performance.now();
    console.log(await d.sandbox.sandbox(["up", "s", "--config", d.sandbox.stackFile(x)], { timeout: 70_000 }), performance.now() - t);
  }
  console.log(d.sandbox.cloud.log.recent(60).map((c) => `${c.action} ${c.outcome}`).join("\n"));
  await d.close();
});
