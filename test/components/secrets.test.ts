import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { parseStackFile } from "../../components/config/stack-file.ts";
import china from "../../index.ts";
import { record } from "../../plan/recorder.ts";
import { byName, planOf, smallSettings, stackFile } from "../support/stacks.ts";

const ciphertext = { registry: "v1:Rk9PQkFSQkFa:cmVnaXN0cnk=", token: "v1:QkFaRk9PQkFS:dG9rZW4=" };
const clear = { registry: "correct horse", token: "battery staple" };
const hidden = { __pulumiSecret: true };

/** A stack file with containers that sign in to a registry and get a secret variable. */
function text(): string {
  const small = smallSettings();
  const access = { ssh: { from: "vpc", key: "test/components/fixtures/team.pub" } };
  const workers = { ...small.hosts["workers"], access, software: { sdk: "none", docker: true } };
  const file = stackFile({
    ...small,
    mirrors: { docker: "registry-vpc.cn-shanghai.aliyuncs.com/acme" },
    hosts: { workers },
    containers: {
      registry: { address: "registry-vpc.cn-shanghai.aliyuncs.com", user: "ci", password: { secret: "registry" } },
      run: {
        web: {
          on: ["workers"],
          image: `registry-vpc.cn-shanghai.aliyuncs.com/acme/web@sha256:${"0".repeat(64)}`,
          environment: { MODE: "plain", TOKEN: { secret: "token" } },
        },
      },
    },
    secrets: { registry: { secure: ciphertext.registry }, token: { secure: ciphertext.token } },
  });
  return stringify({ encryptionsalt: "v1:salt", ...Object(parse(file)) });
}

describe("a stack file with secrets, in a review without a passphrase", () => {
  test("is planned, and the inputs that hold a secret are secret", async () => {
    const plan = await planOf(text());
    for (const host of ["workers-01", "workers-02"]) {
      expect(byName(plan, `containers-${host}`).inputs["registryAuth"]).toEqual(hidden);
      expect(byName(plan, `containers-${host}-web`).inputs["envs"]).toEqual(["MODE=plain", hidden]);
    }
  });

  test("leaves nothing of it in the plan: no ciphertext, no placeholder, no name of a secret", async () => {
    const { config } = parseStackFile(text(), "china");
    const placeholders = Object.values(JSON.parse(config["china:secrets"] ?? "{}")).map(String);
    expect(placeholders).toHaveLength(2);
    const json = JSON.stringify(await planOf(text()));
    for (const word of [...placeholders, ...Object.values(ciphertext), "v1:"]) expect(json).not.toContain(word);
  });
});

describe("the same stack when the engine hands over clear values", () => {
  const config = { ...parseStackFile(text(), "china").config, "china:secrets": JSON.stringify(clear) };
  const input = { project: "china", stack: "test", config, secretKeys: ["china:secrets"] };

  test("has them nowhere in the plan, however they are encoded", async () => {
    const json = JSON.stringify(await record(china, input));
    for (const value of Object.values(clear)) {
      for (const form of [value, Buffer.from(value).toString("base64"), encodeURIComponent(value)]) {
        expect(json).not.toContain(form);
      }
    }
  });

  test("has the plan of the review", async () => {
    expect(await record(china, input)).toEqual(await planOf(text()));
  });
});

test("a secret elsewhere is refused by its place, and its text is not repeated", async () => {
  const config = { ...parseStackFile(stackFile(smallSettings()), "china").config, "china:region": "cn-hush-hush" };
  const run = record(china, { project: "china", stack: "test", config, secretKeys: ["china:region"] });
  const error = await run.then(String, String);
  expect(error).toMatch(/china:region\s+found\s+a secret/);
  expect(error).not.toContain("cn-hush-hush");
});

describe("a mistake in the secrets themselves is reported without their text", () => {
  const { config } = parseStackFile(text(), "china");

  test.each([
    ["a value that is no text", { registry: clear.registry, token: [clear.token] }],
    ["a name that is none", { ...clear, "No Name": clear.token }],
    ["a list", [clear.registry, clear.token]],
    ["one text, set without --path", clear.token],
  ])("%s", async (_, secrets) => {
    const value = typeof secrets === "string" ? secrets : JSON.stringify(secrets);
    const broken = { ...config, "china:secrets": value, "china:region": "cn-nowhere" };
    const input = { project: "china", stack: "test", config: broken, secretKeys: ["china:secrets"] };
    const error = await record(china, input).then(String, String);
    expect(error).toContain("cn-nowhere");
    for (const hidden of Object.values(clear)) expect(error).not.toContain(hidden);
  });
});
