import { describe, expect, it } from "vitest";
import { reduceLock } from "../../../components/bootstrap/python/lock.ts";
import type { PythonTarget } from "../../../components/bootstrap/python/types.ts";
import { pylock, target } from "./support.ts";

function only(text: string, fileName: string, where: PythonTarget = target("3.12")): string {
  const { wheels, problems } = reduceLock(text, fileName, where);
  expect(wheels).toEqual([]);
  expect(problems).toHaveLength(1);
  return problems[0]?.message ?? "";
}

describe("other files are refused with what to do instead", () => {
  it.each([
    ["requirements.txt", "uv pip compile --universal"],
    ["requirements.txt", "pip lock"],
    ["deps/requirements-dev.in", "uv export --format pylock.toml"],
    ["poetry.lock", "poetry export --format pylock.toml"],
    ["pdm.lock", "pdm export -f pylock"],
    ["Pipfile.lock", "uv export --format pylock.toml"],
    ["Pipfile", "pyproject.toml"],
    ["pyproject.toml", "uv lock"],
    ["environment.yml", "conda"],
    ["my.lock", "uv export --format pylock.toml"],
    ["pylock.a.b.toml", "pylock.<name>.toml"],
    ["", "uv.lock"],
  ])("%s: %s", (fileName, advice) => {
    expect(only("numpy==2.0.0 --hash=sha256:00", fileName)).toContain(advice);
  });

  it.each(["pylock.toml", "pylock.web.toml", "a/b/pylock.toml", "C:\\a\\pylock.toml"])("%s is not", (fileName) => {
    expect(reduceLock(pylock("packages = []"), fileName, target("3.12"))).toEqual({ wheels: [], problems: [] });
  });

  it("broken TOML says where it is broken", () => {
    expect(only("a = ", "pylock.toml")).toContain('"pylock.toml" is not valid TOML');
  });

  it("a pylock.toml that is a uv.lock, and the other way around, is not silently empty", () => {
    expect(reduceLock("version = 1\n[[package]]\nname = 'a'\n", "pylock.toml", target("3.12")).problems).not.toEqual(
      [],
    );
    expect(reduceLock(pylock("packages = []"), "uv.lock", target("3.12")).problems).not.toEqual([]);
  });
});

describe("targets", () => {
  it.each([
    [target("3"), "3.12"],
    [target("2.7"), "3.12"],
    [target("3.13t"), "3.12"],
    [target(" 3.12"), "3.12"],
    [target("3.12", "arm64" as "aarch64"), "x86_64 or aarch64"],
    [target("3.12", "x86_64", "2"), "2.39"],
    [{ ...target("3.12"), libc: { kind: "musl", version: "1.2" } as unknown as PythonTarget["libc"] }, "glibc"],
  ])("%j is refused", (where, allowed) => {
    expect(only(pylock("packages = []"), "pylock.toml", where)).toContain(allowed);
  });
});
