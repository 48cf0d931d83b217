import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSecretName, providerInputs } from "../../../review/preview/hidden.ts";
import { plainValues } from "../../../review/preview/plain-value.ts";
import { readPreview } from "../../../review/preview/read.ts";
import { reviewOfPreview } from "../../../review/preview/review.ts";
import { sidesOf } from "../../../review/preview/sides.ts";
import { digest, events, hostType, providerUrn, state, step, urn } from "./made.ts";

const today = "2026-11-25";
const host = urn(hostType, "web");
const secret = { __pulumiSecret: true };
const unknown = { __pulumiUnknown: true };

describe("marks of the engine become those of a plan", () => {
  test.each<readonly [string, unknown, unknown]>([
    ["a printed secret", "[secret]", secret],
    ["a wrapped secret", mark("1b47061264138c4ac30d75fd1eb44270", { ciphertext: "c2VjcmV0", plaintext: "x" }), secret],
    ["an unknown text", "04da6b54-80e4-46f7-96ec-b56ff0331ba9", unknown],
    ["an unknown object", "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", unknown],
    ["a file", mark("c44067f5952c0a294b673a41bacd8c17", { hash: "ab12", text: "x", path: "/y" }), { hash: "ab12" }],
    ["a file without a hash", mark("0def7320c3a5731c473e5ecbe6d01bc7", { path: "/y" }), unknown],
    ["a reference", mark("5cf8f73096256a8f31e491e813e4eb8e", { urn: "u", id: "i-1" }), "i-1"],
    ["a reference to what is not made", mark("5cf8f73096256a8f31e491e813e4eb8e", { urn: "u" }), unknown],
    ["a mark that nobody knows", mark("something", { value: "x" }), unknown],
    [
      "texts inside",
      { a: ["[secret]", { b: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }] },
      { a: [secret, { b: unknown }] },
    ],
    [
      "a variable with the name of a secret",
      [{ name: "DB_PASSWORD", value: "x" }],
      [{ name: "DB_PASSWORD", value: secret }],
    ],
    ["one without", [{ key: "MODE", value: "x" }], [{ key: "MODE", value: "x" }]],
  ])("%s", (_, value, plain) => {
    expect(plainValues({ it: value })).toEqual({ it: plain });
  });

  function mark(kind: string, more: object): object {
    return { "4dabf18193072939515e22adb298388d": kind, ...more };
  }

  test("the engine's own keys are left out, and no key reaches a prototype", () => {
    const inputs = JSON.parse(
      '{"__defaults":["a"],"__proto__":{"polluted":1},"constructor":"c","a":{"__proto__":{"b":1}}}',
    );
    expect(plainValues(inputs)).toEqual({ constructor: "c", a: {} });
    expect(Object.getPrototypeOf(plainValues(inputs))).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
  });
});

describe("inputs of a provider", () => {
  test("are shown by an allow-list, with values of the right form", () => {
    const shown = {
      accountType: "Domestic",
      clientConnectTimeout: 1000,
      maxRetryTimeout: "30",
      protocol: "HTTPS",
      region: "cn-shanghai",
      skipRegionValidation: "true",
      version: "3.108.0",
    };
    const hidden = [
      "accessKey",
      "secretKey",
      "securityToken",
      "assumeRole",
      "profile",
      "ecsRoleName",
      "endpoints",
      "sharedCredentialsFile",
      "later",
    ];
    const inputs = { ...shown, ...Object.fromEntries(hidden.map((name) => [name, "x"])) };
    expect(providerInputs(inputs)).toEqual({ ...shown, ...Object.fromEntries(hidden.map((name) => [name, secret])) });
  });

  test.each([
    "LTAI5tSomething",
    "cn shanghai",
    "cn-shanghai/x",
    ["cn-shanghai"],
    { a: 1 },
  ])("region %j is none", (region) => {
    expect(providerInputs({ region })).toEqual({ region: secret });
  });
});

test.each([
  ["password", true],
  ["dbPassword", true],
  ["DB_PASSWORD", true],
  ["clientSecret", true],
  ["accessKeyId", true],
  ["auth-token", true],
  ["kmsEncryptedPassword", true],
  ["passwordInherit", false],
  ["keyName", false],
  ["secretName", false],
  ["tokenTtl", false],
])("%s is a secret by its name: %s", (name, is) => {
  expect(isSecretName(name)).toBe(is);
});

/** Random text that stands nowhere else. */
const needle = fc
  .array(fc.constantFrom(..."abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"), {
    minLength: 24,
    maxLength: 30,
  })
  .map((letters) => `q7${letters.join("")}`);

const scriptWith = (one: string) => `#!/bin/sh\nexport DB_PASSWORD=${one}\napt-get update\n`;

/** Places for a secret: inputs of a host, of a provider, configuration, what the engine says beside that. */
const places: Readonly<
  Record<string, (one: string) => { inputs?: object; provider?: object; more?: object; outputs?: object }>
> = {
  "user data": (one) => ({ inputs: { userData: scriptWith(one) } }),
  "user data in base64": (one) => ({ inputs: { userData: Buffer.from(scriptWith(one)).toString("base64") } }),
  "user data, compressed": (one) => ({ inputs: { userData: gzipSync(scriptWith(one)).toString("base64") } }),
  "a password": (one) => ({ inputs: { password: one } }),
  "a nested password": (one) => ({ inputs: { a: [{ masterPassword: one }] } }),
  "a key in a text": (one) => ({ inputs: { description: `uses LTAI${one.slice(0, 20)} and secret_key=${one}` } }),
  "an address with a password": (one) => ({ inputs: { tags: { db: `mysql://root:${one}@db:3306` } } }),
  "a variable": (one) => ({ inputs: { env: [{ name: "API_TOKEN", value: one }] } }),
  "a key of a provider": (one) => ({ provider: { accessKey: one, secretKey: one } }),
  "an unknown input of a provider": (one) => ({ provider: { later: { deep: [one] }, region: one } }),
  "the configuration": (one) => ({
    more: { config: { "foreign:plain": one, "alicloud:accessKey": one, "alicloud:region": one } },
  }),
  diagnostics: (one) => ({ more: { diagnostics: [{ severity: "error", message: one }] } }),
  outputs: (one) => ({ outputs: { password: one, kubeConfig: one } }),
};

describe.each(Object.keys(places))("a secret in %s is in no output", (place) => {
  test("made, changed, replaced, deleted, unchanged; as digest and as log", () => {
    fc.assert(
      fc.property(needle, fc.constantFrom("create", "update", "replace", "delete", "same"), (one, op) => {
        const { inputs = {}, provider = {}, more = {}, outputs = {} } = places[place]?.(one) ?? {};
        const old = { instanceType: "ecs.g7.large", ...inputs };
        const now = { instanceType: "ecs.g7.xlarge", ...inputs };
        const web = {
          op,
          urn: host,
          ...(op === "create" ? {} : { oldState: state(host, old, { outputs }) }),
          ...(op === "delete" ? {} : { newState: state(host, now, { outputs, protect: true }) }),
          diffReasons: ["userData", "instanceType", ...Object.keys(inputs)],
          detailedDiff: Object.fromEntries(
            Object.keys(inputs).map((name) => [name, { kind: "update", inputDiff: false }]),
          ),
        };
        const steps = [step("update", providerUrn, provider, { region: "cn-shanghai", ...provider }), web];
        for (const text of [digest(steps, more), events(steps)]) {
          const review = reviewOfPreview(text, { today });
          const base64 = Buffer.from(one).toString("base64").slice(0, 12);
          // Every output is a rendering of the review.
          const output = JSON.stringify(review);
          expect(output).not.toContain(one);
          expect(output).not.toContain(one.slice(0, 16));
          expect(output).not.toContain(base64);
        }
      }),
      { numRuns: 5 },
    );
  });
});

test("what a provider is given is in no plan", () => {
  const keys = { region: "cn-shanghai", accessKey: "needle", later: { deep: ["needle"] } };
  for (const text of [digest, events].map((form) => form([step("update", providerUrn, keys, keys)]))) {
    const { before, after } = sidesOf(readPreview(text));
    expect(JSON.stringify([before, after])).not.toContain("needle");
    expect(after.resources.find(({ urn: of }) => of === providerUrn)?.inputs["region"]).toBe("cn-shanghai");
  }
});

test("rules still see what is hidden", () => {
  const userData = scriptWith("Zx9cVb7nM2qW4eR6tY8u");
  const review = reviewOfPreview(digest([step("create", host, undefined, { userData })]), { today });
  expect(review.stops.map(({ id }) => id)).toContain("cn-userdata-secrets");
  expect(review.stacks[0]?.changes.resources[0]?.after?.inputs["userData"]).toEqual(secret);
  const harmless = reviewOfPreview(digest([step("create", host, undefined, { userData: "#!/bin/sh\ntrue\n" })]), {
    today,
  });
  expect(harmless.stacks[0]?.changes.resources[0]?.after?.inputs["userData"]).toBe("#!/bin/sh\ntrue\n");
});
