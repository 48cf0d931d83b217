import { describe, expect, it } from "vitest";
import { ramAction, ramActions, ramActionsOf } from "../../catalog/ram-actions.ts";
import { apis } from "../../sandbox/apis.ts";
import { deploymentCalls, everyDeploymentCall, reviewCalls } from "../../sandbox/deployment-calls.ts";

describe("the table of RAM actions", () => {
  it.each(
    apis.map((api) => [`${api.product} ${api.version}`, api] as const),
  )("has every action of %s", (_name, api) => {
    const missing = Object.keys(api.actions).filter((action) => ramAction(api.version, action) === undefined);
    expect(missing).toEqual([]);
  });

  it("names the product of an API as the API itself does", () => {
    const products = new Map(apis.map((api) => [api.version, api.product]));
    const wrong = ramActions.filter((row) => (products.get(row.version) ?? row.product) !== row.product);
    expect(wrong).toEqual([]);
  });

  it("has no action twice", () => {
    const names = ramActions.map((row) => `${row.version} ${row.apiAction}`);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it("names actions as RAM does, and resources whole", () => {
    for (const row of ramActions) {
      for (const name of [row.ramAction, ...(row.alsoAs ?? [])]) {
        if (name !== "")
          expect(name).toMatch(/^(ecs|vpc|lindorm|hitsdb|ram|sts|bss|bssapi|quotas|resourcemanager):[A-Za-z0-9]+$/);
      }
      for (const name of [...row.resources, ...(row.optional ?? [])]) {
        expect(name).toMatch(/^(\*|\{[A-Za-z]+\}|acs:[a-z]+:(\*|\{region\}):\{(account|policyAccount)\}:\S+)$/);
      }
    }
  });

  it("knows that product codes are not RAM names", () => {
    expect(ramAction("2020-06-15", "CreateLindormInstance")?.ramAction).toBe("lindorm:CreateLindormInstance");
    expect(ramAction("2017-06-01", "CreateHiTSDBInstance")?.ramAction).toBe("hitsdb:CreateHiTSDBInstance");
    const price = ramAction("2017-12-14", "GetSubscriptionPrice");
    expect([price?.ramAction, price?.alsoAs]).toEqual(["bssapi:GetSubscriptionPrice", ["bss:DescribePrice"]]);
  });

  it("calls reading what reads: no action that is named after reading writes", () => {
    const reads = /^(Describe|Get|List|Query)/;
    expect(ramActions.filter((row) => reads.test(row.apiAction) && row.access === "write")).toEqual([]);
    const others = ramActions.filter((row) => !reads.test(row.apiAction) && row.access !== "write");
    expect(others.map((row) => row.apiAction)).toEqual([]);
  });
});

describe("the table of calls by type of resource", () => {
  const named = (call: string) => call.split(".") as [string, string];

  it.each(
    deploymentCalls.map((row) => [row.resource, row] as const),
  )("%s: every call is in the table", (_name, row) => {
    const calls = [...row.create, ...row.read, ...row.update, ...row.delete];
    expect(calls.filter((call) => ramActionsOf(...named(call)).length === 0)).toEqual([]);
  });

  it("creates, reads and deletes every resource, and reads only by reading", () => {
    for (const row of deploymentCalls) {
      expect([row.create.length, row.read.length, row.delete.length]).not.toContain(0);
      const writes = row.read.filter((call) => ramActionsOf(...named(call)).some((one) => one.access === "write"));
      expect(writes).toEqual([]);
    }
  });

  it("has only calls that the local cloud answers", () => {
    const known = new Set(apis.flatMap((api) => Object.keys(api.actions).map((action) => `${api.product}.${action}`)));
    expect([...everyDeploymentCall(), ...reviewCalls].filter((call) => !known.has(call))).toEqual([]);
  });
});
