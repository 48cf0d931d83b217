import { type RuleCases, resource, secret, unknown } from "../cases.ts";
import { securityGroupListCases } from "./security-group-lists.ts";
import { securityGroupPortCases } from "./security-group-ports.ts";
import { securityGroupWidthCases } from "./security-group-width.ts";

const good = { vpcId: "vpc-1", description: "Hosts of workers", innerAccessPolicy: "Drop" };
const group = (values: Parameters<typeof resource>[1]) => [
  resource("alicloud:ecs/securityGroup:SecurityGroup", { ...good, ...values }),
];
const opensInside = "hosts of the group open to each other";
const absentInside = "absent, which opens the group's hosts to each other";

const shape: RuleCases = {
  rule: "cn-sg-shape",
  cases: [
    { kind: "passes", name: "in a VPC, described, closed inside", resources: group({}), says: [] },
    { kind: "passes", name: "in another case", resources: group({ innerAccessPolicy: "drop" }), says: [] },
    {
      kind: "passes",
      name: "closed by the older property",
      resources: group({ innerAccessPolicy: "", innerAccess: false }),
      says: [],
    },
    {
      kind: "passes",
      name: "an advanced group is always closed inside",
      resources: group({ innerAccessPolicy: "", securityGroupType: "enterprise" }),
      says: [],
    },
    {
      kind: "fails",
      name: "open inside",
      resources: group({ innerAccessPolicy: "Accept" }),
      says: [`violation innerAccessPolicy: ${opensInside}`],
    },
    {
      kind: "fails",
      name: "the older property does not count beside the new one",
      resources: group({ innerAccessPolicy: "Accept", innerAccess: false }),
      says: [`violation innerAccessPolicy: ${opensInside}`],
    },
    {
      kind: "fails",
      name: "open by the older property",
      resources: group({ innerAccessPolicy: "", innerAccess: true }),
      says: [`violation innerAccess: ${opensInside}`],
    },
    {
      kind: "absent",
      name: "everything",
      resources: [resource("alicloud:ecs/securityGroup:SecurityGroup", {})],
      says: [
        "violation vpcId: absent",
        "violation description: absent",
        `violation innerAccessPolicy: ${absentInside}`,
      ],
    },
    {
      kind: "absent",
      name: "an empty description",
      resources: group({ description: "" }),
      says: ["violation description: absent"],
    },
    {
      kind: "absent",
      name: "a basic group is open inside",
      resources: group({ innerAccessPolicy: "", securityGroupType: "normal" }),
      says: [`violation innerAccessPolicy: ${absentInside}`],
    },
    {
      kind: "unknown",
      name: "an id and a text are there, whatever they will be",
      resources: group({ vpcId: unknown, description: unknown }),
      says: [],
    },
    {
      kind: "unknown",
      name: "inner access",
      resources: group({ innerAccessPolicy: unknown }),
      says: ["undecided innerAccessPolicy"],
    },
    {
      kind: "unknown",
      name: "the older property",
      resources: group({ innerAccessPolicy: "", innerAccess: unknown }),
      says: ["undecided innerAccess"],
    },
    {
      kind: "unknown",
      name: "type of the group",
      resources: group({ innerAccessPolicy: "", securityGroupType: unknown }),
      says: ["undecided securityGroupType"],
    },
    {
      kind: "secret",
      name: "all of it",
      resources: group({ vpcId: secret, description: secret, innerAccessPolicy: secret }),
      says: ["undecided innerAccessPolicy"],
    },
    {
      kind: "wrong",
      name: "all of it",
      resources: group({ vpcId: 5, description: ["x"], innerAccessPolicy: true }),
      says: [
        "violation vpcId: a number",
        "violation description: a list",
        "violation innerAccessPolicy: true or false",
      ],
    },
    {
      kind: "wrong",
      name: "the older property",
      resources: group({ innerAccessPolicy: "", innerAccess: "no" }),
      says: ["violation innerAccess: a text"],
    },
    {
      kind: "wrong",
      name: "type of the group",
      resources: group({ innerAccessPolicy: "", securityGroupType: 5 }),
      says: [`violation innerAccessPolicy: ${absentInside}`],
    },
  ],
  without: { twin: "the groups of edge nodes know no VPC and no inner access" },
};

export const securityGroupCases: readonly RuleCases[] = [
  ...securityGroupPortCases,
  ...securityGroupWidthCases,
  ...securityGroupListCases,
  shape,
];
