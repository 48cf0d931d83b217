import { describe, expect, test } from "vitest";
import type { TimeSeries } from "../../components/config/schema.ts";
import { databaseAllowList } from "../../components/stack.ts";
import { TimeSeriesDatabase, type TimeSeriesDatabaseArgs } from "../../components/time-series.ts";
import { unknownText } from "../../plan/runtime-internals.ts";
import { byName } from "../support/stacks.ts";
import { childrenOf, groupSettings, identity, planOfProgram, registeredOutputs, tags } from "./programs.ts";

type Lindorm = NonNullable<TimeSeries["lindorm"]>;

const lindorm: Lindorm = {
  generation: 1,
  nodes: 2,
  node: "lindorm.g.xlarge",
  storage: { GiB: 160, kind: "standard" },
};

function args(changes: Partial<TimeSeries>): TimeSeriesDatabaseArgs {
  return {
    identity,
    settings: { pay: "pay-as-you-go", reachableFrom: [], ...changes },
    zone: "cn-shanghai-l",
    vpcId: "vpc-1",
    vSwitchId: "vsw-l",
    allowList: ["10.20.0.0/20", "203.0.113.0/24"],
  };
}

const declare = (changes: Partial<TimeSeries>) => () => {
  new TimeSeriesDatabase("time-series", args(changes));
};

async function inputsOf(changes: Partial<TimeSeries>, child: string) {
  const plan = await planOfProgram(declare(changes));
  return byName(plan, child).inputs;
}

const pinned = { protect: true, ignoreChanges: ["vswitchId", "zoneId"] };
const everyOneMonth = { every: "1 month" };

describe("Lindorm of generation 1", () => {
  const plain = {
    instanceName: "china-test-time-series",
    vpcId: "vpc-1",
    vswitchId: "vsw-l",
    zoneId: "cn-shanghai-l",
    diskCategory: "cloud_efficiency",
    instanceStorage: "160",
    timeSeriesEngineNodeCount: 2,
    timeSeriesEngineSpecification: "lindorm.g.xlarge",
    ipWhiteLists: ["10.20.0.0/20", "203.0.113.0/24"],
    // Upstream's spelling: under the right one the provider would not protect it.
    deletionProection: true,
    paymentType: "PayAsYouGo",
    tags: tags("time-series"),
  };

  test("is one resource with these inputs, exactly; protected twice, where it was made", async () => {
    const plan = await planOfProgram(declare({ lindorm }));
    expect(childrenOf(plan, "time-series")).toEqual(["alicloud:lindorm/instance:Instance time-series-lindorm"]);
    expect(plan.resources).toHaveLength(3);
    expect(byName(plan, "time-series").type).toBe("china:index:TimeSeriesDatabase");
    expect(byName(plan, "time-series-lindorm").inputs).toEqual(plain);
    expect(byName(plan, "time-series-lindorm").options).toEqual(pinned);
  });

  test("follows a zone that was named", async () => {
    const plan = await planOfProgram(declare({ lindorm, zone: "cn-shanghai-l" }));
    expect(byName(plan, "time-series-lindorm").options).toEqual({ protect: true });
  });

  test.each([
    ["standard", "cloud_efficiency"],
    ["performance", "cloud_ssd"],
    ["capacity", "capacity_cloud_storage"],
  ] as const)("storage %s is %s there", async (kind, diskCategory) => {
    const inputs = await inputsOf({ lindorm: { ...lindorm, storage: { GiB: 160, kind } } }, "time-series-lindorm");
    expect(inputs).toEqual({ ...plain, diskCategory });
  });

  test.each([
    ["3 months", "never", { duration: "3", pricingCycle: "Month" }],
    ["2 years", "by-hand", { duration: "2", pricingCycle: "Year" }],
    ["1 year", everyOneMonth, { duration: "1", pricingCycle: "Year", autoRenew: "true", autoRenewPeriod: "1" }],
  ] as const)("paid ahead for %s, renewed %s", async (term, renew, inputs) => {
    const found = await inputsOf({ lindorm, pay: { subscription: { for: term, renew } } }, "time-series-lindorm");
    expect(found).toEqual({ ...plain, paymentType: "Subscription", ...inputs });
  });

  test("answers at a host derived from its id, which a review cannot know", async () => {
    const outputs = await registeredOutputs(declare({ lindorm }));
    expect(outputs.get("time-series")).toEqual({
      id: unknownText,
      connection: {
        host: unknownText,
        port: 8242,
        protocols: {
          sql: "/api/v2/sql",
          influx: "/api/v2/write",
          opentsdb: "/api/put",
          jdbc: "jdbc:lindorm:tsdb:url=",
        },
      },
    });
  });
});

describe("Lindorm of generation 2", () => {
  const settings: Partial<TimeSeries> = { lindorm: { ...lindorm, generation: 2, node: "lindorm.g.2xlarge" } };
  const plain = {
    instanceAlias: "china-test-time-series",
    archVersion: "1.0",
    vpcId: "vpc-1",
    vswitchId: "vsw-l",
    zoneId: "cn-shanghai-l",
    cloudStorageType: "StandardStorage",
    cloudStorageSize: 160,
    engineLists: [
      {
        engineType: "TSDB",
        nodeGroups: [{ nodeCount: 2, nodeSpec: "lindorm.g.2xlarge", resourceGroupName: "default" }],
      },
    ],
    whiteIpLists: [{ groupName: "china", ipList: "10.20.0.0/20,203.0.113.0/24" }],
    deletionProtection: "true",
    paymentType: "POSTPAY",
  };

  test("is one resource with these inputs, exactly; protected twice", async () => {
    const plan = await planOfProgram(declare(settings));
    expect(childrenOf(plan, "time-series")).toEqual(["alicloud:lindorm/instanceV2:InstanceV2 time-series-lindorm"]);
    expect(byName(plan, "time-series-lindorm").inputs).toEqual(plain);
    expect(byName(plan, "time-series-lindorm").options).toEqual(pinned);
  });

  test("answers at addresses that only a deployment knows", async () => {
    const outputs = await registeredOutputs(declare(settings));
    expect(outputs.get("time-series")).toMatchObject({ connection: { host: unknownText, port: unknownText } });
  });

  test.each([
    ["performance", "PerformanceStorage"],
    ["capacity", "CapacityStorage"],
  ] as const)("storage %s is %s there", async (kind, cloudStorageType) => {
    const storage = { lindorm: { ...lindorm, generation: 2, storage: { GiB: 160, kind } } } as const;
    expect(await inputsOf(storage, "time-series-lindorm")).toMatchObject({ cloudStorageType });
  });

  test.each([
    ["3 months", "never", { duration: 3, pricingCycle: "Month" }],
    ["1 year", everyOneMonth, { duration: 1, pricingCycle: "Year", autoRenewal: true, autoRenewDuration: "1" }],
  ] as const)("paid ahead for %s, renewed %s", async (term, renew, inputs) => {
    const found = await inputsOf({ ...settings, pay: { subscription: { for: term, renew } } }, "time-series-lindorm");
    expect(found).toEqual({ ...plain, paymentType: "PREPAY", ...inputs });
  });
});

describe("TSDB, for those who still have it", () => {
  const tsdb = { engine: "tsdb_tsdb", class: "tsdb.1x.basic", GiB: 50 } as const;

  test("is one resource with these inputs, exactly; protected", async () => {
    const plan = await planOfProgram(declare({ tsdb }));
    expect(childrenOf(plan, "time-series")).toEqual(["alicloud:tsdb/instance:Instance time-series-tsdb"]);
    expect(byName(plan, "time-series-tsdb").options).toEqual(pinned);
    expect(byName(plan, "time-series-tsdb").inputs).toEqual({
      instanceAlias: "china-test-time-series",
      engineType: "tsdb_tsdb",
      instanceClass: "tsdb.1x.basic",
      instanceStorage: "50",
      vswitchId: "vsw-l",
      zoneId: "cn-shanghai-l",
      paymentType: "PayAsYouGo",
    });
  });

  test("takes a disk category for InfluxDB, and a term in months", async () => {
    const influx = { engine: "tsdb_influxdb", class: "influxdata.n1.mxlarge", GiB: 50, disk: "cloud_ssd" } as const;
    const pay = { subscription: { for: "1 year", renew: "never" } } as const;
    expect(await inputsOf({ tsdb: influx, pay }, "time-series-tsdb")).toMatchObject({
      diskCategory: "cloud_ssd",
      paymentType: "Subscription",
      duration: "12",
    });
  });

  test.each([
    ["tsdb_tsdb", 8242, { opentsdb: "/api/put" }],
    ["tsdb_influxdb", 3242, { influx: "/write" }],
  ] as const)("%s answers at port %d", async (engine, port, protocols) => {
    const outputs = await registeredOutputs(declare({ tsdb: { ...tsdb, engine } }));
    expect(outputs.get("time-series")).toMatchObject({ connection: { port, protocols, host: expect.any(String) } });
  });
});

test("a database of no kind is an error", async () => {
  await expect(planOfProgram(declare({}))).rejects.toThrow("a time series database is lindorm or tsdb");
});

describe("who may connect", () => {
  const network = {
    cidr: "10.20.0.0/16",
    vSwitches: {
      "cn-shanghai-l": "10.20.0.0/20",
      "cn-shanghai-m": { existing: "vsw-m", cidr: "10.20.16.0/20" },
      "cn-shanghai-n": "10.20.32.0/20",
    },
    wayOut: "none",
    sources: { office: "203.0.113.0/24", other: "198.51.100.0/24" },
    rules: [],
  } as const;
  const hosts = { workers: groupSettings({ zones: ["cn-shanghai-m", "cn-shanghai-l"] }), etl: groupSettings() };

  test.each([
    ["nobody", [], []],
    ["a named source", ["office"], ["203.0.113.0/24"]],
    ["a group: the vSwitches in which it stands", ["workers"], ["10.20.0.0/20", "10.20.16.0/20"]],
    ["both, each range once", ["workers", "office", "etl"], ["10.20.0.0/20", "10.20.16.0/20", "203.0.113.0/24"]],
  ])("%s", (_, reachableFrom, ranges) => {
    const timeSeries: TimeSeries = { pay: "pay-as-you-go", reachableFrom };
    const settings = { network: { ...network, rules: [] }, hosts, timeSeries };
    expect(databaseAllowList(settings)).toEqual(ranges);
  });
});
