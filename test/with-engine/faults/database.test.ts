import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rehearsed } from "./cases.ts";
import { Rehearsal } from "./rehearsal.ts";
import { networkOnly } from "./settings.ts";
import { tables } from "./tables.ts";

const lindorm = { generation: 1, nodes: 2, node: "lindorm.g.xlarge", storage: { GiB: 160, kind: "standard" } } as const;
const settings = { ...networkOnly(), timeSeries: { lindorm } };

rehearsed("Lindorm", [
  {
    title: "up",
    operation: "up",
    settings,
    combinations: tables.lindorm.up,
  },
  {
    title: "destroy",
    operation: "destroy",
    settings,
    more: ["--with-data"],
    combinations: tables.lindorm.destroy,
  },
]);

const second = { ...lindorm, generation: 2, node: "lindorm.g.2xlarge" } as const;
rehearsed("Lindorm of the second generation", [
  {
    title: "up",
    operation: "up",
    settings: { ...networkOnly(), timeSeries: { lindorm: second } },
    combinations: tables.lindormV2.up,
  },
]);

describe.concurrent("Lindorm whose order is answered into nothing", () => {
  let rehearsal: Rehearsal;
  beforeAll(async () => {
    rehearsal = await Rehearsal.open();
    await rehearsal.fault("CreateLindormInstance", { kind: "lost-answer" }, { nth: 1 });
  }, 60_000);
  afterAll(() => rehearsal.close());

  test("is there twice, since it has no token: named at once, although all looks well", {
    timeout: 300_000,
  }, async () => {
    const { status, text } = await rehearsal.run("up", settings);
    const [double, ...others] = await rehearsal.unknown();
    expect(others).toEqual([]);
    expect(double?.kind).toMatch(/Lindorm/);
    expect(text).toMatch(/All is made, but there is more than that/);
    expect(text).toMatch(/1 billed, 1 doubled/);
    expect(text).toContain(`delete it: aliyun hitsdb ReleaseLindormInstance --InstanceId ${double?.id}`);
    expect(status).toBe(1);
    await rehearsal.follow(text);
    const again = await rehearsal.run("up", settings);
    expect(again.status, again.text).toBe(0);
    await rehearsal.expectOneOfEach();
  });
});
