import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Network } from "@pulumi/alicloud/vpc/network.js";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import type { PlannedResource } from "../../plan/plan.ts";
import { record } from "../../plan/recorder.ts";
import { planOf, shipped, shippedText } from "../support/stacks.ts";
import { urnsAsCommitted } from "./urns.ts";

const message = `
The URNs of this stack are not those that were committed.
A URN that went away replaces or deletes a resource: give the new resource an alias of its old name (then this is green,
and the alias stays until every stack was deployed with it). Only when the loss is meant, or URNs were only added:
  npm test -- test/stacks/urns.test.ts -u
and let the difference of test/stacks/urns be reviewed. CI never updates: it fails here.`;

describe("URNs are identity: the shipped stacks declare those that were committed", () => {
  test.each(shipped)("%s", async (stack) => {
    const file = join(import.meta.dirname, "urns", `${stack}.txt`);
    const committed = existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
    const plan = await planOf(shippedText(stack), stack);
    const urns = urnsAsCommitted(committed, plan.resources);
    await expect(`${urns.join("\n")}\n`, message).toMatchFileSnapshot(file);
  });
});

const old = "urn:pulumi:s::china::alicloud:vpc/network:Network::old";

describe("a URN counts as present", () => {
  test("under its own name, sorted", async () => {
    const resources = await declared(() => [new Network("b", {}), new Network("a", {})]);
    expect(urnsAsCommitted([], resources).map((urn) => urn.split("::").at(-1))).toEqual(["a", "b", "china-s"]);
  });

  test.each([
    ["a URN", old],
    ["a name", { name: "old" }],
  ])("when an alias says it as %s", async (_, alias) => {
    const resources = await declared(() => new Network("new", {}, { aliases: [alias] }));
    expect(urnsAsCommitted([old], resources)).toContain(old);
    expect(urnsAsCommitted([old], resources)).toHaveLength(resources.length);
  });

  test("when it stood below another parent, or below none", async () => {
    const below = "urn:pulumi:s::china::china:index:Outer$alicloud:vpc/network:Network::child";
    const above = "urn:pulumi:s::china::alicloud:vpc/network:Network::inner";
    const resources = await declared(() => {
      new Network("child", {}, { aliases: [{ parent: "urn:pulumi:s::china::china:index:Outer::outer" }] });
      new Outer("inner", undefined, [{ parent: pulumi.rootStackResource, name: "inner" }]);
    });
    expect(urnsAsCommitted([below, above], resources)).toEqual(expect.arrayContaining([below, above]));
  });

  test("when an alias of its component passes on to it, name and type", async () => {
    const child = "urn:pulumi:s::china::china:index:Old$alicloud:vpc/network:Network::old-vpc";
    const component = "urn:pulumi:s::china::china:index:Old::old";
    const resources = await declared(() => new Outer("new", [{ name: "old", type: "china:index:Old" }]));
    expect(urnsAsCommitted([child, component], resources)).toEqual(expect.arrayContaining([child, component]));
  });

  test("when component and child both changed", async () => {
    const both = "urn:pulumi:s::china::china:index:Outer$alicloud:ecs/disk:Disk::old-moved";
    const resources = await declared(() => new Outer("new", [{ name: "old" }], [{ type: "alicloud:ecs/disk:Disk" }]));
    expect(urnsAsCommitted([both], resources)).toContain(both);
  });

  test("and not without an alias, nor when another resource bears the name now", async () => {
    const without = await declared(() => new Network("new", {}));
    expect(urnsAsCommitted([old], without)).not.toContain(old);
    const taken = await declared(() => [new Network("old", {}), new Network("new", {}, { aliases: [old] })]);
    expect(urnsAsCommitted([old], taken).filter((urn) => urn === old)).toHaveLength(1);
  });
});

class Outer extends pulumi.ComponentResource {
  constructor(name: string, aliases: pulumi.Alias[] = [], ofChild: pulumi.Alias[] = []) {
    super("china:index:Outer", name, {}, { aliases });
    new Network(ofChild.length > 0 ? `${name}-moved` : `${name}-vpc`, {}, { parent: this, aliases: ofChild });
    this.registerOutputs({});
  }
}

async function declared(declare: () => unknown): Promise<readonly PlannedResource[]> {
  const program = async () => {
    declare();
    return {};
  };
  return (await record(program, { project: "china", stack: "s", config: {}, secretKeys: [] })).resources;
}
