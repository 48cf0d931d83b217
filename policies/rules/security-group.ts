import { practice } from "../clauses.ts";
import { demand, undecided, unread, violation } from "../demand.ts";
import type { Props, Reading } from "../reading.ts";
import type { Finding, ResourceRule } from "../rule.ts";
import { prefixListRule } from "./security-group-lists.ts";
import { securityGroupPortRules } from "./security-group-ports.ts";
import { securityGroupWidthRules } from "./security-group-width.ts";

const securityGroup = "alicloud:ecs/securityGroup:SecurityGroup";

/** That something stands there is enough: an id is unknown before its deployment. */
function* present(reading: Reading<string>, wanted: string): Generator<Finding> {
  if (reading.state !== "undecided") yield* unread(reading, { wanted, absent: "absent" });
}

/** Drop by innerAccessPolicy, by the older innerAccess, or since an advanced group (enterprise) knows nothing else. */
function* innerAccess(props: Props): Generator<Finding> {
  const words = { found: "hosts of the group open to each other", wanted: "Drop" };
  const policy = props.text("innerAccessPolicy");
  const older = props.flag("innerAccess");
  if (policy.state !== "absent") {
    yield* demand(policy, (value) => value.toLowerCase() === "drop", words);
    return;
  }
  if (older.state !== "absent") {
    yield* demand(older, (value) => !value, words);
    return;
  }
  const type = props.text("securityGroupType");
  if (type.state === "known" && type.value === "enterprise") return;
  yield type.state === "undecided"
    ? undecided(type.path)
    : violation(policy.path, "absent, which opens the group's hosts to each other", words.wanted);
}

const shape: ResourceRule = {
  id: "cn-sg-shape",
  title: "Security groups in order",
  description:
    "A security group stands in a VPC, says what it is for, and does not open its hosts to each other: whoever gets onto one of them is not on all.",
  severity: "low",
  clause: practice("security groups", "in a VPC, described, closed inside"),
  tags: ["cis:3.1", "cis:3.5", "cloud-config:ecs-security-group-description-check"],
  source: {
    source: "InfraGuard 0.10, rule ecs-security-group-description-check; CIS 2.0.0, 3.1 and 3.5",
    observedAt: "2026-06",
  },
  fix: 'this project\'s groups have all three; in another program: vpcId, description and innerAccessPolicy: "Drop", with rules for what the hosts say to each other',
  levels: { baseline: "advisory", "mlps-3": "advisory" },
  reads: { [securityGroup]: ["vpcId", "description", "innerAccessPolicy", "innerAccess", "securityGroupType"] },
  *check({ props }) {
    yield* present(props.text("vpcId"), "a VPC");
    yield* present(props.text("description"), "what the group is for");
    yield* innerAccess(props);
  },
};

export const securityGroupRules = [
  ...securityGroupPortRules,
  ...securityGroupWidthRules,
  prefixListRule,
  shape,
] as const;
