import type { ValueMap } from "../../../policies/reading.ts";
import type { Resource } from "../../../policies/rule.ts";
import { resource, unknown } from "../cases.ts";

/** Addresses and what has them, for cases of several rules. */

export const instance = "alicloud:ecs/instance:Instance";
export const gateway = resource("alicloud:vpc/natGateway:NatGateway", {}, { name: "gateway" });
export const server = resource(instance, {}, { name: "server" });

export const address = (
  values: ValueMap,
  { type = "alicloud:ecs/eipAddress:EipAddress", name = "address" }: { type?: string | undefined; name?: string } = {},
) => resource(type, values, { name });

export const association = (values: ValueMap, dependsOn: readonly Resource[], name = "association") =>
  resource(
    "alicloud:ecs/eipAssociation:EipAssociation",
    { allocationId: unknown, instanceId: unknown, ...values },
    { name, dependsOn },
  );

/** An address on a host. */
export function onHost(
  ofAddress: ValueMap,
  ofAssociation: ValueMap = { instanceType: "EcsInstance" },
  alsoFrom?: Resource,
  type?: string,
): readonly Resource[] {
  const one = address(ofAddress, { type });
  const dependsOn = [one, server, ...(alsoFrom === undefined ? [] : [alsoFrom])];
  return [one, server, association(ofAssociation, dependsOn)];
}
