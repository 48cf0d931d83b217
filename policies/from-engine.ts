import { type PolicyResource, type ResourceValidationArgs, UnknownValueError } from "@pulumi/policy";
import { unknown } from "../plan/plan.ts";
import type { Value, ValueMap } from "./reading.ts";
import type { Resource } from "./rule.ts";

/** A resource that the engine asks about, before it is made, as the rules see it. */
export function resourceOf(args: ResourceValidationArgs): Resource {
  const { urn, type, name, props, opts, provider } = args;
  return {
    urn,
    type,
    name,
    values: plainMap(props),
    protect: opts.protect,
    ...(opts.parent === undefined ? {} : { parent: opts.parent }),
    ...(provider === undefined ? {} : { provider: { urn: provider.urn, values: plainMap(provider.props) } }),
    dependencies: [],
  };
}

/** The same after everything is declared, with what it was made from. */
export function stackResourceOf(resource: PolicyResource): Resource {
  const { urn, type, name, props, opts, provider, parent, dependencies } = resource;
  const parentUrn = parent?.urn ?? opts.parent;
  return {
    urn,
    type,
    name,
    values: plainMap(props),
    protect: opts.protect,
    ...(parentUrn === undefined ? {} : { parent: parentUrn }),
    ...(provider === undefined ? {} : { provider: { urn: provider.urn, values: plainMap(provider.props) } }),
    dependencies: dependencies.map((one) => one.urn),
  };
}

/** Pulumi's own keys inside inputs: defaults that the provider filled in, secrets' marks. */
const internal = /^__/;

/**
 * The SDK's proxy throws where a value is unknown: each property is read by itself, so that one unknown hides no other.
 */
export function plainMap(props: object): ValueMap {
  const values: Record<string, Value> = {};
  for (const key of Object.keys(props)) {
    if (internal.test(key)) continue;
    const value = readOne(props, key);
    if (value !== undefined) {
      Object.defineProperty(values, key, { value, enumerable: true, configurable: true, writable: true });
    }
  }
  return values;
}

function readOne(from: object, key: string | number): Value | undefined {
  try {
    return plain(Reflect.get(from, key));
  } catch (error) {
    if (error instanceof UnknownValueError) return unknown;
    throw error;
  }
}

function plain(value: unknown): Value | undefined {
  if (value === null || typeof value === "boolean" || typeof value === "number" || typeof value === "string") {
    return value;
  }
  if (Array.isArray(value)) {
    return Array.from({ length: value.length }, (_, index) => readOne(value, index) ?? null);
  }
  return typeof value === "object" ? plainMap(value) : undefined;
}
