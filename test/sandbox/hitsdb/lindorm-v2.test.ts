import { describe, expect, it } from "vitest";
import { addVSwitch, created, engine, hour, minute, newPlace, smallV2 } from "./place.ts";

describe("creating Lindorm of the second generation", () => {
  it("reads back as the provider's schema takes it", async () => {
    const place = await newPlace();
    const InstanceId = await created(place, "CreateLindormV2Instance", smallV2(place));
    const found = await place.ok("lindorm", "GetLindormV2InstanceDetails", { InstanceId });
    expect(found).toMatchObject({
      InstanceStatus: "ACTIVATION",
      InstanceAlias: "series",
      PayType: "POSTPAY",
      DiskCategory: "StandardStorage",
      CloudStorageSize: 160,
      DeletionProtection: "false",
      WhiteIpList: [],
      ZoneId: "cn-shanghai-l",
    });
    expect(found["PrimaryZoneId"]).toBeUndefined();
    expect(found["EngineList"]).toMatchObject([
      {
        Engine: "TSDB",
        IsLastVersion: true,
        ConnectAddressList: [
          { Type: "INTRANET", Address: `${InstanceId}-proxy-tsdb-vpc.lindorm.aliyuncs.com`, Port: "8242" },
        ],
        NodeGroup: [
          {
            NodeSpec: "lindorm.g.2xlarge",
            Quantity: 2,
            CpuCoreCount: 8,
            MemorySizeGiB: 32,
            ResourceGroupName: "default",
            LocalDiskCapacity: 0,
            EnableAttachLocalDisk: false,
          },
        ],
      },
    ]);
  });

  it("takes disks of the nodes' own instead of cloud storage", async () => {
    const place = await newPlace();
    const { CloudStorageType, CloudStorageSize, ...rest } = smallV2(place);
    const disks = { NodeDiskType: "cloud_essd", NodeDiskSize: 200 };
    const wanted = { ...rest, EngineList: [engine("TABLE", "lindorm.g.2xlarge", 2, disks)] };
    const InstanceId = await created(place, "CreateLindormV2Instance", wanted);
    const found = await place.ok("lindorm", "GetLindormV2InstanceDetails", { InstanceId });
    expect(found["DiskCategory"]).toBeUndefined();
    expect(found["EngineList"]?.[0]?.["NodeGroup"]).toMatchObject([
      { LocalDiskCategory: "cloud_essd", LocalDiskCapacity: 200 },
    ]);
  });

  it("takes three zones, and answers a zone left out with sold out", async () => {
    const place = await newPlace("cn-shanghai-l");
    const standby = await addVSwitch(place, "cn-shanghai-m", "10.0.2.0/24");
    const arbiter = await addVSwitch(place, "cn-shanghai-n", "10.0.3.0/24");
    const wanted = {
      ...smallV2(place),
      ArchVersion: "2.0",
      PrimaryZoneId: "cn-shanghai-l",
      PrimaryVSwitchId: place.vSwitchId,
      StandbyZoneId: "cn-shanghai-m",
      StandbyVSwitchId: standby,
    };
    expect((await place.call("lindorm", "CreateLindormV2Instance", wanted)).code).toBe("Resource.SoldOut");
    const all = { ...wanted, ArbiterZoneId: "cn-shanghai-n", ArbiterVSwitchId: arbiter };
    const InstanceId = await created(place, "CreateLindormV2Instance", all);
    expect(await place.ok("lindorm", "GetLindormV2InstanceDetails", { InstanceId })).toMatchObject({
      PrimaryZoneId: "cn-shanghai-l",
      StandbyVSwitchId: standby,
      ArbiterZoneId: "cn-shanghai-n",
    });
  });

  it.each([
    ["no engine", { EngineList: [] }, "MissingEngineList"],
    [
      "an engine that is none",
      { EngineList: [engine("MAGIC", "lindorm.g.2xlarge", 2)] },
      "Lindorm.Errorcode.ParameterInvaild",
    ],
    ["nodes of four cores", { EngineList: [engine("TABLE", "lindorm.g.xlarge", 2)] }, "InvalidParameter.NodeSpec"],
    [
      "time series nodes that it has not",
      { EngineList: [engine("TSDB", "lindorm.r.8xlarge", 2)] },
      "InvalidParameter.NodeSpec",
    ],
    ["one node", { EngineList: [engine("TSDB", "lindorm.g.2xlarge", 1)] }, "InvalidParameter.TotalCoreCount"],
    ["an architecture that is none", { ArchVersion: "4.0" }, "Lindorm.Errorcode.ParameterInvaild"],
    ["too little storage for its nodes", { CloudStorageSize: 80 }, "LindormErrorCode.StorageInvalid"],
    ["storage not in steps of 80", { CloudStorageSize: 200 }, "LindormErrorCode.StorageInvalid"],
    ["storage that is none", { CloudStorageType: "FastStorage" }, "Lindorm.Errorcode.ParameterInvaild"],
    ["no storage at all", { CloudStorageType: "", CloudStorageSize: "" }, "LindormErrorCode.LocalDiskCapacityZero"],
  ])("refuses %s", async (_, change, code) => {
    const place = await newPlace();
    const answer = await place.call("lindorm", "CreateLindormV2Instance", { ...smallV2(place), ...change });
    expect(answer).toMatchObject({ code, status: 400 });
  });

  it("is made once for one ClientToken", async () => {
    const place = await newPlace();
    const wanted = { ...smallV2(place), ClientToken: "once" };
    const first = await place.ok("lindorm", "CreateLindormV2Instance", wanted);
    const second = await place.ok("lindorm", "CreateLindormV2Instance", wanted);
    expect(second["InstanceId"]).toBe(first["InstanceId"]);
  });
});

describe("changing Lindorm of the second generation", () => {
  it.each([
    [
      "more nodes with their storage",
      { EngineList: [engine("TSDB", "lindorm.g.2xlarge", 4)], CloudStorageSize: 320 },
      "RESIZING",
    ],
    ["larger nodes", { EngineList: [engine("TSDB", "lindorm.g.4xlarge", 2)] }, "CLASS_CHANGING"],
    ["more storage", { EngineList: [engine("TSDB", "lindorm.g.2xlarge", 2)], CloudStorageSize: 320 }, "RESIZING"],
    [
      "another engine with its storage",
      {
        EngineList: [engine("TSDB", "lindorm.g.2xlarge", 2), engine("TABLE", "lindorm.g.2xlarge", 2)],
        CloudStorageSize: 320,
      },
      "RESIZING",
    ],
  ])("takes %s", async (_, change, status) => {
    const place = await newPlace();
    const InstanceId = await created(place, "CreateLindormV2Instance", smallV2(place));
    await place.ok("lindorm", "UpdateLindormV2Instance", { InstanceId, ...change });
    const read = async () =>
      (await place.ok("lindorm", "GetLindormV2InstanceDetails", { InstanceId }))["InstanceStatus"];
    expect(await read()).toBe(status);
    place.cloud.clock.skip(6 * minute);
    expect(await read()).toBe("ACTIVATION");
  });

  it("keeps the id of a group of nodes that is told without it", async () => {
    const place = await newPlace();
    const InstanceId = await created(place, "CreateLindormV2Instance", smallV2(place));
    const groupId = async () => {
      const found = await place.ok("lindorm", "GetLindormV2InstanceDetails", { InstanceId });
      return found["EngineList"]?.[0]?.["NodeGroup"]?.[0]?.["SpecId"];
    };
    const before = await groupId();
    const EngineList = [engine("TSDB", "lindorm.g.4xlarge", 2, { GroupId: "" })];
    await place.ok("lindorm", "UpdateLindormV2Instance", { InstanceId, EngineList });
    expect(await groupId()).toBe(before);
  });

  it.each([
    ["nothing", { EngineList: [engine("TSDB", "lindorm.g.2xlarge", 2)] }, "InstanceConfig.NotChanged"],
    ["storage alone, without the engines", { CloudStorageSize: 320 }, "MissingEngineList"],
    [
      "larger nodes and more storage at once",
      { EngineList: [engine("TSDB", "lindorm.g.4xlarge", 2)], CloudStorageSize: 320 },
      "LindormErrorCode.MultiChangeIsNotAllowedConcurrently",
    ],
    [
      "larger and more nodes at once",
      { EngineList: [engine("TSDB", "lindorm.g.4xlarge", 4)], CloudStorageSize: 320 },
      "LindormErrorCode.MultiChangeIsNotAllowedConcurrently",
    ],
    [
      "more nodes without their storage",
      { EngineList: [engine("TSDB", "lindorm.g.2xlarge", 4)] },
      "LindormErrorCode.StorageInvalid",
    ],
  ])("refuses %s", async (_, change, code) => {
    const place = await newPlace();
    const InstanceId = await created(place, "CreateLindormV2Instance", smallV2(place));
    expect((await place.call("lindorm", "UpdateLindormV2Instance", { InstanceId, ...change })).code).toBe(code);
  });

  it("refuses less storage", async () => {
    const place = await newPlace();
    const InstanceId = await created(place, "CreateLindormV2Instance", { ...smallV2(place), CloudStorageSize: 320 });
    const less = { InstanceId, EngineList: [engine("TSDB", "lindorm.g.2xlarge", 2)], CloudStorageSize: 240 };
    expect((await place.call("lindorm", "UpdateLindormV2Instance", less)).code).toBe("LindormErrorCode.StorageInvalid");
  });

  it("says that an order is in process while it is busy: the provider tries again", async () => {
    const place = await newPlace();
    const { InstanceId } = await place.ok("lindorm", "CreateLindormV2Instance", smallV2(place));
    const change = { InstanceId, EngineList: [engine("TSDB", "lindorm.g.4xlarge", 2)] };
    expect((await place.call("lindorm", "UpdateLindormV2Instance", change)).code).toBe(
      "LindormErrorCode.OperationDenied.OrderProcessing",
    );
  });

  it("counts changes of the configuration as in the first generation", async () => {
    const place = await newPlace();
    const InstanceId = await created(place, "CreateLindormV2Instance", smallV2(place));
    const grow = async (GiB: number) => {
      const change = { InstanceId, EngineList: [engine("TSDB", "lindorm.g.2xlarge", 2)], CloudStorageSize: GiB };
      return (await place.call("lindorm", "UpdateLindormV2Instance", change)).code;
    };
    expect(await grow(240)).toBeUndefined();
    place.cloud.clock.skip(10 * minute);
    expect(await grow(320)).toBe("Lindorm.Errorcode.OperationDenied");
    place.cloud.clock.skip(hour);
    expect(await grow(320)).toBeUndefined();
  });

  it("replaces all allow-lists, in the order that they were told", async () => {
    const place = await newPlace();
    const InstanceId = await created(place, "CreateLindormV2Instance", smallV2(place));
    const set = (lists: readonly object[]) =>
      place.call("lindorm", "UpdateLindormV2WhiteIpList", { InstanceId, WhiteIpGroupList: lists });
    await set([
      { GroupName: "workers", WhiteIpList: "10.0.1.0/24,10.0.2.7" },
      { GroupName: "admin", WhiteIpList: "127.0.0.1" },
    ]);
    const read = async () => (await place.ok("lindorm", "GetLindormV2InstanceDetails", { InstanceId }))["WhiteIpList"];
    expect(await read()).toEqual([
      { GroupName: "workers", IpList: "10.0.1.0/24,10.0.2.7" },
      { GroupName: "admin", IpList: "127.0.0.1" },
    ]);
    await set([{ GroupName: "admin", WhiteIpList: "127.0.0.1" }]);
    expect(await read()).toHaveLength(1);
    const wrong = await set([{ GroupName: "admin", WhiteIpList: "localhost" }]);
    expect(wrong.code).toBe("Lindorm.Errorcode.ParameterInvaild");
  });

  it("group by group, by the names of the SDK for Python", async () => {
    const place = await newPlace();
    const InstanceId = await created(place, "CreateLindormV2Instance", smallV2(place));
    const set = (more: object) => place.ok("lindorm", "ModifyLindormV2WhiteIpList", { InstanceId, ...more });
    const read = async () => (await place.ok("lindorm", "GetLindormV2Instance", { InstanceId }))["WhiteIpList"];
    await set({ GroupName: "workers", WhiteIpList: "10.0.1.0/24" });
    await set({ GroupName: "admin", WhiteIpList: "127.0.0.1" });
    expect(await read()).toHaveLength(2);
    await set({ GroupName: "workers", WhiteIpList: "10.0.1.0/24", DeleteGroup: true });
    expect(await read()).toEqual([{ GroupName: "admin", IpList: "127.0.0.1" }]);
  });
});
