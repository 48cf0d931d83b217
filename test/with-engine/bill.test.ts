import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { billReport } from "../../cost/bill/report.ts";
import { shippedText } from "../support/stacks.ts";
import { TestSandbox } from "./sandbox.ts";

const day = 86_400_000;

test("shanghai, deployed and run for a month: the bill is what the review said, and every difference is explained", {
  timeout: 300_000,
}, async (context) => {
  const sandbox = await TestSandbox.open();
  context.onTestFinished(() => sandbox.close());
  // The local cloud's prices are the China site's.
  const file = join(sandbox.home.folder, "shanghai.yaml");
  writeFileSync(file, shippedText("shanghai").replace("site: international", "site: china"));
  await sandbox.ok(["up", "shanghai", "--config", file]);

  const { clock } = sandbox.cloud;
  const china = new Date(clock.now() + 8 * 3_600_000);
  const next = Date.UTC(china.getUTCFullYear(), china.getUTCMonth() + 1, 1);
  clock.skip(next - china.getTime() + 32 * day);
  const month = new Date(next).toISOString().slice(0, 7);
  const { status, text } = await sandbox.china([
    ...["bill", "shanghai", "--month", month, "--config", file, "--sandbox", "--format", "json"],
  ]);
  expect(status).toBe(0);
  const report = billReport.parse(JSON.parse(text));
  expect(report.partial).toBe(false);
  const byKind = Map.groupBy(report.lines, ({ kind }) => kind);
  expect(byKind.get("host")).toHaveLength(2);
  expect(byKind.get("system-disk")).toHaveLength(2);
  expect(byKind.get("data-disk")).toHaveLength(2);
  for (const kind of ["host", "system-disk", "data-disk", "nat-gateway", "address"]) {
    for (const line of byKind.get(kind) ?? [undefined]) expect(line).toMatchObject({ difference: "0.00", parts: [] });
  }
  const expected = report.hours * (2 * (1.0465 + (40 * 0.5 + 200) / 480) + 0.195 + 0.02);
  expect(report.totals.run).toMatchObject({ billed: expected.toFixed(2), difference: "0.00", parts: [] });
  // Lindorm has no price on either side: it is listed, and in no sum.
  expect(byKind.get("lindorm-node")).toHaveLength(1);
  expect(report.totals.run.notComparable).toEqual({ lines: 2, billed: "0.00" });
  expect(report.ofNoStack).toEqual([]);

  // In the month of the deployment it ran for fewer hours, and nothing else differs.
  const first = new Date(Date.UTC(china.getUTCFullYear(), china.getUTCMonth(), 1)).toISOString().slice(0, 7);
  const begun = await sandbox.china([
    ...["bill", "shanghai", "--month", first, "--config", file, "--sandbox", "--format", "json"],
  ]);
  const { totals } = billReport.parse(JSON.parse(begun.text));
  const others = totals.run.parts.filter(({ reason }) => !["hours", "minimum", "rounding"].includes(reason));
  expect(others).toEqual([]);
});
