import { beforeAll, describe, expect, test } from "vitest";
import { type SettingsInput, settings as schema } from "../../../components/config/schema.ts";
import type { Plan } from "../../../plan/plan.ts";
import { comparePlans } from "../../../review/changes/compare.ts";
import { hazardsOf } from "../../../review/hazards/judge.ts";
import { planOfSettings, smallSettings } from "../../support/stacks.ts";
import { short, today } from "./made.ts";

type Group = SettingsInput["hosts"][string];

function settings(workers: Partial<Group> = {}, more: Partial<SettingsInput> = {}): SettingsInput {
  const small = smallSettings();
  const { workers: group } = small.hosts;
  if (group === undefined) throw new Error("small settings have a group of workers");
  const dataDisk = { GiB: 100, snapshots: { at: "03:00", keepDays: 7 } };
  return { ...small, hosts: { workers: { ...group, software: { sdk: "none" }, dataDisk, ...workers } }, ...more };
}

const network = (more: Partial<SettingsInput["network"]>) => ({ network: { ...smallSettings().network, ...more } });
const lindorm = {
  generation: 1,
  nodes: 2,
  node: "lindorm.g.2xlarge",
  storage: { GiB: 160, kind: "standard" },
} as const;
const ahead = (term: string) => ({ subscription: { for: term, renew: "by-hand" as const } });
const rebuild = { image: "ubuntu_22_04_x64_20G_alibase_20260916.vhd", onImageChange: "rebuild" as const };
const gone = (on: string) => ({ what: "data-disk-deleted", on, why: "moved", by: "team", until: "2027-01-31" });

const plans = new Map<string, Promise<Plan>>();

/** Most edits begin with the same settings. */
function planOnce(of: SettingsInput): Promise<Plan> {
  const key = JSON.stringify(of);
  const plan = plans.get(key) ?? planOfSettings(of);
  plans.set(key, plan);
  return plan;
}

async function hazards(from: SettingsInput, to: SettingsInput) {
  const before = await planOnce(from);
  const after = await planOnce(to);
  const parsed = schema.parse(to);
  return hazardsOf({
    changes: comparePlans(before, after),
    before,
    after,
    settings: parsed,
    accept: parsed.accept,
    today,
  });
}

describe("edits of a stack file", () => {
  let base: Plan;
  beforeAll(async () => {
    base = await planOnce(settings());
  });

  test("a new stack has none, nor has one that stays", () => {
    const none: Plan = { ...base, resources: [] };
    expect(hazardsOf({ changes: comparePlans(none, base), before: none, after: base, accept: [], today })).toEqual([]);
    expect(hazardsOf({ changes: comparePlans(base, base), before: base, after: base, accept: [], today })).toEqual([]);
  });

  test.each<[string, SettingsInput, SettingsInput, readonly string[]]>([
    ["image, at the next rebuild: nothing happens now", settings(), settings({ image: rebuild.image }), []],
    [
      "image, rebuilt: system disks wiped, data disks go along",
      settings(),
      settings(rebuild),
      ["high system-disk-wiped workers", "medium host-replaced workers"],
    ],
    [
      "software, run again in place: nothing of the cloud changes",
      settings(),
      settings({ software: { commands: ["true"] } }),
      [],
    ],
    ["type", settings(), settings({ type: "ecs.g7.2xlarge" }), ["medium type-changed workers"]],
    ["one host more", settings(), settings({ count: 3 }), []],
    [
      "one host less: its disk is protected",
      settings(),
      settings({ count: 1 }),
      ["high destroy-refused workers-02", "medium host-deleted workers-02"],
    ],
    [
      "one host less, its disk kept",
      settings(),
      settings({ count: 1, dataDisk: { GiB: 100, snapshots: { at: "03:00", keepDays: 7 }, keep: ["workers-02"] } }),
      ["medium host-deleted workers-02"],
    ],
    ["a larger disk", settings(), settings({ dataDisk: { GiB: 200, snapshots: { at: "03:00", keepDays: 7 } } }), []],
    [
      "a smaller one, with fewer snapshots",
      settings(),
      settings({ dataDisk: { GiB: 50, snapshots: { at: "03:00", keepDays: 3 } } }),
      ["high shrink-refused workers", "medium snapshots-reduced workers"],
    ],
    ["to a subscription", settings(), settings({ pay: ahead("1 month") }), []],
    [
      "another term",
      settings({ pay: ahead("1 month") }),
      settings({ pay: ahead("1 year") }),
      ["medium term-buys-nothing workers"],
    ],
    [
      "back from a subscription",
      settings({ pay: ahead("1 month") }),
      settings(),
      ["high subscription-not-refunded workers"],
    ],
    [
      "to spot: made anew",
      settings(),
      settings({ pay: { spot: "market" } }),
      ["high system-disk-wiped workers", "medium host-replaced workers", "medium spot-interrupted workers"],
    ],
    [
      "rebuilt although paid ahead: refused, and nothing is wiped",
      settings({ pay: ahead("1 month") }),
      settings({ pay: ahead("1 month"), ...rebuild }),
      ["high destroy-refused workers"],
    ],
    ["a public address", settings(), settings({ publicAddress: { Mbps: 5 } }), ["high public-address workers"]],
    [
      "SSH from everywhere inside, which is new",
      settings(),
      settings({}, network({ rules: [{ to: "workers", from: "vpc", ports: 22, protocol: "tcp" }] })),
      ["low exposure-widened network"],
    ],
    ["a way out", settings(), settings({}, network({ wayOut: "nat" })), ["medium way-out-widened network"]],
  ])("%s", async (_, from, to, expected) => {
    expect(short(await hazards(from, to))).toEqual(expected);
  });

  test("a disk is given up in two steps, accepted once", async () => {
    const disk = { GiB: 100, snapshots: { at: "03:00", keepDays: 7 } };
    const kept = settings({ count: 1, dataDisk: { ...disk, keep: ["workers-02"] } });
    const given = { ...kept, accept: [gone("workers-02")] };
    const [first, ...others] = await hazards(kept, given);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ id: "protection-removed", on: "workers-02", accepted: { by: "team" } });
    const last = { ...settings({ count: 1, dataDisk: disk }), accept: [gone("workers-02")] };
    const [second, ...more] = await hazards(given, last);
    expect(more).toEqual([]);
    expect(second).toMatchObject({ id: "data-disk-deleted", on: "workers-02", accepted: { by: "team" } });
  });

  test("a database that is paid ahead and goes stays, and holds its vSwitch", async () => {
    const paid = settings({}, { timeSeries: { lindorm, pay: ahead("1 year") } });
    const found = await hazards(paid, settings());
    // The stack protects it by both: nothing is left behind unless somebody lifts that first.
    expect(short(found)).toEqual(["high destroy-refused time-series"]);
  });
});
