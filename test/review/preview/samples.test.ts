import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadStackFile } from "../../../components/config/load.ts";
import { type PreviewOptions, reviewOfPreview } from "../../../review/preview/review.ts";
import { partsOf } from "../../../review/pull-request/parts.ts";
import type { ChangeReview } from "../../../review/pull-request/pull-request.ts";
import { changeReview } from "../../../review/pull-request/schema.ts";
import { accessKeyId, accessKeySecret } from "../../policies/fixtures/foreign.ts";

/** What the real engine said of test/policies/fixtures/foreign.ts, made smaller (test/with-engine/review/preview-sample.ts). */
function sample(name: string): string {
  return readFileSync(join(import.meta.dirname, "samples", name), "utf8")
    .replaceAll("{accessKeyId}", accessKeyId)
    .replaceAll("{accessKeySecret}", accessKeySecret);
}

const today = "2026-11-25";
const review = (name: string, options: Partial<PreviewOptions> = {}) =>
  reviewOfPreview(sample(name), { today, ...options });

function stackOf(one: ChangeReview) {
  const [stack] = one.stacks;
  if (stack === undefined) throw new Error("no stack");
  return stack;
}

describe.each([
  [
    "new",
    "new",
    ["create web", "create group", "create everything-tcp", "create http", "create vpc", "create vswitch"],
  ],
  ["edited", "changed", ["update web", "delete everything-tcp"]],
  ["moved", "changed", ["replace web", "delete everything-tcp", "replace vswitch"]],
  ["protected", "changed", ["create nightly", "delete everything-tcp"]],
  ["unchanged", "unchanged", []],
  ["refreshed", "changed", ["update web", "delete everything-tcp"]],
] as const)("%s", (name, state, operations) => {
  test.each(["json", "jsonl"])("%s", (form) => {
    const one = review(`${name}.${form}`);
    expect(changeReview.parse(JSON.parse(JSON.stringify(one)))).toBeDefined();
    expect(one).toMatchObject({ source: "preview", stacks: [{ stack: "prod", state }] });
    expect(stackOf(one).changes.resources.map(({ operation, name: of }) => `${operation} ${of}`)).toEqual(operations);
    expect(JSON.stringify(one)).not.toMatch(/f0rEign|LTAI5t/);
  });

  test("digest and event log agree in hazards, rules, cost and stops, but for what one of them does not know", () => {
    const [digest, log] = [review(`${name}.json`), review(`${name}.jsonl`)];
    const parts = (one: ChangeReview) => partsOf(stackOf(one));
    // The digest of the move was made without --show-sames.
    if (!/stay as they are/.test(digest.notCompared.join())) {
      expect(parts(log)).toEqual(parts(digest));
      expect(ids(log)).toEqual(ids(digest));
    }
    const known = (one: ChangeReview) =>
      stackOf(one).hazards.filter(({ evidence }) => !evidence.some((text) => text.includes("goes first")));
    const certain = known(digest).map(({ id, on }) => `${id} ${on}`);
    expect(known(log).map(({ id, on }) => `${id} ${on}`)).toEqual(expect.arrayContaining(certain));
  });
});

const ids = ({ stops }: ChangeReview) =>
  stops.filter(({ kind }) => kind === "rule").map(({ id, text }) => `${id} ${text}`);

test("hazards of a move to Hong Kong, with the engine's reasons; where there is no price, none is made up", () => {
  const stack = stackOf(review("moved.jsonl"));
  expect(stack.changes.resources.map(({ replaceBecause }) => replaceBecause)).toEqual([
    [{ path: "availabilityZone", why: "engine" }],
    [],
    [{ path: "zoneId", why: "engine" }],
  ]);
  expect(stack.hazards.map(({ id, on }) => `${id} ${on}`)).toEqual(
    expect.arrayContaining(["region-changed alicloud", "system-disk-wiped web", "replace-collides vswitch"]),
  );
  expect(stack.cost).toMatchObject({ sum: { perMonth: "0.00" }, change: { before: "381.97", delta: "0.00" } });
  expect(stack.cost?.unpricedLines).toBeGreaterThan(0);
});

test("a digest does not know who goes first: what depends on it does not stop, and says so", () => {
  const of = (name: string) => stackOf(review(name)).hazards.find(({ id }) => id === "replace-collides");
  expect(of("moved.jsonl")?.severity).toBe("high");
  expect(of("moved.json")?.severity).toBe("medium");
  expect(of("moved.json")?.evidence.join()).toMatch(/the digest does not say/);
  expect(of("moved.json")?.evidence.join()).not.toMatch(/deleteBeforeReplace is not set/);
});

test("what stays and is not listed: counted, told, and no rule is broken for want of it", () => {
  const short = review("edited-short.json");
  const whole = review("edited.json");
  expect(short.notCompared[0]).toMatch(/^5 resources that stay as they are/);
  expect(whole.notCompared.join()).not.toMatch(/stay as they are/);
  expect(stackOf(short).changes.unchanged).toBe(5);
  expect(stackOf(whole).changes.unchanged).toBe(4);
  expect(stackOf(short).changes.resources).toEqual(stackOf(whole).changes.resources);
  expect(short.stops.map(({ id }) => id)).not.toContain("cn-region");
  expect(stackOf(short).policies?.undecided.map(({ rule }) => rule)).toContain("cn-region");
});

test("protect that comes is told of what stays", () => {
  for (const form of ["json", "jsonl"]) {
    const { optionChanges } = stackOf(review(`protected.${form}`)).changes;
    expect(optionChanges?.length).toBe(5);
    expect(optionChanges?.every(({ before, after }) => !before.options.protect && after.options.protect)).toBe(true);
  }
});

describe("options", () => {
  test("the site decides the price list, and its default is told", () => {
    expect(review("new.json").notCompared.join()).toMatch(/China site's, --site says another/);
    const international = review("new.json", { site: "international" });
    expect(international.notCompared.join()).not.toMatch(/--site/);
    expect(stackOf(international).cost?.sizeOnly).toBe(true);
    expect(stackOf(review("new.json")).cost?.sizeOnly).toBe(false);
  });

  test("the profile decides the rules", () => {
    const rules = (profile: "baseline" | "mlps-3") => partsOf(stackOf(review("new.json", { profile }))).policies;
    expect(rules("mlps-3")?.profile).toBe("mlps-3");
    expect(rules("mlps-3")?.violations.length).toBeGreaterThan(rules("baseline")?.violations.length ?? 0);
  });

  test("a stack file is for this project's programs only, whose review is whole", async () => {
    const { file, settings } = await loadStackFile("shanghai");
    const own = { file, settings };
    expect(() => review("new.json", { own })).toThrow(/--config names a stack file of the project china/);
    const text = sample("new.json").replaceAll("::foreign::", "::china::");
    const stack = stackOf(reviewOfPreview(text, { today, own }));
    expect(stack.review).toMatchObject({ stack: "prod", site: settings.account.site });
    expect(stack.cost).toBeUndefined();
    expect(partsOf(stack).cost).toBe(stack.review?.cost);
  });
});

test("a resource without a region has no price, and that is told", () => {
  const text = sample("new.json")
    .replaceAll(/"(zoneId|availabilityZone|region)": "cn-shanghai[^"]*",?/g, "")
    .replaceAll(/,(\s*})/g, "$1")
    .replaceAll('"alicloud:region": "cn-shanghai",', "");
  const one = reviewOfPreview(text, { today });
  expect(one.notCompared.join("\n")).toMatch(/the region of 6 resources: no price without it/);
  expect(stackOf(one).cost?.sum.perMonth).toBe("0.00");
  expect(stackOf(one).cost?.unpricedLines).toBeGreaterThan(0);
});
