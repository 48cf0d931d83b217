import { type RamAction, ramActionsOf } from "../catalog/ram-actions.ts";
import type { Plan } from "../plan/plan.ts";
import { deploymentCalls, destroyCalls, softwareCalls } from "../sandbox/deployment-calls.ts";
import type { Statement } from "../sandbox/ram/document.ts";
import { evaluate, type Question } from "../sandbox/ram/evaluate.ts";

/** A right that a deployment of the stack needs. */
export interface Need {
  /** RAM action. */
  readonly action: string;
  /** now: to make the stack. later: to change or delete it. first: where it is the account's first of a kind. */
  readonly when: "now" | "later" | "first";
  readonly questions: readonly Question[];
  /**
   * For an action without resources of its own: a policy must say * then, and some say that a name of the product is enough.
   * What only these would allow is undecided.
   */
  readonly narrower?: readonly Question[];
}

/** What a policy says of a need: undecided where that hangs on a condition of which nothing is known here. */
export type Answer = "allowed" | "missing" | "undecided";

export interface Scope {
  readonly region: string;
  readonly account: string;
  /** How names of roles and policies begin: the project's name and a hyphen. */
  readonly prefix: string;
}

/** What the stack's resources need, each action once, from the calls that the provider makes for their types. */
export function needsOf(plan: Plan, scope: Scope): readonly Need[] {
  const there = new Set(plan.resources.map(({ type }) => type));
  const rows = deploymentCalls.filter((row) => there.has(`alicloud:${row.resource}`));
  const now = rows.flatMap((row) => [...row.create, ...row.read]);
  if (there.has("alicloud:ecs/instance:Instance")) now.push(...softwareCalls);
  const later = rows.flatMap((row) => [...row.update, ...row.delete]);
  if (there.has("alicloud:ecs/ecsDisk:EcsDisk")) later.push(...destroyCalls);
  const needs = new Map<string, Need>();
  const add = (calls: readonly string[], when: Need["when"]) => {
    for (const row of calls.flatMap(rowsOf)) {
      for (const need of needOf(row, when, scope)) {
        const known = needs.get(need.action);
        if (known === undefined) needs.set(need.action, need);
        else if (known.when === when)
          needs.set(need.action, {
            ...need,
            questions: [...known.questions, ...need.questions],
            narrower: [...(known.narrower ?? []), ...(need.narrower ?? [])],
          });
      }
    }
  };
  add(now, "now");
  add(later, "later");
  const asked = (action: string, when: Need["when"], resource: string, key: string, value: string): void => {
    const context = new Map([...everyCall, [key, [value]] as const]);
    needs.set(action, { action, when, questions: [{ actions: [action], resource, context }] });
  };
  if (there.has("alicloud:ecs/ramRoleAttachment:RamRoleAttachment")) {
    asked("ram:PassRole", "now", `acs:ram:*:${scope.account}:role/${scope.prefix}x`, "acs:service", "ecs.aliyuncs.com");
  }
  if (there.has("alicloud:vpc/natGateway:NatGateway")) {
    asked("ram:CreateServiceLinkedRole", "first", "*", "ram:servicename", "nat.aliyuncs.com");
  }
  return [...needs.values()].toSorted((a, b) => (a.action < b.action ? -1 : 1));
}

/** What is known of every call of the provider. */
const everyCall: readonly (readonly [string, readonly string[]])[] = [["acs:securetransport", ["true"]]];

function rowsOf(call: string): readonly RamAction[] {
  const [product = "", action = ""] = call.split(".");
  return ramActionsOf(product, action);
}

function needOf(row: RamAction, when: Need["when"], scope: Scope): readonly Need[] {
  if (row.ramAction === "") return [];
  const actions = [row.ramAction, ...(row.alsoAs ?? [])];
  const context = new Map(everyCall);
  const questions = row.resources.flatMap((pattern) =>
    named(pattern, scope).map((resource): Question => ({ actions, resource, context })),
  );
  const [product = ""] = row.ramAction.split(":");
  const resource = `acs:${product}:${scope.region}:${scope.account}:any`;
  const narrower = questions.map((question) => (question.resource === "*" ? { ...question, resource } : question));
  return [{ action: row.ramAction, when, questions, narrower }];
}

/** A resource of the table as the provider would name it: one of this region and account, of any id, of the project's roles. */
function named(pattern: string, scope: Scope): readonly string[] {
  if (pattern === "{Bound}") return named("acs:ecs:{region}:{account}:instance/{InstanceId}", scope);
  const own = pattern
    .replaceAll("{region}", scope.region)
    .replaceAll("{account}", scope.account)
    .replaceAll("{policyAccount}", scope.account)
    .replace(/role\/\{[^}]*\}/, `role/${scope.prefix}x`)
    .replace(/policy\/\{[^}]*\}/, `policy/${scope.prefix}x`);
  if (own.startsWith("acs:ram:") && own.includes("{ResourceType}")) {
    return ["role", "policy"].map((type) => own.replace(/\{ResourceType\}\/\{[^}]*\}/, `${type}/${scope.prefix}x`));
  }
  // Any id: a policy that names some of them does not allow the ones that are yet to be made.
  return [own.replaceAll(/\{[^}]*\}/g, "*")];
}

/**
 * What policies say of a need. Only what they would say under every circumstance is an answer: a condition on an address or a
 * time that holds here may not hold where the deployment runs.
 */
export function answerOf(statements: readonly Statement[], need: Need): Answer {
  const all = (given: readonly Statement[], questions: readonly Question[]) =>
    questions.every((question) => evaluate(given, question) === "Allow");
  if (!all(hopeful(statements), need.narrower ?? need.questions)) return "missing";
  return all(doubtful(statements), need.questions) ? "allowed" : "undecided";
}

const conditional = ({ conditions }: Statement) =>
  Object.keys(conditions).some((name) => !decided(conditions[name] ?? {}));
/** Keys that are known of every call, or that the question brings. */
const decided = (keys: Readonly<Record<string, unknown>>) =>
  Object.keys(keys).every((key) =>
    ["acs:securetransport", "acs:service", "ram:servicename"].includes(key.toLowerCase()),
  );

/** Every condition of which nothing is known turns out well. */
function hopeful(statements: readonly Statement[]): readonly Statement[] {
  return statements.flatMap((statement) => {
    if (!conditional(statement)) return [statement];
    return statement.effect === "Allow" ? [{ ...statement, conditions: {} }] : [];
  });
}

/** And every one turns out badly. */
function doubtful(statements: readonly Statement[]): readonly Statement[] {
  return statements.flatMap((statement) => {
    if (!conditional(statement)) return [statement];
    return statement.effect === "Deny" ? [{ ...statement, conditions: {} }] : [];
  });
}
