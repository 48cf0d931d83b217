import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { policies } from "../../components/config/schema-policies.ts";
import { configSchema, contextOf, packSettings, setupOf, stackSettings } from "../../policies/setup.ts";

const entry = { what: "cn-imdsv2", on: "Any Name/of:anyone", why: "a reason", by: "somebody", until: "2026-12-31" };
const defaults = policies.parse({});

describe("settings as a user wrote them", () => {
  test("nothing: the defaults, no mistake", () => {
    expect(setupOf({})).toEqual({
      context: { settings: defaults, profile: "baseline" },
      accept: [],
      mistakes: [],
    });
  });

  test("an undefined value counts as absent", () => {
    expect(setupOf({ accept: undefined, profile: undefined, other: undefined })).toEqual(setupOf({}));
  });

  test("the profile counts, and what is not given has its default", () => {
    const { context, mistakes } = setupOf({ profile: "mlps-3", ports: { public: [443] } });
    expect(context).toEqual({
      settings: { ...defaults, profile: "mlps-3", ports: { ...defaults.ports, public: [443] } },
      profile: "mlps-3",
    });
    expect(mistakes).toEqual([]);
  });

  test("an accepted name has any form: other programs have their own", () => {
    expect(setupOf({ accept: [entry] }).accept).toEqual([entry]);
  });

  test("the accept list is no setting of the rules", () => {
    expect(setupOf({ accept: [entry] }).context.settings).not.toHaveProperty("accept");
  });

  test("a context has the profile of its settings", () => {
    const settings = policies.parse({ profile: "mlps-3" });
    expect(contextOf(settings)).toEqual({ settings, profile: "mlps-3" });
  });
});

describe("mistakes", () => {
  const found = "another value";

  test.each([
    ["a misspelt key", { profil: "mlps-3" }, "profil", "did you mean china:profile?"],
    ["a key of another namespace", { "other:china:x": 1 }, "other:china:x", "remove it"],
    ["a misspelt key inside", { ports: { publik: [443] } }, "ports.publik", "did you mean public?"],
    ["a misspelt profile", { profile: "mlps3" }, "profile", "did you mean mlps-3?"],
    ["a key that is near to none", { somethingElse: 1 }, "somethingElse", "remove it"],
    ["a level that is none", { levels: { "cn-imdsv2": "on" } }, "levels.cn-imdsv2", "one of mandatory, advisory"],
    ["a port out of range", { ports: { public: [70_000] } }, "ports.public[0]", "a whole number from 1 to 65535"],
    ["an entry without a reason", { accept: [{ ...entry, why: undefined }] }, "accept[0].why", "it is required"],
    ["an entry without a name", { accept: [{ ...entry, on: "" }] }, "accept[0].on", "at least 1 characters"],
    ["fewer days than the law says", { retention: { logDays: 183 } }, "retention.logDays", "184"],
    ["no list", { accept: "all" }, "accept", "a list"],
  ] as const)("%s", (_, raw, path, wanted) => {
    expect(setupOf(raw).mistakes).toEqual([
      { verdict: "violation", path, found, wanted: expect.stringContaining(wanted) },
    ]);
  });

  test("a mistake without a remedy says what is wanted only", () => {
    expect(setupOf({ ports: { widestSource: 33 } }).mistakes).toEqual([
      { verdict: "violation", path: "ports.widestSource", found, wanted: "a whole number from 1 to 32" },
    ]);
  });

  test("each has its own, and the strict defaults count for everything", () => {
    const raw = { profile: "none", levels: { "cn-imdsv2": "off" }, accept: [entry], ports: { admin: [] } };
    const { context, accept, mistakes } = setupOf(raw);
    expect(mistakes.map((one) => "path" in one && one.path)).toEqual(["profile", "levels.cn-imdsv2"]);
    expect(context).toEqual(setupOf({}).context);
    expect(accept).toEqual([]);
  });

  test("none says what stood there", () => {
    const marker = "LTAI-marker-0123456789";
    for (const [key, schema] of Object.entries(packSettings.shape)) {
      for (const value of [marker, [marker], { [key]: marker }, [{ what: marker, on: marker }], { by: marker }]) {
        const raw = { [key]: value };
        // A list of names may hold any name.
        if (schema.safeParse(value).success) continue;
        const { mistakes } = setupOf(raw);
        expect(mistakes.length, `${key}: ${JSON.stringify(value)}`).toBeGreaterThan(0);
        expect(JSON.stringify(mistakes)).not.toContain(marker);
      }
    }
  });
});

describe("settings of the stack that the engine works on", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "china-setup-"));
    const stackFile = (profile: string) => `config:\n  china:policies: { profile: ${profile} }\n  china:accept: []\n`;
    writeFileSync(join(folder, "Pulumi.shanghai.yaml"), stackFile("mlps-3"));
    writeFileSync(join(folder, "Pulumi.undefined.yaml"), stackFile("mlps-3"));
    writeFileSync(join(folder, "Pulumi.none.yaml"), "config:\n  china:region: cn-shanghai\n");
    mkdirSync(join(folder, "below"));
    writeFileSync(join(folder, "Pulumi.a-b_c.2.yaml"), stackFile("baseline"));
    mkdirSync(join(folder, "Pulumi.x"));
    writeFileSync(join(folder, "Pulumi.x", "y.yaml"), stackFile("mlps-3"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const configured = (config: Record<string, string>) => ({ PULUMI_CONFIG: JSON.stringify(config) });

  test("the engine's configuration counts, and not the file", () => {
    const environment = configured({
      "china:policies": '{"profile":"baseline","levels":{"cn-imdsv2":"advisory"}}',
      "china:accept": JSON.stringify([entry]),
      "alicloud:region": "cn-shanghai",
    });
    expect(stackSettings(environment, "shanghai", folder)).toEqual({
      profile: "baseline",
      levels: { "cn-imdsv2": "advisory" },
      accept: [entry],
    });
  });

  test("settings of another project are not ours", () => {
    const environment = configured({ "other:policies": '{"profile":"mlps-3"}', policies: '{"profile":"mlps-3"}' });
    expect(stackSettings(environment, "shanghai", folder)).toEqual({ accept: undefined });
  });

  test.each([
    ["no JSON", "{"],
    ["a list", "[]"],
    ["a text", '"x"'],
    ["nothing", "null"],
    ["empty", ""],
  ])("a configuration that is %s: none, not the file's", (_, text) => {
    expect(stackSettings({ PULUMI_CONFIG: text }, "shanghai", folder)).toEqual({ accept: undefined });
  });

  test.each(["{", "[1]", '"x"', "null", "5", ""])("settings that are no map but %s: none", (text) => {
    expect(stackSettings(configured({ "china:policies": text }), "shanghai", folder)).toEqual({ accept: undefined });
  });

  test("what is no text: none", () => {
    const environment = {
      PULUMI_CONFIG: JSON.stringify({ "china:policies": { profile: "mlps-3" }, "china:accept": 5 }),
    };
    expect(stackSettings(environment, "shanghai", folder)).toEqual({ accept: undefined });
  });

  test("without it the stack's file counts", () => {
    expect(stackSettings({}, "shanghai", folder)).toEqual({ profile: "mlps-3", accept: [] });
    expect(stackSettings({}, "a-b_c.2", folder)).toEqual({ profile: "baseline", accept: [] });
    expect(stackSettings({}, "none", folder)).toEqual({ accept: undefined });
  });

  test.each([
    ["no stack", undefined],
    ["a stack without a file", "beijing"],
    ["a name that leads elsewhere", "x/y"],
    ["a name that leads up", "../below/../shanghai"],
    ["a name that begins well", "shanghai/../shanghai"],
    ["no name", ""],
  ])("%s: none", (_, stack) => {
    expect(stackSettings({}, stack, folder)).toEqual({ accept: undefined });
  });
});

describe("what the engine is told of the settings", () => {
  test("each by its name, its type and a description", () => {
    const { properties } = configSchema();
    expect(Object.keys(properties).sort()).toEqual(Object.keys(packSettings.shape).sort());
    expect(properties).toMatchObject({
      profile: { type: "string", description: expect.stringMatching(/^Set of levels/) },
      levels: { type: "object" },
      regions: { type: "array" },
      accept: { type: "array", description: expect.stringMatching(/^What is accepted/) },
    });
  });

  test("nothing else: no default that the engine would fill in, no pattern that it would read its own way", () => {
    for (const schema of Object.values(configSchema().properties)) {
      expect(Object.keys(schema).sort()).toEqual(["description", "type"]);
    }
  });
});
