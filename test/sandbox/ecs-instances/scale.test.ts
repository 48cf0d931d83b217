import { expect, test } from "vitest";
import { processorTime } from "../../support/processor-time.ts";
import { newCloud } from "../client.ts";
import { disksOf, hostIn, newPlace } from "./place.ts";

/** Milliseconds of processor time of one call. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = processorTime();
  await work();
  return processorTime() - start;
}

test("a thousand hosts in one vSwitch, each call within 50 ms", async () => {
  const place = await newPlace(newCloud(), { mask: 20 });
  const { client } = place;
  const slow: string[] = [];
  const watch = async (what: string, work: () => Promise<unknown>) => {
    const ms = await timed(work);
    if (ms > 50) slow.push(`${what}: ${ms.toFixed(0)} ms`);
  };
  for (let n = 0; n < 10; n += 1) {
    const request = hostIn(place, { Amount: 100, InstanceName: "node", UniqueSuffix: true });
    await watch(`RunInstances ${n}`, () => client.ok("ecs", "RunInstances", request));
  }
  client.cloud.clock.skip(120_000);
  const ips = new Set<string>();
  const ids: string[] = [];
  for (let PageNumber = 1; PageNumber <= 10; PageNumber += 1) {
    await watch(`DescribeInstances ${PageNumber}`, async () => {
      const { Instances, TotalCount } = await client.ok("ecs", "DescribeInstances", { PageSize: 100, PageNumber });
      expect(TotalCount).toBe(1_000);
      for (const host of Instances?.["Instance"] ?? []) {
        ids.push(String(host["InstanceId"]));
        ips.add(String(host["VpcAttributes"]?.["PrivateIpAddress"]?.["IpAddress"]?.[0]));
      }
    });
  }
  expect({ hosts: new Set(ids).size, addresses: ips.size }).toEqual({ hosts: 1_000, addresses: 1_000 });
  const [id = ""] = ids;
  await watch("one host", () => client.ok("ecs", "DescribeInstances", { InstanceIds: JSON.stringify([id]) }));
  await watch("its interface", () => client.ok("ecs", "DescribeNetworkInterfaces", { InstanceId: id }));
  await watch("its disks", () => disksOf(client, id));
  await watch("StopInstance", () => client.ok("ecs", "StopInstance", { InstanceId: id }));
  await watch("DeleteInstances", () =>
    client.ok("ecs", "DeleteInstances", { InstanceId: ids.slice(0, 100), Force: true }),
  );
  expect(slow).toEqual([]);
});
