import type { Phase } from "../core/phase.ts";
import { Kind, type Row } from "../core/store.ts";
import type { Tags } from "../core/tags.ts";

/** A group of equal nodes of an engine. The first generation has one for each engine. */
export interface LindormEngine {
  /** TABLE, TSDB, LSEARCH, FILE, LTS, LSTREAM ... as the second generation names them. */
  readonly type: string;
  readonly nodes: number;
  readonly spec: string;
  readonly resourceGroup: string;
  /** By which a change names the group; "" in the first generation. */
  readonly groupId: string;
  /** A disk of each node's own; "" and 0 on cloud storage. */
  readonly diskCategory: string;
  readonly diskGiB: number;
}

/** Where a database over three zones is, and the nodes that only the first generation has then; "" and 0 without. */
export interface MultiZone {
  readonly combination: string;
  readonly primaryZone: string;
  readonly primaryVSwitchId: string;
  readonly standbyZone: string;
  readonly standbyVSwitchId: string;
  readonly arbiterZone: string;
  readonly arbiterVSwitchId: string;
  readonly logNodes: number;
  readonly logSpec: string;
  readonly logDiskCategory: string;
  /** Of each log node. */
  readonly logGiB: number;
  /** Of each table node. */
  readonly coreGiB: number;
}

export interface Lindorm extends Row {
  readonly generation: 1 | 2;
  readonly name: string;
  /** Lindorm: standalone, basic or HA ("1.0", "2.0", "3.0"). */
  readonly archVersion: string;
  readonly engines: readonly LindormEngine[];
  readonly zone: string;
  readonly vpcId: string;
  readonly vSwitchId: string;
  readonly diskCategory: string;
  readonly storageGiB: number;
  readonly coldStorageGiB: number;
  readonly payType: "POSTPAY" | "PREPAY";
  /** Cloud time, milliseconds; undefined for pay-as-you-go. */
  readonly expiresAt?: number;
  /** 0: it is not renewed by itself. */
  readonly autoRenewMonths: number;
  /** CREATING, ACTIVATION, and CLASS_CHANGING and others while it changes. */
  readonly phase: Phase;
  /** Cloud times of the last changes of nodes and storage. */
  readonly changedAt: readonly number[];
  /** Engines that are reachable from the internet, as the API names them: lindorm, tsdb ... */
  readonly publicEngines: readonly string[];
  readonly deletionProtection: boolean;
  /** Allow-lists by group name; the first generation's own is "user". */
  readonly allowLists: Readonly<Record<string, readonly string[]>>;
  readonly resourceGroupId: string;
  readonly multiZone?: MultiZone;
  readonly tags: Tags;
}
export const lindorms = new Kind<Lindorm>("lindorm");

export interface Tsdb extends Row {
  readonly name: string;
  readonly engineType: string;
  readonly instanceClass: string;
  readonly storageGiB: number;
  readonly diskCategory: string;
  readonly zone: string;
  readonly vpcId: string;
  readonly vSwitchId: string;
  readonly payType: "POSTPAY" | "PREPAY";
  readonly expiresAt?: number;
  readonly phase: Phase;
}
export const tsdbs = new Kind<Tsdb>("tsdb");

/** Id of a database that was released: the API tells "deleted" from "never heard of". */
export const releasedDatabases = new Kind<Row>("releasedDatabase");
