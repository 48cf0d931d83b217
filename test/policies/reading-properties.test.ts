import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Props, type Reading, type Value, type ValueMap } from "../../policies/reading.ts";
import { secret, unknown } from "./cases.ts";

function props(values: ValueMap): Props {
  return new Props(values, { reads: ["a", "list", "map", "tags"], defaults: {} });
}

function elements<T>(reading: Reading<readonly Reading<T>[]>): readonly Reading<T>[] {
  if (reading.state !== "known") throw new Error(`${reading.path} is ${reading.state}`);
  return reading.value;
}

const anyValue: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<Value>(null, true, false, "", unknown, secret),
    fc.string({ unit: "binary" }),
    fc.double(),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom("inner", "deep", "leaf", "__proto__"), fc.string()), tie("value"), {
      maxKeys: 4,
    }),
  ),
})).value;

/** Every reader of a property, for properties that must hold for all. */
const readers = ["text", "flag", "number", "map", "maps", "texts", "entries"] as const;

describe("whatever stands there", () => {
  test("every reader answers, and only a value of its own type is known", () => {
    fc.assert(
      fc.property(anyValue, fc.constantFrom(...readers), (value, reader) => {
        const reading = props({ a: value })[reader]("a");
        expect(["known", "absent", "undecided", "wrong"]).toContain(reading.state);
        expect(reading.path).toBe("a");
        if (reading.state !== "known") return;
        if (reader === "text") expect(reading.value).toBe(value);
        if (reader === "flag") expect(String(reading.value)).toBe(String(value));
        if (reader === "number") expect(reading.value).toBe(Number(value));
      }),
      { numRuns: 500 },
    );
  });

  test("what is wrong is called by its kind, never by its value", () => {
    fc.assert(
      fc.property(anyValue, fc.constantFrom(...readers), (value, reader) => {
        const reading = props({ a: value })[reader]("a");
        if (reading.state === "wrong") {
          expect(["a text", "a number", "true or false", "a list", "a map"]).toContain(reading.found);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("elements of a list keep their number and their order", () => {
    fc.assert(
      fc.property(fc.array(anyValue), (values) => {
        for (const reader of ["maps", "texts"] as const) {
          const list = elements<unknown>(props({ list: values })[reader]("list"));
          expect(list.map(({ path }) => path)).toEqual(values.map((_, index) => `list[${index}]`));
        }
      }),
    );
  });

  test("one property says nothing of another", () => {
    fc.assert(
      fc.property(anyValue, anyValue, (one, other) => {
        const alone = props({ a: one }).text("a");
        expect(props({ a: one, map: other, tags: other }).text("a")).toEqual(alone);
      }),
    );
  });
});
