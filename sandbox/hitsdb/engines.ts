import { type Generation, lindormNode } from "../../catalog/lindorm.ts";
import { CloudError } from "../core/errors.ts";
import type { LindormEngine } from "./rows.ts";

/** An engine, under the names that it has in the two generations of the API. */
export interface EngineKind {
  /** Second generation. */
  readonly type: string;
  /** First generation, and in host names. */
  readonly name: string;
  /** Its share of the first generation's number EngineType; 0 where it has a flag of its own. */
  readonly bit: number;
  /** Parameters of CreateLindormInstance and UpgradeLindormInstance. */
  readonly nodes: readonly string[];
  readonly spec: readonly string[];
  /** Fields of GetLindormInstanceEngineInfo. */
  readonly nodesField: string;
  readonly specField: string;
  /** Values of UpgradeType that make it, change its nodes' size and their number. */
  readonly open?: string;
  readonly resize: string;
  readonly scale: string;
  readonly leastNodes: number;
  readonly mostNodes: number;
  /** Port inside the VPC, where one is known. */
  readonly port?: number;
}

/** Sources: API metadata of hitsdb 2020-06-15 and the provider's resource_alicloud_lindorm_instance.go. */
export const engineKinds: readonly EngineKind[] = [
  {
    type: "LSEARCH",
    name: "solr",
    bit: 1,
    nodes: ["SolrNum"],
    spec: ["SolrSpec"],
    nodesField: "SearchEngineNodeCount",
    specField: "SearchEngineSpecification",
    open: "open-search-engine",
    resize: "upgrade-search-engine",
    scale: "upgrade-search-core-num",
    leastNodes: 2,
    mostNodes: 60,
    port: 30_070,
  },
  {
    type: "TSDB",
    name: "tsdb",
    bit: 2,
    nodes: ["TsdbNum"],
    spec: ["TsdbSpec"],
    nodesField: "TimeSeriesNodeCount",
    specField: "TimeSeriesSpecification",
    open: "open-tsdb-engine",
    resize: "upgrade-tsdb-engine",
    scale: "upgrade-tsdb-core-num",
    leastNodes: 2,
    mostNodes: 32,
    port: 8242,
  },
  {
    type: "TABLE",
    name: "lindorm",
    bit: 4,
    nodes: ["LindormNum"],
    spec: ["LindormSpec"],
    nodesField: "TableEngineNodeCount",
    specField: "TableEngineSpecification",
    open: "open-lindorm-engine",
    resize: "upgrade-lindorm-engine",
    scale: "upgrade-lindorm-core-num",
    leastNodes: 2,
    mostNodes: 400,
    port: 30_020,
  },
  {
    type: "FILE",
    name: "store",
    bit: 8,
    nodes: ["FilestoreNum"],
    spec: ["FilestoreSpec"],
    nodesField: "FileEngineNodeCount",
    specField: "FileEngineSpecification",
    resize: "upgrade-file-engine",
    scale: "upgrade-file-core-num",
    leastNodes: 2,
    mostNodes: 60,
  },
  {
    type: "LTS",
    name: "bds",
    bit: 0,
    nodes: ["LtsNum", "LtsCoreNum"],
    spec: ["LtsSpec", "LtsCoreSpec"],
    nodesField: "LtsNodeCount",
    specField: "LtsNodeSpecification",
    open: "open-bds-transfer-only",
    resize: "upgrade-bds-transfer",
    scale: "upgrade-bds-core-num",
    leastNodes: 1,
    mostNodes: 50,
  },
  {
    type: "LSTREAM",
    name: "stream",
    bit: 0,
    nodes: ["StreamNum"],
    spec: ["StreamSpec"],
    nodesField: "StreamNodeCount",
    specField: "StreamSpecification",
    open: "open-stream-engine",
    resize: "upgrade-stream-engine",
    scale: "upgrade-stream-core-num",
    leastNodes: 2,
    mostNodes: 90,
  },
];

/** Engines that only the second generation has. */
export const newerEngines: readonly string[] = ["LVECTOR", "LCOLUMN", "LAI", "LMESSAGE", "LROW"];

const byType = new Map(engineKinds.map((kind) => [kind.type, kind]));

export function engineKind(type: string): EngineKind | undefined {
  return byType.get(type);
}

export function isEngine(type: string): boolean {
  return byType.has(type) || newerEngines.includes(type);
}

/** lindorm for TABLE and so on; a newer engine under its own name. */
export function engineName(type: string): string {
  return byType.get(type)?.name ?? type.toLowerCase();
}

/** Cores and memory by the letters of a node specification: c has 2 GiB per core, g 4, r 8. */
export function nodeSize(spec: string): { readonly vcpu: number; readonly memoryGiB: number } | undefined {
  const known = lindormNode(spec);
  if (known !== undefined) return known;
  const [, series = "", factor = "", size = ""] = /^lindorm\.([a-z]+)\d*[a-z]*\.(\d*)(xlarge|large)$/.exec(spec) ?? [];
  if (series === "") return undefined;
  const vcpu = size === "large" ? 2 : 4 * Number(factor || 1);
  return { vcpu, memoryGiB: vcpu * ({ c: 2, g: 4, r: 8, i: 8 }[series] ?? 4) };
}

/**
 * Whether a generation sells the node for the engine. The time series engine's list is the catalogue's.
 *
 * @param parameter name for the message: TsdbSpec, NodeSpec
 * @throws InvalidParameter.TsdbSpec and the like
 */
export function checkSpec(type: string, spec: string, generation: Generation, parameter: string): void {
  const size = nodeSize(spec);
  const sold =
    type === "TSDB"
      ? (lindormNode(spec)?.generations.includes(generation) ?? false)
      : size !== undefined && (generation === 1 || size.vcpu >= 8);
  if (!sold) throw new CloudError(`InvalidParameter.${parameter}`, 400, `The specified ${parameter} is not valid.`);
}

/** @throws InvalidParameter.TotalCoreCount when there are fewer than two nodes in all */
export function checkTotal(engines: readonly LindormEngine[]): void {
  if (engines.reduce((sum, { nodes }) => sum + nodes, 0) < 2) {
    throw new CloudError("InvalidParameter.TotalCoreCount", 400, "The total core num should be at least 2");
  }
}

/** The value under the first name that has one. */
export function firstOf<T>(names: readonly string[], read: (name: string) => T | undefined): T | undefined {
  for (const name of names) {
    const value = read(name);
    if (value !== undefined) return value;
  }
  return undefined;
}
