import type { Actions, Answer, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { Params } from "../core/params.ts";
import { type SecurityGroup, type SecurityRule, securityGroups } from "./rows.ts";
import { needGroup } from "./security-group-find.ts";
import { readRule, ruleKey, ruleParams, sameRule } from "./security-group-rule.ts";
import { checkRuleCounts, checkTarget } from "./security-group-targets.ts";

export const securityGroupRuleActions: Actions = {
  AuthorizeSecurityGroup: (call) => authorize(call, "ingress"),
  AuthorizeSecurityGroupEgress: (call) => authorize(call, "egress"),
  RevokeSecurityGroup: (call) => revoke(call, "ingress"),
  RevokeSecurityGroupEgress: (call) => revoke(call, "egress"),
  ModifySecurityGroupRule: (call) => modify(call, "ingress"),
  ModifySecurityGroupEgressRule: (call) => modify(call, "egress"),
};

type Direction = SecurityRule["direction"];

/** One rule, or Permissions.N; not both. @throws InvalidParam.Permissions, InvalidParam.DuplicatePermissions (400) */
function sent(call: Call): readonly Params[] {
  const permissions = call.params.objects("Permissions");
  if (permissions.length === 0) return [call.params];
  if (call.params.text("IpProtocol") !== undefined) {
    throw new CloudError(
      "InvalidParam.Permissions",
      400,
      "The specified parameter Permissions cannot coexist with other parameters.",
    );
  }
  return permissions;
}

/** A rule that is there already is no error and is not added twice. @throws AuthorizationLimitExceed (403) */
function authorize(call: Call, direction: Direction): Answer {
  const group = needGroup(call);
  const inputs = sent(call).map((params) => readRule(params, direction));
  const keys = inputs.map((input) => `${ruleKey(input)} ${input.priority}`);
  if (new Set(keys).size < keys.length) {
    throw new CloudError(
      "InvalidParam.DuplicatePermissions",
      400,
      "There are duplicate permissions in the specified parameter Permissions.",
    );
  }
  for (const input of inputs) checkTarget(call, group, input);
  const added = inputs
    .filter((input) => !group.rules.some((rule) => sameRule(rule, input)))
    .map((input) => ({ ...input, id: `sgr-${call.randomId()}`, createdAt: call.now() }));
  const rules = [...group.rules, ...added];
  checkRuleCounts(call, rules);
  if (added.length > 0) call.put(securityGroups, { ...group, rules });
  return {};
}

/** By id, or by what the rules say; a rule that is not there is no error then. @throws InvalidParam.SecurityGroupRuleId */
function revoke(call: Call, direction: Direction): Answer {
  const group = needGroup(call);
  const ids = call.params.list("SecurityGroupRuleId");
  for (const id of ids) needRule(group, id, direction);
  const gone = ids.length > 0 ? (rule: SecurityRule) => ids.includes(rule.id) : matcher(call, direction);
  const rules = group.rules.filter((rule) => !gone(rule));
  if (rules.length < group.rules.length) call.put(securityGroups, { ...group, rules });
  return {};
}

/** Priority only counts when it was sent. */
function matcher(call: Call, direction: Direction): (rule: SecurityRule) => boolean {
  const wanted = sent(call).map((params) => {
    const input = readRule(params, direction);
    return { key: ruleKey(input), priority: params.text("Priority") === undefined ? undefined : input.priority };
  });
  return (rule) => {
    const key = ruleKey(rule);
    return wanted.some((one) => one.key === key && (one.priority ?? rule.priority) === rule.priority);
  };
}

function modify(call: Call, direction: Direction): Answer {
  const group = needGroup(call);
  const id = call.params.text("SecurityGroupRuleId");
  const { before, after } =
    id === undefined ? changeByContent(call, group, direction) : changeById(call, group, id, direction);
  const rules = group.rules.map((rule) => (rule.id === before.id ? after : rule));
  call.put(securityGroups, { ...group, rules });
  return {};
}

interface Change {
  readonly before: SecurityRule;
  readonly after: SecurityRule;
}

/** What is sent replaces what was. @throws InvalidOperation.ModifySgRuleEntityType (400) and what readRule throws */
function changeById(call: Call, group: SecurityGroup, id: string, direction: Direction): Change {
  const before = needRule(group, id, direction);
  const values = ruleParams(before);
  const side = direction === "ingress" ? "Source" : "Dest";
  for (const name of values.keys()) {
    const value = call.params.text(name);
    if (value === undefined) continue;
    if (name.includes(side) && !name.includes("Owner") && values.get(name) === "") {
      throw new CloudError(
        "InvalidOperation.ModifySgRuleEntityType",
        400,
        "The source or destination type of the rules cannot be modified.",
      );
    }
    values.set(name, value);
  }
  const input = readRule(new Params(values), direction);
  checkTarget(call, group, input);
  return { before, after: { ...input, id: before.id, createdAt: before.createdAt } };
}

/** Without an id, what is sent finds the rule, and its description and priority are set. @throws SecurityGroupRule.NotFound */
function changeByContent(call: Call, group: SecurityGroup, direction: Direction): Change {
  const input = readRule(call.params, direction);
  const same = group.rules.filter((rule) => ruleKey(rule) === ruleKey(input));
  const before = same.find((rule) => rule.priority === input.priority) ?? same[0];
  if (before === undefined) {
    throw new CloudError("SecurityGroupRule.NotFound", 404, "The target security group rule not exist.");
  }
  const description = call.params.has("Description") ? input.description : before.description;
  const priority = call.params.text("Priority") === undefined ? before.priority : input.priority;
  return { before, after: { ...before, description, priority } };
}

/** @throws InvalidParam.SecurityGroupRuleId (400) */
function needRule(group: SecurityGroup, id: string, direction: Direction): SecurityRule {
  const rule = group.rules.find((one) => one.id === id && one.direction === direction);
  if (rule !== undefined) return rule;
  throw new CloudError(
    "InvalidParam.SecurityGroupRuleId",
    400,
    "The specified parameter SecurityGroupRuleId is not valid.",
  );
}
