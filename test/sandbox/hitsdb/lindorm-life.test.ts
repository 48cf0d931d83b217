import { describe, expect, it } from "vitest";
import { newCloud } from "../client.ts";
import { changeAccount, created, engine, minute, newPlace, smallV1, smallV2 } from "./place.ts";

const generations = [
  ["first", "CreateLindormInstance", "ReleaseLindormInstance", smallV1],
  ["second", "CreateLindormV2Instance", "ReleaseLindormV2Instance", smallV2],
] as const;
const subscription = { PayType: "PREPAY", PricingCycle: "Month", Duration: "1" };

describe.each(generations)("releasing Lindorm of the %s generation", (which, create, release, small) => {
  const read = which === "first" ? "GetLindormInstance" : "GetLindormV2InstanceDetails";

  it("is gone in the end, and its vSwitch is free only then", async () => {
    const place = await newPlace();
    const InstanceId = await created(place, create, small(place));
    await place.ok("lindorm", release, { InstanceId });
    const deleteVSwitch = async () => (await place.call("vpc", "DeleteVSwitch", { VSwitchId: place.vSwitchId })).code;
    expect(await deleteVSwitch()).toContain("DependencyViolation");
    const now = await place.call("lindorm", read, { InstanceId });
    if (which === "first") expect(now.code).toBe("Instance.IsDeleted");
    else expect(now.body["InstanceStatus"]).toBe("RELEASING");
    place.cloud.clock.skip(4 * minute);
    expect((await place.call("lindorm", read, { InstanceId })).code).toBe("Instance.IsDeleted");
    expect((await place.ok("lindorm", "GetLindormInstanceList"))["Total"]).toBe(0);
    expect(await deleteVSwitch()).toBeUndefined();
  });

  it("is refused for a subscription", async () => {
    const place = await newPlace();
    const InstanceId = await created(place, create, { ...small(place), ...subscription });
    expect((await place.call("lindorm", release, { InstanceId })).code).toBe("Instance.IsNotPostPay");
  });

  it("is refused under deletion protection, and goes through without", async () => {
    const place = await newPlace();
    const InstanceId = await created(place, create, small(place));
    await place.ok("lindorm", "UpdateLindormInstanceAttribute", { InstanceId, DeletionProtection: true });
    expect((await place.call("lindorm", release, { InstanceId })).code).toBe("Instance.DeleteProtection");
    await place.ok("lindorm", "UpdateLindormInstanceAttribute", { InstanceId, DeletionProtection: false });
    await place.ok("lindorm", release, { InstanceId });
  });

  it("is refused while it is being created", async () => {
    const place = await newPlace();
    const { InstanceId } = await place.ok("lindorm", create, small(place));
    expect((await place.call("lindorm", release, { InstanceId })).code).toBe("Instance.NotActive");
  });

  it("of what was never there is not found, and of what was released says so", async () => {
    const place = await newPlace();
    expect(await place.call("lindorm", release, { InstanceId: "ld-uf6never" })).toMatchObject({
      code: "Lindorm.Errorcode.InstanceNotFound",
      status: 404,
    });
    const InstanceId = await created(place, create, small(place));
    await place.ok("lindorm", release, { InstanceId });
    expect((await place.call("lindorm", release, { InstanceId })).code).toBe("Instance.IsDeleted");
  });
});

describe("what both generations of Lindorm share", () => {
  it("renames", async () => {
    const place = await newPlace();
    const InstanceId = await created(place, "CreateLindormV2Instance", smallV2(place));
    await place.ok("lindorm", "UpdateLindormInstanceAttribute", { InstanceId, InstanceAlias: "other" });
    expect((await place.ok("lindorm", "GetLindormInstance", { InstanceId }))["InstanceAlias"]).toBe("other");
  });

  it("sets, replaces and empties the allow-list of the first generation", async () => {
    const place = await newPlace();
    const InstanceId = await created(place, "CreateLindormInstance", smallV1(place));
    const set = (SecurityIpList?: string) =>
      place.call("lindorm", "UpdateInstanceIpWhiteList", { InstanceId, ...(SecurityIpList ? { SecurityIpList } : {}) });
    const read = async () => (await place.ok("lindorm", "GetInstanceIpWhiteList", { InstanceId }))["IpList"];
    await set("10.0.1.0/24,10.0.2.7");
    expect(await read()).toEqual(["10.0.1.0/24", "10.0.2.7"]);
    await set("10.0.9.9");
    expect(await read()).toEqual(["10.0.9.9"]);
    for (const wrong of ["10.0.9", "10.0.9.256", "10.0.0.0/33", "example.com"]) {
      expect((await set(wrong)).code).toBe("Lindorm.Errorcode.ParameterInvaild");
    }
    await set();
    expect(await read()).toEqual([]);
  });

  it("opens an engine to the internet", async () => {
    const place = await newPlace();
    const InstanceId = await created(place, "CreateLindormInstance", smallV1(place));
    await place.ok("lindorm", "SwitchInstancePublicNetwork", { InstanceId, EngineType: "tsdb", ActionType: 1 });
    const status = async () => (await place.ok("lindorm", "GetLindormInstance", { InstanceId }))["InstanceStatus"];
    expect(await status()).toBe("NET_CREATING");
    place.cloud.clock.skip(2 * minute);
    expect(await status()).toBe("ACTIVATION");
    const { EngineList } = await place.ok("lindorm", "GetLindormInstanceEngineList", { InstanceId });
    const host = `${InstanceId}-proxy-tsdb`;
    expect(EngineList?.[0]?.["NetInfoList"]).toMatchObject([
      { ConnectionString: `${host}.lindorm.rds.aliyuncs.com`, Port: 8242, NetType: "2" },
      { ConnectionString: `${host}-pub.lindorm.rds.aliyuncs.com`, NetType: "0" },
    ]);
  });

  it("changes from pay-as-you-go to a subscription and back", async () => {
    const place = await newPlace();
    const InstanceId = await created(place, "CreateLindormV2Instance", smallV2(place));
    const payType = async () => (await place.ok("lindorm", "GetLindormInstance", { InstanceId }))["PayType"];
    await place.ok("lindorm", "ModifyInstancePayType", { InstanceId, ...subscription });
    expect(await payType()).toBe("PREPAY");
    await place.ok("lindorm", "ModifyInstancePayType", { InstanceId, PayType: "POSTPAY", Duration: 0 });
    expect(await payType()).toBe("POSTPAY");
    const wrong = await place.call("lindorm", "ModifyInstancePayType", { InstanceId, PayType: "PREPAY" });
    expect(wrong.code).toBe("Lindorm.Errorcode.ParameterInvaild");
  });

  it("locks a subscription that ended, and renewing opens it again", async () => {
    const place = await newPlace();
    const InstanceId = await created(place, "CreateLindormInstance", { ...smallV1(place), ...subscription });
    const found = () => place.ok("lindorm", "GetLindormInstance", { InstanceId });
    const end = Number((await found())["ExpiredMilliseconds"]);
    place.cloud.clock.skip(end - place.cloud.clock.now() + minute);
    expect((await found())["InstanceStatus"]).toBe("LOCKED");
    await place.ok("lindorm", "RenewLindormInstance", { InstanceId, PricingCycle: "Year", Duration: 1 });
    expect(await found()).toMatchObject({ InstanceStatus: "ACTIVATION", AutoRenew: false });
  });

  it("renews by itself when told to", async () => {
    const place = await newPlace();
    const renewed = { ...smallV1(place), ...subscription, AutoRenewal: "true", AutoRenewDuration: "3" };
    const InstanceId = await created(place, "CreateLindormInstance", renewed);
    const found = () => place.ok("lindorm", "GetLindormInstance", { InstanceId });
    const end = Number((await found())["ExpiredMilliseconds"]);
    place.cloud.clock.skip(end - place.cloud.clock.now() + minute);
    expect(await found()).toMatchObject({ InstanceStatus: "ACTIVATION", AutoRenew: true });
    expect(Number((await found())["ExpiredMilliseconds"])).toBeGreaterThan(end);
  });

  it("renews no pay-as-you-go", async () => {
    const place = await newPlace();
    const InstanceId = await created(place, "CreateLindormInstance", smallV1(place));
    const answer = await place.call("lindorm", "RenewLindormInstance", {
      InstanceId,
      PricingCycle: "Month",
      Duration: 1,
    });
    expect(answer.code).toBe("Lindorm.Errorcode.PayType.IsNotValid");
  });

  it("tags, under the provider's spelling too", async () => {
    const place = await newPlace();
    const InstanceId = await created(place, "CreateLindormInstance", smallV1(place));
    const target = { ResourceType: "INSTANCE", ResourceId: [InstanceId] };
    const tags = {
      Tag: [
        { Key: "stack", Value: "shanghai" },
        { Key: "extra", Value: "" },
      ],
    };
    await place.ok("lindorm", "TagResources", { ...target, ...tags });
    await place.ok("lindorm", "UnTagResources", { ...target, TagKey: ["extra"] });
    const listed = await place.ok("lindorm", "ListTagResources", target);
    expect(listed["TagResources"]).toEqual([
      { ResourceId: InstanceId, ResourceType: "ALIYUN::HITSDB::INSTANCE", TagKey: "stack", TagValue: "shanghai" },
    ]);
    expect(listed["NextToken"]).toBeUndefined();
    expect((await place.call("lindorm", "ListTagResources", { ResourceType: "INSTANCE" })).code).toBe(
      "Lindorm.Errorcode.MissingParameter",
    );
  });

  it("lists by name, engine and tag, in pages", async () => {
    const place = await newPlace();
    await place.ok("lindorm", "CreateLindormInstance", smallV1(place));
    const tables = {
      ...smallV2(place),
      InstanceAlias: "tables",
      EngineList: [engine("TABLE", "lindorm.g.2xlarge", 2)],
    };
    await place.ok("lindorm", "CreateLindormV2Instance", tables);
    const names = async (filter: object) => {
      const { InstanceList = [] } = await place.ok("lindorm", "GetLindormInstanceList", filter);
      return [...InstanceList].map((row) => row["InstanceAlias"]);
    };
    expect(await names({})).toEqual(["series", "tables"]);
    expect(await names({ QueryStr: "ser" })).toEqual(["series"]);
    expect(await names({ SupportEngine: 4 })).toEqual(["tables"]);
    expect(await names({ "Tag.1.Key": "stack" })).toEqual([]);
    expect(await names({ PageSize: 1, PageNumber: 2 })).toEqual(["tables"]);
    expect(await place.in("cn-beijing").ok("lindorm", "GetLindormInstanceList")).toMatchObject({ Total: 0 });
  });

  it("keeps the generations apart", async () => {
    const place = await newPlace();
    const InstanceId = await created(place, "CreateLindormInstance", smallV1(place));
    for (const action of ["GetLindormV2InstanceDetails", "UpdateLindormV2Instance", "ReleaseLindormV2Instance"]) {
      const change = { InstanceId, EngineList: [engine("TSDB", "lindorm.g.2xlarge", 2)] };
      expect((await place.call("lindorm", action, change)).code).toBe("Lindorm.Errorcode.OperationDenied");
    }
  });

  it("names the regions that have Lindorm", async () => {
    const { Regions = [] } = await newCloud().ok("lindorm", "DescribeRegions");
    const ids = [...Regions].map((row) => row["RegionId"]);
    expect(ids).toContain("cn-shanghai");
    expect(ids).not.toContain("cn-guangzhou");
  });

  it("changes nothing for an account that may not buy", async () => {
    const place = await newPlace();
    const InstanceId = await created(place, "CreateLindormInstance", smallV1(place));
    changeAccount(place, { arrears: true });
    const change = { InstanceId, ZoneId: "cn-shanghai-l", UpgradeType: "upgrade-disk-size", ClusterStorage: 320 };
    expect((await place.call("lindorm", "UpgradeLindormInstance", change)).code).toBe("Account.Arrearage");
  });
});
