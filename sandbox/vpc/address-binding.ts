import type { Actions, Call } from "../core/call.ts";
import { becoming, statusOf, steady } from "../core/phase.ts";
import { instances } from "../ecs/rows.ts";
import { addressesOf, needAddress } from "./address-lookup.ts";
import { wrongStatus } from "./addresses.ts";
import { notFound, refused } from "./errors.ts";
import { type Address, addresses, natGateways, snatEntries } from "./rows.ts";

/** How long binding and unbinding take, milliseconds of cloud time. */
const binding = 3_000;

/** Binds elastic addresses to hosts and NAT gateways. */
export const addressBindingActions: Actions = {
  AssociateEipAddress(call) {
    const address = needAddress(call, "AllocationId");
    const instanceId = call.params.need("InstanceId");
    const instanceType = typeOf(call);
    if (statusOf(address.phase, call.now()) !== "Available") throw wrongStatus();
    if (instanceType === "Nat") checkGateway(call, instanceId);
    else checkHost(call, instanceId);
    call.put(addresses, {
      ...address,
      instanceId,
      instanceType,
      privateIp: call.params.text("PrivateIpAddress") ?? "",
      mode: call.params.choice("Mode", ["NAT", "BINDED", "MULTI_BINDED"]) ?? address.mode,
      phase: becoming("Associating", "InUse", call.now(), binding),
    });
    return {};
  },

  UnassociateEipAddress(call) {
    const address = needAddress(call, "AllocationId");
    typeOf(call);
    if (statusOf(address.phase, call.now()) !== "InUse") throw wrongStatus();
    const instanceId = call.params.text("InstanceId") ?? address.instanceId;
    if (instanceId !== address.instanceId) throw refused("InvalidBindingStatus", "The eip binding status invalid.");
    const users = call.list(snatEntries).filter((entry) => entry.ips.split(",").includes(address.ip));
    if (users.length > 0 && call.params.flag("Force") !== true) {
      throw refused("InvalidIpStatus.HasBeenUsedBySnatTable", "The removed ip address has been used by snat table.");
    }
    for (const entry of users) call.remove(snatEntries, entry);
    call.put(addresses, { ...free(address), phase: becoming("Unassociating", "Available", call.now(), binding) });
    return {};
  },
};

/** Takes all elastic addresses from a host or a NAT gateway that goes away. */
export function unbindAll(call: Call, instanceId: string): void {
  for (const address of addressesOf(call, instanceId)) {
    call.put(addresses, { ...free(address), phase: steady("Available") });
  }
}

function free(address: Address): Address {
  return { ...address, instanceId: "", instanceType: "", privateIp: "", mode: "NAT" };
}

/** @throws InvalidInstanceType.ValueNotSupported */
function typeOf(call: Call): "EcsInstance" | "Nat" {
  const type = call.params.text("InstanceType") ?? "EcsInstance";
  if (type === "EcsInstance" || type === "Nat") return type;
  throw refused("InvalidInstanceType.ValueNotSupported", "The specified value of InstanceType is not supported.");
}

/** @throws InvalidInstanId.NotFound, IncorrectStatus.NatGateway */
function checkGateway(call: Call, id: string): void {
  const gateway = call.find(natGateways, id);
  if (gateway === undefined) throw unknownInstance();
  if (statusOf(gateway.phase, call.now()) !== "Available") {
    throw refused("IncorrectStatus.NatGateway", "The status of NatGateway is incorrect.");
  }
}

/** @throws InvalidInstanId.NotFound, IncorrectInstanceStatus, BIND_INSTANCE_HAVE_PORTMAP_OR_BIND_EIP */
function checkHost(call: Call, id: string): void {
  const host = call.find(instances, id);
  if (host === undefined) throw unknownInstance();
  if (!["Running", "Stopped"].includes(statusOf(host.phase, call.now()))) {
    throw refused("IncorrectInstanceStatus", "Current instance status does not support this operation.");
  }
  if (host.publicIp !== "" || addressesOf(call, id).length > 0) {
    throw refused("BIND_INSTANCE_HAVE_PORTMAP_OR_BIND_EIP", "The instance may have portMap or already bind eip.");
  }
}

/** The code is spelt as the documentation spells it. */
function unknownInstance() {
  return notFound("InvalidInstanId.NotFound", "Specified instance does not exist.");
}
