import type { Actions } from "../core/call.ts";
import { imageActions } from "./images.ts";
import { accountAttributeActions } from "./instance-account-attributes.ts";
import { instanceTypeActions } from "./instance-types.ts";
import { stockActions } from "./stock-available.ts";
import { zoneActions } from "./stock-zones.ts";

/** What there is to choose from: regions, zones, types, images, stock; and what the account may have of it. */
export const catalogActions: Actions = {
  ...zoneActions,
  ...instanceTypeActions,
  ...imageActions,
  ...stockActions,
  ...accountAttributeActions,
};
