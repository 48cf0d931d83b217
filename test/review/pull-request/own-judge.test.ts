import { describe, expect, test } from "vitest";
import { validate } from "../../../components/config/validate.ts";
import { readProjectFile, type Settings } from "../../../components/config.ts";
import { canJudge, judgedBy, judgingFiles } from "../../../review/pull-request/own-judge.ts";
import { projectImports } from "../../support/imports.ts";
import { smallSettings } from "../../support/stacks.ts";

function settings(more: object = {}): Settings {
  const checked = validate({ ...smallSettings(), ...more }, "test", readProjectFile);
  if (!checked.ok) throw new Error(JSON.stringify(checked.mistakes));
  return checked.settings;
}

const entry = { what: "system-disk-wiped", on: "workers", why: "a test", by: "team", until: "2027-01-01" };
const budget = { currency: "CNY", month: 100 };

describe("files that judge", () => {
  test.each([
    ["policies/rules/disks.ts", "the review's own code"],
    ["catalog/prices/cn-shanghai.json", "the review's own code"],
    ["review/hazards/rules/data.ts", "the review's own code"],
    ["cli/main.ts", "the review's own code"],
    ["engine/provider-inputs.json", "the review's own code"],
    ["components/config/schema.ts", "what a stack file may say"],
    ["components/config.ts", "what a stack file may say"],
    ["package.json", "dependencies"],
    ["package-lock.json", "dependencies"],
    [".github/workflows/review.yml", "pipeline"],
    [".gitea/workflows/review.yml", "pipeline"],
    [".gitlab-ci.yml", "pipeline"],
    [".ci/run", "pipeline"],
    ["CODEOWNERS", "who must approve, and what git makes of files"],
    ["docs/CODEOWNERS", "who must approve, and what git makes of files"],
    [".gitattributes", "who must approve, and what git makes of files"],
  ])("%s: %s", (file, what) => {
    expect(judgingFiles([file])).toEqual([{ what: "files", text: `${what}: ${file}` }]);
  });

  test.each([
    "index.ts",
    "components/hosts.ts",
    "Pulumi.shanghai.yaml",
    "README.md",
    "docs/review/x.md",
    "test/cost/x.test.ts",
  ])("%s does not", (file) => expect(judgingFiles([file])).toEqual([]));

  test("many are counted", () => {
    const files = Array.from({ length: 7 }, (_, n) => `policies/${n}.ts`);
    expect(judgingFiles(files)[0]?.text).toMatch(/policies\/4\.ts and 2 more$/);
  });
});

describe("whose code judges", () => {
  /** Everything of the project that the command loads, whatever it is asked. */
  function loaded(): ReadonlySet<string> {
    const seen = new Set<string>();
    const todo = ["cli/china.js", "cli/main.ts", "cli/review-change.ts"];
    for (let file = todo.pop(); file !== undefined; file = todo.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      if (file.endsWith(".ts")) todo.push(...projectImports(file));
    }
    return seen;
  }

  test("whatever of the project a review loads can judge", () => {
    const files = [...loaded()];
    expect(files).toContain("review/hazards/rules.ts");
    expect(files.length).toBeGreaterThan(200);
    expect(files.filter((file) => !canJudge(file))).toEqual([]);
  });

  test("and is named as the judge's, but for the stack's own code, which both sides run, and what other commands load", () => {
    const unnamed = [...loaded()].filter((file) => judgingFiles([file]).length === 0);
    expect(
      unnamed.filter((file) => !/^(components\/|index\.ts$)/.test(file) && !/^(sandbox|preflight)\//.test(file)),
    ).toEqual([]);
  });

  test.each([
    "Pulumi.shanghai.yaml",
    "Pulumi.yaml",
    "README.md",
    "docs/cost.md",
    "test/cost/x.test.ts",
  ])("%s cannot", (file) => expect(canJudge(file)).toBe(false));

  test.each([
    "components/bootstrap/script.ts",
    "policies/rules.ts",
    "package-lock.json",
    "anything/new.ts",
    ".npmrc",
  ])("%s can", (file) => expect(canJudge(file)).toBe(true));
});

describe("a change must not judge itself", () => {
  test("an entry of accept that is new in it does not count", () => {
    const { settings: judged, changed } = judgedBy("s", settings({ accept: [entry] }), settings(), false);
    expect(judged.accept).toEqual([]);
    expect(changed).toEqual([
      {
        what: "accept",
        stack: "s",
        text: expect.stringMatching(/^accepts system-disk-wiped on workers .*does not count yet\)$/),
      },
    ]);
  });

  test("it counts when a code owner has approved it, and is said all the same", () => {
    const { settings: judged, changed } = judgedBy("s", settings({ accept: [entry] }), settings(), true);
    expect(judged.accept).toEqual([entry]);
    expect(changed[0]?.text).not.toContain("does not count");
  });

  test("one that was there before counts; a later day of it is a new one", () => {
    const before = settings({ accept: [entry] });
    expect(judgedBy("s", before, before, false)).toMatchObject({ settings: { accept: [entry] }, changed: [] });
    const later = settings({ accept: [{ ...entry, until: "2028-01-01" }] });
    expect(judgedBy("s", later, before, false).settings.accept).toEqual([]);
  });

  test("its budget and its rules are the old ones", () => {
    const before = settings({ budget, policies: { profile: "mlps-3" } });
    const head = settings({ budget: { ...budget, month: 9_999 }, policies: { levels: { "cn-flow-log": "disabled" } } });
    const { settings: judged, changed } = judgedBy("s", head, before, true);
    expect(judged.budget).toEqual(before.budget);
    expect(judged.policies).toEqual(before.policies);
    expect(changed.map(({ what, text }) => [what, text])).toEqual([
      ["budget", expect.stringMatching(/month 100.* -> month 9999/)],
      ["policies", expect.stringMatching(/levels, profile/)],
    ]);
  });

  test("a budget that is taken away still holds", () => {
    expect(judgedBy("s", settings(), settings({ budget }), false).settings.budget).toMatchObject({ month: 100 });
  });

  test("a new stack has nothing before it, and its entries are new", () => {
    const { settings: judged, changed } = judgedBy("s", settings({ accept: [entry], budget }), undefined, false);
    expect([judged.accept, judged.budget?.month]).toEqual([[], 100]);
    expect(changed).toHaveLength(1);
  });
});
