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
  readonly routePropagation: boolean;
  /** A /56; "" without IPv6. */
  readonly ipv6Cidr: string;
  readonly ipv6Isp: string;
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
  /** A /64 of the VPC's /56; "" without IPv6. */
  readonly ipv6Cidr: string;
  readonly tags: Tags;
}
export const vSwitches = new Kind<VSwitch>("vSwitch");

/** An elastic address. */
export interface Address extends Row {
  readonly ip: string;
  readonly name: string;
  readonly description: string;
  /** Mbit/s. */
  readonly bandwidth: number;
  readonly internetChargeType: "PayByTraffic" | "PayByBandwidth";
  readonly chargeType: "PostPaid" | "PrePaid";
  /** Cloud time at which what was paid ahead ends; undefined for pay-as-you-go. */
  readonly expiresAt?: number;
  readonly isp: string;
  readonly netmode: string;
  readonly zone: string;
  readonly securityProtectionTypes: readonly string[];
  /** Available, Associating, InUse, Unassociating. */
  readonly phase: Phase;
  /** What it is bound to; "" when to nothing. */
  readonly instanceId: string;
  /** EcsInstance, Nat; "" when bound to nothing. */
  readonly instanceType: string;
  /** Private address of the host that it stands for, when one was named. */
  readonly privateIp: string;
  readonly mode: string;
  readonly deletionProtection: boolean;
  /** Fine-grained monitoring, kept in a log store. */
  readonly monitorLog: { readonly status: "ON" | "OFF"; readonly project: string; readonly store: string };
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
  /** Cloud time at which what was paid ahead ends; undefined for pay-as-you-go. */
  readonly expiresAt?: number;
  /** PayByLcu, PayBySpec. */
  readonly internetChargeType: string;
  /** Small, Middle, Large, XLarge.1; "" when paid by use. */
  readonly spec: string;
  /** Its own address in the vSwitch. */
  readonly privateIp: string;
  readonly snatTableId: string;
  readonly forwardTableId: string;
  readonly eipBindMode: "MULTI_BINDED" | "NAT";
  readonly icmpReply: boolean;
  readonly privateLink: boolean;
  readonly accessMode?: { readonly value: string; readonly tunnel: string };
  readonly deletionProtection: boolean;
  readonly resourceGroupId: string;
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
  /** Whether a source keeps to one of the addresses: 1 or 0. */
  readonly eipAffinity: number;
  /** Pending, Available, Deleting. */
  readonly phase: Phase;
}
export const snatEntries = new Kind<SnatEntry>("snatEntry");
