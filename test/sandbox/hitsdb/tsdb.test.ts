import { describe, expect, it } from "vitest";
import { changeAccount, minute, newPlace } from "./place.ts";

/** What the provider sends for the smallest one. */
function small(place: { vpcId: string; vSwitchId: string }): Record<string, string> {
  return {
    InstanceClass: "tsdb.1x.basic",
    InstanceStorage: "50",
    EngineType: "tsdb_tsdb",
    PayType: "POSTPAY",
    ZoneId: "cn-shanghai-l",
    VPCId: place.vpcId,
    VSwitchId: place.vSwitchId,
  };
}

/** A place whose account still has TSDB. */
async function oldPlace() {
  const place = await newPlace();
  changeAccount(place, { tsdbSold: true });
  return place;
}

describe("TSDB", () => {
  it("is not for sale any more", async () => {
    const place = await newPlace();
    const answer = await place.call("tsdb", "CreateHiTSDBInstance", small(place));
    expect(answer).toMatchObject({ code: "Commodity.NotFound", status: 400 });
  });

  it("lives, changes and goes for an account that still has it", async () => {
    const place = await oldPlace();
    const { InstanceId } = await place.ok("tsdb", "CreateHiTSDBInstance", small(place));
    const read = () => place.ok("tsdb", "DescribeHiTSDBInstance", { InstanceId });
    expect((await read())["Status"]).toBe("CREATING");
    place.cloud.clock.skip(11 * minute);
    expect(await read()).toMatchObject({
      Status: "ACTIVATION",
      PaymentType: "POSTPAY",
      InstanceClass: "tsdb.1x.basic",
      InstanceStorage: "50",
      EngineType: "tsdb_tsdb",
      VswitchId: place.vSwitchId,
    });
    await place.ok("tsdb", "RenameHiTSDBInstanceAlias", { InstanceId, InstanceAlias: "old" });
    // The provider sends this one with the version of Lindorm's API.
    const change = { InstanceId, InstanceClass: "tsdb.4x.basic", InstanceStorage: "100" };
    await place.ok("lindorm", "ModifyHiTSDBInstanceClass", change);
    expect(await read()).toMatchObject({ Status: "CLASS_CHANGING", InstanceAlias: "old" });
    expect((await place.call("tsdb", "ModifyHiTSDBInstanceClass", change)).code).toBe("Instance.IsModifyingClass");
    place.cloud.clock.skip(6 * minute);
    expect(await read()).toMatchObject({ Status: "ACTIVATION", InstanceStorage: "100" });
    expect(await place.ok("tsdb", "DescribeHiTSDBInstanceList", { PageSize: 50 })).toMatchObject({
      Total: 1,
      InstanceList: [{ InstanceId, PaymentType: "POSTPAY" }],
    });
    await place.ok("tsdb", "DeleteHiTSDBInstance", { InstanceId });
    expect((await place.call("tsdb", "DescribeHiTSDBInstance", { InstanceId })).code).toBe(
      "TSDB.Errorcode.InstanceDeleted",
    );
    expect((await place.call("vpc", "DeleteVSwitch", { VSwitchId: place.vSwitchId })).code).toContain(
      "DependencyViolation",
    );
    expect((await place.ok("tsdb", "DescribeHiTSDBInstanceList"))["Total"]).toBe(0);
  });

  it.each([
    ["a class that is none", { InstanceClass: "tsdb.2x.basic" }, "TSDB.Errorcode.ParameterInvaild", 400],
    [
      "a class of the other engine",
      { EngineType: "tsdb_influxdb" },
      "TSDB.Errorcode.InstanceClassAndEngineTypeMismatch",
      411,
    ],
    ["little storage", { InstanceStorage: "30" }, "TSDB.Errorcode.InstanceStorageInvalid", 400],
    [
      "little storage for a large class",
      { InstanceClass: "tsdb.48x.large", InstanceStorage: "300" },
      "TSDB.Errorcode.InstanceStorageInvalid",
      400,
    ],
    ["a zone that is none", { ZoneId: "cn-shanghai-z" }, "Zone.NotOnSale", 403],
    ["a vSwitch of another zone", { ZoneId: "cn-shanghai-m" }, "LindormErrorCode.VpcOrVswitchInvalid", 400],
  ])("refuses %s", async (_, change, code, status) => {
    const place = await oldPlace();
    const answer = await place.call("tsdb", "CreateHiTSDBInstance", { ...small(place), ...change });
    expect(answer).toMatchObject({ code, status });
  });

  it.each([
    ["less storage", { InstanceStorage: "40" }, "Instance.DoesNotSupportShrinkStorage"],
    ["another engine's class", { InstanceClass: "influxdata.n1.xlarge" }, "Instance.SpecIsNotValid"],
    ["more storage than there is", { InstanceStorage: "7000" }, "Instance.Upgrade.ParamsIsNotValid"],
  ])("refuses a change to %s", async (_, change, code) => {
    const place = await oldPlace();
    const { InstanceId } = await place.ok("tsdb", "CreateHiTSDBInstance", small(place));
    place.cloud.clock.skip(11 * minute);
    const all = { InstanceId, InstanceClass: "tsdb.1x.basic", InstanceStorage: "50", ...change };
    expect((await place.call("tsdb", "ModifyHiTSDBInstanceClass", all)).code).toBe(code);
  });

  it("does not delete a subscription, which the provider takes for deleted", async () => {
    const place = await oldPlace();
    const ahead = { ...small(place), PayType: "PREPAY", PricingCycle: "Month", Duration: "1" };
    const { InstanceId } = await place.ok("tsdb", "CreateHiTSDBInstance", ahead);
    expect((await place.call("tsdb", "DeleteHiTSDBInstance", { InstanceId })).code).toBe("Instance.IsNotPostPay");
  });

  it("tells an unknown id from a deleted one", async () => {
    const place = await oldPlace();
    expect(await place.call("tsdb", "DescribeHiTSDBInstance", { InstanceId: "ts-none" })).toMatchObject({
      code: "TSDB.Errorcode.InstanceNotFound",
      status: 404,
    });
    expect((await place.call("tsdb", "DeleteHiTSDBInstance", { InstanceId: "ts-none" })).code).toBe(
      "Instance.IsNotValid",
    );
  });

  it("names zones and regions", async () => {
    const place = await oldPlace();
    const zones = await place.ok("tsdb", "DescribeZones");
    expect(zones["ZoneList"]?.["ZoneModel"]).toContainEqual({ ZoneId: "cn-shanghai-l", LocalName: "cn-shanghai-l" });
    const regions = await place.ok("tsdb", "DescribeRegions");
    expect(regions["Regions"]?.["Region"]).toContainEqual(expect.objectContaining({ RegionId: "cn-shanghai" }));
  });
});
