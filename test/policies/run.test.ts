import type { PolicyResource, StackValidationArgs } from "@pulumi/policy";
import { describe, expect, test } from "vitest";
import { stackType } from "../../plan/plan.ts";
import { acceptanceToPaste } from "../../policies/accept.ts";
import { about, attest, undecided, violation } from "../../policies/demand.ts";
import { acceptRule } from "../../policies/own-rules.ts";
import type { Resource, ResourceRule, RuleFacts } from "../../policies/rule.ts";
import { isStackRule } from "../../policies/rule.ts";
import { rules } from "../../policies/rules.ts";
import { type Reported, Run } from "../../policies/run.ts";
import { argsOf } from "./engine-args.ts";
import { broken, facts, madeUpType, ruleThatSays, stackRuleThatSays } from "./made-up.ts";

const today = "2026-11-25";
const sentinel = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const instance = "alicloud:ecs/instance:Instance";
const stackUrn = "urn:pulumi:shanghai::china::pulumi:pulumi:Stack::china-shanghai";

type Raw = Readonly<Record<string, unknown>>;

/** A run of the pack, and what it reports. */
function started(atStart: Raw = {}, ofStack: Raw = atStart) {
  const asked: (string | undefined)[] = [];
  const run = new Run((stack) => {
    asked.push(stack);
    return stack === undefined ? atStart : ofStack;
  }, today);
  const said: Reported[] = [];
  const report = (violation: string | Reported) => {
    said.push(typeof violation === "string" ? { message: violation } : violation);
  };
  /** What the engine does first: the stack's own resource, at the first policy. */
  const settle = (config: Raw = {}, urn = stackUrn, type = stackType) =>
    run.settle(argsOf(type, {}, { config, urn }), report);
  /** Level and first line of everything reported so far, and forgets it. */
  const lines = () =>
    said
      .splice(0)
      .map(({ message, enforcementLevel }) => `${enforcementLevel ?? "as configured"}: ${message.split("\n")[0]}`);
  return { run, said, report, settle, asked, lines };
}

const thing = argsOf(madeUpType, {});
const brokenLine = "A made-up rule. a: found a text; wanted a number.";

function catalogued(id: string): ResourceRule {
  const rule = rules.find((one) => one.id === id);
  if (rule === undefined || isStackRule(rule)) throw new Error(`no rule ${id} for resources`);
  return rule;
}

function policyResource(type: string, name: string, given: Partial<PolicyResource> = {}): PolicyResource {
  const { stackTags, getConfig, notApplicable, ...args } = argsOf(
    type,
    {},
    {
      urn: `urn:pulumi:shanghai::china::${type}::${name}`,
    },
  );
  return { ...args, dependencies: [], propertyDependencies: {}, ...given };
}

function stackArgs(resources: readonly PolicyResource[]): StackValidationArgs {
  const { stackTags, getConfig, notApplicable } = thing;
  return { resources: [...resources], stackTags, getConfig, notApplicable };
}

describe("the level that a policy is made with", () => {
  const rule = facts({ levels: { baseline: "advisory", "mlps-3": "mandatory" } });
  const mendable = { ...rule, remedy: { inWords: "a -> 1", changes: () => ({}) } };
  test.each([
    ["the profile's", rule, {}, "advisory"],
    ["another profile's", rule, { profile: "mlps-3" }, "mandatory"],
    ["the settings'", rule, { levels: { "cn-made-up": "disabled" } }, "disabled"],
    ["remediate, where something mends it", mendable, { levels: { "cn-made-up": "remediate" } }, "remediate"],
    ["mandatory, where nothing does", rule, { levels: { "cn-made-up": "remediate" } }, "mandatory"],
    ["the profile's, though something could mend it", mendable, {}, "advisory"],
    ["the strict defaults' where the settings are wrong", rule, { profile: "none" }, "advisory"],
  ] as const)("%s", (_, one: RuleFacts, settings, expected) => {
    expect(started(settings).run.levelAtStart(one)).toBe(expected);
  });
});

describe("the level that is reported", () => {
  const advisory = { levels: { baseline: "advisory", "mlps-3": "mandatory" } } as const;

  function levels(rule: ResourceRule, atStart: Raw, ofStack: Raw, config: Raw = {}): string[] {
    const { run, report, settle, lines } = started(atStart, ofStack);
    settle(config);
    lines();
    run.judge(rule, thing, report);
    return lines();
  }

  test("the engine's own where nothing says another: a user may have configured it", () => {
    expect(levels(ruleThatSays([broken]), {}, {})).toEqual([`as configured: ${brokenLine}`]);
    expect(levels(ruleThatSays([broken], advisory), {}, {})).toEqual([`as configured: ${brokenLine}`]);
  });

  test.each([
    ["the stack's profile", { profile: "mlps-3" }, {}],
    ["the stack's settings", { levels: { "cn-made-up": "mandatory" } }, {}],
    ["the pack's configuration", {}, { profile: "mlps-3" }],
    ["the pack's configuration before the stack's", { profile: "baseline" }, { profile: "mlps-3" }],
  ] as const)("%s, where it is another than at the start", (_, ofStack, config) => {
    expect(levels(ruleThatSays([broken], advisory), {}, ofStack, config)).toEqual([`mandatory: ${brokenLine}`]);
  });

  test("the settings make it advice", () => {
    const ofStack = { levels: { "cn-made-up": "advisory" } };
    expect(levels(ruleThatSays([broken]), {}, ofStack)).toEqual([`advisory: ${brokenLine}`]);
  });

  test("the settings switch it off", () => {
    expect(levels(ruleThatSays([broken, undecided("b")]), {}, { levels: { "cn-made-up": "disabled" } })).toEqual([]);
  });

  test("off at the start and asked all the same: the engine was told so by a user", () => {
    const off = { levels: { baseline: "disabled", "mlps-3": "disabled" } } as const;
    expect(levels(ruleThatSays([broken], off), {}, {})).toEqual([`as configured: ${brokenLine}`]);
  });

  test("a part that is only advice", () => {
    const advice = violation("a", "a text", "a number", "advisory");
    expect(levels(ruleThatSays([advice]), {}, {})).toEqual([`advisory: ${brokenLine}`]);
    // Also where a user has made the rule mandatory in Pulumi's own way, which only the engine knows.
    expect(levels(ruleThatSays([advice], advisory), {}, {})).toEqual([`advisory: ${brokenLine}`]);
  });

  test("a defect of a rule is mandatory, also of one that is off", () => {
    const thrower: ResourceRule = {
      ...facts(advisory),
      check: () => {
        throw new Error("LTAI-marker");
      },
    };
    for (const ofStack of [{}, { levels: { "cn-made-up": "disabled" } }]) {
      const said = levels(thrower, {}, ofStack);
      expect(said).toEqual([
        "mandatory: A made-up rule. found a defect of the rule itself: it judged nothing here; wanted a rule that works: please report it, with the id cn-made-up and the resource's type.",
      ]);
    }
  });

  test("what is accepted is advice", () => {
    const entry = { what: "cn-made-up", on: "it", why: "a reason", by: "somebody", until: today };
    const { run, said, report, settle } = started({ accept: [entry] });
    settle();
    said.splice(0);
    run.judge(ruleThatSays([broken]), thing, report);
    expect(said).toEqual([
      {
        message: `${brokenLine}\nAccepted until ${today} by somebody: a reason`,
        urn: thing.urn,
        enforcementLevel: "advisory",
      },
    ]);
  });
});

describe("what is reported of a resource", () => {
  test("each violation with its resource and the entry to paste", () => {
    const { run, said, report, settle } = started();
    settle();
    run.judge(ruleThatSays([broken, violation("b", "absent", "anything")]), thing, report);
    expect(said.map(({ urn }) => urn)).toEqual([thing.urn, thing.urn]);
    expect(said.map(({ message }) => message.split("\n")[0])).toEqual([
      brokenLine,
      "A made-up rule. b: found absent; wanted anything.",
    ]);
    expect(said[0]?.message).toContain(acceptanceToPaste("cn-made-up", "it", today));
  });

  test("nothing of what only a person can say", () => {
    const { run, said, report, settle } = started();
    settle();
    run.judge(ruleThatSays([attest("icp-filing", "a")]), thing, report);
    expect(said).toEqual([]);
  });

  test("nothing of other types", () => {
    const { run, said, report, settle } = started();
    settle();
    run.judge(ruleThatSays([broken]), argsOf(instance, {}), report);
    expect(said).toEqual([]);
  });

  test("what could not be decided, once for each rule, as advice", () => {
    const { run, report, settle, lines } = started();
    settle();
    const rule = ruleThatSays([undecided("a"), undecided("b")]);
    run.judge(rule, thing, report);
    run.judge(rule, thing, report);
    run.judge(ruleThatSays([undecided("b")], { id: "cn-other" }), thing, report);
    expect(lines()).toEqual([
      "advisory: A made-up rule. a: not known before the deployment; decided then.",
      "advisory: A made-up rule. b: not known before the deployment; decided then.",
    ]);
  });

  test("what is not there is not there", () => {
    const seen: Resource[] = [];
    const rule: ResourceRule = {
      ...facts({ reads: { [madeUpType]: ["flag", "nothing", "a__b"] } }),
      check: (resource) => {
        seen.push(resource);
        return [];
      },
    };
    const { run, report, settle } = started();
    settle();
    run.judge(rule, argsOf(madeUpType, { flag: true, nothing: undefined, a__b: 1, __b: 2 }), report);
    const [resource] = seen;
    expect(resource?.values).toStrictEqual({ flag: true, a__b: 1 });
    expect(Object.keys(resource ?? {})).not.toContain("parent");
    expect(Object.keys(resource ?? {})).not.toContain("provider");
  });

  test("what fails to be read for another reason than being unknown is no unknown value", () => {
    const { run, report, settle } = started();
    settle();
    const args = argsOf(madeUpType, {});
    Object.defineProperty(args.props, "a", {
      enumerable: true,
      get: () => {
        throw new TypeError("of the SDK");
      },
    });
    expect(() => run.judge(ruleThatSays([]), args, report)).toThrow("of the SDK");
  });

  test("unknown and nested values are seen as what they are, internal keys are not seen", () => {
    const values = {
      known: "x",
      later: sentinel,
      nested: { later: sentinel, list: [1, sentinel, { deep: null }] },
      nothing: undefined,
      __defaults: ["known"],
    };
    const seen: unknown[] = [];
    const reads = {
      [madeUpType]: ["known", "later", "nested.later", "nested.list[].deep", "nothing", "__defaults"],
      "pulumi:providers:alicloud": ["region", "secretKey"],
    };
    const rule: ResourceRule = {
      ...facts({ reads }),
      check: ({ values: given, protect, parent, provider, dependencies }) => {
        seen.push(given, protect, parent, provider, dependencies);
        return [];
      },
    };
    const unknown = { __pulumiUnknown: true };
    const { run, said, report, settle } = started();
    settle();
    const options = { parent: "urn:parent", protect: true, provider: { region: "cn-shanghai", secretKey: sentinel } };
    run.judge(rule, argsOf(madeUpType, values, options), report);
    run.judge(rule, thing, report);
    expect(said).toEqual([]);
    expect(seen).toEqual([
      { known: "x", later: unknown, nested: { later: unknown, list: [1, unknown, { deep: null }] } },
      true,
      "urn:parent",
      {
        urn: "urn:pulumi:shanghai::china::pulumi:providers:alicloud::mainland",
        values: { region: "cn-shanghai", secretKey: unknown },
      },
      [],
      ...[{}, false, undefined, undefined, []],
    ]);
  });
});

describe("settings", () => {
  test("are read at the start, and once more when the stack is known", () => {
    const { settle, asked } = started();
    expect(asked).toEqual([undefined]);
    settle();
    settle();
    settle({}, `urn:pulumi:shanghai::china::${madeUpType}::it`, madeUpType);
    expect(asked).toEqual([undefined, "shanghai"]);
  });

  test("of another project's stack of the same name are not read", () => {
    const { settle, asked } = started();
    settle({}, "urn:pulumi:shanghai::other::pulumi:pulumi:Stack::other-shanghai");
    expect(asked).toEqual([undefined, undefined]);
  });

  test("of a name that only ends like this project's are not read", () => {
    const { settle, asked } = started();
    settle({}, `x${stackUrn}`);
    expect(asked).toEqual([undefined, undefined]);
  });

  test("are not read where the pack has its own configuration", () => {
    const { settle, asked } = started();
    settle({ profile: "mlps-3" });
    expect(asked).toEqual([undefined]);
  });

  test("hold from the first resource on, whichever that is", () => {
    const { run, report, settle, lines } = started({}, { levels: { "cn-made-up": "advisory" } });
    settle({}, `urn:pulumi:shanghai::china::${madeUpType}::it`, madeUpType);
    run.judge(ruleThatSays([broken]), thing, report);
    expect(lines()).toEqual([`advisory: ${brokenLine}`]);
  });

  test("what is wrong with them is said of the stack, and of nothing else", () => {
    const { said, settle } = started({}, {});
    const config = { profil: "mlps-3" };
    settle(config, `urn:pulumi:shanghai::china::${madeUpType}::it`, madeUpType);
    expect(said).toEqual([]);
    settle(config);
    expect(said).toMatchObject([
      {
        urn: stackUrn,
        message: expect.stringContaining("profil: found another value; wanted a key that is known here"),
      },
    ]);
    expect(said[0]?.message).not.toContain("To accept");
    expect(said[0]).not.toHaveProperty("enforcementLevel");
  });

  test("that mean nothing are said as well", () => {
    const { settle, lines } = started({}, { levels: { "cn-imdsv": "disabled" }, regions: ["cn-hongkong"] });
    settle();
    expect(lines()).toEqual([
      "as configured: The rules' settings. levels: found a rule that does not exist; wanted cn-imdsv2.",
      "as configured: The rules' settings. regions[0]: found a region outside mainland China; wanted regions of mainland China only.",
    ]);
  });

  test("cannot switch off what judges them", () => {
    const { settle, lines } = started({}, { levels: { "cn-settings": "disabled" } });
    settle();
    expect(lines()).toHaveLength(1);
  });
});

describe("a rule that the engine knows as off, and that the settings switch on", () => {
  const crypto = catalogued("cn-sm-crypto");
  const open = argsOf(instance, { systemDiskEncrypted: true });

  test("is asked all the same, since the engine does not ask it, and reports in its own name", () => {
    const { run, said, report } = started();
    run.settle(
      argsOf(instance, { systemDiskEncrypted: true }, { config: { levels: { [crypto.id]: "mandatory" } } }),
      report,
    );
    expect(said).toMatchObject([
      { name: crypto.id, description: crypto.description, severity: crypto.severity, enforcementLevel: "mandatory" },
    ]);
    expect(said[0]?.message).toContain(crypto.title);
  });

  test("is asked once, also where the engine asks it too", () => {
    const { run, said, report } = started();
    run.settle(argsOf(instance, {}, { config: { levels: { [crypto.id]: "advisory" } } }), report);
    said.splice(0);
    run.judge(crypto, open, report);
    expect(said).toEqual([]);
  });

  test("is asked about what it looks at, and stack rules are not asked about one resource", () => {
    const { run, said, report } = started({ levels: { "cn-flow-log": "disabled" } });
    const config = { levels: { [crypto.id]: "mandatory" } };
    for (const type of [madeUpType, "alicloud:vpc/network:Network"]) run.settle(argsOf(type, {}, { config }), report);
    expect(said).toEqual([]);
  });

  test("is left off without such settings", () => {
    const { run, said, report } = started();
    run.settle(open, report);
    expect(said).toEqual([]);
  });
});

describe("a whole stack", () => {
  const other = policyResource(madeUpType, "other");
  const stack = policyResource(stackType, "china-shanghai", { urn: stackUrn });

  test("a finding is reported of the resource that it is about, else of the stack", () => {
    const { run, said, report, settle } = started();
    settle();
    const rule = stackRuleThatSays([about(other.urn, broken), broken, about("urn:gone", broken)]);
    run.judgeStack(rule, stackArgs([other, stack]), report);
    expect(said.map(({ urn }) => urn)).toEqual([other.urn, stackUrn, stackUrn]);
    expect(said[0]?.message).toContain('on: "other"');
  });

  test("without a stack's own resource something stands for it", () => {
    const { run, said, report, settle } = started();
    settle();
    run.judgeStack(stackRuleThatSays([broken]), stackArgs([other]), report);
    expect(said).toMatchObject([{ urn: "", message: expect.stringContaining('on: "stack"') }]);
  });

  test("resources come with the inputs that they were declared with: outputs leave out what is not known yet", () => {
    const seen: Resource[] = [];
    const rule = {
      ...facts({ reads: { [instance]: ["hostName"] } }),
      checkStack: ({ resources }: { resources: readonly Resource[] }) => {
        seen.push(...resources);
        return [];
      },
    };
    const { run, report } = started();
    const urn = `urn:pulumi:shanghai::china::${instance}::declared`;
    run.settle(argsOf(instance, { hostName: "declared" }, { urn }), report);
    const made = { ...policyResource(instance, "declared", { urn }), props: { status: "Running" } };
    const read = { ...policyResource(instance, "other"), props: { hostName: "only here" } };
    run.judgeStack(rule, stackArgs([made, read]), report);
    expect(seen.map(({ values }) => values)).toEqual([{ hostName: "declared" }, { hostName: "only here" }]);
  });

  test("resources come with what they were made from and belong to", () => {
    const seen: Resource[] = [];
    const rule = {
      ...facts({ reads: { [madeUpType]: ["a"], "pulumi:providers:alicloud": ["region"] } }),
      checkStack: ({ resources }: { resources: readonly Resource[] }) => {
        seen.push(...resources);
        return [];
      },
    };
    const { run, report, settle } = started();
    settle();
    const { opts } = other;
    const { provider } = argsOf(madeUpType, {}, { provider: { region: "cn-shanghai" } });
    if (provider === undefined) throw new Error("no provider");
    const args = [
      policyResource(madeUpType, "a", { parent: stack, dependencies: [other] }),
      policyResource(madeUpType, "b", { opts: { ...opts, parent: "urn:named" }, provider }),
      policyResource(madeUpType, "c", { parent: stack, opts: { ...opts, parent: "urn:named" } }),
      other,
    ];
    run.judgeStack(rule, stackArgs(args), report);
    expect(seen.map(({ parent, dependencies }) => [parent, dependencies])).toEqual([
      [stackUrn, [other.urn]],
      ["urn:named", []],
      [stackUrn, []],
      [undefined, []],
    ]);
    const [, b, , bare] = seen;
    expect(b?.provider).toEqual({ urn: provider.urn, values: { region: "cn-shanghai" } });
    expect(Object.keys(bare ?? {})).not.toContain("parent");
    expect(Object.keys(bare ?? {})).not.toContain("provider");
  });
});

describe("what is accepted", () => {
  const imdsv2 = catalogued("cn-imdsv2");
  const entry = { what: "cn-imdsv2", on: "it", why: "a reason", by: "somebody", until: today };

  function acceptances(values: Raw, accept: readonly Raw[] = [entry]) {
    const { run, report, settle, said, lines } = started({ accept });
    settle();
    run.judge(imdsv2, argsOf(instance, values), report);
    lines();
    run.judgeAcceptances(stackArgs([policyResource(stackType, "china-shanghai", { urn: stackUrn })]), report);
    return said;
  }

  test("an entry that was of use is none to speak of", () => {
    expect(acceptances({ httpTokens: "optional" })).toEqual([]);
  });

  test("nor one that may still be", () => {
    expect(acceptances({ httpTokens: sentinel })).toEqual([]);
  });

  test("an entry that nothing needed is a violation of the stack", () => {
    expect(acceptances({ httpTokens: "required" })).toMatchObject([
      {
        urn: stackUrn,
        message: expect.stringContaining(`${acceptRule.title}. accept[0]: found cn-imdsv2: nothing that it accepts`),
      },
    ]);
  });

  test("an entry of a rule that does not exist, or that nothing accepts", () => {
    const accept = ["cn-nothing", "cn-settings"].map((what) => ({ ...entry, what }));
    expect(acceptances({}, accept).map(({ message }) => message.split("\n")[0])).toEqual([
      "What is accepted. accept[0]: found a rule that does not exist; wanted an id of docs/policies.md.",
      "What is accepted. accept[1]: found cn-settings, which nothing can accept; wanted no entry for it.",
    ]);
  });
});

describe("a remedy", () => {
  const rule = ruleThatSays([broken], { remedy: { inWords: "a -> 1", changes: () => ({ a: 1 }) } });

  test("changes the object that it was given, and hands it back", () => {
    const args = argsOf(madeUpType, { b: "stays" });
    const changed = started().run.remedy(rule, args);
    expect(changed).toBe(args.props);
    expect(changed).toEqual({ a: 1, b: "stays" });
  });

  test("that has nothing to change hands nothing back", () => {
    const kept = ruleThatSays([], { remedy: { inWords: "a -> 1", changes: () => ({ a: 1 }) } });
    const args = argsOf(madeUpType, { b: "stays" });
    expect(started().run.remedy(kept, args)).toBeUndefined();
    expect(args.props).toEqual({ b: "stays" });
  });
});
