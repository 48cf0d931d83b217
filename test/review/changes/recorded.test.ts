import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import * as alicloud from "../../../components/alicloud.ts";
import type { Plan } from "../../../plan/plan.ts";
import { record } from "../../../plan/recorder.ts";
import { comparePlans } from "../../../review/changes/compare.ts";
import { planOf, shipped, shippedText } from "../../support/stacks.ts";

/** A component with one child, which is used by something outside of it. */
function programOf(name: string, aliases: pulumi.Alias[], childAliases: pulumi.Alias[] = []) {
  return async () => {
    const component = new pulumi.ComponentResource("china:index:Network", name, {}, { aliases });
    const vpc = new alicloud.Vpc(
      `${name}-vpc`,
      { cidrBlock: "10.0.0.0/8" },
      { parent: component, aliases: childAliases },
    );
    new alicloud.VSwitch("outside", { vpcId: vpc.id, cidrBlock: "10.0.0.0/20", zoneId: "cn-shanghai-l" });
    return {};
  };
}

function planOfProgram(program: () => Promise<Record<string, unknown>>): Promise<Plan> {
  return record(program, { project: "china", stack: "test", config: {}, secretKeys: [] });
}

const said = (before: Plan, after: Plan) =>
  comparePlans(before, after).resources.map(({ operation, name }) => `${operation} ${name}`);

test("renamed by a real program: with an alias no change, without one another resource and all that uses it", async () => {
  const before = await planOfProgram(programOf("old", []));
  expect(said(before, await planOfProgram(programOf("new", [{ name: "old" }])))).toEqual([]);
  expect(said(before, await planOfProgram(programOf("new", [])))).toEqual([
    "replace outside",
    "create new-vpc",
    "delete old-vpc",
  ]);
});

test("moved to another parent by a real program", async () => {
  const before = await planOfProgram(programOf("old", []));
  const flat = (aliases: (pulumi.Alias | pulumi.URN)[]) => async () => {
    const vpc = new alicloud.Vpc("old-vpc", { cidrBlock: "10.0.0.0/8" }, { aliases });
    new alicloud.VSwitch("outside", { vpcId: vpc.id, cidrBlock: "10.0.0.0/20", zoneId: "cn-shanghai-l" });
    return {};
  };
  const parent = pulumi.createUrn("old", "china:index:Network", undefined, "china", "test");
  const after = await planOfProgram(flat([{ parent }]));
  expect(said(before, after)).toEqual([]);
  const urn = before.resources.find(({ name }) => name === "old-vpc")?.urn ?? "";
  expect(said(before, await planOfProgram(flat([urn])))).toEqual([]);
});

test.each(shipped)("the stack file of %s in another order is no change", async (stack) => {
  const turned = (value: unknown, name = ""): unknown =>
    // The first vSwitch is where the way out stands, and lists have an order.
    typeof value !== "object" || value === null || Array.isArray(value) || name === "vSwitches"
      ? value
      : Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, inner]) => [key, turned(inner, key)]),
        );
  const text = shippedText(stack);
  const other = stringify(turned(parse(text)));
  expect(other).not.toBe(text);
  expect(comparePlans(await planOf(text, stack), await planOf(other, stack))).toMatchObject({
    resources: [],
    optionChanges: [],
  });
});
