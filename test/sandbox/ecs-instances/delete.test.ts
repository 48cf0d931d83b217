import { describe, expect, test } from "vitest";
import { disksOf, hostById, hostIn, newHost, newHosts, newPlace, stoppedHost } from "./place.ts";

const month = 31 * 24 * 3_600_000;

test("a released host goes after a moment, with the disks that go with it; the others stay", async () => {
  const place = await newPlace();
  const { client } = place;
  const id = await newHost(place, {
    DataDisk: [
      { Category: "cloud_essd", Size: 40 },
      { Category: "cloud_essd", Size: 50, DeleteWithInstance: false },
    ],
  });
  const [, , kept] = await disksOf(client, id);
  await client.ok("ecs", "DeleteInstance", { InstanceId: id, Force: true });
  expect((await hostById(client, id))?.["Status"]).toBe("Stopping");
  client.cloud.clock.skip(3_000);
  expect(await hostById(client, id)).toBeUndefined();
  const { Disks } = await client.ok("ecs", "DescribeDisks");
  expect(Disks?.["Disk"]).toMatchObject([{ DiskId: kept?.["DiskId"], Status: "Available", InstanceId: "", Size: 50 }]);
  expect((await client.call("ecs", "DeleteInstance", { InstanceId: id })).code).toBe("InvalidInstanceId.NotFound");
});

test("its vSwitch can go only when it has gone", async () => {
  const place = await newPlace();
  const { client } = place;
  const id = await newHost(place);
  await client.ok("ecs", "DeleteInstance", { InstanceId: id, Force: true });
  const remove = () => client.call("vpc", "DeleteVSwitch", { VSwitchId: place.vSwitchId });
  expect((await remove()).code).toMatch(/^DependencyViolation/);
  client.cloud.clock.skip(3_000);
  expect((await remove()).code).toBeUndefined();
});

test("an elastic address is free again", async () => {
  const place = await newPlace();
  const { client } = place;
  const id = await newHost(place);
  const { AllocationId } = await client.ok("vpc", "AllocateEipAddress");
  client.cloud.clock.skip(60_000);
  await client.ok("vpc", "AssociateEipAddress", { AllocationId, InstanceId: id, InstanceType: "EcsInstance" });
  client.cloud.clock.skip(60_000);
  await client.ok("ecs", "DeleteInstance", { InstanceId: id, Force: true });
  const { EipAddresses } = await client.ok("vpc", "DescribeEipAddresses", { AllocationId });
  expect(EipAddresses?.["EipAddress"]?.[0]).toMatchObject({ Status: "Available", InstanceId: "" });
});

describe("refused", () => {
  test("a host that runs, without force", async () => {
    const place = await newPlace();
    const id = await newHost(place);
    const { code, status } = await place.client.call("ecs", "DeleteInstance", { InstanceId: id });
    expect({ code, status }).toEqual({ code: "IncorrectInstanceStatus", status: 403 });
    await place.client.ok("ecs", "DeleteInstance", { InstanceId: await stoppedHost(place) });
  });

  test("a host that is still being made", async () => {
    const place = await newPlace();
    const { InstanceIdSets } = await place.client.ok("ecs", "RunInstances", hostIn(place));
    const InstanceId = InstanceIdSets?.["InstanceIdSet"]?.[0];
    const { code } = await place.client.call("ecs", "DeleteInstance", { InstanceId, Force: true });
    expect(code).toBe("IncorrectInstanceStatus.Initializing");
  });

  test("a protected host, until the protection is lifted", async () => {
    const place = await newPlace();
    const { client } = place;
    const id = await newHost(place, { DeletionProtection: true });
    const remove = () => client.call("ecs", "DeleteInstance", { InstanceId: id, Force: true });
    const { code, status } = await remove();
    expect({ code, status }).toEqual({ code: "InvalidOperation.DeletionProtection", status: 403 });
    await client.ok("ecs", "ModifyInstanceAttribute", { InstanceId: id, DeletionProtection: false });
    expect((await remove()).code).toBeUndefined();
  });

  test("a host that is paid ahead, until its time is over", async () => {
    const place = await newPlace();
    const { client } = place;
    const id = await newHost(place, { InstanceChargeType: "PrePaid", Period: 1 });
    const remove = () =>
      client.call("ecs", "DeleteInstance", { InstanceId: id, Force: true, TerminateSubscription: true });
    const { code, status } = await remove();
    expect({ code, status }).toEqual({ code: "ChargeTypeViolation", status: 403 });
    client.cloud.clock.skip(month);
    expect((await remove()).code).toBeUndefined();
  });

  test("a host that renews itself is never over", async () => {
    const place = await newPlace();
    const id = await newHost(place, { InstanceChargeType: "PrePaid", Period: 1, AutoRenew: true });
    place.client.cloud.clock.skip(3 * month);
    const request = { InstanceId: id, Force: true, TerminateSubscription: true };
    expect((await place.client.call("ecs", "DeleteInstance", request)).code).toBe("ChargeTypeViolation");
  });

  test("several, when one of them is protected: then none goes", async () => {
    const place = await newPlace();
    const { client } = place;
    const ids = await newHosts(place, { Amount: 2 });
    const guarded = await newHost(place, { DeletionProtection: true });
    const all = { InstanceId: [...ids, guarded], Force: true };
    expect((await client.call("ecs", "DeleteInstances", all)).code).toBe("InvalidOperation.DeletionProtection");
    client.cloud.clock.skip(60_000);
    expect((await client.ok("ecs", "DescribeInstances"))["TotalCount"]).toBe(3);
    await client.ok("ecs", "DeleteInstances", { InstanceId: ids, Force: true });
    client.cloud.clock.skip(60_000);
    expect((await client.ok("ecs", "DescribeInstances"))["TotalCount"]).toBe(1);
  });
});
