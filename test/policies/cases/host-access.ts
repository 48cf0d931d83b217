import { type RuleCases, resource, secret, unknown } from "../cases.ts";

const host = (values: Parameters<typeof resource>[1]) => [resource("alicloud:ecs/instance:Instance", values)];

export const hostAccessCases: readonly RuleCases[] = [
  {
    rule: "cn-imdsv2",
    cases: [
      { kind: "passes", name: "a token is required", resources: host({ httpTokens: "required" }), says: [] },
      { kind: "passes", name: "there is no metadata at all", resources: host({ httpEndpoint: "disabled" }), says: [] },
      {
        kind: "fails",
        name: "a token is optional",
        resources: host({ httpTokens: "optional" }),
        says: ["violation httpTokens: metadata without a token"],
      },
      {
        kind: "absent",
        name: "absent is optional",
        resources: host({}),
        says: ["violation httpTokens: metadata without a token"],
      },
      { kind: "unknown", name: "unknown", resources: host({ httpTokens: unknown }), says: ["undecided httpTokens"] },
      { kind: "secret", name: "a secret", resources: host({ httpTokens: secret }), says: ["undecided httpTokens"] },
      {
        kind: "wrong",
        name: "a number",
        resources: host({ httpTokens: 5 }),
        says: ["violation httpTokens: a number"],
      },
    ],
    without: { twin: "no other type has it" },
  },
];
