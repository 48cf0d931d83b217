import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { project } from "../../components/config/load.ts";
import { parseStackFile } from "../../components/config/stack-file.ts";
import china from "../../index.ts";
import type { Plan, PlannedResource, PlanValue } from "../../plan/plan.ts";
import { workFolder } from "../../sandbox/home.ts";
import { writeStackFile } from "../../sandbox/stack-file.ts";
import { validSettings } from "../config/valid-settings.ts";
import { planOf, shipped, shippedText, stackFile } from "../support/stacks.ts";
import { enterOffline, temporaryHome } from "./engine.ts";
import { type EnginePreview, type NewState, previewJson } from "./preview-json.ts";

const { home, done } = temporaryHome();
const stack = "test";
const folder = workFolder(home, stack);
const files = 100;

beforeAll(async () => {
  await enterOffline(home);
});
afterAll(done);

async function enginePreview(text: string): Promise<EnginePreview> {
  writeStackFile(folder, project, stack, parseStackFile(text, project));
  return previewJson(folder, stack, china, true);
}

describe("the recorded plan is what the real engine previews", () => {
  beforeAll(() => {
    writeStackFile(folder, project, stack, parseStackFile(shippedText("shanghai"), project));
    const { status, stderr } = spawnSync("pulumi", ["stack", "init", stack], { cwd: folder, encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  }, 60_000);

  test.each(shipped)("stack %s", async (name) => {
    await expectSame(shippedText(name));
  });

  test(`${files} generated stack files`, { timeout: 600_000 }, async () => {
    for (const settings of fc.sample(validSettings, { numRuns: files, seed: 20261125 })) {
      await expectSame(stackFile(settings));
    }
  });
});

/** Type -> property -> what the provider filled in where the program said nothing. */
const defaults: Record<string, Record<string, unknown>> = {};

test("what the provider fills in is kept: engine/provider-defaults.json", async () => {
  const sorted = Object.fromEntries(
    Object.entries(defaults)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([type, values]) => [type, Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)))]),
  );
  await expect(`${JSON.stringify(sorted, null, 2)}\n`).toMatchFileSnapshot("../../engine/provider-defaults.json");
});

async function expectSame(text: string): Promise<void> {
  const plan = await planOf(text, stack);
  const preview = await enginePreview(text);
  expect(fromEngine(preview)).toEqual(fromRecorder(plan));
}

/** One resource, from either side, in the words of the plan. */
interface Told {
  readonly type: string;
  readonly parent: string | undefined;
  readonly provider: string | undefined;
  readonly inputs: unknown;
  readonly options: Readonly<Record<string, unknown>>;
}

function fromRecorder(plan: Plan): Readonly<Record<string, Told>> {
  return Object.fromEntries(plan.resources.map((r) => [r.urn, told(r)]));
}

function told(resource: PlannedResource): Told {
  const { type, parent, provider, inputs, options } = resource;
  // The engine keeps dependencies and aliases elsewhere than it was told them, so both are compared by what they are.
  const { aliases: _, ...rest } = options;
  return { type, parent, provider, inputs, options: rest };
}

function fromEngine(preview: EnginePreview): Readonly<Record<string, Told>> {
  return Object.fromEntries(
    preview.steps.flatMap(({ urn, op, newState }) => {
      if (newState === undefined) throw new Error(`${urn}: ${op} without a new state`);
      return [[urn, engineTold(newState, preview.goals[urn]?.deleteBeforeReplace)]];
    }),
  );
}

function engineTold(state: NewState, deleteBeforeReplace: boolean | undefined): Told {
  const list = (name: string, values: readonly string[] | undefined) =>
    values === undefined || values.length === 0 ? {} : { [name]: [...values].sort() };
  const custom = state.customTimeouts;
  return {
    type: state.type,
    parent: state.parent,
    // urn::id, and the id is not known yet.
    provider: state.provider?.split("::").slice(0, 4).join("::"),
    inputs: asGiven(state),
    options: {
      ...(state.protect === true ? { protect: true } : {}),
      ...(state.retainOnDelete === true ? { retainOnDelete: true } : {}),
      ...(deleteBeforeReplace === true ? { deleteBeforeReplace } : {}),
      ...list("dependsOn", state.dependencies),
      ...list("ignoreChanges", state.ignoreChanges),
      ...list("replaceOnChanges", state.replaceOnChanges),
      ...list("additionalSecretOutputs", state.additionalSecretOutputs),
      ...timeoutsOf(custom),
    },
  };
}

/** Timeouts in the program's words: the engine keeps seconds, and zero for what was not set. */
function timeoutsOf(seconds: NewState["customTimeouts"] = {}): { timeouts?: Readonly<Record<string, string>> } {
  const set = Object.entries(seconds).filter(([, n]) => n !== 0);
  if (set.length === 0) return {};
  return { timeouts: Object.fromEntries(set.map(([name, n]) => [name, `${Number(n) / 60}m`])) };
}

/** Inputs as the program gave them; the SDK adds its own version to a provider. */
function asGiven({ type, inputs = {} }: NewState): unknown {
  if (!type.startsWith("pulumi:")) collectDefaults(type, "", inputs);
  const { version: _, ...rest } = inputs;
  return withoutDefaults(type.startsWith("pulumi:providers:") ? rest : inputs);
}

function collectDefaults(type: string, path: string, value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value) collectDefaults(type, `${path}[]`, item);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  const object: Readonly<Record<string, unknown>> = { ...value };
  const names = Array.isArray(object["__defaults"]) ? object["__defaults"].map(String) : [];
  for (const name of names) {
    const place = path === "" ? name : `${path}.${name}`;
    const known = defaults[type] ?? {};
    defaults[type] = known;
    // A default is a constant: two values for one property would make the table a lie.
    if (place in known) expect({ [place]: object[name] }).toEqual({ [place]: known[place] });
    known[place] = object[name];
  }
  for (const [key, inner] of Object.entries(object)) {
    if (!key.startsWith("__")) collectDefaults(type, path === "" ? key : `${path}.${key}`, inner);
  }
}

const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Inputs as the program gave them: what the provider filled in is named by `__defaults`, at every depth. */
function withoutDefaults(value: unknown): unknown {
  if (value === unknownText) return { __pulumiUnknown: true } satisfies PlanValue;
  if (value === "[secret]") return { __pulumiSecret: true } satisfies PlanValue;
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (typeof value !== "object" || value === null) return value;
  const object: Readonly<Record<string, unknown>> = { ...value };
  const filledIn = new Set(Array.isArray(object["__defaults"]) ? object["__defaults"] : []);
  return Object.fromEntries(
    Object.entries(object)
      .filter(([key]) => !filledIn.has(key) && key !== "__defaults" && key !== "__internal")
      .map(([key, inner]) => [key, withoutDefaults(inner)]),
  );
}
