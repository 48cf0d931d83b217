import type { Value, ValueMap } from "../../../policies/reading.ts";
import { type Case, type RuleCases, resource, secret, unknown } from "../cases.ts";

const types = {
  role: "alicloud:ram/role:Role",
  sharedRole: "alicloud:resourcemanager/role:Role",
  policy: "alicloud:ram/policy:Policy",
  sharedPolicy: "alicloud:resourcemanager/policy:Policy",
  sharedVersion: "alicloud:resourcemanager/policyVersion:PolicyVersion",
  ofRole: "alicloud:ram/rolePolicyAttachment:RolePolicyAttachment",
  ofUser: "alicloud:ram/userPolicyAttachment:UserPolicyAttachment",
  ofGroup: "alicloud:ram/groupPolicyAttachment:GroupPolicyAttachment",
  shared: "alicloud:resourcemanager/policyAttachment:PolicyAttachment",
  access: "alicloud:cloudsso/accessConfiguration:AccessConfiguration",
} as const;

const one = (type: keyof typeof types, values: ValueMap) => [resource(types[type], values)];
const statements = (...values: readonly Value[]): string => JSON.stringify({ Version: "1", Statement: values });
const document = "violation assumeRolePolicyDocument:";

const trusts = (principal: Value, more: ValueMap = {}): string =>
  statements({ Effect: "Allow", Action: "sts:AssumeRole", Principal: principal, ...more });
const roleOf = (principal: Value, more: ValueMap = {}) =>
  one("role", { assumeRolePolicyDocument: trusts(principal, more) });
const accounts = ["1234567890123456"];

const trustCases: readonly Case[] = [
  { kind: "passes", name: "our own hosts", resources: roleOf({ Service: ["ecs.aliyuncs.com"] }), says: [] },
  {
    kind: "passes",
    name: "services of the settings",
    resources: roleOf({ Service: "fc.aliyuncs.com" }),
    settings: { services: ["fc.aliyuncs.com"] },
    says: [],
  },
  {
    kind: "passes",
    name: "an account of the settings, and its identity provider",
    resources: roleOf({
      RAM: ["acs:ram::1234567890123456:root", "acs:ram::1234567890123456:role/ci-*", "1234567890123456"],
      Federated: "acs:ram::1234567890123456:saml-provider/acme",
    }),
    settings: { accounts },
    says: [],
  },
  {
    kind: "passes",
    name: "everyone is refused",
    resources: roleOf({ RAM: ["*"] }, { Effect: "Deny" }),
    says: [],
  },
  {
    kind: "fails",
    name: "a service that is not listed, or only nearly",
    resources: roleOf({ Service: ["fc.aliyuncs.com", "ecs.aliyuncs.com.example.org", "*"] }),
    says: [`${document} a service that is not listed`],
  },
  {
    kind: "fails",
    name: "accounts that are not listed",
    resources: [
      ...roleOf({ RAM: "acs:ram::6543210987654321:root" }),
      ...roleOf({ RAM: "6543210987654321" }),
      ...roleOf({ Federated: ["acs:ram::6543210987654321:oidc-provider/x"] }),
      ...roleOf({ RAM: "acs:ram" }),
    ],
    settings: { accounts },
    says: Array.from({ length: 4 }, () => `${document} an account that is not listed`),
  },
  {
    kind: "fails",
    name: "everyone, in each way of writing it",
    resources: ["*", ["*"], { RAM: "*" }, { RAM: ["acs:ram::*:root"] }, { RAM: "acs:ram::12345?:root" }].flatMap(
      (all) => roleOf(all),
    ),
    settings: { accounts },
    says: Array.from({ length: 5 }, () => `${document} everyone`),
  },
  {
    kind: "fails",
    name: "everyone but one account",
    resources: one("role", {
      assumeRolePolicyDocument: statements({ Effect: "Allow", NotPrincipal: { RAM: ["acs:ram::1:root"] } }),
    }),
    says: [`${document} everyone but some`],
  },
  {
    kind: "fails",
    name: "principals of another kind",
    resources: [...roleOf({ AWS: ["1234567890123456"] }), ...roleOf(["1234567890123456"])],
    settings: { accounts },
    says: Array.from({ length: 2 }, () => `${document} a principal of another kind`),
  },
  {
    kind: "fails",
    name: "an effect that is not quite Deny counts as an allowance, a condition excuses nothing",
    resources: roleOf({ RAM: ["*"] }, { Effect: "deny", Condition: { Bool: { "acs:MFAPresent": "true" } } }),
    says: [`${document} everyone`],
  },
  {
    kind: "fails",
    name: "several faults of one document",
    resources: roleOf({ Service: ["fc.aliyuncs.com", "pai.aliyuncs.com"], RAM: ["*"] }),
    says: [`${document} a service that is not listed`, `${document} everyone`],
  },
  { kind: "absent", name: "a role without a document trusts nobody", resources: one("role", {}), says: [] },
  {
    kind: "unknown",
    name: "a document made from outputs",
    resources: one("role", { assumeRolePolicyDocument: unknown, services: unknown }),
    says: ["undecided assumeRolePolicyDocument", "undecided services"],
  },
  {
    kind: "secret",
    name: "a document that is a secret",
    resources: one("sharedRole", { assumeRolePolicyDocument: secret }),
    says: ["undecided assumeRolePolicyDocument"],
  },
  {
    kind: "wrong",
    name: "no policy document",
    resources: ["", "{", "[]", "7", '"*"', "{}", '{"Statement":["*"]}', '{"Statement":[{"Principal":7}]}'].flatMap(
      (text) => one("role", { assumeRolePolicyDocument: text }),
    ),
    says: Array.from({ length: 7 }, () => `${document} no policy document in JSON`),
  },
  {
    kind: "wrong",
    name: "values of other types",
    resources: one("role", { assumeRolePolicyDocument: { Statement: [] }, services: 7, ramUsers: [7] }),
    says: [`${document} a map`, "violation services: a number", "violation ramUsers[0]: a number"],
  },
  {
    kind: "twin",
    name: "the older properties, and the older service's role",
    resources: [
      ...one("role", { document: trusts("*") }),
      ...one("role", {
        services: ["ecs.aliyuncs.com", "fc.aliyuncs.com"],
        ramUsers: ["acs:ram::1234567890123456:root", "acs:ram::6543210987654321:root", "*"],
      }),
      ...one("sharedRole", { assumeRolePolicyDocument: trusts({ RAM: "*" }) }),
    ],
    settings: { accounts },
    says: [
      "violation document: everyone",
      "violation services[1]: a service that is not listed",
      "violation ramUsers[1]: an account that is not listed",
      "violation ramUsers[2]: everyone",
      `${document} everyone`,
    ],
  },
];

const admin = { Effect: "Allow", Action: "*", Resource: "*" };
const policyOf = (...values: readonly Value[]) => one("policy", { policyDocument: statements(...values) });
const full = "every action on every resource";
const butSome = "every action but some on every resource";
const attached = "violation policyName: the policy AdministratorAccess";

const adminCases: readonly Case[] = [
  {
    kind: "passes",
    name: "actions and resources by name",
    resources: policyOf({
      Effect: "Allow",
      Action: ["oss:GetObject", "oss:ListObjects"],
      Resource: ["acs:oss:*:*:acme-raw", "acs:oss:*:*:acme-raw/*"],
    }),
    says: [],
  },
  {
    kind: "passes",
    name: "one product everywhere, or everything in one place",
    resources: [
      ...policyOf({ Effect: "Allow", Action: "oss:*", Resource: "*" }),
      ...policyOf({ Effect: "Allow", Action: "*", Resource: "acs:oss:*:*:acme-raw/*" }),
      ...policyOf({ Effect: "Allow", NotAction: ["oss:Delete*"], Resource: ["acs:oss:*:*:acme-raw/*"] }),
    ],
    says: [],
  },
  { kind: "passes", name: "everything refused", resources: policyOf({ ...admin, Effect: "Deny" }), says: [] },
  {
    kind: "passes",
    name: "policies of the cloud that are narrower, and one's own of any name",
    resources: [
      ...one("ofRole", { policyName: "AliyunOSSReadOnlyAccess", policyType: "System" }),
      ...one("ofRole", { policyName: "AdministratorAccess", policyType: "Custom" }),
      ...one("access", { permissionPolicies: [{ permissionPolicyName: "own", permissionPolicyType: "Inline" }] }),
    ],
    says: [],
  },
  {
    kind: "fails",
    name: "everything, in each way of writing it",
    resources: [
      ...policyOf(admin),
      ...policyOf({ ...admin, Action: ["oss:GetObject", "*:*"], Resource: ["acs:oss:*:*:a", "acs:*:*:*:*"] }),
      ...policyOf({ ...admin, Resource: "acs:*:*:1234567890123456:*" }),
      ...policyOf({ ...admin, Condition: { Bool: { "acs:MFAPresent": "true" } } }),
      ...policyOf({ Action: "*", Resource: "*" }),
      ...policyOf({ Effect: "Allow", Action: "*" }),
      ...one("policy", { policyDocument: JSON.stringify({ Statement: admin }) }),
    ],
    says: Array.from({ length: 7 }, () => `violation policyDocument: ${full}`),
  },
  {
    kind: "fails",
    name: "everything but some",
    resources: policyOf({ Effect: "Allow", NotAction: ["ram:*"], Resource: ["*"] }),
    says: [`violation policyDocument: ${butSome}`],
  },
  {
    kind: "fails",
    name: "the second statement",
    resources: policyOf({ Effect: "Deny", Action: "oss:Delete*", Resource: "*" }, admin),
    says: [`violation policyDocument: ${full}`],
  },
  {
    kind: "fails",
    name: "AdministratorAccess on a role, a user and a group",
    resources: [
      ...one("ofRole", { policyName: "AdministratorAccess", policyType: "System" }),
      ...one("ofUser", { policyName: "administratoraccess", policyType: "System" }),
      ...one("ofGroup", { policyName: "AdministratorAccess", policyType: unknown }),
    ],
    says: [attached, attached, attached],
  },
  {
    kind: "absent",
    name: "nothing allowed, nothing attached",
    resources: [...one("policy", {}), ...one("ofRole", {}), ...one("access", {})],
    says: [],
  },
  {
    kind: "absent",
    name: "a statement of the older form without its parts",
    resources: one("policy", { statements: [{ actions: ["*"], resources: ["*"] }, {}] }),
    says: ["violation statements[0].effect: absent", "violation statements[1].effect: absent"],
  },
  {
    kind: "unknown",
    name: "documents and names",
    resources: [
      ...one("policy", { policyDocument: unknown, statements: unknown }),
      ...one("ofRole", { policyName: unknown, policyType: "System" }),
      ...one("ofRole", { policyName: unknown, policyType: "Custom" }),
      ...one("access", { permissionPolicies: unknown }),
    ],
    says: ["undecided policyDocument", "undecided statements", "undecided policyName", "undecided permissionPolicies"],
  },
  {
    kind: "unknown",
    name: "parts of the older form, where the rest does not settle it",
    resources: one("policy", {
      statements: [
        { effect: unknown, actions: ["*"], resources: ["*"] },
        { effect: "Allow", actions: [unknown], resources: ["*"] },
        { effect: "Allow", actions: ["*"], resources: unknown },
        { effect: "Deny", actions: unknown, resources: unknown },
        { effect: unknown, actions: ["oss:GetObject"], resources: unknown },
        { effect: "Allow", actions: unknown, resources: ["acs:oss:*:*:acme-raw/*"] },
        { effect: "Allow", actions: [unknown, "*"], resources: ["*"] },
      ],
    }),
    says: [
      "undecided statements[0].effect",
      "undecided statements[1].actions[0]",
      "undecided statements[2].resources",
      `violation statements[6].actions: ${full}`,
    ],
  },
  {
    kind: "secret",
    name: "a document that is a secret",
    resources: one("policy", { policyDocument: secret }),
    says: ["undecided policyDocument"],
  },
  {
    kind: "wrong",
    name: "no policy document, and values of other types",
    resources: [
      ...one("policy", { policyDocument: "all", document: 7, statements: "all" }),
      ...one("policy", { policyDocument: '{"Statement":[{"Action":[7]}]}' }),
      ...one("policy", { policyDocument: '{"Statement":[{"Resource":{}}]}' }),
      ...one("ofRole", { policyName: 7, policyType: 7 }),
      ...one("access", { permissionPolicies: [7] }),
    ],
    says: [
      "violation policyDocument: no policy document in JSON",
      "violation document: a number",
      "violation statements[0]: a text",
      "violation policyDocument: no policy document in JSON",
      "violation policyDocument: no policy document in JSON",
      "violation policyType: a number",
      "violation policyName: a number",
      "violation permissionPolicies[0]: a number",
    ],
  },
  {
    kind: "twin",
    name: "the older properties, the older service, and CloudSSO",
    resources: [
      ...one("policy", { document: statements(admin) }),
      ...one("policy", { statements: [{ effect: "Allow", actions: ["*"], resources: ["*"] }] }),
      ...one("sharedPolicy", { policyDocument: statements(admin) }),
      ...one("sharedVersion", { policyDocument: statements(admin) }),
      ...one("shared", { policyName: "AdministratorAccess", policyType: "System" }),
      ...one("access", {
        permissionPolicies: [
          { permissionPolicyName: "AdministratorAccess", permissionPolicyType: "System" },
          {
            permissionPolicyName: "own",
            permissionPolicyType: "Inline",
            permissionPolicyDocument: statements(admin),
          },
        ],
      }),
    ],
    says: [
      `violation document: ${full}`,
      `violation statements[0].actions: ${full}`,
      `violation policyDocument: ${full}`,
      `violation policyDocument: ${full}`,
      attached,
      "violation permissionPolicies[0].permissionPolicyName: the policy AdministratorAccess",
      `violation permissionPolicies[1].permissionPolicyDocument: ${full}`,
    ],
  },
];

export const ramCases: readonly RuleCases[] = [
  { rule: "cn-ram-trust", cases: trustCases },
  { rule: "cn-ram-no-admin", cases: adminCases },
];
