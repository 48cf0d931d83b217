import type { Actions } from "../core/call.ts";
import { allowListActions } from "./allow-lists.ts";
import { lindormLifeActions } from "./lindorm-life.ts";
import { lindormReadingActions } from "./lindorm-reading.ts";
import { lindormTagActions } from "./lindorm-tags.ts";
import { lindormV1Actions } from "./lindorm-v1.ts";
import { lindormV2Actions } from "./lindorm-v2.ts";
import { modifyClass } from "./tsdb-changes.ts";

/** API hitsdb 2020-06-15. */
export const lindormActions: Actions = {
  ...lindormReadingActions,
  ...lindormV1Actions,
  ...lindormV2Actions,
  ...lindormLifeActions,
  ...allowListActions,
  ...lindormTagActions,
  // An action of TSDB's own API, which the provider asks this version for.
  ModifyHiTSDBInstanceClass: modifyClass,
};
