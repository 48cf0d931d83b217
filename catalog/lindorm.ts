import { type Fact, fact } from "./fact.ts";

export type Generation = 1 | 2;

export interface LindormNode extends Fact {
  readonly spec: string;
  readonly vcpu: number;
  readonly memoryGiB: number;
  /** Generations that take it as a time series node on cloud storage. */
  readonly generations: readonly Generation[];
}

const provider = fact("terraform-provider-alicloud docs, lindorm_instance and lindorm_instance_v2", "2026-08-21");

function node(spec: string, vcpu: number, memoryGiB: number, generations: readonly Generation[]): LindormNode {
  return { spec, vcpu, memoryGiB, generations, ...provider };
}

export const lindormNodes: readonly LindormNode[] = [
  node("lindorm.g.xlarge", 4, 16, [1]),
  node("lindorm.c.2xlarge", 8, 16, [2]),
  node("lindorm.g.2xlarge", 8, 32, [1, 2]),
  { ...node("lindorm.g.4xlarge", 16, 64, [1, 2]), confidence: "inferred" },
  { ...node("lindorm.g.8xlarge", 32, 128, [1, 2]), confidence: "inferred" },
  { ...node("lindorm.r.8xlarge", 32, 256, [1]), confidence: "inferred" },
];

export function lindormNode(spec: string): LindormNode | undefined {
  return lindormNodes.find((row) => row.spec === spec);
}

/** Time series nodes per instance. One node is nowhere shown, so the smallest is a guess. */
export const lindormNodeLimits = {
  payAsYouGo: { most: 32, ...provider },
  subscription: { most: 24, ...provider },
  least: { count: 2, ...fact("no document; smallest seen in provider examples", "2026-08-21", "inferred") },
};

export type StorageKind = "standard" | "performance" | "capacity";

/** Word of a stack file -> words of the two APIs. */
export interface StorageWords extends Fact {
  readonly kind: StorageKind;
  readonly diskCategory: "cloud_efficiency" | "cloud_ssd" | "capacity_cloud_storage";
  readonly cloudStorageType: "StandardStorage" | "PerformanceStorage" | "CapacityStorage";
}

export const lindormStorage: readonly StorageWords[] = [
  { kind: "standard", diskCategory: "cloud_efficiency", cloudStorageType: "StandardStorage", ...provider },
  { kind: "performance", diskCategory: "cloud_ssd", cloudStorageType: "PerformanceStorage", ...provider },
  { kind: "capacity", diskCategory: "capacity_cloud_storage", cloudStorageType: "CapacityStorage", ...provider },
];

/** The API takes the size as text; storage shrinks only above what is used. */
export const lindormStorageLimits = { stepGB: 80, leastGB: 80, mostGB: 10_485_760, ...provider };

export interface LindormProtocol extends Fact {
  readonly engine: "time series" | "table" | "search";
  readonly name: string;
  readonly port: number;
  readonly path?: string;
}

const tsdbDocs = fact("Alibaba Cloud docs, LindormTSDB; aliyun/alibabacloud-aiops-skills", "2026-08-21");
const series = { engine: "time series", port: 8242 } as const;

export const lindormProtocols: readonly LindormProtocol[] = [
  { ...series, name: "SQL over HTTP", path: "/api/v2/sql", ...tsdbDocs },
  { ...series, name: "Influx line protocol", path: "/api/v2/write", ...tsdbDocs },
  { ...series, name: "OpenTSDB write", path: "/api/put", ...tsdbDocs },
  { ...series, name: "OpenTSDB query", path: "/api/query", ...tsdbDocs },
  { engine: "table", name: "MySQL", port: 33_060, ...tsdbDocs },
  { engine: "table", name: "HBase", port: 30_020, ...tsdbDocs },
  { engine: "search", name: "Elasticsearch API", port: 30_070, ...tsdbDocs },
];

/** Generation 1 exports no address; its host inside the VPC follows from the instance id. */
export function lindormSeriesHost(instanceId: string): Fact & { readonly host: string; readonly port: 8242 } {
  const host = `${instanceId}-proxy-tsdb.lindorm.rds.aliyuncs.com`;
  return {
    host,
    port: 8242,
    ...fact("pattern of addresses in aliyun/alibabacloud-aiops-skills", "2026-08-21", "inferred"),
  };
}

/** Values written per second at most by three nodes, write only, standard storage, measured by Alibaba. */
export interface WritePeak extends Fact {
  readonly spec: string;
  readonly nodes: 3;
  readonly valuesPerSecond: number;
}

const whitePaper = fact(
  "Alibaba Cloud docs, LindormTSDB performance white paper; a ceiling, by the vendor",
  "2026-03-28",
  "low",
);
export const lindormWritePeaks: readonly WritePeak[] = [
  { spec: "lindorm.g.xlarge", nodes: 3, valuesPerSecond: 544_000, ...whitePaper },
  { spec: "lindorm.g.2xlarge", nodes: 3, valuesPerSecond: 3_440_000, ...whitePaper },
  { spec: "lindorm.g.4xlarge", nodes: 3, valuesPerSecond: 7_290_000, ...whitePaper },
  { spec: "lindorm.g.8xlarge", nodes: 3, valuesPerSecond: 12_400_000, ...whitePaper },
];
