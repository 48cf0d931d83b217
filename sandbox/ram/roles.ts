import type { Action, Actions } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import type { Params } from "../core/params.ts";
import { matchesTags, tagsOf } from "../core/tags.ts";
import {
  alreadyThere,
  inUse,
  limit,
  markerPage,
  nameOf,
  newId,
  notThere,
  roleAnswer,
  textOf,
  tooLong,
} from "./answers.ts";
import { parseTrust } from "./document.ts";
import { roles } from "./rows.ts";

const mostRoles = 1_000;
const longestTrustPolicy = 4_096;
const shortestSession = 3_600;
const longestSession = 43_200;

const createRole: Action = (call) => {
  const name = nameOf(call.params, "RoleName");
  const description = textOf(call.params, "Description") ?? "";
  const trustPolicy = trustOf(call.params.need("AssumeRolePolicyDocument"), "AssumeRolePolicyDocument");
  const maxSession = sessionOf(call.params, "MaxSessionDuration") ?? shortestSession;
  const tags = tagsOf(call.params);
  if (call.find(roles, name) !== undefined) throw alreadyThere("Role", "The role does already EXIST.");
  if (call.store.list(roles, call.account.id).length >= mostRoles) throw limit("Role", "roles");
  const role = call.put(roles, {
    ...call.row(name),
    roleId: newId(),
    description,
    trustPolicy,
    maxSession,
    attached: [],
    tags,
  });
  return { Role: roleAnswer(role) };
};

const getRole: Action = (call) => {
  const role = call.find(roles, nameOf(call.params, "RoleName"));
  if (role === undefined) throw notThere("Role", "role");
  return { Role: roleAnswer(role) };
};

const updateRole: Action = (call) => {
  const role = call.find(roles, nameOf(call.params, "RoleName"));
  if (role === undefined) throw notThere("Role", "role");
  const trust = call.params.text("NewAssumeRolePolicyDocument");
  const changed = call.put(roles, {
    ...role,
    description: textOf(call.params, "NewDescription") ?? role.description,
    trustPolicy: trust === undefined ? role.trustPolicy : trustOf(trust, "NewAssumeRolePolicyDocument"),
    maxSession: sessionOf(call.params, "NewMaxSessionDuration") ?? role.maxSession,
    updatedAt: call.now(),
  });
  return { Role: roleAnswer(changed) };
};

const deleteRole: Action = (call) => {
  const role = call.find(roles, nameOf(call.params, "RoleName"));
  if (role === undefined) throw notThere("Role", "role");
  if (role.attached.length > 0) {
    throw inUse("Role.Policy", "The role CAN NOT has any attached policy while deleting the role.");
  }
  call.remove(roles, role);
  return {};
};

const listRoles: Action = (call) => {
  const found = call.store.list(roles, call.account.id).filter((role) => matchesTags(call, role.tags));
  const { rows, fields } = markerPage(found, call.params);
  return { Roles: { Role: rows.map(roleAnswer) }, ...fields };
};

/** Roles, and what they trust. */
export const roleActions: Actions = {
  CreateRole: createRole,
  GetRole: getRole,
  UpdateRole: updateRole,
  DeleteRole: deleteRole,
  ListRoles: listRoles,
};

function trustOf(text: string, parameter: string): string {
  if (text.length > longestTrustPolicy) throw tooLong(parameter);
  parseTrust(text);
  return text;
}

/** Seconds. @throws InvalidParameter.MaxSessionDuration */
function sessionOf(params: Params, name: string): number | undefined {
  const seconds = params.integer(name);
  if (seconds === undefined) return undefined;
  if (seconds < shortestSession || seconds > longestSession) {
    throw new CloudError(
      `InvalidParameter.${name}`,
      400,
      `The parameter - "${name}" MUST be in the range of ${shortestSession} and ${longestSession}.`,
    );
  }
  return seconds;
}
