import { mlps } from "../clauses.ts";
import { refuse } from "../conditions.ts";
import { about, demand, undecided, violation } from "../demand.ts";
import {
  addresses,
  addressTaken,
  association,
  originsIn,
  readsOfAssociations,
  readsOfBindings,
  servesMore,
} from "../elastic-addresses.ts";
import { eachOf } from "../host-types.ts";
import { ownAddresses, readsOfOwnAddresses } from "../public-addresses.ts";
import type { Finding, Judged, Reads, ResourceRule, Stack, StackRule } from "../rule.ts";
import { tagOf } from "../tag-of.ts";
import { hostsInVpc } from "./host-network.ts";
import { icpNeeded } from "./icp.ts";

const noPublicIp: ResourceRule = {
  id: "cn-ecs-no-public-ip",
  title: "Hosts without a public address",
  description:
    "No host gets a public address when it is made, from a launch template, a scaling configuration or a node pool either, and no IPv6 address is opened to the internet. Hosts go out through a NAT gateway; what must be reached from outside stands behind an address that somebody approved (cn-eip-approved).",
  severity: "high",
  clause: mlps("8.1.3.1", "boundary protection: traffic crosses the boundary where it is controlled"),
  tags: ["cloud-config:ecs-instance-no-public-ip", "cloud-config:ecs-running-instance-no-public-ip"],
  source: { source: "InfraGuard 0.10, rule ecs-instance-no-public-ip (MLPS level 3 pack)", observedAt: "2026-06" },
  fix: "china:hosts.<group>: write `publicAddress: none`, and `wayOut: nat` in china:network for hosts that go out; in another program: internetMaxBandwidthOut: 0, no allocatePublicIp, autoCreateEip or isBondEip, no Ipv6InternetBandwidth",
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: readsOfOwnAddresses,
  *check(resource) {
    for (const address of ownAddresses(resource)) {
      yield* refuse(address.state === "known" ? { ...address, value: { found: "a public address" } } : address, "none");
    }
  },
};

const segment = "alicloud:ecs/eipSegmentAddress:EipSegmentAddress";
const sharedBandwidth = "alicloud:vpc/commonBandwithPackage:CommonBandwithPackage";
const withBandwidth = [...addresses, segment, sharedBandwidth] as const;

/** Mbit/s, where nothing is said; comments of the SDK (3.108.0) and of the API. A shared bandwidth must say it. */
const defaultMbps = 5;

const eipApproved: StackRule = {
  id: "cn-eip-approved",
  title: "Public addresses that somebody approved",
  description:
    "An elastic IP address that serves anything but a NAT gateway carries a tag that says who approved it. No address has, or shares, more bandwidth than the settings allow: it bounds what an attack costs and what can leave.",
  severity: "medium",
  clause: mlps("8.1.3.1", "boundary protection: traffic crosses the boundary where it is controlled"),
  tags: [],
  source: { source: "GB/T 22239-2019, 8.1.3.1 and 8.1.2.1", observedAt: "2026-08", confidence: "unverified" },
  fix: "the stack binds its address to the NAT gateway alone, and china:network.wayOut sets Mbps; in another program: the tag approved-by (china:policies.addresses.tag) on the EipAddress, and a smaller bandwidth (in place), or a NAT gateway instead",
  // The boundary is what level 3 is about; the bandwidth stays advice.
  levels: { baseline: "advisory", "mlps-3": "mandatory" },
  reads: join(
    eachOf(addresses, ["bandwidth", "tags"]),
    eachOf([segment, sharedBandwidth], ["bandwidth"]),
    readsOfAssociations,
    readsOfBindings,
  ),
  *checkStack(stack, { settings: { addresses: limits } }) {
    for (const { urn, props } of stack.ofType(...withBandwidth)) {
      yield* on(urn, bandwidthWithin(props, limits.Mbps));
    }
    yield* approvals(stack, limits.tag);
  },
};

function* bandwidthWithin(props: Judged["props"], Mbps: number): Generator<Finding> {
  yield* demand(props.number("bandwidth"), (value) => value <= Mbps, {
    found: "more bandwidth than the settings allow",
    wanted: `${Mbps} Mbit/s or less`,
    ...(defaultMbps > Mbps ? { absent: `the default, ${defaultMbps} Mbit/s` } : {}),
    level: "advisory",
  });
}

function* approvals(stack: Stack, tag: string): Generator<Finding> {
  const originsOf = originsIn(stack);
  const addressesOf = (resource: Judged) => originsOf(resource).filter(({ type }) => isAddress(type));
  const associations = stack.ofType(association).map((one) => ({ one, serves: servesMore(one, originsOf(one)) }));
  // An address has one place: whatever else names it in its dependencies, perhaps by a component, has another.
  const onNat = new Set(
    associations.flatMap(({ one, serves }) => {
      const [first, ...others] = serves.state === "not there" ? addressesOf(one) : [];
      return first === undefined || others.length > 0 ? [] : [first.urn];
    }),
  );
  const others = stack.ofType(...Object.keys(readsOfBindings).filter((type) => type !== association));
  const bindings = [...associations, ...others.map((one) => ({ one, serves: there }))];
  for (const { one, serves } of bindings) {
    const taken = addressTaken(one);
    if (serves.state === "not there" || taken.state === "absent") continue;
    const own = addressesOf(one).filter(({ urn }) => !onNat.has(urn));
    const findings =
      own.length > 0
        ? own.flatMap(({ urn, props }) => [...on(urn, approved(props, tag))])
        : [about(one.urn, violation(taken.path, "an address from outside the stack", "one of the stack, approved"))];
    if (serves.state !== "undecided") yield* findings;
    else if (findings.length > 0) yield about(one.urn, undecided(serves.path));
  }
}
