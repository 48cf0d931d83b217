import { describe, expect, test } from "vitest";
import { validate } from "../../../components/config/validate.ts";
import { readProjectFile } from "../../../components/config.ts";
import { reviewChange, type StackSide } from "../../../review/pull-request/compose.ts";
import { changeReview } from "../../../review/pull-request/schema.ts";
import { planOfSettings, smallSettings } from "../../support/stacks.ts";

const small = smallSettings();
const { workers } = small.hosts;
const withHosts = (change: object, more: object = {}) => ({
  ...small,
  ...more,
  hosts: { workers: { ...workers, ...change } },
});

async function side(settings: object): Promise<StackSide> {
  const checked = validate(settings, "test", readProjectFile);
  if (!checked.ok) throw new Error(JSON.stringify(checked.mistakes));
  return { ok: true, file: "Pulumi.test.yaml", settings: checked.settings, plan: await planOfSettings(settings) };
}

async function reviewed(before: object | undefined, after: object | undefined, trustNewAccept = false) {
  const sides = {
    ...(before === undefined ? {} : { before: await side(before) }),
    ...(after === undefined ? {} : { after: await side(after) }),
  };
  return reviewChange({
    before: { ref: "main", commit: "1".repeat(40) },
    after: { ref: "branch", commit: "2".repeat(40) },
    sides: new Map([["test", sides]]),
    changedFiles: ["Pulumi.test.yaml"],
    trustNewAccept,
    today: "2026-11-25",
  });
}

const image = "ubuntu_24_04_x64_20G_alibase_20260716.vhd";
const rebuilt = { image, onImageChange: "rebuild" };

test("nothing changed: one state, no stop, whatever is wrong with the stack anyhow", async () => {
  const overspent = { ...small, budget: { currency: "CNY", month: 1 } };
  const { stacks, stops, judge } = await reviewed(overspent, structuredClone(overspent));
  expect(stacks.map(({ state, changes }) => [state, changes.resources])).toEqual([["unchanged", []]]);
  expect([stops, judge]).toEqual([[], []]);
});

test("settings that change no resource are a change: they change the cost", async () => {
  const { stacks } = await reviewed(small, { ...small, cost: { hoursPerMonth: 720 } });
  expect(stacks[0]?.state).toBe("changed");
  expect(stacks[0]?.changes.resources).toEqual([]);
});

describe("an image that wipes system disks", () => {
  const before = withHosts({ onImageChange: "rebuild" });
  const entry = { what: "system-disk-wiped", on: "workers", why: "a test", by: "team", until: "2027-01-01" };

  test("stops the change, with the entry that accepts it", async () => {
    const { stops, stacks } = await reviewed(before, withHosts(rebuilt));
    expect(stops.map(({ kind, id }) => [kind, id])).toContainEqual(["hazard", "system-disk-wiped"]);
    expect(stacks[0]?.hazards.find(({ id }) => id === "system-disk-wiped")?.accept).toContain("system-disk-wiped");
  });

  test("an entry in the same change does not let it pass, unless somebody may decide so", async () => {
    const after = withHosts(rebuilt, { accept: [entry] });
    const wiped = ({ stops }: Awaited<ReturnType<typeof reviewed>>) =>
      stops.filter(({ id }) => id === "system-disk-wiped");
    const untrusted = await reviewed(before, after);
    expect(wiped(untrusted)).toHaveLength(1);
    expect(untrusted.judge.map(({ what }) => what)).toEqual(["accept"]);
    expect(wiped(await reviewed(before, after, true))).toEqual([]);
  });

  test("an entry that nothing needs any more is told, and stops nothing", async () => {
    const kept = { accept: [entry] };
    const { stacks } = await reviewed(withHosts({}, kept), withHosts({ count: 3 }, kept));
    expect(stacks[0]?.review?.warnings).toContainEqual({
      id: "accept-unneeded",
      text: expect.stringContaining("accept system-disk-wiped on workers accepts nothing of these changes"),
    });
  });

  test("an entry that stood there before does", async () => {
    const accepted = { accept: [entry] };
    const { stops } = await reviewed(withHosts({ onImageChange: "rebuild" }, accepted), withHosts(rebuilt, accepted));
    expect(stops.filter(({ id }) => id === "system-disk-wiped")).toEqual([]);
  });
});

test("a budget is the old one's", async () => {
  const budget = { currency: "CNY", month: 1 };
  const { stops, judge } = await reviewed(
    { ...small, budget },
    withHosts({ count: 3 }, { budget: { ...budget, month: 99_999 } }),
  );
  expect(stops).toContainEqual(expect.objectContaining({ kind: "budget", id: "budget-month" }));
  expect(judge).toEqual([expect.objectContaining({ what: "budget", stack: "test" })]);
});

test("a new stack is all new, a removed one all gone", async () => {
  const added = (await reviewed(undefined, small)).stacks[0];
  expect(added?.state).toBe("new");
  expect(new Set(added?.changes.resources.map(({ operation }) => operation))).toEqual(new Set(["create"]));
  const removed = (await reviewed(small, undefined)).stacks[0];
  expect([removed?.state, removed?.review]).toEqual(["removed", undefined]);
  expect(new Set(removed?.changes.resources.map(({ operation }) => operation))).toEqual(new Set(["delete"]));
});

test("a side that cannot be read stops the change, and says whose it is", () => {
  const { stops, stacks } = reviewChange({
    before: { ref: "main" },
    after: { ref: "branch" },
    sides: new Map([["test", { after: { ok: false, why: "it ended with 3" } }]]),
    changedFiles: [],
    trustNewAccept: false,
    today: "2026-11-25",
  });
  expect(stacks[0]).toMatchObject({ state: "unreadable", why: "after the change: it ended with 3" });
  expect(stops).toEqual([expect.objectContaining({ kind: "unreadable", stack: "test" })]);
});

test("what it says fits its schema", async () => {
  const review = await reviewed(withHosts({ onImageChange: "rebuild" }), withHosts({ ...rebuilt, count: 3 }));
  expect(() => changeReview.parse(JSON.parse(JSON.stringify(review)))).not.toThrow();
});
