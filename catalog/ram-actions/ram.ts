import { fact } from "../fact.ts";
import { many, type RamAction, rowsOf } from "./row.ts";

const createRole = fact("RAM API reference, CreateRole, undated copy of about 2018", "2018-12");
const deletePolicy = fact("RAM API reference, DeletePolicy (28718)", "2025-01-08");
const deleteVersion = fact("RAM API reference, DeletePolicyVersion, undated copy of about 2018", "2018-12");
const assumeRole = fact("RAM documents, FAQ about roles and STS tokens, stored copy", "2026-11");
const rule = fact(
  "RAM API reference: actions are named after the API, resources as in CreateRole and DeletePolicy",
  "2025-07-31",
  "inferred",
);
const keyless = fact("believed: these calls ask for no permission", "2026-11", "unverified");

const role = "acs:ram:*:{account}:role/{RoleName}";
const user = "acs:ram:*:{account}:user/{UserName}";
/** The cloud's own policies belong to "system". */
const policy = "acs:ram:*:{policyAccount}:policy/{PolicyName}";
const tagged = "acs:ram:*:{account}:{ResourceType}/{ResourceNames}";
const group = "acs:ram:*:{account}:group/{GroupName}";
const provider = "acs:ram:*:{account}:oidc-provider/{OIDCProviderName}";

/** Resource Access Management. */
export const ramRows: readonly RamAction[] = rowsOf(
  { product: "ram", version: "2015-05-01", code: "ram", conditions: [] },
  [
    ...many(createRole, "write", ["acs:ram:*:{account}:role/{RoleName}"], "CreateRole"),
    ...many(rule, "write", [role], "UpdateRole", "DeleteRole"),
    ...many(rule, "read", [role], "GetRole"),
    ...many(rule, "list", ["acs:ram:*:{account}:role/*"], "ListRoles"),
    ...many(rule, "list", [role], "ListPoliciesForRole"),

    ...many(rule, "write", [policy], "CreatePolicy", "UpdatePolicyDescription"),
    ...many(rule, "write", [policy], "CreatePolicyVersion", "SetDefaultPolicyVersion"),
    ...many(deletePolicy, "write", [policy], "DeletePolicy"),
    ...many(deleteVersion, "write", [policy], "DeletePolicyVersion"),
    ...many(rule, "read", [policy], "GetPolicy", "GetPolicyVersion"),
    ...many(rule, "list", ["acs:ram:*:{account}:policy/*"], "ListPolicies"),
    ...many(rule, "list", [policy], "ListPolicyVersions", "ListEntitiesForPolicy"),
    ...many(rule, "write", [role, policy], "AttachPolicyToRole", "DetachPolicyFromRole"),
    ...many(rule, "write", [user, policy], "AttachPolicyToUser", "DetachPolicyFromUser"),

    ...many(rule, "write", [user], "CreateUser", "UpdateUser", "DeleteUser"),
    ...many(rule, "write", [user], "CreateAccessKey", "UpdateAccessKey", "DeleteAccessKey"),
    ...many(rule, "read", [user], "GetUser"),
    ...many(rule, "list", ["acs:ram:*:{account}:user/*"], "ListUsers"),
    ...many(rule, "list", [user], "ListAccessKeys", "ListPoliciesForUser", "ListGroupsForUser"),

    ...many(rule, "write", [group], "CreateGroup", "DeleteGroup"),
    ...many(rule, "list", ["acs:ram:*:{account}:group/*"], "ListGroups"),
    ...many(rule, "list", [group], "ListPoliciesForGroup"),
    ...many(rule, "write", [user, group], "AddUserToGroup", "RemoveUserFromGroup"),
    ...many(rule, "write", [group, policy], "AttachPolicyToGroup", "DetachPolicyFromGroup"),

    ...many(rule, "write", [tagged], "TagResources", "UntagResources"),
    ...many(rule, "list", [tagged], "ListTagResources"),
  ],
);

/** Identity management: providers of tokens. */
export const imsRows: readonly RamAction[] = rowsOf(
  { product: "ims", version: "2019-08-15", code: "ram", conditions: [] },
  [
    ...many(rule, "write", [provider], "CreateOIDCProvider", "UpdateOIDCProvider", "DeleteOIDCProvider"),
    ...many(rule, "read", [provider], "GetOIDCProvider"),
    ...many(rule, "list", ["acs:ram:*:{account}:oidc-provider/*"], "ListOIDCProviders"),
  ],
);

/** Security Token Service. */
export const stsRows: readonly RamAction[] = rowsOf(
  { product: "sts", version: "2015-04-01", code: "sts", conditions: [] },
  [
    { ...assumeRole, apiAction: "AssumeRole", access: "write", resources: ["{RoleArn}"] },
    { ...keyless, apiAction: "GetCallerIdentity", access: "read", ramAction: "" },
    // It brings a token of its own: the role's trust policy decides.
    { ...keyless, apiAction: "AssumeRoleWithOIDC", access: "write", ramAction: "" },
  ],
);
