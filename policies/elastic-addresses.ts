import { type Sought, seek } from "./conditions.ts";
import { eachOf, instance } from "./host-types.ts";
import { originsIn } from "./origins.ts";
import { containerGroup } from "./public-addresses.ts";
import type { Props, Reading } from "./reading.ts";
import { together } from "./reads.ts";
import type { Judged, Reads, Stack } from "./rule.ts";

/** Elastic IP addresses (EIP). */
export const addresses = ["alicloud:ecs/eipAddress:EipAddress", "alicloud:ecs/eip:Eip"] as const;
export const association = "alicloud:ecs/eipAssociation:EipAssociation";
export const natGateway = "alicloud:vpc/natGateway:NatGateway";
/** Load balancers that take an address in each zone. */
export const zonedBalancers = [
  "alicloud:alb/loadBalancer:LoadBalancer",
  "alicloud:nlb/loadBalancer:LoadBalancer",
] as const;

/** What `bindingsIn` reads. */
export const readsOfBindings: Reads = together(
  eachOf(addresses, []),
  eachOf([natGateway, instance], []),
  { [association]: ["allocationId", "instanceId", "instanceType"], [containerGroup]: ["eipInstanceId"] },
  eachOf(zonedBalancers, ["zoneMappings", "zoneMappings[].allocationId"]),
);

/** An address that something else than a NAT gateway has. */
export interface Binding {
  /** What binds it. */
  readonly at: Judged;
  /** Where that names the address. */
  readonly id: Reading<unknown>;
  /** Those of the stack that it may be. */
  readonly addresses: readonly Judged[];
  /** A property that is not known yet and may say that it is a NAT gateway's after all. */
  readonly open?: string;
}

export function bindingsIn(stack: Stack): readonly Binding[] {
  const originsOf = originsIn(stack);
  const addressesOf = (resource: Judged) => originsOf(resource).filter(({ type }) => isAddress.has(type));
  const associations = stack.ofType(association).map((at) => ({ at, beside: besideNat(at.props, originsOf(at)) }));
  // An address has one place: who else depends on it, perhaps since it depends on a whole component, has another.
  const onNat = new Set(
    associations.flatMap(({ at, beside }) => {
      const [only, ...others] = beside.state === "not there" ? addressesOf(at) : [];
      return only === undefined || others.length > 0 ? [] : [only.urn];
    }),
  );
  const others = stack.ofType(containerGroup, ...zonedBalancers).map((at) => ({ at, beside: certain }));
  return [...associations, ...others].flatMap(({ at, beside }) => {
    const id = addressTaken(at);
    if (beside.state === "not there" || id.state === "absent") return [];
    const own = addressesOf(at).filter(({ urn }) => !onNat.has(urn));
    return [{ at, id, addresses: own, ...(beside.state === "undecided" ? { open: beside.path } : {}) }];
  });
}

const isAddress: ReadonlySet<string> = new Set(addresses);
const certain: Sought<true> = { state: "known", path: "", value: true };

/** As the provider decides: by the type, else by the id. While that is unknown, by what the association is made from. */
function besideNat(props: Props, origins: readonly Judged[]): Sought<true> {
  const type = props.text("instanceType");
  if (type.state !== "absent") return seek(type, (name) => (name === "Nat" ? undefined : true));
  const id = props.text("instanceId");
  const madeFrom = (wanted: string) => origins.some((origin) => origin.type === wanted);
  const isNat = id.state === "known" ? id.value.startsWith("ngw-") : madeFrom(natGateway) && !madeFrom(instance);
  return isNat ? { state: "not there" } : certain;
}

/** The id of the address that a resource binds; absent where it binds none. */
function addressTaken({ type, props }: Judged): Reading<unknown> {
  if (type === association) return props.text("allocationId");
  if (type === containerGroup) return props.text("eipInstanceId");
  const zones = props.maps("zoneMappings");
  if (zones.state !== "known") return zones;
  const ids = zones.value.map((zone) => (zone.state === "known" ? zone.value.text("allocationId") : zone));
  return ids.find(({ state }) => state !== "absent") ?? { state: "absent", path: zones.path };
}
