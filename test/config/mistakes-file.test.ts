import { describe, expect, test } from "vitest";
import { pathText } from "../../components/config/mistakes.ts";
import { smallSettings, stackFile } from "../support/stacks.ts";
import { mistakesOfText } from "./settings.ts";

const small = stackFile(smallSettings());
const at = (text: string) => mistakesOfText(text).map(({ path }) => pathText(path));

describe("keys of the file", () => {
  const rows: readonly (readonly [what: string, text: string, path: string, wanted: string, fix: string])[] = [
    [
      "a setting at the top",
      `${small}china:region: cn-beijing\n`,
      "china:region:",
      "one of config",
      "indent it below config:",
    ],
    [
      "a misspelt key of Pulumi's",
      `${small}encryptionsal: x\n`,
      "encryptionsal:",
      "encryptionsalt",
      "did you mean encryptionsalt?",
    ],
    ["an unknown key at the top", `${small}colour: blue\n`, "colour:", "one of config", "remove it"],
    [
      "a misspelt namespace",
      `${small}  chnia:region: cn-beijing\n`,
      "chnia:region",
      "the namespace china:",
      "write china:region",
    ],
    ["no namespace", `${small}  owner: me\n`, "config.owner", "a key with its namespace", "write china:owner"],
    [
      "the provider's region",
      `${small}  alicloud:region: cn-beijing\n`,
      "alicloud:region",
      "no provider settings",
      "remove it",
    ],
    [
      "the provider's key",
      `${small}  alicloud:secretKey: { secure: x }\n`,
      "alicloud:secretKey",
      "no provider settings",
      "credentials come from the environment only",
    ],
  ];
  test.each(rows)("%s", (_, text, path, wanted, fix) => {
    const [first] = mistakesOfText(text);
    expect(at(text)).toEqual([path]);
    expect(first?.wanted).toContain(wanted);
    expect(first?.fix).toContain(fix);
  });

  test("Pulumi's own keys and other namespaces are Pulumi's business", () => {
    const more = "  docker:host: ssh://x\nencryptionsalt: v1:abc\nsecretsprovider: passphrase\nenvironment: [a]\n";
    expect(mistakesOfText(small + more)).toEqual([]);
  });
});

describe("secrets", () => {
  test("are named one by one: a secret for all of them hides the names", () => {
    expect(at(`${small}  china:secrets: { secure: v1:abc }\n`)).toEqual(["china:secrets"]);
  });

  test("in clear are refused without their text", () => {
    const text = `${small}  china:secrets: { api-key: hunter2, other: { secure: v1:abc } }\n`;
    expect(at(text)).toEqual(["china:secrets.api-key"]);
    expect(JSON.stringify(mistakesOfText(text))).not.toContain("hunter2");
  });

  test("stand under china:secrets", () => {
    expect(mistakesOfText(`${small}  china:secrets: { api-key: { secure: v1:abc } }\n`)).toEqual([]);
  });

  const inside = stackFile({
    ...smallSettings(),
    tags: { owner: { secure: "v1:abc" }, env: "test", "data-class": "x" },
  });
  test.each([
    ["inside of a setting", inside, "china:tags.owner"],
    ["for a whole setting", small.replace("region: cn-shanghai", "region: { secure: v1:abc }"), "china:region"],
    [
      "in a list",
      small.replace("        - cn-shanghai-l", "        - { secure: v1:abc }"),
      "china:hosts.workers.zones[0]",
    ],
  ] satisfies [string, string, string][])("%s are one mistake, whose text is not shown", (_, text, path) => {
    const mistakes = mistakesOfText(text);
    expect(at(text)).toEqual([path]);
    expect(mistakes[0]).toMatchObject({ found: "a secret", wanted: expect.stringContaining("china:secrets") });
  });
});

describe("a file that cannot be read says so, and nothing that follows from it", () => {
  const deep = `config:\n  china:region: ${"[".repeat(200)}${"]".repeat(200)}\n`;
  test.each([
    ["a tab", "config:\n\tchina:region: x\n", "YAML that can be read"],
    ["a key twice", `${small}config: {}\n`, "YAML that can be read: Map keys must be unique"],
    ["an open bracket", "config: { a: [1, 2 }\n", "YAML that can be read"],
    ["an alias of nothing", "config:\n  china:region: *here\n", "an alias whose anchor stands before it"],
    ["an alias inside of itself", "config:\n  china:region: &a [*a]\n", "an alias outside of what it repeats"],
    ["a merge of no map", "config:\n  <<: 5\n", "YAML that can be unfolded"],
    ["too deep", deep, "at most 64 levels"],
    ["much too deep", deep.replaceAll("[", "[".repeat(100)).replaceAll("]", "]".repeat(100)), "it is nested too deep"],
    ["nothing", "", "a map with the key config"],
    ["comments only", "# nothing\n", "a map with the key config"],
    ["a list", "- config\n", "a map with the key config"],
    ["a config that is no map", "config: 5\n", "a map of settings"],
  ])("%s", (_, text, wanted) => {
    const mistakes = mistakesOfText(text);
    expect(mistakes.map((mistake) => mistake.wanted).join()).toContain(wanted);
    expect(at(text).filter((path) => path.startsWith("china:"))).toEqual([]);
  });
});
