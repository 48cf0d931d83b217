import { defaults } from "./defaults.ts";
import { Props, type Shape, type ValueMap } from "./reading.ts";
import {
  type Context,
  type Finding,
  isStackRule,
  type Judged,
  type Resource,
  type ResourceRule,
  type Rule,
  type Stack,
  type StackRule,
} from "./rule.ts";

/** A rule that failed by itself: a defect of the pack, counted as a mandatory violation so that nothing passes by it. */
export interface Fault {
  readonly verdict: "fault";
  readonly path: string;
  readonly urn?: string;
}

export const providerType = "pulumi:providers:alicloud";

/** Whether a rule looks at resources of a type. */
export function looksAt(rule: Rule, type: string): boolean {
  return Object.hasOwn(rule.reads, type) || (Object.hasOwn(rule.reads, "*") && type.startsWith("alicloud:"));
}

/** What a rule says about one resource. Never throws, whatever stands in the resource. */
export function check(rule: ResourceRule, resource: Resource, context: Context): readonly (Finding | Fault)[] {
  if (!looksAt(rule, resource.type)) return [];
  return withoutThrowing(() => [...rule.check(judged(rule, resource), context)]);
}

/** What a rule says about a whole stack. Never throws. */
export function checkStack(
  rule: StackRule,
  resources: readonly Resource[],
  context: Context,
): readonly (Finding | Fault)[] {
  return withoutThrowing(() => [...rule.checkStack(stackOf(rule, resources), context)]);
}

/** What a rule's remedy would set on a resource; undefined when nothing is broken there or nothing can be mended. */
export function changesOf(rule: Rule, resource: Resource, context: Context): ValueMap | undefined {
  if (rule.remedy === undefined || isStackRule(rule)) return undefined;
  if (!check(rule, resource, context).some(({ verdict }) => verdict === "violation")) return undefined;
  try {
    return rule.remedy.changes(judged(rule, resource), context);
  } catch {
    return undefined;
  }
}

function withoutThrowing(run: () => readonly Finding[]): readonly (Finding | Fault)[] {
  try {
    return run();
  } catch {
    // The error's text could hold a value of the user.
    return [{ verdict: "fault", path: "" }];
  }
}

/** A resource with readers for what the rule has declared. */
export function judged(rule: Rule, resource: Resource): Judged {
  const { provider } = resource;
  const own: Judged = { ...resource, props: new Props(resource.values, shapeOf(rule, resource.type)) };
  return provider === undefined
    ? own
    : { ...own, providerProps: new Props(provider.values, shapeOf(rule, providerType)) };
}

const shapes = new WeakMap<Rule, Map<string, Shape>>();

function shapeOf(rule: Rule, type: string): Shape {
  const ofRule = shapes.get(rule) ?? new Map<string, Shape>();
  shapes.set(rule, ofRule);
  const known = ofRule.get(type);
  if (known !== undefined) return known;
  const shape = { reads: [...(rule.reads[type] ?? []), ...(rule.reads["*"] ?? [])], defaults: defaults[type] ?? {} };
  ofRule.set(type, shape);
  return shape;
}

function stackOf(rule: StackRule, all: readonly Resource[]): Stack {
  const resources = all.filter(({ type }) => looksAt(rule, type)).map((resource) => judged(rule, resource));
  return {
    resources,
    ofType: (...types) => resources.filter(({ type }) => types.includes(type)),
    dependsOn: (resource, on) => resource.dependencies.includes(on.urn),
  };
}
