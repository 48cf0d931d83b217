import { describe, expect, it } from "vitest";
import { reduceLock } from "../../../components/bootstrap/python/lock.ts";
import { readHere, target } from "./support.ts";

/** What `uv export` gives for these extras, its markers decided by the real packaging library; see uv_golden.py. */
interface UvGolden {
  readonly extras: readonly string[];
  readonly python: string;
  readonly pins: readonly string[];
}

const golden = JSON.parse(readHere("fixtures/uv-golden.json")) as readonly UvGolden[];
const fixture = readHere("fixtures/uv.lock");
const HERE = target("3.12");

function reduce(text: string, extras: readonly string[] = [], where = HERE) {
  return reduceLock(text, "uv.lock", where, extras);
}

function messages(text: string, extras: readonly string[] = []): readonly string[] {
  return reduce(text, extras).problems.map(({ message }) => message);
}

describe("a real uv.lock", () => {
  it.each(golden)("with extras $extras on Python $python gives what uv exports", ({ extras, python, pins }) => {
    const { wheels, problems } = reduce(fixture, extras, target(python, "aarch64"));
    const found = wheels.map(({ name, version }) => `${name}==${version}`);
    // markupsafe 2.1.5 is older than Python 3.13: uv locks it all the same, and a host could not install it.
    const missing = extras.includes("old") && python === "3.13" ? ["markupsafe==2.1.5"] : [];
    expect([...found, ...missing].sort()).toEqual(pins);
    expect(problems).toHaveLength(missing.length);
    if (missing.length > 0)
      expect(problems[0]?.message).toMatch(/"markupsafe 2\.1\.5".*has wheels for cp310, cp311, cp312/);
  });

  it("leaves development packages, Windows packages and the project itself out", () => {
    const names = reduce(fixture, ["table", "new"]).wheels.map(({ name }) => name);
    for (const name of ["pytest", "pywin32", "sample-project"]) {
      expect(fixture).toContain(`name = "${name}"`);
      expect(names).not.toContain(name);
    }
  });

  it("cannot have extras that exclude each other", () => {
    expect(messages(fixture, ["old", "new"])).toContainEqual(expect.stringContaining('"markupsafe" is locked 2 times'));
  });

  it("names the extras there are", () => {
    expect(messages(fixture, ["none"])).toEqual([expect.stringMatching(/no extra "none": it has .*colour-names/)]);
  });
});

const HEAD = 'version = 1\nrevision = 3\nrequires-python = ">=3.10"\n';
const WHEEL = `wheels = [{ url = "https://example.invalid/a-1.0-py3-none-any.whl", hash = "sha256:${"a".repeat(64)}" }]\n`;
const REGISTRY = 'source = { registry = "https://example.invalid/simple" }\n';

function root(dependencies: string, source = 'virtual = "."'): string {
  return `[[package]]\nname = "me"\nversion = "0"\nsource = { ${source} }\ndependencies = [${dependencies}]\n`;
}

function packageA(source = REGISTRY, more = WHEEL, version = "1.0"): string {
  return `[[package]]\nname = "a"\nversion = "${version}"\n${source}${more}`;
}

describe("uv.lock", () => {
  it("may be of an editable project", () => {
    const { wheels, problems } = reduce(HEAD + root('{ name = "A" }', 'editable = "."') + packageA());
    expect(problems).toEqual([]);
    expect(wheels.map(({ name }) => name)).toEqual(["a"]);
  });

  it("skips what only a false marker or nobody asks for", () => {
    const text = HEAD + root('{ name = "a", marker = "sys_platform == \'win32\'" }') + packageA();
    expect(reduce(text)).toEqual({ wheels: [], problems: [] });
    expect(reduce(HEAD + root("") + packageA())).toEqual({ wheels: [], problems: [] });
  });

  it.each([
    ['source = { git = "https://example.invalid/a?rev=1#2" }\n', "a git repository"],
    ['source = { path = "a-1.0-py3-none-any.whl" }\n', "a file"],
    ['source = { url = "https://example.invalid/a-1.0-py3-none-any.whl" }\n', "an address outside an index"],
    ['source = { editable = "packages/a" }\n', "a directory"],
    ['source = { directory = "packages/a" }\n', "a directory"],
  ])("refuses %s", (source, reason) => {
    expect(messages(HEAD + root('{ name = "a" }') + packageA(source))).toEqual([expect.stringContaining(reason)]);
  });

  it("follows a virtual package of the workspace without installing it", () => {
    const member =
      '[[package]]\nname = "m"\nversion = "0"\nsource = { virtual = "m" }\ndependencies = [{ name = "a" }]\n';
    const { wheels, problems } = reduce(HEAD + root('{ name = "m" }') + member + packageA());
    expect(problems).toEqual([]);
    expect(wheels.map(({ name }) => name)).toEqual(["a"]);
  });

  it("ends on circles", () => {
    const circle = packageA(REGISTRY, `dependencies = [{ name = "a", extra = ["x"] }]\n${WHEEL}`);
    const extra = '[package.optional-dependencies]\nx = [{ name = "a", extra = ["x"] }]\n';
    expect(reduce(HEAD + root('{ name = "a" }') + circle + extra).wheels).toHaveLength(1);
  });

  it.each([
    [HEAD + packageA(), "the project itself"],
    [HEAD, "no packages"],
    [HEAD.replace("version = 1", "version = 2") + root(""), "must be 1, not 2"],
    [HEAD.replace("3.10", "3.13") + root(""), 'the lock is for Python ">=3.13"'],
    [`${HEAD}supported-markers = ["sys_platform == 'win32'"]\n${root("")}`, "supported-markers"],
    [HEAD + root('{ name = "b" }'), 'needs "b", which the lock does not have'],
    [HEAD + root('{ name = "a" }') + packageA() + packageA(REGISTRY, WHEEL, "2.0"), "which is locked as 1.0, 2.0"],
    [HEAD + root('{ name = "a", marker = "?" }') + packageA(), "cannot be read"],
    [HEAD + root('{ name = "a" }') + packageA("", WHEEL), "it has no source"],
    [HEAD + root("1"), "tables with a name"],
    [HEAD + root('{ name = "a" }') + packageA(REGISTRY, WHEEL.replace("sha256:", "md5:")), "no sha256"],
    [HEAD + root('{ name = "a" }') + packageA(REGISTRY, ""), "has no wheel"],
  ])("reports a lock that is wrong (%#)", (text, reason) => {
    expect(messages(text)).toEqual([expect.stringContaining(reason)]);
  });

  it("chooses between versions by resolution-markers", () => {
    const fork = (marker: string) => `${REGISTRY}resolution-markers = ["python_full_version ${marker}"]\n`;
    const newer = packageA(fork(">= '3.12'"), WHEEL.replace("1.0", "2.0"), "2.0");
    const text = HEAD + root('{ name = "a" }') + packageA(fork("< '3.12'")) + newer;
    expect(reduce(text).wheels.map(({ version }) => version)).toEqual(["2.0"]);
    expect(reduce(text, [], target("3.11")).wheels.map(({ version }) => version)).toEqual(["1.0"]);
  });
});
