import { describe, expect, expectTypeOf, test } from "vitest";
import type { z } from "zod";
import type { Plan } from "../../../plan/plan.ts";
import { graphOf, layersOf } from "../../../review/change-report/graph.ts";
import { changePage } from "../../../review/change-report/html.ts";
import { changeJson } from "../../../review/change-report/json.ts";
import { linesOfFiles } from "../../../review/change-report/lines.ts";
import { changeSarif } from "../../../review/change-report/sarif.ts";
import type { ChangeReview } from "../../../review/pull-request/pull-request.ts";
import { changeReview } from "../../../review/pull-request/schema.ts";
import { planOf } from "../../support/stacks.ts";
import { reviewOfFiles, richAfter, richFiles } from "./examples.ts";
import { change, changesOf, everything, nothing, stackOf } from "./made.ts";
import { elementsOf, pageOf } from "./parsed.ts";
import { sarifProblems } from "./sarif.schema.ts";

const rich = await reviewOfFiles(richFiles);
const plans = new Map([["shanghai", await planOf(richAfter, "shanghai")]]);

describe("SARIF", () => {
  const lines = linesOfFiles(new Map([["shanghai", richAfter]]));
  const log = JSON.parse(changeSarif(rich, lines));
  const [{ results, tool }] = log.runs;
  const source = richAfter.split("\n");

  test("is as its schema has it, also with everything in it", () => {
    expect(sarifProblems(log)).toEqual([]);
    expect(sarifProblems(JSON.parse(changeSarif(everything(rich))))).toEqual([]);
    expect(sarifProblems({ ...log, version: "2.0.0" })).not.toEqual([]);
    expect(sarifProblems({ ...log, runs: [{ ...log.runs[0], more: 1 }] })).not.toEqual([]);
  });

  test.each([
    ["cn-sg-data-ports", "error", "- to: gate"],
    ["cn-sg-source-width", "warning", "- to: gate"],
    ["exposure-widened", "error", "- to: gate"],
    ["system-disk-wiped", "error", "image: ubuntu_24_04_x64_20G_alibase_20260916.vhd"],
    ["host-replaced", "warning", "image: ubuntu_24_04_x64_20G_alibase_20260916.vhd"],
    ["budget-increase", "error", "increase: 500"],
    ["cn-flow-log", "note", "china:network:"],
  ])("%s is a %s at its line", (id, level, text) => {
    const found = results.filter(
      (one: { ruleId: string; locations: [{ physicalLocation: { artifactLocation: { uri: string } } }] }) =>
        one.ruleId === id && one.locations[0].physicalLocation.artifactLocation.uri === "Pulumi.shanghai.yaml",
    );
    expect(found.length).toBeGreaterThan(0);
    for (const one of found) {
      expect(one.level).toBe(level);
      expect(source[one.locations[0].physicalLocation.region.startLine - 1]?.trim()).toBe(text);
      expect(tool.driver.rules[one.ruleIndex].id).toBe(id);
    }
  });

  test("what is accepted is suppressed with its reason, and nothing else is", () => {
    const suppressed = results.filter((one: { suppressions?: unknown }) => one.suppressions !== undefined);
    expect(
      suppressed.map(({ ruleId, suppressions }: { ruleId: string; suppressions: unknown }) => [ruleId, suppressions]),
    ).toEqual([
      ["cn-flow-log", [{ kind: "external", justification: "no personal data yet (by data-team, until 2027-02-28)" }]],
    ]);
  });

  test("a finding keeps its fingerprint when its text changes, and no two share one", () => {
    const prints = (review: ChangeReview) =>
      JSON.parse(changeSarif(review)).runs[0].results.map((one: { partialFingerprints: object }) =>
        JSON.stringify(one.partialFingerprints),
      );
    const later = {
      ...rich,
      stacks: rich.stacks.map((one) => ({ ...one, hazards: one.hazards.map((h) => ({ ...h, text: "other" })) })),
    };
    expect(prints(later)).toEqual(prints(rich));
    expect(new Set(prints(rich)).size).toBe(prints(rich).length);
  });
});

describe("JSON", () => {
  test("is what its schema describes, and the schema is the value's type", () => {
    expectTypeOf<ChangeReview>().toExtend<z.input<typeof changeReview>>();
    for (const review of [rich, everything(rich), nothing]) {
      const parsed = changeReview.safeParse(JSON.parse(changeJson(review)));
      expect(parsed.error?.issues).toBeUndefined();
    }
    expect(changeReview.safeParse({ ...nothing, version: 2 }).success).toBe(false);
  });
});

describe("the picture of the resources", () => {
  const boxes = graphOf(rich.stacks[1] ?? stackOf("none"), plans.get("shanghai"));
  const rowsOf = (component: string) =>
    boxes
      .find((one) => one.component === component)
      ?.rows.map(({ fate, type, names }) => `${fate} ${names.length} ${type.split(":").at(-1)}`);

  test("shows every component with what becomes of its resources, gravest first", () => {
    expect(boxes.map(({ component }) => component)).toEqual(["batch", "gate", "network", "workers"]);
    expect(rowsOf("batch")).toEqual(["create 1 Instance"]);
    expect(rowsOf("gate")).toEqual(["update 1 Instance"]);
    expect(rowsOf("workers")?.[0]).toMatch(/^replace /);
    expect(rowsOf("workers")).toContain("replace 2 Instance");
    expect(rowsOf("workers")).toContain("same 2 EcsDisk");
  });

  test("and what uses what", () => {
    const network = boxes.findIndex(({ component }) => component === "network");
    for (const { component, uses, layer } of boxes) {
      expect([component, uses, layer]).toEqual([
        component,
        component === "network" ? [] : [network],
        component === "network" ? 0 : 1,
      ]);
    }
  });

  test("what is deleted is in no plan and in the picture all the same", () => {
    const stack = stackOf("a", { changes: changesOf([change("delete", "old", { component: "gone" })]) });
    const empty: Plan = { project: "china", stack: "a", resources: [], outputs: {} };
    expect(graphOf(stack, empty).map(({ component, rows }) => [component, rows[0]?.fate])).toEqual([
      ["gone", "delete"],
    ]);
  });

  test.each([
    ["nothing", [], []],
    ["a chain", [[], [0], [1]], [0, 1, 2]],
    ["the longest way counts", [[], [0], [0, 1]], [0, 1, 2]],
    ["a circle is cut", [[1], [0]], [1, 0]],
    ["itself", [[0]], [0]],
  ])("layers: %s", (_, uses, expected) => {
    expect(layersOf(uses)).toEqual(expected);
  });
});

describe("the page", () => {
  const page = changePage(rich, { plans });
  const root = pageOf(page);
  const all = elementsOf(root);
  const named = (name: string) => all.filter(({ tagName }) => tagName === name);

  test("loads nothing and runs nothing", () => {
    const names = new Set(all.map(({ tagName }) => tagName));
    for (const name of ["script", "link", "img", "iframe", "object", "use", "image", "a", "base", "form"])
      expect(names).not.toContain(name);
    const attributes = all.flatMap((element) => [...element.attributes].map(({ name }) => name));
    expect(attributes.filter((name) => /^(src|href|xlink:href|style|action|srcset|on.*)$/.test(name))).toEqual([]);
    expect(named("style")[0]?.textContent).not.toMatch(/url\(|@import/);
    expect(named("meta").map((meta) => meta.getAttribute("content"))).toContain(
      "default-src 'none'; style-src 'unsafe-inline'",
    );
  });

  test("ids are used once, and everything that is labelled by one has it", () => {
    const ids = all.flatMap((element) => element.getAttribute("id") ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const element of all) {
      for (const id of element.getAttribute("aria-labelledby")?.split(" ") ?? []) expect(ids).toContain(id);
    }
  });

  test("each picture has a title, and its content stands in a table or figures beside it", () => {
    const pictures = named("svg");
    expect(pictures.map((svg) => svg.getAttribute("class"))).toContain("graph");
    for (const svg of pictures) expect(svg.getElementsByTagName("title").length).toBeGreaterThan(0);
    const captions = named("caption").map(({ textContent }) => textContent);
    expect(captions).toContain("Resources by component, what becomes of them, and what the component uses");
  });

  test("has one heading of the first level, and no level is left out", () => {
    const levels = all.flatMap(({ tagName }) => /^h(\d)$/.exec(tagName)?.[1] ?? []).map(Number);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [at, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[at - 1] ?? 0) + 1);
  });
});
