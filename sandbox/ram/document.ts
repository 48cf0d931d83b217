import { CloudError } from "../core/errors.ts";
import { knownOperator } from "./conditions.ts";

/** Condition operator -> key -> values, of which one is to fit. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** One statement of a policy. Exactly one of actions and notActions is given, and one of resources and notResources. */
export interface Statement {
  readonly effect: "Allow" | "Deny";
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly conditions: Conditions;
}

/** A statement of a trust policy: who may take the role on. Kind of principal -> names. */
export interface TrustStatement {
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly principals: Readonly<Record<string, readonly string[]>>;
  readonly conditions: Conditions;
}

/** @throws MalformedPolicyDocument */
export function parsePolicy(text: string): readonly Statement[] {
  return statementsOf(text).map((statement) => {
    const effect = effectOf(statement);
    const [actions, notActions] = oneOf(statement, "Action", "NotAction");
    const [resources, notResources] = oneOf(statement, "Resource", "NotResource");
    for (const action of actions ?? notActions ?? []) {
      if (!/^(\*|[A-Za-z0-9*-]+:[A-Za-z0-9*?/-]+)$/.test(action)) throw malformed(`Invalid action: ${action}`);
    }
    for (const resource of resources ?? notResources ?? []) {
      if (resource !== "*" && !resource.startsWith("acs:")) throw malformed(`Invalid resource: ${resource}`);
    }
    return {
      effect,
      ...(actions === undefined ? {} : { actions }),
      ...(notActions === undefined ? {} : { notActions }),
      ...(resources === undefined ? {} : { resources }),
      ...(notResources === undefined ? {} : { notResources }),
      conditions: conditionsOf(statement),
    };
  });
}

/** @throws MalformedPolicyDocument */
export function parseTrust(text: string): readonly TrustStatement[] {
  return statementsOf(text).map((statement) => {
    const actions = strings(statement["Action"], "Action");
    const principal = statement["Principal"];
    if (!isObject(principal)) throw malformed("Principal is missing");
    const principals: Record<string, readonly string[]> = {};
    for (const [kind, names] of Object.entries(principal)) {
      if (kind !== "RAM" && kind !== "Service" && kind !== "Federated") throw malformed(`Invalid principal: ${kind}`);
      // One kind may be empty beside another: the provider sends "RAM": [] for a role of services (its tests of 1.285.0).
      principals[kind] = Array.isArray(names) && names.length === 0 ? [] : strings(names, kind);
    }
    if (Object.values(principals).every((names) => names.length === 0)) throw malformed("Principal is empty");
    return { effect: effectOf(statement), actions, principals, conditions: conditionsOf(statement) };
  });
}

const cache = new Map<string, readonly Statement[]>();

/** The same, remembered: a policy is asked about at every call. */
export function parsePolicyOnce(text: string): readonly Statement[] {
  const known = cache.get(text);
  if (known !== undefined) return known;
  if (cache.size > 1_000) cache.clear();
  const parsed = parsePolicy(text);
  cache.set(text, parsed);
  return parsed;
}

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function malformed(why: string): CloudError {
  return new CloudError("MalformedPolicyDocument", 400, `The policy document is malformed: ${why}.`);
}

function statementsOf(text: string): readonly Json[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw malformed("it is no JSON");
  }
  if (!isObject(document)) throw malformed("it is no object");
  // Some of the cloud's own examples have the number.
  if (String(document["Version"]) !== "1") throw malformed('Version must be "1"');
  const statements = document["Statement"];
  const list = Array.isArray(statements) ? statements : [statements];
  if (list.length === 0 || !list.every(isObject)) throw malformed("Statement must be a list of objects");
  return list;
}

function effectOf(statement: Json): "Allow" | "Deny" {
  const effect = statement["Effect"];
  if (effect !== "Allow" && effect !== "Deny") throw malformed("Effect must be Allow or Deny");
  return effect;
}

function oneOf(
  statement: Json,
  yes: string,
  no: string,
): [readonly string[] | undefined, readonly string[] | undefined] {
  if ((statement[yes] === undefined) === (statement[no] === undefined))
    throw malformed(`${yes} or ${no} must be given`);
  return statement[yes] === undefined
    ? [undefined, strings(statement[no], no)]
    : [strings(statement[yes], yes), undefined];
}

function strings(value: unknown, name: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw malformed(`${name} is empty`);
  return list.map((item) => {
    if (typeof item !== "string" || item === "") throw malformed(`${name} must be text`);
    return item.trim();
  });
}

function conditionsOf(statement: Json): Conditions {
  const given = statement["Condition"];
  if (given === undefined) return {};
  if (!isObject(given)) throw malformed("Condition must be an object");
  const conditions: Record<string, Record<string, readonly string[]>> = {};
  for (const [operator, keys] of Object.entries(given)) {
    if (!knownOperator(operator)) throw malformed(`Invalid condition operator: ${operator}`);
    if (!isObject(keys)) throw malformed(`${operator} must be an object`);
    const wanted: Record<string, readonly string[]> = {};
    for (const [key, values] of Object.entries(keys)) {
      wanted[key] = (Array.isArray(values) ? values : [values]).map(String);
    }
    conditions[operator] = wanted;
  }
  return conditions;
}
