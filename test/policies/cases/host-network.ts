import type { ValueMap } from "../../../policies/reading.ts";
import { type Case, type RuleCases, resource, secret, unknown } from "../cases.ts";
import { instance } from "./published.ts";

const set = "alicloud:ecs/ecsInstanceSet:EcsInstanceSet";
const scaling = "alicloud:ess/scalingConfiguration:ScalingConfiguration";
const scalingGroup = "alicloud:ess/scalingGroup:ScalingGroup";
const templates = ["alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate", "alicloud:ecs/launchTemplate:LaunchTemplate"];

type Shown = Omit<Case, "resources">;
const of =
  (type: string) =>
  (values: ValueMap, shown: Shown): Case => ({
    ...shown,
    name: `${type.split(":").at(-1)}: ${shown.name}`,
    resources: [resource(type, values)],
  });

const host = of(instance);
const setOf = of(set);
const configuration = of(scaling);
const group = of(scalingGroup);

const inVpc = { vswitchId: "vsw-1" };
const noSwitch = "violation vswitchId: no vSwitch";

const cases: readonly Case[] = [
  host({ ...inVpc, securityGroups: ["sg-1"] }, { kind: "passes", name: "a vSwitch and a group", says: [] }),
  host(
    { networkInterfaceId: "eni-1" },
    { kind: "passes", name: "an interface, which has groups of its own", says: [] },
  ),
  host(
    { networkInterfaces: { vswitchId: "vsw-1" }, securityGroups: "sg-1" },
    { kind: "passes", name: "a second interface, and one group as text", says: [] },
  ),
  host({ launchTemplateId: "lt-1" }, { kind: "passes", name: "from a launch template", says: [] }),
  host({ launchTemplateName: "lt" }, { kind: "passes", name: "from a launch template, by name", says: [] }),
  setOf({ ...inVpc, securityGroupIds: ["sg-1"] }, { kind: "passes", name: "a vSwitch and a group", says: [] }),
  setOf({ networkInterfaces: [{}], securityGroupIds: ["sg-1"] }, { kind: "passes", name: "an interface", says: [] }),
  setOf({ launchTemplateId: "lt-1" }, { kind: "passes", name: "from a launch template", says: [] }),
  setOf({ launchTemplateName: "lt" }, { kind: "passes", name: "from a launch template, by name", says: [] }),
  configuration({ securityGroupIds: ["sg-1"] }, { kind: "passes", name: "groups", says: [] }),
  configuration({ securityGroupId: "sg-1" }, { kind: "passes", name: "a group", says: [] }),
  configuration({ networkInterfaces: [{}] }, { kind: "passes", name: "an interface", says: [] }),
  group({ vswitchIds: ["vsw-1"] }, { kind: "passes", name: "vSwitches", says: [] }),
  group({ vswitchId: "vsw-1" }, { kind: "passes", name: "the older property", says: [] }),
  group({ instanceId: "i-1" }, { kind: "passes", name: "made after an instance", says: [] }),

  host({ securityGroups: ["sg-1"] }, { kind: "fails", name: "no vSwitch", says: [noSwitch] }),
  host({ ...inVpc }, { kind: "fails", name: "no group", says: ["violation securityGroups: no security group"] }),
  host(
    { ...inVpc, securityGroups: [] },
    { kind: "fails", name: "an empty list of groups", says: ["violation securityGroups: no security group"] },
  ),
  host(
    { ...inVpc, networkInterfaces: {}, securityGroups: [""] },
    {
      kind: "fails",
      name: "an empty name; a second interface brings no group",
      says: ["violation securityGroups: no security group"],
    },
  ),
  setOf(
    { networkInterfaces: [] },
    { kind: "twin", name: "nothing", says: [noSwitch, "violation securityGroupIds: no security group"] },
  ),
  configuration(
    { networkInterfaces: [] },
    { kind: "twin", name: "no group", says: ["violation securityGroupIds: no security group"] },
  ),
  group({ vswitchIds: [] }, { kind: "twin", name: "no vSwitch", says: ["violation vswitchIds: no vSwitch"] }),

  ...templates.map(of).flatMap((template): readonly Case[] => [
    template(
      { networkType: "vpc", vswitchId: "vsw-1", securityGroupIds: ["sg-1"] },
      { kind: "passes", name: "a vSwitch and groups", says: [] },
    ),
    template(
      { vswitchId: "vsw-1", securityGroupId: "sg-1" },
      { kind: "passes", name: "a vSwitch and a group", says: [] },
    ),
    template(
      { networkInterfaces: { vswitchId: "vsw-1", securityGroupId: "sg-1" } },
      { kind: "passes", name: "an interface with both", says: [] },
    ),
    template(
      { networkType: "Classic", vswitchId: "vsw-1", securityGroupId: "sg-1" },
      { kind: "twin", name: "the classic network", says: ["violation networkType: the classic network"] },
    ),
    template(
      { networkInterfaces: {} },
      {
        kind: "twin",
        name: "who uses it has to say the rest",
        says: ["advice vswitchId: no vSwitch", "advice securityGroupIds: no security group"],
      },
    ),
    template(
      { networkType: unknown, networkInterfaces: unknown },
      { kind: "unknown", name: "the network and its interface", says: ["undecided networkType"] },
    ),
    template(
      { networkType: 5, vswitchId: 5, securityGroupId: "sg-1" },
      { kind: "wrong", name: "numbers", says: ["violation networkType: a number", "violation vswitchId: a number"] },
    ),
  ]),

  host({}, { kind: "absent", name: "nothing", says: [noSwitch, "violation securityGroups: no security group"] }),
  host({ vswitchId: "", securityGroups: ["sg-1"] }, { kind: "absent", name: "an empty text", says: [noSwitch] }),
  host(
    { vswitchId: unknown, securityGroups: [unknown] },
    { kind: "unknown", name: "ids that are made with it", says: [] },
  ),
  host({ vswitchId: secret, securityGroups: secret }, { kind: "secret", name: "secret ids", says: [] }),
  host(
    { vswitchId: 5, securityGroups: [5] },
    {
      kind: "wrong",
      name: "numbers",
      says: ["violation vswitchId: a number", "violation securityGroups[0]: a number"],
    },
  ),
];

export const hostNetworkCases: RuleCases = { rule: "cn-ecs-vpc", cases };
