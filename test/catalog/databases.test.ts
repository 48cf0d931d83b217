import { describe, expect, it } from "vitest";
import * as lindorm from "../../catalog/lindorm.ts";
import { tsdbClasses, tsdbEndOfSale, tsdbStorageLimits } from "../../catalog/tsdb.ts";

describe("Lindorm", () => {
  it.each([
    ["lindorm.g.xlarge", 4, 16, [1]],
    ["lindorm.g.2xlarge", 8, 32, [1, 2]],
    ["lindorm.c.2xlarge", 8, 16, [2]],
    ["lindorm.r.8xlarge", 32, 256, [1]],
  ])("%s has %i vCPU, %i GiB, generations %j", (spec, vcpu, memoryGiB, generations) => {
    expect(lindorm.lindormNode(spec)).toMatchObject({ vcpu, memoryGiB, generations });
  });

  it("has words of both APIs for each kind of storage", () => {
    expect(lindorm.lindormStorage.map((row) => [row.kind, row.diskCategory, row.cloudStorageType])).toEqual([
      ["standard", "cloud_efficiency", "StandardStorage"],
      ["performance", "cloud_ssd", "PerformanceStorage"],
      ["capacity", "capacity_cloud_storage", "CapacityStorage"],
    ]);
  });

  it("buys storage in steps that its limits are multiples of", () => {
    const { stepGB, leastGB, mostGB } = lindorm.lindormStorageLimits;
    expect([stepGB, leastGB, mostGB]).toEqual([80, 80, 10_485_760]);
    expect((leastGB % stepGB) + (mostGB % stepGB)).toBe(0);
    expect(lindorm.lindormNodeLimits.least.confidence).toBe("inferred");
  });

  it("derives the host of generation 1 from the instance id, as an inference", () => {
    expect(lindorm.lindormSeriesHost("ld-abc")).toMatchObject({
      host: "ld-abc-proxy-tsdb.lindorm.rds.aliyuncs.com",
      port: 8242,
      confidence: "inferred",
    });
  });

  it("serves Influx line protocol and SQL on one port", () => {
    const paths = lindorm.lindormProtocols.filter((row) => row.port === 8242).map((row) => row.path);
    expect(paths).toEqual(expect.arrayContaining(["/api/v2/write", "/api/v2/sql", "/api/put", "/api/query"]));
  });

  it("shows the smallest node as the weak one: six times less than the next", () => {
    const [small, next] = lindorm.lindormWritePeaks;
    expect((next?.valuesPerSecond ?? 0) / (small?.valuesPerSecond ?? 1)).toBeGreaterThan(6);
  });
});

describe("TSDB", () => {
  it("is no longer sold, either engine, with a dated source", () => {
    expect(new Set(tsdbEndOfSale.map((row) => row.engine))).toEqual(new Set(["tsdb_tsdb", "tsdb_influxdb"]));
  });

  it("had twenty classes and storage from 40 or 320 GB", () => {
    expect(new Set(tsdbClasses.map((row) => row.name)).size).toBe(20);
    expect(tsdbStorageLimits.basicAndStandard.leastGB).toBe(40);
    expect(tsdbStorageLimits.large.leastGB).toBe(320);
    expect(tsdbStorageLimits.large.classes.every((name) => tsdbClasses.some((row) => row.name === name))).toBe(true);
  });
});
