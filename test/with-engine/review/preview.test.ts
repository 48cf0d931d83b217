import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { loadStackFile, project } from "../../../components/config/load.ts";
import { parseStackFile } from "../../../components/config/stack-file.ts";
import { openStack, run } from "../../../deploy/operation.ts";
import china from "../../../index.ts";
import { reviewOfPreview } from "../../../review/preview/review.ts";
import { reviewChange, type StackSide } from "../../../review/pull-request/compose.ts";
import { partsOf } from "../../../review/pull-request/parts.ts";
import type { ChangeReview } from "../../../review/pull-request/pull-request.ts";
import { prepare } from "../../../sandbox/deployment.ts";
import { deploymentEnvironment, enterEnvironment } from "../../../sandbox/environment.ts";
import { workFolder } from "../../../sandbox/home.ts";
import { accessOf } from "../../../sandbox/session.ts";
import { writeStackFile } from "../../../sandbox/stack-file.ts";
import * as foreign from "../../policies/fixtures/foreign.ts";
import { planOf, shippedText } from "../../support/stacks.ts";
import { engineFolders } from "../engine.ts";
import { TestSandbox } from "../sandbox.ts";
import { type PreviewTexts, previewTexts } from "./preview-run.ts";
import { keepSample } from "./preview-sample.ts";

const today = "2026-11-25";

let sandbox: TestSandbox;
let folders: readonly string[];
beforeAll(async () => {
  folders = await engineFolders();
  sandbox = await TestSandbox.open(600);
});
afterAll(() => sandbox.close());

describe("a program of somebody else, deployed", () => {
  let folder: string;
  beforeAll(async () => {
    enterEnvironment(deploymentEnvironment(sandbox.home, await accessOf(sandbox.session, "china"), folders));
    folder = workFolder(sandbox.home, "foreign");
    writeFileSync(join(folder, "Pulumi.yaml"), stringify({ name: "foreign", runtime: "nodejs" }));
    const program = () => foreign.sshInWideRange();
    const stack = await openStack({ project: "foreign", stack: "prod", program, folder });
    await stack.setConfig("alicloud:region", { value: "cn-shanghai" });
    await stack.setConfig("foreign:token", { value: "hidden-token", secret: true });
    keepSample("new", await preview(foreign.sshInWideRange));
    expect(await run(stack, "up", { parallel: 40 })).toMatchObject({ ok: true, failures: [] });
  }, 180_000);

  function preview(program: foreign.ForeignProgram, flags: readonly string[] = ["--show-sames"], streaming = false) {
    return previewTexts(folder, "prod", program, flags, streaming);
  }

  test.each<readonly [string, foreign.ForeignProgram, readonly string[]]>([
    ["edited", foreign.keyInUserData, ["update web", "delete everything-tcp"]],
    ["moved", foreign.inHongKong, ["replace web", "delete everything-tcp", "replace vswitch"]],
    ["protected", protectedProgram, ["create nightly", "delete everything-tcp"]],
    ["unchanged", foreign.sshInWideRange, []],
  ])("%s: digest and event log give the same review", async (name, program, operations) => {
    const texts = await preview(program);
    keepSample(name, texts);
    const digest = reviewOfPreview(texts.json, { today });
    expect(digest.stacks[0]?.changes.resources.map((one) => `${one.operation} ${one.name}`)).toEqual(operations);
    expect(comparable(reviewOfPreview(texts.log, { today }))).toEqual(comparable(digest));
    expect(JSON.stringify(digest)).not.toContain(foreign.accessKeySecret);
  });

  test("the streaming form is the event log", async () => {
    const { json, log } = await preview(foreign.keyInUserData, [], true);
    expect(reviewOfPreview(json, { today })).toEqual(reviewOfPreview(log, { today }));
    expect(json.split("\n").length).toBeGreaterThan(10);
  });

  test("after a refresh, and without what stays as it is", async () => {
    const whole = reviewOfPreview((await preview(foreign.keyInUserData)).json, { today });
    const refreshed = await preview(foreign.keyInUserData, ["--refresh"]);
    keepSample("refreshed", refreshed);
    // The refresh takes what the cloud filled in for what was set: the old inputs differ, and nothing else.
    expect(summary(reviewOfPreview(refreshed.json, { today }))).toEqual(summary(whole));
    const unlisted = await preview(foreign.keyInUserData, []);
    keepSample("edited-short", unlisted);
    const short = reviewOfPreview(unlisted.json, { today });
    expect(short.notCompared[0]).toContain("5 resources that stay as they are");
    expect(short.stacks[0]?.changes.resources).toEqual(whole.stacks[0]?.changes.resources);
    expect(short.stops.filter(({ id }) => id === "cn-region")).toEqual([]);
  });
});

async function protectedProgram(): Promise<Record<string, unknown>> {
  pulumi.runtime.registerStackTransformation(({ props, opts }) => ({ props, opts: { ...opts, protect: true } }));
  return foreign.snapshotsToSingapore();
}

/** What both forms say: of the options the event log has protect alone. */
function comparable({ stacks: all, stops: found }: ChangeReview): unknown {
  // Who goes first only the event log says.
  const ordered = "replace-collides";
  const stops = found.filter(({ id }) => id !== ordered);
  const stacks = all.map((one) => ({ ...one, hazards: one.hazards.filter(({ id }) => id !== ordered) }));
  const text = JSON.stringify({ stacks, stops }, (key, value) =>
    key === "options" ? { protect: value.protect === true } : key === "deleteBeforeReplace" ? undefined : value,
  );
  return JSON.parse(text);
}

describe("a shipped stack, deployed: a review of the preview says what a review of the files says", () => {
  const text = shippedText("shanghai");
  let before: StackSide;
  beforeAll(async () => {
    const path = join(sandbox.home.folder, "before.yaml");
    writeFileSync(path, text);
    const prepared = await prepare(
      sandbox.home,
      sandbox.session,
      await loadStackFile("shanghai", path),
      china,
      folders,
    );
    expect(await run(prepared.stack, "up", { parallel: 40 })).toMatchObject({ ok: true, failures: [] });
    before = await sideOf("before", text);
  }, 180_000);

  // biome-ignore lint/suspicious/noExplicitAny: the settings of a stack file as they stand in YAML
  type Settings = any;

  test.each<readonly [string, (settings: Settings) => void]>([
    ["one host more", (settings) => (settings["china:hosts"].workers.count += 1)],
    [
      "another image, rebuilt at once",
      ({ "china:hosts": { workers } }) => {
        workers.image = "ubuntu_22_04_x64_20G_alibase_20260916.vhd";
        workers.onImageChange = "rebuild";
      },
    ],
    [
      "a larger type, and other software",
      ({ "china:hosts": { workers } }) => {
        workers.type = "ecs.g7.2xlarge";
        workers.software.timezone = "UTC";
      },
    ],
    ["more nodes, paid ahead", ({ "china:timeSeries": database }) => (database.lindorm.nodes = 3)],
    [
      "another range of a vSwitch",
      (settings) => (settings["china:network"].vSwitches["cn-shanghai-m"] = "10.20.32.0/20"),
    ],
  ])("%s", async (name, edit) => {
    const document = parse(text);
    edit(document.config);
    const edited = stringify(document);
    const after = await sideOf(name.replaceAll(/\W+/g, "-"), edited);
    const files = reviewChange({
      before: { ref: "before" },
      after: { ref: "after" },
      sides: new Map([["shanghai", { before, after }]]),
      changedFiles: [],
      trustNewAccept: false,
      today,
    });
    if (!after.ok) throw new Error(after.why);
    const own = { file: after.file, settings: after.settings };
    const { json, log } = await previewEdited(edited);
    expect(summary(reviewOfPreview(log, { today, own }))).toEqual(summary(files));
    // What depends on who goes first is no reason to stop there.
    const { hazards, stops, ...rest } = summary(files);
    const digest = summary(reviewOfPreview(json, { today, own }));
    expect(digest).toMatchObject(rest);
    expect(digest.hazards).toEqual(expect.arrayContaining([...hazards]));
    expect(digest.stops).toEqual(stops);
  });

  function previewEdited(edited: string): Promise<PreviewTexts> {
    const folder = workFolder(sandbox.home, "shanghai");
    writeStackFile(folder, project, "shanghai", parseStackFile(edited, project));
    // What is protected must not go: that is refused after the steps are known, and they are what is compared.
    return previewTexts(folder, "shanghai", china, ["--ignore-protect", "--show-sames"]);
  }

  async function sideOf(name: string, file: string): Promise<StackSide> {
    const path = join(sandbox.home.folder, `${name}.yaml`);
    writeFileSync(path, file);
    const { settings } = await loadStackFile("shanghai", path);
    return { ok: true, file: path, plan: await planOf(file, "shanghai"), settings };
  }
});

function summary(review: ChangeReview) {
  const [stack] = review.stacks;
  if (stack === undefined) throw new Error("no stack");
  const { cost, policies } = partsOf(stack);
  return {
    state: stack.state,
    unchanged: stack.changes.unchanged,
    operations: stack.changes.resources.map(({ operation, urn }) => `${operation} ${urn}`),
    hazards: stack.hazards.map(({ id, on, severity }) => `${id} ${on} ${severity}`),
    delta: cost?.change?.delta,
    payNow: cost?.change?.payNow,
    broken: policies?.violations.map(({ rule, name, path }) => `${rule} ${name} ${path}`),
    stops: review.stops.map(({ kind, id }) => `${kind} ${id}`),
  };
}
