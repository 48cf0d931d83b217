import type { Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import type { Params } from "../core/params.ts";
import { nameOf, notThere } from "./answers.ts";
import { type Policy, policies } from "./rows.ts";
import { systemPolicy } from "./system-policies.ts";

export type PolicyType = "Custom" | "System";

/** @throws InvalidParameter.PolicyType */
export function policyType(params: Params): PolicyType {
  const type = params.need("PolicyType");
  if (type !== "Custom" && type !== "System") {
    throw new CloudError("InvalidParameter.PolicyType", 400, 'The parameter - "PolicyType" is incorrect.');
  }
  return type;
}

/** A policy by name and type, the account's own or one of the cloud's. */
export function findPolicy(call: Call, name: string, type: PolicyType): Policy | undefined {
  return type === "System" ? systemPolicy(name) : call.store.find(policies, call.account.id, name);
}

/** The account's own policy that the call names. @throws EntityNotExist.Policy */
export function ownPolicy(call: Call): Policy {
  const policy = findPolicy(call, nameOf(call.params, "PolicyName"), "Custom");
  if (policy === undefined) throw notThere("Policy", "policy");
  return policy;
}

/** The policy that the call names, with its type. @throws EntityNotExist.Policy */
export function namedPolicy(call: Call): { readonly policy: Policy; readonly type: PolicyType } {
  const type = policyType(call.params);
  const policy = findPolicy(call, nameOf(call.params, "PolicyName"), type);
  if (policy === undefined) throw notThere("Policy", "policy");
  return { policy, type };
}
