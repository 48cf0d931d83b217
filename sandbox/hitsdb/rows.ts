import type { Phase } from "../core/phase.ts";
import { Kind, type Row } from "../core/store.ts";
import type { Tags } from "../core/tags.ts";

export interface LindormEngine {
  /** TABLE, TSDB, LSEARCH, FILE, LTS, LSTREAM ... as the second generation names them. */
  readonly type: string;
  readonly nodes: number;
  readonly spec: string;
  readonly resourceGroup: string;
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
  /** CREATING, ACTIVATION, and CLASS_CHANGING and others while it changes. */
  readonly phase: Phase;
  readonly deletionProtection: boolean;
  /** Allow-lists by group name; V1 knows one, "user". */
  readonly allowLists: Readonly<Record<string, readonly string[]>>;
  readonly resourceGroupId: string;
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
