import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { everyPort, isEveryPort, isWithin, portsIn, portsInWords, portsOf } from "../../policies/ports.ts";

describe("portsOf", () => {
  test.each([
    ["22", { from: 22, to: 22 }],
    ["22/22", { from: 22, to: 22 }],
    ["20/30", { from: 20, to: 30 }],
    ["1/9", { from: 1, to: 9 }],
    ["1/65535", everyPort],
    ["0/65535", { from: 0, to: 65535 }],
    ["-1/-1", { from: 1, to: 65535 }],
  ])("%s", (text, span) => {
    expect(portsOf(text)).toEqual(span);
  });

  test.each([
    "",
    "/",
    "22/",
    "/22",
    "-1",
    "-1/22",
    "30/20",
    "1/65536",
    "65536",
    "22/22/22",
    "22-30",
    " 22",
    "22 ",
    "ssh",
    "22,80",
    "1e3",
    "000022",
    "22/000022",
  ])("%j is no range", (text) => {
    expect(portsOf(text)).toBeUndefined();
  });

  test("reads back what it is given", () => {
    fc.assert(
      fc.property(fc.nat(65535), fc.nat(65535), (a, b) => {
        const span = a <= b ? { from: a, to: b } : undefined;
        expect(portsOf(`${a}/${b}`)).toEqual(span);
      }),
    );
  });

  test("never throws, and answers only what is in order", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const span = portsOf(text);
        if (span !== undefined) expect(0 <= span.from && span.from <= span.to && span.to <= 65535).toBe(true);
      }),
    );
  });
});

test.each([
  [0, 65535, true],
  [1, 65535, true],
  [2, 65535, false],
  [1, 65534, false],
])("isEveryPort %i to %i: %s", (from, to, every) => {
  expect(isEveryPort({ from, to })).toBe(every);
});

test.each([
  [22, 22, [22]],
  [21, 22, [22]],
  [22, 23, [22]],
  [23, 3388, []],
  [22, 3389, [22, 3389]],
  [1, 21, []],
])("portsIn %i to %i", (from, to, ports) => {
  expect(portsIn({ from, to }, [22, 3389])).toEqual(ports);
});

describe("isWithin", () => {
  test.each([
    [443, 443, [80, 443], true],
    [80, 443, [80, 443], false],
    [80, 81, [81, 80], true],
    [80, 81, [80, 80], false],
    [80, 80, [], false],
    [80, 81, [80, 81, 81], true],
  ])("%i to %i in %j: %s", (from, to, ports, within) => {
    expect(isWithin({ from, to }, ports)).toBe(within);
  });

  test("is what a loop over the ports says", () => {
    const small = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(small, small, fc.array(small), (a, b, ports) => {
        const span = { from: Math.min(a, b), to: Math.max(a, b) };
        const all = Array.from({ length: span.to - span.from + 1 }, (_, step) => span.from + step);
        expect(isWithin(span, ports)).toBe(all.every((port) => ports.includes(port)));
      }),
    );
  });
});

test.each([
  [[22], "port 22"],
  [[22, 3389], "ports 22 and 3389"],
  [[1, 2, 3], "ports 1, 2 and 3"],
  [[1, 2, 3, 4], "ports 1, 2, 3 and 1 more"],
  [[1, 2, 3, 4, 5], "ports 1, 2, 3 and 2 more"],
])("%j in words", (ports, words) => {
  expect(portsInWords(ports)).toBe(words);
});
