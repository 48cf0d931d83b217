import type { Declared, DeclaredNames, Thing } from "./leftovers-types.ts";

/** Product and action of the aliyun CLI that deletes a thing, and the parameters that name it. */
const deletions: Readonly<Record<string, (id: string) => string>> = {
  "alicloud:vpc/network:Network": (id) => `vpc DeleteVpc --VpcId ${id}`,
  "alicloud:vpc/switch:Switch": (id) => `vpc DeleteVSwitch --VSwitchId ${id}`,
  "alicloud:vpc/natGateway:NatGateway": (id) => `vpc DeleteNatGateway --NatGatewayId ${id}`,
  "alicloud:vpc/snatEntry:SnatEntry": (id) => {
    const [table = "", entry = ""] = id.split(":");
    return `vpc DeleteSnatEntry --SnatTableId ${table} --SnatEntryId ${entry}`;
  },
  "alicloud:ecs/eipAddress:EipAddress": (id) => `vpc ReleaseEipAddress --AllocationId ${id}`,
  "alicloud:ecs/eipAssociation:EipAssociation": (id) => `vpc UnassociateEipAddress --AllocationId ${id.split(":")[0]}`,
  "alicloud:ecs/securityGroup:SecurityGroup": (id) => `ecs DeleteSecurityGroup --SecurityGroupId ${id}`,
  "alicloud:ecs/instance:Instance": (id) => `ecs DeleteInstance --InstanceId ${id} --Force true`,
  "alicloud:ecs/ecsDisk:EcsDisk": (id) => `ecs DeleteDisk --DiskId ${id}`,
  "alicloud:ecs/ecsDiskAttachment:EcsDiskAttachment": (id) => {
    const [disk = "", instance = ""] = id.split(":");
    return `ecs DetachDisk --DiskId ${disk} --InstanceId ${instance}`;
  },
  "alicloud:ecs/ecsKeyPair:EcsKeyPair": (id) => `ecs DeleteKeyPairs --KeyPairNames '["${id}"]'`,
  "alicloud:ecs/autoSnapshotPolicy:AutoSnapshotPolicy": (id) =>
    `ecs DeleteAutoSnapshotPolicy --autoSnapshotPolicyId ${id}`,
  "alicloud:ecs/ramRoleAttachment:RamRoleAttachment": (id) => {
    const [instance = "", role = ""] = id.split(":");
    return `ecs DetachInstanceRamRole --InstanceIds '["${instance}"]' --RamRoleName ${role}`;
  },
  "alicloud:ram/role:Role": (id) => `ram DeleteRole --RoleName ${id}`,
  "alicloud:ram/policy:Policy": (id) => `ram DeletePolicy --PolicyName ${id}`,
  "alicloud:ram/rolePolicyAttachment:RolePolicyAttachment": (id) => {
    const [, policy = "", type = "", role = ""] = id.split(":");
    return `ram DetachPolicyFromRole --PolicyName ${policy} --PolicyType ${type} --RoleName ${role}`;
  },
  "alicloud:lindorm/instance:Instance": (id) => `hitsdb ReleaseLindormInstance --InstanceId ${id}`,
  "alicloud:lindorm/instanceV2:InstanceV2": (id) => `hitsdb ReleaseLindormV2Instance --InstanceId ${id}`,
  "alicloud:tsdb/instance:Instance": (id) =>
    `hitsdb DeleteHiTSDBInstance --InstanceId ${id} --version 2017-06-01 --force`,
};

/** What the program declares for a thing: of the same name, and of the same type where there are several. */
export function declaredFor(thing: Pick<Thing, "name" | "type">, declared: DeclaredNames): Declared | undefined {
  const all = declared.get(thing.name) ?? [];
  const exact = all.find((one) => one.type === thing.type);
  // A list does not always tell the generations of Lindorm apart.
  const lindorm = thing.type.startsWith("alicloud:lindorm/");
  return exact ?? (lindorm ? all.find((one) => one.type.startsWith("alicloud:lindorm/")) : undefined);
}

/**
 * Takes a thing into the state, under the parent and provider that the program gives it: without them its URN would be
 * another one, and the next run would make a second and delete this one.
 */
export function importOf(thing: Pick<Thing, "id">, declared: Declared, stack: string): string {
  return [
    "pulumi import",
    ...[declared.type, declared.name, quoted(thing.id)],
    ...(declared.parent === undefined ? [] : ["--parent", quoted(named(declared.parent))]),
    ...(declared.provider === undefined ? [] : ["--provider", quoted(named(declared.provider))]),
    ...["--stack", stack, "--generate-code=false", "--protect=false"],
  ].join(" ");
}

/** name=urn, as the CLI wants a parent. */
function named(urn: string): string {
  return `${urn.split("::").at(-1)}=${urn}`;
}

function quoted(text: string): string {
  return /^[\w./:=@-]+$/.test(text) ? text : `'${text}'`;
}

/** How to be rid of a thing that the program does not declare. */
export function deletionOf(thing: Pick<Thing, "id" | "type" | "paidAhead">, region: string, why: string): string {
  const command = deletions[thing.type]?.(thing.id);
  const how = thing.paidAhead
    ? "it is paid ahead: let its term end with renewal off, or give it back in the console (Unsubscribe)"
    : command === undefined
      ? "in the console"
      : `aliyun ${command}${command.startsWith("ram ") ? "" : ` --RegionId ${region}`}`;
  return `delete it: ${how} (${why})`;
}
