import type { Call } from "../core/call.ts";
import type { Kind, Row } from "../core/store.ts";
import type { Tags } from "../core/tags.ts";
import { disks, instances, keyPairs, securityGroups, snapshotPolicies } from "../ecs/rows.ts";
import { addresses, natGateways, vpcs, vSwitches } from "../vpc/rows.ts";

interface Tagged extends Row {
  readonly tags: Tags;
}

/** Product and type in a resource name -> rows. */
const kinds: Readonly<Record<string, Kind<Tagged>>> = {
  "ecs instance": instances,
  "ecs disk": disks,
  "ecs securitygroup": securityGroups,
  "ecs keypair": keyPairs,
  "ecs snapshotpolicy": snapshotPolicies,
  "vpc vpc": vpcs,
  "vpc vswitch": vSwitches,
  "vpc eip": addresses,
  "vpc natgateway": natGateways,
};

/** Tags of the thing that a resource name means; none for *, and for what is not there. */
export function tagsOfResource(call: Call, resource: string): Tags {
  const [, product = "", , account = "", relative = ""] = resource.split(":");
  const slash = relative.indexOf("/");
  const kind = kinds[`${product} ${relative.slice(0, Math.max(0, slash))}`];
  if (kind === undefined || account !== call.account.id) return {};
  return call.store.find(kind, account, relative.slice(slash + 1))?.tags ?? {};
}
