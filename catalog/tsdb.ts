import { type Fact, fact } from "./fact.ts";

const provider = fact("terraform-provider-alicloud docs, tsdb_instance", "2026-08-21");

/** TSDB, the product this project's first notes were about, cannot be bought any more. */
export interface EndOfSale extends Fact {
  readonly engine: "tsdb_tsdb" | "tsdb_influxdb";
  readonly says: string;
}

export const tsdbEndOfSale: readonly EndOfSale[] = [
  {
    engine: "tsdb_tsdb",
    says: "not for sale; Lindorm is named as successor. The day sales ended was not found",
    ...fact("Alibaba Cloud docs, ROS resource ALIYUN::TSDB::HiTSDBInstance", "2026-09-08"),
  },
  {
    engine: "tsdb_tsdb",
    says: "resource deprecated since provider 1.223.1, pointing at a notice that is likely of 2024-03-13",
    ...fact("terraform-provider-alicloud PR 7194, notice/0313tsdb", "2024-05-13", "inferred"),
  },
  {
    engine: "tsdb_influxdb",
    says: "phased out from 2026-10-23; which day ends renewal and service was not found",
    ...fact("Alibaba Cloud docs, notice on TSDB for InfluxDB", "2026-09-08"),
  },
];

/** The successor to name in an error message. */
export const tsdbSuccessor = "alicloud.lindorm.Instance with the time series engine";

export interface TsdbClass extends Fact {
  readonly name: string;
  readonly engine: "tsdb_tsdb" | "tsdb_influxdb";
  readonly vcpu?: number;
  readonly memoryGiB?: number;
}

const openTsdb = "1x.basic 3x.basic 4x.basic 12x.standard 24x.standard 48x.large 96x.large iot.1x.small";
const influx: readonly (readonly [string, number, number])[] = [
  ["mxlarge", 2, 8],
  ["xlarge", 4, 16],
  ["2xlarge", 8, 32],
  ["4xlarge", 16, 64],
  ["8xlarge", 32, 128],
  ["16xlarge", 64, 256],
];

/** The closed list of twenty classes, for reading old state and old programs. */
export const tsdbClasses: readonly TsdbClass[] = [
  ...openTsdb.split(" ").map((size): TsdbClass => ({ name: `tsdb.${size}`, engine: "tsdb_tsdb", ...provider })),
  ...["", "_ha"].flatMap((ha) =>
    influx.map(([size, vcpu, memoryGiB]): TsdbClass => {
      return { name: `influxdata.n1.${size}${ha}`, engine: "tsdb_influxdb", vcpu, memoryGiB, ...provider };
    }),
  ),
];

/** Storage grows only. The large classes start higher. */
export const tsdbStorageLimits = {
  basicAndStandard: { leastGB: 40, mostGB: 6_000, ...provider },
  large: { classes: ["tsdb.48x.large", "tsdb.96x.large"], leastGB: 320, mostGB: 32_000, ...provider },
};
