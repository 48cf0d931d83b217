import known from "../../engine/provider-inputs.json" with { type: "json" };
import type { Path } from "./paths.ts";

/** What the provider's own schema says of an input (engine/provider/inputs/main.go). */
export interface InputFacts {
  /** Changing it replaces the resource. */
  readonly replace: boolean;
  /** What the provider fills in where it is not set. */
  readonly default?: boolean | number | string;
  /** Where it is not set the cloud decides, and leaving it out again is no change. */
  readonly computed?: boolean;
  /** A list whose order says nothing. */
  readonly set?: boolean;
  /** Upstream's own code overlooks some differences of it: overlooked.ts says which. */
  readonly suppressed?: boolean;
}

type Inputs = Readonly<Record<string, InputFacts>>;
const resources: Readonly<Record<string, { readonly inputs: Inputs; readonly customized?: boolean }>> = known.resources;

/** Types of which the schema is known: those that this project's components declare, and a few more. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(resources, type);
}

/** All inputs of a type by the schema's paths: `dataDisks[].size`. */
export function inputsOf(type: string): Inputs {
  return (isKnownType(type) ? resources[type]?.inputs : undefined) ?? {};
}

/** The place of a value in the words of the schema. */
export function schemaPath(path: Path): string {
  return path.map((step, i) => (typeof step === "number" ? "[]" : i === 0 ? step : `.${step}`)).join("");
}

/**
 * What the schema says of a place, and of the input that it is part of where the schema goes no deeper: a key of a map, an
 * element of a list of texts.
 */
export function factsOf(type: string, path: Path): { readonly facts: InputFacts; readonly exact: boolean } | undefined {
  const inputs = inputsOf(type);
  for (let length = path.length; length > 0; length -= 1) {
    const name = schemaPath(path.slice(0, length));
    const facts = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
    if (facts !== undefined) return { facts, exact: length === path.length };
  }
  return undefined;
}
