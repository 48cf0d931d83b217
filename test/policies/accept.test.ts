import { describe, expect, test } from "vitest";
import { type Acceptance, Acceptances, acceptanceToPaste, isInForce, speaksOf } from "../../policies/accept.ts";

const today = "2026-11-25";

function entry(given: Partial<Acceptance> = {}): Acceptance {
  return { what: "cn-imdsv2", on: "workers", why: "a reason", by: "somebody", until: "2026-12-31", ...given };
}

/** A resource in a component, or at the top of the stack. */
function named(name: string, component?: string) {
  return component === undefined
    ? { name }
    : { name, parent: `urn:pulumi:test::china::computing-in-china:index:HostGroup::${component}` };
}

describe("what an entry speaks of", () => {
  test.each([
    ["a resource by its name", "vpc", named("vpc"), true],
    ["another resource", "vpc", named("vpc-2"), false],
    ["a host of a component", "workers", named("workers-03", "workers"), true],
    ["a host's disk in a component", "workers", named("workers-03-data", "workers"), true],
    ["a host of a component with a longer name", "workers", named("workers-gpu-03", "workers-gpu"), false],
    ["a host of a component with a shorter name", "workers-gpu", named("workers-03", "workers"), false],
    ["one host", "workers-03", named("workers-03", "workers"), true],
    ["a part of one host", "workers-03", named("workers-03-data", "workers"), true],
    ["another host", "workers-03", named("workers-04", "workers"), false],
    ["a part of another host", "workers-03", named("workers-04-data", "workers"), false],
    ["a host whose number begins alike", "workers-03", named("workers-030", "workers"), false],
    ["a part of a host whose number begins alike", "workers-03", named("workers-030-data", "workers"), false],
    ["the host of a part", "workers-03-data", named("workers-03", "workers"), false],
    // Only in its own component: elsewhere a hyphen means nothing.
    ["a name that begins alike at the top", "workers-03", named("workers-03-data"), false],
    ["a name that begins alike elsewhere", "workers-03", named("workers-03-data", "other"), false],
    ["a component whose name is the beginning", "workers-gpu-01", named("workers-gpu-01-data", "workers-gpu"), true],
    ["a name that begins like a component, without its hyphen", "workers3", named("workers3-data", "workers"), false],
    [
      "everything of a component whose type nests",
      "inner",
      { name: "x", parent: "urn:pulumi:t::p::a:b:C$d:e:F::inner" },
      true,
    ],
    ["a parent's type", "d:e:F", { name: "x", parent: "urn:pulumi:t::p::a:b:C$d:e:F::inner" }, false],
  ] as const)("%s (%s)", (_, on, resource, expected) => {
    expect(speaksOf(on, resource)).toBe(expected);
  });
});

describe("how long it counts", () => {
  test.each([
    ["the day before its last", "2026-12-30", true],
    ["its last day", "2026-12-31", true],
    ["the day after", "2027-01-01", false],
  ] as const)("%s", (_, day, expected) => {
    expect(isInForce(entry(), day)).toBe(expected);
  });
});

const imdsv2 = { id: "cn-imdsv2" } as const;

describe("what accepts a violation", () => {
  const host = named("workers-03", "workers");

  test("an entry for this rule and this resource", () => {
    const one = entry();
    expect(new Acceptances([one], today).for({ id: "cn-imdsv2" }, host)).toBe(one);
  });

  test.each([
    ["an entry for another rule", entry({ what: "cn-agent" })],
    ["an entry for another resource", entry({ on: "vpc" })],
    ["an entry that has ended", entry({ until: "2026-11-24" })],
  ])("not %s", (_, one) => {
    expect(new Acceptances([one], today).for({ id: "cn-imdsv2" }, host)).toBeUndefined();
  });

  test("an entry for a hazard that says the same", () => {
    const one = entry({ what: "data-disk-deleted" });
    const rule = { ...imdsv2, acceptedAlsoBy: ["other", "data-disk-deleted"] };
    expect(new Acceptances([one], today).for(rule, host)).toBe(one);
    expect(new Acceptances([one], today).for(imdsv2, host)).toBeUndefined();
    const own = entry();
    expect(new Acceptances([own], today).for(rule, host)).toBe(own);
  });

  test("of two, the one in force", () => {
    const ended = entry({ until: "2026-11-24" });
    const counts = entry({ on: "workers-03" });
    expect(new Acceptances([ended, counts], today).for({ id: "cn-imdsv2" }, host)).toBe(counts);
  });

  test("of two in force, the first", () => {
    const first = entry({ why: "first" });
    expect(new Acceptances([first, entry()], today).for({ id: "cn-imdsv2" }, host)).toBe(first);
  });
});

test("a hazard that says the same accepts too, on what it speaks of", () => {
  const rule = { id: "cn-delete-protection", acceptedAlsoBy: ["data-disk-deleted"] } as const;
  const given = entry({ what: "data-disk-deleted", on: "workers-03" });
  const list = new Acceptances([given], today);
  expect(list.for(rule, named("workers-03-data", "workers"))).toBe(given);
  expect(list.for(rule, named("workers-02-data", "workers"))).toBeUndefined();
  expect(list.for({ id: "cn-delete-protection" }, named("workers-03-data", "workers"))).toBeUndefined();
});

describe("mistakes of the list", () => {
  const known = ["cn-imdsv2", "cn-agent"] as const;
  const own = ["cn-settings", "cn-accept"] as const;

  function mistakesOf(entries: readonly Acceptance[], use: (list: Acceptances) => void = () => {}) {
    const list = new Acceptances(entries, today);
    use(list);
    return list.mistakes(known, own);
  }

  const usesAll = (list: Acceptances) => {
    for (const id of [...known, ...own, "cn-imdsv3"] as `cn-${string}`[]) list.for({ id }, named("workers"));
  };

  test("none where every entry was of use", () => {
    expect(mistakesOf([entry(), entry({ what: "cn-agent" })], usesAll)).toEqual([]);
  });

  test("none for hazards and budgets: others judge them", () => {
    expect(mistakesOf([entry({ what: "data-disk-deleted" }), entry({ what: "budget" })])).toEqual([]);
  });

  test("an entry that accepted nothing", () => {
    expect(mistakesOf([entry(), entry({ on: "vpc" })], usesAll)).toEqual([
      {
        path: "accept[1]",
        found: "cn-imdsv2: nothing that it accepts",
        wanted: "an entry that is needed: remove it",
      },
    ]);
  });

  test("an entry may still be needed where a rule could not decide", () => {
    expect(mistakesOf([entry()], (list) => list.keep({ id: "cn-imdsv2" }, named("workers")))).toEqual([]);
    expect(mistakesOf([entry()], (list) => list.keep({ id: "cn-agent" }, named("workers")))).toHaveLength(1);
  });

  test.each([
    ["used", usesAll],
    ["not used", () => {}],
  ])("an entry that has ended, %s", (_, use) => {
    expect(mistakesOf([entry({ until: "2026-11-24" })], use)).toEqual([
      {
        path: "accept[0]",
        found: "cn-imdsv2: ended on 2026-11-24",
        wanted: "the resource mended, or a later day and a reason",
      },
    ]);
  });

  test("its last day is none of the mistakes", () => {
    expect(mistakesOf([entry({ until: today })], usesAll)).toEqual([]);
  });

  test("a rule that does not exist; its name is not repeated", () => {
    expect(mistakesOf([entry({ what: "cn-imdsv3" })], usesAll)).toEqual([
      { path: "accept[0]", found: "a rule that does not exist", wanted: "an id of docs/policies.md" },
    ]);
  });

  test.each(own)("%s, which nothing accepts", (what) => {
    expect(mistakesOf([entry({ what })], usesAll)).toEqual([
      { path: "accept[0]", found: `${what}, which nothing can accept`, wanted: "no entry for it" },
    ]);
  });

  test("each entry has its own", () => {
    const entries = [entry({ on: "a" }), entry(), entry({ what: "cn-x" }), entry({ what: "cn-accept" })];
    expect(mistakesOf(entries, usesAll).map(({ path }) => path)).toEqual(["accept[0]", "accept[2]", "accept[3]"]);
  });
});

describe("an entry to paste", () => {
  test("ends in ninety days", () => {
    expect(acceptanceToPaste("cn-imdsv2", "workers-03", today)).toBe(
      '- { what: cn-imdsv2, on: "workers-03", why: "...", by: "...", until: 2027-02-23 }',
    );
  });

  test("holds a name of any form", () => {
    expect(acceptanceToPaste("cn-imdsv2", 'a "b" }', today)).toContain('on: "a \\"b\\" }"');
  });
});
