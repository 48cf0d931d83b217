import type { Call } from "../core/call.ts";
import { statusOf } from "../core/phase.ts";
import { notFound, refused } from "./errors.ts";
import { type NatGateway, natGateways, type Vpc, type VSwitch, vpcs, vSwitches } from "./rows.ts";

/** @throws MissingParameter.VpcId, InvalidVpcId.NotFound */
export function needVpc(call: Call): Vpc {
  const vpc = call.find(vpcs, call.params.need("VpcId"));
  if (vpc === undefined) throw notFound("InvalidVpcId.NotFound", "Specified VPC does not exist.");
  return vpc;
}

/** @throws IncorrectVpcStatus while it is being made */
export function checkVpcReady(call: Call, vpc: Vpc): void {
  if (statusOf(vpc.phase, call.now()) !== "Available") {
    throw refused("IncorrectVpcStatus", "Current VPC status does not support this operation.");
  }
}

/** @throws MissingParameter.VSwitchId, InvalidVswitchID.NotFound */
export function needVSwitch(call: Call): VSwitch {
  const vSwitch = call.find(vSwitches, call.params.need("VSwitchId"));
  if (vSwitch === undefined) throw notFound("InvalidVswitchID.NotFound", "Specified virtual switch does not exist.");
  return vSwitch;
}

export function vSwitchesOf(call: Call, vpcId: string): VSwitch[] {
  return call.list(vSwitches).filter((vSwitch) => vSwitch.vpcId === vpcId);
}

/** @throws MissingParameter.NatGatewayId, InvalidNatGatewayId.NotFound */
export function needNatGateway(call: Call): NatGateway {
  const gateway = call.find(natGateways, call.params.need("NatGatewayId"));
  if (gateway === undefined) {
    throw notFound("InvalidNatGatewayId.NotFound", "The specified NatGatewayId does not exist in our records.");
  }
  return gateway;
}

/** A parameter that may name several ids, comma-separated; undefined when it is absent. */
export function idsOf(call: Call, parameter: string): ReadonlySet<string> | undefined {
  const text = call.params.text(parameter);
  return text === undefined ? undefined : new Set(text.split(",").map((id) => id.trim()));
}

/** Whether a row has the value that a filter asks for; any when the filter is absent. */
export function fits(call: Call, parameter: string, value: string): boolean {
  const wanted = call.params.text(parameter);
  return wanted === undefined || wanted === value;
}
