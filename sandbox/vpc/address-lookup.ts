import type { Call } from "../core/call.ts";
import { notFound } from "./errors.ts";
import { type Address, addresses } from "./rows.ts";

/** @throws MissingParameter, InvalidAllocationId.NotFound */
export function needAddress(call: Call, parameter: "AllocationId" | "InstanceId"): Address {
  const address = call.find(addresses, call.params.need(parameter));
  if (address === undefined) throw notFound("InvalidAllocationId.NotFound", "Specified allocation ID is not found");
  return address;
}

/** The elastic addresses that a host or a NAT gateway has. */
export function addressesOf(call: Call, instanceId: string): Address[] {
  return call.list(addresses).filter((address) => address.instanceId === instanceId);
}
