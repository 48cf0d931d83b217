import { nearestApiError } from "../catalog/api-errors.ts";
import type { Said } from "./explain-read.ts";
import type { Cause } from "./explain-types.ts";

/** Codes that stand in no table are told by their form: the cloud has thousands, made of few words. */
const forms: readonly (readonly [RegExp, Cause])[] = [
  [/^Sandbox\./, "local-cloud"],
  [/AccessKeyId|SecurityToken/, "credentials"],
  [/^InvalidTimeStamp/, "clock"],
  [/Throttling|RequestLimit/, "throttling"],
  [/SoldOut|NoStock|StockNotEnough|InventoryShortage/i, "stock"],
  [/NotOnSale|NotOpen$/, "not-on-sale"],
  [/NotEnoughBalance|Insufficient_?Balance|Arrear/i, "balance"],
  [/Delet(?:e|ion)Protection/, "deletion-protection"],
  [/Quota|LimitExceed|ExceedLimit|NumberExceed|TooMany/, "quota"],
  [/NoPermission|Unauthorized|^Forb/, "permission"],
  [/Already(?:Exist|Attached|Used)|Duplicated$/, "name-taken"],
  [/NotFound$|NotExists?\b|IsDeleted$|InstanceDeleted$/, "not-found"],
  [/DependencyViolation|DeleteConflict|InUse$/, "in-use"],
  [/Conflict|Processing|^Incorrect|IsModifying|NotReady|NotActive/, "conflict"],
  [/Invalid|^Missing|Malformed|NotSupported|Mismatch|NotMatch|ParamsIsNotValid|TooSmall|TooLarge/, "invalid"],
];

/** What a code of the cloud is about. */
export function causeOfCode({ code = "", http = 400, message = "" }: Said): Cause {
  const kind = nearestApiError(code)?.kind;
  if (kind !== undefined) return kind;
  const form = forms.find(([pattern]) => pattern.test(code))?.[1];
  if (form !== undefined) return form;
  if (/not authorized|no permission/i.test(message)) return "permission";
  if (http >= 500) return "service";
  return http === 404 ? "not-found" : "unknown";
}
