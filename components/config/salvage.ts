import { z } from "zod";
import { isMap } from "./values.ts";

/**
 * The same shape with anything possibly missing: what is left of a stack file when its broken places are taken out.
 * Keys of maps and positions in lists stay, so that a name whose value is broken is still a name that exists, and what
 * comes after a broken entry is still found at its own place.
 */
export type Salvaged<T> = T extends readonly (infer E)[]
  ? readonly (Salvaged<E> | undefined)[]
  : T extends object
    ? { readonly [K in keyof T]?: Salvaged<T[K]> | undefined }
    : T;

/**
 * What of a value fits its schema, defaults filled in; the rest is left out. So one wrong field does not hide the
 * mistakes that only show when fields are seen together.
 */
export function salvage<S extends z.ZodType>(schema: S, raw: unknown): Salvaged<z.output<S>> | undefined {
  return keep(schema, raw) as Salvaged<z.output<S>> | undefined;
}

function keep(schema: z.ZodType, raw: unknown): unknown {
  const whole = schema.safeParse(raw);
  if (whole.success) return whole.data;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    const inner: unknown = schema.def.innerType;
    return inner instanceof z.ZodType && raw !== undefined ? keep(inner, raw) : undefined;
  }
  if (schema instanceof z.ZodObject && isMap(raw)) {
    const fields = Object.entries(schema.shape).map(([key, inner]): [string, unknown] => [
      key,
      keep(inner as z.ZodType, Object.hasOwn(raw, key) ? raw[key] : undefined),
    ]);
    return Object.fromEntries(fields.filter(([key, value]) => value !== undefined || Object.hasOwn(raw, key)));
  }
  if (schema instanceof z.ZodRecord && isMap(raw)) {
    const { keyType, valueType } = schema;
    const fits = (key: string) => (keyType as z.ZodType).safeParse(key).success;
    return Object.fromEntries(
      Object.entries(raw).map(([key, value]): [string, unknown] => [
        key,
        fits(key) ? keep(valueType as z.ZodType, value) : undefined,
      ]),
    );
  }
  if (schema instanceof z.ZodArray && Array.isArray(raw)) {
    return raw.map((value) => keep(schema.element as z.ZodType, value));
  }
  if (schema instanceof z.ZodUnion && isMap(raw)) {
    const maps = schema.options.filter(
      (o) => o instanceof z.ZodObject && Object.keys(raw).some((key) => Object.hasOwn(o.shape, key)),
    );
    return maps[0] === undefined ? undefined : keep(maps[0] as z.ZodType, raw);
  }
  return undefined;
}
