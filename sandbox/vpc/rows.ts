import type { Phase } from "../core/phase.ts";
import { Kind, type Row } from "../core/store.ts";
import type { Tags } from "../core/tags.ts";

export interface Vpc extends Row {
  readonly cidr: string;
  readonly secondaryCidrs: readonly string[];
  readonly userCidrs: readonly string[];
  readonly name: string;
  readonly description: string;
  /** Pending, then Available. */
  readonly phase: Phase;
  readonly isDefault: boolean;
  readonly resourceGroupId: string;
  readonly routerId: string;
  readonly routeTableId: string;
  readonly routeTableName: string;
  readonly routeTableDescription: string;
  readonly ipv6Cidr: string;
  readonly dnsHostname: "ENABLED" | "DISABLED";
  readonly tags: Tags;
}
export const vpcs = new Kind<Vpc>("vpc");

export interface VSwitch extends Row {
  readonly vpcId: string;
  readonly zone: string;
  readonly cidr: string;
  readonly name: string;
  readonly description: string;
  /** Pending, then Available. */
  readonly phase: Phase;
  readonly isDefault: boolean;
  readonly ipv6Cidr: string;
  readonly tags: Tags;
}
export const vSwitches = new Kind<VSwitch>("vSwitch");

/** An elastic address. */
export interface Address extends Row {
  readonly ip: string;
  readonly name: string;
  readonly description: string;
  readonly bandwidth: number;
  readonly internetChargeType: "PayByTraffic" | "PayByBandwidth";
  readonly chargeType: "PostPaid" | "PrePaid";
  readonly isp: string;
  /** Available, Associating, InUse, Unassociating. */
  readonly phase: Phase;
  /** What it is bound to; "" when to nothing. */
  readonly instanceId: string;
  readonly instanceType: string;
  readonly mode: string;
  readonly deletionProtection: boolean;
  readonly resourceGroupId: string;
  readonly tags: Tags;
}
export const addresses = new Kind<Address>("address");

export interface NatGateway extends Row {
  readonly vpcId: string;
  readonly vSwitchId: string;
  readonly name: string;
  readonly description: string;
  /** Creating, Available, Deleting. */
  readonly phase: Phase;
  readonly natType: "Enhanced" | "Normal";
  readonly networkType: "internet" | "intranet";
  readonly chargeType: "PostPaid" | "PrePaid";
  readonly internetChargeType: string;
  readonly spec: string;
  readonly snatTableId: string;
  readonly forwardTableId: string;
  readonly deletionProtection: boolean;
  readonly tags: Tags;
}
export const natGateways = new Kind<NatGateway>("natGateway");

export interface SnatEntry extends Row {
  readonly natGatewayId: string;
  readonly snatTableId: string;
  /** Either the vSwitch or a range. */
  readonly vSwitchId: string;
  readonly cidr: string;
  /** Addresses, comma-separated. */
  readonly ips: string;
  readonly name: string;
  /** Pending, Available, Deleting. */
  readonly phase: Phase;
}
export const snatEntries = new Kind<SnatEntry>("snatEntry");
