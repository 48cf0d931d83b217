import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markerHolds } from "../../../../components/bootstrap/python/applicability.ts";
import { evaluateMarker } from "../../../../components/bootstrap/python/markerEvaluate.ts";
import { parseMarker } from "../../../../components/bootstrap/python/markerParse.ts";
import { markerEnvironment } from "../../../../components/bootstrap/python/target.ts";
import { markers, type Scene, scenes } from "../markerSamples.ts";
import { askPackaging, committedLock, readHere, target } from "../support.ts";

const NONE: ReadonlySet<string> = new Set();

/** What we say: true, false, or "error" for a marker that cannot be read or evaluated. */
function ours(marker: string, scene: Scene): boolean | "error" {
  const parsed = parseMarker(marker);
  if (!parsed.ok) return "error";
  const extras = new Set(scene.extra === "" ? [] : [scene.extra]);
  const result = evaluateMarker(parsed.value, markerEnvironment(scene.target, scene.target.python, extras, NONE));
  return result.ok ? result.value : "error";
}

function theirs(marker: string, scene: Scene): { marker: string; environment: Record<string, string> } {
  const { values } = markerEnvironment(scene.target, scene.target.python, NONE, NONE);
  return { marker, environment: { ...values, extra: scene.extra } };
}

// One Python process takes a moment on a busy machine.
describe("markers", { timeout: 60_000 }, () => {
  it("mean what the real packaging library says, for 1,000 generated ones", () => {
    const samples = fc.sample(fc.tuple(markers, scenes), { numRuns: 1000, seed: 20261124 });
    const expected = askPackaging({ markers: samples.map(([marker, scene]) => theirs(marker, scene)) }).markers;
    const wrong = samples.flatMap(([marker, scene], index) =>
      ours(marker, scene) === expected[index] ? [] : [{ marker, scene, expected: expected[index] }],
    );
    expect(wrong).toEqual([]);
    expect(expected).not.toContain("error");
    for (const value of [true, false]) expect(expected.filter((each) => each === value).length).toBeGreaterThan(100);
  });

  it("compare versions as the real packaging library does, in every combination", () => {
    const values = ["3", "3.11", "3.12", "3.12.0", "3.12.3", "3.12.3.0", "3.13", "3.13.0b1", "3.2"];
    const comparisons = ["python_version", "python_full_version"].flatMap((name) =>
      ["<", "<=", ">", ">=", "==", "!=", "~=", "==="].flatMap((operator) =>
        values.flatMap((value) => [
          `${name} ${operator} '${value}'`,
          ...(/^[=!]=$/.test(operator) && !value.includes("b") ? [`${name} ${operator} '${value}.*'`] : []),
        ]),
      ),
    );
    const places = ["3.12.0", "3.12.3", "3.11.9", "3.13.0"].map(
      (python): Scene => ({ target: target(python), extra: "" }),
    );
    const pairs = comparisons.flatMap((marker) => places.map((scene) => [marker, scene] as const));
    const expected = askPackaging({ markers: pairs.map(([marker, scene]) => theirs(marker, scene)) }).markers;
    const wrong = pairs.flatMap(([marker, scene], index) =>
      ours(marker, scene) === expected[index] ? [] : [`${marker} in ${scene.target.python}: not ${expected[index]}`],
    );
    expect(wrong).toEqual([]);
    expect(pairs.length).toBeGreaterThan(700);
  });

  it("of the committed locks mean what the real packaging library says", () => {
    const text = committedLock() + readHere("fixtures/uv.lock");
    const found = [...new Set([...text.matchAll(/"((?:python|implementation|sys|platform|extra)_?[^"]* [^"]*)"/g)])];
    const all = [...new Set(found.map((match) => match[1] ?? ""))];
    const places = fc.sample(scenes, { numRuns: 30, seed: 1 });
    const pairs = all.flatMap((marker) => places.map((scene) => [marker, scene] as const));
    const expected = askPackaging({ markers: pairs.map(([marker, scene]) => theirs(marker, scene)) }).markers;
    expect(pairs.map(([marker, scene]) => ours(marker, scene))).toEqual(expected);
    expect(all.length).toBeGreaterThan(10);
  });

  it("that are malformed are errors here and there", () => {
    const malformed = [
      "",
      "python_version",
      "python_version >",
      "python_version > ",
      "python_version >= 3.8",
      "unknown_name == 'x'",
      "os_name = 'posix'",
      "os_name == posix",
      "os_name == 'posix' and",
      "or os_name == 'posix'",
      "(os_name == 'posix'",
      "os_name == 'posix')",
      "os_name == 'posix",
      "os_name not 'posix'",
      "os_name == 'posix' os_name == 'posix'",
      "os_name == 'posix' xor os_name == 'posix'",
      "'a' == 'b'",
      "os_name ~= 'posix'",
      "()",
    ];
    const scene: Scene = { target: target("3.12.3"), extra: "" };
    const real = askPackaging({ markers: malformed.map((marker) => theirs(marker, scene)) }).markers;
    for (const [index, marker] of malformed.entries()) {
      expect(real[index], marker).toBe("error");
      expect(ours(marker, scene), marker).toBe("error");
    }
  });

  it("of PEP 751 ask for sets", () => {
    const cases = [
      ["'A_b' in extras", true],
      ["'c' in extras", false],
      ["'c' not in extras", true],
      ["'dev' in dependency_groups and 'a-b' in extras", true],
      ["'dev' not in dependency_groups", false],
      ["extras == 'a'", "error"],
      ["extras in 'a'", "error"],
    ] as const;
    const sets = { extras: ["a-b"], dependency_groups: ["dev"] };
    const real = askPackaging({ lockMarkers: cases.map(([marker]) => ({ marker, sets })) }).lockMarkers;
    for (const [index, [marker, expected]] of cases.entries()) {
      const parsed = parseMarker(marker);
      const environment = markerEnvironment(target("3.12"), "3.12.3", new Set(["a-b"]), new Set(["dev"]));
      const result = parsed.ok ? evaluateMarker(parsed.value, environment) : parsed;
      expect(result.ok ? result.value : "error", marker).toBe(expected);
      // A packaging older than 25 has no sets and answers null.
      expect([expected, null], marker).toContain(real[index]);
    }
  });

  it("know several extras at once, and === on texts", () => {
    const selection = { target: target("3.12"), extras: new Set(["a", "b"]), groups: NONE };
    const cases = {
      "extra == 'b'": true,
      "extra != 'B'": false,
      "extra == 'c'": false,
      "sys_platform === 'Linux'": true,
    };
    for (const [marker, value] of Object.entries(cases)) {
      expect(markerHolds(marker, selection), marker).toEqual({ ok: true, value });
    }
  });

  it("of great depth or length are refused without a crash", () => {
    const selection = { target: target("3.12"), extras: NONE, groups: NONE };
    const long = Array.from({ length: 900 }, () => "os_name == 'a'").join(" or ");
    expect(markerHolds(long, selection)).toEqual({ ok: true, value: false });
    for (const marker of [`${"(".repeat(15_000)}`, `${long} or ${long}`]) {
      expect(markerHolds(marker, selection)).toMatchObject({ ok: false });
    }
  });

  it("that tell patch releases apart need one in the target", () => {
    const marker = "python_full_version >= '3.11.3'";
    const holds = (python: string) => markerHolds(marker, { target: target(python), extras: NONE, groups: NONE });
    expect(holds("3.11")).toMatchObject({ ok: false, message: expect.stringContaining("patch release") });
    expect(holds("3.11.2")).toEqual({ ok: true, value: false });
    expect(holds("3.11.3")).toEqual({ ok: true, value: true });
    expect(holds("3.12")).toEqual({ ok: true, value: true });
  });

  it("cannot ask for the kernel, which nobody knows yet", () => {
    const result = markerHolds("platform_release >= '6'", { target: target("3.12"), extras: NONE, groups: NONE });
    expect(result).toMatchObject({ ok: false, message: expect.stringContaining("platform_release") });
  });
});
