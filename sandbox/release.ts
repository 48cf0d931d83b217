import type { CloudClient } from "../deploy/cloud-client.ts";
import { managedIn, type State, type StateResource } from "../deploy/state.ts";

/** Something that stands in the way of a stack's end on purpose, and what takes it away. */
export interface Hold {
  readonly urn: string;
  readonly id: string;
  readonly what: "protected by Pulumi" | "protected against deletion in the cloud" | "paid ahead";
}

const instance = "alicloud:ecs/instance:Instance";
const lindorm = "alicloud:lindorm/instance:Instance";
const lindormV2 = "alicloud:lindorm/instanceV2:InstanceV2";
const tsdb = "alicloud:tsdb/instance:Instance";

/** What keeps a stack from being destroyed: nothing of it is an accident, so it is said before anything is touched. */
export function holds(state: State): readonly Hold[] {
  return managedIn(state).flatMap((resource) => {
    const { urn, id = "" } = resource;
    const found: Hold[] = [];
    if (resource.protect === true) found.push({ urn, id, what: "protected by Pulumi" });
    if (isDeletionProtected(resource)) found.push({ urn, id, what: "protected against deletion in the cloud" });
    if (isPaidAhead(resource)) found.push({ urn, id, what: "paid ahead" });
    return found;
  });
}

function isDeletionProtected({ type, outputs = {} }: StateResource): boolean {
  // Upstream's spelling, for the first generation of Lindorm.
  const value = outputs[type === lindorm ? "deletionProection" : "deletionProtection"];
  return value === true || value === "TRUE" || value === "true";
}

function isPaidAhead({ outputs = {} }: StateResource): boolean {
  return (
    outputs["instanceChargeType"] === "PrePaid" ||
    outputs["paymentType"] === "Subscription" ||
    outputs["paymentType"] === "PREPAY"
  );
}

/**
 * Does what a person would do in the console before such a stack can end: lifts the cloud's deletion protection and
 * turns what is paid ahead into pay-as-you-go. Pulumi's own protection is lifted by its own command.
 */
export async function lift(client: CloudClient, region: string, found: readonly Hold[]): Promise<void> {
  for (const { urn, id, what } of found) {
    const type = typeIn(urn);
    const where = { RegionId: region, InstanceId: id };
    if (what === "protected against deletion in the cloud") {
      if (type === instance) await client.call("ecs", "ModifyInstanceAttribute", { ...where, DeletionProtection: false });
      else await client.call("hitsdb", "UpdateLindormInstanceAttribute", { ...where, DeletionProtection: false });
    }
    if (what === "paid ahead") {
      if (type === instance) {
        await client.call("ecs", "ModifyInstanceChargeType", {
          RegionId: region,
          InstanceIds: JSON.stringify([id]),
          InstanceChargeType: "PostPaid",
        });
      } else if (type === lindorm || type === lindormV2) {
        await client.call("hitsdb", "ModifyInstancePayType", { ...where, PayType: "POSTPAY" });
      } else if (type === tsdb) {
        // No action of the TSDB API turns a subscription around; it stays, and is named after the destroy.
      }
    }
  }
}

function typeIn(urn: string): string {
  return (urn.split("::")[2] ?? "").split("$").at(-1) ?? "";
}
