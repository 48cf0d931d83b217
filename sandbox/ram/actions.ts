import type { Actions } from "../core/call.ts";
import { attachmentActions } from "./attachments.ts";
import { groupActions } from "./groups.ts";
import { policyActions } from "./policies.ts";
import { policyVersionActions } from "./policy-versions.ts";
import { roleActions } from "./roles.ts";
import { tagActions } from "./tags.ts";
import { userActions } from "./users.ts";

/** API Ram 2015-05-01. */
export const ramActions: Actions = {
  ...roleActions,
  ...policyActions,
  ...policyVersionActions,
  ...attachmentActions,
  ...userActions,
  ...groupActions,
  ...tagActions,
};
