import { describe, expect, test } from "vitest";
import { type Client, type Json, newCloud } from "../client.ts";
import { account, newHost, newPlace, sellOut } from "./place.ts";

const list = (value: Json | undefined) => [...(value ?? [])];

describe("regions and zones", () => {
  test("regions are the mainland's, and their endpoint is this cloud's own", async () => {
    const { Regions } = await newCloud().ok("ecs", "DescribeRegions", { AcceptLanguage: "en-US" });
    const regions = list(Regions?.["Region"]);
    expect(regions.find((row) => row["RegionId"] === "cn-shanghai")).toMatchObject({ LocalName: "China (Shanghai)" });
    expect(regions.filter((row) => String(row["RegionEndpoint"]).includes("aliyuncs"))).toEqual([]);
  });

  test("zones name what can be had in them", async () => {
    const client = newCloud();
    const zones = async () => list((await client.ok("ecs", "DescribeZones"))["Zones"]?.["Zone"]);
    expect((await zones()).map((zone) => zone["ZoneId"])).toContain("cn-shanghai-l");
    sellOut(client, { zone: "cn-shanghai-l", what: "ecs.g7.xlarge", how: "NoStock" });
    const types = (zone: Json) => list(zone["AvailableInstanceTypes"]?.["InstanceTypes"]);
    const [without, withIt] = ["cn-shanghai-l", "cn-shanghai-m"].map(
      (id) => (rows: Json[]) =>
        types(rows.find((row) => row["ZoneId"] === id) as Json)
          .map(String)
          .includes("ecs.g7.xlarge"),
    );
    expect([without?.(await zones()), withIt?.(await zones())]).toEqual([false, true]);
  });

  test("a region without zones is not found", async () => {
    const { code, status } = await newCloud().in("ap-southeast-1").call("ecs", "DescribeZones");
    expect({ code, status }).toEqual({ code: "InvalidRegionId.NotFound", status: 404 });
  });
});

describe("stock", () => {
  async function zone(client: Client, id: string, question: object) {
    const { AvailableZones } = await client.ok("ecs", "DescribeAvailableResource", question);
    return list(AvailableZones?.["AvailableZone"]).find((row) => row["ZoneId"] === id);
  }
  const question = { DestinationResource: "InstanceType", InstanceType: "ecs.g7.xlarge" };

  test("with, without and not on sale", async () => {
    const client = newCloud();
    const states = async () => {
      const row = await zone(client, "cn-shanghai-l", question);
      const [resource] = list(row?.["AvailableResources"]?.["AvailableResource"]);
      const [found] = list(resource?.["SupportedResources"]?.["SupportedResource"]);
      return [row?.["Status"], row?.["StatusCategory"], found?.["Status"], found?.["StatusCategory"]];
    };
    expect(await states()).toEqual(["Available", "WithStock", "Available", "WithStock"]);
    sellOut(client, { zone: "cn-shanghai-l", what: "ecs.g7.xlarge", how: "NoStock" });
    expect(await states()).toEqual(["SoldOut", "WithoutStock", "SoldOut", "WithoutStock"]);
    sellOut(client, { zone: "cn-shanghai-l", what: "ecs.g7.xlarge", how: "NotOnSale" });
    expect(await states()).toEqual(["SoldOut", "ClosedWithoutStock", "SoldOut", "ClosedWithoutStock"]);
  });

  test("a zone as a whole", async () => {
    const client = newCloud();
    sellOut(client, { zone: "cn-shanghai-l", what: "*", how: "NoStock" });
    const asked = { DestinationResource: "Zone" };
    expect((await zone(client, "cn-shanghai-l", asked))?.["Status"]).toBe("SoldOut");
    expect((await zone(client, "cn-shanghai-m", asked))?.["Status"]).toBe("Available");
  });

  test("types by cores and memory, in one zone", async () => {
    const asked = { DestinationResource: "InstanceType", Cores: 4, Memory: 16, ZoneId: "cn-shanghai-l" };
    const row = await zone(newCloud(), "cn-shanghai-l", asked);
    const [resource] = list(row?.["AvailableResources"]?.["AvailableResource"]);
    const values = list(resource?.["SupportedResources"]?.["SupportedResource"]).map((one) => one["Value"]);
    expect(values).toContain("ecs.g7.xlarge");
    expect(values).not.toContain("ecs.c7.xlarge");
  });

  test("system disks are those that the type takes", async () => {
    const row = await zone(newCloud(), "cn-shanghai-l", {
      DestinationResource: "SystemDisk",
      InstanceType: "ecs.g7.xlarge",
    });
    const [resource] = list(row?.["AvailableResources"]?.["AvailableResource"]);
    const disks = list(resource?.["SupportedResources"]?.["SupportedResource"]);
    expect(disks.map((one) => one["Value"])).not.toContain("cloud_efficiency");
    expect(disks.find((one) => one["Value"] === "cloud_essd")).toMatchObject({ Min: 1, Max: 2_048, Unit: "GiB" });
  });

  test.each([
    ["MissingParameter.DestinationResource", {}],
    ["InvalidDestinationResource.ValueNotSupported", { DestinationResource: "Moon" }],
    ["InvalidInstanceType.ValueNotSupported", { DestinationResource: "InstanceType", InstanceType: "ecs.none.large" }],
    ["MissingParameter.InstanceType", { DestinationResource: "SystemDisk" }],
  ])("%s", async (code, asked) => {
    expect((await newCloud().call("ecs", "DescribeAvailableResource", asked)).code).toBe(code);
  });
});

describe("types", () => {
  test("by id, with numbers as numbers", async () => {
    const { InstanceTypes } = await newCloud().ok("ecs", "DescribeInstanceTypes", { InstanceTypes: ["ecs.g7.xlarge"] });
    expect(InstanceTypes?.["InstanceType"]).toMatchObject([
      { InstanceTypeId: "ecs.g7.xlarge", CpuCoreCount: 4, MemorySize: 16, InstanceTypeFamily: "ecs.g7", GPUAmount: 0 },
    ]);
  });

  test("by family and architecture, in pages", async () => {
    const client = newCloud();
    const arm = await client.ok("ecs", "DescribeInstanceTypes", {
      InstanceTypeFamily: "ecs.g8y",
      CpuArchitecture: "ARM",
    });
    expect(list(arm["InstanceTypes"]?.["InstanceType"]).length).toBeGreaterThan(0);
    const page = await client.ok("ecs", "DescribeInstanceTypes", { MaxResults: 5 });
    expect(list(page["InstanceTypes"]?.["InstanceType"]).length).toBe(5);
    expect(page["NextToken"]).not.toBe("");
  });

  test("families by generation", async () => {
    const { InstanceTypeFamilies } = await newCloud().ok("ecs", "DescribeInstanceTypeFamilies", {
      Generation: "ecs-7",
    });
    const ids = list(InstanceTypeFamilies?.["InstanceTypeFamily"]).map((row) => row["InstanceTypeFamilyId"]);
    expect(ids).toContain("ecs.g7");
    expect(ids).not.toContain("ecs.g6");
  });
});

describe("images", () => {
  const ids = async (client: Client, asked: object) =>
    list((await client.ok("ecs", "DescribeImages", { PageSize: 100, ...asked }))["Images"]?.["Image"]).map(
      (row) => row["ImageId"],
    );

  test("a family stands for its newest, and an unknown one for nothing", async () => {
    const client = newCloud();
    const family = "acs:ubuntu_24_04_x64";
    const { Image } = await client.ok("ecs", "DescribeImageFromFamily", { ImageFamily: family });
    const all = await ids(client, { ImageFamily: family });
    expect(all.length).toBeGreaterThan(1);
    expect(Image?.["ImageId"]).toBe(all[0]);
    expect((await client.ok("ecs", "DescribeImageFromFamily", { ImageFamily: "acs:none" }))["Image"]).toBeUndefined();
    expect(await ids(client, { ImageFamily: "acs:none" })).toEqual([]);
  });

  test("by id, owner, architecture and type", async () => {
    const client = newCloud();
    const known = "ubuntu_24_04_x64_20G_alibase_20250101.vhd";
    expect(await ids(client, { ImageId: known, Status: "Creating,Available" })).toEqual([known]);
    expect(await ids(client, { ImageId: "m-own" })).toEqual([]);
    expect(await ids(client, { ImageOwnerAlias: "self" })).toEqual([]);
    const arm = await ids(client, { InstanceType: "ecs.g8y.xlarge" });
    expect(arm.length).toBeGreaterThan(0);
    expect(arm.filter((id) => !String(id).includes("arm64"))).toEqual([]);
  });

  test("an image says on which types it runs", async () => {
    const client = newCloud();
    const { InstanceTypes } = await client.ok("ecs", "DescribeImageSupportInstanceTypes", {
      ImageId: "ubuntu_24_04_arm64_20G_alibase_20260916.vhd",
    });
    const types = list(InstanceTypes?.["InstanceType"]).map((row) => row["InstanceTypeId"]);
    expect(types).toContain("ecs.g8y.xlarge");
    expect(types).not.toContain("ecs.g7.xlarge");
  });
});

describe("what the account may have", () => {
  async function values(client: Client, ...AttributeName: string[]) {
    const { AccountAttributeItems } = await client.ok("ecs", "DescribeAccountAttributes", { AttributeName });
    return list(AccountAttributeItems?.["AccountAttributeItem"]).map(
      (row) => row["AttributeValues"]?.["ValueItem"]?.[0]?.["Value"],
    );
  }

  test("real name", async () => {
    const client = newCloud();
    expect(await values(client, "real-name-authentication")).toEqual(["yes"]);
    account(client, { realName: false });
    expect(await values(client, "real-name-authentication")).toEqual(["none"]);
  });

  test("vCPUs, used and at most, by the hour and spot", async () => {
    const place = await newPlace();
    await newHost(place);
    await newHost(place, { SpotStrategy: "SpotAsPriceGo", InstanceType: "ecs.g7.large" });
    await newHost(place, { InstanceChargeType: "PrePaid", Period: 1 });
    const used = ["used-postpaid-instance-vcpu-count", "used-spot-instance-vcpu-count"];
    expect(await values(place.client, ...used, "max-postpaid-instance-vcpu-count")).toEqual(["4", "2", "10000"]);
  });

  test("everything when nothing is named, and nothing that there is not", async () => {
    const client = newCloud();
    expect((await values(client)).length).toBeGreaterThan(5);
    const { code } = await client.call("ecs", "DescribeAccountAttributes", { AttributeName: ["colour"] });
    expect(code).toBe("InvalidParameter.AttributeName");
  });
});
