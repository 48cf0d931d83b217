import { mlps } from "../clauses.ts";
import { demand, demandEach, unread, violation } from "../demand.ts";
import {
  accountOf,
  demandStatements,
  isEveryAction,
  isEveryone,
  isEveryResource,
  type Principal,
  type Statement,
} from "../policy-document.ts";
import type { Props, Reading } from "../reading.ts";
import type { Finding, ResourceRule } from "../rule.ts";
import { some } from "../some.ts";

const role = "alicloud:ram/role:Role";
const sharedRole = "alicloud:resourcemanager/role:Role";

/** Who a trust policy may name. */
interface Trusted {
  readonly services: readonly string[];
  readonly accounts: readonly string[];
}

const trustWanted = "only services and accounts of the settings (services, accounts)";

const trust: ResourceRule = {
  id: "cn-ram-trust",
  title: "Who may take a role",
  description:
    "A role trusts only services and accounts that the settings name. Whoever it trusts acts with its rights; everyone, or an account that nobody listed, is a way in from outside.",
  severity: "high",
  clause: mlps("8.1.4.2", "access control: rights only for accounts that are known"),
  tags: [],
  source: {
    source: "Alibaba Cloud, Basic elements of a permission policy (Principal); @pulumi/alicloud 3.108.0, ram.Role",
    observedAt: "2026-05-20",
  },
  fix: 'the stack\'s own roles trust ecs.aliyuncs.com only; name others in china:policies.services or china:policies.accounts, your own account too. In another program: "Principal" with exactly those',
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: {
    [role]: ["assumeRolePolicyDocument", "document", "services", "ramUsers"],
    [sharedRole]: ["assumeRolePolicyDocument"],
  },
  *check({ type, props }, { settings }) {
    const mistrusted = (statement: Statement) => strangersOf(statement, settings);
    yield* demandStatements(props.text("assumeRolePolicyDocument"), trustWanted, mistrusted);
    if (type !== role) return;
    yield* demandStatements(props.text("document"), trustWanted, mistrusted);
    for (const [property, kind] of olderPrincipals) {
      const stranger = (name: string) => strangerOf({ kind, name }, settings);
      yield* demandEach(props.texts(property), (name) => stranger(name) === undefined, {
        found: (name) => stranger(name) ?? "",
        wanted: trustWanted,
      });
    }
  },
};

/** Deprecated properties that the provider makes a trust policy of. */
const olderPrincipals = [
  ["services", "Service"],
  ["ramUsers", "RAM"],
] as const;

function strangersOf(statement: Statement, trusted: Trusted): readonly string[] {
  if (!statement.allows) return [];
  if (statement.everyoneBut) return ["everyone but some"];
  return statement.principals.flatMap((principal) => strangerOf(principal, trusted) ?? []);
}

/** Why a principal is not trusted; undefined when it is. */
function strangerOf({ kind, name }: Principal, { services, accounts }: Trusted): string | undefined {
  if (kind === "Service") return services.includes(name) ? undefined : "a service that is not listed";
  if (isEveryone(name)) return "everyone";
  if (kind !== "RAM" && kind !== "Federated") return "a principal of another kind";
  return accounts.includes(accountOf(name)) ? undefined : "an account that is not listed";
}

const policy = "alicloud:ram/policy:Policy";
const sharedPolicies = [
  "alicloud:resourcemanager/policy:Policy",
  "alicloud:resourcemanager/policyVersion:PolicyVersion",
];
const attachments = [
  "alicloud:ram/rolePolicyAttachment:RolePolicyAttachment",
  "alicloud:ram/userPolicyAttachment:UserPolicyAttachment",
  "alicloud:ram/groupPolicyAttachment:GroupPolicyAttachment",
  "alicloud:resourcemanager/policyAttachment:PolicyAttachment",
];
const accessConfiguration = "alicloud:cloudsso/accessConfiguration:AccessConfiguration";

const adminWanted = "actions and resources by name";
const fullAdmin = "every action on every resource";

const noAdmin: ResourceRule = {
  id: "cn-ram-no-admin",
  title: "No policy that allows everything",
  description:
    "No policy allows every action on every resource, and AdministratorAccess is attached to nobody: one key that leaks would open the whole account.",
  severity: "critical",
  clause: mlps("8.1.4.2", "access control: the least rights that a task needs"),
  tags: ["cis:1.15", "kics:e8e62026", "cloud-config:ram-policy-no-statements-with-admin-access-check"],
  source: {
    source: "InfraGuard 0.10, rule ram-policy-no-statements-with-admin-access-check; CIS Alibaba Cloud 2.0.0, 1.15",
    observedAt: "2026-06",
  },
  fix: "the stack's hosts get what china:hosts and china:buckets say, and no more; in another program: name actions and resources, and attach a policy of your own in place of AdministratorAccess",
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: {
    [policy]: [
      "policyDocument",
      "document",
      "statements",
      "statements[].effect",
      "statements[].actions",
      "statements[].resources",
    ],
    ...Object.fromEntries(sharedPolicies.map((type) => [type, ["policyDocument"]])),
    ...Object.fromEntries(attachments.map((type) => [type, ["policyName", "policyType"]])),
    [accessConfiguration]: [
      "permissionPolicies",
      "permissionPolicies[].permissionPolicyName",
      "permissionPolicies[].permissionPolicyType",
      "permissionPolicies[].permissionPolicyDocument",
    ],
  },
  *check({ type, props }) {
    if (type === accessConfiguration) {
      yield* eachMap(props.maps("permissionPolicies"), function* (inner) {
        yield* notAdministratorAccess(inner.text("permissionPolicyName"), inner.text("permissionPolicyType"));
        yield* demandStatements(inner.text("permissionPolicyDocument"), adminWanted, adminOf);
      });
      return;
    }
    if (attachments.includes(type)) {
      yield* notAdministratorAccess(props.text("policyName"), props.text("policyType"));
      return;
    }
    yield* demandStatements(props.text("policyDocument"), adminWanted, adminOf);
    if (type !== policy) return;
    yield* demandStatements(props.text("document"), adminWanted, adminOf);
    yield* eachMap(props.maps("statements"), olderStatement);
  },
};

function adminOf({ allows, actions, allActionsBut, resources }: Statement): readonly string[] {
  // Without a resource RAM refuses the document; should it ever mean all, the rule stays right.
  const everywhere = resources.length === 0 || resources.some(isEveryResource);
  if (!allows || !everywhere) return [];
  if (allActionsBut) return ["every action but some on every resource"];
  return actions.some(isEveryAction) ? [fullAdmin] : [];
}

function* notAdministratorAccess(name: Reading<string>, type: Reading<string>): Generator<Finding> {
  // A policy of one's own is judged where it is written.
  if (type.state === "known" && type.value !== "System") return;
  if (type.state === "wrong") yield violation(type.path, type.found, "Custom or System");
  yield* demand(name, (value) => value.toLowerCase() !== "administratoraccess", {
    found: "the policy AdministratorAccess",
    wanted: "a policy with the rights that are needed",
  });
}

/** A statement of the deprecated form: its effect and each element of its lists may be unknown. */
function* olderStatement(inner: Props): Generator<Finding> {
  const effect = inner.text("effect");
  const actions = some(inner.texts("actions"), isEveryAction);
  const resources = some(inner.texts("resources"), isEveryResource);
  if (effect.state === "known" && effect.value === "Deny") return;
  for (const reading of [actions, resources]) if (reading.state === "known" && !reading.value) return;
  const open = [effect, actions, resources].find(({ state }) => state !== "known");
  if (open === undefined) yield violation(inner.texts("actions").path, fullAdmin, adminWanted);
  else yield* unread(open, { wanted: adminWanted, absent: "absent" });
}

/** What a check says about each map of a list; a list or element that is none is a violation. */
function* eachMap(
  list: Reading<readonly Reading<Props>[]>,
  check: (inner: Props) => Iterable<Finding>,
): Generator<Finding> {
  yield* demandEach(list, () => true, { found: "", wanted: adminWanted });
  if (list.state !== "known") return;
  for (const element of list.value) if (element.state === "known") yield* check(element.value);
}

export const ramRules = [trust, noAdmin] as const;
