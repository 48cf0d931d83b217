import type { Actions, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { freeAddress } from "../vpc/private-addresses.ts";
import { needInstance, needStatus } from "./instance-find.ts";
import { checkGroupCount, checkRoom, needGroup, needVSwitch } from "./instance-placement.ts";
import { type Instance, instances, securityGroups } from "./rows.ts";

function membership(call: Call): { readonly instance: Instance; readonly groupId: string } {
  const groupId = call.params.need("SecurityGroupId");
  const instance = needInstance(call);
  if (call.find(securityGroups, groupId) === undefined) {
    throw new CloudError("InvalidSecurityGroupId.NotFound", 404, "The specified SecurityGroupId does not exist.");
  }
  needStatus(call, instance, "Running", "Stopped");
  return { instance, groupId };
}

/** Groups that a host has in another VPC; it keeps its own when it stays in its VPC. */
function groupsIn(call: Call, vpcId: string, instance: Instance): readonly string[] {
  if (vpcId === instance.vpcId) return instance.securityGroupIds;
  const wanted = call.params.list("SecurityGroupId");
  if (wanted.length === 0) call.params.need("SecurityGroupId");
  return wanted.map((id) => needGroup(call, id, vpcId).id);
}

export const instanceNetworkActions: Actions = {
  /** Moves a stopped host to another vSwitch of its zone, or gives it another private address. */
  ModifyInstanceVpcAttribute(call) {
    const { params } = call;
    const instance = needInstance(call);
    needStatus(call, instance, "Stopped");
    const vSwitch = needVSwitch(call, params.need("VSwitchId"));
    if (vSwitch.zone !== instance.zone) {
      throw new CloudError("InvalidParameter.Mismatch", 400, "Specified virtual switch is not in the specified zone.");
    }
    const vpcId = params.text("VpcId") ?? instance.vpcId;
    if (vSwitch.vpcId !== vpcId) {
      throw new CloudError("InvalidParameter.Mismatch", 400, "Specified virtual switch is not in the specified VPC.");
    }
    const securityGroupIds = groupsIn(call, vpcId, instance);
    const wanted = params.text("PrivateIpAddress");
    const stays = vSwitch.id === instance.vSwitchId && (wanted === undefined || wanted === instance.privateIp);
    const privateIp = stays ? instance.privateIp : freeAddress(call, vSwitch, wanted);
    const secondaryIps = vSwitch.id === instance.vSwitchId ? instance.secondaryIps : [];
    call.put(instances, { ...instance, vpcId, vSwitchId: vSwitch.id, privateIp, secondaryIps, securityGroupIds });
    return {};
  },

  JoinSecurityGroup(call) {
    const { instance, groupId } = membership(call);
    if (instance.securityGroupIds.includes(groupId)) {
      throw new CloudError(
        "InvalidInstanceId.AlreadyExists",
        403,
        "The specified instance already exists in the specified security group.",
      );
    }
    const group = needGroup(call, groupId, instance.vpcId);
    checkGroupCount(instance.securityGroupIds.length + 1);
    checkRoom(call, [group], 1);
    call.put(instances, { ...instance, securityGroupIds: [...instance.securityGroupIds, groupId] });
    return {};
  },

  LeaveSecurityGroup(call) {
    const { instance, groupId } = membership(call);
    const rest = instance.securityGroupIds.filter((id) => id !== groupId);
    if (rest.length === instance.securityGroupIds.length) {
      throw new CloudError(
        "InstanceNotInSecurityGroup",
        403,
        "The specified instance is not in the specified security group.",
      );
    }
    if (rest.length === 0) {
      throw new CloudError(
        "InstanceLastSecurityGroup",
        403,
        "The specified security group is the last security group for the instance.",
      );
    }
    call.put(instances, { ...instance, securityGroupIds: rest });
    return {};
  },
};
