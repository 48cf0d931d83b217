import type { Leftover, LeftoverQuery } from "../deploy/leftovers-types.ts";
import { columns } from "../review/terminal/layout.ts";

/** What was found, as a table with a next step for each; one line when there is nothing. */
export function leftoversText(leftovers: readonly Leftover[], query: LeftoverQuery, width: number): string {
  const { project, stack, region, known } = query;
  const where = `${project}-${stack} in ${region}`;
  if (leftovers.length === 0) return `nothing is left over of ${where}: the state knows all that the cloud has of it`;
  const billed = leftovers.filter((one) => one.billed).length;
  const doubled = leftovers.filter((one) => one.doubleOf !== undefined).length;
  const head = [
    `${leftovers.length} thing${leftovers.length === 1 ? "" : "s"} of ${where}${known === undefined ? "" : " that the state does not know"}`,
    ...(billed > 0 ? [`${billed} billed`] : []),
    ...(doubled > 0 ? [`${doubled} doubled`] : []),
  ].join(", ");
  const rows = leftovers.map((one) => [
    kindInWords(one.type),
    one.id,
    one.name,
    one.billed ? (one.paidAhead ? "paid ahead" : "billed") : "free",
    one.createdAt?.slice(0, 16).replace("T", " ") ?? "",
    `by ${one.found}`,
  ]);
  const table = columns([["what", "id", "name", "cost", "made (UTC)", "found"], ...rows], ["left"], width);
  // Commands stand unbroken, so that they can be copied.
  const steps = leftovers.map((one) => `  ${one.id}\n    ${one.importCommand}`);
  const warning =
    known === undefined
      ? "\nThere is no state to compare with: everything that carries the stack's tags or name is listed.\n"
      : "";
  return `${head}\n${warning}\n${table}\n\nnext, one by one, then run up again:\n${steps.join("\n")}`;
}

/** alicloud:vpc/switch:Switch -> vSwitch */
function kindInWords(type: string): string {
  return words[type] ?? type;
}

const words: Readonly<Record<string, string>> = {
  "alicloud:vpc/network:Network": "VPC",
  "alicloud:vpc/switch:Switch": "vSwitch",
  "alicloud:vpc/natGateway:NatGateway": "NAT gateway",
  "alicloud:vpc/snatEntry:SnatEntry": "SNAT entry",
  "alicloud:ecs/eipAddress:EipAddress": "address",
  "alicloud:ecs/eipAssociation:EipAssociation": "address on gateway",
  "alicloud:ecs/securityGroup:SecurityGroup": "security group",
  "alicloud:ecs/instance:Instance": "host",
  "alicloud:ecs/ecsDisk:EcsDisk": "disk",
  "alicloud:ecs/ecsDiskAttachment:EcsDiskAttachment": "disk on host",
  "alicloud:ecs/ecsKeyPair:EcsKeyPair": "key pair",
  "alicloud:ecs/autoSnapshotPolicy:AutoSnapshotPolicy": "snapshot policy",
  "alicloud:ecs/ramRoleAttachment:RamRoleAttachment": "role on host",
  "alicloud:ram/role:Role": "role",
  "alicloud:ram/policy:Policy": "policy",
  "alicloud:ram/rolePolicyAttachment:RolePolicyAttachment": "policy on role",
  "alicloud:lindorm/instance:Instance": "Lindorm",
  "alicloud:lindorm/instanceV2:InstanceV2": "Lindorm V2",
  "alicloud:tsdb/instance:Instance": "TSDB",
};
