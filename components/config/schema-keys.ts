import { z } from "zod";
import type { Path } from "./mistakes.ts";

/** Keys that a schema knows at a path. A union offers the keys of all its maps. */
export function keysAt(schema: z.ZodType, path: Path): string[] {
  return [...new Set(schemasAt(schema, path).flatMap((s) => (s instanceof z.ZodObject ? Object.keys(s.shape) : [])))];
}

/** Words that a schema allows at a path, beside whatever else it allows there. */
export function wordsAt(schema: z.ZodType, path: Path): string[] {
  return schemasAt(schema, path).flatMap((s) =>
    s instanceof z.ZodEnum ? s.options.map(String) : s instanceof z.ZodLiteral ? [...s.values].map(String) : [],
  );
}

/** Least and most of the whole numbers that a schema allows at a path; undefined where it wants something else. */
export function wholeNumberAt(schema: z.ZodType, path: Path): { least: number; most: number } | undefined {
  const [only, ...others] = schemasAt(schema, path);
  if (!(only instanceof z.ZodNumber) || others.length > 0 || !only.isInt) return undefined;
  const { minValue, maxValue } = only;
  return { least: minValue ?? Number.MIN_SAFE_INTEGER, most: maxValue ?? Number.MAX_SAFE_INTEGER };
}

/** The schema's description of a place, the same text that editors show. */
export function descriptionAt(schema: z.ZodType, path: Path): string | undefined {
  for (const wrapped of wrappedAt(schema, path)) {
    for (const layer of layers(wrapped)) if (layer.description !== undefined) return layer.description;
  }
  return undefined;
}

function schemasAt(schema: z.ZodType, path: Path): z.ZodType[] {
  return wrappedAt(schema, path).flatMap((s) => branches(s));
}

function wrappedAt(schema: z.ZodType, path: Path): z.ZodType[] {
  let here = [schema];
  for (const key of path) here = here.flatMap(branches).flatMap((s) => child(s, key));
  return here;
}

function child(schema: z.ZodType, key: string | number): z.ZodType[] {
  if (schema instanceof z.ZodObject) {
    const property: unknown = Object.hasOwn(schema.shape, key) ? schema.shape[key] : undefined;
    return property instanceof z.ZodType ? [property] : [];
  }
  if (schema instanceof z.ZodRecord && schema.valueType instanceof z.ZodType) return [schema.valueType];
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodType) return [schema.element];
  return [];
}

/** A schema without its wrappers, each branch of a union by itself. */
function branches(schema: z.ZodType): z.ZodType[] {
  const inner = layers(schema).at(-1) ?? schema;
  if (inner instanceof z.ZodUnion) return inner.options.flatMap((o) => (o instanceof z.ZodType ? branches(o) : []));
  return [inner];
}

/** optional, default and prefault around a schema, outermost first, the schema itself last. */
function layers(schema: z.ZodType): z.ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    const inner: unknown = schema.def.innerType;
    return inner instanceof z.ZodType ? [schema, ...layers(inner)] : [schema];
  }
  return [schema];
}
