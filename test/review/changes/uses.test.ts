import { expect, test } from "vitest";
import { byName, planOf, shippedText } from "../../support/stacks.ts";

test("a plan keeps which input is made from whose outputs, also through components", async () => {
  const plan = await planOf(shippedText("shanghai"), "shanghai");
  const names = (urns: readonly string[] = []) => urns.map((urn) => urn.split("::").at(-1));
  const uses = (name: string) =>
    Object.fromEntries(Object.entries(byName(plan, name).uses ?? {}).map(([input, urns]) => [input, names(urns)]));
  expect(uses("workers-01")).toEqual({ securityGroups: ["network-workers"], vswitchId: ["network-cn-shanghai-l"] });
  expect(uses("network-out-cn-shanghai-m")).toEqual({
    snatIp: ["network-address"],
    snatTableId: ["network-nat"],
    sourceVswitchId: ["network-cn-shanghai-m"],
  });
  expect(byName(plan, "network-vpc")).not.toHaveProperty("uses");
  // Nobody compares the inputs of a component.
  expect(plan.resources.filter(({ custom, uses: own }) => !custom && own !== undefined)).toEqual([]);
});
