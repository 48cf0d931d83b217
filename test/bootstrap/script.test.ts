import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { shellQuote, shellWords } from "../../components/bootstrap/quote.ts";
import { rerunScript } from "../../components/bootstrap/rerun.ts";
import { bootstrapScript, stepsOf } from "../../components/bootstrap/script.ts";
import { fstabField } from "../../components/bootstrap/step-data-disk.ts";
import { cases } from "../support/thorough.ts";
import { hostile, sampleSettings } from "./hostile.ts";
import { alinux, bare, worker } from "./samples.ts";
import { run } from "./tools.ts";

const folder = mkdtempSync(join(tmpdir(), "script-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("steps come in this order", () => {
  expect(stepsOf(worker()).map(({ name }) => name)).toEqual([
    "data-disk",
    "users",
    "files",
    "time-zone",
    "packages",
    "ntp",
    "python",
    "docker",
    "images",
    "command-1",
  ]);
  expect(stepsOf(bare).map(({ name }) => name)).toEqual(["users", "files", "time-zone", "ntp"]);
});

describe("a shell reads what was meant", () => {
  test(`sh takes ${cases(1_000)} scripts made of hostile strings, and what Cloud Assistant sends`, () => {
    const settings = sampleSettings(cases(1_000));
    const scripts = [...settings.map(bootstrapScript), ...settings.slice(0, 20).map(rerunScript)];
    const names = scripts.map((script, index) => {
      writeFileSync(join(folder, `${index}.sh`), script);
      return `${index}.sh`;
    });
    const ran = run("sh", ["-c", 'for file; do sh -n "$file" || echo "$file"; done', "sh", ...names], { cwd: folder });
    expect(ran.stdout + ran.stderr).toBe("");
  }, 60_000);

  test.each(["sh", "bash"])("%s gets every hostile string back as one word", (shell) => {
    const words = fc.sample(hostile, { numRuns: 2000, seed: 20261124 });
    const ran = run(shell, [], { input: `printf '%s\\0' ${shellWords(words)}\n` });
    expect(ran.stdout.split("\0").slice(0, -1)).toEqual(words);
  });

  test("a NUL cannot be quoted, so it is refused", () => {
    expect(() => shellQuote("a\0b")).toThrow(RangeError);
  });

  test.each([
    ["worker", worker()],
    ["alinux", worker(alinux)],
    ["bare", bare],
  ])("bash as sh takes %s, as RHEL's sh is", (_, settings) => {
    expect(run("bash", ["--posix", "-n"], { input: bootstrapScript(settings) }).stderr).toBe("");
  });
});

test("fstab keeps blanks of a path as octal", () => {
  expect(fstabField("/my data\t\\x")).toBe("/my\\040data\\011\\134x");
});

test("no index is ever asked beside another", () => {
  expect(bootstrapScript(worker())).not.toMatch(/extra-index/);
  expect(bootstrapScript(worker())).toMatch(/--require-hashes --no-deps --only-binary :all:/);
});
