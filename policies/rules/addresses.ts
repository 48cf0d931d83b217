import { mlps } from "../clauses.ts";
import { refuse } from "../conditions.ts";
import { about, demand, undecided, violation } from "../demand.ts";
import { addresses, bindingsIn, readsOfBindings } from "../elastic-addresses.ts";
import { eachOf } from "../host-types.ts";
import { ownAddresses, readsOfOwnAddresses } from "../public-addresses.ts";
import type { Props } from "../reading.ts";
import { together } from "../reads.ts";
import type { Finding, ResourceRule, Stack, StackRule } from "../rule.ts";
import { tagOf } from "../tag-of.ts";
import { hostsInVpc } from "./host-network.ts";
import { icpNeeded } from "./icp.ts";

const boundary = mlps("8.1.3.1", "boundary protection: traffic crosses the boundary where it is controlled");

const noPublicIp: ResourceRule = {
  id: "cn-ecs-no-public-ip",
  title: "Hosts without a public address",
  description:
    "No host gets a public address when it is made, by a launch template, a scaling configuration or a node pool neither, and no IPv6 address is opened to the internet. Hosts go out through a NAT gateway; what must be reached from outside has an address that somebody approved (cn-eip-approved).",
  severity: "high",
  clause: boundary,
  tags: ["cloud-config:ecs-instance-no-public-ip", "cloud-config:ecs-running-instance-no-public-ip"],
  source: { source: "InfraGuard 0.10, rule ecs-instance-no-public-ip (MLPS level 3 pack)", observedAt: "2026-06" },
  fix: "china:hosts.<group>: write `publicAddress: none`, and `wayOut: nat` in china:network for hosts that go out; in another program: internetMaxBandwidthOut: 0, no allocatePublicIp, autoCreateEip or isBondEip, no Ipv6InternetBandwidth",
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: readsOfOwnAddresses,
  *check(resource) {
    for (const address of ownAddresses(resource)) {
      const found = address.state === "known" ? { ...address, value: { found: "a public address" } } : address;
      yield* refuse(found, "none");
    }
  },
};

const segment = "alicloud:ecs/eipSegmentAddress:EipSegmentAddress";
const sharedBandwidth = "alicloud:vpc/commonBandwithPackage:CommonBandwithPackage";
const withBandwidth = [...addresses, segment, sharedBandwidth] as const;

/** Mbit/s of an address that says nothing (comments of the SDK, 3.108.0). A shared bandwidth has to say it. */
const defaultMbps = 5;

const eipApproved: StackRule = {
  id: "cn-eip-approved",
  title: "Public addresses that somebody approved",
  description:
    "An elastic IP address that serves anything but a NAT gateway has a tag that says who approved it. No address has, or shares, more bandwidth than the settings allow: it bounds what an attack costs and how fast data can leave.",
  severity: "medium",
  clause: boundary,
  tags: [],
  source: { source: "GB/T 22239-2019, 8.1.3.1 and 8.1.2.1", observedAt: "2026-08", confidence: "unverified" },
  fix: "the stack's own address is the NAT gateway's, at 100 Mbit/s; in another program: the tag of china:policies.addresses.tag on the EipAddress, a smaller bandwidth (both in place), or a NAT gateway instead",
  // The boundary is what level 3 is about; the bandwidth stays advice.
  levels: { baseline: "advisory", "mlps-3": "mandatory" },
  reads: together(readsOfBindings, eachOf(addresses, ["tags"]), eachOf(withBandwidth, ["bandwidth"])),
  *checkStack(stack, { settings: { addresses: limits } }) {
    for (const { urn, props } of stack.ofType(...withBandwidth)) yield* on(urn, bandwidth(props, limits.Mbps));
    yield* approvals(stack, limits.tag);
  },
};

function* on(urn: string, findings: Iterable<Finding>): Generator<Finding> {
  for (const finding of findings) yield about(urn, finding);
}

function* bandwidth(props: Props, most: number): Generator<Finding> {
  yield* demand(props.number("bandwidth"), (Mbps) => Mbps <= most, {
    found: "more bandwidth than the settings allow",
    wanted: `${most} Mbit/s or less`,
    ...(defaultMbps > most ? { absent: `the default, ${defaultMbps} Mbit/s` } : {}),
    level: "advisory",
  });
}

function* approvals(stack: Stack, tag: string): Generator<Finding> {
  for (const { at, id, addresses: own, open } of bindingsIn(stack)) {
    const outside =
      id.state === "undecided"
        ? undecided(id.path)
        : violation(id.path, "an address from outside the stack", "an address of the stack, with the tag", "advisory");
    const findings =
      own.length === 0 ? [about(at.urn, outside)] : own.flatMap(({ urn, props }) => [...on(urn, approval(props, tag))]);
    if (open === undefined) yield* findings;
    else if (findings.length > 0) yield about(at.urn, undecided(open));
  }
}

function* approval(props: Props, tag: string): Generator<Finding> {
  const approver = tagOf(props, tag);
  // Any name will do, and one stands there.
  if (approver.state === "undecided" && approver.path !== "tags") return;
  yield* demand(approver, (name) => name.trim() !== "", {
    found: "a tag without a name",
    absent: "an address that nobody approved",
    wanted: `the tag ${tag} with who approved it`,
  });
}

export const addressRules = [icpNeeded, noPublicIp, eipApproved, hostsInVpc] as const;
