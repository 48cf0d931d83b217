import type { Value, ValueMap } from "../../../policies/reading.ts";
import type { Resource } from "../../../policies/rule.ts";
import { type Case, type RuleCases, resource, secret, unknown } from "../cases.ts";
import { edgeGroup, ingress, simpleServer } from "./firewalls.ts";
import { address, association, gateway, instance, onHost, server } from "./published.ts";

const number = "沪ICP备2021000001号-1";
const noNumber = "violation : web ports open to the internet, and no ICP number";
const shapeless = (path: string) => `violation ${path}: no ICP number`;

const world = (portRange: string) => ingress({ portRange, cidrIp: "0.0.0.0/0" });
const letsIn = (values: ValueMap, name: string) =>
  resource(
    "alicloud:ecs/securityGroupRule:SecurityGroupRule",
    { type: "ingress", ipProtocol: "tcp", portRange: "443/443", cidrIp: "0.0.0.0/0", ...values },
    { name },
  );
const host = (values: ValueMap = {}, dependsOn: readonly Resource[] = []) =>
  resource(instance, { internetMaxBandwidthOut: 5, ...values }, { name: "host", dependsOn });
const web = world("443/443");
const tagged = (tag: Value): ValueMap => ({ tags: { "icp-number": tag } });

const nat = (() => {
  const one = address({});
  return [one, gateway, association({ instanceType: "Nat" }, [one, gateway])];
})();

const balancers: readonly (readonly [balancer: string, facing: string, listener: string, port: string])[] = [
  ["slb/loadBalancer:LoadBalancer", "internet", "slb/listener:Listener", "frontendPort"],
  ["slb/applicationLoadBalancer:ApplicationLoadBalancer", "internet", "slb/listener:Listener", "frontendPort"],
  ["alb/loadBalancer:LoadBalancer", "Internet", "alb/listener:Listener", "listenerPort"],
  ["nlb/loadBalancer:LoadBalancer", "Internet", "nlb/listener:Listener", "listenerPort"],
];

/** A balancer and its listener. */
const balanced = (
  [balancer, , listener, property]: (typeof balancers)[number],
  values: ValueMap,
  port: Value = 443,
): readonly [Resource, Resource] => {
  const one = resource(`alicloud:${balancer}`, values, { name: "balancer" });
  return [one, resource(`alicloud:${listener}`, { [property]: port }, { name: "listener", dependsOn: [one] })];
};

const ofBalancers = balancers.flatMap((kind): readonly Case[] => {
  const [type, facing] = kind;
  return [
    {
      kind: "twin",
      name: `${type} to the internet`,
      resources: balanced(kind, { addressType: facing }),
      says: [noNumber],
    },
    {
      kind: "passes",
      name: `${type} with a number in a tag`,
      resources: balanced(kind, { addressType: facing, ...tagged(number) }),
      says: ["attest icp-filing"],
    },
    {
      kind: "passes",
      name: `${type} inside, whatever groups let in`,
      resources: [...web, ...balanced(kind, { addressType: "intranet" })],
      says: [],
    },
    {
      kind: "passes",
      name: `${type} with another port`,
      resources: balanced(kind, { addressType: facing }, 8242),
      says: [],
    },
    {
      kind: "unknown",
      name: `${type}: its port`,
      resources: balanced(kind, { addressType: facing }, unknown),
      says: [`undecided ${kind[3]}`],
    },
    {
      kind: "unknown",
      name: `${type}: where it faces`,
      resources: balanced(kind, { addressType: unknown }),
      says: ["undecided addressType"],
    },
    {
      kind: "fails",
      name: `${type} inside, with an address bound to it`,
      resources: (() => {
        const [one, listener] = balanced(kind, { addressType: "intranet" });
        const eip = address({});
        return [one, listener, eip, association({ instanceType: "SlbInstance" }, [eip, one])];
      })(),
      says: [noNumber],
    },
  ];
});

/** Each type that may give a host an address; the list with every property is in the cases of cn-ecs-no-public-ip. */
const owners: readonly (readonly [type: string, values: ValueMap])[] = [
  ["ecs/ecsInstanceSet:EcsInstanceSet", { internetMaxBandwidthOut: 1 }],
  ["ecs/ecsLaunchTemplate:EcsLaunchTemplate", { internetMaxBandwidthOut: 1 }],
  ["ecs/launchTemplate:LaunchTemplate", { internetMaxBandwidthOut: 1 }],
  ["ess/scalingConfiguration:ScalingConfiguration", { internetMaxBandwidthOut: 1 }],
  ["ecs/ecsImagePipeline:EcsImagePipeline", { internetMaxBandwidthOut: 1 }],
  ["cs/nodePool:NodePool", { scalingConfig: { isBondEip: true } }],
  ["eci/containerGroup:ContainerGroup", { autoCreateEip: true }],
  ["eci/containerGroup:ContainerGroup", { eipInstanceId: "eip-1" }],
  ["ess/eciScalingConfiguration:EciScalingConfiguration", { autoCreateEip: true }],
  ["vpc/ipv6InternetBandwidth:Ipv6InternetBandwidth", { bandwidth: 1 }],
  ["vpc/forwardEntry:ForwardEntry", {}],
];

const cases: readonly Case[] = [
  ...["80/80", "443/443", "8080/8080", "8443/8443", "1/65535"].map(
    (ports): Case => ({
      kind: "fails",
      name: `ports ${ports}, a host with an address, no number`,
      resources: [...world(ports), host()],
      says: [noNumber],
    }),
  ),
  { kind: "fails", name: "an address bound to a host", resources: [...web, ...onHost({})], says: [noNumber] },
  { kind: "fails", name: "each address", resources: [...web, host(), ...onHost({})], says: [noNumber, noNumber] },
  {
    kind: "fails",
    name: "one rule that lets in decides, wherever it stands",
    resources: [letsIn({ cidrIp: unknown }, "first"), letsIn({}, "second"), host()],
    says: [noNumber],
  },
  {
    kind: "fails",
    name: "an address of one's own, made after a balancer",
    resources: [
      ...web,
      resource("alicloud:alb/loadBalancer:LoadBalancer", { addressType: "Intranet" }, { name: "balancer" }),
    ].concat(host({}, [resource("alicloud:alb/loadBalancer:LoadBalancer", {}, { name: "balancer" })])),
    says: [noNumber],
  },
  {
    kind: "fails",
    name: "the settings have no number",
    resources: [...web, host()],
    settings: { icpNumber: "later" },
    says: [shapeless("china:policies.icpNumber")],
  },
  {
    kind: "fails",
    name: "the tag has none, whatever the settings have",
    resources: [...web, host(tagged("later"))],
    settings: { icpNumber: number },
    says: [shapeless("tags.icp-number")],
  },
  {
    kind: "passes",
    name: "with a number in the settings only a person can say that it is real",
    resources: [...web, host()],
    settings: { icpNumber: number },
    says: ["attest icp-filing"],
  },
  {
    kind: "passes",
    name: "a number on the host",
    resources: [...web, host(tagged(number))],
    says: ["attest icp-filing"],
  },
  {
    kind: "passes",
    name: "a number on the address",
    resources: [...web, ...onHost(tagged(number))],
    says: ["attest icp-filing"],
  },
  {
    kind: "passes",
    name: "a number on the host that the address is bound to",
    resources: (() => {
      const one = address({});
      const to = host({ internetMaxBandwidthOut: 0, ...tagged(number) });
      return [...web, one, to, association({}, [one, to])];
    })(),
    says: ["attest icp-filing"],
  },
  {
    kind: "passes",
    name: "a number on the gateway that forwards",
    resources: (() => {
      const one = resource("alicloud:vpc/natGateway:NatGateway", tagged(number), { name: "gateway" });
      return [...web, one, resource("alicloud:vpc/forwardEntry:ForwardEntry", {}, { dependsOn: [one] })];
    })(),
    says: ["attest icp-filing"],
  },
  { kind: "passes", name: "no web port", resources: [...world("8786/8786"), host()], says: [] },
  {
    kind: "passes",
    name: "no port at all",
    resources: [...ingress({ ipProtocol: "icmp", cidrIp: "0.0.0.0/0" }), host()],
    says: [],
  },
  {
    kind: "passes",
    name: "from inside",
    resources: [...ingress({ portRange: "443/443", cidrIp: "10.0.0.0/8" }), host()],
    says: [],
  },
  {
    kind: "passes",
    name: "from an office",
    resources: [...ingress({ portRange: "443/443", cidrIp: "203.0.113.0/24" }), host()],
    says: [],
  },
  {
    kind: "fails",
    name: "from an office that is wider than the settings say",
    resources: [...ingress({ portRange: "443/443", cidrIp: "203.0.113.0/24" }), host()],
    settings: { ports: { widestSource: 25 } },
    says: [noNumber],
  },
  {
    kind: "passes",
    name: "dropped",
    resources: [...ingress({ portRange: "443/443", cidrIp: "0.0.0.0/0", policy: "drop" }), host()],
    says: [],
  },
  { kind: "passes", name: "no public address", resources: [...web, server], says: [] },
  { kind: "passes", name: "an address on a NAT gateway", resources: [...web, ...nat], says: [] },
  {
    kind: "passes",
    name: "a balancer that takes addresses in its zones, and lets nobody in",
    resources: [
      ...web,
      resource("alicloud:nlb/loadBalancer:LoadBalancer", {
        addressType: "Intranet",
        zoneMappings: [{ allocationId: "eip-1" }],
      }),
    ],
    says: [],
  },
  {
    kind: "passes",
    name: "a listener of another balancer",
    resources: [
      ...balanced(["alb/loadBalancer:LoadBalancer", "", "alb/listener:Listener", "listenerPort"], {
        addressType: "Intranet",
      }),
      resource("alicloud:alb/loadBalancer:LoadBalancer", { addressType: "Internet" }, { name: "other" }),
    ],
    says: [],
  },
  ...owners.map(
    ([type, values]): Case => ({
      kind: "twin",
      name: `${type} ${Object.keys(values).join()}`,
      resources: [...web, resource(`alicloud:${type}`, values)],
      says: [noNumber],
    }),
  ),
  {
    kind: "twin",
    name: "a simple server has an address",
    resources: [...simpleServer("Tcp", "80"), resource("alicloud:simpleapplicationserver/instance:Instance", {})],
    says: [noNumber],
  },
  {
    kind: "twin",
    name: "edge nodes",
    resources: [
      ...edgeGroup({
        direction: "ingress",
        ipProtocol: "tcp",
        portRange: "80/80",
        policy: "accept",
        sourceCidrIp: "0.0.0.0/0",
      }),
      host(),
    ],
    says: [noNumber],
  },
  {
    kind: "twin",
    name: "cloud desktops",
    resources: [
      resource("alicloud:eds/ecdPolicyGroup:EcdPolicyGroup", {
        authorizeSecurityPolicyRules: [
          { type: "inflow", ipProtocol: "tcp", portRange: "80/80", policy: "accept", cidrIp: "0.0.0.0/0" },
        ],
      }),
      host(),
    ],
    says: [noNumber],
  },
  {
    kind: "twin",
    name: "the older type of address",
    resources: [...web, ...onHost(tagged(number), {}, undefined, "alicloud:ecs/eip:Eip")],
    says: ["attest icp-filing"],
  },
  ...ofBalancers,
  {
    kind: "twin",
    name: "a network balancer with a range of ports",
    resources: balanced(
      ["nlb/loadBalancer:LoadBalancer", "", "nlb/listener:Listener", "listenerPort"],
      { addressType: "Internet" },
      0,
    ),
    says: [noNumber],
  },
  { kind: "absent", name: "no rule at all", resources: [host()], says: [] },
  {
    kind: "absent",
    name: "nothing said of the address",
    resources: [
      ...web,
      resource(instance, {}),
      ...balanced(["alb/loadBalancer:LoadBalancer", "", "alb/listener:Listener", "listenerPort"], {}),
    ],
    says: [],
  },
  {
    kind: "absent",
    name: "a classic balancer faces the internet",
    resources: balanced(["slb/loadBalancer:LoadBalancer", "", "slb/listener:Listener", "frontendPort"], {}),
    says: [noNumber],
  },
  {
    kind: "absent",
    name: "but not in a vSwitch",
    resources: balanced(["slb/loadBalancer:LoadBalancer", "", "slb/listener:Listener", "frontendPort"], {
      vswitchId: unknown,
    }),
    says: [],
  },
  {
    kind: "unknown",
    name: "where from",
    resources: [...ingress({ portRange: "443/443", cidrIp: unknown }), host(tagged(number))],
    says: ["undecided cidrIp"],
  },
  {
    kind: "unknown",
    name: "the rules of edge nodes",
    resources: [resource("alicloud:ens/securityGroup:SecurityGroup", { permissions: unknown }), host()],
    says: ["undecided permissions"],
  },
  {
    kind: "unknown",
    name: "whether there is an address",
    resources: [...web, host({ internetMaxBandwidthOut: unknown })],
    says: ["undecided internetMaxBandwidthOut"],
  },
  {
    kind: "unknown",
    name: "what the address serves",
    resources: [...web, ...onHost({}, { instanceType: unknown })],
    says: ["undecided instanceType"],
  },
  { kind: "unknown", name: "tags", resources: [...web, host({ tags: unknown })], says: ["undecided tags"] },
  {
    kind: "unknown",
    name: "tags, and the settings have a number",
    resources: [...web, host({ tags: unknown })],
    settings: { icpNumber: number },
    says: ["attest icp-filing"],
  },
  {
    kind: "secret",
    name: "where from",
    resources: [...ingress({ portRange: "443/443", cidrIp: secret }), host()],
    says: ["undecided cidrIp"],
  },
  {
    kind: "secret",
    name: "the number",
    resources: [...web, host(tagged(secret))],
    says: ["undecided tags.icp-number"],
  },
  {
    kind: "wrong",
    name: "what makes no sense is left to the rules of ports and addresses",
    resources: [
      letsIn({ cidrIp: "anywhere" }, "range"),
      letsIn({ portRange: 443 }, "ports"),
      resource("alicloud:ens/securityGroup:SecurityGroup", { permissions: 5 }),
      host(),
    ],
    says: [],
  },
  {
    kind: "absent",
    name: "nobody is named: in a preview the engine leaves out a group that is not made yet",
    resources: [...ingress({ portRange: "443/443" }), host()],
    says: [],
  },
  {
    kind: "wrong",
    name: "nonsense hides nothing that is unknown",
    resources: [...ingress({ portRange: "443/443", cidrIp: "anywhere", ipv6CidrIp: unknown }), host()],
    says: ["undecided ipv6CidrIp"],
  },
  { kind: "wrong", name: "a bandwidth", resources: [...web, host({ internetMaxBandwidthOut: "plenty" })], says: [] },
  {
    kind: "wrong",
    name: "the number",
    resources: [...web, host(tagged(5))],
    settings: { icpNumber: number },
    says: ["violation tags.icp-number: a number"],
  },
];

export const icpCases: RuleCases = { rule: "cn-icp-needed", cases };
