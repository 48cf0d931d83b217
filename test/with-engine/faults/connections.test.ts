import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Effect } from "../../../sandbox/core/faults.ts";
import { addressMayGo } from "../../support/stacks.ts";
import { Rehearsal } from "./rehearsal.ts";
import { furnishedHosts } from "./settings.ts";

/** Every call that makes something of a stack with all that the project declares but a database. */
const making = [
  ...["CreateVpc", "CreateVSwitch", "CreateSecurityGroup", "AuthorizeSecurityGroup", "AllocateEipAddress"],
  ...["CreateNatGateway", "AssociateEipAddress", "CreateSnatEntry", "CreateRole", "CreatePolicy", "AttachPolicyToRole"],
  ...["ImportKeyPair", "CreateAutoSnapshotPolicy", "CreateDisk", "RunInstances", "AttachDisk", "AttachInstanceRamRole"],
  "ApplyAutoSnapshotPolicy",
];
const reading = [
  "DescribeVpcAttribute",
  "DescribeVSwitchAttributes",
  "DescribeInstances",
  "DescribeDisks",
  "ListTagResources",
];

const small = furnishedHosts(1, 1);
const settings = { ...small, network: { ...small.network, wayOut: "nat" }, accept: [addressMayGo] };

async function withFaults(actions: readonly string[], effect: Effect): Promise<Rehearsal> {
  const rehearsal = await Rehearsal.open();
  for (const action of actions) await rehearsal.fault(action, effect, { nth: 1 });
  return rehearsal;
}

/** Actions whose first call was caught. */
async function caughtIn(rehearsal: Rehearsal): Promise<string[]> {
  const { faults } = await rehearsal.sandbox.session.ask({ ask: "conditions" });
  return faults.filter(({ caught }) => caught > 0).map(({ action }) => action);
}

describe.concurrent("every creating call", () => {
  test("cut before anything happened: nobody reads of it", { timeout: 180_000 }, async () => {
    const rehearsal = await withFaults(making, { kind: "cut" });
    const { status, text } = await rehearsal.run("up", settings);
    expect(status, text).toBe(0);
    expect(await caughtIn(rehearsal)).toEqual(making);
    await rehearsal.expectOneOfEach();
    await rehearsal.close();
  });

  test("answered late, and reads cut as well: nobody reads of it", { timeout: 180_000 }, async () => {
    const rehearsal = await withFaults(making, { kind: "latency", ms: 3000 });
    for (const action of reading) await rehearsal.fault(action, { kind: "cut" }, { nth: 2 });
    const { status, text } = await rehearsal.run("up", settings);
    expect(status, text).toBe(0);
    expect(await caughtIn(rehearsal)).toEqual(expect.arrayContaining(making));
    await rehearsal.expectOneOfEach();
    await rehearsal.close();
  });
});

describe.concurrent("every creating call done, and its answer lost", () => {
  let rehearsal: Rehearsal;
  const texts: string[] = [];
  let lastStatus = 1;

  beforeAll(async () => {
    rehearsal = await withFaults(making, { kind: "lost-answer" });
    // Each run names what the one before has left; what it says is done, until nothing is left to say.
    for (let n = 0; n < 12 && lastStatus !== 0; n += 1) {
      const { status, text } = await rehearsal.run("up", settings);
      lastStatus = status;
      texts.push(text);
      if (status === 1 && /next, one by one, then run up again/.test(text)) {
        for (const { id, name } of await rehearsal.unknown()) expect(text).toMatch(new RegExp(`${id}|${name}`));
        await rehearsal.follow(text);
      }
    }
  }, 600_000);
  afterAll(() => rehearsal.close());

  test("in the end all is there, once", async () => {
    expect(lastStatus, texts.at(-1)).toBe(0);
    expect(await caughtIn(rehearsal)).toEqual(making);
    await rehearsal.expectOneOfEach();
  });

  test("what was there without the state's knowing was named, with what to type", () => {
    const all = texts.join("\n");
    expect(all).toMatch(/import t g1-role china-t-g1 /);
    expect(all).toMatch(/import t g1-key china-t-g1-key /);
    expect(all).toMatch(/delete it: aliyun ecs DeleteAutoSnapshotPolicy .*there are two of this name/);
  });

  test("names that are taken are explained", () => {
    expect(texts[0]).toMatch(/The name is taken already \(g1-role\)/);
    expect(texts[0]).toMatch(/EntityAlreadyExists\.Role at CreateRole/);
  });
});

describe.concurrent("what is only read", () => {
  let rehearsal: Rehearsal;
  beforeAll(async () => {
    rehearsal = await Rehearsal.open();
    expect((await rehearsal.run("up", small)).status).toBe(0);
  }, 180_000);
  afterAll(() => rehearsal.close());

  // A read that fails must never be taken for "not there": the next run would make everything again.
  test("refresh with every read refused fails, and the state keeps all", { timeout: 180_000 }, async () => {
    const before = await rehearsal.things();
    for (const [code, http, what] of [
      ["Forbidden.RAM", 403, /may not do vpc:DescribeVpcAttribute/],
      ["InvalidParameter", 400, /does not take a setting/],
      ["InvalidSecurityToken.Expired", 400, /does not accept the access key/],
    ] as const) {
      for (const action of [
        "DescribeVpcAttribute",
        "DescribeVSwitchAttributes",
        "DescribeInstances",
        "DescribeDisks",
      ]) {
        await rehearsal.fault(action, { kind: "error", code, http, message: "Not now." });
      }
      const { status, text } = await rehearsal.run("refresh", small);
      expect(status, text).toBe(1);
      expect(text).toMatch(what);
      await rehearsal.clear();
      await rehearsal.expectNothingUnknown();
      expect((await rehearsal.things()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
      const again = await rehearsal.run("up", small);
      expect(again.text).toMatch(/up t: \d+ unchanged/);
    }
  });
});
