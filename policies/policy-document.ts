import { unread, violation } from "./demand.ts";
import { isMap, type Reading, type Value } from "./reading.ts";
import type { Finding } from "./rule.ts";

/** Whom a statement of a trust policy or bucket policy is about. */
export interface Principal {
  /** RAM, Service or Federated; "" where the document only lists names, as a bucket policy does. */
  readonly kind: string;
  readonly name: string;
}

/** One statement of a policy document, as far as rules need it. */
export interface Statement {
  /** Whatever is not an explicit Deny. */
  readonly allows: boolean;
  readonly actions: readonly string[];
  /** NotAction: every action but those. */
  readonly allActionsBut: boolean;
  readonly resources: readonly string[];
  readonly principals: readonly Principal[];
  /** NotPrincipal: everyone but those. */
  readonly everyoneBut: boolean;
  /** Operator -> key -> values; as written, since only one rule reads it. */
  readonly condition: Value | undefined;
}

/** The statements of a policy document in JSON; undefined when it is none or a part of it cannot be understood. */
export function statementsOf(text: string): readonly Statement[] | undefined {
  const document = parsed(text);
  if (!isMap(document)) return undefined;
  const given = document["Statement"];
  const statements = (Array.isArray(given) ? given : [given]).map(statementOf);
  const understood = statements.filter((statement) => statement !== undefined);
  return understood.length === statements.length ? understood : undefined;
}

/** Demands something of every statement: `wrongs` names what is wrong with one. What is no policy document is a violation. */
export function* demandStatements(
  reading: Reading<string>,
  wanted: string,
  wrongs: (statement: Statement) => readonly string[],
): Generator<Finding> {
  if (reading.state !== "known") {
    yield* unread(reading, { wanted });
    return;
  }
  const statements = statementsOf(reading.value);
  const found = statements === undefined ? ["no policy document in JSON"] : statements.flatMap(wrongs);
  for (const wrong of new Set(found)) yield violation(reading.path, wrong, wanted);
}

/** `*`, `*:*` and the like: nothing but wildcards. */
export function isEveryAction(action: string): boolean {
  return /^[*?:]+$/.test(action);
}

/** `*`, `acs:*:*:*:*` and the like. An account's number narrows nothing: a policy speaks of one account anyway. */
export function isEveryResource(resource: string): boolean {
  return /^(acs:)?[*?:/\d]*\*$/.test(resource);
}

/** Account that a principal belongs to: acs:ram::<account>:root, arn:sts::<account>:assumed-role/..., or a bare number. */
export function accountOf(principal: string): string {
  const parts = principal.split(":");
  return (parts.length === 1 ? principal : parts[3]) ?? "";
}

/** Whether a principal stands for people of any account. */
export function isEveryone(principal: string): boolean {
  return /[*?]/.test(accountOf(principal));
}

function parsed(text: string): Value | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function statementOf(value: Value | undefined): Statement | undefined {
  if (!isMap(value)) return undefined;
  const { Effect, Action, NotAction, Resource, Principal, NotPrincipal, Condition } = value;
  const actions = textsOf(Action);
  const resources = textsOf(Resource);
  const principals = principalsOf(Principal);
  if (actions === undefined || resources === undefined || principals === undefined) return undefined;
  return {
    // RAM takes Deny in this case only; a Deny that it would not understand must not pass for one.
    allows: Effect !== "Deny",
    actions,
    allActionsBut: NotAction !== undefined,
    resources,
    principals,
    everyoneBut: NotPrincipal !== undefined,
    condition: Condition,
  };
}

/** A name or a list of names; undefined for anything else. */
function textsOf(value: Value | undefined): readonly string[] | undefined {
  if (value === undefined) return [];
  const list: readonly Value[] = Array.isArray(value) ? value : [value];
  const texts = list.filter((one) => typeof one === "string");
  return texts.length === list.length ? texts : undefined;
}

function principalsOf(value: Value | undefined): readonly Principal[] | undefined {
  const kinds: readonly (readonly [string, Value | undefined])[] = isMap(value) ? Object.entries(value) : [["", value]];
  const principals: Principal[] = [];
  for (const [kind, given] of kinds) {
    const names = textsOf(given);
    if (names === undefined) return undefined;
    principals.push(...names.map((name) => ({ kind, name })));
  }
  return principals;
}
