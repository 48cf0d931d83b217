import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePolicy } from "../../../sandbox/ram/document.ts";
import { evaluate, evaluateBoth, type Question } from "../../../sandbox/ram/evaluate.ts";
import { fits, fitsAction, fitsResource } from "../../../sandbox/ram/wildcard.ts";
import { allow, deny, document } from "./cast.ts";

const instance = "acs:ecs:cn-shanghai:1:instance/i-1";

function question(
  action: string,
  resource = instance,
  context: Readonly<Record<string, readonly string[]>> = {},
): Question {
  return { actions: [action], resource, context: new Map(Object.entries(context)) };
}

function verdict(asked: Question, ...statements: readonly object[]): string {
  return evaluate(parsePolicy(document(...statements)), asked);
}

describe("wildcards", () => {
  it.each([
    ["*", "", true],
    ["*", "anything", true],
    ["ecs:*", "ecs:RunInstances", true],
    ["ecs:*", "ecsx:RunInstances", false],
    ["ecs:Describe*s", "ecs:DescribeInstances", true],
    ["ecs:Describe*s", "ecs:DescribePrice", false],
    ["a?c", "abc", true],
    ["a?c", "ac", false],
    ["*b*d", "abcbd", true],
    ["a.c", "abc", false],
  ])("%s and %s: %s", (pattern, text, expected) => {
    expect(fits(pattern, text)).toBe(expected);
  });

  it("do not look at the case of an action", () => {
    expect(fitsAction("ECS:runinstances", "ecs:RunInstances")).toBe(true);
  });

  it.each([
    ["*", instance, true],
    ["acs:ecs:*:*:instance/*", instance, true],
    ["acs:ecs:cn-beijing:*:instance/*", instance, false],
    ["acs:ecs:*:2:instance/*", instance, false],
    ["acs:ecs:*:*:disk/*", instance, false],
    ["acs:ecs:*:*:instance/i-1", "acs:ecs:cn-shanghai:1:instance/*", false],
    ["acs:ram::1:role/a", "acs:ram:*:1:role/a", true],
    ["acs:*:instance/i-1:x:y", instance, false],
    ["acs:ecs:*:*:*", "*", false],
  ])("resource %s names %s: %s", (pattern, resource, expected) => {
    expect(fitsResource(pattern, resource)).toBe(expected);
  });

  const text = fc.string({ unit: fc.constantFrom("a", "b", ":", "/"), maxLength: 12 });

  it("a text fits itself, and a star in the place of any part of it", () => {
    fc.assert(
      fc.property(text, text, text, (before, middle, after) => {
        expect(fits(before + middle + after, before + middle + after)).toBe(true);
        expect(fits(`${before}*${after}`, before + middle + after)).toBe(true);
      }),
    );
  });

  it("say what the regular expression of the same meaning says", () => {
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 8 });
    fc.assert(
      fc.property(pattern, fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 10 }), (wild, plain) => {
        const meaning = new RegExp(`^${wild.replaceAll("*", ".*").replaceAll("?", ".")}$`);
        expect(fits(wild, plain)).toBe(meaning.test(plain));
      }),
    );
  });
});

describe("statements", () => {
  it.each([
    ["nothing", [], "ImplicitDeny"],
    ["an allow", [allow("ecs:RunInstances")], "Allow"],
    ["an allow for another action", [allow("ecs:StopInstance")], "ImplicitDeny"],
    ["an allow for another resource", [allow("ecs:*", "acs:ecs:*:*:disk/*")], "ImplicitDeny"],
    ["allow and deny", [allow("*"), deny("ecs:RunInstances")], "ExplicitDeny"],
    ["deny first", [deny("ecs:*"), allow("*")], "ExplicitDeny"],
    ["a deny for another", [allow("ecs:*"), deny("ecs:Stop*")], "Allow"],
    ["all but this action", [{ Effect: "Allow", NotAction: "ecs:RunInstances", Resource: "*" }], "ImplicitDeny"],
    ["all but another action", [{ Effect: "Allow", NotAction: "vpc:*", Resource: "*" }], "Allow"],
    [
      "all but this resource",
      [{ Effect: "Allow", Action: "*", NotResource: "acs:ecs:*:*:instance/*" }],
      "ImplicitDeny",
    ],
    ["all but another resource", [{ Effect: "Allow", Action: "*", NotResource: "acs:vpc:*:*:*" }], "Allow"],
  ])("%s: %#", (_what, statements, expected) => {
    const parsed = statements.length === 0 ? [] : parsePolicy(document(...statements));
    expect(evaluate(parsed, question("ecs:RunInstances"))).toBe(expected);
  });

  it("go by any name of an action", () => {
    const asked: Question = { ...question(""), actions: ["bssapi:GetSubscriptionPrice", "bss:DescribePrice"] };
    expect(verdict(asked, allow("bss:DescribePrice"))).toBe("Allow");
    expect(verdict(asked, allow("bssapi:*"), deny("bss:DescribePrice"))).toBe("ExplicitDeny");
    expect(verdict(asked, { Effect: "Allow", NotAction: "bss:*", Resource: "*" })).toBe("ImplicitDeny");
  });
});

describe("conditions", () => {
  it.each([
    ["StringEquals", "acs:Service", ["ecs.aliyuncs.com"], true],
    ["StringEquals", "acs:Service", ["fc.aliyuncs.com", "ecs.aliyuncs.com"], true],
    ["StringEquals", "ACS:SERVICE", ["ECS.aliyuncs.com"], false],
    ["StringEqualsIgnoreCase", "acs:Service", ["ECS.aliyuncs.com"], true],
    ["StringNotEquals", "acs:Service", ["ecs.aliyuncs.com"], false],
    ["StringNotEquals", "acs:Unknown", ["x"], true],
    ["StringEquals", "acs:Unknown", ["x"], false],
    ["StringLike", "acs:Service", ["*.aliyuncs.com"], true],
    ["StringNotLike", "acs:Service", ["*.aliyuncs.com"], false],
    ["Bool", "acs:SecureTransport", ["true"], true],
    ["Bool", "acs:SecureTransport", [false], false],
    ["IpAddress", "acs:SourceIp", ["10.0.0.0/8"], true],
    ["IpAddress", "acs:SourceIp", ["10.1.2.3"], true],
    ["IpAddress", "acs:SourceIp", ["192.168.0.0/16", "2001:db8::/32"], false],
    ["IpAddress", "acs:SourceIp", ["10.0.0.0/99", "nonsense"], false],
    ["NotIpAddress", "acs:SourceIp", ["192.168.0.0/16"], true],
    ["NumericLessThan", "ecs:Size", [100], true],
    ["NumericLessThan", "ecs:Size", [40], false],
    ["NumericLessThanEquals", "ecs:Size", ["40"], true],
    ["NumericEquals", "ecs:Size", [""], false],
    ["NumericNotEquals", "ecs:Size", [41], true],
    ["DateLessThan", "acs:CurrentTime", ["2027-01-01T00:00:00+08:00"], true],
    ["DateGreaterThan", "acs:CurrentTime", ["2027-01-01T00:00:00+08:00"], false],
    ["DateGreaterThan", "acs:CurrentTime", ["some day"], false],
  ])("%s %s %j: %s", (operator, key, values, expected) => {
    const asked = question("ecs:RunInstances", instance, {
      "acs:service": ["ecs.aliyuncs.com"],
      "acs:securetransport": ["true"],
      "acs:sourceip": ["10.1.2.3"],
      "acs:currenttime": ["2026-11-25T08:00:00Z"],
      "ecs:size": ["40"],
    });
    const found = verdict(asked, allow("*", "*", { Condition: { [operator]: { [key]: values } } }));
    expect(found).toBe(expected ? "Allow" : "ImplicitDeny");
  });

  it("must all hold", () => {
    const asked = question("ecs:RunInstances", instance, { a: ["1"], b: ["2"] });
    const both = (b: string) => allow("*", "*", { Condition: { StringEquals: { a: "1", b } } });
    expect(verdict(asked, both("2"))).toBe("Allow");
    expect(verdict(asked, both("3"))).toBe("ImplicitDeny");
  });
});

describe("laws", () => {
  const action = fc.constantFrom("ecs:RunInstances", "ecs:StopInstance", "vpc:CreateVpc", "ram:GetRole");
  const actionPattern = fc.constantFrom("*", "ecs:*", "ecs:Run*", "vpc:CreateVpc", "*:Get*", "ram:*Role");
  const resource = fc.constantFrom(instance, "acs:ecs:cn-beijing:1:disk/d-1", "acs:vpc:cn-shanghai:1:vpc/*", "*");
  const resourcePattern = fc.constantFrom(
    "*",
    "acs:ecs:*:*:*",
    "acs:ecs:cn-shanghai:*:instance/*",
    "acs:vpc:*:1:vpc/*",
  );
  const condition = fc.constantFrom(
    {},
    { Condition: { StringEquals: { k: "1" } } },
    { Condition: { StringNotEquals: { k: "1" } } },
  );
  const part = <T, K extends string>(arbitrary: fc.Arbitrary<T>, yes: K, no: K) =>
    fc
      .tuple(fc.boolean(), fc.array(arbitrary, { minLength: 1, maxLength: 3 }))
      .map(([is, list]) => ({ [is ? yes : no]: list }));
  const statement = (effect: fc.Arbitrary<"Allow" | "Deny">) =>
    fc
      .tuple(
        effect,
        part(actionPattern, "Action", "NotAction"),
        part(resourcePattern, "Resource", "NotResource"),
        condition,
      )
      .map(([Effect, actions, resources, more]) => ({ Effect, ...actions, ...resources, ...more }));
  const anyStatement = statement(fc.constantFrom("Allow", "Deny"));
  const allows = statement(fc.constant("Allow"));
  const denies = statement(fc.constant("Deny"));
  const asked = fc
    .tuple(action, resource, fc.constantFrom({}, { k: ["1"] }, { k: ["2"] }))
    .map(([one, what, context]) => question(one, what, context));
  const policy = (statements: readonly object[]) =>
    statements.length === 0 ? [] : parsePolicy(document(...statements));
  const some = fc.array(anyStatement, { maxLength: 5 });

  it("the order of statements does not matter", () => {
    fc.assert(
      fc.property(some, asked, (statements, one) => {
        expect(evaluate(policy([...statements].reverse()), one)).toBe(evaluate(policy(statements), one));
      }),
    );
  });

  it("a deny that says no alone says no in any company", () => {
    fc.assert(
      fc.property(some, denies, asked, (statements, no, one) => {
        fc.pre(evaluate(policy([no]), one) === "ExplicitDeny");
        expect(evaluate(policy([...statements, no]), one)).toBe("ExplicitDeny");
      }),
    );
  });

  it("one more allow never takes a permission away, and one more deny never gives one", () => {
    fc.assert(
      fc.property(some, allows, denies, asked, (statements, yes, no, one) => {
        const before = evaluate(policy(statements), one);
        if (before === "Allow") expect(evaluate(policy([...statements, yes]), one)).toBe("Allow");
        if (before !== "Allow") expect(evaluate(policy([...statements, no]), one)).not.toBe("Allow");
      }),
    );
  });

  it("nothing is allowed without an allow", () => {
    fc.assert(
      fc.property(fc.array(denies, { maxLength: 4 }), asked, (statements, one) => {
        expect(evaluate(policy(statements), one)).not.toBe("Allow");
      }),
    );
  });

  it("a session's policy never adds to its role's", () => {
    fc.assert(
      fc.property(some, some, asked, (role, session, one) => {
        const both = evaluateBoth(policy(role), policy(session), one);
        const alone = [evaluate(policy(role), one), evaluate(policy(session), one)];
        expect(both === "Allow").toBe(alone.every((each) => each === "Allow"));
      }),
    );
  });
});
