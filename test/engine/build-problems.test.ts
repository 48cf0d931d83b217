import { describe, expect, test } from "vitest";
import { type BuildFacts, buildProblems, toolchainNote } from "../../engine/build-problems.ts";
import { explainGo } from "../../engine/go-errors.ts";
import { compareVersions, versionIn } from "../../engine/versions.ts";

const gib = 2 ** 30;
const space = { what: "modules", folder: "/go", device: 1, free: 20 * gib, needed: 3 * gib };
const good: BuildFacts = {
  go: { version: "1.26.8", toolchain: "local" },
  wantedGo: "1.26",
  memory: 9 * gib,
  spaces: [space],
};
const textOf = (facts: BuildFacts) => buildProblems(facts).map(({ kind, text }) => `${kind}: ${text}`);

describe("what stands against a build is said before it begins", () => {
  test("nothing, where everything is there", () => {
    expect(textOf(good)).toEqual([]);
  });

  test("no Go", () => {
    const { go: _, ...facts } = good;
    expect(textOf(facts)).toEqual([
      expect.stringMatching(/^go: Go 1\.26 or newer is not on the PATH.*golang\.google\.cn/),
    ]);
  });

  // What Go 1.25.0 did with these modules, 2026-11-25: auto fetched 1.26.0; local and path failed.
  test.each([
    ["1.26", "local", true, undefined],
    ["1.26.0", "local", true, undefined],
    ["1.27.1", "local", true, undefined],
    ["1.25.0", "auto", true, /it will fetch 1\.26/],
    ["1.25.0", "go1.25.0+auto", true, /it will fetch 1\.26/],
    ["1.21.0", "auto", true, /it will fetch 1\.26/],
    ["1.25.0", "local", false, /GOTOOLCHAIN=local forbids it.*or GOTOOLCHAIN=auto/],
    ["1.25.0", "path", false, /GOTOOLCHAIN=path forbids it/],
    ["1.25.0", "go1.25.0+path", false, /forbids it/],
    ["1.25.0", "go1.25.0", false, /forbids it/],
    ["1.20.14", "", false, /^go: Go is 1\.20\.14, needed is 1\.26 or newer: https/],
    ["1.9", "auto", false, /^go: Go is 1\.9, /],
  ])("Go %s with GOTOOLCHAIN=%s", (version, toolchain, can, words) => {
    const facts = { ...good, go: { version, toolchain } };
    const problems = textOf(facts);
    expect(problems).toHaveLength(can ? 0 : 1);
    const said = can ? toolchainNote(facts) : problems[0];
    if (words === undefined) expect(said).toBeUndefined();
    else expect(said).toMatch(words);
  });

  test.each([
    [8 * gib, 0],
    [8 * gib - 1, 1],
    [undefined, 0],
  ])("memory: %j bytes available", (memory, count) => {
    const { memory: _, ...rest } = good;
    expect(textOf(memory === undefined ? rest : { ...rest, memory })).toHaveLength(count);
  });

  test("disk: needs on one file system add up", () => {
    const spaces = [space, { ...space, what: "temporary files", folder: "/tmp", needed: 18 * gib }];
    expect(textOf({ ...good, spaces })).toEqual([
      "shortage: disk: 20.0 GiB free, 21.0 GiB needed\n  modules: 3.0 GiB in /go\n  temporary files: 18.0 GiB in /tmp",
    ]);
    expect(textOf({ ...good, spaces: spaces.map((s, device) => ({ ...s, device })) })).toEqual([]);
  });

  test("everything at once", () => {
    const facts = {
      go: { version: "1.20", toolchain: "" },
      wantedGo: "1.26",
      memory: gib,
      spaces: [{ ...space, free: 0 }],
    };
    expect(buildProblems(facts).map((p) => p.kind)).toEqual(["go", "shortage", "shortage"]);
  });
});

describe("what Go complains of, and what to do", () => {
  test.each([
    [
      'go: x: Get "https://proxy.golang.org/x": dial tcp 142.250.0.1:443: i/o timeout',
      /goproxy\.cn.*mirrors\.aliyun\.com/s,
    ],
    ["go: x@v1: reading https://proxy/x.zip: 403 Forbidden", /does not serve/],
    ["verifying x@v1: checksum mismatch", /go\.sum/],
    ["write /tmp/go-build/b001: no space left on device", /disk is full/],
    ["github.com/aliyun/terraform-provider-alicloud/alicloud: /usr/lib/go/compile: signal: killed", /memory/],
    ['go: cannot find "go1.26.0" in PATH', /too old/],
    ["go: go.mod requires go >= 1.26 (running go 1.25.0; GOTOOLCHAIN=local)", /too old/],
  ])("%s", (line, advice) => {
    expect(explainGo(["net/http", line])?.join("\n")).toMatch(advice);
  });

  test("nothing, for what is not known", () => {
    expect(explainGo(["main.go:3: undefined: x"])).toBeUndefined();
  });
});

describe("versions", () => {
  test.each([
    ["1.26", "1.26.0", 0],
    ["3.256.0", "3.255.9", 1],
    ["3.9.0", "3.10.0", -1],
    ["v3.256.0", "3.256.0", 0],
    ["3.260.0-alpha.1", "3.260.0", 0],
  ])("%s against %s", (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b))).toBe(sign);
    expect(Math.sign(compareVersions(b, a)) + sign).toBe(0);
  });

  test.each([
    ["v3.259.0\n", "3.259.0"],
    ["warning: A new version is there\nv3.259.0-dev+x\n", "3.259.0-dev+x"],
    ["3.108.0", "3.108.0"],
    ["version", undefined],
    ["", undefined],
  ])("in %j", (text, version) => {
    expect(versionIn(text)).toBe(version);
  });
});
