import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { generatedFiles } from "../../review/generated.ts";
import { projectFolder, shipped, shippedText, smallSettings, stackFile } from "../support/stacks.ts";

const files = generatedFiles();

test.each(Object.keys(files))("%s is current; otherwise: npm run generate", (name) => {
  expect(readFileSync(join(projectFolder, name), "utf8")).toBe(files[name]);
});

describe("the schema that editors use", () => {
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(
    JSON.parse(files["schema/stack.json"] ?? ""),
  );

  test.each(shipped)("accepts the stack file %s, which names it in its first line", (stack) => {
    const text = shippedText(stack);
    expect(text.split("\n")[0]).toBe("# yaml-language-server: $schema=./schema/stack.json");
    expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
  });

  const small = () => parse(stackFile(smallSettings()));

  test.each<[string, (file: ReturnType<typeof small>) => void, boolean]>([
    ["small settings", () => {}, true],
    [
      "Pulumi's own keys",
      (f) => Object.assign(f, { encryptionsalt: "v1:x", secretsprovider: "passphrase", environment: ["e"] }),
      true,
    ],
    ["keys of other packages", (f) => Object.assign(f.config, { "pulumi:tags": { a: "b" } }), true],
    [
      "a secret where secrets are",
      (f) => Object.assign(f.config, { "china:secrets": { token: { secure: "v1:x" } } }),
      true,
    ],
    ["a secret in clear", (f) => Object.assign(f.config, { "china:secrets": { token: "hunter2" } }), false],
    ["a misspelt key", (f) => Object.assign(f.config, { "china:netwrok": {} }), false],
    ["a provider setting", (f) => Object.assign(f.config, { "alicloud:region": "cn-beijing" }), false],
    ["a wrong type", (f) => Object.assign(f.config["china:hosts"].workers, { count: "two" }), false],
    ["no account", (f) => delete f.config["china:account"], false],
  ])("%s: accepted is what the program accepts", (_, change, accepted) => {
    const file = small();
    change(file);
    expect(validate(file)).toBe(accepted);
  });

  test("describes every setting", () => {
    const described = (name: string) =>
      JSON.parse(files["schema/stack.json"] ?? "").properties.config.properties[`china:${name}`].description;
    for (const name of [
      "account",
      "region",
      "tags",
      "network",
      "mirrors",
      "buckets",
      "hosts",
      "timeSeries",
      "containers",
      "accept",
      "secrets",
    ]) {
      expect(described(name), name).toBeTypeOf("string");
    }
  });
});
