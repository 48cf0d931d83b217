import type { Fact } from "../fact.ts";

/** What one API action asks RAM for. */
export interface RamAction extends Fact {
  /** Product as the local cloud and the log of calls name it: ecs, vpc, hitsdb, ... */
  readonly product: string;
  readonly version: string;
  readonly apiAction: string;
  /** Name in a policy's Action; "" when anybody with a key may call it. The product code is not always the RAM name. */
  readonly ramAction: string;
  /** Further names that a policy may use for the same. */
  readonly alsoAs?: readonly string[];
  readonly access: "read" | "list" | "write";
  /**
   * Resources that it asks for, all of them. {region}, {account}, and parameters of the call: {InstanceId}; * where a
   * parameter is not sent. {Bound} is the host or gateway that an address is bound to. A lone * where the cloud does not look at single resources: a policy must say * then.
   */
  readonly resources: readonly string[];
  /** Resources that it asks for only when their parameter is sent. */
  readonly optional?: readonly string[];
  /** Condition keys of the product that it knows, besides those of every call (source address, time, TLS). */
  readonly conditions: readonly string[];
  /** A role that the call hands to a service asks for ram:PassRole as well. */
  readonly passesRole?: { readonly parameter: string; readonly service: string };
}

type Written = Pick<RamAction, "apiAction" | "access"> & Partial<RamAction>;

/** Rows of one API: what is the same in all of them is said once. */
export function rowsOf(
  api: { readonly product: string; readonly version: string; readonly code: string } & Pick<RamAction, "conditions">,
  rows: readonly (Written & Fact)[],
): readonly RamAction[] {
  return rows.map((row) => ({
    product: api.product,
    version: api.version,
    ramAction: `${api.code}:${row.apiAction}`,
    resources: ["*"],
    conditions: api.conditions,
    ...row,
  }));
}

/** Several actions with the same facts: `many(fact, "read", ["*"], "DescribeZones", "DescribeRegions")`. */
export function many(
  fact: Fact,
  access: RamAction["access"],
  resources: readonly string[],
  ...apiActions: readonly string[]
): readonly (Written & Fact)[] {
  return apiActions.map((apiAction) => ({ ...fact, apiAction, access, resources }));
}
