import { describe, expect, test } from "vitest";
import { isMap, isUndecided, kindOf, Props, type Reading, type ValueMap } from "../../policies/reading.ts";
import { secret, unknown } from "./cases.ts";

const reads = ["a", "list", "list[].inner", "list[].deep", "list[].deep[].leaf", "map", "map.inner", "tags"];

function props(values: ValueMap, defaults: ValueMap = {}): Props {
  return new Props(values, { reads, defaults });
}

/** A reading as one line: state, path, and what goes with it. */
function said(reading: Reading<unknown>): string {
  const { state, path } = reading;
  if (state === "known") return `known ${path} ${JSON.stringify(reading.value)}`;
  return state === "wrong" ? `wrong ${path} ${reading.found}` : `${state} ${path}`;
}

function elements<T>(reading: Reading<readonly Reading<T>[]>): readonly Reading<T>[] {
  if (reading.state !== "known") throw new Error(said(reading));
  return reading.value;
}

function inside<T>(reading: Reading<T>): T {
  if (reading.state !== "known") throw new Error(said(reading));
  return reading.value;
}

/** What is neither there nor of any type, for every reader. */
const noValue: readonly (readonly [string, ValueMap, string])[] = [
  ["nothing", {}, "absent a"],
  ["null", { a: null }, "absent a"],
  ["an empty text", { a: "" }, "absent a"],
  ["unknown", { a: unknown }, "undecided a"],
  ["a secret", { a: secret }, "undecided a"],
];

describe("text", () => {
  test.each([
    ...noValue,
    ["a text", { a: "x" }, 'known a "x"'],
    ["a number", { a: 5 }, "wrong a a number"],
    ["a flag", { a: true }, "wrong a true or false"],
    ["a list", { a: ["x"] }, "wrong a a list"],
    ["a map", { a: { x: "x" } }, "wrong a a map"],
  ] as const)("%s", (_, values, expected) => {
    expect(said(props(values).text("a"))).toBe(expected);
  });
});

describe("flag", () => {
  test.each([
    ...noValue,
    ["true", { a: true }, "known a true"],
    ["false", { a: false }, "known a false"],
    ["true as text", { a: "true" }, "known a true"],
    ["false as text", { a: "false" }, "known a false"],
    ["another text", { a: "yes" }, "wrong a a text"],
    ["a number", { a: 1 }, "wrong a a number"],
    ["a list", { a: [true] }, "wrong a a list"],
  ] as const)("%s", (_, values, expected) => {
    expect(said(props(values).flag("a"))).toBe(expected);
  });
});

describe("number", () => {
  test.each([
    ...noValue,
    ["a number", { a: 5 }, "known a 5"],
    ["nought", { a: 0 }, "known a 0"],
    ["a number as text", { a: "5" }, "known a 5"],
    ["a negative one as text", { a: "-1" }, "known a -1"],
    ["a fraction as text", { a: "1.5" }, "known a 1.5"],
    ["fifteen digits", { a: "123456789012345" }, "known a 123456789012345"],
    ["sixteen digits", { a: "1234567890123456" }, "wrong a a text"],
    ["fifteen digits after the point", { a: "0.123456789012345" }, "known a 0.123456789012345"],
    ["sixteen digits after the point", { a: "0.1234567890123456" }, "wrong a a text"],
    ["something before", { a: "x5" }, "wrong a a text"],
    ["something behind", { a: "5x" }, "wrong a a text"],
    ["any sign for the point", { a: "1x5" }, "wrong a a text"],
    ["a point without digits", { a: "1." }, "wrong a a text"],
    ["no digits before the point", { a: ".5" }, "wrong a a text"],
    ["a blank", { a: " " }, "wrong a a text"],
    ["not a number", { a: Number.NaN }, "wrong a a number"],
    ["endless", { a: Number.POSITIVE_INFINITY }, "wrong a a number"],
    ["a flag", { a: true }, "wrong a true or false"],
    ["a list", { a: [5] }, "wrong a a list"],
  ] as const)("%s", (_, values, expected) => {
    expect(said(props(values).number("a"))).toBe(expected);
  });
});

describe("map", () => {
  test.each([
    ["nothing", {}, "absent map"],
    ["unknown", { map: unknown }, "undecided map"],
    ["a secret", { map: secret }, "undecided map"],
    ["a list", { map: [{}] }, "wrong map a list"],
    ["a text", { map: "{}" }, "wrong map a text"],
  ] as const)("%s", (_, values, expected) => {
    expect(said(props(values).map("map"))).toBe(expected);
  });

  test("its properties have paths from the top", () => {
    const inner = inside(props({ map: { inner: "x" } }).map("map"));
    expect(said(inner.text("inner"))).toBe('known map.inner "x"');
  });

  test("its properties have their own defaults", () => {
    const inner = inside(props({ map: {} }, { "map.inner": "usual", inner: "other" }).map("map"));
    expect(said(inner.text("inner"))).toBe('known map.inner "usual"');
  });
});

describe("maps", () => {
  test.each([
    ["nothing", {}, "absent list"],
    ["unknown", { list: unknown }, "undecided list"],
    ["a secret", { list: secret }, "undecided list"],
    ["a number", { list: 5 }, "wrong list a number"],
    ["a flag", { list: false }, "wrong list true or false"],
  ] as const)("%s", (_, values, expected) => {
    expect(said(props(values).maps("list"))).toBe(expected);
  });

  test("each element is a reading of its own", () => {
    const list = elements(props({ list: [{}, unknown, secret, "x", null, ["x"]] }).maps("list"));
    expect(list.map((one) => `${one.state} ${one.path}`)).toEqual([
      "known list[0]",
      "undecided list[1]",
      "undecided list[2]",
      "wrong list[3]",
      "absent list[4]",
      "wrong list[5]",
    ]);
  });

  test("a single map counts as a list of one, a text as one wrong element", () => {
    expect(elements(props({ list: { inner: "x" } }).maps("list")).map(({ path }) => path)).toEqual(["list[0]"]);
    expect(elements(props({ list: "x" }).maps("list")).map(said)).toEqual(["wrong list[0] a text"]);
  });

  test("positions stand in the paths and not in what is declared or counts when absent", () => {
    const values = { list: [{}, { inner: "x", deep: [{}, { leaf: "y" }] }] };
    const [first, second] = elements(props(values, { "list[].inner": "usual" }).maps("list")).map(inside);
    expect(first && said(first.text("inner"))).toBe('known list[0].inner "usual"');
    expect(second && said(second.text("inner"))).toBe('known list[1].inner "x"');
    const leaves = second && elements(second.maps("deep")).map(inside);
    expect(leaves?.map((leaf) => said(leaf.text("leaf")))).toEqual([
      "absent list[1].deep[0].leaf",
      'known list[1].deep[1].leaf "y"',
    ]);
  });
});

describe("texts", () => {
  test("each element is a reading of its own", () => {
    expect(elements(props({ list: ["x", 5, "", unknown] }).texts("list")).map(said)).toEqual([
      'known list[0] "x"',
      "wrong list[1] a number",
      "absent list[2]",
      "undecided list[3]",
    ]);
  });

  test("a single text counts as a list of one", () => {
    expect(elements(props({ list: "x" }).texts("list")).map(said)).toEqual(['known list[0] "x"']);
  });

  test("a number is no list", () => {
    expect(said(props({ list: 5 }).texts("list"))).toBe("wrong list a number");
  });
});

describe("entries", () => {
  test("a user's own keys need no declaration", () => {
    const entries = inside(props({ tags: { owner: "x", cost: 5, later: unknown, none: "" } }).entries("tags"));
    expect([...entries].map(([key, reading]) => `${key}: ${said(reading)}`)).toEqual([
      'owner: known tags.owner "x"',
      "cost: wrong tags.cost a number",
      "later: undecided tags.later",
      "none: absent tags.none",
    ]);
  });

  test.each([
    ["nothing", {}, "absent tags"],
    ["unknown", { tags: unknown }, "undecided tags"],
    ["a list", { tags: ["x"] }, "wrong tags a list"],
    ["a text", { tags: "x" }, "wrong tags a text"],
  ] as const)("%s", (_, values, expected) => {
    expect(said(props(values).entries("tags"))).toBe(expected);
  });
});

describe("has", () => {
  test.each([
    ["nothing", {}, false],
    ["null", { a: null }, false],
    ["an empty text", { a: "" }, false],
    ["a text", { a: "x" }, true],
    ["false", { a: false }, true],
    ["nought", { a: 0 }, true],
    ["an empty list", { a: [] }, true],
    ["unknown", { a: unknown }, true],
    ["a secret", { a: secret }, true],
  ] as const)("%s: %s", (_, values, expected) => {
    expect(props(values).has("a")).toBe(expected);
  });
});

describe("what counts when a property is absent", () => {
  test.each([
    ["nothing", {}],
    ["null", { a: null }],
    // Else a rule would take it for "nothing is said", and the API's default would pass unseen.
    ["an empty text", { a: "" }],
  ] as const)("%s", (_, values) => {
    expect(said(props(values, { a: "usual" }).text("a"))).toBe('known a "usual"');
    // A default is nothing that somebody wrote.
    expect(props(values, { a: "usual" }).has("a")).toBe(false);
  });

  test("does not replace what stands there", () => {
    expect(said(props({ a: false }, { a: true }).flag("a"))).toBe("known a false");
    expect(said(props({ a: unknown }, { a: true }).flag("a"))).toBe("undecided a");
  });
});

test("a property that the rule has not declared is a defect of the rule", () => {
  const one = props({ other: "x", list: [{ other: "x" }] });
  expect(() => one.text("other")).toThrow("a rule reads other and has not declared it");
  expect(() => one.has("inner")).toThrow("inner");
  const [element] = elements(one.maps("list")).map(inside);
  expect(() => element?.text("other")).toThrow("list[].other");
});

test("what every object inherits is not there", () => {
  const shape = { reads: ["toString", "__proto__", "constructor"], defaults: Object.create(null) };
  const one = new Props({}, shape);
  for (const name of shape.reads) expect(said(one.text(name))).toBe(`absent ${name}`);
  expect(said(new Props(JSON.parse('{"__proto__": "x"}'), shape).text("__proto__"))).toBe('known __proto__ "x"');
});

describe("kinds of values", () => {
  test.each([
    [null, "a map"],
    [[], "a list"],
    [{}, "a map"],
    [true, "true or false"],
    ["x", "a text"],
    [5, "a number"],
  ] as const)("%j is %s", (value, expected) => {
    expect(kindOf(value)).toBe(expected);
  });

  test.each([
    [null, false, false],
    [[], false, false],
    ["x", false, false],
    [{}, true, false],
    [unknown, true, true],
    [secret, true, true],
    [{ other: true }, true, false],
  ] as const)("%j: a map %s, undecided %s", (value, map, undecided) => {
    expect(isMap(value)).toBe(map);
    expect(isUndecided(value)).toBe(undecided);
  });

  test("nothing is no map", () => {
    expect(isMap(undefined)).toBe(false);
  });
});
