import type { RuleCases } from "../cases.ts";
import { addressCases } from "./addresses.ts";
import { copyCases } from "./copies.ts";
import { databaseCases } from "./database.ts";
import { diskCases } from "./disks.ts";
import { hostAccessCases } from "./host-access.ts";
import { lineCases } from "./lines.ts";
import { ossCases } from "./oss.ts";
import { protectionCases } from "./protection.ts";
import { ramCases } from "./ram.ts";
import { recordCases } from "./records.ts";
import { regionCases } from "./region.ts";
import { securityGroupCases } from "./security-group.ts";
import { tagCases } from "./tags.ts";
import { userDataCases } from "./user-data.ts";

/** The cases of every rule; also the foreign programs that engine and review are compared on. */
export const allCases: readonly RuleCases[] = [
  ...addressCases,
  ...regionCases,
  ...copyCases,
  ...lineCases,
  ...diskCases,
  ...protectionCases,
  ...hostAccessCases,
  ...ossCases,
  ...ramCases,
  ...recordCases,
  ...securityGroupCases,
  ...tagCases,
  ...databaseCases,
  ...userDataCases,
];
