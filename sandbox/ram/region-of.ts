import type { Call } from "../core/call.ts";
import type { Kind, Row } from "../core/store.ts";
import { disks, instances, securityGroups, snapshotPolicies } from "../ecs/rows.ts";
import { lindorms, tsdbs } from "../hitsdb/rows.ts";
import { addresses, natGateways, vpcs, vSwitches } from "../vpc/rows.ts";

const named: readonly Kind<Row>[] = [
  ...[instances, disks, securityGroups, snapshotPolicies],
  ...[vpcs, vSwitches, addresses, natGateways, lindorms, tsdbs],
];

/**
 * Region in which a call works, for the names of its resources; * when nothing tells. Some calls name no region, since
 * the real cloud has an endpoint for each; here it is that of the first thing that the call names by its id.
 */
export function regionOf(call: Call): string {
  if (call.region !== "") return call.region;
  for (const [, value] of call.params.entries()) {
    for (const kind of named) {
      const row = call.store.find(kind, call.account.id, value);
      if (row !== undefined) return row.region;
    }
  }
  return "*";
}
