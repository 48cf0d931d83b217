import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { refusesHttp, waysIn } from "../../policies/bucket-policy.ts";
import {
  accountOf,
  isEveryAction,
  isEveryone,
  isEveryResource,
  type Statement,
  statementsOf,
} from "../../policies/policy-document.ts";
import type { Value } from "../../policies/reading.ts";

const documentOf = (...statements: readonly Value[]): string => JSON.stringify({ Version: "1", Statement: statements });
const nothing: Statement = {
  allows: true,
  actions: [],
  allActionsBut: false,
  resources: [],
  principals: [],
  everyoneBut: false,
  condition: undefined,
};

describe("a policy document", () => {
  test.each<[string, Value, Partial<Statement>]>([
    ["nothing", {}, {}],
    ["Allow", { Effect: "Allow" }, {}],
    ["Deny", { Effect: "Deny" }, { allows: false }],
    ["another effect", { Effect: "DENY" }, {}],
    ["one action", { Action: "oss:GetObject" }, { actions: ["oss:GetObject"] }],
    ["actions", { Action: ["oss:GetObject", "*"] }, { actions: ["oss:GetObject", "*"] }],
    ["all actions but some", { NotAction: "ram:*" }, { allActionsBut: true }],
    ["resources", { Resource: ["*"] }, { resources: ["*"] }],
    ["a principal", { Principal: "*" }, { principals: [{ kind: "", name: "*" }] }],
    ["principals", { Principal: ["1", "2"] }, { principals: ["1", "2"].map((name) => ({ kind: "", name })) }],
    [
      "principals of two kinds",
      { Principal: { Service: "ecs.aliyuncs.com", RAM: ["1"] } },
      {
        principals: [
          { kind: "Service", name: "ecs.aliyuncs.com" },
          { kind: "RAM", name: "1" },
        ],
      },
    ],
    ["everyone but some", { NotPrincipal: { RAM: ["1"] } }, { everyoneBut: true }],
    ["a condition", { Condition: { Bool: {} } }, { condition: { Bool: {} } }],
  ])("%s", (_, statement, expected) => {
    expect(statementsOf(documentOf(statement))).toEqual([{ ...nothing, ...expected }]);
  });

  test("of several statements, of one, of none", () => {
    expect(statementsOf(documentOf({ Effect: "Deny" }, {}))).toEqual([{ ...nothing, allows: false }, nothing]);
    expect(statementsOf('{"Statement":{"Effect":"Allow"}}')).toEqual([nothing]);
    expect(statementsOf('{"Statement":[]}')).toEqual([]);
  });

  test.each([
    "",
    "{",
    "null",
    "[]",
    '"*"',
    "{}",
    '{"statement":[]}',
    '{"Statement":null}',
    '{"Statement":[{},null]}',
    '{"Statement":[[]]}',
    '{"Statement":[{"Action":null}]}',
    '{"Statement":[{"Action":["*",7]}]}',
    '{"Statement":[{"Resource":{}}]}',
    '{"Statement":[{"Principal":7}]}',
    '{"Statement":[{"Principal":{"RAM":[7]}}]}',
    '{"Statement":[{"Principal":{"RAM":"1","Service":7}}]}',
  ])("is not %j", (text) => {
    expect(statementsOf(text)).toBeUndefined();
  });

  test("never throws, whatever the text; whatever the JSON", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        statementsOf(text);
        statementsOf(`{"Statement":[{"Principal":${text},"Condition":${text}}]}`);
        refusesHttp(`{"Statement":[${text}]}`, "bucket");
      }),
    );
  });
});

test("wildcards alone are every action", () => {
  expect(["*", "*:*", "**", "?*"].map(isEveryAction)).toEqual([true, true, true, true]);
  expect(["oss:*", "*:GetObject", "", "ram:*"].map(isEveryAction)).toEqual([false, false, false, false]);
});

test("every resource, of any account or of one's own", () => {
  for (const all of ["*", "acs:*", "acs:*:*:*:*", "acs:*:*:1234567890123456:*", "**", "*/*"]) {
    expect(isEveryResource(all), all).toBe(true);
  }
  for (const some of ["acs:oss:*:*:*", "acs:*:cn-shanghai:*:*", "acs:oss:*:*:bucket/*", "", "acs:", "1234", "*:x"]) {
    expect(isEveryResource(some), some).toBe(false);
  }
});

test("the account of a principal, and whether it is any", () => {
  expect(accountOf("acs:ram::1234567890123456:root")).toBe("1234567890123456");
  expect(accountOf("arn:sts::1234567890123456:assumed-role/reader/*")).toBe("1234567890123456");
  expect(accountOf("1234567890123456")).toBe("1234567890123456");
  expect(accountOf("acs:ram")).toBe("");
  for (const any of ["*", "acs:ram::*:root", "acs:ram::12?4:root", "12*"]) expect(isEveryone(any), any).toBe(true);
  for (const one of ["1234", "acs:ram::1234:role/*", "acs:ram", ""]) expect(isEveryone(one), one).toBe(false);
});

test("what opens a bucket", () => {
  const someone = { kind: "", name: "1234" };
  const everyone = { kind: "", name: "*" };
  expect(waysIn({ ...nothing, principals: [someone, everyone] })).toEqual(["everyone"]);
  expect(waysIn({ ...nothing, principals: [someone] })).toEqual([]);
  expect(waysIn({ ...nothing, everyoneBut: true })).toEqual(["everyone but some"]);
  expect(waysIn({ ...nothing, allows: false, everyoneBut: true, principals: [everyone] })).toEqual([]);
});

describe("a policy that refuses requests without TLS", () => {
  const withoutTls = { Bool: { "acs:SecureTransport": ["false"] } };
  const refusal = {
    Effect: "Deny",
    Principal: ["*"],
    Action: ["oss:*"],
    Resource: ["acs:oss:*:*:state", "acs:oss:*:*:state/*"],
    Condition: withoutTls,
  };
  const refuses = (...statements: readonly Value[]) => refusesHttp(documentOf(...statements), "state");

  test.each<[string, { readonly [key: string]: Value }]>([
    ["as the console writes it", {}],
    ["of every action", { Action: "*" }],
    ["of one action and of all", { Action: ["oss:GetObject", "oss:*"] }],
    ["to one account and to everyone", { Principal: ["1234", "*"] }],
    ["to everyone as a text", { Principal: "*" }],
    ["of every resource", { Resource: "*" }],
    ["of every bucket of the account", { Resource: ["acs:oss:cn-shanghai:1234:*"] }],
    ["of the bucket and what begins like it", { Resource: ["acs:oss:*:*:state*"] }],
    ["with its value as a text", { Condition: { Bool: { "acs:SecureTransport": "false" } } }],
    ["with both values", { Condition: { Bool: { "acs:SecureTransport": ["true", "false"] } } }],
    ["with its value as true or false", { Condition: { Bool: { "acs:SecureTransport": false } } }],
  ])("%s", (_, change) => {
    expect(refuses({ ...refusal, ...change })).toBe(true);
    expect(refuses({ Effect: "Allow" }, { ...refusal, ...change })).toBe(true);
  });

  test.each<[string, { readonly [key: string]: Value }]>([
    ["that allows", { Effect: "Allow" }],
    ["of one action", { Action: ["oss:GetObject"] }],
    ["to one account", { Principal: ["1234"] }],
    ["of the bucket without its objects", { Resource: ["acs:oss:*:*:state"] }],
    ["of another bucket", { Resource: ["acs:oss:*:*:other/*"] }],
    ["of a part of the bucket", { Resource: ["acs:oss:*:*:state/a/*"] }],
    ["of a resource that only ends like it", { Resource: ["acs:ram:*:*:state/*"] }],
    ["of requests with TLS", { Condition: { Bool: { "acs:SecureTransport": ["true"] } } }],
    ["on another condition", { Condition: { Bool: { "acs:MFAPresent": ["false"] } } }],
    ["by another operator", { Condition: { StringEquals: { "acs:SecureTransport": ["false"] } } }],
    ["on two conditions", { Condition: { ...withoutTls, IpAddress: { "acs:SourceIp": ["10.0.0.0/8"] } } }],
    [
      "on two conditions of one operator",
      { Condition: { Bool: { "acs:SecureTransport": ["false"], "acs:MFAPresent": ["false"] } } },
    ],
    ["on no condition that can be read", { Condition: "false" }],
  ])("is not one %s", (_, change) => {
    expect(refuses({ ...refusal, ...change })).toBe(false);
  });

  test("is not one without a condition, nor a text that is no policy", () => {
    const { Condition: _, ...always } = refusal;
    expect(refuses(always)).toBe(false);
    expect(refuses()).toBe(false);
    expect(refusesHttp("{", "state")).toBe(false);
  });
});
