import { apiError, apiErrors, type ErrorKind, retryMinutes } from "../../../catalog/api-errors.ts";

/** One cell of the fault matrix: an action that answers a code. */
export interface Combination {
  readonly code: string;
  readonly action: string;
  readonly http: number;
  readonly message: string;
  readonly kind: ErrorKind;
  /** The provider asks again, so that the user never reads of it; otherwise the run ends and says why. */
  readonly clears: boolean;
}

/** Codes that any action can answer, and that are the same wherever they come from. */
const anywhere = [
  "Forbidden.RAM",
  "NoPermission",
  "MissingParameter",
  "InvalidParameter",
  "InvalidAccessKeyId.NotFound",
  "InvalidAccessKeyId.Inactive",
  "InvalidSecurityToken.Expired",
  "SignatureDoesNotMatch",
  "InvalidTimeStamp.Expired",
  "Throttling",
  "Throttling.User",
  "ServiceUnavailable",
  "InternalError",
] as const;
type Anywhere = (typeof anywhere)[number];

/** Every code of the catalogue that belongs to one of the actions, and `more` of those that belong to all. */
export function combinations(actions: Readonly<Record<string, readonly Anywhere[] | "all">>): readonly Combination[] {
  return Object.entries(actions).flatMap(([action, more]) => {
    const own = apiErrors.filter((row) => row.actions !== "*" && row.actions.includes(action)).map((row) => row.code);
    return [...own, ...(more === "all" ? anywhere : more)].map((code) => combination(code, action));
  });
}

export function combination(code: string, action: string): Combination {
  const row = apiError(code);
  if (row === undefined) throw new Error(`the catalogue has no code ${code}`);
  const { http, message, kind } = row;
  return { code, action, http, message, kind, clears: retryMinutes(code, action) > 0 };
}

export function named({ action, code, clears, kind }: Combination): string {
  return `${action} answers ${code}: ${clears ? "asked again, no failure" : `explained as ${kind}`}`;
}

/** What a user must be able to read, by what the refusal is about; written down apart from the words themselves. */
export const wordsOf: Readonly<Record<ErrorKind, RegExp>> = {
  "real-name": /real-name registration/,
  stock: /Sold out|no stock/i,
  "not-on-sale": /not sold/i,
  balance: /not enough money, or bills that are not paid/,
  payment: /way of paying|unpaid/,
  "risk-control": /risk control/,
  quota: /quota of the account/,
  permission: /may not do \w+:\w+/,
  credentials: /does not accept the access key/,
  clock: /clock of this machine/,
  "deletion-protection": /protects this against deletion/,
  "paid-ahead": /paid ahead|pay-as-you-go only/,
  "unknown-type": /does not exist in this region/,
  "unknown-image": /image .*(?:not there any more|does not fit)/,
  "disk-mismatch": /Disk, instance type and zone do not go together/,
  encryption: /encrypted.*key service/,
  "user-data": /bootstrap is larger than 32 KB/,
  "spot-price": /price for spot/,
  addresses: /no free address/,
  "not-found": /is not there/,
  "name-taken": /name is taken/,
  "in-use": /cannot be deleted while something else uses it/,
  conflict: /still busy with an earlier change/,
  throttling: /too many in a short time/,
  service: /fault of its own/,
  "dry-run": /dry run/,
  tsdb: /TSDB is not sold any more/,
  invalid: /does not take a setting/,
};
