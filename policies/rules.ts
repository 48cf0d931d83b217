import type { Rule } from "./rule.ts";
import { addressRules } from "./rules/addresses.ts";
import { copyRules } from "./rules/copies.ts";
import { databaseRules } from "./rules/database.ts";
import { diskRules } from "./rules/disks.ts";
import { hostAccessRules } from "./rules/host-access.ts";
import { lineRules } from "./rules/lines.ts";
import { ossRules } from "./rules/oss.ts";
import { protectionRules } from "./rules/protection.ts";
import { ramRules } from "./rules/ram.ts";
import { recordRules } from "./rules/records.ts";
import { regionRules } from "./rules/region.ts";
import { securityGroupRules } from "./rules/security-group.ts";
import { tagRules } from "./rules/tags.ts";
import { userDataRules } from "./rules/user-data.ts";

/** Every rule, in the order of docs/policies.md. The one list: the engine's pack, the review and the tests read it. */
export const rules: readonly Rule[] = [
  ...regionRules,
  ...copyRules,
  ...lineRules,
  ...diskRules,
  ...protectionRules,
  ...hostAccessRules,
  ...ossRules,
  ...ramRules,
  ...recordRules,
  ...securityGroupRules,
  ...addressRules,
  ...databaseRules,
  ...tagRules,
  ...userDataRules,
];
