import type { Actions } from "../core/call.ts";
import { missing } from "../core/errors.ts";
import { notFound, refused } from "./errors.ts";
import { addresses, natGateways } from "./rows.ts";

/** The one action that protects EIPs and NAT gateways alike from being deleted. */
export const deletionProtectionActions: Actions = {
  DeletionProtection(call) {
    const id = call.params.need("InstanceId");
    const deletionProtection = call.params.flag("ProtectionEnable");
    if (deletionProtection === undefined) throw missing("ProtectionEnable");
    const type = call.params.need("Type");
    if (type === "EIP") {
      const address = call.find(addresses, id);
      if (address === undefined) throw notFound("InvalidAllocationId.NotFound", "Specified allocation ID is not found");
      call.put(addresses, { ...address, deletionProtection });
    } else if (type === "NATGW") {
      const gateway = call.find(natGateways, id);
      if (gateway === undefined) {
        throw notFound("InvalidNatGatewayId.NotFound", "The specified NatGatewayId does not exist in our records.");
      }
      call.put(natGateways, { ...gateway, deletionProtection });
    } else {
      throw refused("InvalidParameter", 'Specified value of "Type" is not valid.');
    }
    return {};
  },
};
