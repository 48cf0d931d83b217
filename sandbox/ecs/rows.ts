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
  /** "" without one. */
  readonly publicIp: string;
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
  readonly spot: { readonly strategy: string; readonly priceLimit: number; readonly duration: number; readonly interruption: string };
  readonly userData: string;
  readonly keyPairName: string;
  readonly roleName: string;
  readonly deletionProtection: boolean;
  readonly httpTokens: string;
  readonly httpEndpoint: string;
  readonly resourceGroupId: string;
  readonly systemDiskId: string;
  readonly networkInterfaceId: string;
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
  readonly attachedAt?: number;
  readonly detachedAt?: number;
  readonly deleteWithInstance: boolean;
  readonly deleteAutoSnapshot: boolean;
  readonly enableAutoSnapshot: boolean;
  readonly snapshotPolicyId: string;
  readonly chargeType: "PostPaid" | "PrePaid";
  readonly expiresAt?: number;
  readonly imageId: string;
  readonly provisionedIops: number;
  readonly bursting: boolean;
  readonly resourceGroupId: string;
  readonly tags: Tags;
}
export const disks = new Kind<Disk>("disk");

export interface SnapshotPolicy extends Row {
  readonly name: string;
  /** Full hours, "0" to "23". */
  readonly timePoints: readonly string[];
  readonly repeatWeekdays: readonly string[];
  readonly retentionDays: number;
  readonly tags: Tags;
  readonly resourceGroupId: string;
}
export const snapshotPolicies = new Kind<SnapshotPolicy>("snapshotPolicy");

/** Its id is its name. */
export interface KeyPair extends Row {
  readonly name: string;
  readonly fingerprint: string;
  readonly publicKey: string;
  readonly resourceGroupId: string;
  readonly tags: Tags;
}
export const keyPairs = new Kind<KeyPair>("keyPair");
