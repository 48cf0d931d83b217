import type { Value, ValueMap } from "../../../policies/reading.ts";
import type { Resource } from "../../../policies/rule.ts";
import { type Case, type RuleCases, resource, secret, unknown } from "../cases.ts";
import { hostNetworkCases } from "./host-network.ts";
import { icpCases } from "./icp.ts";
import { address, association, gateway, instance, onHost, server } from "./published.ts";

const host = (values: ValueMap) => [resource(instance, values)];
const nodePool = "alicloud:cs/nodePool:NodePool";
const out = "internetMaxBandwidthOut";

/** Every property that gives a host an address, one by one. */
const givers: readonly (readonly [type: string, values: ValueMap, path: string])[] = [
  [instance, { [out]: 1 }, out],
  [instance, { [out]: "25" }, out],
  [instance, { allocatePublicIp: true }, "allocatePublicIp"],
  ["alicloud:ecs/ecsInstanceSet:EcsInstanceSet", { [out]: 1 }, out],
  ["alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate", { [out]: 1 }, out],
  ["alicloud:ecs/launchTemplate:LaunchTemplate", { [out]: 1 }, out],
  ["alicloud:ess/scalingConfiguration:ScalingConfiguration", { [out]: 1 }, out],
  ["alicloud:ecs/ecsImagePipeline:EcsImagePipeline", { [out]: 1 }, out],
  [nodePool, { [out]: 1 }, out],
  [nodePool, { scalingConfig: { isBondEip: true } }, "scalingConfig.isBondEip"],
  ["alicloud:eci/containerGroup:ContainerGroup", { autoCreateEip: true }, "autoCreateEip"],
  ["alicloud:ess/eciScalingConfiguration:EciScalingConfiguration", { autoCreateEip: true }, "autoCreateEip"],
  ["alicloud:vpc/ipv6InternetBandwidth:Ipv6InternetBandwidth", { bandwidth: 1 }, "bandwidth"],
];

const noPublicIp: readonly Case[] = [
  { kind: "passes", name: "0 Mbit/s", resources: host({ [out]: 0 }), says: [] },
  { kind: "passes", name: "none allocated", resources: host({ allocatePublicIp: false }), says: [] },
  {
    kind: "passes",
    name: "a node pool without",
    resources: [resource(nodePool, { scalingConfig: { isBondEip: false } })],
    says: [],
  },
  ...givers.map(
    ([type, values, path]): Case => ({
      kind: type === instance ? "fails" : "twin",
      name: `${type.split(":").at(-1)}, ${path}`,
      resources: [resource(type, values)],
      says: [`violation ${path}: a public address`],
    }),
  ),
  {
    kind: "fails",
    name: "one does not hide the other",
    resources: host({ [out]: 5, allocatePublicIp: true }),
    says: [`violation ${out}: a public address`, "violation allocatePublicIp: a public address"],
  },
  {
    kind: "absent",
    name: "nothing said",
    resources: [...new Set(givers.map(([type]) => type))].map((type) => resource(type, {})),
    says: [],
  },
  { kind: "absent", name: "no flag in the map", resources: [resource(nodePool, { scalingConfig: {} })], says: [] },
  { kind: "unknown", name: "bandwidth", resources: host({ [out]: unknown }), says: [`undecided ${out}`] },
  {
    kind: "unknown",
    name: "the map that the flag is in",
    resources: [resource(nodePool, { scalingConfig: unknown })],
    says: ["undecided scalingConfig"],
  },
  {
    kind: "secret",
    name: "a secret",
    resources: host({ allocatePublicIp: secret }),
    says: ["undecided allocatePublicIp"],
  },
  { kind: "wrong", name: "a word", resources: host({ [out]: "plenty" }), says: [`violation ${out}: a text`] },
  {
    kind: "wrong",
    name: "a number for a flag",
    resources: host({ allocatePublicIp: 1 }),
    says: ["violation allocatePublicIp: a number"],
  },
];

const bandwidth = (Mbps: Value, type?: string) => [address({ bandwidth: Mbps }, { type })];
const tooMuch = "advice bandwidth: more bandwidth than the settings allow";
const nobody = "violation tags.approved-by: an address that nobody approved";
const outside = "advice allocationId: an address from outside the stack";

/** An address on a NAT gateway, as a component makes both. */
const nat = (values: ValueMap = { instanceType: "Nat" }, ...more: readonly Resource[]) => {
  const one = address({}, { name: "nat-address" });
  return [one, gateway, association(values, [one, gateway, ...more], "on-nat")];
};

/** Two balancers that take an address in a zone, and container groups: the other ways to bind one. */
const binders: readonly (readonly [type: string, (id: Value) => ValueMap, path: string])[] = [
  [
    "alicloud:alb/loadBalancer:LoadBalancer",
    (id) => ({ zoneMappings: [{ zoneId: "a" }, { allocationId: id }] }),
    "zoneMappings[1].allocationId",
  ],
  [
    "alicloud:nlb/loadBalancer:LoadBalancer",
    (id) => ({ zoneMappings: [{ allocationId: id }] }),
    "zoneMappings[0].allocationId",
  ],
  ["alicloud:eci/containerGroup:ContainerGroup", (id) => ({ eipInstanceId: id }), "eipInstanceId"],
];

const eipApproved: readonly Case[] = [
  { kind: "passes", name: "as much as the settings allow", resources: bandwidth("200"), says: [] },
  { kind: "fails", name: "a little more", resources: bandwidth("201"), says: [tooMuch] },
  {
    kind: "fails",
    name: "more than own settings allow; advice in mlps-3 too",
    resources: bandwidth(11),
    settings: { addresses: { Mbps: 10 } },
    profile: "mlps-3",
    says: [tooMuch],
  },
  {
    kind: "absent",
    name: "5 Mbit/s are meant",
    resources: [address({})],
    settings: { addresses: { Mbps: 5 } },
    says: [],
  },
  {
    kind: "absent",
    name: "5 Mbit/s are meant, and too much",
    resources: [address({})],
    settings: { addresses: { Mbps: 4 } },
    says: ["advice bandwidth: the default, 5 Mbit/s"],
  },
  ...["ecs/eip:Eip", "ecs/eipSegmentAddress:EipSegmentAddress", "vpc/commonBandwithPackage:CommonBandwithPackage"].map(
    (type): Case => ({
      kind: "twin",
      name: `bandwidth of ${type}`,
      resources: bandwidth("500", `alicloud:${type}`),
      says: [tooMuch],
    }),
  ),
  { kind: "unknown", name: "bandwidth", resources: bandwidth(unknown), says: ["undecided bandwidth"] },
  { kind: "secret", name: "bandwidth", resources: bandwidth(secret), says: ["undecided bandwidth"] },
  { kind: "wrong", name: "bandwidth", resources: bandwidth("wide"), says: ["advice bandwidth: a text"] },

  { kind: "passes", name: "bound to nothing", resources: [address({})], says: [] },
  { kind: "passes", name: "on a NAT gateway", resources: nat(), says: [] },
  {
    kind: "passes",
    name: "no type is said, and it is made from a gateway",
    resources: nat({}),
    says: [],
  },
  {
    kind: "passes",
    name: "no type is said, and the id is a gateway's",
    resources: [...nat({ instanceId: "ngw-1" }, server), server],
    says: [],
  },
  { kind: "passes", name: "approved", resources: onHost({ tags: { "approved-by": "a person" } }), says: [] },
  {
    kind: "passes",
    name: "approved by a tag of one's own",
    resources: onHost({ tags: { ticket: "42" } }),
    settings: { addresses: { tag: "ticket" } },
    says: [],
  },
  {
    kind: "passes",
    name: "depends on a component with a gateway's address too",
    resources: (() => {
      const [other, ...gatewayAndAssociation] = nat();
      const one = address({ tags: { "approved-by": "a person" } });
      const dependsOn = [one, server, ...(other === undefined ? [] : [other])];
      const bound = association({ instanceType: "EcsInstance" }, dependsOn);
      return [one, server, ...(other === undefined ? [] : [other]), ...gatewayAndAssociation, bound];
    })(),
    says: [],
  },
  { kind: "fails", name: "on a host", resources: onHost({}), says: [nobody] },
  { kind: "fails", name: "on a host, no type said", resources: onHost({}, {}), says: [nobody] },
  { kind: "fails", name: "on a host, its id said", resources: onHost({}, { instanceId: "i-1" }), says: [nobody] },
  { kind: "fails", name: "on a balancer", resources: onHost({}, { instanceType: "SlbInstance" }), says: [nobody] },
  {
    kind: "fails",
    name: "on a host that is made after the gateway",
    resources: [gateway, ...onHost({}, {}, gateway)],
    says: [nobody],
  },
  {
    kind: "fails",
    name: "two that a gateway's association may mean: neither is the gateway's for certain",
    resources: (() => {
      const [a, b] = [address({}, { name: "a" }), address({}, { name: "b" })];
      return [
        a,
        b,
        gateway,
        association({ instanceType: "Nat" }, [a, b, gateway]),
        association({}, [a, server], "two"),
        server,
      ];
    })(),
    says: [nobody],
  },
  {
    kind: "fails",
    name: "on a host, made after what the rule does not look at",
    resources: (() => {
      const network = resource("alicloud:vpc/network:Network", {});
      return [network, ...onHost({}, {}, network)];
    })(),
    says: [nobody],
  },
  {
    kind: "fails",
    name: "a tag without a name",
    resources: onHost({ tags: { "approved-by": " " } }),
    says: ["violation tags.approved-by: a tag without a name"],
  },
  {
    kind: "fails",
    name: "from outside the stack",
    resources: [association({ allocationId: "eip-1" }, [server]), server],
    says: [outside],
  },
  {
    kind: "twin",
    name: "the older type, on a host",
    resources: onHost({}, {}, undefined, "alicloud:ecs/eip:Eip"),
    says: [nobody],
  },
  ...binders.flatMap(([type, values, path]): readonly Case[] => {
    const one = address({});
    return [
      {
        kind: "twin",
        name: `${type} with an address`,
        resources: [one, resource(type, values(unknown), { dependsOn: [one] })],
        says: [nobody],
      },
      {
        kind: "twin",
        name: `${type} with one from outside`,
        resources: [resource(type, values("eip-1"))],
        says: [`advice ${path}: an address from outside the stack`],
      },
      {
        kind: "twin",
        name: `${type} without`,
        resources: [one, resource(type, {}, { dependsOn: [one] })],
        says: [],
      },
    ];
  }),
  {
    kind: "absent",
    name: "an address that is not said, in no zone and in one",
    resources: [
      association({ allocationId: "" }, [server]),
      server,
      resource("alicloud:nlb/loadBalancer:LoadBalancer", { zoneMappings: [] }),
      resource("alicloud:alb/loadBalancer:LoadBalancer", { zoneMappings: [{}] }),
    ],
    says: [],
  },
  {
    kind: "unknown",
    name: "what it serves",
    resources: onHost({}, { instanceType: unknown }),
    says: ["undecided instanceType"],
  },
  {
    kind: "unknown",
    name: "approved, whatever it serves",
    resources: onHost({ tags: { "approved-by": "a person" } }, { instanceType: unknown }),
    says: [],
  },
  { kind: "unknown", name: "tags", resources: onHost({ tags: unknown }), says: ["undecided tags"] },
  {
    kind: "unknown",
    name: "the tag's value: somebody stands there",
    resources: onHost({ tags: { "approved-by": unknown } }),
    says: [],
  },
  {
    kind: "unknown",
    name: "which address",
    resources: [association({}, [server]), server],
    says: ["undecided allocationId"],
  },
  {
    kind: "unknown",
    name: "a zone of a balancer, and all of them",
    resources: [
      resource("alicloud:nlb/loadBalancer:LoadBalancer", { zoneMappings: [unknown] }),
      resource("alicloud:alb/loadBalancer:LoadBalancer", { zoneMappings: unknown }),
    ],
    says: ["undecided zoneMappings[0]", "undecided zoneMappings"],
  },
  { kind: "secret", name: "the tag's value", resources: onHost({ tags: { "approved-by": secret } }), says: [] },
  { kind: "wrong", name: "tags", resources: onHost({ tags: "me" }), says: ["violation tags: a text"] },
  {
    kind: "wrong",
    name: "a tag",
    resources: onHost({ tags: { "approved-by": 5 } }),
    says: ["violation tags.approved-by: a number"],
  },
  { kind: "wrong", name: "what it serves", resources: onHost({}, { instanceType: 5 }), says: [nobody] },
];

export const addressCases: readonly RuleCases[] = [
  icpCases,
  { rule: "cn-ecs-no-public-ip", cases: noPublicIp },
  { rule: "cn-eip-approved", cases: eipApproved },
  hostNetworkCases,
];
