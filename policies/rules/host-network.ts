import { mlps } from "../clauses.ts";
import { demand, violation } from "../demand.ts";
import { eachOf, instance, instanceSet, launchTemplates, scalingConfiguration } from "../host-types.ts";
import type { Props, Reading } from "../reading.ts";
import type { Finding, ResourceRule } from "../rule.ts";

const scalingGroup = "alicloud:ess/scalingGroup:ScalingGroup";

/** One of several properties is enough; the first is the one to name when there is none. */
type Alternatives = (props: Props) => readonly Reading<unknown>[];

const templateNetwork: Alternatives = (props) => [props.text("vswitchId"), inInterface(props, "vswitchId")];
const templateGroups: Alternatives = (props) => [
  filled(props.texts("securityGroupIds")),
  props.text("securityGroupId"),
  inInterface(props, "securityGroupId"),
];

function inInterface(props: Props, name: string): Reading<unknown> {
  const one = props.map("networkInterfaces");
  return one.state === "known" ? one.value.text(name) : one;
}

/** Where a type says in which vSwitch its hosts stand. A network interface stands in one. */
const networks: Readonly<Record<string, Alternatives>> = {
  [instance]: (props) => [props.text("vswitchId"), props.text("networkInterfaceId"), props.map("networkInterfaces")],
  [instanceSet]: (props) => [props.text("vswitchId"), filled(props.maps("networkInterfaces"))],
  // Made after an existing instance, a group stands where that does.
  [scalingGroup]: (props) => [filled(props.texts("vswitchIds")), props.text("vswitchId"), props.text("instanceId")],
  ...Object.fromEntries(launchTemplates.map((type) => [type, templateNetwork])),
};

/** Where a type names the security groups of its hosts. A network interface that exists has its own. */
const groups: Readonly<Record<string, Alternatives>> = {
  [instance]: (props) => [filled(props.texts("securityGroups")), props.text("networkInterfaceId")],
  [instanceSet]: (props) => [filled(props.texts("securityGroupIds"))],
  [scalingConfiguration]: (props) => [
    filled(props.texts("securityGroupIds")),
    props.text("securityGroupId"),
    filled(props.maps("networkInterfaces")),
  ],
  ...Object.fromEntries(launchTemplates.map((type) => [type, templateGroups])),
};

const isTemplate: ReadonlySet<string> = new Set(launchTemplates);
const template = ["launchTemplateId", "launchTemplateName"] as const;

export const hostsInVpc: ResourceRule = {
  id: "cn-ecs-vpc",
  title: "Hosts in a VPC, with a security group",
  description:
    "Each host stands in a vSwitch of a VPC, never in the classic network that all tenants share, and has a security group. What a launch template leaves out is advice only: who uses it may say it.",
  severity: "medium",
  clause: mlps("8.1.2.1", "network architecture: hosts stand in zones that are kept apart"),
  tags: [
    "cis:3.1",
    "cloud-config:ecs-instances-in-vpc",
    "cloud-config:ecs-running-instances-in-vpc",
    "cloud-config:ecs-instance-attached-security-group",
    "cloud-config:ecs-launch-template-network-type-check",
    "cloud-config:ecs-launch-template-version-attach-security-group",
  ],
  source: { source: "InfraGuard 0.10, rule ecs-instances-in-vpc (MLPS level 3 pack)", observedAt: "2026-06" },
  fix: "the stack puts each group into the vSwitches of china:network; in another program: vswitchId and securityGroups on the instance (vswitchIds on a scaling group), also where a launch template names them",
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: {
    [instance]: ["vswitchId", "networkInterfaceId", "networkInterfaces", "securityGroups", ...template],
    [instanceSet]: ["vswitchId", "networkInterfaces", "securityGroupIds", ...template],
    [scalingGroup]: ["vswitchIds", "vswitchId", "instanceId"],
    [scalingConfiguration]: ["securityGroupIds", "securityGroupId", "networkInterfaces"],
    ...eachOf(launchTemplates, [
      "networkType",
      "vswitchId",
      "securityGroupIds",
      "securityGroupId",
      "networkInterfaces",
      "networkInterfaces.vswitchId",
      "networkInterfaces.securityGroupId",
    ]),
  },
  *check({ type, props }) {
    // A launch template may bring both; those of the stack are judged themselves.
    if ((type === instance || type === instanceSet) && template.some((name) => props.has(name))) return;
    if (isTemplate.has(type)) {
      yield* demand(props.text("networkType"), (network) => network.toLowerCase() !== "classic", {
        found: "the classic network",
        wanted: "vpc",
      });
    }
    // What a template leaves out, who uses it may say.
    const level = isTemplate.has(type) ? "advisory" : undefined;
    yield* oneOf(networks[type]?.(props) ?? [], { absent: "no vSwitch", wanted: "a vSwitch of a VPC", level });
    yield* oneOf(groups[type]?.(props) ?? [], { absent: "no security group", wanted: "a security group", level });
  },
};

interface Words {
  readonly absent: string;
  readonly wanted: string;
  readonly level: "advisory" | undefined;
}

/** Demands one of several properties; which id may be unknown. */
function* oneOf(several: readonly Reading<unknown>[], { absent, wanted, level }: Words): Generator<Finding> {
  const first = (...states: readonly Reading<unknown>["state"][]) =>
    several.find(({ state }) => states.includes(state));
  if (first("known", "undecided") !== undefined) return;
  const missing = first("wrong") ?? first("absent");
  if (missing === undefined) return;
  if (missing.state === "wrong") yield violation(missing.path, missing.found, wanted);
  else yield violation(missing.path, absent, wanted, level);
}

/** The first element of a list where something stands; absent for an empty list. */
function filled<T>(list: Reading<readonly Reading<T>[]>): Reading<unknown> {
  if (list.state !== "known") return list;
  return list.value.find(({ state }) => state !== "absent") ?? { state: "absent", path: list.path };
}
