import type { Call } from "../core/call.ts";
import type { Authorize } from "../core/cloud.ts";
import { CloudError } from "../core/errors.ts";
import { defaultVersion } from "./answers.ts";
import { parsePolicyOnce, type Statement } from "./document.ts";
import { evaluateBoth, type Question, type Verdict } from "./evaluate.ts";
import { findPolicy } from "./find-policy.ts";
import { questionsOf } from "./questions.ts";
import { type AttachedPolicy, groups, roles, users } from "./rows.ts";

/**
 * Whether the caller may make the call: the account itself always, a user by the policies attached to it and its groups, a session by
 * those of its role and its own.
 *
 * @throws Forbidden.RAM (ECS, VPC), NoPermission (all others), with the missing RAM action in the message
 */
export const authorize: Authorize = (call) => {
  const { kind, session } = call.caller;
  // Somebody without a key has a token; the action itself looks at it.
  if (kind === "account" || kind === "anonymous") return;
  const statements = statementsOf(call);
  const own = session?.policy === undefined ? undefined : parsePolicyOnce(session.policy);
  for (const question of questionsOf(call)) {
    const verdict = evaluateBoth(statements, own, question);
    if (verdict !== "Allow") throw refusal(call, question, verdict);
  }
};

/** What is attached to whoever calls; nothing when it has been deleted meanwhile. */
function attachedTo(call: Call): readonly AttachedPolicy[] {
  const { session, name } = call.caller;
  const holder =
    session === undefined
      ? call.store.find(users, call.account.id, name)
      : call.store.find(roles, call.account.id, session.role);
  const shared = session === undefined ? groupsOf(call, name).flatMap(({ attached }) => attached) : [];
  return [...(holder?.attached ?? []), ...shared];
}

function groupsOf(call: Call, user: string) {
  return call.store.list(groups, call.account.id).filter(({ members }) => members.some((one) => one.user === user));
}

function statementsOf(call: Call): readonly Statement[] {
  return attachedTo(call).flatMap((attached) => {
    const policy = findPolicy(call, attached.name, attached.type);
    return policy === undefined ? [] : parsePolicyOnce(defaultVersion(policy).document);
  });
}

function refusal(call: Call, question: Question, verdict: Verdict): CloudError {
  const [action = ""] = question.actions;
  const detail = `The action is ${action}, the resource ${question.resource} (${verdict}, ${call.caller.arn}).`;
  const { kind, name } = call.caller;
  const AccessDeniedDetail = {
    AuthAction: action,
    AuthPrincipalType: kind === "role" ? "AssumedRoleUser" : "SubUser",
    AuthPrincipalDisplayName: name,
    AuthPrincipalOwnerId: call.account.id,
    NoPermissionType: verdict,
    PolicyType: "AccountLevelIdentityBasedPolicy",
  };
  if (call.product === "ecs" || call.product === "vpc") {
    const said = "User not authorized to operate on the specified resource, or this API doesn't support RAM.";
    return new CloudError("Forbidden.RAM", 403, `${said} ${detail}`, { AccessDeniedDetail });
  }
  const said = "You are not authorized to do this action. You should be authorized by RAM.";
  return new CloudError("NoPermission", 403, `${said} ${detail}`, { AccessDeniedDetail });
}
