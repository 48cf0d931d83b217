import type { Phase } from "../core/phase.ts";
import { Kind, type Row } from "../core/store.ts";
import type { Tags } from "../core/tags.ts";

export interface SecurityRule {
  readonly id: string;
  readonly direction: "ingress" | "egress";
  readonly protocol: string;
  readonly portRange: string;
  readonly policy: "Accept" | "Drop";
  readonly priority: number;
  readonly nicType: string;
  /** Exactly one of these four is not "". */
  readonly cidr: string;
  readonly ipv6Cidr: string;
  readonly groupId: string;
  readonly prefixListId: string;
  readonly groupOwner: string;
  readonly description: string;
  /** Cloud time, milliseconds. */
  readonly createdAt: number;
}

export interface SecurityGroup extends Row {
  readonly vpcId: string;
  readonly name: string;
  readonly description: string;
  readonly type: "normal" | "enterprise";
  readonly innerAccess: "Accept" | "Drop";
  readonly rules: readonly SecurityRule[];
  readonly resourceGroupId: string;
  readonly tags: Tags;
}
export const securityGroups = new Kind<SecurityGroup>("securityGroup");

export interface Instance extends Row {
  readonly name: string;
  readonly description: string;
  readonly hostName: string;
  readonly type: string;
  readonly imageId: string;
  readonly zone: string;
  readonly vpcId: string;
  readonly vSwitchId: string;
  readonly privateIp: string;
  /** Further private addresses of its network interface. */
  readonly secondaryIps: readonly string[];
  /** "" without one. */
  readonly publicIp: string;
  /** Mbit/s. */
  readonly bandwidthIn: number;
  readonly bandwidthOut: number;
  readonly internetChargeType: string;
  readonly securityGroupIds: readonly string[];
  /** Pending, Starting, Running, Stopping, Stopped. */
  readonly phase: Phase;
  /** Cloud time of the last boot: the Cloud Assistant's agent answers a while later. */
  readonly bootedAt: number;
  readonly stoppedMode: string;
  readonly chargeType: "PostPaid" | "PrePaid";
  readonly period: number;
  readonly periodUnit: string;
  /** Cloud time at which what was paid ahead ends; undefined for pay-as-you-go. */
  readonly expiresAt?: number;
  readonly renewal: { readonly status: string; readonly period: number; readonly unit: string };
  readonly spot: {
    readonly strategy: string;
    readonly priceLimit: number;
    readonly duration: number;
    readonly interruption: string;
  };
  readonly userData: string;
  readonly keyPairName: string;
  readonly roleName: string;
  readonly deletionProtection: boolean;
  readonly httpTokens: string;
  readonly httpEndpoint: string;
  readonly httpHopLimit: number;
  readonly resourceGroupId: string;
  readonly systemDiskId: string;
  /** Its id with eni- in front instead of i-: a host has one network interface. */
  readonly networkInterfaceId: string;
  /** Time at which it is released by itself, as it was given; "" for never. */
  readonly autoReleaseTime: string;
  /** Standard or Unlimited, for burstable types; "" otherwise. */
  readonly creditSpecification: string;
  readonly jumboFrame: boolean;
  readonly loginAsNonRoot: boolean;
  readonly cpuOptions: { readonly cores: number; readonly threadsPerCore: number; readonly topology: string };
  readonly maintenance: {
    readonly windows: readonly { readonly start: string; readonly end: string }[];
    readonly action: string;
    readonly notify: boolean;
  };
  readonly privatePool: { readonly criteria: string; readonly id: string };
  readonly tags: Tags;
}
export const instances = new Kind<Instance>("instance");

export interface Disk extends Row {
  readonly name: string;
  readonly description: string;
  readonly zone: string;
  readonly type: "system" | "data";
  readonly category: string;
  readonly performanceLevel: string;
  readonly sizeGiB: number;
  readonly encrypted: boolean;
  readonly kmsKeyId: string;
  /** Available, In_use, Attaching, Detaching, Creating. */
  readonly phase: Phase;
  /** Host that it hangs on; "" for none. */
  readonly instanceId: string;
  readonly device: string;
  /** Cloud time, milliseconds; stays when it is detached: no snapshot of a disk that never hung on a host. */
  readonly attachedAt?: number;
  readonly detachedAt?: number;
  readonly deleteWithInstance: boolean;
  readonly deleteAutoSnapshot: boolean;
  readonly enableAutoSnapshot: boolean;
  /** The first policy that was applied; "" without one. */
  readonly snapshotPolicyId: string;
  /** Policies that were applied on top of the first; at most ten in all. */
  readonly furtherPolicyIds?: readonly string[];
  readonly chargeType: "PostPaid" | "PrePaid";
  readonly expiresAt?: number;
  readonly imageId: string;
  /** Snapshot that it was made from. */
  readonly sourceSnapshotId?: string;
  readonly multiAttach?: "Enabled" | "Disabled";
  readonly provisionedIops: number;
  readonly bursting: boolean;
  readonly resourceGroupId: string;
  readonly tags: Tags;
}
export const disks = new Kind<Disk>("disk");

export interface Snapshot extends Row {
  readonly name: string;
  readonly description: string;
  readonly diskId: string;
  readonly diskType: "system" | "data";
  readonly sizeGiB: number;
  readonly encrypted: boolean;
  readonly kmsKeyId: string;
  readonly category: string;
  /** 0: kept until somebody deletes it. */
  readonly retentionDays: number;
  /** progressing, then accomplished. */
  readonly phase: Phase;
  readonly resourceGroupId: string;
  readonly tags: Tags;
}
export const snapshots = new Kind<Snapshot>("snapshot");

export interface SnapshotPolicy extends Row {
  readonly name: string;
  /** Full hours, "0" to "23". */
  readonly timePoints: readonly string[];
  /** "1" (Monday) to "7". */
  readonly repeatWeekdays: readonly string[];
  /** -1: for ever. */
  readonly retentionDays: number;
  /** Copies in another region. */
  readonly copy: {
    readonly enabled: boolean;
    readonly regions: readonly string[];
    /** -1: for ever. */
    readonly retentionDays: number;
    readonly encryption?: { readonly encrypted: boolean; readonly kmsKeyId: string };
  };
  readonly tags: Tags;
  readonly resourceGroupId: string;
}
export const snapshotPolicies = new Kind<SnapshotPolicy>("snapshotPolicy");

/** Its id is its region and its name (keyPairId): the same name may stand in every region. */
export interface KeyPair extends Row {
  readonly name: string;
  readonly fingerprint: string;
  readonly publicKey: string;
  readonly resourceGroupId: string;
  readonly tags: Tags;
}
export const keyPairs = new Kind<KeyPair>("keyPair");

/** keyPairId("cn-shanghai", "ops") -> cn-shanghai/ops */
export function keyPairId(region: string, name: string): string {
  return `${region}/${name}`;
}
