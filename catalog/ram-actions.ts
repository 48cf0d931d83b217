import { bssRows, locationRows, quotaRows, resourceGroupRows } from "./ram-actions/account.ts";
import { lindormRows, tsdbRows } from "./ram-actions/databases.ts";
import { ecsRows } from "./ram-actions/ecs.ts";
import { imsRows, ramRows, stsRows } from "./ram-actions/ram.ts";
import type { RamAction } from "./ram-actions/row.ts";
import { vpcRows } from "./ram-actions/vpc.ts";

export type { RamAction } from "./ram-actions/row.ts";

/** What each API action asks RAM for: its name there, its resources, and where that was read. */
export const ramActions: readonly RamAction[] = [
  ...ecsRows,
  ...vpcRows,
  ...lindormRows,
  ...tsdbRows,
  ...ramRows,
  ...imsRows,
  ...stsRows,
  ...locationRows,
  ...bssRows,
  ...quotaRows,
  ...resourceGroupRows,
];

const byVersion = new Map(ramActions.map((row) => [`${row.version} ${row.apiAction}`, row]));
const byProduct = new Map<string, RamAction[]>();
for (const row of ramActions) {
  const key = `${row.product}.${row.apiAction}`;
  byProduct.set(key, [...(byProduct.get(key) ?? []), row]);
}

/** The row of an action of an API version. */
export function ramAction(version: string, apiAction: string): RamAction | undefined {
  return byVersion.get(`${version} ${apiAction}`);
}

/** Rows of an action of a product; more than one where two versions have an action of that name. */
export function ramActionsOf(product: string, apiAction: string): readonly RamAction[] {
  return byProduct.get(`${product}.${apiAction}`) ?? [];
}
