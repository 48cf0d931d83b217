import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contains, maskOf, networkOf, overlaps, sizeOf } from "../../components/config/cidr.ts";

/** A range as numbers: the oracle counts addresses and knows nothing of the library. */
interface Range {
  readonly text: string;
  readonly mask: number;
  readonly first: number;
  readonly last: number;
}

const textOf = (address: number) => [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join(".");

function range(address: number, mask: number): Range {
  const size = 2 ** (32 - mask);
  const first = Math.floor(address / size) * size;
  return { text: `${textOf(address)}/${mask}`, mask, first, last: first + size - 1 };
}

const address = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  // The places where ranges begin and end.
  fc.constantFrom(0, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 10 * 2 ** 24, 11 * 2 ** 24 - 1),
);
const any = fc.tuple(address, fc.integer({ min: 0, max: 32 })).map(([a, mask]) => range(a, mask));

/** Two ranges that are often near one another: random ones hardly ever meet. */
const two = fc.oneof(
  fc.tuple(any, any),
  fc
    .tuple(any, fc.integer({ min: 0, max: 32 }), fc.integer({ min: -2, max: 2 }), fc.boolean())
    .map(([a, mask, by, atEnd]): [Range, Range] => {
      const near = Math.min(Math.max((atEnd ? a.last : a.first) + by, 0), 2 ** 32 - 1);
      return [a, range(near, mask)];
    }),
);

describe("ranges against an oracle that counts addresses", () => {
  test("networkOf begins at the first address and keeps the mask", () => {
    fc.assert(
      fc.property(any, (a) => {
        expect(networkOf(a.text)).toBe(`${textOf(a.first)}/${a.mask}`);
      }),
      { numRuns: 1_000 },
    );
  });

  test("sizeOf counts all addresses, maskOf is what is written", () => {
    fc.assert(
      fc.property(any, (a) => {
        expect([sizeOf(a.text), maskOf(a.text)]).toEqual([a.last - a.first + 1, a.mask]);
      }),
      { numRuns: 1_000 },
    );
  });

  test("contains: all of the inner is in the outer", () => {
    fc.assert(
      fc.property(two, ([a, b]) => {
        expect(contains(a.text, b.text)).toBe(a.first <= b.first && b.last <= a.last);
      }),
      { numRuns: 2_000 },
    );
  });

  test("overlaps: one address in both, whichever comes first", () => {
    fc.assert(
      fc.property(two, ([a, b]) => {
        const both = a.first <= b.last && b.first <= a.last;
        expect([overlaps(a.text, b.text), overlaps(b.text, a.text)]).toEqual([both, both]);
      }),
      { numRuns: 2_000 },
    );
  });

  test("the cases that meet and those that do not are both there", () => {
    const pairs = fc.sample(two, 1_000).map(([a, b]) => overlaps(a.text, b.text));
    expect(pairs.filter((both) => both).length).toBeGreaterThan(200);
    expect(pairs.filter((both) => !both).length).toBeGreaterThan(200);
  });
});
