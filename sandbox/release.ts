import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import type { CloudClient } from "../deploy/cloud-client.ts";
import { run } from "../deploy/operation.ts";
import { managedIn, type State, type StateResource } from "../deploy/state.ts";
import { sandboxClient } from "./client.ts";
import type { Session } from "./session.ts";

/** Something that stands in the way of a stack's end on purpose, and what takes it away. */
export interface Hold {
  readonly urn: string;
  readonly id: string;
  readonly what: "protected by Pulumi" | "protected against deletion in the cloud" | "paid ahead";
}

const instance = "alicloud:ecs/instance:Instance";
const address = "alicloud:ecs/eipAddress:EipAddress";
const ofAddress = { Type: "EIP", ProtectionEnable: false };
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
  for (const hold of found) await lift(client, region, hold);
  const { workDir } = stack.workspace;
  const unprotect = ["state", "unprotect", "--all", "--yes", "--non-interactive", "--stack", stack.name];
  await promisify(execFile)("pulumi", unprotect, { cwd: workDir });
  const refreshed = await run(stack, "refresh");
  if (!refreshed.ok) throw new Error(refreshed.failures.map(({ text }) => text).join("\n"));
}

async function lift(client: CloudClient, region: string, { urn, id, what }: Hold): Promise<void> {
  const type = typeIn(urn);
  const where = { RegionId: region, InstanceId: id };
  if (what === "protected against deletion in the cloud") {
    if (type === instance) await client.call("ecs", "ModifyInstanceAttribute", { ...where, DeletionProtection: false });
    else if (type === address) await client.call("vpc", "DeletionProtection", { ...where, ...ofAddress });
    else await client.call("hitsdb", "UpdateLindormInstanceAttribute", { ...where, DeletionProtection: false });
  }
  if (what === "paid ahead" && type === instance) {
    const InstanceIds = JSON.stringify([id]);
    const to = { RegionId: region, InstanceIds, InstanceChargeType: "PostPaid" };
    await client.call("ecs", "ModifyInstanceChargeType", to);
  }
  if (what === "paid ahead" && (type === lindorm || type === lindormV2)) {
    await client.call("hitsdb", "ModifyInstancePayType", { ...where, PayType: "POSTPAY" });
  }
}

function typeIn(urn: string): string | undefined {
  return urn.split("::")[2]?.split("$").at(-1);
}
