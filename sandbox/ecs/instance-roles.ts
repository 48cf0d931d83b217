import type { Actions, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { page } from "../core/paging.ts";
import { type Role, roles } from "../ram/rows.ts";
import { idsOf, needInstance } from "./instance-find.ts";
import { type Instance, instances } from "./rows.ts";

/** A role that hosts may take on. @throws InvalidRamRole.NotFound, InvalidRamRole.NotEcsRole */
export function needRole(call: Call, name: string): Role {
  const role = findRole(call, name);
  if (role.trustPolicy.includes("ecs.aliyuncs.com")) return role;
  throw new CloudError(
    "InvalidRamRole.NotEcsRole",
    401,
    "The specified ram role is not authorized for ecs, please check your role policy.",
  );
}

function findRole(call: Call, name: string): Role {
  const role = call.store.find(roles, call.account.id, name);
  if (role !== undefined) return role;
  throw new CloudError("InvalidRamRole.NotFound", 404, "The specified RamRoleName does not exist.");
}

/** Hosts that `InstanceIds` names. @throws InvalidInstanceId.NotFound, MissingParameter.InstanceIds */
function needTargets(call: Call): readonly Instance[] {
  call.params.need("InstanceIds");
  return (idsOf(call) ?? []).map((id) => needInstance(call, id));
}

const done = { Code: "200", Message: "success", Success: true };

export const instanceRoleActions: Actions = {
  AttachInstanceRamRole(call) {
    call.needRegion();
    const name = call.params.need("RamRoleName");
    const targets = needTargets(call);
    needRole(call, name);
    for (const instance of targets) {
      if (instance.roleName !== "" && instance.roleName !== name) {
        throw new CloudError(
          "InvalidInstance.RamRoleAlreadyAttached",
          403,
          "A RAM role is already attached to the specified instance; detach it first.",
        );
      }
      call.put(instances, { ...instance, roleName: name });
    }
    return {
      AttachInstanceRamRoleResults: {
        AttachInstanceRamRoleResult: targets.map(({ id }) => ({ InstanceId: id, ...done })),
      },
      TotalCount: targets.length,
      FailCount: 0,
      RamRoleName: name,
    };
  },

  DetachInstanceRamRole(call) {
    call.needRegion();
    const name = call.params.text("RamRoleName");
    const targets = needTargets(call);
    const results = targets.map((instance) => {
      const had = instance.roleName;
      const matches = name === undefined || name === had;
      if (matches) call.put(instances, { ...instance, roleName: "" });
      const gone = matches && had !== "" ? [{ InstanceId: instance.id, RamRoleName: had }] : [];
      return { InstanceId: instance.id, ...done, InstanceRamRoleSets: { InstanceRamRoleSet: gone } };
    });
    return {
      DetachInstanceRamRoleResults: { DetachInstanceRamRoleResult: results },
      TotalCount: targets.length,
      FailCount: 0,
      RamRoleName: name ?? "",
    };
  },

  DescribeInstanceRamRole(call) {
    const name = call.params.text("RamRoleName");
    if (name !== undefined) findRole(call, name);
    const ids = idsOf(call);
    const asked = ids === undefined ? call.list(instances) : ids.map((id) => needInstance(call, id));
    const matching = asked.filter(({ roleName }) => name === undefined || roleName === name);
    const { rows, fields } = page(matching, call.params);
    return {
      ...fields,
      RegionId: call.region,
      InstanceRamRoleSets: {
        InstanceRamRoleSet: rows.map(({ id, roleName }) => ({ InstanceId: id, RamRoleName: roleName })),
      },
    };
  },
};
