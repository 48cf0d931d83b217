import type { Action, Actions, Call } from "../core/call.ts";
import { matchesTags, tagsOf } from "../core/tags.ts";
import {
  alreadyThere,
  defaultVersion,
  inUse,
  limit,
  markerPage,
  nameOf,
  policyAnswer,
  textOf,
  versionAnswer,
} from "./answers.ts";
import { findPolicy, namedPolicy, ownPolicy, policyType } from "./find-policy.ts";
import { documentOf } from "./policy-versions.ts";
import { type AttachedPolicy, groups, type Policy, policies, roles, users } from "./rows.ts";
import { systemPolicies } from "./system-policies.ts";

const mostPolicies = 1_500;

const createPolicy: Action = (call) => {
  const name = nameOf(call.params, "PolicyName");
  const description = textOf(call.params, "Description") ?? "";
  const document = documentOf(call.params);
  const tags = tagsOf(call.params);
  if (findPolicy(call, name, "Custom") !== undefined || findPolicy(call, name, "System") !== undefined) {
    throw alreadyThere("Policy", "The policy does already EXIST.");
  }
  if (call.store.list(policies, call.account.id).length >= mostPolicies) throw limit("Policy", "policy");
  const policy = call.put(policies, {
    ...call.row(name),
    description,
    versions: [{ id: "v1", document, isDefault: true, createdAt: call.now() }],
    nextVersion: 2,
    tags,
  });
  return { Policy: policyAnswer(call, policy, 0) };
};

const getPolicy: Action = (call) => {
  const { policy, type } = namedPolicy(call);
  const attachments = attachmentCounts(call).get(`${type} ${policy.id}`) ?? 0;
  return {
    Policy: policyAnswer(call, policy, attachments),
    DefaultPolicyVersion: versionAnswer(defaultVersion(policy)),
  };
};

const updateDescription: Action = (call) => {
  const policy = ownPolicy(call);
  const changed = call.put(policies, {
    ...policy,
    description: textOf(call.params, "NewDescription") ?? policy.description,
    updatedAt: call.now(),
  });
  return { Policy: policyAnswer(call, changed, attachmentCounts(call).get(`Custom ${policy.id}`) ?? 0) };
};

const deletePolicy: Action = (call) => {
  const policy = ownPolicy(call);
  const attached = (row: { readonly attached: readonly { name: string; type: string }[] }) =>
    row.attached.some((one) => one.type === "Custom" && one.name === policy.id);
  if (call.store.list(users, call.account.id).some(attached)) {
    throw inUse("Policy.User", "The policy CAN NOT been attached to any user while deleting the policy.");
  }
  if (call.store.list(roles, call.account.id).some(attached)) {
    throw inUse("Role.Policy", "The policy CAN NOT been attached to any role while deleting the policy.");
  }
  if (call.store.list(groups, call.account.id).some(attached)) {
    throw inUse("Policy.Group", "The policy CAN NOT been attached to any group while deleting the policy.");
  }
  if (policy.versions.length > 1 && call.params.flag("CascadingDelete") !== true) {
    throw inUse("Policy.Version", "The policy CAN NOT has any version except the default version.");
  }
  call.remove(policies, policy);
  return {};
};

const listPolicies: Action = (call) => {
  const type = call.params.text("PolicyType") === undefined ? undefined : policyType(call.params);
  const own = type === "System" ? [] : call.store.list(policies, call.account.id);
  const found: readonly Policy[] = [...own, ...(type === "Custom" ? [] : systemPolicies)];
  const { rows, fields } = markerPage(
    found.filter((policy) => matchesTags(call, policy.tags)),
    call.params,
  );
  const counts = attachmentCounts(call);
  const answer = (policy: Policy) => {
    const kind = policy.account === call.account.id ? "Custom" : "System";
    return policyAnswer(call, policy, counts.get(`${kind} ${policy.id}`) ?? 0);
  };
  return { Policies: { Policy: rows.map(answer) }, ...fields };
};

/** Policies as such; their versions and what they are attached to have files of their own. */
export const policyActions: Actions = {
  CreatePolicy: createPolicy,
  GetPolicy: getPolicy,
  UpdatePolicyDescription: updateDescription,
  DeletePolicy: deletePolicy,
  ListPolicies: listPolicies,
};

/** "<type> <name>" -> number of users and roles that it is attached to. */
function attachmentCounts(call: Call): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const { store, account } = call;
  const holders: readonly { readonly attached: readonly AttachedPolicy[] }[] = [
    ...store.list(roles, account.id),
    ...store.list(users, account.id),
    ...store.list(groups, account.id),
  ];
  for (const row of holders) {
    for (const { type, name } of row.attached) {
      counts.set(`${type} ${name}`, (counts.get(`${type} ${name}`) ?? 0) + 1);
    }
  }
  return counts;
}
