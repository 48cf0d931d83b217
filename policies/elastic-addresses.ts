import { type Sought, seek } from "./conditions.ts";
import { instance } from "./host-types.ts";
import { containerGroup } from "./public-addresses.ts";
import type { Props, Reading } from "./reading.ts";
import type { Judged, Reads, Stack } from "./rule.ts";

/** Elastic IP addresses (EIP) and what they are bound to. */
export const addresses = ["alicloud:ecs/eipAddress:EipAddress", "alicloud:ecs/eip:Eip"] as const;
export const association = "alicloud:ecs/eipAssociation:EipAssociation";
export const natGateway = "alicloud:vpc/natGateway:NatGateway";
export const zonedBalancers = [
  "alicloud:alb/loadBalancer:LoadBalancer",
  "alicloud:nlb/loadBalancer:LoadBalancer",
] as const;

/** What `servesMore` reads. */
export const readsOfAssociations: Reads = {
  [association]: ["instanceType", "instanceId"],
  [natGateway]: [],
  [instance]: [],
};

/** What `addressTaken` reads. */
export const readsOfBindings: Reads = {
  [association]: ["allocationId"],
  [containerGroup]: ["eipInstanceId"],
  ...Object.fromEntries(zonedBalancers.map((type) => [type, ["zoneMappings", "zoneMappings[].allocationId"]])),
};

/** The id of the address that a resource is bound to; absent where it is bound to none. */
export function addressTaken({ type, props }: Judged): Reading<unknown> {
  if (type === association) return props.text("allocationId");
  if (type === containerGroup) return props.text("eipInstanceId");
  return firstInZones(props);
}

function firstInZones(props: Props): Reading<unknown> {
  const zones = props.maps("zoneMappings");
  if (zones.state !== "known") return zones;
  const ids = zones.value.map((zone) => (zone.state === "known" ? zone.value.text("allocationId") : zone));
  return ids.find(({ state }) => state !== "absent") ?? { state: "absent", path: zones.path };
}

/**
 * Whether an association puts an address on something else than a NAT gateway. As the provider decides: by the type, else
 * by the id. While that is unknown, by what the association is made from.
 */
export function servesMore({ props }: Judged, origins: readonly Judged[]): Sought<true> {
  const type = props.text("instanceType");
  if (type.state !== "absent") return seek(type, (name) => (name === "Nat" ? undefined : true));
  const id = props.text("instanceId");
  const madeFrom = (wanted: string) => origins.some((origin) => origin.type === wanted);
  const isNat = id.state === "known" ? id.value.startsWith("ngw-") : madeFrom(natGateway) && !madeFrom(instance);
  return isNat ? { state: "not there" } : { state: "known", path: type.path, value: true };
}

/** Resources of the rule's types that a resource was made from. */
export function originsIn(stack: Stack): (resource: Judged) => readonly Judged[] {
  const byUrn = new Map(stack.resources.map((resource) => [resource.urn, resource]));
  return ({ dependencies }) =>
    dependencies.flatMap((urn) => {
      const origin = byUrn.get(urn);
      return origin === undefined ? [] : [origin];
    });
}
