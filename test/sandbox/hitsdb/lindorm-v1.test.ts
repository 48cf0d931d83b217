import { describe, expect, it } from "vitest";
import { soldOut } from "../../../sandbox/stock.ts";
import { newCloud } from "../client.ts";
import { addVSwitch, changeAccount, created, hour, minute, newPlace, smallV1 } from "./place.ts";

describe("creating Lindorm of the first generation", () => {
  it("is CREATING for about ten minutes and then active", async () => {
    const place = await newPlace();
    const { InstanceId } = await place.ok("lindorm", "CreateLindormInstance", smallV1(place));
    const status = async () => (await place.ok("lindorm", "GetLindormInstance", { InstanceId }))["InstanceStatus"];
    expect(await status()).toBe("CREATING");
    place.cloud.clock.skip(9 * minute);
    expect(await status()).toBe("CREATING");
    place.cloud.clock.skip(2 * minute);
    expect(await status()).toBe("ACTIVATION");
  });

  it("reads back as the provider's schema takes it", async () => {
    const place = await newPlace();
    const InstanceId = await created(place, "CreateLindormInstance", smallV1(place));
    const found = await place.ok("lindorm", "GetLindormInstance", { InstanceId });
    expect(found).toMatchObject({
      InstanceId,
      InstanceAlias: "series",
      PayType: "POSTPAY",
      ServiceType: "lindorm",
      DiskCategory: "cloud_efficiency",
      InstanceStorage: "160",
      ColdStorage: 0,
      DeletionProtection: false,
      ZoneId: "cn-shanghai-l",
      VpcId: place.vpcId,
      VswitchId: place.vSwitchId,
      EngineType: 2,
      EnableBDS: false,
      EnableStream: false,
      ArchVersion: "1.0",
    });
    expect(found["PrimaryZoneId"]).toBeUndefined();
    const info = await place.ok("lindorm", "GetLindormInstanceEngineInfo", { InstanceId });
    expect(info).toMatchObject({ TimeSeriesNodeCount: 2, TimeSeriesSpecification: "lindorm.g.xlarge" });
    expect(info["TableEngineNodeCount"]).toBeUndefined();
    const { IpList } = await place.ok("lindorm", "GetInstanceIpWhiteList", { InstanceId });
    expect(IpList).toEqual([]);
  });

  it("doubles after a lost answer: it knows no ClientToken", async () => {
    const place = await newPlace();
    await place.ok("lindorm", "CreateLindormInstance", smallV1(place));
    await place.ok("lindorm", "CreateLindormInstance", smallV1(place));
    expect((await place.ok("lindorm", "GetLindormInstanceList"))["Total"]).toBe(2);
  });

  it.each([
    ["no zone", { ZoneId: "" }, "MissingParameter.ZoneId", 400],
    ["a zone that is none", { ZoneId: "cn-shanghai-z" }, "Zone.NotOnSale", 403],
    ["a vSwitch of another zone", { ZoneId: "cn-shanghai-m" }, "LindormErrorCode.VpcOrVswitchInvalid", 400],
    ["a vSwitch that is none", { VSwitchId: "vsw-uf6none" }, "LindormErrorCode.VpcOrVswitchInvalid", 400],
    ["a VPC that is another", { VPCId: "vpc-uf6none" }, "LindormErrorCode.VpcOrVswitchInvalid", 400],
    ["no engine", { TsdbNum: "", TsdbSpec: "" }, "InvalidParameter.TotalCoreCount", 400],
    ["one node", { TsdbNum: "1" }, "InvalidParameter.TotalCoreCount", 400],
    ["33 nodes", { TsdbNum: "33" }, "InvalidParameter.TsdbNum", 400],
    ["a node of the second generation", { TsdbSpec: "lindorm.c.2xlarge" }, "InvalidParameter.TsdbSpec", 400],
    ["no storage", { InstanceStorage: "" }, "InvalidParameter.InstanceStorage", 400],
    ["storage not in steps of 80", { InstanceStorage: "200" }, "InvalidParameter.InstanceStorage", 400],
    ["storage below 80", { InstanceStorage: "40" }, "InvalidParameter.InstanceStorage", 400],
    ["a disk that is none", { DiskCategory: "cloud_auto" }, "Lindorm.Errorcode.ParameterInvaild", 400],
    ["payment in other words", { PayType: "PayAsYouGo" }, "Commodity.NotFound", 400],
    ["a subscription without a term", { PayType: "PREPAY" }, "Lindorm.Errorcode.ParameterInvaild", 400],
    [
      "a subscription of ten months",
      { PayType: "PREPAY", PricingCycle: "Month", Duration: "10" },
      "Lindorm.Errorcode.ParameterInvaild",
      400,
    ],
  ])("refuses %s", async (_, change, code, status) => {
    const place = await newPlace();
    const answer = await place.call("lindorm", "CreateLindormInstance", { ...smallV1(place), ...change });
    expect(answer).toMatchObject({ code, status });
    expect((await place.ok("lindorm", "GetLindormInstanceList"))["Total"]).toBe(0);
  });

  it.each([
    ["without a real name", { realName: false }, "RealNameAuthenticationError"],
    ["under risk control", { riskControl: true }, "Forbidden.RiskControl"],
    ["without a way to pay", { payMethod: false }, "InvalidPayMethod"],
    ["with bills unpaid", { arrears: true }, "Account.Arrearage"],
    ["without money", { balance: 0 }, "InvalidAccountStatus.NotEnoughBalance"],
  ])("refuses an account %s", async (_, change, code) => {
    const place = await newPlace();
    changeAccount(place, change);
    const answer = await place.call("lindorm", "CreateLindormInstance", smallV1(place));
    expect(answer).toMatchObject({ code, status: 403 });
  });

  it.each([
    ["NoStock", "Resource.SoldOut"],
    ["NotOnSale", "Zone.NotOnSale"],
  ] as const)("answers a node that has %s in the zone", async (how, code) => {
    const place = await newPlace();
    const rule = {
      id: "1",
      account: "",
      region: "",
      createdAt: 0,
      zone: "cn-shanghai-l",
      what: "lindorm.g.xlarge",
      how,
    };
    place.cloud.store.put(soldOut, rule);
    expect((await place.call("lindorm", "CreateLindormInstance", smallV1(place))).code).toBe(code);
    const other = { ...smallV1(place), TsdbSpec: "lindorm.g.2xlarge" };
    expect((await place.call("lindorm", "CreateLindormInstance", other)).code).toBeUndefined();
  });

  it("is not sold in a region without Lindorm", async () => {
    const client = newCloud().in("cn-guangzhou");
    const wanted = { ...smallV1({ vpcId: "vpc-1", vSwitchId: "vsw-1" }), ZoneId: "cn-guangzhou-a" };
    expect((await client.call("lindorm", "CreateLindormInstance", wanted)).code).toBe("Zone.NotOnSale");
  });

  it("takes three zones, and shows them", async () => {
    const place = await newPlace("cn-shanghai-e");
    const standby = await addVSwitch(place, "cn-shanghai-f", "10.0.2.0/24");
    const arbiter = await addVSwitch(place, "cn-shanghai-g", "10.0.3.0/24");
    const InstanceId = await created(place, "CreateLindormInstance", {
      ArchVersion: "2.0",
      DiskCategory: "cloud_efficiency",
      PayType: "POSTPAY",
      ZoneId: "cn-shanghai-e",
      VPCId: place.vpcId,
      VSwitchId: place.vSwitchId,
      PrimaryZoneId: "cn-shanghai-e",
      PrimaryVSwitchId: place.vSwitchId,
      StandbyZoneId: "cn-shanghai-f",
      StandbyVSwitchId: standby,
      ArbiterZoneId: "cn-shanghai-g",
      ArbiterVSwitchId: arbiter,
      MultiZoneCombination: "cn-shanghai-efg-aliyun",
      LindormNum: 4,
      LindormSpec: "lindorm.g.4xlarge",
      LogNum: 4,
      LogSpec: "lindorm.sn1.large",
      LogDiskCategory: "cloud_efficiency",
      LogSingleStorage: 400,
      CoreSingleStorage: 400,
    });
    expect(await place.ok("lindorm", "GetLindormInstance", { InstanceId })).toMatchObject({
      ServiceType: "lindorm_multizone",
      StandbyVSwitchId: standby,
      ArbiterZoneId: "cn-shanghai-g",
      CoreSpec: "lindorm.g.4xlarge",
      CoreSingleStorage: 400,
      LogNum: 4,
      InstanceStorage: "1600",
    });
    const change = { InstanceId, ZoneId: "cn-shanghai-e", UpgradeType: "upgrade-lindorm-core-num" };
    await place.ok("lindorm", "UpgradeLindormInstance", { ...change, LindormNum: 8, LogNum: 8 });
    expect(await place.ok("lindorm", "GetLindormInstance", { InstanceId })).toMatchObject({ CoreNum: 8, LogNum: 8 });
  });
});

describe("changing Lindorm of the first generation", () => {
  const base = (InstanceId: string) => ({ InstanceId, ZoneId: "cn-shanghai-l" });

  it.each([
    ["more nodes", { UpgradeType: "upgrade-tsdb-core-num", TsdbNum: 3, ClusterStorage: 240 }, "RESIZING"],
    ["larger nodes", { UpgradeType: "upgrade-tsdb-engine", TsdbSpec: "lindorm.g.2xlarge" }, "CLASS_CHANGING"],
    ["more storage", { UpgradeType: "upgrade-disk-size", ClusterStorage: 320 }, "RESIZING"],
    ["cold storage", { UpgradeType: "upgrade-cold-storage", ColdStorage: 800 }, "COLD_EXPANDING"],
    [
      "another engine",
      { UpgradeType: "open-lindorm-engine", LindormNum: 2, LindormSpec: "lindorm.g.4xlarge", ClusterStorage: 320 },
      "RESIZING",
    ],
    ["LTS", { UpgradeType: "open-bds-transfer-only", LtsCoreNum: 1, LtsCoreSpec: "lindorm.g.xlarge" }, "RESIZING"],
    [
      "streams",
      { UpgradeType: "open-stream-engine", StreamNum: 2, StreamSpec: "lindorm.g.xlarge", ClusterStorage: 320 },
      "RESIZING",
    ],
  ])("takes %s, and is active again some minutes later", async (_, change, status) => {
    const place = await newPlace();
    const InstanceId = await created(place, "CreateLindormInstance", smallV1(place));
    await place.ok("lindorm", "UpgradeLindormInstance", { ...base(InstanceId), ...change });
    const read = async () => (await place.ok("lindorm", "GetLindormInstance", { InstanceId }))["InstanceStatus"];
    expect(await read()).toBe(status);
    place.cloud.clock.skip(6 * minute);
    expect(await read()).toBe("ACTIVATION");
  });

  it("keeps storage that comes along with more nodes, so that the provider does not ask for it again", async () => {
    const place = await newPlace();
    const InstanceId = await created(place, "CreateLindormInstance", smallV1(place));
    const change = { UpgradeType: "upgrade-tsdb-core-num", TsdbNum: 4, ClusterStorage: "320" };
    await place.ok("lindorm", "UpgradeLindormInstance", { ...base(InstanceId), ...change });
    expect((await place.ok("lindorm", "GetLindormInstance", { InstanceId }))["InstanceStorage"]).toBe("320");
    const info = await place.ok("lindorm", "GetLindormInstanceEngineInfo", { InstanceId });
    expect(info["TimeSeriesNodeCount"]).toBe(4);
  });

  it.each([
    [
      "less storage",
      { UpgradeType: "upgrade-disk-size", ClusterStorage: 80 },
      "Lindorm.Errorcode.InstanceStorageInvalid",
    ],
    [
      "storage not in steps",
      { UpgradeType: "upgrade-disk-size", ClusterStorage: 200 },
      "Lindorm.Errorcode.InstanceStorageInvalid",
    ],
    ["the same storage", { UpgradeType: "upgrade-disk-size", ClusterStorage: 160 }, "InstanceConfig.NotChanged"],
    ["the same nodes", { UpgradeType: "upgrade-tsdb-core-num", TsdbNum: 2 }, "InstanceConfig.NotChanged"],
    ["one node", { UpgradeType: "upgrade-tsdb-core-num", TsdbNum: 1 }, "Lindorm.Errorcode.ParameterInvaild"],
    [
      "a node that is not sold",
      { UpgradeType: "upgrade-tsdb-engine", TsdbSpec: "lindorm.g.1xlarge" },
      "InvalidParameter.TsdbSpec",
    ],
    [
      "an engine that it has not",
      { UpgradeType: "upgrade-search-core-num", SolrNum: 3 },
      "Lindorm.Errorcode.ParameterInvaild",
    ],
    [
      "an engine that it has",
      { UpgradeType: "open-tsdb-engine", TsdbNum: 2, TsdbSpec: "lindorm.g.xlarge" },
      "InstanceConfig.NotChanged",
    ],
    [
      "little cold storage",
      { UpgradeType: "upgrade-cold-storage", ColdStorage: 700 },
      "Lindorm.Errorcode.ParameterInvaild",
    ],
    ["a change that is none", { UpgradeType: "upgrade-everything" }, "Lindorm.Errorcode.ParameterInvaild"],
  ])("refuses %s", async (_, change, code) => {
    const place = await newPlace();
    const InstanceId = await created(place, "CreateLindormInstance", smallV1(place));
    const answer = await place.call("lindorm", "UpgradeLindormInstance", { ...base(InstanceId), ...change });
    expect(answer).toMatchObject({ code, status: 400 });
  });

  it("says Instance.NotActive while it is busy: clients try again", async () => {
    const place = await newPlace();
    const { InstanceId } = await place.ok("lindorm", "CreateLindormInstance", smallV1(place));
    const change = { ...base(String(InstanceId)), UpgradeType: "upgrade-disk-size", ClusterStorage: 320 };
    expect(await place.call("lindorm", "UpgradeLindormInstance", change)).toMatchObject({
      code: "Instance.NotActive",
      status: 403,
    });
  });

  it("takes three changes in a day, an hour apart", async () => {
    const place = await newPlace();
    const InstanceId = await created(place, "CreateLindormInstance", smallV1(place));
    const grow = async (GiB: number) => {
      const change = { ...base(InstanceId), UpgradeType: "upgrade-disk-size", ClusterStorage: GiB };
      return (await place.call("lindorm", "UpgradeLindormInstance", change)).code;
    };
    expect(await grow(240)).toBeUndefined();
    place.cloud.clock.skip(50 * minute);
    expect(await grow(320)).toBe("Lindorm.Errorcode.OperationDenied");
    place.cloud.clock.skip(11 * minute);
    expect(await grow(320)).toBeUndefined();
    place.cloud.clock.skip(2 * hour);
    expect(await grow(400)).toBeUndefined();
    place.cloud.clock.skip(2 * hour);
    expect(await grow(480)).toBe("Lindorm.Errorcode.OperationDenied");
    place.cloud.clock.skip(20 * hour);
    expect(await grow(480)).toBeUndefined();
  });
});
