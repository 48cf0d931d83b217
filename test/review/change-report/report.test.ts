import { describe, expect, test } from "vitest";
import { linesOfFiles } from "../../../review/change-report/lines.ts";
import { markdownParts, markdownReport } from "../../../review/change-report/markdown.ts";
import { flat } from "../../../review/change-report/phrase.ts";
import { documentOf } from "../../../review/change-report/report.ts";
import { changeText } from "../../../review/change-report/terminal.ts";
import type { ChangeReview } from "../../../review/pull-request/pull-request.ts";
import { plainStyle } from "../../../review/terminal/layout.ts";
import { smallSettings, stackFile } from "../../support/stacks.ts";
import { reviewOfFiles, richFiles } from "./examples.ts";
import { change, changesOf, everything, nothing, stackOf } from "./made.ts";

const rich = await reviewOfFiles(richFiles);
const afterFiles = Object.entries(richFiles).flatMap(([stack, { after }]) =>
  after === undefined ? [] : [[stack, after] as const],
);
const lines = linesOfFiles(new Map(afterFiles));
const title = (review: ChangeReview) => flat(documentOf(review).title);

describe("a branch that changes an image, adds a group, moves one to a subscription and opens a port", () => {
  test("as a comment", async () => {
    await expect(`${markdownParts(rich, { lines }).summary}\n`).toMatchFileSnapshot("fixtures/rich.md");
  });

  test("in a terminal", async () => {
    await expect(changeText(rich, plainStyle(110), lines)).toMatchFileSnapshot("fixtures/rich.txt");
  });

  test("answers first: what stops it, what it costs a month, what is paid now", () => {
    expect(title(rich)).toBe(
      "Stop: 1 rule broken, 2 hazards not accepted, 1 budget limit passed. +522.32 CNY a month; 522.32 CNY to pay now",
    );
    const [first, ...rest] = markdownReport(rich, true).split("\n");
    expect(first).toBe(`### ${title(rich)}`);
    expect(rest.slice(0, 8).join("\n")).toMatch(
      /^\| `shanghai` \| 3 \| 1 \| [24] \| \| 1,882\.13 -> 2,404\.45 CNY \| \+522\.32 \| 522\.32 \| 1 month, renews itself \|$/m,
    );
  });

  test("names the line of everything that must be mended", () => {
    const { summary } = markdownParts(rich, { lines });
    const text = afterFiles.find(([stack]) => stack === "shanghai")?.[1].split("\n") ?? [];
    const found = [...summary.matchAll(/^- \*\*`([\w-]+)`\*\*.*\(`Pulumi\.shanghai\.yaml:(\d+)`\)$/gm)];
    expect(found.map(([, id, line]) => [id, text[Number(line) - 1]?.trim()])).toEqual([
      ["cn-sg-data-ports", "- to: gate"],
      ["exposure-widened", "- to: gate"],
      ["system-disk-wiped", "image: ubuntu_24_04_x64_20G_alibase_20260916.vhd"],
      ["budget-increase", "increase: 500"],
    ]);
  });
});

describe("the answer", () => {
  const stop = (kind: ChangeReview["stops"][number]["kind"], id: string, stack = "a") => ({
    stack,
    kind,
    id,
    text: "",
  });
  const changed = stackOf("a", { state: "changed", changes: changesOf([change("update", "x")]) });
  const cases: readonly (readonly [string, Partial<ChangeReview>, string])[] = [
    ["no stack", {}, "No changes to 0 stacks: main 1a2b3c4d5 -> branch"],
    ["no change", { stacks: [stackOf("a"), stackOf("b")] }, "No changes to 2 stacks: main 1a2b3c4d5 -> branch"],
    ["a change", { stacks: [changed, stackOf("b")] }, "Nothing stops this change to 1 stack"],
    [
      "one rule at many places",
      { stacks: [changed], stops: [stop("rule", "r"), stop("rule", "r")] },
      "Stop: 1 rule broken",
    ],
    [
      "a rule in two stacks",
      { stacks: [changed], stops: [stop("rule", "r"), stop("rule", "r", "b")] },
      "Stop: 2 rules broken",
    ],
    [
      "hazards",
      { stacks: [changed], stops: [stop("hazard", "h"), stop("hazard", "h")] },
      "Stop: 2 hazards not accepted",
    ],
    [
      "everything",
      { stops: [stop("budget", "b"), stop("unreadable", "u"), stop("hazard", "h"), stop("rule", "r")] },
      "Stop: 1 stack cannot be read, 1 rule broken, 1 hazard not accepted, 1 budget limit passed",
    ],
    [
      "only its judge",
      { stacks: [stackOf("a")], judge: [{ what: "files", text: "x" }] },
      "No stack changes, but what decides how a change is judged does",
    ],
  ];

  test.each(cases)("%s", (_, parts, expected) => {
    expect(title({ ...nothing, ...parts })).toBe(expected);
  });

  test("no changes is one line, in a comment and in a terminal", () => {
    const review = { ...nothing, stacks: [stackOf("a"), stackOf("b")] };
    const parts = markdownParts(review);
    expect(parts).toEqual({ summary: "No changes to 2 stacks: `main` `1a2b3c4d5` -> `branch`", details: [] });
    expect(changeText(review, plainStyle(80))).toBe("No changes to 2 stacks: main 1a2b3c4d5 -> branch\n");
  });

  test("what decides how the change is judged comes before everything else, also where no stack changes", () => {
    const { summary } = markdownParts({
      ...nothing,
      judge: [{ what: "files", text: "pipeline: .github/workflows/x.yml" }],
    });
    const [, , second, , item] = summary.split("\n");
    expect(second).toBe("**This change decides how it is judged: a person must look at**");
    expect(item).toBe("- **files**: pipeline: `.github/workflows/x.yml`");
  });

  test("a stack whose options change is told, although its resources stay", () => {
    const side = (protect: boolean) => ({ inputs: {}, options: protect ? { protect } : {} });
    const optionChanges = [
      { urn: "u", type: "t", name: "disk", component: "c", before: side(true), after: side(false) },
    ];
    const review = { ...nothing, stacks: [stackOf("a", { changes: changesOf([], { optionChanges }) })] };
    expect(changeText(review, plainStyle(80))).toContain("protect: true, removed");
  });
});

describe("money", () => {
  const small = smallSettings();
  const withGroups = (hosts: object = {}, extra: object = {}) => stackFile({ ...small, ...extra, hosts });
  const { workers } = small.hosts;
  const database = {
    timeSeries: {
      lindorm: { generation: 1, nodes: 2, node: "lindorm.g.xlarge", storage: { GiB: 160, kind: "standard" } },
      reachableFrom: ["workers"],
    },
  };

  test.each([
    ["an addition without a price makes it a lower bound", [{ workers }], [{ workers }, database], /, at least;/],
    ["one that goes, an upper bound", [{ workers }, database], [{ workers }], /, at most;/],
    [
      "priced on both sides is neither",
      [{ workers }],
      [{ workers: { ...workers, count: 3 } }],
      /\+794\.36 CNY a month;/,
    ],
  ] as const)("%s", async (_, before, after, expected) => {
    const review = await reviewOfFiles({ test: { before: withGroups(...before), after: withGroups(...after) } });
    expect(title(review)).toMatch(expected);
  });

  test("two currencies are never added", async () => {
    const files = (site: string) => ({
      before: withGroups({}, { account: { site } }),
      after: withGroups({ workers }, { account: { site } }),
    });
    const review = await reviewOfFiles({ one: files("china"), other: files("international") });
    const currencies = new Set(review.stacks.map(({ review: own }) => own?.cost.currency));
    const said = [...title(review).matchAll(/[+-][\d,.]+ (CNY|USD) a month/g)].map(([, currency]) => currency);
    expect(said.sort()).toEqual([...currencies].sort());
  });

  test("a new stack is told with all of its cost, one that goes without", async () => {
    const review = await reviewOfFiles({
      fresh: { after: withGroups({ workers }) },
      gone: { before: withGroups({ workers }) },
    });
    const { summary } = markdownParts(review);
    expect(summary).toMatch(
      /\| `fresh` \(new\) \| \d+ \| \| \| \| 1,588\.7\d CNY \| \+1,588\.7\d \| 0\.00 \| nothing \|/,
    );
    expect(summary).toMatch(/\| `gone` \(removed\) \| \| \| \| \d+ \|/);
  });
});

describe("every part of a report", () => {
  const review = everything(rich);
  const text = changeText(review, plainStyle(400));

  test.each([
    [
      "what is deleted and stays in the cloud",
      "deleted: workers-03-data (ecs Instance): stays in the cloud, and nobody manages it any more",
    ],
    ["why it is replaced: the provider", "zoneId cannot be changed in place"],
    ["by a dependency", "vswitchId uses network-vswitch, replaced too"],
    ["by an option", "imageId changes, and the program says that this replaces it"],
    ["in which order", "the whole resource, as the preview says, the old one goes first"],
    ["a former name", "was urn:pulumi:gone::china::a$b::old-name"],
    ["a property", 'tags["a b"]: old tag -> new tag'],
    ["a secret", "token: a secret, added"],
    ["what only tells a secret by its name", "password: changed, not shown"],
    ["also within a value", '"secretKey":"not shown"'],
    ["an unknown", "vpcId: vpc-1 -> not known before the deployment"],
    ["a long text", "description: nothing -> a text of 319 characters, sha256"],
    ["user data", "userData: changed, shown line by line below"],
    ["a line that goes", "- echo one first line"],
    ["and one that comes", "+ echo other first line"],
    ["an accepted hazard", "accepted until 2027-01-31 by the data team: it is not used any more"],
    ["why a stack cannot be read", "cannot be read: before the change: its program ended with an exception"],
    ["a rule of which nothing else is known", "cn-unknown-rule: a rule of which nothing else is known"],
    ["a subscription that is given up", "its subscription of 1 year (a big host) is given up"],
    ["a saving that comes later", "12.00 of the saving a month comes only when the terms have ended"],
    ["a figure of which only the size is known", "about 1,882.13 -> 2,404.45 CNY"],
    ["attachments of several hosts together", "instanceId uses workers-01, workers-02, replaced too"],
    ["what is paid by use", "by use: +3.00 a month, as the stack file states it"],
    ["the money of a program without settings", "theirs: gate: -272.05 a month"],
    ["and its rules", "theirs: 43 rules, profile baseline"],
    ["a term that buys nothing", "workers-08: 1 month -> 2 months buys nothing"],
    ["a type that is not known", "other:cloud/thing:Thing (2)"],
    ["a rule's advice", "cn-disk-cmk: Disks under a key of one's own."],
    ["an accepted entry", "until 2027-02-28: cn-flow-log on network, by data-team: no personal data yet"],
  ])("%s", (_, expected) => {
    expect(text).toContain(expected);
  });

  test("no secret is in any format", () => {
    for (const one of [text, markdownReport(review, true)]) expect(one).not.toMatch(/hunter|"three"/);
  });
});

describe("the size of a comment", () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      stack: "a",
      kind: "hazard" as const,
      id: `h${at}`,
      text: `hazard number ${at}: ${"word ".repeat(60)}`,
    }));
  const stack = stackOf("a", {
    state: "changed",
    changes: changesOf(
      Array.from({ length: 300 }, (_, at) => change("delete", `host-${at}`, { component: `group-${at}` })),
    ),
  });

  test.each([
    0, 1, 19, 20, 21, 50, 400,
  ])("%i stops: the summary fits, and what is cut from it stands whole in the details", (count) => {
    const review = { ...nothing, stacks: [stack], stops: many(count) };
    const { summary, details } = markdownParts(review);
    expect(summary.length).toBeLessThanOrEqual(12_000);
    const all = [summary, ...details.map(({ body }) => body)].join("\n");
    for (const { id } of review.stops) expect(all).toContain(`\`${id}\``);
    for (let at = 0; at < 300; at++) expect(all).toContain(`\`host-${at}\``);
  });

  test("hundreds of stacks fit too", () => {
    const stacks = Array.from({ length: 500 }, (_, at) =>
      stackOf(`stack-${at}`, { state: "changed", changes: changesOf([change("update", "x")]) }),
    );
    expect(markdownParts({ ...nothing, stacks }).summary.length).toBeLessThanOrEqual(12_000);
  });
});
