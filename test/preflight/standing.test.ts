import { expect, test } from "vitest";
import { standing } from "../../preflight/standing.ts";
import { listening } from "./cloud.ts";

const tagged = (stack: string) => ({
  ...{ "Tag.1.Key": "project", "Tag.1.Value": "china", "Tag.2.Key": "stack", "Tag.2.Value": stack },
});

test("what the stack declares and what stands already are told apart, by name and by tags", async () => {
  const { made, situation } = await listening();
  const vpc = { CidrBlock: "10.20.0.0/16" };
  await made("vpc", "CreateVpc", { ...vpc, VpcName: "somebody-else" });
  const before = await situation();
  const first = await standing(before, "vpc");
  expect(first).toMatchObject({ ok: true, value: { own: [], missing: ["china-test-network-vpc"] } });

  const { VpcId } = await made("vpc", "CreateVpc", { ...vpc, VpcName: "china-test-network-vpc" });
  const of = await standing(await situation(), "vpc");
  expect(of).toMatchObject({ ok: true, value: { all: [{}, {}], own: [{ id: VpcId }], missing: [] } });
  // Asked once, whoever asks.
  await standing(before, "vpc");
  expect(before.ask?.calls()).toBe(1);

  await made("vpc", "TagResources", { ResourceType: "VPC", "ResourceId.1": VpcId ?? "", ...tagged("another") });
  const other = await standing(await situation(), "vpc");
  expect(other).toMatchObject({ ok: true, value: { own: [], missing: ["china-test-network-vpc"] } });
});

test("a list is read to its last page, and one that may not be read is no empty list", async () => {
  const { cloud, client, made, situation, user } = await listening();
  const { VpcId } = await made("vpc", "CreateVpc", { CidrBlock: "10.20.0.0/16" });
  for (let n = 0; n < 60; n += 1) {
    await client.call("ecs", "CreateSecurityGroup", { RegionId: "cn-shanghai", VpcId: VpcId ?? "" });
  }
  cloud.clock.skip(60_000);
  const seen = await situation();
  const groups = await standing(seen, "securityGroup");
  expect([groups.ok && groups.value.all.length, seen.ask?.calls()]).toEqual([60, 2]);

  const refused = await standing(await situation(undefined, { client: await user() }), "securityGroup");
  expect(refused).toMatchObject({ ok: false, refusal: { code: "Forbidden.RAM" } });
});
