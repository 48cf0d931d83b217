import { describe, expect, test } from "vitest";
import { use as useSetting } from "../../components/config/schema-cost.ts";
import type { BillableItem } from "../../cost/items.ts";
import { monthOf } from "../../cost/month.ts";
import { alwaysOn, billedHours, hoursOfWeek, type Month, type Use } from "../../cost/use.ts";

describe("hours in which something is billed, of 730 with 200 worked", () => {
  const month = (whenIdle: Use["whenIdle"]): Month => ({ ...alwaysOn, useOf: () => ({ hours: 200, whenIdle }) });
  const cases: readonly (readonly [BillableItem["kind"], boolean, number, number])[] = [
    // kind, comes with a host, when idle hosts are stopped, when they are deleted
    ["host", true, 200, 200],
    ["bandwidth", true, 200, 200],
    ["system-disk", true, 730, 200],
    ["data-disk", true, 730, 200],
    ["data-disk", false, 730, 730],
    ["bandwidth", false, 730, 730],
    ["address", false, 730, 730],
    ["nat-gateway", false, 730, 730],
    ["lindorm-node", false, 730, 730],
  ];
  test.each(cases)("%s, with a host: %s", (kind, withHost, stopped, deleted) => {
    const hours = (whenIdle: Use["whenIdle"]) => billedHours({ kind, withHost, component: "workers" }, month(whenIdle));
    expect([hours("run"), hours("stop"), hours("delete")]).toEqual([730, stopped, deleted]);
  });

  test("never more than the month has", () => {
    const short: Month = { hours: 672, useOf: () => ({ hours: 730, whenIdle: "stop" }) };
    expect(billedHours({ kind: "host", withHost: true, component: "workers" }, short)).toBe(672);
  });
});

test.each([
  // 40 x 730 / 168 and so on: 365 days, seven to a week, twelve months.
  [40, 730, 173.81],
  [40, 720, 171.43],
  [168, 730, 730],
  [1, 744, 4.43],
  [0, 730, 0],
])("%d hours a week are, in a month of %d, %d", (week, month, hours) => {
  expect(hoursOfWeek(week, month)).toBe(hours);
});

describe("as a stack file says it", () => {
  const monthFor = (stated: unknown, hoursPerMonth = 730) =>
    monthOf({ cost: { hoursPerMonth }, hosts: { workers: { use: useSetting.parse(stated) } } });

  test.each([
    [undefined, 730, { hours: 730, whenIdle: "run" }],
    ["always", 720, { hours: 720, whenIdle: "run" }],
    [{ hoursPerMonth: 200 }, 730, { hours: 200, whenIdle: "stop" }],
    [{ hoursPerMonth: 744, whenIdle: "delete" }, 720, { hours: 720, whenIdle: "delete" }],
    [{ hoursPerMonth: 0, whenIdle: "run" }, 730, { hours: 0, whenIdle: "run" }],
    [{ weekly: { days: 5, hours: 8 } }, 730, { hours: 173.81, whenIdle: "stop" }],
    [{ weekly: { days: 7, hours: 24 }, whenIdle: "delete" }, 744, { hours: 744, whenIdle: "delete" }],
    [{ weekly: { days: 1, hours: 0.5 } }, 730, { hours: 2.17, whenIdle: "stop" }],
  ] as const)("%j in a month of %d", (stated, hours, expected) => {
    const month = monthFor(stated, hours);
    expect(month.useOf("workers")).toEqual(expected);
    expect(month.hours).toBe(hours);
  });

  test("what is no group of hosts runs all month, also under a name that every object has", () => {
    const month = monthFor({ hoursPerMonth: 200 });
    for (const name of ["network", "constructor"]) expect(month.useOf(name)).toEqual({ hours: 730, whenIdle: "run" });
  });

  test("traffic and snapshots only where somebody said how much; zero is a statement", () => {
    const cost = { hoursPerMonth: 730, trafficGB: 0, snapshotGiB: 12 };
    expect(monthOf({ cost, hosts: {} })).toMatchObject({ trafficGB: 0, snapshotGiB: 12 });
    expect(Object.keys(monthFor("always"))).toEqual(["hours", "useOf"]);
  });
});
