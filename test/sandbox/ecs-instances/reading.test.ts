import { describe, expect, test } from "vitest";
import { hostById, newGroup, newHost, newHosts, newPlace } from "./place.ts";

/** The calls of the provider's read of one host, in its order, and what it takes from each. */
test("every call of the provider's read answers in the shape that it asserts", async () => {
  const place = await newPlace();
  const { client } = place;
  const id = await newHost(place);
  const ids = JSON.stringify([id]);
  const host = await hostById(client, id);
  const interfaceId = host?.["NetworkInterfaces"]?.["NetworkInterface"]?.[0]?.["NetworkInterfaceId"];
  expect(await client.ok("ecs", "DescribeDisks", { InstanceId: id, DiskType: "system" })).toMatchObject({
    Disks: { Disk: [{ InstanceId: id }] },
  });
  expect(await client.ok("ecs", "DescribeUserData", { InstanceId: id })).toMatchObject({ UserData: "" });
  expect(await client.ok("ecs", "DescribeInstanceRamRole", { InstanceIds: ids })).toMatchObject({
    InstanceRamRoleSets: { InstanceRamRoleSet: [{ InstanceId: id, RamRoleName: "" }] },
  });
  expect(await client.ok("ecs", "DescribeNetworkInterfaces", { NetworkInterfaceId: [interfaceId] })).toMatchObject({
    NetworkInterfaceSets: {
      NetworkInterfaceSet: [
        {
          NetworkInterfaceId: interfaceId,
          InstanceId: id,
          SourceDestCheck: false,
          PrivateIpSets: { PrivateIpSet: [{ Primary: true, PrivateIpAddress: expect.any(String) }] },
          Attachment: { NetworkCardIndex: 0 },
        },
      ],
    },
  });
  expect(await client.ok("ecs", "DescribeInstanceMaintenanceAttributes", { InstanceId: [id] })).toMatchObject({
    MaintenanceAttributes: {
      MaintenanceAttribute: [
        { InstanceId: id, ActionOnMaintenance: { Value: "AutoRecover" }, NotifyOnMaintenance: false },
      ],
    },
  });
  expect(await client.ok("ecs", "DescribeInstanceAttribute", { InstanceId: id })).toMatchObject({
    InstanceId: id,
    EnableJumboFrame: false,
  });
  expect(await client.ok("ecs", "DescribeInstanceAttachmentAttributes", { InstanceIds: ids })).toMatchObject({
    Instances: { Instance: [{ InstanceId: id, PrivatePoolOptionsMatchCriteria: "None" }] },
  });
  expect(host?.["CpuOptions"]).toMatchObject({ CoreCount: 2, ThreadsPerCore: 2 });
});

describe("DescribeInstances", () => {
  test("answers only what it finds of the ids", async () => {
    const place = await newPlace();
    const id = await newHost(place);
    const { Instances } = await place.client.ok("ecs", "DescribeInstances", {
      InstanceIds: JSON.stringify([id, "i-none"]),
    });
    expect([...(Instances?.["Instance"] ?? [])].map((host) => host["InstanceId"])).toEqual([id]);
  });

  test("refuses ids that are no list", async () => {
    const place = await newPlace();
    const { code } = await place.client.call("ecs", "DescribeInstances", { InstanceIds: '["i-1"' });
    expect(code).toBe("InvalidInstanceIds.Malformed");
  });

  test("filters", async () => {
    const place = await newPlace();
    const { client } = place;
    const other = await newPlace(client, { zone: "cn-shanghai-m" });
    const group = await newGroup(client, place.vpcId);
    await newHost(place, { InstanceName: "prod-a", Tag: [{ Key: "env", Value: "prod" }] });
    await newHost(place, { InstanceName: "prod-b", InstanceType: "ecs.g7.large", SecurityGroupIds: [group] });
    await newHost(other, { InstanceName: "test-a" });
    const cases: readonly (readonly [filter: object, names: readonly string[]])[] = [
      [{ VpcId: place.vpcId }, ["prod-a", "prod-b"]],
      [{ VSwitchId: other.vSwitchId }, ["test-a"]],
      [{ ZoneId: "cn-shanghai-m" }, ["test-a"]],
      [{ InstanceName: "prod-*" }, ["prod-a", "prod-b"]],
      [{ InstanceName: "prod" }, []],
      [{ InstanceType: "ecs.g7.large" }, ["prod-b"]],
      [{ InstanceTypeFamily: "ecs.g7" }, ["prod-a", "prod-b", "test-a"]],
      [{ SecurityGroupId: group }, ["prod-b"]],
      [{ Tag: [{ Key: "env", Value: "prod" }] }, ["prod-a"]],
      [{ Status: "Stopped" }, []],
      [{ PrivateIpAddresses: '["10.0.0.1"]', VpcId: place.vpcId }, ["prod-a"]],
    ];
    for (const [filter, names] of cases) {
      const { Instances } = await client.ok("ecs", "DescribeInstances", filter);
      const found = [...(Instances?.["Instance"] ?? [])].map((host) => host["InstanceName"]);
      expect({ filter, found }).toEqual({ filter, found: names });
    }
  });

  test("pages by number and by token", async () => {
    const place = await newPlace();
    const ids = await newHosts(place, { Amount: 5 });
    const third = await place.client.ok("ecs", "DescribeInstances", { PageSize: 2, PageNumber: 3 });
    expect([third["TotalCount"], third["Instances"]?.["Instance"]?.[0]?.["InstanceId"]]).toEqual([5, ids[4]]);
    const seen: unknown[] = [];
    for (let NextToken = "start"; NextToken !== ""; ) {
      const answer = await place.client.ok("ecs", "DescribeInstances", {
        MaxResults: 2,
        ...(NextToken === "start" ? {} : { NextToken }),
      });
      seen.push(...[...(answer["Instances"]?.["Instance"] ?? [])].map((host) => host["InstanceId"]));
      NextToken = String(answer["NextToken"]);
    }
    expect(seen).toEqual(ids);
  });

  test("shows an elastic address that is bound", async () => {
    const place = await newPlace();
    const { client } = place;
    const id = await newHost(place);
    const { AllocationId, EipAddress } = await client.ok("vpc", "AllocateEipAddress");
    client.cloud.clock.skip(60_000);
    await client.ok("vpc", "AssociateEipAddress", { AllocationId, InstanceId: id, InstanceType: "EcsInstance" });
    expect((await hostById(client, id))?.["EipAddress"]).toMatchObject({ AllocationId, IpAddress: EipAddress });
    const { TotalCount } = await client.ok("ecs", "DescribeInstances", { EipAddresses: JSON.stringify([EipAddress]) });
    expect(TotalCount).toBe(1);
  });
});

test("DescribeInstanceStatus names status by host", async () => {
  const place = await newPlace();
  const id = await newHost(place);
  const { InstanceStatuses } = await place.client.ok("ecs", "DescribeInstanceStatus", { InstanceId: [id] });
  expect(InstanceStatuses?.["InstanceStatus"]).toEqual([{ InstanceId: id, Status: "Running" }]);
  const { code } = await place.client.call("ecs", "DescribeInstanceStatus", { InstanceId: ["i-none"] });
  expect(code).toBe("InvalidInstanceId.NotFound");
});
