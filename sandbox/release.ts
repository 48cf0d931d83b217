import type { Stack } from "@pulumi/pulumi/automation/index.js";
import type { CloudClient } from "../deploy/cloud-client.ts";
import { type Hold, liftCloudProtection, typeIn } from "../deploy/destroy-holds.ts";
import { unprotect } from "../deploy/destroy-unprotect.ts";
import { run } from "../deploy/operation.ts";
import { sandboxClient } from "./client.ts";
import type { Session } from "./session.ts";

const instance = "alicloud:ecs/instance:Instance";
const lindorms = ["alicloud:lindorm/instance:Instance", "alicloud:lindorm/instanceV2:InstanceV2"];
const tsdb = "alicloud:tsdb/instance:Instance";

/** Paid ahead, and no action of its API turns it around: the provider would only drop it from the state. */
export function endsWithItsTerm({ urn, what }: Hold): boolean {
  return what === "paid ahead" && typeIn(urn) === tsdb;
}

/**
 * Does what a person would do in the console before such a stack can end: lifts the cloud's deletion protection and
 * turns what is paid ahead into pay-as-you-go, by the cloud's API; Pulumi's own protection goes by its own command, and
 * a refresh tells the state.
 */
export async function release(stack: Stack, session: Session, region: string, found: readonly Hold[]): Promise<void> {
  const client = sandboxClient(session, region);
  for (const hold of found) {
    if (hold.what === "protected against deletion in the cloud") await liftCloudProtection(client, region, hold);
    if (hold.what === "paid ahead") await convert(client, region, hold);
  }
  await unprotect(stack);
  const refreshed = await run(stack, "refresh");
  if (!refreshed.ok) throw new Error(refreshed.failures.map(({ text }) => text).join("\n"));
}

async function convert(client: CloudClient, region: string, { urn, id }: Hold): Promise<void> {
  const type = typeIn(urn);
  if (type === instance) {
    const to = { RegionId: region, InstanceIds: JSON.stringify([id]), InstanceChargeType: "PostPaid" };
    await client.call("ecs", "ModifyInstanceChargeType", to);
  }
  if (lindorms.includes(type)) {
    await client.call("hitsdb", "ModifyInstancePayType", { RegionId: region, InstanceId: id, PayType: "POSTPAY" });
  }
}
