import { securityGroupLimits } from "../../catalog/limits.ts";
import type { Call } from "../core/call.ts";
import { CloudError, missing } from "../core/errors.ts";
import type { Params } from "../core/params.ts";
import { statusOf } from "../core/phase.ts";
import { freeAddress } from "../vpc/private-addresses.ts";
import { type VSwitch, vSwitches } from "../vpc/rows.ts";
import { instances, type SecurityGroup, securityGroups } from "./rows.ts";

/** Where a host goes: its vSwitch and security groups, and the private addresses it may ask for. */
export interface Placement {
  readonly vSwitch: VSwitch;
  readonly groups: readonly SecurityGroup[];
  /** First of the wanted addresses. */
  readonly wantedIp: string | undefined;
}

/**
 * The vSwitch and groups of a request, given as such or for its primary network interface.
 * @throws InvalidVSwitchId.NotFound, IncorrectVSwitchStatus, InvalidParameter.Mismatch, InvalidZoneId.NotFound,
 * InvalidSecurityGroupId.NotFound, InstanceSecurityGroupLimitExceed, SecurityGroupInstanceLimitExceed, MissingParameter
 */
export function placementOf(call: Call, amount: number): Placement {
  const { params } = call;
  const primary = primaryInterface(params);
  const from = primary ?? params;
  const vSwitch = needVSwitch(call, from.text("VSwitchId") ?? params.text("VSwitchId"));
  const zone = params.text("ZoneId");
  if (zone !== undefined && !call.zones().includes(zone)) {
    throw new CloudError("InvalidZoneId.NotFound", 404, "The specified zoneId does not exist.");
  }
  if (zone !== undefined && zone !== vSwitch.zone) {
    throw mismatch("Specified virtual switch is not in the specified zone.");
  }
  const ids = [...new Set([...from.list("SecurityGroupIds"), from.text("SecurityGroupId") ?? ""])].filter(
    (id) => id !== "",
  );
  if (ids.length === 0) throw missing("SecurityGroupId");
  const groups = ids.map((id) => needGroup(call, id, vSwitch.vpcId));
  checkGroupCount(groups.length);
  checkRoom(call, groups, amount);
  return { vSwitch, groups, wantedIp: primary?.text("PrimaryIpAddress") ?? params.text("PrivateIpAddress") };
}

function primaryInterface(params: Params): Params | undefined {
  const interfaces = params.objects("NetworkInterface");
  if (interfaces.some((one) => one.text("InstanceType") !== "Primary")) {
    throw new CloudError("Sandbox.NotSupported", 400, "The local cloud has no secondary network interfaces.");
  }
  return interfaces[0];
}

/** A vSwitch that hosts can be put into. @throws InvalidVSwitchId.NotFound, IncorrectVSwitchStatus */
export function needVSwitch(call: Call, id: string | undefined): VSwitch {
  if (id === undefined) throw missing("VSwitchId");
  const vSwitch = call.find(vSwitches, id);
  if (vSwitch === undefined) {
    throw new CloudError("InvalidVSwitchId.NotFound", 404, "Specified virtual switch does not exist.");
  }
  if (statusOf(vSwitch.phase, call.now()) !== "Available") {
    throw new CloudError(
      "IncorrectVSwitchStatus",
      400,
      "The current status of virtual switch does not support this operation.",
    );
  }
  return vSwitch;
}

/** A security group of a VPC. @throws InvalidSecurityGroupId.NotFound, InvalidParameter.Mismatch */
export function needGroup(call: Call, id: string, vpcId: string): SecurityGroup {
  const group = call.find(securityGroups, id);
  if (group === undefined) {
    throw new CloudError("InvalidSecurityGroupId.NotFound", 404, "The specified SecurityGroupId does not exist.");
  }
  if (group.vpcId !== vpcId) throw mismatch("Specified security group and virtual switch are not in the same VPC.");
  return group;
}

/** @throws InstanceSecurityGroupLimitExceed */
export function checkGroupCount(count: number): void {
  if (count <= securityGroupLimits.groupsPerHost.most) return;
  throw new CloudError(
    "InstanceSecurityGroupLimitExceed",
    403,
    "Exceeding the allowed amount of security groups that an instance can be in.",
  );
}

/** @throws SecurityGroupInstanceLimitExceed */
export function checkRoom(call: Call, groups: readonly SecurityGroup[], amount: number): void {
  const members = new Map(groups.map((group) => [group.id, 0]));
  for (const { securityGroupIds } of call.list(instances)) {
    for (const id of securityGroupIds) {
      const count = members.get(id);
      if (count !== undefined) members.set(id, count + 1);
    }
  }
  for (const { id, type } of groups) {
    if ((members.get(id) ?? 0) + amount <= securityGroupLimits[type].addresses) continue;
    throw new CloudError(
      "SecurityGroupInstanceLimitExceed",
      400,
      "The maximum number of instances in a security group is exceeded.",
    );
  }
}

function mismatch(message: string): CloudError {
  return new CloudError("InvalidParameter.Mismatch", 400, message);
}

/** Free addresses for so many hosts; from the wanted one on, one after the other, where one is wanted. */
export function addressesFor(call: Call, { vSwitch, wantedIp }: Placement, amount: number): readonly string[] {
  return Array.from({ length: amount }, (_, n) =>
    freeAddress(call, vSwitch, wantedIp === undefined ? undefined : after(wantedIp, n)),
  );
}

function after(ip: string, n: number): string {
  if (n === 0) return ip;
  const number = ip.split(".").reduce((sum, part) => sum * 256 + Number(part), 0) + n;
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}
