import { describe, expect, it } from "vitest";
import { soldOut } from "../../../sandbox/stock.ts";
import { newCloud } from "../client.ts";
import { changeAccount, disk, newDisk, newHost, newPlace, text } from "./place.ts";

const wish = { ZoneId: "cn-shanghai-l", DiskCategory: "cloud_essd", Size: 100 };

describe("CreateDisk", () => {
  it("makes a disk that can be used a while later, with the cloud's defaults", async () => {
    const client = newCloud();
    const { DiskId } = await client.ok("ecs", "CreateDisk", {
      ...wish,
      DiskName: "data",
      Description: "measurements",
      Tag: [{ Key: "stack", Value: "shanghai" }],
    });
    expect((await disk(client, text(DiskId)))["Status"]).toBe("Creating");
    client.cloud.clock.skip(60_000);
    expect(await disk(client, text(DiskId))).toMatchObject({
      Status: "Available",
      DiskName: "data",
      Description: "measurements",
      ZoneId: "cn-shanghai-l",
      RegionId: "cn-shanghai",
      Type: "data",
      Size: 100,
      Category: "cloud_essd",
      PerformanceLevel: "PL1",
      Encrypted: false,
      KMSKeyId: "",
      InstanceId: "",
      DiskChargeType: "PostPaid",
      Portable: true,
      DeleteWithInstance: false,
      DeleteAutoSnapshot: false,
      MultiAttach: "Disabled",
      Tags: { Tag: [{ TagKey: "stack", TagValue: "shanghai" }] },
      Attachments: { Attachment: [] },
    });
  });

  it("encrypts with the account's service key when none is named, the same for every disk of the region", async () => {
    const client = newCloud();
    const one = await disk(client, await newDisk(client, { Encrypted: true }));
    const two = await disk(client, await newDisk(client, { Encrypted: true }));
    const named = await disk(client, await newDisk(client, { Encrypted: true, KMSKeyId: "key-1" }));
    expect(one["Encrypted"]).toBe(true);
    expect(one["KMSKeyId"]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(two["KMSKeyId"]).toBe(one["KMSKeyId"]);
    expect(named["KMSKeyId"]).toBe("key-1");
  });

  it.each([
    ["no zone", { ZoneId: "" }, "MissingParameter.ZoneId", 400],
    ["a zone that does not exist", { ZoneId: "cn-shanghai-z" }, "InvalidZoneId.NotFound", 404],
    ["a zone of another region", { ZoneId: "cn-beijing-h" }, "InvalidZoneId.NotFound", 404],
    ["a category that does not exist", { DiskCategory: "floppy" }, "InvalidDiskCategory.ValueNotSupported", 400],
    ["a category that is not sold", { DiskCategory: "cloud" }, "InvalidDiskCategory.NotSupported", 400],
    ["no size", { Size: "" }, "MissingParameter", 400],
    ["ultra disk below 20 GiB", { DiskCategory: "cloud_efficiency", Size: 19 }, "InvalidDiskSize.NotSupported", 403],
    [
      "ultra disk above 32 TiB",
      { DiskCategory: "cloud_efficiency", Size: 32_769 },
      "InvalidDiskSize.NotSupported",
      403,
    ],
    ["SSD below 20 GiB", { DiskCategory: "cloud_ssd", Size: 19 }, "InvalidDiskSize.NotSupported", 403],
    ["ESSD Entry below 10 GiB", { DiskCategory: "cloud_essd_entry", Size: 9 }, "InvalidDiskSize.NotSupported", 403],
    ["ESSD without size", { Size: 0 }, "InvalidDiskSize.NotSupported", 403],
    ["ESSD above 64 TiB", { Size: 65_537 }, "InvalidDiskSize.NotSupported", 403],
    ["PL1 below 20 GiB", { PerformanceLevel: "PL1", Size: 19 }, "OperationDenied.PerformanceLevelNotMatch", 403],
    ["PL2 below 461 GiB", { PerformanceLevel: "PL2", Size: 460 }, "OperationDenied.PerformanceLevelNotMatch", 403],
    ["PL3 below 1,261 GiB", { PerformanceLevel: "PL3", Size: 1_260 }, "OperationDenied.PerformanceLevelNotMatch", 403],
    ["a level that does not exist", { PerformanceLevel: "PL9" }, "InvalidPerformanceLevel.Malformed", 400],
    ["IOPS on ESSD", { ProvisionedIops: 100 }, "ProvisionedIopsForDiskCategoryUnsupported", 400],
    [
      "too many IOPS",
      { DiskCategory: "cloud_auto", ProvisionedIops: 50_001 },
      "InvalidProvisionedIops.LimitExceed",
      400,
    ],
    ["bursts on ESSD", { BurstingEnabled: true }, "BurstingEnabledForDiskCategoryUnsupported", 400],
    ["a name that starts with a digit", { DiskName: "1st" }, "InvalidDiskName.Malformed", 400],
    ["a description like a link", { Description: "http://a" }, "InvalidDescription.Malformed", 400],
    ["a key without encryption", { KMSKeyId: "key-1" }, "InvalidEncrypted.NotMatchKmsKeyId", 400],
    ["a snapshot that does not exist", { SnapshotId: "s-none" }, "InvalidSnapshotId.NotFound", 404],
    ["a resource group that does not exist", { ResourceGroupId: "rg-none" }, "InvalidResourceGroup.NotFound", 404],
    ["a forbidden tag", { Tag: [{ Key: "acs:x", Value: "" }] }, "InvalidTagKey.Malformed", 400],
  ])("refuses %s", async (_, change, code, status) => {
    const client = newCloud();
    expect(await client.call("ecs", "CreateDisk", { ...wish, ...change })).toMatchObject({ code, status });
    expect((await client.ok("ecs", "DescribeDisks"))["TotalCount"]).toBe(0);
  });

  it.each([
    ["ESSD PL0 of 1 GiB", { PerformanceLevel: "PL0", Size: 1 }],
    ["ESSD PL2 of 461 GiB", { PerformanceLevel: "PL2", Size: 461 }],
    ["ESSD PL3 of 1,261 GiB", { PerformanceLevel: "PL3", Size: 1_261 }],
    ["AutoPL of 1 GiB", { DiskCategory: "cloud_auto", Size: 1 }],
    ["ESSD Entry of 10 GiB", { DiskCategory: "cloud_essd_entry", Size: 10 }],
  ])("makes %s", async (_, change) => {
    const client = newCloud();
    await client.ok("ecs", "CreateDisk", { ...wish, ...change });
  });

  it.each([
    ["real-name registration", { realName: false }, "RealNameAuthenticationError", 403],
    ["money", { balance: 0 }, "InvalidAccountStatus.NotEnoughBalance", 403],
    ["a pay method", { payMethod: false }, "InvalidPayMethod", 403],
    ["its bills paid", { arrears: true }, "Account.Arrearage", 400],
    ["the trust of risk control", { riskControl: true }, "Forbidden.RiskControl", 403],
  ])("refuses an account without %s", async (_, change, code, status) => {
    const client = newCloud();
    changeAccount(client, change);
    expect(await client.call("ecs", "CreateDisk", wish)).toMatchObject({ code, status });
  });

  it.each([
    ["sold out", "NoStock", "OperationDenied.NoStock", 403],
    ["not on sale", "NotOnSale", "InvalidDataDiskCategory.NotSupported", 400],
  ] as const)("refuses a category that is %s in the zone, and sells it in the next", async (_, how, code, status) => {
    const client = newCloud();
    const rule = { id: "1", account: "", region: "", createdAt: 0, zone: "cn-shanghai-l", what: "cloud_essd", how };
    client.cloud.store.put(soldOut, rule);
    expect(await client.call("ecs", "CreateDisk", wish)).toMatchObject({ code, status });
    await client.ok("ecs", "CreateDisk", { ...wish, ZoneId: "cn-shanghai-m" });
  });

  it("comes attached to a subscription host, paid ahead like it, and is not sold for any other", async () => {
    const client = newCloud();
    const place = await newPlace(client);
    const paidAhead = await newHost(client, place, { InstanceChargeType: "PrePaid", Period: 1, PeriodUnit: "Month" });
    const byTheHour = await newHost(client, place);
    const { DiskId, OrderId } = await client.ok("ecs", "CreateDisk", { ...wish, ZoneId: "", InstanceId: paidAhead });
    expect(OrderId).toMatch(/^\d+$/);
    client.cloud.clock.skip(60_000);
    expect(await disk(client, text(DiskId))).toMatchObject({
      Status: "In_use",
      InstanceId: paidAhead,
      DiskChargeType: "PrePaid",
      Portable: false,
    });
    expect(await client.call("ecs", "CreateDisk", { ...wish, ZoneId: "", InstanceId: byTheHour })).toMatchObject({
      code: "InvalidInstanceChargeType.ValueNotSupported",
      status: 403,
    });
    expect(await client.call("ecs", "CreateDisk", { ...wish, InstanceId: paidAhead })).toMatchObject({
      code: "InvalidParam.ZoneIdAndInstanceId.Conflict",
      status: 403,
    });
  });
});

describe("DescribeDisks", () => {
  it("finds by ids, by host and type, and by what a disk is", async () => {
    const client = newCloud();
    const host = await newHost(client, await newPlace(client), { DataDisk: [{ Category: "cloud_essd", Size: 60 }] });
    const loose = await newDisk(client, { DiskName: "loose", Tag: [{ Key: "use", Value: "spare" }] });
    const sizes = async (filter: object) => {
      const { Disks } = await client.ok("ecs", "DescribeDisks", filter);
      return (Disks?.["Disk"] ?? []).map((one) => one["Size"]).sort((a, b) => a - b);
    };
    expect(await sizes({})).toEqual([40, 60, 100]);
    expect(await sizes({ DiskIds: JSON.stringify([loose, "d-none"]) })).toEqual([100]);
    expect(await sizes({ DiskIds: "[]" })).toEqual([]);
    expect(await sizes({ InstanceId: host })).toEqual([40, 60]);
    expect(await sizes({ InstanceId: host, DiskType: "system" })).toEqual([40]);
    expect(await sizes({ InstanceId: host, DiskType: "data" })).toEqual([60]);
    expect(await sizes({ DiskType: "all", Status: "Available" })).toEqual([100]);
    expect(await sizes({ DiskName: "loose" })).toEqual([100]);
    expect(await sizes({ Tag: [{ Key: "use", Value: "spare" }] })).toEqual([100]);
    expect(await sizes({ Tag: [{ Key: "use", Value: "other" }] })).toEqual([]);
    expect(await sizes({ ZoneId: "cn-shanghai-m" })).toEqual([]);
    expect(await sizes({ Portable: false })).toEqual([]);
  });

  it("pages by number and by token, without a token on the last page", async () => {
    const client = newCloud();
    for (let n = 1; n <= 25; n += 1) await client.ok("ecs", "CreateDisk", { ...wish, Size: 100 + n });
    const second = await client.ok("ecs", "DescribeDisks", { PageNumber: 2, PageSize: 20 });
    expect(second["Disks"]?.["Disk"]).toHaveLength(5);
    expect(second).toMatchObject({ TotalCount: 25, PageNumber: 2, PageSize: 20 });
    const first = await client.ok("ecs", "DescribeDisks", { MaxResults: 20 });
    expect(first["Disks"]?.["Disk"]).toHaveLength(20);
    const last = await client.ok("ecs", "DescribeDisks", { MaxResults: 20, NextToken: first["NextToken"] });
    expect(last["Disks"]?.["Disk"]).toHaveLength(5);
    expect(last).not.toHaveProperty("NextToken");
  });

  it("shows nothing of another region, and refuses ids that are no list", async () => {
    const client = newCloud();
    const id = await newDisk(client);
    const elsewhere = await client.in("cn-beijing").ok("ecs", "DescribeDisks", { DiskIds: JSON.stringify([id]) });
    expect(elsewhere["Disks"]?.["Disk"]).toEqual([]);
    expect((await client.call("ecs", "DescribeDisks", { DiskIds: id })).code).toBe("InvalidDiskIds.Malformed");
  });
});

describe("changing a disk", () => {
  it("takes names, descriptions and flags, also the empty text", async () => {
    const client = newCloud();
    const DiskId = await newDisk(client, { DiskName: "old", Description: "old one" });
    await client.ok("ecs", "ModifyDiskAttribute", { DiskId, DiskName: "new", DeleteAutoSnapshot: true });
    await client.ok("ecs", "ModifyDiskAttribute", { DiskIds: [DiskId], Description: "", EnableAutoSnapshot: false });
    expect(await disk(client, DiskId)).toMatchObject({
      DiskName: "new",
      Description: "",
      DeleteAutoSnapshot: true,
      EnableAutoSnapshot: false,
    });
    const nothing = await client.call("ecs", "ModifyDiskAttribute", { DiskId });
    expect(nothing).toMatchObject({ code: "NoAttributeToModify", status: 400 });
    const unknown = await client.call("ecs", "ModifyDiskAttribute", { DiskId: "d-none", DiskName: "new" });
    expect(unknown).toMatchObject({ code: "InvalidDiskId.NotFound", status: 404 });
  });

  it.each([
    ["smaller", 99, "InvalidDiskSize.TooSmall"],
    ["as it is", 100, "InvalidDiskSize.TooSmall"],
    ["larger than there is", 65_537, "InvalidDiskSize.TooLarge"],
  ])("only grows: not %s", async (_, NewSize, code) => {
    const client = newCloud();
    const DiskId = await newDisk(client);
    expect(await client.call("ecs", "ResizeDisk", { DiskId, NewSize })).toMatchObject({ code, status: 403 });
    await client.ok("ecs", "ResizeDisk", { DiskId, NewSize: 200, Type: "online" });
    expect((await disk(client, DiskId))["Size"]).toBe(200);
  });

  it("changes category and level, from slow to fast and back", async () => {
    const client = newCloud();
    const DiskId = await newDisk(client, { DiskCategory: "cloud_efficiency", Size: 500 });
    await client.ok("ecs", "ModifyDiskSpec", { DiskId, DiskCategory: "cloud_essd" });
    expect(await disk(client, DiskId)).toMatchObject({ Category: "cloud_essd", PerformanceLevel: "PL1" });
    await client.ok("ecs", "ModifyDiskSpec", { DiskId, PerformanceLevel: "PL2" });
    await client.ok("ecs", "ModifyDiskSpec", { DiskId, PerformanceLevel: "PL1" });
    await client.ok("ecs", "ModifyDiskSpec", { DiskId, DiskCategory: "cloud_auto" });
    await client.ok("ecs", "ModifyDiskSpec", { DiskId, ProvisionedIops: 100 });
    expect(await disk(client, DiskId)).toMatchObject({
      Category: "cloud_auto",
      PerformanceLevel: "",
      ProvisionedIops: 100,
    });
  });

  it.each([
    ["nothing new", { PerformanceLevel: "PL1" }, "NoChangeInDiskCategoryAndPerformanceLevel", 403],
    ["down to PL0", { PerformanceLevel: "PL0" }, "InvalidPerformanceLevel.TooLow", 403],
    ["a level for which it is too small", { PerformanceLevel: "PL2" }, "OperationDenied.PerformanceLevelNotMatch", 403],
    [
      "a level with AutoPL",
      { DiskCategory: "cloud_auto", PerformanceLevel: "PL1" },
      "InvalidPerformanceLevelParam.Mismatch",
      400,
    ],
    ["a category that does not exist", { DiskCategory: "floppy" }, "InvalidDiskCategory.ValueNotSupported", 400],
    ["a dry run of something possible", { DiskCategory: "cloud_auto", DryRun: true }, "DryRunOperation", 400],
  ])("refuses as another spec: %s", async (_, change, code, status) => {
    const client = newCloud();
    const DiskId = await newDisk(client);
    expect(await client.call("ecs", "ModifyDiskSpec", { DiskId, ...change })).toMatchObject({ code, status });
    expect(await disk(client, DiskId)).toMatchObject({ Category: "cloud_essd", PerformanceLevel: "PL1" });
  });

  it("changes how the data disks of a subscription host are paid", async () => {
    const client = newCloud();
    const place = await newPlace(client);
    const InstanceId = await newHost(client, place, { InstanceChargeType: "PrePaid", Period: 1, PeriodUnit: "Month" });
    const DiskId = text((await client.ok("ecs", "CreateDisk", { ...wish, ZoneId: "", InstanceId }))["DiskId"]);
    const DiskIds = JSON.stringify([DiskId]);
    await client.ok("ecs", "ModifyDiskChargeType", { InstanceId, DiskIds, DiskChargeType: "PostPaid" });
    expect((await disk(client, DiskId))["DiskChargeType"]).toBe("PostPaid");
    await client.ok("ecs", "ModifyDiskChargeType", { InstanceId, DiskIds, DiskChargeType: "PrePaid" });
    expect((await disk(client, DiskId))["DiskChargeType"]).toBe("PrePaid");
    const byTheHour = await newHost(client, place);
    const refused = await client.call("ecs", "ModifyDiskChargeType", { InstanceId: byTheHour, DiskIds });
    expect(refused.code).toBe("InvalidInstanceChargeType.ValueNotSupported");
  });

  it("deletes what is free, ignores what is gone, and refuses what is being made", async () => {
    const client = newCloud();
    const { DiskId } = await client.ok("ecs", "CreateDisk", wish);
    expect(await client.call("ecs", "DeleteDisk", { DiskId })).toMatchObject({
      code: "IncorrectDiskStatus.Initializing",
      status: 403,
    });
    client.cloud.clock.skip(60_000);
    await client.ok("ecs", "DeleteDisk", { DiskId });
    await client.ok("ecs", "DeleteDisk", { DiskId });
    expect((await client.ok("ecs", "DescribeDisks"))["TotalCount"]).toBe(0);
  });
});
