import { describe, expect, test } from "vitest";
import { BadInput } from "../../../deploy/errors.ts";
import { largestPreview, readPreview } from "../../../review/preview/read.ts";
import { reviewOfPreview } from "../../../review/preview/review.ts";
import { digest, events, hostType, type MadeStep, step, urn } from "./made.ts";

const host = urn(hostType, "web");
const one = [step("create", host, undefined, { instanceType: "ecs.g7.large" })];
const today = "2026-11-25";

describe("a file that is no preview is bad input, in words, without what stands in it", () => {
  const deep = `${"[".repeat(50_000)}"hunter2"${"]".repeat(50_000)}`;
  test.each<readonly [string, string, RegExp]>([
    ["nothing", "  \n", /is empty/],
    ["no JSON", "Previewing update (prod): hunter2", /line 1 is no JSON/],
    ["broken JSON", digest(one).slice(0, -10), /line 1 is no JSON/],
    ["a list", "[]", /no preview/],
    ["null", "null", /no preview/],
    ["a text", '"hunter2"', /no preview/],
    ["another object", '{"version":3,"deployment":{"secret":"hunter2"}}', /no preview/],
    ["no resource", '{"steps":[],"changeSummary":{}}', /names no resource/],
    ["steps that are none", '{"steps":"hunter2"}', /steps is of another type/],
    ["an operation that is none", '{"steps":[{"op":7,"urn":"hunter2"}]}', /steps\.0\.op is of another type/],
    ["a step without a URN", '{"steps":[{"op":"create"}]}', /steps\.0\.urn is of another type/],
    ["a URN that is none", digest([step("create", "hunter2", undefined, {})]), /no URN/],
    ["a URN without a name", digest([step("create", "urn:pulumi:a::b::c", undefined, {})]), /no URN/],
    ["a state with another URN that is none", digest([{ op: "create", urn: host, newState: { urn: "x" } }]), /no URN/],
    ["protect that is none", digest([{ op: "create", urn: host, newState: { protect: "hunter2" } }]), /protect is of/],
    [
      "deep nesting",
      `{"steps":[{"op":"create","urn":"${host}","newState":{"custom":true,"inputs":{"a":${deep}}}}]}`,
      /nested/,
    ],
    ["a log that was cut", events(one).split("\n").slice(0, -1).join("\n"), /ends before the preview does/],
    ["a log with a broken line", `${events(one)}\n{"sequence":`, /line 5 is no JSON/],
    ["the log of a deployment", events(one).replace('"isPreview":true', '"isPreview":false'), /deployment that ran/],
  ])("%s", (_, text, says) => {
    const read = () => reviewOfPreview(text, { today });
    expect(read).toThrow(BadInput);
    expect(read).toThrow(says);
    expect(read).not.toThrow(/hunter2/);
  });

  test("too large", () => {
    expect(() => readPreview(" ".repeat(largestPreview + 1))).toThrow(/at most 200000000 are read/);
  });
});

describe("what a newer engine says beside that is passed over", () => {
  test("unknown fields, a byte order mark, blank lines", () => {
    const known = reviewOfPreview(digest(one), { today });
    const newer = JSON.parse(digest(one, { somethingNew: { a: 1 } }));
    newer.steps[1].newState.somethingNew = [1];
    expect(reviewOfPreview(`\uFEFF\n${JSON.stringify(newer, null, 2)}\n`, { today })).toEqual(known);
    const log = events(one).replaceAll("\n", "\r\n\r\n");
    expect(readPreview(log).steps).toHaveLength(2);
  });

  test("unknown operations are counted and told, with names; the resource stays in both plans", () => {
    const odd: readonly MadeStep[] = [
      step("teleport", host, { instanceType: "ecs.g7.large" }, { instanceType: "ecs.g7.large" }),
      step("__proto__", urn(hostType, "other"), {}, {}),
    ];
    for (const text of [digest(odd), events(odd)]) {
      const review = reviewOfPreview(text, { today });
      expect(review.notCompared).toContain('1 step "teleport": not known here (other, web)');
      expect(review.notCompared).toContain('1 step "__proto__": not known here (other, web)');
      expect(review.stacks[0]?.cost?.lines.length).toBeGreaterThan(0);
    }
  });

  test("what the summary counts and no step names is told", () => {
    const review = reviewOfPreview(digest(one, { changeSummary: { create: 3, same: 9 } }), { today });
    expect(review.notCompared).toContain("2 more to create: the preview's summary counts them and no step names them");
    expect(review.notCompared[0]).toMatch(/^8 resources that stay as they are/);
    expect(review.stacks[0]?.changes.unchanged).toBe(8);
  });

  test("a preview that failed stops", () => {
    const failed = digest(one, { diagnostics: [{ severity: "error", message: "hunter2" }, { severity: "warning" }] });
    const review = reviewOfPreview(failed, { today });
    expect(review.stops[0]).toMatchObject({ kind: "unreadable", id: "preview-failed" });
    expect(JSON.stringify(review)).not.toContain("hunter2");
    const log = events(one).split("\n").slice(0, -1);
    log.push(JSON.stringify({ sequence: 9, timestamp: 1, diagnosticEvent: { severity: "error", message: "x" } }));
    expect(reviewOfPreview(log.join("\n"), { today }).stops[0]?.id).toBe("preview-failed");
  });
});
