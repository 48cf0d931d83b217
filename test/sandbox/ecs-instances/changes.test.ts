import { describe, expect, test } from "vitest";
import {
  disksOf,
  hostById,
  image,
  newGroup,
  newHost,
  newPlace,
  newRole,
  newVSwitch,
  sellOut,
  stoppedHost,
} from "./place.ts";

describe("ModifyInstanceAttribute", () => {
  test.each([
    [{ InstanceName: "other" }, { InstanceName: "other" }],
    [{ Description: "what it does" }, { Description: "what it does" }],
    [{ HostName: "other-host" }, { HostName: "other-host" }],
    [{ DeletionProtection: true }, { DeletionProtection: true }],
    [{ CreditSpecification: "Unlimited" }, { CreditSpecification: "Unlimited" }],
    [{ CpuOptions: { Core: 2, ThreadsPerCore: 1 } }, { Cpu: 2, CpuOptions: { CoreCount: 2, ThreadsPerCore: 1 } }],
  ])("%j", async (change, expected) => {
    const place = await newPlace();
    const id = await newHost(place);
    await place.client.ok("ecs", "ModifyInstanceAttribute", { InstanceId: id, ...change });
    expect(await hostById(place.client, id)).toMatchObject(expected);
  });

  test("user data, and an empty description takes the old one away", async () => {
    const place = await newPlace();
    const { client } = place;
    const id = await newHost(place, { Description: "old one" });
    await client.ok("ecs", "ModifyInstanceAttribute", { InstanceId: id, UserData: "bmV3", Description: "" });
    expect((await client.ok("ecs", "DescribeUserData", { InstanceId: id }))["UserData"]).toBe("bmV3");
    expect((await hostById(client, id))?.["Description"]).toBe("");
  });

  test.each([
    ["InvalidInstanceName.Malformed", { InstanceName: "?" }],
    ["InvalidHostName.Malformed", { HostName: "a..b" }],
    ["InvalidPassword.Malformed", { Password: "12345678" }],
    ["InvalidUserData.Base64FormatInvalid", { UserData: "%" }],
    ["InvalidParameter.CpuOptions", { CpuOptions: { Core: 64 } }],
  ])("%s", async (code, change) => {
    const place = await newPlace();
    const id = await newHost(place);
    expect((await place.client.call("ecs", "ModifyInstanceAttribute", { InstanceId: id, ...change })).code).toBe(code);
  });

  test("spot hosts and hosts paid ahead cannot be protected", async () => {
    const place = await newPlace();
    for (const more of [{ SpotStrategy: "SpotAsPriceGo" }, { InstanceChargeType: "PrePaid", Period: 1 }]) {
      const change = { InstanceId: await newHost(place, more), DeletionProtection: true };
      const { code } = await place.client.call("ecs", "ModifyInstanceAttribute", change);
      expect(code).toBe("InvalidChargeType.ValueNotSupported");
    }
  });
});

test("metadata, maintenance, private pool and release time can be changed and read", async () => {
  const place = await newPlace();
  const { client } = place;
  const id = await newHost(place);
  await client.ok("ecs", "ModifyInstanceMetadataOptions", {
    InstanceId: id,
    HttpTokens: "required",
    HttpEndpoint: "enabled",
  });
  await client.ok("ecs", "ModifyInstanceMaintenanceAttributes", {
    InstanceId: [id],
    MaintenanceWindow: [{ StartTime: "02:00:00", EndTime: "05:00:00" }],
    ActionOnMaintenance: "Stop",
    NotifyOnMaintenance: true,
  });
  await client.ok("ecs", "ModifyInstanceAttachmentAttributes", {
    InstanceId: id,
    PrivatePoolOptions: { MatchCriteria: "Open" },
  });
  await client.ok("ecs", "ModifyInstanceAutoReleaseTime", { InstanceId: id, AutoReleaseTime: "2030-01-01T00:00:00Z" });
  expect(await hostById(client, id)).toMatchObject({
    MetadataOptions: { HttpTokens: "required" },
    AutoReleaseTime: "2030-01-01T00:00:00Z",
  });
  expect(await client.ok("ecs", "DescribeInstanceMaintenanceAttributes", { InstanceId: [id] })).toMatchObject({
    MaintenanceAttributes: {
      MaintenanceAttribute: [
        {
          MaintenanceWindows: { MaintenanceWindow: [{ StartTime: "02:00:00", EndTime: "05:00:00" }] },
          ActionOnMaintenance: { Value: "Stop" },
          NotifyOnMaintenance: true,
        },
      ],
    },
  });
  const attached = await client.ok("ecs", "DescribeInstanceAttachmentAttributes", {
    InstanceIds: JSON.stringify([id]),
  });
  expect(attached["Instances"]?.["Instance"]?.[0]?.["PrivatePoolOptionsMatchCriteria"]).toBe("Open");
});

describe("the system disk", () => {
  const newer = "ubuntu_24_04_x64_20G_alibase_20261001.vhd";

  test("is another one afterwards, with the new image", async () => {
    const place = await newPlace();
    const { client } = place;
    await client.ok("ecs", "CreateKeyPair", { KeyPairName: "ops" });
    const id = await stoppedHost(place, { KeyPairName: "ops", DataDisk: [{ Category: "cloud_essd", Size: 40 }] });
    const [before, data] = await disksOf(client, id);
    const { DiskId } = await client.ok("ecs", "ReplaceSystemDisk", {
      InstanceId: id,
      ImageId: newer,
      SystemDisk: { Size: 80 },
    });
    expect(DiskId).not.toBe(before?.["DiskId"]);
    expect(await hostById(client, id)).toMatchObject({ ImageId: newer, KeyPairName: "" });
    const { Disks } = await client.ok("ecs", "DescribeDisks", { InstanceId: id, DiskType: "system" });
    expect(Disks?.["Disk"]).toMatchObject([{ DiskId, Size: 80, ImageId: newer, Category: "cloud_essd" }]);
    const left = await disksOf(client, id);
    expect(left.map((disk) => disk["DiskId"])).toContain(data?.["DiskId"]);
    expect(left.length).toBe(2);
  });

  test.each([
    ["InvalidImageId.NotFound", { ImageId: "m-own" }],
    ["ImageNotSupportInstanceType", { ImageId: "ubuntu_24_04_arm64_20G_alibase_20260916.vhd" }],
    ["InvalidSystemDiskSize.LessThanImageSize", { ImageId: newer, SystemDisk: { Size: 5 } }],
  ])("%s", async (code, change) => {
    const place = await newPlace();
    const id = await stoppedHost(place);
    expect((await place.client.call("ecs", "ReplaceSystemDisk", { InstanceId: id, ...change })).code).toBe(code);
  });

  test("stays while the host runs", async () => {
    const place = await newPlace();
    const request = { InstanceId: await newHost(place), ImageId: image };
    expect((await place.client.call("ecs", "ReplaceSystemDisk", request)).code).toBe("IncorrectInstanceStatus");
  });
});

describe("another type", () => {
  test("by the hour and ahead, each by its own action", async () => {
    const place = await newPlace();
    const { client } = place;
    const hourly = await stoppedHost(place);
    const ahead = await stoppedHost(place, { InstanceChargeType: "PrePaid", Period: 1 });
    const to = { InstanceType: "ecs.g7.2xlarge" };
    await client.ok("ecs", "ModifyInstanceSpec", { InstanceId: hourly, ...to });
    await client.ok("ecs", "ModifyPrepayInstanceSpec", { InstanceId: ahead, ...to });
    for (const id of [hourly, ahead]) {
      expect(await hostById(client, id)).toMatchObject({ InstanceType: "ecs.g7.2xlarge", Cpu: 8, Memory: 32_768 });
    }
    for (const [action, id] of [
      ["ModifyInstanceSpec", ahead],
      ["ModifyPrepayInstanceSpec", hourly],
    ] as const) {
      expect((await client.call("ecs", action, { InstanceId: id, ...to })).code).toBe("ChargeTypeViolation");
    }
  });

  test.each([
    ["InvalidInstanceType.ValueNotSupported", "ecs.none.large"],
    ["ImageNotSupportInstanceType", "ecs.g8y.xlarge"],
    ["OperationDenied.NoStock", "ecs.c7.xlarge"],
  ])("%s", async (code, InstanceType) => {
    const place = await newPlace();
    const id = await stoppedHost(place);
    sellOut(place.client, { zone: place.zone, what: "ecs.c7.xlarge", how: "NoStock" });
    expect((await place.client.call("ecs", "ModifyInstanceSpec", { InstanceId: id, InstanceType })).code).toBe(code);
  });

  test("not with a disk that it does not take", async () => {
    const place = await newPlace();
    const id = await stoppedHost(place, {
      InstanceType: "ecs.g6.xlarge",
      SystemDisk: { Category: "cloud_efficiency" },
    });
    const change = { InstanceId: id, InstanceType: "ecs.g7.xlarge" };
    expect((await place.client.call("ecs", "ModifyInstanceSpec", change)).code).toBe(
      "InvalidDiskCategory.NotSupported",
    );
  });

  test("not while it runs", async () => {
    const place = await newPlace();
    const change = { InstanceId: await newHost(place), InstanceType: "ecs.g7.2xlarge" };
    expect((await place.client.call("ecs", "ModifyInstanceSpec", change)).code).toBe("IncorrectInstanceStatus");
  });
});

describe("the internet", () => {
  test("a host by the hour gets bandwidth first and asks for its address then", async () => {
    const place = await newPlace();
    const { client } = place;
    const id = await newHost(place);
    await client.ok("ecs", "ModifyInstanceNetworkSpec", {
      InstanceId: id,
      InternetMaxBandwidthOut: 50,
      NetworkChargeType: "PayByBandwidth",
    });
    expect(await hostById(client, id)).toMatchObject({
      InternetMaxBandwidthOut: 50,
      InternetChargeType: "PayByBandwidth",
      PublicIpAddress: { IpAddress: [] },
    });
    const { IpAddress } = await client.ok("ecs", "AllocatePublicIpAddress", { InstanceId: id });
    expect((await hostById(client, id))?.["PublicIpAddress"]).toEqual({ IpAddress: [IpAddress] });
    expect((await client.call("ecs", "AllocatePublicIpAddress", { InstanceId: id })).code).toBe("AllocatedAlready");
  });

  test("a host paid ahead gets both at once", async () => {
    const place = await newPlace();
    const id = await newHost(place, { InstanceChargeType: "PrePaid", Period: 1 });
    await place.client.ok("ecs", "ModifyInstanceNetworkSpec", { InstanceId: id, InternetMaxBandwidthOut: 5 });
    expect((await hostById(place.client, id))?.["PublicIpAddress"]).toEqual({ IpAddress: [expect.any(String)] });
  });
});

describe("the place in the network", () => {
  test("another vSwitch of the zone, and another address", async () => {
    const place = await newPlace();
    const { client, vpcId, zone } = place;
    const id = await stoppedHost(place);
    const VSwitchId = await newVSwitch(client, vpcId, zone, "10.0.64.0/24");
    await client.ok("ecs", "ModifyInstanceVpcAttribute", { InstanceId: id, VSwitchId, PrivateIpAddress: "10.0.64.9" });
    expect((await hostById(client, id))?.["VpcAttributes"]).toMatchObject({
      VSwitchId,
      PrivateIpAddress: { IpAddress: ["10.0.64.9"] },
    });
  });

  test("not a vSwitch of another zone, and not while it runs", async () => {
    const place = await newPlace();
    const { client, vpcId } = place;
    const VSwitchId = await newVSwitch(client, vpcId, "cn-shanghai-m", "10.0.64.0/24");
    const move = async (InstanceId: string) =>
      (await client.call("ecs", "ModifyInstanceVpcAttribute", { InstanceId, VSwitchId })).code;
    expect(await move(await stoppedHost(place))).toBe("InvalidParameter.Mismatch");
    expect(await move(await newHost(place))).toBe("IncorrectInstanceStatus");
  });

  test("security groups are joined and left", async () => {
    const place = await newPlace();
    const { client, vpcId, groupId } = place;
    const id = await newHost(place);
    const other = await newGroup(client, vpcId);
    const foreign = (await newPlace(client)).groupId;
    const code = async (action: string, SecurityGroupId: string) =>
      (await client.call("ecs", action, { InstanceId: id, SecurityGroupId })).code;
    expect(await code("JoinSecurityGroup", groupId)).toBe("InvalidInstanceId.AlreadyExists");
    expect(await code("JoinSecurityGroup", "sg-none")).toBe("InvalidSecurityGroupId.NotFound");
    expect(await code("JoinSecurityGroup", foreign)).toBe("InvalidParameter.Mismatch");
    expect(await code("LeaveSecurityGroup", other)).toBe("InstanceNotInSecurityGroup");
    expect(await code("LeaveSecurityGroup", groupId)).toBe("InstanceLastSecurityGroup");
    expect(await code("JoinSecurityGroup", other)).toBeUndefined();
    expect(await code("LeaveSecurityGroup", groupId)).toBeUndefined();
    expect((await hostById(client, id))?.["SecurityGroupIds"]).toEqual({ SecurityGroupId: [other] });
  });

  test("further private addresses come and go", async () => {
    const place = await newPlace();
    const { client } = place;
    const id = await newHost(place);
    const NetworkInterfaceId = id.replace("i-", "eni-");
    const answer = await client.ok("ecs", "AssignPrivateIpAddresses", {
      NetworkInterfaceId,
      PrivateIpAddress: ["10.0.0.99"],
    });
    expect(answer["AssignedPrivateIpAddressesSet"]?.["PrivateIpSet"]).toEqual({ PrivateIpAddress: ["10.0.0.99"] });
    await client.ok("ecs", "AssignPrivateIpAddresses", { NetworkInterfaceId, SecondaryPrivateIpAddressCount: 2 });
    const sets = async () => {
      const { NetworkInterfaceSets } = await client.ok("ecs", "DescribeNetworkInterfaces", { InstanceId: id });
      return [...(NetworkInterfaceSets?.["NetworkInterfaceSet"]?.[0]?.["PrivateIpSets"]?.["PrivateIpSet"] ?? [])]
        .length;
    };
    expect(await sets()).toBe(4);
    await client.ok("ecs", "UnassignPrivateIpAddresses", { NetworkInterfaceId, PrivateIpAddress: ["10.0.0.99"] });
    expect(await sets()).toBe(3);
    const gone = { NetworkInterfaceId: "eni-none", SecondaryPrivateIpAddressCount: 1 };
    expect((await client.call("ecs", "AssignPrivateIpAddresses", gone)).code).toBe("InvalidEniId.NotFound");
  });
});

describe("the RAM role of hosts", () => {
  test("is attached, read and detached as the provider's attachment does it", async () => {
    const place = await newPlace();
    const { client } = place;
    const id = await newHost(place);
    const name = await newRole(client, "worker");
    const request = { InstanceIds: JSON.stringify([id]), RamRoleName: name };
    expect(await client.ok("ecs", "AttachInstanceRamRole", request)).toMatchObject({
      RamRoleName: name,
      FailCount: 0,
      AttachInstanceRamRoleResults: { AttachInstanceRamRoleResult: [{ InstanceId: id, Success: true }] },
    });
    const read = () => client.ok("ecs", "DescribeInstanceRamRole", request);
    expect((await read())["InstanceRamRoleSets"]).toEqual({
      InstanceRamRoleSet: [{ InstanceId: id, RamRoleName: name }],
    });
    await newRole(client, "other");
    const second = await client.call("ecs", "AttachInstanceRamRole", { ...request, RamRoleName: "other" });
    expect(second.code).toBe("InvalidInstance.RamRoleAlreadyAttached");
    await client.ok("ecs", "DetachInstanceRamRole", request);
    expect((await read())["InstanceRamRoleSets"]).toEqual({ InstanceRamRoleSet: [] });
    const unknown = await client.call("ecs", "DescribeInstanceRamRole", { ...request, RamRoleName: "none" });
    expect({ code: unknown.code, status: unknown.status }).toEqual({ code: "InvalidRamRole.NotFound", status: 404 });
  });
});

test.each([
  [{ DeploymentSetId: "ds-none" }, "DeploymentSet.NotFound"],
  [{ DedicatedHostId: "dh-none" }, "InvalidDedicatedHostId.NotFound"],
])("there is nothing to deploy a host onto: %j", async (change, code) => {
  const place = await newPlace();
  const id = await newHost(place);
  expect((await place.client.call("ecs", "ModifyInstanceDeployment", { InstanceId: id, ...change })).code).toBe(code);
});
