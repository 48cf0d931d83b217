import { describe, expect, test } from "vitest";
import { stackType } from "../../plan/plan.ts";
import { Acceptances } from "../../policies/accept.ts";
import { changesOf, check, checkStack, looksAt } from "../../policies/check.ts";
import { Collected } from "../../policies/collected.ts";
import { about, attest, undecided, violation } from "../../policies/demand.ts";
import { type Input, judge, stopping } from "../../policies/judge.ts";
import { levelOf } from "../../policies/levels.ts";
import { profiles } from "../../policies/profiles.ts";
import type { Finding, Resource, RuleFacts } from "../../policies/rule.ts";
import { rules } from "../../policies/rules.ts";
import { contextOf, resource, unknown } from "./cases.ts";
import { broken, facts, madeUpType, ruleThatSays, stackRuleThatSays } from "./made-up.ts";

const today = "2026-11-25";
const instance = "alicloud:ecs/instance:Instance";
const stack = resource(stackType, {}, { name: "china-test" });

/** A host that breaks cn-imdsv2, in a component. */
function host(name: string, values: Resource["values"] = {}): Resource {
  const parent = "urn:pulumi:test::china::computing-in-china:index:HostGroup::workers";
  return resource(instance, values, { name, parent });
}

function judged(resources: readonly Resource[], given: Partial<Input> = {}) {
  return judge({ resources, context: contextOf(), accept: [], today, ...given });
}

/** Of one rule, as lines. */
function violationsOf(id: string, resources: readonly Resource[], given: Partial<Input> = {}): string[] {
  return judged(resources, given)
    .violations.filter(({ rule }) => rule.id === id)
    .map(({ resource: { name }, level, path, found, accepted }) =>
      [level, name, path, found, ...(accepted === undefined ? [] : [`accepted by ${accepted.by}`])].join(" | "),
    );
}

const tokenless = "metadata without a token";

describe("which resources a rule looks at", () => {
  const one = facts({ reads: { [madeUpType]: [] } });
  const every = { ...one, reads: { "*": [] } };
  test.each([
    ["a type that it reads", one, madeUpType, true],
    ["another type", one, instance, false],
    ["a name that every object inherits", one, "constructor", false],
    ["every resource of the provider", every, instance, true],
    ["no resource of another provider", every, "aws:ec2/instance:Instance", false],
    ["not the provider itself", every, "pulumi:providers:alicloud", false],
    [
      "the provider where it is named",
      { ...one, reads: { "*": [], "pulumi:providers:alicloud": [] } },
      "pulumi:providers:alicloud",
      true,
    ],
  ] as const)("%s", (_, rule, type, expected) => {
    expect(looksAt({ ...rule, check: () => [] }, type)).toBe(expected);
  });

  test("what it does not look at it is not asked about", () => {
    expect(check(ruleThatSays([broken]), resource(instance, {}), contextOf())).toEqual([]);
    expect(check(ruleThatSays([broken]), resource(madeUpType, {}), contextOf())).toEqual([broken]);
  });

  test("a stack rule sees its types only", () => {
    const seen: string[] = [];
    const rule = {
      ...facts({ reads: { [madeUpType]: ["a"], "made:other": [] } }),
      *checkStack({ resources, ofType }: Parameters<(typeof stackRule)["checkStack"]>[0]): Generator<Finding> {
        seen.push(...resources.map(({ name }) => name), "/", ...ofType("made:other").map(({ name }) => name));
      },
    };
    const stackRule = stackRuleThatSays([]);
    const all = [resource(madeUpType, {}, { name: "a" }), resource("made:other", {}, { name: "b" }), host("c")];
    expect(checkStack(rule, all, contextOf())).toEqual([]);
    expect(seen).toEqual(["a", "b", "/", "b"]);
  });

  test("a stack rule knows what was made from what", () => {
    const a = resource(madeUpType, {}, { name: "a" });
    const b = resource(madeUpType, {}, { name: "b", dependsOn: [a] });
    const rule = {
      ...stackRuleThatSays([]),
      checkStack: (all: { dependsOn(one: Resource, on: Resource): boolean }) =>
        all.dependsOn(b, a) && !all.dependsOn(a, b) ? [broken] : [],
    };
    expect(checkStack(rule, [a, b], contextOf())).toEqual([broken]);
  });
});

describe("a rule that throws", () => {
  const marker = "LTAI-a-secret-of-the-user";
  const values = { a: marker };
  const thrower = {
    ...facts(),
    check: ({ values: given }: Resource): readonly Finding[] => {
      throw new Error(`cannot read ${String(given["a"])}`);
    },
  };
  const lateThrower = {
    ...facts(),
    *check(): Generator<Finding> {
      yield broken;
      throw new Error(marker);
    },
  };
  const stackThrower = {
    ...facts(),
    checkStack: (): readonly Finding[] => {
      throw new Error(marker);
    },
  };
  const thing = resource(madeUpType, values);
  const fault = [{ verdict: "fault", path: "" }];

  test("has a fault, whatever it has said before, and nothing of the error remains", () => {
    expect(check(thrower, thing, contextOf())).toEqual(fault);
    expect(check(lateThrower, thing, contextOf())).toEqual(fault);
    expect(checkStack(stackThrower, [thing], contextOf())).toEqual(fault);
  });

  test("a property that it has not declared is a fault as well", () => {
    const rule = {
      ...facts(),
      check: ({ props }: { props: { has(name: string): boolean } }) => (props.has("c") ? [] : []),
    };
    expect(check(rule, thing, contextOf())).toEqual(fault);
  });

  test("counts as a mandatory violation that nothing accepts, whatever the rule's level", () => {
    const accept = [{ what: "cn-made-up", on: "it", why: "?", by: "somebody", until: today }];
    const context = contextOf({ levels: { "cn-made-up": "advisory" } });
    const collected = new Collected(context, new Acceptances(accept, today));
    collected.add(thrower, check(thrower, thing, context), thing);
    const { violations } = collected.result();
    expect(violations).toMatchObject([
      {
        level: "mandatory",
        path: "",
        found: "a defect of the rule itself: it judged nothing here",
        wanted: "a rule that works: please report it, with the id cn-made-up and the resource's type",
        resource: { name: "it" },
      },
    ]);
    expect(violations[0]).not.toHaveProperty("accepted");
    expect(stopping({ violations })).toHaveLength(1);
    expect(JSON.stringify(violations)).not.toContain(marker);
  });
});

describe("remedies", () => {
  const remedy = { inWords: "a -> 1", changes: () => ({ a: 1 }) };
  const thing = resource(madeUpType, {});

  test.each([
    ["a rule without a remedy", ruleThatSays([broken]), undefined],
    ["a stack rule", stackRuleThatSays([broken], { remedy }), undefined],
    ["a rule that is kept", ruleThatSays([], { remedy }), undefined],
    ["a rule that cannot decide", ruleThatSays([undecided("a")], { remedy }), undefined],
    ["a rule that is broken", ruleThatSays([undecided("a"), broken], { remedy }), { a: 1 }],
    [
      "a remedy with nothing to mend",
      ruleThatSays([broken], { remedy: { ...remedy, changes: () => undefined } }),
      undefined,
    ],
    [
      "a remedy that throws",
      ruleThatSays([broken], {
        remedy: {
          ...remedy,
          changes: () => {
            throw new Error("no");
          },
        },
      }),
      undefined,
    ],
  ] as const)("%s", (_, rule, expected) => {
    expect(changesOf(rule, thing, contextOf())).toEqual(expected);
  });

  test("other types are left alone", () => {
    expect(changesOf(ruleThatSays([broken], { remedy }), resource(instance, {}), contextOf())).toBeUndefined();
  });
});

/** Findings put together, without the rules of the catalogue. */
function collect(
  findings: readonly (readonly [RuleFacts, readonly Finding[], string])[],
  settings: Parameters<typeof contextOf>[0] = {},
  accept: Input["accept"] = [],
) {
  const collected = new Collected(contextOf(settings), new Acceptances(accept, today));
  for (const [rule, said, name] of findings) collected.add(rule, said, resource(madeUpType, {}, { name }));
  return collected.result();
}

describe("the order of violations", () => {
  const rule = (id: string, severity: RuleFacts["severity"], level: "mandatory" | "advisory" = "mandatory") =>
    facts({ id: `cn-${id}`, severity, levels: { baseline: level, "mlps-3": level } });

  test("mandatory first, then by severity, rule, resource and property", () => {
    const expected = [
      ["critical", rule("z", "critical"), "z", "z"],
      ["high", rule("y", "high"), "y", "z"],
      ["medium, first rule", rule("a", "medium"), "z", "z"],
      ["medium, second rule, first resource", rule("b", "medium"), "a", "z"],
      ["medium, second rule, second resource, first property", rule("b", "medium"), "b", "a"],
      ["medium, second rule, second resource, second property", rule("b", "medium"), "b", "b"],
      ["low", rule("a", "low"), "a", "a"],
      ["advisory, critical", rule("a", "critical", "advisory"), "a", "a"],
      ["advisory, low", rule("a", "low", "advisory"), "a", "a"],
    ] as const;
    const numbers = expected.map((_, index) => index);
    for (const order of [numbers, numbers.toReversed(), [4, 8, 0, 6, 2, 7, 1, 5, 3], [5, 3, 7, 1, 6, 0, 8, 4, 2]]) {
      const findings = order.flatMap((index) => {
        const [label, one, name, path] = expected[index] ?? expected[0];
        return [[one, [violation(path, label, "")], name] as const];
      });
      expect(collect(findings).violations.map(({ found }) => found)).toEqual(expected.map(([label]) => label));
    }
  });

  test("what is only advice stands behind, also of a mandatory rule", () => {
    const findings = [[facts(), [violation("a", "advice", "", "advisory"), broken], "it"]] as const;
    expect(collect(findings).violations.map(({ level, found }) => [level, found])).toEqual([
      ["mandatory", broken.verdict === "violation" ? broken.found : ""],
      ["advisory", "advice"],
    ]);
  });

  test("a level of the settings counts", () => {
    const levels = { "cn-made-up": "advisory" } as const;
    expect(collect([[facts(), [broken], "it"]], { levels }).violations.map(({ level }) => level)).toEqual(["advisory"]);
  });
});

describe("what could not be decided", () => {
  const other = facts({ id: "cn-other" });

  test("stands once for each rule, with its first place and the number of places", () => {
    const findings = [
      [facts(), [undecided("b"), undecided("a")], "first"],
      [other, [undecided("c")], "first"],
      [facts(), [undecided("a")], "second"],
    ] as const;
    expect(collect(findings).undecided).toEqual([
      { rule: facts(), name: "first", path: "b", places: 3 },
      { rule: other, name: "first", path: "c", places: 1 },
    ]);
  });

  test("is no violation, and keeps an entry of the accept list from being unused", () => {
    const accept = [{ what: "cn-imdsv2", on: "workers-01", why: "?", by: "somebody", until: today }];
    const judgement = judged([stack, host("workers-01", { httpTokens: unknown })], { accept });
    expect(judgement.undecided.filter(({ rule }) => rule.id === "cn-imdsv2")).toHaveLength(1);
    expect(judgement.violations.filter(({ rule }) => ["cn-imdsv2", "cn-accept"].includes(rule.id))).toEqual([]);
  });
});

describe("what only a person can say", () => {
  const asks = ruleThatSays([attest("tsdb-allow-list", "a")]);

  test("is asked once, and never a violation", () => {
    const { attested, violations } = collect([
      [asks, [attest("tsdb-allow-list", "a")], "first"],
      [asks, [attest("tsdb-allow-list", "a"), attest("icp-filing", "a")], "second"],
    ]);
    expect(attested).toEqual([{ what: "tsdb-allow-list" }, { what: "icp-filing" }]);
    expect(violations).toEqual([]);
  });

  test("is shown with who said so, when, and the note", () => {
    const said = { by: "somebody", on: "2026-11-01" };
    const settings = { attested: { "tsdb-allow-list": said, "icp-filing": { ...said, note: "a number" } } };
    const findings = [[asks, [attest("tsdb-allow-list", "a"), attest("icp-filing", "a")], "it"]] as const;
    const { attested } = collect(findings, settings);
    expect(attested).toEqual([
      { what: "tsdb-allow-list", ...said },
      { what: "icp-filing", ...said, note: "a number" },
    ]);
    expect(attested[0]).not.toHaveProperty("note");
  });

  test("is what the profile asks for, without any resource", () => {
    for (const profile of ["baseline", "mlps-3"] as const) {
      const { attested } = judged([stack], { context: contextOf({}, profile) });
      expect(attested.map(({ what }) => what)).toEqual(expect.arrayContaining([...profiles[profile].asks]));
    }
    expect(judged([stack]).attested).toEqual([]);
  });
});

describe("a whole stack", () => {
  test("each resource is judged, and each violation is about its own", () => {
    const resources = [stack, host("workers-02"), host("workers-01"), host("workers-03", { httpTokens: "required" })];
    expect(violationsOf("cn-imdsv2", resources)).toEqual([
      `mandatory | workers-01 | httpTokens | ${tokenless}`,
      `mandatory | workers-02 | httpTokens | ${tokenless}`,
    ]);
    const [first] = judged(resources).violations.filter(({ rule }) => rule.id === "cn-imdsv2");
    expect(first?.resource).toEqual({ urn: host("workers-01").urn, name: "workers-01", parent: host("x").parent });
    expect(judged([resource(instance, {})]).violations[0]?.resource).not.toHaveProperty("parent");
  });

  test.each(["baseline", "mlps-3"] as const)("in %s every rule that is not off has looked", (profile) => {
    const context = contextOf({}, profile);
    const on = rules.filter((rule) => levelOf(rule, context) !== "disabled");
    expect(judged([stack], { context })).toMatchObject({ profile, rules: on.length });
  });

  test("a rule that is off looks at nothing", () => {
    const off = contextOf({ levels: { "cn-imdsv2": "disabled" } });
    expect(violationsOf("cn-imdsv2", [stack, host("workers-01")], { context: off })).toEqual([]);
    expect(judged([stack], { context: off }).rules).toBe(judged([stack]).rules - 1);
  });

  test("an advisory rule stops nothing", () => {
    const context = contextOf({ levels: { "cn-imdsv2": "advisory" } });
    const judgement = judged([stack, host("workers-01")], { context });
    expect(judgement.violations.filter(({ rule }) => rule.id === "cn-imdsv2")).toMatchObject([{ level: "advisory" }]);
    expect(stopping(judgement).filter(({ rule }) => rule.id === "cn-imdsv2")).toEqual([]);
  });

  test("what is accepted is shown and stops nothing", () => {
    const accept = [{ what: "cn-imdsv2", on: "workers", why: "?", by: "somebody", until: today }];
    const resources = [stack, host("workers-01")];
    expect(violationsOf("cn-imdsv2", resources, { accept })).toEqual([
      `mandatory | workers-01 | httpTokens | ${tokenless} | accepted by somebody`,
    ]);
    expect(stopping(judged(resources, { accept })).filter(({ rule }) => rule.id === "cn-imdsv2")).toEqual([]);
    expect(violationsOf("cn-accept", resources, { accept })).toEqual([]);
  });

  test("an entry that has ended accepts nothing, and is a violation itself", () => {
    const accept = [{ what: "cn-imdsv2", on: "workers", why: "?", by: "somebody", until: "2026-11-24" }];
    const resources = [host("workers-01"), stack];
    expect(violationsOf("cn-imdsv2", resources, { accept })).toEqual([
      `mandatory | workers-01 | httpTokens | ${tokenless}`,
    ]);
    expect(violationsOf("cn-accept", resources, { accept })).toEqual([
      "mandatory | china-test | accept[0] | cn-imdsv2: ended on 2026-11-24",
    ]);
  });

  test("an entry for a rule that is off is not needed", () => {
    const accept = [{ what: "cn-imdsv2", on: "workers", why: "?", by: "somebody", until: today }];
    const context = contextOf({ levels: { "cn-imdsv2": "disabled" } });
    expect(violationsOf("cn-accept", [stack, host("workers-01")], { accept, context })).toHaveLength(1);
  });

  test("settings that mean nothing are a violation of the stack, which nothing accepts", () => {
    const accept = [{ what: "cn-settings", on: "china-test", why: "?", by: "somebody", until: today }];
    const context = contextOf({ levels: { "cn-imdsv": "disabled" } });
    expect(violationsOf("cn-settings", [stack], { context })).toEqual([
      "mandatory | china-test | levels | a rule that does not exist",
    ]);
    expect(violationsOf("cn-accept", [stack], { context, accept })).toHaveLength(1);
  });

  test("settings cannot switch off what judges them", () => {
    const context = contextOf({ levels: { "cn-settings": "disabled", "cn-imdsv": "disabled" } });
    expect(violationsOf("cn-settings", [stack], { context })).toEqual([
      "mandatory | china-test | levels | a rule that does not exist",
      "mandatory | china-test | levels | a rule that does not exist",
    ]);
  });

  test("without a stack's own resource something stands for it", () => {
    const context = contextOf({ levels: { "cn-imdsv": "disabled" } });
    expect(violationsOf("cn-settings", [host("workers-01")], { context })).toEqual([
      "mandatory | stack | levels | a rule that does not exist",
    ]);
  });

  test("about another resource", () => {
    expect(about("urn:other", broken)).toEqual({ ...broken, urn: "urn:other" });
  });
});

describe("what is mended", () => {
  const context = contextOf({ levels: { "cn-imdsv2": "remediate" } });

  test("is told, and no longer broken", () => {
    const judgement = judged([stack, host("workers-01"), host("workers-02", { httpTokens: "required" })], { context });
    expect(judgement.mended.map(({ rule, name, inWords }) => [rule.id, name, inWords])).toEqual([
      ["cn-imdsv2", "workers-01", "httpTokens -> required"],
    ]);
    expect(judgement.violations.filter(({ rule }) => rule.id === "cn-imdsv2")).toEqual([]);
  });

  test("nothing is mended without that level", () => {
    expect(judged([stack, host("workers-01")]).mended).toEqual([]);
  });

  test("what was given is not changed", () => {
    const one = host("workers-01");
    judged([stack, one], { context });
    expect(one.values).toEqual({});
  });

  test("the other properties stay as they are", () => {
    const before = violationsOf("cn-no-password", [stack, host("a", { password: "x" })]);
    expect(violationsOf("cn-no-password", [stack, host("a", { password: "x" })], { context })).toEqual(before);
  });
});
