import { expect, test } from "vitest";
import { billingMonth, monthAt, partOf } from "../../../cost/bill/month.ts";
import { renewalsSoon, type Subscription } from "../../../cost/bill/renewals.ts";

const now = Date.parse("2026-11-25T02:00:00Z");
const one = (change: Partial<Subscription> = {}): Subscription => ({
  ...{ id: "i-1", name: "china-test-workers-01", product: "ecs", region: "cn-shanghai", renewsItself: true },
  ...{ endsAt: Date.parse("2026-12-20T16:00:00Z"), renewal: { unit: "month", count: 1 } },
  ...change,
});

test("a renewal is tried nine days before the end: the day before that is the last one to call it off", () => {
  expect(renewalsSoon([one()], now)[0]).toMatchObject({
    does: "renews",
    on: "2026-12-21",
    cancelBy: "2026-12-11",
    tooLate: false,
  });
});

test("too late is said, not hidden", () => {
  const soon = one({ endsAt: Date.parse("2026-11-30T16:00:00Z") });
  expect(renewalsSoon([soon], now)[0]).toMatchObject({ on: "2026-12-01", cancelBy: "2026-11-21", tooLate: true });
});

test("what does not renew itself ends, and needs no calling off", () => {
  const [ends] = renewalsSoon([one({ renewsItself: false })], now);
  expect(ends).toMatchObject({ does: "ends", on: "2026-12-21" });
  expect(ends).not.toHaveProperty("cancelBy");
});

test("sixty days, the first one first; what has ended is over", () => {
  const at = (days: number) => one({ id: String(days), endsAt: now + days * 86_400_000 });
  expect(renewalsSoon([61, 60, -1, 3].map(at), now).map(({ id }) => id)).toEqual(["3", "60"]);
});

test.each([
  ["2026-11", 720, "2026-10-31T16:00:00Z"],
  ["2026-12", 744, "2026-11-30T16:00:00Z"],
  ["2028-02", 696, "2028-01-31T16:00:00Z"],
] as const)("%s has %i hours and begins in China", (name, hours, begins) => {
  const after = Date.parse("2030-01-01T00:00:00Z");
  expect(billingMonth(name, after)).toEqual({ name, hours, elapsed: hours, begins: Date.parse(begins) });
});

test.each(["2026-13", "2026-00", "26-01", "2026-1", "2026-011", "november"])("%s is no month", (name) => {
  expect(billingMonth(name, now)).toBeUndefined();
});

test("only whole hours that are over count", () => {
  expect(billingMonth("2026-11", Date.parse("2026-10-31T17:59:59Z"))).toMatchObject({ elapsed: 1 });
  expect(billingMonth("2026-12", now)).toMatchObject({ elapsed: 0 });
  expect(monthAt(Date.parse("2026-10-31T16:00:00Z"))).toBe("2026-11");
});

test("half of a month is half of everything", () => {
  const whole = { hours: 720, useOf: () => ({ hours: 200, whenIdle: "stop" }) as const, trafficGB: 100 };
  const half = partOf(whole, { hours: 720, elapsed: 360 });
  expect([half.hours, half.useOf("workers"), half.trafficGB]).toEqual([360, { hours: 100, whenIdle: "stop" }, 50]);
});
