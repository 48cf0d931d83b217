import { describe, expect, it } from "vitest";
import { type Client, newCloud } from "../client.ts";
import { disk, newDisk, text } from "./place.ts";

/** As the provider sends it: the region in small letters, lists as JSON. */
const wish = { regionId: "cn-shanghai", timePoints: '["1","2"]', repeatWeekdays: '["1","7"]', retentionDays: 7 };

async function newPolicy(client: Client, more: object = {}): Promise<string> {
  const made = await client.ok("ecs", "CreateAutoSnapshotPolicy", { ...wish, ...more });
  return text(made["AutoSnapshotPolicyId"]);
}

async function policies(client: Client, filter: object = {}) {
  const { AutoSnapshotPolicies } = await client.ok("ecs", "DescribeAutoSnapshotPolicyEx", filter);
  return AutoSnapshotPolicies?.["AutoSnapshotPolicy"] ?? [];
}

describe("snapshot policies", () => {
  it("read back as the provider takes them, and change in place", async () => {
    const client = newCloud();
    const id = await newPolicy(client, { autoSnapshotPolicyName: "daily", Tag: [{ Key: "a", Value: "1" }] });
    expect(await policies(client, { AutoSnapshotPolicyId: id })).toMatchObject([
      {
        AutoSnapshotPolicyId: id,
        AutoSnapshotPolicyName: "daily",
        Status: "Normal",
        RegionId: "cn-shanghai",
        TimePoints: '["1","2"]',
        RepeatWeekdays: '["1","7"]',
        RetentionDays: 7,
        EnableCrossRegionCopy: false,
        CopiedSnapshotsRetentionDays: -1,
        ResourceGroupId: "",
        Tags: { Tag: [{ TagKey: "a", TagValue: "1" }] },
      },
    ]);
    await client.ok("ecs", "ModifyAutoSnapshotPolicyEx", {
      autoSnapshotPolicyId: id,
      timePoints: '["5"]',
      repeatWeekdays: '["3"]',
      retentionDays: -1,
      EnableCrossRegionCopy: true,
      TargetCopyRegions: '["cn-hangzhou"]',
      CopiedSnapshotsRetentionDays: 2,
      "CopyEncryptionConfiguration.Encrypted": true,
    });
    await client.ok("ecs", "ModifyAutoSnapshotPolicy", { autoSnapshotPolicyId: id, autoSnapshotPolicyName: "weekly" });
    expect(await policies(client)).toMatchObject([
      {
        AutoSnapshotPolicyName: "weekly",
        TimePoints: '["5"]',
        RepeatWeekdays: '["3"]',
        RetentionDays: -1,
        EnableCrossRegionCopy: true,
        TargetCopyRegions: '["cn-hangzhou"]',
        CopiedSnapshotsRetentionDays: 2,
        CopyEncryptionConfiguration: { Encrypted: true, KMSKeyId: "" },
      },
    ]);
  });

  it.each([
    ["an hour that does not exist", { timePoints: '["24"]' }, "ParameterInvalid", 403],
    ["the same hour twice", { timePoints: '["1","1"]' }, "ParameterInvalid", 403],
    ["no hours", { timePoints: "" }, "MissingParameter.timePoints", 400],
    ["a day that does not exist", { repeatWeekdays: '["0"]' }, "ParameterInvalid", 403],
    ["no days", { repeatWeekdays: "[]" }, "ParameterInvalid", 403],
    ["0 days of retention", { retentionDays: 0 }, "ParameterInvalid", 403],
    ["more days than there are", { retentionDays: 65_536 }, "ParameterInvalid", 403],
    ["a name that starts with a digit", { autoSnapshotPolicyName: "1st" }, "ParameterInvalid", 403],
    ["copies to nowhere", { EnableCrossRegionCopy: true }, "ParameterInvalid", 403],
    ["copies to its own region", { TargetCopyRegions: '["cn-shanghai"]' }, "ParameterInvalid", 403],
  ])("refuse %s", async (_, change, code, status) => {
    const client = newCloud();
    expect(await client.call("ecs", "CreateAutoSnapshotPolicy", { ...wish, ...change })).toMatchObject({
      code,
      status,
    });
    expect(await policies(client)).toEqual([]);
  });

  it("stop at 100 per region", async () => {
    const client = newCloud();
    for (let n = 0; n < 100; n += 1) await newPolicy(client);
    expect(await client.call("ecs", "CreateAutoSnapshotPolicy", wish)).toMatchObject({
      code: "AutoSnapshotPolicy.QuotaExceed",
      status: 403,
    });
  });

  it("are put on disks one on top of the other, and taken off by name when there are several", async () => {
    const client = newCloud();
    const [one, two] = [await newPolicy(client), await newPolicy(client)];
    const id = await newDisk(client);
    const diskIds = JSON.stringify([id]);
    const on = async (policy: string) => {
      const { TotalCount } = await client.ok("ecs", "DescribeDisks", {
        AutoSnapshotPolicyId: policy,
        DiskIds: diskIds,
      });
      return TotalCount === 1;
    };
    await client.ok("ecs", "ApplyAutoSnapshotPolicy", { autoSnapshotPolicyId: one, diskIds });
    expect(await disk(client, id)).toMatchObject({ AutoSnapshotPolicyId: one, EnableAutomatedSnapshotPolicy: true });
    await client.ok("ecs", "ApplyAutoSnapshotPolicy", { autoSnapshotPolicyId: two, diskIds });
    expect([await on(one), await on(two)]).toEqual([true, true]);
    expect(await policies(client, { AutoSnapshotPolicyId: two })).toMatchObject([{ DiskNums: 1 }]);
    expect(await client.call("ecs", "CancelAutoSnapshotPolicy", { diskIds })).toMatchObject({
      code: "OperationDenied.TooManyAutoSnapshotPolicies",
      status: 403,
    });
    await client.ok("ecs", "CancelAutoSnapshotPolicy", { autoSnapshotPolicyId: one, diskIds });
    expect([await on(one), await on(two)]).toEqual([false, true]);
    await client.ok("ecs", "CancelAutoSnapshotPolicy", { diskIds });
    expect(await disk(client, id)).toMatchObject({ AutoSnapshotPolicyId: "", EnableAutomatedSnapshotPolicy: false });
  });

  it("are deleted although they are in use: the disks lose them", async () => {
    const client = newCloud();
    const autoSnapshotPolicyId = await newPolicy(client);
    const id = await newDisk(client);
    await client.ok("ecs", "ApplyAutoSnapshotPolicy", { autoSnapshotPolicyId, diskIds: JSON.stringify([id]) });
    await client.ok("ecs", "DeleteAutoSnapshotPolicy", { autoSnapshotPolicyId });
    expect((await disk(client, id))["AutoSnapshotPolicyId"]).toBe("");
    for (const action of ["DeleteAutoSnapshotPolicy", "ModifyAutoSnapshotPolicyEx", "ApplyAutoSnapshotPolicy"]) {
      expect(await client.call("ecs", action, { autoSnapshotPolicyId })).toMatchObject({
        code: "ParameterInvalid",
        status: 404,
      });
    }
  });

  it("go on no disk that does not exist", async () => {
    const client = newCloud();
    const autoSnapshotPolicyId = await newPolicy(client);
    const refused = await client.call("ecs", "ApplyAutoSnapshotPolicy", {
      autoSnapshotPolicyId,
      diskIds: '["d-none"]',
    });
    expect(refused).toMatchObject({ code: "InvalidDiskId.NotFound", status: 404 });
  });
});
