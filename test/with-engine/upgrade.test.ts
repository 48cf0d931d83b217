import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation/events.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadStackFile } from "../../components/config/load.ts";
import { run } from "../../deploy/operation.ts";
import { nameOf } from "../../deploy/progress.ts";
import { readState, type State } from "../../deploy/state.ts";
import china from "../../index.ts";
import { prepare } from "../../sandbox/deployment.ts";
import { shipped } from "../support/stacks.ts";
import { engineFolders } from "./engine.ts";
import { TestSandbox } from "./sandbox.ts";
import { unpacked } from "./upgrade/texts.ts";

/**
 * What an earlier release has deployed, and what this code would do to it. The states are recorded: upgrade/record.ts
 * says how. A change that is meant is listed below with its reason, for those who upgrade; when a release is made from
 * here, record its states and empty the list.
 */
const fixtures = join(import.meta.dirname, "upgrade/fixtures");

interface Meant {
  readonly stack: (typeof shipped)[number];
  /** As the test prints it: "update workers-01: instanceType", or "output software". */
  readonly change: string;
  readonly reason: string;
}
const meant: readonly Meant[] = [];

describe("what an earlier release has deployed", { timeout: 120_000 }, () => {
  let sandbox: TestSandbox;
  let programs: readonly string[];
  beforeAll(async () => {
    sandbox = await TestSandbox.open();
    programs = await engineFolders();
  });
  afterAll(() => sandbox.close());

  test.each(shipped)("%s: this code would change nothing of it but for what is listed", async (name) => {
    const file = await loadStackFile(name, join(fixtures, `Pulumi.${name}.yaml`));
    const exported = unpacked(readFileSync(join(fixtures, `${name}.state.json`), "utf8"));
    const { stack } = await prepare(sandbox.home, sandbox.session, file, china, programs);
    await stack.importStack(exported);
    const events: EngineEvent[] = [];
    const outcome = await run(stack, "preview", { onEvent: (event) => events.push(event) });
    expect(outcome).toMatchObject({ ok: true, failures: [] });
    const { resources } = readState(exported);
    const steps = events.flatMap(({ resourcePreEvent }) => resourcePreEvent?.metadata ?? []);
    // Everything was looked at: a preview of nothing changes nothing either.
    expect(steps.length).toBeGreaterThanOrEqual(resources.length);
    const changes = [...steps.flatMap(changed), ...outputsChanged(events, resources)];
    const expected = meant.filter(({ stack: of }) => of === name).map(({ change }) => change);
    expect(changes.sort()).toEqual(expected.sort());
  });
});

test("no secret and no path of a machine is in what is recorded", () => {
  const names = readdirSync(fixtures);
  expect(names.filter((name) => name.endsWith(".state.json"))).toHaveLength(shipped.length);
  const texts = names.map((name) => readFileSync(join(fixtures, name), "utf8"));
  expect(texts.join("").length).toBeLessThan(300_000);
  for (const text of texts) expect(text).not.toMatch(/\/(tmp|root|home|work|Users)\/|node_modules|SANDBOX|sandbox-/);
  const { commit }: { commit: string } = JSON.parse(readFileSync(join(fixtures, "release.json"), "utf8"));
  expect(commit).toMatch(/^[0-9a-f]{40}$/);
});

/** Steps that touch something, also the provider. Steps of a replacement are one change. */
function changed({ op, urn, keys, diffs }: StepEventMetadata): readonly string[] {
  if (["same", "read", "create-replacement", "delete-replaced"].includes(op)) return [];
  const because = (op === "replace" ? keys : diffs) ?? [];
  return [`${op} ${nameOf(urn)}${because.length === 0 ? "" : `: ${[...because].sort().join(", ")}`}`];
}

/** Outputs of the stack that are others than they were: the hash of software tells that hosts would run it again. */
function outputsChanged(events: readonly EngineEvent[], before: State["resources"]): readonly string[] {
  const of = "pulumi:pulumi:Stack";
  const metadata = events.flatMap(({ resOutputsEvent }) => resOutputsEvent?.metadata ?? []);
  const then = before.find(({ type }) => type === of)?.outputs ?? {};
  const now = metadata.find(({ type }) => type === of)?.new?.outputs ?? {};
  const names = [...new Set([...Object.keys(then), ...Object.keys(now)])];
  return names.filter((name) => !isDeepStrictEqual(then[name], now[name])).map((name) => `output ${name}`);
}
