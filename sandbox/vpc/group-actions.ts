import type { Actions } from "../core/call.ts";
import type { Kind, Row } from "../core/store.ts";
import { notFound, refused } from "./errors.ts";
import { resourceGroupOf } from "./resource-group.ts";
import { addresses, natGateways, vpcs } from "./rows.ts";

type Grouped = Row & { readonly resourceGroupId: string };

/** What can be moved; a vSwitch follows its VPC. */
const kinds: Readonly<Record<string, Kind<Grouped>>> = { VPC: vpcs, EIP: addresses, NATGATEWAY: natGateways };

export const groupActions: Actions = {
  MoveResourceGroup(call) {
    const { params } = call;
    const type = params.need("ResourceType").toUpperCase();
    const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    if (kind === undefined) throw refused("ResourceTypeNotSupport", "The ResourceType is not supported.");
    const row = call.find(kind, params.need("ResourceId"));
    if (row === undefined) throw notFound("ResourceNotFound", "The specified resource is not found.");
    params.need("NewResourceGroupId");
    call.put(kind, { ...row, resourceGroupId: resourceGroupOf(call, "NewResourceGroupId") });
    return {};
  },
};
