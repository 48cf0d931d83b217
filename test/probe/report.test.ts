import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { describe, expect, test } from "vitest";
import { probeTargets } from "../../catalog/probe-targets.ts";
import { fieldReport } from "../../review/field-report/page.ts";
import {
  NotAResult,
  type ProbeResult,
  type ProbeRow,
  parseResult,
  type Word,
  words,
} from "../../review/field-report/result.ts";

function row(key: string, word: Word, more: Partial<ProbeRow> = {}): ProbeRow {
  const ms = { dns: 10, connect: 40, tls: 50, answer: 110 };
  const none = { bytes: 0, bytesPerSecond: null, address: "203.0.113.9" };
  return { key, group: "PyPI", url: "https://x/", from: "internet", class: word, detail: "", ms, ...none, ...more };
}

function run(region: string, host: string, startedAt: string, targets: ProbeRow[]): ProbeResult {
  const where = { stack: "shanghai", group: "workers", region, internet: true, os: "ubuntu 24.04", python: "3.12.3" };
  return { probe: 1, host, ...where, startedAt, finishedAt: startedAt, seconds: 60, targets };
}

const at = (hour: number) => `2026-12-01T${String(hour).padStart(2, "0")}:00:00Z`;
const lineOf = (page: string, key: string) => page.split("\n").find((line) => line.startsWith(`| ${key} |`));

describe("cells", () => {
  const cell = (...runs: ProbeResult[]) => lineOf(fieldReport(runs), "pypi")?.split(" | ")[2];

  test.each<[string, ProbeRow[], string]>([
    ["one host", [row("pypi", "works")], "works 0.21 s"],
    ["with a rate", [row("pypi", "works", { bytesPerSecond: 3_500_000 })], "works 0.21 s, 3,418 KiB/s"],
    ["that is throttled", [row("pypi", "throttled", { bytesPerSecond: 20_000 })], "throttled 0.21 s, 20 KiB/s"],
    ["that fails has no figures", [row("pypi", "reset")], "reset"],
    ["that did not check", [row("pypi", "not checked")], "not checked"],
    ["hosts that differ", [row("pypi", "reset"), row("pypi", "works"), row("pypi", "works")], "works 2, reset 1"],
    ["one that did not check says nothing", [row("pypi", "not checked"), row("pypi", "works")], "works 0.21 s"],
  ])("%s", (_, rows, wanted) => {
    expect(cell(...rows.map((one, index) => run("cn-shanghai", `h${index}`, at(index), [one])))).toBe(wanted);
  });

  test("the newest run of a host counts, in whatever order files are named", () => {
    const old = run("cn-shanghai", "h", at(1), [row("pypi", "reset")]);
    const later = run("cn-shanghai", "h", at(2), [row("pypi", "works")]);
    expect(cell(old, later)).toBe("works 0.21 s");
    expect(cell(later, old)).toBe("works 0.21 s");
    expect(fieldReport([old, later])).toContain("1 of 2 runs given");
  });

  test("regions stand side by side, each with its own", () => {
    const page = fieldReport([
      run("cn-shanghai", "h", at(1), [row("pypi", "slow")]),
      run("cn-beijing", "h", at(1), [row("pypi", "wrong DNS")]),
    ]);
    expect(page).toContain("| place | from | cn-beijing | cn-shanghai | address |");
    expect(lineOf(page, "pypi")).toContain("| wrong DNS | slow 0.21 s |");
  });
});

describe("the page", () => {
  test("says that nobody measured, and shows no result, as long as nobody did", () => {
    const page = fieldReport([]);
    expect(page).toMatch(/Nobody has run the probe in the mainland yet/);
    for (const { key } of probeTargets) expect(lineOf(page, key)?.split(" | ").length).toBe(3);
  });

  test("in docs is that page until somebody measures", () => {
    const page = readFileSync(new URL("../../docs/field-report.md", import.meta.url), "utf8");
    if (page.includes("Nobody has run the probe")) expect(page).toBe(fieldReport([]));
    else expect(page).toMatch(/^\| cn-[a-z]+ \| \d+ \| 20\d\d-/m);
  });

  test("explains every word", () => {
    const page = fieldReport([]);
    for (const word of words) expect(page).toContain(`\n| ${word} | `);
  });

  test("names no host, no address of one, and no place of one's own", () => {
    const own = row("own-lindorm", "refused", {
      url: "tcp://ld-secret.lindorm.rds.aliyuncs.com:8242",
      detail: "ld-secret",
    });
    const page = fieldReport([run("cn-shanghai", "payroll-01", at(1), [own, row("pypi", "works")])]);
    expect(page).toContain("| own-lindorm |");
    expect(page).not.toMatch(/payroll|ld-secret|203\.0\.113/);
  });

  test("whatever a server said, the page has its own headings and tables and nothing else", () => {
    const shape = (page: string) =>
      fromMarkdown(page, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }).children.map(
        ({ type }) => type,
      );
    const keys = probeTargets.map(({ key }) => key);
    const withDetails = (details: readonly string[]) => {
      const rows = details.map((detail, index) => row(keys[index] ?? "", "refused", { detail }));
      return fieldReport([run("cn-shanghai", "h", at(1), rows)]);
    };
    const plain = shape(withDetails(keys.map(() => "403")));
    const nasty = fc.string({
      minLength: 1,
      maxLength: 60,
      unit: fc.constantFrom(..."#|<>&*_`[]()!\\\n -~+=:.x1@".split("")),
    });
    const details = fc.array(nasty, { minLength: keys.length, maxLength: keys.length });
    fc.assert(
      fc.property(details, (said) => {
        const page = withDetails(said);
        expect(shape(page)).toEqual(plain);
        expect(page).not.toMatch(/^<|[^\\]<[a-z/!]/m);
      }),
      { numRuns: 1 },
    );
  });
});

describe("results", () => {
  const good = run("cn-shanghai", "h", at(1), [row("pypi", "works")]);

  test("come as JSON or as base64 of gzip, with line ends", () => {
    const text = JSON.stringify(good);
    const packed = gzipSync(text).toString("base64").replace(/.{76}/g, "$&\n");
    expect(parseResult(text, "a")).toEqual(good);
    expect(parseResult(packed, "a")).toEqual(good);
  });

  test.each<[string, string]>([
    ["no JSON", "<html>"],
    ["an empty file", ""],
    ["base64 of something else", Buffer.from("hello").toString("base64")],
    ["what unpacks to far more", gzipSync(Buffer.alloc(9_000_000, 32)).toString("base64")],
    ["a list", "[]"],
    ["another version", JSON.stringify({ ...good, probe: 2 })],
    ["an unknown word", JSON.stringify({ ...good, targets: [{ ...good.targets[0], class: "fine" }] })],
    ["a region that is none", JSON.stringify({ ...good, region: "Shanghai|" })],
  ])("%s is none", (_, text) => {
    expect(() => parseResult(text, "some.json")).toThrow(NotAResult);
    expect(() => parseResult(text, "some.json")).toThrow(/^some\.json is no result of the probe: /);
  });
});
