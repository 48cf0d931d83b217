import type { Actions } from "../core/call.ts";
import { assistantActions } from "./assistant.ts";
import { catalogActions } from "./catalog.ts";
import { diskActions } from "./disks.ts";
import { instanceActions } from "./instances.ts";
import { keyPairActions } from "./key-pairs.ts";
import { priceActions } from "./price.ts";
import { securityGroupActions } from "./security-groups.ts";
import { snapshotPolicyActions } from "./snapshot-policies.ts";
import { tagActions } from "./tag-actions.ts";

/** API Ecs 2014-05-26. */
export const ecsActions: Actions = {
  ...catalogActions,
  ...priceActions,
  ...instanceActions,
  ...assistantActions,
  ...diskActions,
  ...snapshotPolicyActions,
  ...keyPairActions,
  ...securityGroupActions,
  ...tagActions,
};
