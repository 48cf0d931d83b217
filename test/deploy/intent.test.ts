import { describe, expect, test } from "vitest";
import { intentOf } from "../../cli/deploy-intent.ts";
import { questionOf } from "../../deploy/confirm.ts";
import type { Host } from "../../deploy/hosts.ts";
import { managed, type Plan } from "../../plan/plan.ts";
import { situation } from "../preflight/cloud.ts";
import { events, type MadeStep } from "../review/preview/made.ts";
import { smallSettings, stackFile } from "../support/stacks.ts";

const workers = smallSettings().hosts?.["workers"];
const withWorkers = (more: object) => ({ ...smallSettings(), hosts: { workers: { ...workers, ...more } } });
const month = (renew: unknown = "never") => ({ subscription: { for: "1 month", renew } });

/** What the engine would tell of these two plans; named resources are rebuilt. */
function previewOf(before: Plan | undefined, after: Plan, rebuilt: readonly string[] = []): string {
  const side = (plan: Plan | undefined) =>
    new Map((plan === undefined ? [] : managed(plan)).map((one) => [one.urn, one]));
  const [old, now] = [side(before), side(after)];
  const steps = [...new Set([...old.keys(), ...now.keys()])].map((urn): MadeStep => {
    const [was, is] = [old.get(urn), now.get(urn)];
    const name = urn.split("::").at(-1) ?? "";
    const same = JSON.stringify(was?.inputs) === JSON.stringify(is?.inputs);
    const op = rebuilt.includes(name)
      ? "replace"
      : was === undefined
        ? "create"
        : is === undefined
          ? "delete"
          : same
            ? "same"
            : "update";
    const state = (one: typeof was) =>
      one && { urn, type: one.type, custom: true, inputs: one.inputs, parent: one.parent, id: "x" };
    const [oldState, newState] = [state(was), state(is)];
    return { op, urn, ...(oldState ? { oldState } : {}), ...(newState ? { newState } : {}), detailedDiff: null };
  });
  return events(steps);
}

async function asked(
  before: object | undefined,
  after: object,
  rebuilt: readonly string[] = [],
  hosts: readonly Host[] = [],
) {
  const was = before === undefined ? undefined : await situation(stackFile(before));
  const is = await situation(stackFile(after));
  const { stack, settings, plan } = is;
  const software = (was?.plan.outputs["software"] ?? {}) as Record<string, string>;
  const loaded = { stack, settings, plan, file: "Pulumi.test.yaml" };
  const { intent, sum } = intentOf({
    ...{ loaded, hosts, software, today: "2026-11-25" },
    preview: previewOf(was?.plan, plan, rebuilt),
  });
  return { intent, sum, question: questionOf(intent, sum) };
}

describe("what has to be agreed to", () => {
  test("a new stack by the hour: what it costs, and nothing to buy", async () => {
    const { intent, sum, question } = await asked(undefined, smallSettings());
    expect(intent.changes).toMatchObject({ update: 0, replace: 0, delete: 0 });
    expect(intent.changes.create).toBeGreaterThan(4);
    expect(intent.purchases).toEqual([]);
    expect([intent.cost.monthBefore, sum]).toEqual(["0.00", "0.00"]);
    // 2 x (ecs.g7.xlarge 1.0465 and 40 GiB PL0) by the hour, 730 hours.
    expect(Number(intent.cost.monthAfter)).toBeGreaterThan(1_500);
    expect(question?.buy).toBeUndefined();
  });

  test("nothing, where nothing changes", async () => {
    expect((await asked(smallSettings(), smallSettings())).question).toBeUndefined();
  });

  test("new hosts for a month are bought: hosts and their disks, with the end of the term", async () => {
    const { intent, sum, question } = await asked(undefined, withWorkers({ pay: month({ every: "1 month" }) }));
    const [host] = intent.purchases.filter(({ what }) => what === "ecs.g7.xlarge");
    expect(host).toMatchObject({ names: ["workers-01", "workers-02"], term: "1 month", renews: "1 month" });
    const all = intent.purchases.reduce((so, { payNow = "NaN" }) => so + Number(payNow), 0);
    expect(Number(sum)).toBeCloseTo(all, 1);
    expect(question?.buy).toBe(sum);
  });

  test("a host that is paid ahead and stays is not bought again", async () => {
    const { intent, sum } = await asked(withWorkers({ pay: month() }), {
      ...withWorkers({ pay: month() }),
      tags: { owner: "other", env: "test", "data-class": "general" },
    });
    expect(intent.changes.update).toBeGreaterThan(0);
    expect([intent.purchases, sum]).toEqual([[], "0.00"]);
  });

  test("one that renews itself from now on is agreed to as a purchase is, though nothing is paid now", async () => {
    const { intent, sum, question } = await asked(
      withWorkers({ pay: month() }),
      withWorkers({ pay: month({ every: "1 month" }) }),
    );
    expect([intent.purchases, sum]).toEqual([[], "0.00"]);
    expect(intent.renewals).toMatchObject([{ names: ["workers-01", "workers-02"], every: "1 month" }]);
    expect(Number(intent.renewals?.[0]?.each)).toBeGreaterThan(600);
    expect(question?.buy).toBe(`renews-${intent.renewals?.[0]?.each}`);
    const off = await asked(withWorkers({ pay: month({ every: "1 month" }) }), withWorkers({ pay: month() }));
    expect([off.intent.renewals, off.question?.buy]).toEqual([[], undefined]);
  });

  test("one that is rebuilt is, though its price does not change", async () => {
    const { intent, question } = await asked(withWorkers({ pay: month() }), withWorkers({ pay: month() }), [
      "workers-02",
    ]);
    expect(intent.purchases.flatMap(({ names }) => names)).toContain("workers-02");
    expect(intent.purchases.flatMap(({ names }) => names)).not.toContain("workers-01");
    expect(intent.lost).toEqual([expect.stringMatching(/^workers-02 \(host\) is rebuilt/)]);
    expect(Number(question?.buy)).toBeGreaterThan(0);
  });

  test("from the hour to a month is a purchase; another term is none", async () => {
    const bought = await asked(smallSettings(), withWorkers({ pay: month() }));
    expect(Number(bought.question?.buy)).toBeGreaterThan(0);
    const longer = { subscription: { for: "1 year", renew: "never" } };
    const term = await asked(withWorkers({ pay: month() }), withWorkers({ pay: longer }));
    expect([term.intent.purchases, term.question?.buy]).toEqual([[], undefined]);
  });

  test("a disk of a subscription that grows costs a difference that nobody can tell", async () => {
    const grown = withWorkers({ pay: month(), systemDisk: { GiB: 60 } });
    const { question, intent } = await asked(withWorkers({ pay: month() }), grown);
    expect(intent.purchases.every(({ payNow }) => payNow === undefined)).toBe(true);
    expect(question?.buy).toBe("0.00+unknown");
  });

  test("another site's list shows the size only, and is no sum to agree to", async () => {
    const abroad = { ...withWorkers({ pay: month() }), account: { site: "international" } };
    const { question } = await asked(undefined, abroad);
    expect(question?.buy).toBe("0.00+unknown");
  });

  test("what is deleted is named where it holds something", async () => {
    const { intent } = await asked(smallSettings(), withWorkers({ count: 1 }));
    expect(intent.lost).toEqual(["workers-02 (host) is deleted"]);
  });

  test("changed software of standing hosts, where the group takes it without a rebuild", async () => {
    const hosts = [{ key: "workers-01", group: "workers", id: "i-1" }];
    const software = { docker: true };
    const rerun = { software, onSoftwareChange: "rerun" };
    const before = withWorkers({ onSoftwareChange: "rerun" });
    expect((await asked(before, withWorkers(rerun), [], hosts)).intent.software).toEqual([
      { group: "workers", hosts: ["workers-01"] },
    ]);
    expect((await asked(before, withWorkers(rerun), ["workers-01"], hosts)).intent.software).toEqual([]);
    const waits = { software, onSoftwareChange: "at-next-rebuild" };
    expect((await asked(before, withWorkers(waits), [], hosts)).intent.software).toEqual([]);
  });
});
