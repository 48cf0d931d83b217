import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stackType } from "../../plan/plan.ts";
import { Acceptances } from "../../policies/accept.ts";
import { check, checkStack, type Fault } from "../../policies/check.ts";
import { violationOf } from "../../policies/collected.ts";
import { levelOf } from "../../policies/levels.ts";
import { messageOf, undecidedMessage } from "../../policies/message.ts";
import { acceptRule, settingsRule } from "../../policies/own-rules.ts";
import { isMap, type Value, type ValueMap } from "../../policies/reading.ts";
import {
  type Context,
  type Finding,
  isStackRule,
  type Resource,
  type Rule,
  type RuleFacts,
} from "../../policies/rule.ts";
import { rules } from "../../policies/rules.ts";
import { configSchema } from "../../policies/setup.ts";
import { allCases } from "./cases/all.ts";
import { type Case, contextOf, resource, secret } from "./cases.ts";
import { asSecret, type Diagnostic, type Pack, PackHere, PackProcess, unknownText } from "./pack-process.ts";

const today = new Date().toISOString().slice(0, 10);
const instance = "alicloud:ecs/instance:Instance";
const stack = resource(stackType, {}, { name: "china-shanghai" });
/** Text of every secret: no message of the pack may hold it. */
const secretText = "geheim-5f1c9e2a7b";

const entry = { what: "cn-imdsv2", on: "workers-01", why: "a reason", by: "somebody", until: today };
const mending = rules.filter(({ remedy }) => remedy !== undefined);

/** The pack as the engine starts it: with nothing, twice for a configuration of its own, and with a stack's. */
const configurations = {
  plain: {},
  configured: {},
  misspelt: { "china:policies": '{"profile":"mlps-3"}' },
  ofStack: {
    "china:policies": JSON.stringify({
      levels: { ...Object.fromEntries(mending.map(({ id }) => [id, "remediate"])), "cn-no-password": "advisory" },
      tagDefaults: { env: "prod" },
    }),
    "china:accept": JSON.stringify([
      { ...entry, what: "cn-no-password" },
      { ...entry, what: "cn-agent", on: "none" },
    ]),
    "china:region": "cn-shanghai",
  },
} as const;
type Name = keyof typeof configurations;

const started = new Map<string, Promise<PackProcess>>();

function pack(name: Name): Promise<PackProcess> {
  const one = started.get(name);
  if (one === undefined) throw new Error(`${name} was not started`);
  return one;
}

beforeAll(async () => {
  const start = (name: Name) => started.set(name, PackProcess.start({ secretText, config: configurations[name] }));
  start("plain");
  await pack("plain");
  // Beside the first tests.
  for (const name of ["configured", "misspelt", "ofStack"] as const) start(name);
});

afterAll(async () => {
  for (const one of await Promise.allSettled(started.values())) {
    if (one.status === "fulfilled") await one.value.stop();
  }
});

const severities = { low: 1, medium: 2, high: 3, critical: 4 } as const;

describe("what the pack says of itself", () => {
  let info: Awaited<ReturnType<PackProcess["info"]>>;

  beforeAll(async () => {
    info = await (await pack("plain")).info();
  });

  test("is there soon", async () => {
    // A machine's figures are npm run bench:policies; this is for what slips in and takes seconds.
    expect((await pack("plain")).bootMs).toBeLessThan(3_000);
  });

  test("its name, and that it takes a configuration", () => {
    expect(info).toMatchObject({ name: "mainland", version: "1.0.0", supportsconfig: true });
    expect(info.description).toContain("mainland China");
  });

  test("every rule, the settings first and the accept list last, with what the SDK has fields for", () => {
    const facts: readonly RuleFacts[] = [settingsRule, ...rules, acceptRule];
    const types = new Map<string, number>(rules.map((rule) => [rule.id, isStackRule(rule) ? 2 : 1]));
    expect(
      info.policiesList.map(
        ({ name, displayname, description, severity, framework, tagsList, remediationSteps, ...rest }) => ({
          ...{ name, displayname, description, severity, framework, tagsList, remediationSteps },
          ...{ type: rest.policyType, level: rest.enforcementlevel },
        }),
      ),
    ).toEqual(
      facts.map((rule) => ({
        name: rule.id,
        displayname: rule.title,
        description: rule.description,
        severity: severities[rule.severity],
        framework: rule.clause,
        tagsList: rule.tags,
        remediationSteps: rule.fix,
        type: types.get(rule.id) ?? (rule === settingsRule ? 1 : 2),
        level: ["advisory", "mandatory", "disabled"].indexOf(rule.levels.baseline),
      })),
    );
  });

  test("which settings there are", () => {
    const [settings, ...others] = info.policiesList;
    const shown = settings?.configschema?.properties?.fieldsMap.map(([key]) => key);
    expect(shown?.sort()).toEqual(Object.keys(configSchema().properties).sort());
    expect(others.map(({ configschema }) => configschema)).toEqual(others.map(() => undefined));
  });
});

/** The engine knows the text of a secret and the SDK unwraps it: a rule sees the text. */
function withSecretTexts(values: ValueMap): ValueMap {
  const shown = (value: Value): Value => {
    if (Array.isArray(value)) return value.map(shown);
    if (!isMap(value)) return value;
    return "__pulumiSecret" in value ? secretText : withSecretTexts(value);
  };
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, shown(value)]));
}

/** What the pack must say of cases in turn, found by asking the rules themselves in this process. */
class Expected {
  readonly #context: Context;
  readonly #undecided = new Set<string>();

  constructor(context: Context) {
    this.#context = context;
  }

  ofResource(one: Resource): readonly Diagnostic[] {
    const { provider } = one;
    const seen = {
      ...one,
      values: withSecretTexts(one.values),
      ...(provider === undefined ? {} : { provider: { ...provider, values: withSecretTexts(provider.values) } }),
    };
    return this.#active().flatMap((rule) =>
      isStackRule(rule) ? [] : check(rule, seen, this.#context).flatMap((finding) => this.#said(rule, finding, seen)),
    );
  }

  ofStack(resources: readonly Resource[]): readonly Diagnostic[] {
    const seen = resources.map((one) => ({ ...one, values: withSecretTexts(one.values) }));
    const byUrn = new Map(seen.map((one) => [one.urn, one]));
    return this.#active().flatMap((rule) =>
      isStackRule(rule)
        ? checkStack(rule, seen, this.#context).flatMap((finding) =>
            this.#said(rule, finding, byUrn.get(finding.urn ?? "") ?? { urn: "", name: "stack" }),
          )
        : [],
    );
  }

  #active(): readonly Rule[] {
    return rules.filter((rule) => levelOf(rule, this.#context) !== "disabled");
  }

  #said(
    rule: RuleFacts,
    finding: Finding | Fault,
    about: Pick<Resource, "urn" | "name" | "parent">,
  ): readonly Diagnostic[] {
    const at = { policy: rule.id, severity: severities[rule.severity], urn: about.urn };
    if (finding.verdict === "attest") return [];
    if (finding.verdict === "undecided") {
      if (this.#undecided.has(rule.id)) return [];
      this.#undecided.add(rule.id);
      return [{ ...at, level: "advisory", message: undecidedMessage({ rule, path: finding.path }) }];
    }
    const violation = violationOf(rule, finding, about, this.#context, new Acceptances([], today));
    return [{ ...at, level: violation.level, message: messageOf(violation, today) }];
  }
}

/** Cases by their settings: a pack has those of one stack in its life. */
const groups = Map.groupBy(
  allCases.flatMap(({ rule, cases }) => cases.map((one) => ({ rule, one }))),
  ({ one: { settings = {}, profile } }) =>
    JSON.stringify({ ...settings, ...(profile === undefined ? {} : { profile }) }),
);

/** Asks a pack about cases in turn, and the rules themselves; what each says of every case. */
async function compare(asked: Pack, expected: Expected, cases: readonly Case[]): Promise<void> {
  const said: (readonly [string, readonly Diagnostic[]])[] = [];
  const wanted: (readonly [string, readonly Diagnostic[]])[] = [];
  for (const { kind, name, resources } of cases) {
    for (const each of resources) {
      said.push([`${kind}: ${name}`, await asked.analyze(each)]);
      wanted.push([`${kind}: ${name}`, expected.ofResource(each)]);
    }
    said.push([`${kind}: ${name}, the stack`, await asked.analyzeStack(resources)]);
    wanted.push([`${kind}: ${name}, the stack`, expected.ofStack(resources)]);
  }
  expect(said).toEqual(wanted);
  expect(JSON.stringify(said)).not.toContain(secretText);
}

describe.each([...groups])("every case with the settings %s", (settings, cases) => {
  let asked: Pack;
  let expected: Expected;

  beforeAll(async () => {
    const [first] = cases;
    if (first === undefined) throw new Error("no case");
    expected = new Expected(contextOf(first.one.settings, first.one.profile));
    asked = await PackHere.load({ "china:policies": settings }, secretText);
  });

  test.each([...Map.groupBy(cases, ({ rule }) => rule)])("%s", async (_, ofRule) => {
    await compare(
      asked,
      expected,
      ofRule.map(({ one }) => one),
    );
  });
});

test("the pack in a process of its own says the same: a case of each rule and kind", async () => {
  const plain = allCases.flatMap(({ cases }) => {
    const usual = cases.filter(({ settings, profile }) => settings === undefined && profile === undefined);
    return [...Map.groupBy(usual, ({ kind }) => kind).values()].flatMap(([first]) => first ?? []);
  });
  await compare(await pack("plain"), new Expected(contextOf()), plain);
});

test("a secret's text is in no message, wherever the secret stands", async () => {
  const said: Diagnostic[] = [];
  for (const type of new Set(rules.flatMap(({ reads }) => Object.keys(reads)))) {
    const names = rules.flatMap(({ reads }) => reads[type] ?? []).map((path) => path.split(/\[|\./)[0] ?? "");
    const values = Object.fromEntries(names.map((name) => [name, secret]));
    said.push(...(await (await pack("plain")).analyze(resource(type, values, { provider: { region: secret } }))));
  }
  expect(said.length).toBeGreaterThan(0);
  expect(JSON.stringify(said)).not.toContain(secretText);
});

/** Policy, level and the first line of the message, of some policies. */
function lines(said: readonly Diagnostic[], ...ids: readonly string[]): string[] {
  return said
    .filter(({ policy }) => ids.includes(policy))
    .map(({ policy, level, message }) => `${policy} ${level} ${message.split("\n")[0]}`);
}

const tokenless = "Metadata only with a token. httpTokens: found metadata without a token; wanted required.";

/** A host that breaks cn-imdsv2. */
const host = resource(instance, { httpTokens: "optional" }, { name: "workers-01" });

describe("configuration of the pack, for any program", () => {
  const usual = [settingsRule, ...rules, acceptRule].map(({ id, levels }) => [id, { level: levels.baseline }] as const);

  test("settings and the accept list of cn-settings, and a level of the engine's own kind", async () => {
    const configured = await pack("configured");
    const properties = { levels: { "cn-agent": "disabled" }, accept: [entry, { ...entry, on: "none" }] };
    await configured.configure({
      ...Object.fromEntries(usual),
      "cn-settings": { level: "mandatory", properties },
      "cn-imdsv2": { level: "advisory" },
    });
    expect(await configured.analyze(stack)).toEqual([]);

    const said = await configured.analyze(host);
    expect(lines(said, "cn-imdsv2", "cn-agent")).toEqual([`cn-imdsv2 advisory ${tokenless}`]);
    expect(said.find(({ policy }) => policy === "cn-imdsv2")?.message).toContain("by somebody: a reason");

    const notAccepted = await configured.analyze({ ...host, name: "workers-02" });
    expect(lines(notAccepted, "cn-imdsv2")).toEqual([`cn-imdsv2 advisory ${tokenless}`]);
    expect(notAccepted.find(({ policy }) => policy === "cn-imdsv2")?.message).toContain("To accept");

    expect(lines(await configured.analyzeStack([stack, host]), "cn-accept")).toEqual([
      "cn-accept mandatory What is accepted. accept[1]: found cn-imdsv2: nothing that it accepts; wanted an entry that is needed: remove it.",
    ]);
  });

  test("what is wrong with it is said of the stack, without what stood there", async () => {
    const misspelt = await pack("misspelt");
    const properties = { profil: secretText, levels: { "cn-imdsv2": secretText } };
    await misspelt.configure({ ...Object.fromEntries(usual), "cn-settings": { level: "mandatory", properties } });
    const said = await misspelt.analyze(stack);
    expect(said.map(({ policy, level, urn }) => [policy, level, urn])).toEqual([
      ["cn-settings", "mandatory", stack.urn],
      ["cn-settings", "mandatory", stack.urn],
    ]);
    expect(JSON.stringify(said)).toContain("did you mean china:profile?");
    expect(JSON.stringify(said)).not.toContain(secretText);
  });
});

describe("the engine's configuration of this project's stack", () => {
  test("levels are those that the policies are made with", async () => {
    const { policiesList } = await (await pack("ofStack")).info();
    const levels = new Map(policiesList.map(({ name, enforcementlevel }) => [name, enforcementlevel]));
    expect(levels.get("cn-no-password")).toBe(0);
    expect([...levels].filter(([, level]) => level === 3).map(([name]) => name)).toEqual(mending.map(({ id }) => id));
  });

  test("the accept list: what it accepts is advice, what nothing needs is a violation", async () => {
    const ofStack = await pack("ofStack");
    expect(await ofStack.analyze(stack)).toEqual([]);
    const open = resource(instance, { password: secret }, { name: "workers-01" });
    const said = (await ofStack.analyze(open)).filter(({ policy }) => policy === "cn-no-password");
    expect(said.length).toBeGreaterThan(0);
    for (const { level, message } of said) {
      expect(level).toBe("advisory");
      expect(message).toContain("by somebody: a reason");
    }
    expect(lines(await ofStack.analyzeStack([stack, open]), "cn-accept")).toEqual([
      "cn-accept mandatory What is accepted. accept[1]: found cn-agent: nothing that it accepts; wanted an entry that is needed: remove it.",
    ]);
  });
});

describe("remedies", () => {
  /** What a remedy makes of a host's inputs; the remedies run in turn, each on what the last has left. */
  async function mended(inputs: Readonly<Record<string, unknown>>, rule = "cn-imdsv2") {
    const changed = await (await pack("ofStack")).remediate(resource(instance, {}, { name: "workers-01" }), inputs);
    return changed[rule];
  }

  test("one changes what it is about: secrets stay secret, unknown values unknown, the engine's own keys there", async () => {
    const inputs = {
      httpTokens: "optional",
      password: asSecret(secretText),
      dataDisks: [{ size: 40, kmsKeyId: asSecret(secretText) }],
      vswitchId: unknownText,
      __defaults: ["httpTokens"],
    };
    expect(await mended(inputs)).toMatchObject({ ...inputs, httpTokens: "required" });
  });

  test("a secret that is replaced is a secret afterwards", async () => {
    const inputs = { httpTokens: asSecret("optional"), httpEndpoint: "enabled" };
    expect(await mended(inputs)).toMatchObject({ ...inputs, httpTokens: asSecret("required") });
  });

  test("one that adds to a map leaves the secrets in it secret, and the map too", async () => {
    const tags = { owner: asSecret(secretText), "data-class": "general" };
    expect(await mended({ tags }, "cn-tags")).toMatchObject({ tags: { ...tags, env: "prod" } });
    const whole = { owner: secretText, "data-class": "general" };
    expect(await mended({ tags: asSecret(whole) }, "cn-tags")).toMatchObject({
      tags: asSecret({ ...whole, env: "prod" }),
    });
    expect(await mended({}, "cn-tags")).toMatchObject({ tags: { env: "prod" } });
  });

  test.each([
    "required",
    unknownText,
  ])("nothing is changed where nothing is broken, or it cannot be told: %s", async (httpTokens) => {
    expect(await mended({ httpTokens })).toBeUndefined();
  });

  test("what is broken all the same stops", async () => {
    expect(lines(await (await pack("ofStack")).analyze(host), "cn-imdsv2")).toEqual([
      `cn-imdsv2 mandatory ${tokenless}`,
    ]);
  });
});
