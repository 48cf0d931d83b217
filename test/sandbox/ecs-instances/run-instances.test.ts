import { describe, expect, test } from "vitest";
import { type Client, newCloud } from "../client.ts";
import {
  account,
  disksOf,
  hostById,
  hostIn,
  newGroup,
  newHost,
  newHosts,
  newPlace,
  newRole,
  newVSwitch,
  type Place,
  sellOut,
} from "./place.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("a host that is made", () => {
  test("is Pending first and Running 20 seconds later", async () => {
    const place = await newPlace();
    const { client } = place;
    const { InstanceIdSets } = await client.ok("ecs", "RunInstances", hostIn(place));
    const id = String(InstanceIdSets?.["InstanceIdSet"]?.[0]);
    expect(id).toMatch(/^i-uf6[0-9a-z]{17}$/);
    expect((await hostById(client, id))?.["Status"]).toBe("Pending");
    client.cloud.clock.skip(20_000);
    expect((await hostById(client, id))?.["Status"]).toBe("Running");
  });

  test("has what was asked for", async () => {
    const place = await newPlace();
    const { client } = place;
    await newRole(client, "worker");
    await client.ok("ecs", "CreateKeyPair", { KeyPairName: "ops" });
    const id = await newHost(place, {
      InstanceName: "prod-workers-01",
      HostName: "prod-workers-01",
      Description: "first worker",
      UserData: base64("#!/bin/sh\n"),
      RamRoleName: "worker",
      KeyPairName: "ops",
      HttpTokens: "required",
      DeletionProtection: true,
      PrivateIpAddress: "10.0.0.77",
      Tag: [{ Key: "env", Value: "prod" }],
    });
    expect(await hostById(client, id)).toMatchObject({
      InstanceName: "prod-workers-01",
      HostName: "prod-workers-01",
      Description: "first worker",
      InstanceType: "ecs.g7.xlarge",
      Cpu: 4,
      Memory: 16_384,
      ZoneId: place.zone,
      KeyPairName: "ops",
      DeletionProtection: true,
      InstanceChargeType: "PostPaid",
      ExpiredTime: "2099-12-31T15:59Z",
      SpotStrategy: "NoSpot",
      SecurityGroupIds: { SecurityGroupId: [place.groupId] },
      VpcAttributes: {
        VpcId: place.vpcId,
        VSwitchId: place.vSwitchId,
        PrivateIpAddress: { IpAddress: ["10.0.0.77"] },
      },
      PublicIpAddress: { IpAddress: [] },
      MetadataOptions: { HttpTokens: "required", HttpEndpoint: "enabled" },
      Tags: { Tag: [{ TagKey: "env", TagValue: "prod" }] },
    });
    const { UserData } = await client.ok("ecs", "DescribeUserData", { InstanceId: id });
    expect(UserData).toBe(base64("#!/bin/sh\n"));
  });

  test("comes with its disks", async () => {
    const place = await newPlace();
    const id = await newHost(place, {
      SystemDisk: { Category: "cloud_essd", Size: 60, PerformanceLevel: "PL0", Encrypted: true, DiskName: "root" },
      DataDisk: [{ Category: "cloud_essd", Size: 200, DeleteWithInstance: false }],
    });
    const [system, data] = await disksOf(place.client, id);
    expect(system).toMatchObject({
      Type: "system",
      Size: 60,
      Category: "cloud_essd",
      PerformanceLevel: "PL0",
      Encrypted: true,
      DiskName: "root",
      Status: "In_use",
      InstanceId: id,
      Device: "/dev/xvda",
      DeleteWithInstance: true,
    });
    expect(data).toMatchObject({ Type: "data", Size: 200, PerformanceLevel: "PL1", DeleteWithInstance: false });
  });

  test.each([
    ["ecs.g7.xlarge", "cloud_essd", "PL0"],
    ["ecs.g6.xlarge", "cloud_efficiency", ""],
  ])("%s has %s as its system disk when none is asked for", async (InstanceType, Category, PerformanceLevel) => {
    const place = await newPlace();
    const id = await newHost(place, { InstanceType, SystemDisk: {} });
    expect((await disksOf(place.client, id))[0]).toMatchObject({ Category, Size: 40, PerformanceLevel });
  });

  test("gets a public address with a bandwidth", async () => {
    const place = await newPlace();
    const id = await newHost(place, { InternetMaxBandwidthOut: 5 });
    expect(await hostById(place.client, id)).toMatchObject({
      InternetMaxBandwidthOut: 5,
      PublicIpAddress: { IpAddress: [expect.stringMatching(/^198\.1[89]\./)] },
    });
  });

  test("takes its place from a primary network interface too", async () => {
    const place = await newPlace();
    const primary = {
      InstanceType: "Primary",
      VSwitchId: place.vSwitchId,
      SecurityGroupIds: [place.groupId],
      PrimaryIpAddress: "10.0.0.9",
    };
    const id = await newHost(place, { VSwitchId: "", SecurityGroupIds: undefined, NetworkInterface: [primary] });
    expect((await hostById(place.client, id))?.["VpcAttributes"]).toMatchObject({ VSwitchId: place.vSwitchId });
  });

  test("is made once for a client token", async () => {
    const place = await newPlace();
    const request = hostIn(place, { ClientToken: "again" });
    const first = await place.client.ok("ecs", "RunInstances", request);
    const second = await place.client.ok("ecs", "RunInstances", request);
    expect(second["InstanceIdSets"]).toEqual(first["InstanceIdSets"]);
    expect((await place.client.ok("ecs", "DescribeInstances"))["TotalCount"]).toBe(1);
  });

  test("is Stopped when CreateInstance makes it", async () => {
    const place = await newPlace();
    const { InstanceId } = await place.client.ok("ecs", "CreateInstance", hostIn(place));
    place.client.cloud.clock.skip(60_000);
    expect((await hostById(place.client, String(InstanceId)))?.["Status"]).toBe("Stopped");
  });

  test("stands in its own region only", async () => {
    const place = await newPlace();
    const id = await newHost(place);
    expect(await hostById(place.client.in("cn-beijing"), id)).toBeUndefined();
    const { code } = await place.client.in("cn-beijing").call("ecs", "StopInstance", { InstanceId: id });
    expect(code).toBe("InvalidInstanceId.NotFound");
  });
});

describe("names of several hosts", () => {
  test.each([
    [{ InstanceName: "node", UniqueSuffix: true }, ["node001", "node002", "node003"]],
    [{ InstanceName: "node" }, ["node", "node", "node"]],
    [{ InstanceName: "node-[7,2]-x", UniqueSuffix: true }, ["node-07-x", "node-08-x", "node-09-x"]],
  ])("%j", async (more, expected) => {
    const place = await newPlace();
    const ids = await newHosts(place, { Amount: 3, ...more });
    const names = await Promise.all(ids.map(async (id) => (await hostById(place.client, id))?.["InstanceName"]));
    expect(names).toEqual(expected);
  });

  test("a host name may have the id in it", async () => {
    const place = await newPlace();
    const id = await newHost(place, { HostName: ["a-$", "{instance_id}"].join("") });
    expect((await hostById(place.client, id))?.["HostName"]).toBe(`a-${id}`);
  });

  test("addresses follow the first one that was asked for", async () => {
    const place = await newPlace();
    const ids = await newHosts(place, { Amount: 2, PrivateIpAddress: "10.0.1.255" });
    const hosts = await Promise.all(ids.map((id) => hostById(place.client, id)));
    expect(hosts.map((host) => host?.["VpcAttributes"]?.["PrivateIpAddress"]?.["IpAddress"]?.[0])).toEqual([
      "10.0.1.255",
      "10.0.2.0",
    ]);
  });
});

describe("a request is refused", () => {
  const cases: readonly (readonly [code: string, status: number, more: object])[] = [
    ["InvalidInstanceType.ValueNotSupported", 400, { InstanceType: "ecs.g99.xlarge" }],
    ["InvalidImageId.NotFound", 404, { ImageId: "m-uf6own" }],
    ["InvalidImageId.NotFound", 404, { ImageId: "windows_2022.vhd" }],
    ["ImageNotSupportInstanceType", 403, { InstanceType: "ecs.g8y.xlarge" }],
    ["InvalidSystemDiskCategory.ValueNotSupported", 400, { SystemDisk: { Category: "cloud_efficiency", Size: 40 } }],
    ["InvalidSystemDiskCategory.ValueNotSupported", 400, { SystemDisk: { Category: "floppy", Size: 40 } }],
    ["InvalidSystemDiskSize.LessThanImageSize", 404, { SystemDisk: { Category: "cloud_essd", Size: 10 } }],
    ["InvalidSystemDiskSize.MoreThanMaxSize", 404, { SystemDisk: { Category: "cloud_essd", Size: 4_000 } }],
    [
      "InvalidSystemDiskSize.LessThanMinSize",
      404,
      { SystemDisk: { Category: "cloud_essd", Size: 100, PerformanceLevel: "PL2" } },
    ],
    ["InvalidDataDiskCategory.ValueNotSupported", 400, { DataDisk: [{ Category: "cloud_ssd", Size: 40 }] }],
    ["InvalidDataDiskSize.ValueNotSupported", 400, { DataDisk: [{ Category: "cloud_essd", Size: 5 }] }],
    ["InvalidSnapshotId.NotFound", 404, { DataDisk: [{ Category: "cloud_essd", SnapshotId: "s-none" }] }],
    [
      "InstanceDiskNumber.LimitExceed",
      400,
      { DataDisk: Array.from({ length: 17 }, () => ({ Category: "cloud_essd", Size: 40 })) },
    ],
    ["InvalidVSwitchId.NotFound", 404, { VSwitchId: "vsw-none" }],
    ["InvalidParameter.Mismatch", 400, { ZoneId: "cn-shanghai-m" }],
    ["InvalidZoneId.NotFound", 404, { ZoneId: "cn-shanghai-z" }],
    ["InvalidSecurityGroupId.NotFound", 404, { SecurityGroupIds: ["sg-none"] }],
    ["InvalidInstanceName.Malformed", 400, { InstanceName: "x" }],
    ["InvalidHostName.Malformed", 400, { HostName: "-a" }],
    ["InvalidDescription.Malformed", 400, { Description: "https://example.com" }],
    ["InvalidPassword.Malformed", 400, { Password: "simple" }],
    ["InvalidUserData.Base64FormatInvalid", 400, { UserData: "#!/bin/sh" }],
    ["InvalidUserData.SizeExceeded", 400, { UserData: base64("x".repeat(32 * 1024 + 1)) }],
    ["InvalidRamRole.NotFound", 404, { RamRoleName: "none" }],
    ["InvalidKeyPairName.NotFound", 404, { KeyPairName: "none" }],
    ["InvalidPrivateIpAddress.Malformed", 400, { PrivateIpAddress: "10.9.0.5" }],
    ["InvalidInstanceChargeType.NotFound", 404, { InstanceChargeType: "Free" }],
    ["InvalidPeriod", 400, { InstanceChargeType: "PrePaid" }],
    ["InvalidPeriod", 400, { InstanceChargeType: "PrePaid", Period: 10 }],
    ["InvalidPeriodType.ValueNotSupported", 400, { InstanceChargeType: "PrePaid", Period: 1, PeriodUnit: "Year" }],
    [
      "InvalidAutoRenewPeriod.ValueNotSupported",
      400,
      { InstanceChargeType: "PrePaid", Period: 1, AutoRenew: true, AutoRenewPeriod: 5 },
    ],
    [
      "InvalidChargeType.ValueNotSupported",
      403,
      { InstanceChargeType: "PrePaid", Period: 1, DeletionProtection: true },
    ],
    ["InvalidChargeType.ValueNotSupported", 403, { SpotStrategy: "SpotAsPriceGo", DeletionProtection: true }],
    ["InvalidParameter.SpotStrategy", 400, { SpotStrategy: "Cheapest" }],
    ["MissingParameter.SpotPriceLimit", 400, { SpotStrategy: "SpotWithPriceLimit" }],
    ["InvalidSpotDuration", 400, { SpotStrategy: "SpotAsPriceGo", SpotDuration: 6 }],
    ["InvalidInternetMaxBandwidthOut.ValueNotSupported", 400, { InternetMaxBandwidthOut: 500 }],
    ["InvalidLaunchTemplate.NotFound", 404, { LaunchTemplateId: "lt-none" }],
    ["InvalidParam.Amount", 403, { Amount: 101 }],
    ["InvalidResourceGroup.NotFound", 404, { ResourceGroupId: "rg-none" }],
    ["Sandbox.NotSupported", 400, { NetworkInterface: [{ InstanceType: "Secondary" }] }],
    ["DryRunOperation", 400, { DryRun: true }],
  ];
  test.each(cases)("%s (%i)", async (code, status, more) => {
    const place = await newPlace();
    const answer = await place.client.call("ecs", "RunInstances", hostIn(place, more));
    expect({ code: answer.code, status: answer.status }).toEqual({ code, status });
    expect((await place.client.ok("ecs", "DescribeInstances"))["TotalCount"]).toBe(0);
  });

  test("a role that ECS may not take on", async () => {
    const place = await newPlace();
    await newRole(place.client, "other", "fc.aliyuncs.com");
    const { code } = await place.client.call("ecs", "RunInstances", hostIn(place, { RamRoleName: "other" }));
    expect(code).toBe("InvalidRamRole.NotEcsRole");
  });

  test("a security group of another VPC", async () => {
    const place = await newPlace();
    const other = await newPlace(place.client);
    const request = hostIn(place, { SecurityGroupIds: [other.groupId] });
    expect((await place.client.call("ecs", "RunInstances", request)).code).toBe("InvalidParameter.Mismatch");
  });

  test("more than five security groups", async () => {
    const place = await newPlace();
    const SecurityGroupIds: string[] = [];
    for (let n = 0; n < 6; n += 1) SecurityGroupIds.push(await newGroup(place.client, place.vpcId));
    const { code } = await place.client.call("ecs", "RunInstances", hostIn(place, { SecurityGroupIds }));
    expect(code).toBe("InstanceSecurityGroupLimitExceed");
  });

  test("a vSwitch that is not ready yet", async () => {
    const place = await newPlace();
    const { client, vpcId, zone } = place;
    const { VSwitchId } = await client.ok("vpc", "CreateVSwitch", {
      VpcId: vpcId,
      ZoneId: zone,
      CidrBlock: "10.0.64.0/24",
    });
    expect((await client.call("ecs", "RunInstances", hostIn(place, { VSwitchId }))).code).toBe(
      "IncorrectVSwitchStatus",
    );
  });

  test("a vSwitch without room", async () => {
    const place = await newPlace();
    const VSwitchId = await newVSwitch(place.client, place.vpcId, place.zone, "10.0.64.0/29");
    // Of eight addresses the first and the last three are the cloud's own.
    await newHosts(place, { VSwitchId, Amount: 4 });
    const { code } = await place.client.call("ecs", "RunInstances", hostIn(place, { VSwitchId }));
    expect(code).toBe("InvalidVSwitchId.IpNotEnough");
  });

  test("an address that is taken", async () => {
    const place = await newPlace();
    await newHost(place, { PrivateIpAddress: "10.0.0.50" });
    const { code } = await place.client.call("ecs", "RunInstances", hostIn(place, { PrivateIpAddress: "10.0.0.50" }));
    expect(code).toBe("InvalidPrivateIpAddress.Duplicated");
  });
});

describe("an account is refused", () => {
  test.each([
    ["RealNameAuthenticationError", 403, { realName: false }],
    ["Forbidden.RiskControl", 403, { riskControl: true }],
    ["Account.Arrearage", 400, { arrears: true }],
    ["InvalidPayMethod", 403, { payMethod: false }],
    ["InvalidAccountStatus.NotEnoughBalance", 403, { balance: 0 }],
  ])("%s", async (code, status, change) => {
    const place = await newPlace();
    account(place.client, change);
    for (const more of [{}, { DryRun: true }]) {
      const answer = await place.client.call("ecs", "RunInstances", hostIn(place, more));
      expect({ code: answer.code, status: answer.status }).toEqual({ code, status });
    }
  });

  test("a week ahead is for the China site", async () => {
    const place = await newPlace();
    const weekly = hostIn(place, { InstanceChargeType: "PrePaid", Period: 1, PeriodUnit: "Week" });
    await place.client.ok("ecs", "RunInstances", weekly);
    account(place.client, { site: "international" });
    expect((await place.client.call("ecs", "RunInstances", weekly)).code).toBe("InvalidPeriodType.ValueNotSupported");
  });

  test.each([
    ["vcpu", {}],
    ["spotVcpu", { SpotStrategy: "SpotAsPriceGo" }],
  ])("a quota of vCPUs counts what is there: %s", async (quota, more) => {
    const place = await newPlace();
    const { client } = place;
    account(client, { quotas: { ...client.cloud.account("1000000000000001").quotas, [quota]: 8 } });
    await newHosts(place, { Amount: 2, ...more });
    const { code, status } = await client.call("ecs", "RunInstances", hostIn(place, more));
    expect({ code, status }).toEqual({ code: "QuotaExceed.ElasticQuota", status: 403 });
    await newHost(place, { InstanceChargeType: "PrePaid", Period: 1 });
  });
});

describe("stock", () => {
  const rules = (place: Place) =>
    [
      ["a type in a zone", { zone: place.zone, what: "ecs.g7.xlarge" }],
      ["a type everywhere", { zone: "*", what: "ecs.g7.xlarge" }],
      ["a zone", { zone: place.zone, what: "*" }],
      ["a disk category", { zone: place.zone, what: "cloud_essd" }],
    ] as const;

  test.each([0, 1, 2, 3])("rule %i", async (n) => {
    const place = await newPlace();
    const [, rule] = rules(place)[n] ?? [];
    if (rule === undefined) throw new Error("no rule");
    sellOut(place.client, { ...rule, how: "NoStock" });
    expect(await codeOf(place.client, place)).toBe("OperationDenied.NoStock");
    sellOut(place.client, { ...rule, how: "NotOnSale" });
    expect(await codeOf(place.client, place)).toBe("Zone.NotOnSale");
  });

  test("another type in the same zone is to be had", async () => {
    const place = await newPlace(newCloud());
    sellOut(place.client, { zone: place.zone, what: "ecs.g7.xlarge", how: "NoStock" });
    await newHost(place, { InstanceType: "ecs.g7.large" });
  });

  async function codeOf(client: Client, place: Place) {
    return (await client.call("ecs", "RunInstances", hostIn(place))).code;
  }
});
