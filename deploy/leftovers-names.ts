import type { Plan, PlanValue } from "../plan/plan.ts";
import type { Declared, DeclaredNames } from "./leftovers-types.ts";

/** Input that holds the physical name, by type. */
const nameInputs: Readonly<Record<string, string>> = {
  "alicloud:vpc/network:Network": "vpcName",
  "alicloud:vpc/switch:Switch": "vswitchName",
  "alicloud:vpc/natGateway:NatGateway": "natGatewayName",
  "alicloud:vpc/snatEntry:SnatEntry": "snatEntryName",
  "alicloud:ecs/eipAddress:EipAddress": "addressName",
  "alicloud:ecs/securityGroup:SecurityGroup": "securityGroupName",
  "alicloud:ecs/instance:Instance": "instanceName",
  "alicloud:ecs/ecsDisk:EcsDisk": "diskName",
  "alicloud:ecs/ecsKeyPair:EcsKeyPair": "keyPairName",
  "alicloud:ecs/autoSnapshotPolicy:AutoSnapshotPolicy": "autoSnapshotPolicyName",
  "alicloud:ram/role:Role": "roleName",
  "alicloud:ram/policy:Policy": "policyName",
  "alicloud:lindorm/instance:Instance": "instanceName",
  "alicloud:lindorm/instanceV2:InstanceV2": "instanceAlias",
  "alicloud:tsdb/instance:Instance": "instanceAlias",
};

/**
 * What ties two things together has no name of its own in the cloud. It is known by the thing that it hangs on and by
 * the end of its logical name (components/hosts.ts, components/network.ts).
 */
const ties: readonly { readonly of: string; readonly ending: string; readonly type: string }[] = [
  {
    of: "alicloud:ecs/ecsDisk:EcsDisk",
    ending: "-attachment",
    type: "alicloud:ecs/ecsDiskAttachment:EcsDiskAttachment",
  },
  { of: "alicloud:ecs/eipAddress:EipAddress", ending: "-on-nat", type: "alicloud:ecs/eipAssociation:EipAssociation" },
  { of: "alicloud:ecs/instance:Instance", ending: "-role", type: "alicloud:ecs/ramRoleAttachment:RamRoleAttachment" },
  {
    of: "alicloud:ram/role:Role",
    ending: "-buckets",
    type: "alicloud:ram/rolePolicyAttachment:RolePolicyAttachment",
  },
];

/** Resources of a plan or of a state; both have what is needed here. */
export interface NamedResource {
  readonly urn: string;
  readonly type: string;
  readonly parent?: string | undefined;
  readonly provider?: string | undefined;
  readonly inputs?: Readonly<Record<string, PlanValue | unknown>> | undefined;
}

/** What declares which physical name, from a recorded plan. */
export function declaredInPlan(plan: Plan): DeclaredNames {
  return declaredNames(plan.resources);
}

/** The same from resources; a tie stands under the name of the thing that it hangs on. */
export function declaredNames(resources: readonly NamedResource[]): DeclaredNames {
  const names = new Map<string, Declared[]>();
  const byTypeAndName = new Map(resources.map((r) => [`${r.type} ${logicalName(r.urn)}`, r]));
  const add = (physical: string, resource: NamedResource) => {
    names.set(physical, [...(names.get(physical) ?? []), declaredOf(resource)]);
  };
  for (const resource of resources) {
    const physical = resource.inputs?.[nameInputs[resource.type] ?? ""];
    if (typeof physical !== "string" || physical === "") continue;
    add(physical, resource);
    for (const { of, ending, type } of ties) {
      const tie = byTypeAndName.get(`${type} ${logicalName(resource.urn)}${ending}`);
      if (of === resource.type && tie !== undefined) add(physical, tie);
    }
  }
  return names;
}

function declaredOf(resource: NamedResource): Declared {
  return {
    urn: resource.urn,
    type: resource.type,
    name: logicalName(resource.urn),
    ...(resource.parent === undefined ? {} : { parent: resource.parent }),
    // A state names the provider with its id behind the URN.
    ...(resource.provider === undefined ? {} : { provider: resource.provider.split("::").slice(0, 4).join("::") }),
  };
}

function logicalName(urn: string): string {
  return urn.split("::").at(-1) ?? "";
}
