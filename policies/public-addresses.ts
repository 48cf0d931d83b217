import { type Sought, seek } from "./conditions.ts";
import { instance, instanceSet, launchTemplates, scalingConfiguration } from "./host-types.ts";
import type { Props, Reading } from "./reading.ts";
import type { Judged, Reads } from "./rule.ts";

/** A property that gives a host an address of the internet. */
interface Giver {
  readonly reads: readonly string[];
  readonly gives: (props: Props) => Reading<true> | { readonly state: "not there" };
}

/** More than 0 Mbit/s. */
const bandwidth = (name: string): Giver => ({
  reads: [name],
  gives: (props) => seek(props.number(name), (Mbps) => (Mbps === 0 ? undefined : true)),
});

const flag = (name: string): Giver => ({
  reads: [name],
  gives: (props) => seek(props.flag(name), (on) => (on ? true : undefined)),
});

const inMap = (outer: string, { reads, gives }: Giver): Giver => ({
  reads: [outer, ...reads.map((name) => `${outer}.${name}`)],
  gives: (props) => {
    const map = props.map(outer);
    return map.state === "known" ? gives(map.value) : map;
  },
});

export const containerGroup = "alicloud:eci/containerGroup:ContainerGroup";
/** What an IPv6 address gets to be reached from the internet; it takes no tags. */
export const ipv6Bandwidth = "alicloud:vpc/ipv6InternetBandwidth:Ipv6InternetBandwidth";

const out = bandwidth("internetMaxBandwidthOut");

const givers: Readonly<Record<string, readonly Giver[]>> = {
  // The provider (1.285) sends allocatePublicIp nowhere; it says what somebody wants all the same.
  [instance]: [out, flag("allocatePublicIp")],
  [instanceSet]: [out],
  ...Object.fromEntries(launchTemplates.map((type) => [type, [out]])),
  [scalingConfiguration]: [out],
  "alicloud:ecs/ecsImagePipeline:EcsImagePipeline": [out],
  "alicloud:cs/nodePool:NodePool": [out, inMap("scalingConfig", flag("isBondEip"))],
  [containerGroup]: [flag("autoCreateEip")],
  "alicloud:ess/eciScalingConfiguration:EciScalingConfiguration": [flag("autoCreateEip")],
  [ipv6Bandwidth]: [bandwidth("bandwidth")],
};

/** What a rule reads that asks for addresses of the hosts' own. */
export const readsOfOwnAddresses: Reads = Object.fromEntries(
  Object.entries(givers).map(([type, of]) => [type, of.flatMap(({ reads }) => reads)]),
);

/** Each property by which a resource may give its host an address; nothing said, none given. */
export function ownAddresses({ type, props }: Pick<Judged, "type" | "props">): readonly Sought<true>[] {
  return (givers[type] ?? []).map(({ gives }) => {
    const given = gives(props);
    return given.state === "absent" ? { state: "not there" } : given;
  });
}
