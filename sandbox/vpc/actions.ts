import type { Actions } from "../core/call.ts";
import { addressQueries } from "./address-answers.ts";
import { addressBindingActions } from "./address-binding.ts";
import { addressActions } from "./addresses.ts";
import { deletionProtectionActions } from "./deletion-protection.ts";
import { groupActions } from "./group-actions.ts";
import { natGatewayQueries } from "./nat-gateway-answers.ts";
import { natGatewayActions } from "./nat-gateways.ts";
import { placeActions } from "./places.ts";
import { routeTableActions } from "./route-tables.ts";
import { secondaryRangeActions } from "./secondary-ranges.ts";
import { snatEntryActions } from "./snat-entries.ts";
import { tagActions } from "./tag-actions.ts";
import { vpcQueries } from "./vpc-answers.ts";
import { networkActions } from "./vpcs.ts";
import { vSwitchQueries } from "./vswitch-answers.ts";
import { vSwitchActions } from "./vswitches.ts";

/** API Vpc 2016-04-28. */
export const vpcActions: Actions = {
  ...placeActions,
  ...networkActions,
  ...vpcQueries,
  ...secondaryRangeActions,
  ...routeTableActions,
  ...vSwitchActions,
  ...vSwitchQueries,
  ...addressActions,
  ...addressBindingActions,
  ...addressQueries,
  ...natGatewayActions,
  ...natGatewayQueries,
  ...snatEntryActions,
  ...deletionProtectionActions,
  ...groupActions,
  ...tagActions,
};
