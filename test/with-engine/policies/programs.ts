import { AutoSnapshotPolicy } from "@pulumi/alicloud/ecs/autoSnapshotPolicy.js";
import { EcsAutoSnapshotPolicyAttachment } from "@pulumi/alicloud/ecs/ecsAutoSnapshotPolicyAttachment.js";
import { EcsDisk } from "@pulumi/alicloud/ecs/ecsDisk.js";
import { EcsDiskAttachment } from "@pulumi/alicloud/ecs/ecsDiskAttachment.js";
import { EcsKeyPair } from "@pulumi/alicloud/ecs/ecsKeyPair.js";
import { EipAddress } from "@pulumi/alicloud/ecs/eipAddress.js";
import { EipAssociation } from "@pulumi/alicloud/ecs/eipAssociation.js";
import { Instance } from "@pulumi/alicloud/ecs/instance.js";
import { RamRoleAttachment } from "@pulumi/alicloud/ecs/ramRoleAttachment.js";
import { SecurityGroup } from "@pulumi/alicloud/ecs/securityGroup.js";
import { SecurityGroupRule } from "@pulumi/alicloud/ecs/securityGroupRule.js";
import { Instance as Lindorm } from "@pulumi/alicloud/lindorm/instance.js";
import { InstanceV2 as LindormV2 } from "@pulumi/alicloud/lindorm/instanceV2.js";
import { PublicNetwork } from "@pulumi/alicloud/lindorm/publicNetwork.js";
import { Provider } from "@pulumi/alicloud/provider.js";
import { Policy } from "@pulumi/alicloud/ram/policy.js";
import { Role } from "@pulumi/alicloud/ram/role.js";
import { RolePolicyAttachment } from "@pulumi/alicloud/ram/rolePolicyAttachment.js";
import { Instance as Tsdb } from "@pulumi/alicloud/tsdb/instance.js";
import { NatGateway } from "@pulumi/alicloud/vpc/natGateway.js";
import { Network } from "@pulumi/alicloud/vpc/network.js";
import { SnatEntry } from "@pulumi/alicloud/vpc/snatEntry.js";
import { Switch } from "@pulumi/alicloud/vpc/switch.js";
import * as pulumi from "@pulumi/pulumi";
import type { Program } from "../../../deploy/operation.ts";

/** What a generated program says of one property: plain values, and what can only be said in a program. */
export type Told =
  | null
  | boolean
  | number
  | string
  | readonly Told[]
  | Unknown
  | IdOf
  | { readonly [property: string]: Told };

/** A text that only the deployment knows: made from another resource's id. */
export class Unknown {
  readonly before: string;
  constructor(before = "") {
    this.before = before;
  }
}

/** The id of an earlier resource of a kind; of the network where the program has none. */
export class IdOf {
  readonly kind: Kind;
  readonly which: number;
  constructor(kind: Kind, which: number) {
    this.kind = kind;
    this.which = which;
  }
}

/** Every resource that the built provider knows, in an order in which each can be made from those before it. */
export const kinds = {
  Network,
  Switch,
  SecurityGroup,
  SecurityGroupRule,
  NatGateway,
  EipAddress,
  EcsKeyPair,
  Role,
  Policy,
  RolePolicyAttachment,
  AutoSnapshotPolicy,
  EcsDisk,
  Instance,
  EcsDiskAttachment,
  EcsAutoSnapshotPolicyAttachment,
  RamRoleAttachment,
  EipAssociation,
  SnatEntry,
  Lindorm,
  LindormV2,
  PublicNetwork,
  Tsdb,
} as const;

export type Kind = keyof typeof kinds;

export interface Declared {
  readonly kind: Kind;
  readonly args: { readonly [property: string]: Told };
  readonly protect: boolean;
  /** Child of a component, as in programs that are more than a list. */
  readonly inComponent: boolean;
}

/** A program of somebody else: one provider, one component, and resources. */
export interface Foreign {
  readonly provider: { readonly [property: string]: Told };
  readonly resources: readonly Declared[];
}

/** The program that declares it. Names are web, web-1 ... by kind, so that an accept list can name some of them. */
export function programOf({ provider: given, resources }: Foreign): Program {
  return async () => {
    const provider = new Provider("somewhere", { accountType: "Domestic", ...(given as object) });
    const network = new Network("base", { vpcName: "base", cidrBlock: "10.0.0.0/8" }, { provider });
    const component = new pulumi.ComponentResource("acme:web:Site", "site");
    const made = new Map<Kind, pulumi.CustomResource[]>();
    const tell = (value: Told): unknown => {
      if (value instanceof Unknown) return pulumi.interpolate`${value.before}${network.id}`;
      if (value instanceof IdOf) {
        const some = made.get(value.kind) ?? [];
        return (some[value.which % some.length] ?? network).id;
      }
      if (Array.isArray(value)) return value.map(tell);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, tell(one)]));
    };
    for (const [index, { kind, args, protect, inComponent }] of inOrder(resources).entries()) {
      const Class: new (name: string, args: never, options: pulumi.CustomResourceOptions) => pulumi.CustomResource =
        kinds[kind];
      const options = { provider, protect, ...(inComponent ? { parent: component } : {}) };
      const one = new Class(nameOf(index), tell(args) as never, options);
      made.set(kind, [...(made.get(kind) ?? []), one]);
    }
    return {};
  };
}

/** Name of a program's resource by its place. */
export function nameOf(index: number): string {
  return `site-${String(index + 1).padStart(2, "0")}`;
}

function inOrder(resources: readonly Declared[]): readonly Declared[] {
  const order = Object.keys(kinds);
  return resources.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}
