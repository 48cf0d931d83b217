import { z } from "zod";
import type { CloudClient } from "./cloud-client.ts";
import type { Thing } from "./leftovers-types.ts";

/** How many hosts DescribeInstanceRamRole takes in one call. */
const hostsPerCall = 100;

const attached = z.object({
  InstanceRamRoleSets: z
    .object({
      InstanceRamRoleSet: z.array(z.object({ InstanceId: z.string(), RamRoleName: z.string().nullish() })).nullish(),
    })
    .nullish(),
});
const policies = z.object({
  Policies: z
    .object({ Policy: z.array(z.object({ PolicyName: z.string(), PolicyType: z.string() })).nullish() })
    .nullish(),
});

/**
 * What ties things of a stack together: disks on hosts, an address on its gateway, roles on hosts, policies on roles.
 * An interrupted run can have made one without keeping it, and making it again is refused.
 */
export async function tiesOf(client: CloudClient, things: readonly Thing[], region: string): Promise<readonly Thing[]> {
  const ids = new Set(things.map((thing) => thing.id));
  const found: Thing[] = [];
  for (const thing of things) {
    const other = thing.attachedTo ?? "";
    if (thing.type === "alicloud:ecs/ecsDisk:EcsDisk" && ids.has(other)) {
      found.push(tie("alicloud:ecs/ecsDiskAttachment:EcsDiskAttachment", `${thing.id}:${other}`, thing));
    }
    if (thing.type === "alicloud:ecs/eipAddress:EipAddress" && ids.has(other)) {
      found.push(tie("alicloud:ecs/eipAssociation:EipAssociation", `${thing.id}:${other}`, thing));
    }
  }
  return [...found, ...(await rolesOnHosts(client, things, region)), ...(await policiesOnRoles(client, things))];
}

async function rolesOnHosts(client: CloudClient, things: readonly Thing[], region: string): Promise<Thing[]> {
  const roles = new Set(things.filter((thing) => thing.type === "alicloud:ram/role:Role").map((thing) => thing.id));
  const hosts = things.filter((thing) => thing.type === "alicloud:ecs/instance:Instance");
  const byId = new Map(hosts.map((host) => [host.id, host]));
  const found: Thing[] = [];
  if (roles.size === 0) return found;
  for (let start = 0; start < hosts.length; start += hostsPerCall) {
    const InstanceIds = JSON.stringify(hosts.slice(start, start + hostsPerCall).map((host) => host.id));
    const answer = attached.parse(
      await client.call("ecs", "DescribeInstanceRamRole", { RegionId: region, InstanceIds }),
    );
    for (const { InstanceId, RamRoleName } of answer.InstanceRamRoleSets?.InstanceRamRoleSet ?? []) {
      const host = byId.get(InstanceId);
      if (host === undefined || !roles.has(RamRoleName ?? "")) continue;
      found.push(tie("alicloud:ecs/ramRoleAttachment:RamRoleAttachment", `${InstanceId}:${RamRoleName}`, host));
    }
  }
  return found;
}

async function policiesOnRoles(client: CloudClient, things: readonly Thing[]): Promise<Thing[]> {
  const found: Thing[] = [];
  for (const role of things.filter((thing) => thing.type === "alicloud:ram/role:Role")) {
    const answer = policies.parse(await client.call("ram", "ListPoliciesForRole", { RoleName: role.id }));
    for (const { PolicyName, PolicyType } of answer.Policies?.Policy ?? []) {
      const id = `role:${PolicyName}:${PolicyType}:${role.id}`;
      found.push(tie("alicloud:ram/rolePolicyAttachment:RolePolicyAttachment", id, role));
    }
  }
  return found;
}

/** A tie has the name of the thing that it hangs on. */
function tie(type: string, id: string, thing: Thing): Thing {
  return { type, id, name: thing.name, tags: {}, billed: false, paidAhead: false };
}
