import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { foreignPackages } from "../../../review/sides/checkout.ts";
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

test("what is no lock file is npm's to refuse", () => {
  expect(foreignPackages("no JSON")).toEqual([]);
  expect(foreignPackages("{}")).toEqual([]);
});
