import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkOut, foreignPackages } from "../../../review/sides/checkout.ts";
import { temporaryFolder } from "../../support/command.ts";
import { projectFolder } from "../../support/stacks.ts";

const lock = (packages: object) => JSON.stringify({ name: "china", lockfileVersion: 3, packages });

test("the project's own lock file has packages of a registry only", () => {
  expect(foreignPackages(readFileSync(join(projectFolder, "package-lock.json"), "utf8"))).toEqual([]);
});

test.each([
  ["a link out of the checkout", { resolved: "../../secrets", link: true }],
  ["a link without an address", { link: true }],
  ["a repository over ssh", { resolved: "git+ssh://git@localhost/x.git#0123456789" }],
  ["a repository over https", { resolved: "git+https://localhost/x.git#0123456789" }],
  ["a file", { resolved: "file:../x.tgz" }],
  ["something that is no text", { resolved: { a: 1 } }],
])("%s is refused", (_, entry) => {
  const packages = { "": { name: "china" }, "node_modules/plain": { version: "1.0.0" }, "node_modules/x": entry };
  expect(foreignPackages(lock(packages))).toEqual(["node_modules/x"]);
});

test.each([
  ["no JSON", "no JSON"],
  ["nothing", "{}"],
  [
    "a lock of the first version, which says elsewhere where packages come from",
    JSON.stringify({ lockfileVersion: 1, dependencies: {} }),
  ],
  ["the first version with packages beside", JSON.stringify({ lockfileVersion: 1, packages: {} })],
])("%s tells nothing of its packages", (_, text) => {
  expect(foreignPackages(text)).toBeUndefined();
});

describe("a commit whose dependencies are not those of here", () => {
  /** A repository with one commit of these files. */
  function commitOfFiles(files: Readonly<Record<string, string>>): { folder: string; commit: string } {
    const folder = temporaryFolder();
    const git = (...args: string[]) =>
      execFileSync("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@localhost", ...args], {
        encoding: "utf8",
      });
    git("init", "-q");
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    git("add", "-A");
    git("commit", "-q", "-m", "files");
    return { folder, commit: git("rev-parse", "HEAD").trim() };
  }
  const manifest = JSON.stringify({ name: "china", version: "1.0.0" });
  const empty = lock({ "": { name: "china", version: "1.0.0" } });

  test("is installed, and keeps its own settings of npm, which npm did not see", async () => {
    // With this setting npm refuses a package that no Node is new enough for.
    const settings = "engine-strict=true\n";
    const strict = { name: "china", version: "1.0.0", engines: { node: ">=999" } };
    const files = {
      "package.json": JSON.stringify(strict),
      "package-lock.json": lock({ "": strict }),
      ".npmrc": settings,
    };
    const { folder, commit } = commitOfFiles(files);
    const cache = temporaryFolder();
    const checkout = await checkOut("head", commit, cache, folder);
    expect(readFileSync(join(checkout.folder, ".npmrc"), "utf8")).toBe(settings);
    expect(readdirSync(cache)).toEqual([commit]);
  });

  test.each([
    [
      "a link",
      { "package-lock.json": lock({ "node_modules/x": { link: true } }) },
      /node_modules\/x: only packages of a registry/,
    ],
    ["a shrinkwrap", { "package-lock.json": empty, "npm-shrinkwrap.json": empty }, /npm-shrinkwrap\.json/],
    [
      "a broken manifest",
      { "package.json": "{", "package-lock.json": empty },
      /cannot be installed \(npm ci\):\n {2}npm error/,
    ],
    ["no lock file", {}, /no package-lock\.json of lockfileVersion/],
  ])("with %s is refused, and nothing half-made stays", async (_, files, message) => {
    const { folder, commit } = commitOfFiles({ "package.json": manifest, ...files });
    const cache = temporaryFolder();
    await expect(checkOut("head", commit, cache, folder)).rejects.toThrow(message);
    expect(readdirSync(cache)).toEqual([]);
  });
});
