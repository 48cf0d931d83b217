import { type Plan, type PlannedResource, stackType, urnOf } from "../../../plan/plan.ts";

export const project = "china";
export const stack = "test";
export const stackUrn = `urn:pulumi:${stack}::${project}::${stackType}::${project}-${stack}`;

/** One resource of a made-up plan; its parent is the stack unless it names another. */
export function resource(
  type: string,
  name: string,
  inputs: PlannedResource["inputs"] = {},
  rest: Partial<PlannedResource> = {},
): PlannedResource {
  const parent = rest.parent ?? stackUrn;
  return {
    urn: urnOf(project, stack, type, name, parent),
    type,
    name,
    parent,
    custom: true,
    inputs,
    options: {},
    ...rest,
  };
}

export function component(name: string, rest: Partial<PlannedResource> = {}): PlannedResource {
  return resource("china:index:Network", name, {}, { custom: false, ...rest });
}

export function plan(...resources: readonly PlannedResource[]): Plan {
  const own: PlannedResource = {
    urn: stackUrn,
    type: stackType,
    name: `${project}-${stack}`,
    custom: false,
    inputs: {},
    options: {},
  };
  return {
    project,
    stack,
    resources: [own, ...resources].sort((a, b) => (a.urn < b.urn ? -1 : 1)),
    outputs: {},
  };
}

export const types = {
  vpc: "alicloud:vpc/network:Network",
  vSwitch: "alicloud:vpc/switch:Switch",
  host: "alicloud:ecs/instance:Instance",
  disk: "alicloud:ecs/ecsDisk:EcsDisk",
  attachment: "alicloud:ecs/ecsDiskAttachment:EcsDiskAttachment",
  group: "alicloud:ecs/securityGroup:SecurityGroup",
  rule: "alicloud:ecs/securityGroupRule:SecurityGroupRule",
  role: "alicloud:ram/role:Role",
  roleAttachment: "alicloud:ram/rolePolicyAttachment:RolePolicyAttachment",
  policy: "alicloud:ram/policy:Policy",
  lindorm: "alicloud:lindorm/instance:Instance",
} as const;
