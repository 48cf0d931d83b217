import { type ApiName, type CallParameters, type CloudClient, CloudRefusal } from "./cloud-client.ts";
import { managedIn, type State, type StateResource } from "./state.ts";

/** Something that stands in the way of a stack's end on purpose, and what takes it away. */
export interface Hold {
  readonly urn: string;
  readonly id: string;
  readonly what: "protected by Pulumi" | "protected against deletion in the cloud" | "paid ahead";
}

const instance = "alicloud:ecs/instance:Instance";
const address = "alicloud:ecs/eipAddress:EipAddress";
const gateway = "alicloud:vpc/natGateway:NatGateway";
const lindorm = "alicloud:lindorm/instance:Instance";

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

export function isPaidAhead({ outputs = {} }: Pick<StateResource, "outputs">): boolean {
  return (
    outputs["instanceChargeType"] === "PrePaid" ||
    outputs["paymentType"] === "Subscription" ||
    outputs["paymentType"] === "PREPAY"
  );
}

/**
 * Lifts the cloud's own protection of one thing, as one would in the console: the provider never does. Lifting it twice is
 * lifting it once, and what is gone needs none.
 *
 * @throws CloudRefusal
 */
export async function liftCloudProtection(
  client: CloudClient,
  region: string,
  { urn, id }: Pick<Hold, "urn" | "id">,
): Promise<void> {
  const [api, action, more] = unprotecting(typeIn(urn));
  try {
    await client.call(api, action, { RegionId: region, InstanceId: id, ...more });
  } catch (error) {
    if (!(error instanceof CloudRefusal && /NotFound|IsDeleted/.test(error.code))) throw error;
  }
}

function unprotecting(type: string): readonly [ApiName, string, CallParameters] {
  const off = { DeletionProtection: false };
  if (type === instance) return ["ecs", "ModifyInstanceAttribute", off];
  if (type === address) return ["vpc", "DeletionProtection", { Type: "EIP", ProtectionEnable: false }];
  if (type === gateway) return ["vpc", "DeletionProtection", { Type: "NATGW", ProtectionEnable: false }];
  return ["hitsdb", "UpdateLindormInstanceAttribute", off];
}

/** Type of a resource by its URN. */
export function typeIn(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

/** Logical name of a resource by its URN. */
export function nameIn(urn: string): string {
  return urn.split("::").at(-1) ?? "";
}
