import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bestCandidate, tagRanks } from "../../../../components/bootstrap/python/choose.ts";
import { compatibleTags } from "../../../../components/bootstrap/python/tags.ts";
import { parseWheelName } from "../../../../components/bootstrap/python/wheel.ts";
import { askPackaging, committedLock, fromPlain, type PlainTarget } from "../support.ts";

const TARGETS: readonly PlainTarget[] = ["3.8", "3.10", "3.11", "3.12", "3.13", "3.14"].flatMap((python) =>
  (["x86_64", "aarch64"] as const).flatMap((arch) =>
    ["2.5", "2.16", "2.17", "2.28", "2.35", "2.36", "2.39", "2.41"].map((glibc) => ({ python, arch, glibc })),
  ),
);

// One Python process takes a moment on a busy machine.
describe("compatible tags", { timeout: 60_000 }, () => {
  it("are those of the real packaging library, in its order", () => {
    const { tags } = askPackaging({ tags: TARGETS });
    for (const [index, plain] of TARGETS.entries()) {
      expect(compatibleTags(fromPlain(plain)), JSON.stringify(plain)).toEqual(tags[index]);
    }
    expect(tags[0]?.length).toBeGreaterThan(20);
  });

  it("never have musl, Windows, macOS or another architecture", () => {
    for (const plain of TARGETS) {
      const other = plain.arch === "x86_64" ? "aarch64" : "x86_64";
      expect(
        compatibleTags(fromPlain(plain)).filter((tag) => /musl|win|macos/.test(tag) || tag.includes(other)),
      ).toEqual([]);
    }
  });
});

describe("choice of a wheel", { timeout: 60_000 }, () => {
  const names = [...committedLock().matchAll(/"([^"]+\.whl)"/g)].map((match) => match[1] ?? "");
  // Real file names under one name, so that they compete; some with a build tag, as conda-like rebuilds have.
  const competing = names.map((name) => name.split("-").slice(-3)).map((tags) => `pkg-1.0-${tags.join("-")}`);
  const rebuilt = competing.map((name, index) =>
    name.replace("pkg-1.0-", `pkg-1.0-${index % 12}${index % 3 ? "" : "b"}-`),
  );

  // Made-up names with several tags each: what counts is the best of a wheel's tags, not the first or the worst.
  const platforms = ["manylinux_2_17", "manylinux2014", "manylinux_2_28", "manylinux1", "linux", "musllinux_1_2"];
  const madeUp = fc
    .tuple(
      fc.constantFrom("", "1-", "2-", "2b-"),
      fc.constantFrom("cp312-cp312", "cp311-abi3", "py3-none", "py2.py3-none", "cp311.cp312-cp311.cp312"),
      fc.uniqueArray(fc.constantFrom(...platforms), { minLength: 1, maxLength: 3 }),
    )
    .map(
      ([build, python, chosen]) => `pkg-1.0-${build}${python}-${chosen.map((each) => `${each}_x86_64`).join(".")}.whl`,
    );

  it("is pip's, for 1,200 random sets of wheels", () => {
    const real = fc.record({
      target: fc.constantFrom(...TARGETS),
      files: fc.uniqueArray(fc.constantFrom(...competing, ...rebuilt), { minLength: 1, maxLength: 30 }),
    });
    const synthetic = fc.record({
      target: fc.constantFrom(...TARGETS.filter(({ python, arch }) => python === "3.12" && arch === "x86_64")),
      files: fc.uniqueArray(madeUp, { minLength: 2, maxLength: 4 }),
    });
    const queries = [real, synthetic].flatMap((each) => fc.sample(each, { numRuns: 600, seed: 20261124 }));
    const { best } = askPackaging({ best: queries });
    const found = queries.map(({ target, files }, index) => {
      const ranks = tagRanks(compatibleTags(fromPlain(target)));
      const candidates = files.flatMap((filename) => {
        const wheel = parseWheelName(filename);
        return wheel ? [{ filename, sha256: undefined, wheel }] : [];
      });
      expect(candidates).toHaveLength(files.length);
      const chosen = bestCandidate(candidates, ranks)?.filename ?? null;
      // Two names may stand for the same best tag (sets of tags overlap); pip then takes the first it was shown.
      return chosen === best[index] || sameRank(chosen, best[index] ?? null, ranks)
        ? "agrees"
        : `${chosen} ${best[index]}`;
    });
    expect(found.filter((result) => result !== "agrees")).toEqual([]);
    expect(best.filter((name) => name !== null).length).toBeGreaterThan(200);
  });

  function sameRank(left: string | null, right: string | null, ranks: ReadonlyMap<string, number>): boolean {
    if (left === null || right === null) return false;
    const alone = (filename: string) => {
      const wheel = parseWheelName(filename);
      const tags = wheel?.pythons.flatMap((p) =>
        wheel.abis.flatMap((a) => wheel.platforms.map((s) => `${p}-${a}-${s}`)),
      );
      return JSON.stringify([Math.min(...(tags ?? []).map((tag) => ranks.get(tag) ?? 1e9)), wheel?.build]);
    };
    return alone(left) === alone(right);
  }
});

describe("wheel names", () => {
  it.each([
    ["a-1.0.whl"],
    ["a-1.0-py3-none-any.zip"],
    ["a-1.0-x1-py3-none-any.whl"],
    ["a-1.0-1-2-py3-none-any.whl"],
    ["a-notaversion-py3-none-any.whl"],
    ["../a-1.0-py3-none-any.whl"],
    [`a-1.0-py3-none-${"any.".repeat(100)}any.whl`],
    [""],
  ])("%j is none", (filename) => {
    expect(parseWheelName(filename)).toBeUndefined();
  });

  it("split into their parts", () => {
    expect(parseWheelName("Foo.Bar_baz-1.0+cpu.1-2b-py2.py3-none-any.whl")).toEqual({
      name: "foo-bar-baz",
      version: "1.0+cpu.1",
      build: [2, "b"],
      pythons: ["py2", "py3"],
      abis: ["none"],
      platforms: ["any"],
    });
  });
});
