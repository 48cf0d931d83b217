import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reduceLock } from "../../../components/bootstrap/python/lock.ts";
import { requirementsText } from "../../../components/bootstrap/python/requirements.ts";
import { compatibleTags } from "../../../components/bootstrap/python/tags.ts";
import type { PythonTarget, ReducedLock } from "../../../components/bootstrap/python/types.ts";
import { parseWheelName, wheelTags } from "../../../components/bootstrap/python/wheel.ts";
import { processorTime } from "../../support/processor-time.ts";
import { cases } from "../../support/thorough.ts";
import { committedLock, readHere, target } from "./support.ts";

const lock = committedLock();
const uvLock = readHere("fixtures/uv.lock");

const targets: fc.Arbitrary<PythonTarget> = fc
  .tuple(
    fc.constantFrom("3.9", "3.10", "3.11.2", "3.12", "3.13", "3.14"),
    fc.constantFrom("x86_64", "aarch64"),
    fc.constantFrom("2.16", "2.17", "2.28", "2.36", "2.41"),
  )
  .map(([python, arch, glibc]) => target(python, arch, glibc));

/** No wheel may ever be one that the target cannot run, or that has a malformed field. */
function expectSound(reduced: ReducedLock, where: PythonTarget): void {
  const tags = new Set(compatibleTags(where));
  for (const { name, version, filename, sha256 } of reduced.wheels) {
    const wheel = parseWheelName(filename);
    expect(wheel && wheelTags(wheel).some((tag) => tags.has(tag)), `${filename} on ${JSON.stringify(where)}`).toBe(
      true,
    );
    expect(`${name}==${version} ${sha256}`).toMatch(/^[a-z0-9-]+==[0-9a-z.!+_-]+ [0-9a-f]{64}$/i);
  }
}

describe("reduceLock", { timeout: 120_000 }, () => {
  it("does not depend on the order of packages and wheels", () => {
    const [head = "", ...packages] = lock.split("[[packages]]");
    const shuffled = fc.shuffledSubarray(packages, { minLength: packages.length });
    fc.assert(
      fc.property(shuffled, targets, fc.boolean(), (order, where, reverse) => {
        const turned = order.map((item) => (reverse ? reverseWheels(item) : item));
        const reduced = reduceLock([head, ...turned].join("[[packages]]"), "pylock.toml", where);
        const expected = reduceLock(lock, "pylock.toml", where);
        expectSound(reduced, where);
        expect(reduced.wheels).toEqual(expected.wheels);
        expect(requirementsText(reduced.wheels)).toBe(requirementsText(expected.wheels));
        expect(reduced.problems).toHaveLength(expected.problems.length);
      }),
      { numRuns: cases(60), seed: 1 },
    );
  });

  it("never throws, hangs or gives a wrong wheel for mutilated locks", () => {
    // Cut to a few packages, so that one run takes a millisecond and mutations hit what matters.
    const small = lock
      .split("[[packages]]")
      .filter((_, index) => index % 7 === 0 || index === 1)
      .join("[[packages]]");
    const smallUv = uvLock
      .split("\n")
      .filter((line) => !/(win|macosx|musl)[^"]*whl/.test(line))
      .join("\n");
    let [slowest, refused] = [0, 0];
    const texts = { "pylock.toml": small, "uv.lock": smallUv };
    const sources = fc.constantFrom("pylock.toml", "uv.lock");
    fc.assert(
      fc.property(sources, fc.array(mutations, { minLength: 1, maxLength: 6 }), targets, (name, changes, where) => {
        const mutilated = changes.reduce((current, change) => change(current), texts[name]);
        const begin = processorTime();
        const reduced = reduceLock(mutilated, name, where, []);
        slowest = Math.max(slowest, processorTime() - begin);
        if (reduced.problems.length > 0) refused += 1;
        expectSound(reduced, where);
      }),
      { numRuns: cases(2_000), seed: 20261124 },
    );
    expect(slowest, "milliseconds for the slowest lock").toBeLessThan(2_000);
    expect(refused, "locks with a problem").toBeGreaterThan(cases(2_000) / 4);
  });

  it("takes any text, target and extras without throwing", () => {
    const anything = fc.oneof(
      fc.string(),
      fc.constantFrom(lock.slice(0, 3000), "[[packages]]\n", '"'.repeat(9), "a=[[[["),
    );
    const file = fc.oneof(fc.constantFrom("pylock.toml", "uv.lock", "poetry.lock"), fc.string());
    const odd = fc.record({
      python: fc.string(),
      arch: fc.string(),
      libc: fc.record({ kind: fc.string(), version: fc.string() }),
    });
    const where = fc.oneof(
      targets,
      odd.map((value) => value as PythonTarget),
    );
    fc.assert(
      fc.property(anything, file, where, fc.array(fc.string()), (text, name, host, extras) => {
        const reduced = reduceLock(text, name, host, extras);
        expect(reduced.problems.length + reduced.wheels.length).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: cases(500), seed: 1 },
    );
  });

  it("survives nesting that no stack could hold", () => {
    for (const text of [`a = ${"[".repeat(100_000)}`, `${"[a.".repeat(50_000)}`, `a = ${"{a=".repeat(100_000)}`]) {
      expect(reduceLock(text, "pylock.toml", target("3.12")).problems).toHaveLength(1);
    }
  });
});

function reverseWheels(item: string): string {
  return item.replace(
    /wheels = \[\n([\s\S]*?)\n\]/,
    (_, lines: string) => `wheels = [\n${lines.split("\n").reverse().join("\n")}\n]`,
  );
}

type Change = (text: string) => string;

/** Where in a text of any length something is done: a fraction, so that shrinking works. */
const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const VALUES = [
  '""',
  "1",
  "[]",
  "{}",
  "[{}]",
  "true",
  "1979-05-27",
  "nan",
  '"x"',
  '"\\n"',
  "[[1]]",
  '"(((("',
  '">=3"',
  '"===="',
];

const mutations: fc.Arbitrary<Change> = fc.oneof(
  // One value of one key becomes something else: the file stays TOML, which gets further than broken syntax.
  fc.tuple(place, fc.constantFrom(...VALUES)).map(
    ([where, value]): Change =>
      (text) =>
        replaceNth(text, /(?<== )(?:"[^"\n]*"|\d+)/g, where, value),
  ),
  fc.tuple(place, fc.constantFrom("name", "wheels", "hash", "x", "dependencies", "version")).map(
    ([where, key]): Change =>
      (text) =>
        replaceNth(text, /\b[a-z0-9-]+(?= = )/g, where, key),
  ),
  fc.tuple(place, fc.constantFrom("cp399", "-", "", "any", ".", "py3-none-any", "\u0000", "manylinux_2_99_x86_64")).map(
    ([where, part]): Change =>
      (text) =>
        replaceNth(text, /cp3\d+|manylinux[a-z0-9_]+|py3/g, where, part),
  ),
  place.map(
    (where): Change =>
      (text) =>
        deleteLine(text, where),
  ),
  place.map(
    (where): Change =>
      (text) =>
        text.slice(0, Math.floor(where * text.length)),
  ),
  fc.tuple(place, fc.string({ maxLength: 5 })).map(
    ([where, added]): Change =>
      (text) =>
        text.slice(0, Math.floor(where * text.length)) + added + text.slice(Math.floor(where * text.length)),
  ),
);

function replaceNth(text: string, pattern: RegExp, where: number, value: string): string {
  const found = [...text.matchAll(pattern)];
  const match = found[Math.floor(where * found.length)];
  return match ? text.slice(0, match.index) + value + text.slice(match.index + match[0].length) : text;
}

function deleteLine(text: string, where: number): string {
  const lines = text.split("\n");
  return lines.toSpliced(Math.floor(where * lines.length), 1).join("\n");
}
