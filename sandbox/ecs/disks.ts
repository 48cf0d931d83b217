import type { Actions } from "../core/call.ts";
import { diskAttachActions } from "./disk-attach.ts";
import { diskChangeActions } from "./disk-change.ts";
import { diskCreateActions } from "./disk-create.ts";
import { diskDescribeActions } from "./disk-describe.ts";
import { diskSpecActions } from "./disk-spec.ts";
import { snapshotActions } from "./snapshots.ts";

/** Disks and what is copied from them. */
export const diskActions: Actions = {
  ...diskCreateActions,
  ...diskDescribeActions,
  ...diskAttachActions,
  ...diskChangeActions,
  ...diskSpecActions,
  ...snapshotActions,
};
