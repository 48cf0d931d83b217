import { describe, expect, it } from "vitest";
import { reduceLock } from "../../../components/bootstrap/python/lock.ts";
import { packageToml, pylock, target, wheelToml } from "./support.ts";

const HERE = target("3.12");

function messages(text: string, extras: readonly string[] = [], where = HERE): readonly string[] {
  return reduceLock(text, "pylock.toml", where, extras).problems.map(({ message }) => message);
}

function names(text: string, extras: readonly string[] = [], where = HERE): readonly string[] {
  const { wheels, problems } = reduceLock(text, "pylock.toml", where, extras);
  expect(problems).toEqual([]);
  return wheels.map(({ name, version }) => `${name} ${version}`);
}

/** A package "a" 1.0 with these wheels. */
function withWheels(...wheels: readonly string[]): string {
  return pylock(`[[packages]]\nname = "a"\nversion = "1.0"\nwheels = [${wheels.join(", ")}]\n`);
}

describe("pylock.toml", () => {
  it("takes the file name from name, url or path", () => {
    const hashes = `hashes = { sha256 = "${"B".repeat(64)}" }`;
    for (const source of [
      'url = "https://example.invalid/x/a-1.0-py3-none-any.whl?x=1#y"',
      'path = "wheels/a-1.0-py3-none-any.whl"',
      'name = "a-1.0-py3-none-any.whl", url = "https://example.invalid/download/17"',
    ]) {
      const { wheels, problems } = reduceLock(withWheels(`{ ${source}, ${hashes} }`), "pylock.web.toml", HERE);
      expect(problems).toEqual([]);
      expect(wheels).toEqual([
        { name: "a", version: "1.0", filename: "a-1.0-py3-none-any.whl", sha256: "b".repeat(64) },
      ]);
    }
  });

  it("decodes local versions in addresses and takes the version from the wheel when it is left out", () => {
    const wheel = `{ url = "https://example.invalid/a-1.0%2Bcpu-py3-none-any.whl", hashes = { sha256 = "${"a".repeat(64)}" } }`;
    expect(names(pylock(`[[packages]]\nname = "A"\nwheels = [${wheel}]\n`))).toEqual(["a 1.0+cpu"]);
  });

  it("follows markers", () => {
    const text = pylock(
      packageToml("a", "1", "marker = \"python_full_version < '3.12'\"") +
        packageToml("a", "2", "marker = \"python_full_version >= '3.12' and platform_machine == 'x86_64'\"") +
        packageToml("w", "1", "marker = \"sys_platform == 'win32'\""),
    );
    expect(names(text)).toEqual(["a 2"]);
    expect(names(text, [], target("3.11"))).toEqual(["a 1"]);
    expect(names(text, [], target("3.12", "aarch64"))).toEqual([]);
  });

  it("follows extras and default groups", () => {
    const text = pylock(
      packageToml("a", "1", "marker = \"'Big_One' in extras\"") +
        packageToml("b", "1", "marker = \"'main' in dependency_groups\"") +
        packageToml("c", "1", "marker = \"'dev' in dependency_groups\""),
      'extras = ["big-one"]\ndependency-groups = ["main", "dev"]\ndefault-groups = ["main"]',
    );
    expect(names(text)).toEqual(["b 1"]);
    expect(names(text, ["BIG.one"])).toEqual(["a 1", "b 1"]);
    expect(messages(text, ["other"])).toEqual(['the lock has no extra "other": it has big-one']);
  });

  it("keeps to requires-python and environments, of the lock and of a package", () => {
    expect(messages(pylock("packages = []", 'requires-python = ">=3.13"'))[0]).toContain(
      'the lock is for Python ">=3.13"',
    );
    expect(messages(pylock("packages = []", 'requires-python = ">=3.12,<4"'))).toEqual([]);
    expect(messages(pylock("packages = []", 'requires-python = "<3.12, >=3.8"'))[0]).toContain("<3.12");
    expect(messages(pylock("packages = []", 'requires-python = "!=3.12.*,>=3.8"'))[0]).toContain("!=3.12.*");
    expect(messages(pylock("packages = []", 'requires-python = ""'))).toEqual([]);
    expect(messages(pylock("packages = []", 'requires-python = "new"'))[0]).toContain("not a version specifier");
    expect(messages(pylock("packages = []", 'requires-python = ">=3.12.4"'))[0]).toContain("patch release");
    expect(messages(pylock("packages = []", "environments = [\"sys_platform == 'win32'\"]"))[0]).toContain(
      "environments",
    );
    expect(messages(pylock(packageToml("a", "1", 'requires-python = "<3.12"')))[0]).toContain(
      'it needs Python "<3.12"',
    );
  });

  it.each([
    ["vcs = { type = 'git', url = 'https://example.invalid/a', commit-id = 'abc' }", "version control"],
    ["directory = { path = '.' }", "--no-emit-project"],
    ["archive = { url = 'https://example.invalid/a.zip', hashes = { sha256 = 'x' } }", "an archive"],
    ["sdist = { name = 'a-1.0.tar.gz', hashes = { sha256 = 'x' } }", "has no wheel"],
  ])("refuses %s", (source, reason) => {
    const problems = messages(pylock(`[[packages]]\nname = "a"\nversion = "1.0"\n${source}\n`));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(reason);
    expect(problems[0]).toContain('"a 1.0"');
  });

  it("refuses two entries of one package", () => {
    const [problem, ...rest] = messages(pylock(packageToml("a-b", "1") + packageToml("A_B", "2")));
    expect(rest).toEqual([]);
    expect(problem).toContain('"a-b" is locked 2 times for this target (1, 2)');
  });

  it.each([
    ['{ name = "a-1.0-py3-none-any.whl", hashes = { md5 = "x" } }', "no sha256"],
    ['{ name = "a-1.0-py3-none-any.whl" }', "no sha256"],
    ['{ name = "a-1.0-py3-none-any.whl", hashes = { sha256 = "abc" } }', "64 hexadecimal digits"],
    [wheelToml("b-1.0-py3-none-any.whl"), "another package"],
    [wheelToml("a-2.0-py3-none-any.whl"), "another package or version"],
    [wheelToml("a.whl"), "not the file name of a wheel"],
    ["{ size = 1 }", "no file name"],
    [wheelToml("a-1.0-py3-none-any.whl"), "two different hashes", wheelToml("a-1.0-py3-none-any.whl", "b")],
  ])("refuses the wheel %s", (wheel, reason, other = wheel) => {
    const problems = messages(withWheels(wheel, other));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(reason);
  });

  it.each([
    [["cp310-cp310-manylinux_2_17_x86_64", "cp311-cp311-manylinux_2_17_x86_64"], "has wheels for cp310, cp311 only"],
    [["cp312-cp312-manylinux_2_40_x86_64"], "need glibc 2.40 or newer"],
    [["cp312-cp312-musllinux_1_2_x86_64", "cp312-cp312-win_amd64"], "musllinux_1_2_x86_64, win_amd64 only"],
    [["cp310-cp310-win_amd64"], "wheels for cp310 on win_amd64 only"],
    [["cp312-cp312-manylinux_2_17_aarch64"], "wheels for manylinux_2_17_aarch64 only"],
    [["cp313-abi3-manylinux_2_17_x86_64", "cp312-cp312t-linux_x86_64"], "cp312-cp312t, cp313-abi3 only"],
  ])("says why none of %j fits", (tags, reason) => {
    const problems = messages(withWheels(...tags.map((tag) => wheelToml(`a-1.0-${tag}.whl`))));
    expect(problems).toEqual([expect.stringContaining(reason)]);
    expect(problems[0]).toContain('"a 1.0": no wheel fits Python 3.12 on x86_64 with glibc 2.39');
  });

  it("reports everything at once", () => {
    const text = pylock(
      '[[packages]]\nversion = "1"\n' +
        packageToml("a", "1", 'marker = "nonsense"') +
        packageToml("b", "one") +
        '[[packages]]\nname = "c"\nversion = "1"\n' +
        '[[packages]]\nname = "d\\nevil==1"\nversion = "1"\n',
      'requires-python = ">=4"\nextras = 1',
    );
    expect(messages(text.replace('"1.0"', '"2.0"'), ["x"])).toEqual([
      expect.stringContaining('no extra "x"'),
      expect.stringContaining('lock-version must be "1.0", not "2.0"'),
      expect.stringContaining("extras must be an array"),
      expect.stringContaining('">=4"'),
      expect.stringContaining("package 1 has no name"),
      expect.stringContaining("a marker variable or a quoted value"),
      expect.stringContaining("not a version"),
      expect.stringContaining("has no wheel"),
      expect.stringContaining("not a package name"),
    ]);
  });
});
