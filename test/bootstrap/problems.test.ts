import * as fc from "fast-check";
import { expect, test } from "vitest";
import { settingsProblems } from "../../components/bootstrap/problems.ts";
import type { BootstrapSettings } from "../../components/bootstrap/settings.ts";
import { hostileSettings } from "./hostile.ts";
import { alinux, bare, worker } from "./samples.ts";

const file = { path: "/srv/a", content: "", mode: "0644", owner: "root:root" };
const user = { name: "ops", sudo: false, docker: false, sshKeys: [] };
const pin = { name: "a", version: "1", sha256: "a".repeat(64) };
const index = { url: "https://mirrors.aliyun.com/pypi/simple/" };

test.each([worker(), worker(alinux), bare])("the samples are sound (%#)", (settings) => {
  expect(settingsProblems(settings)).toEqual([]);
});

const wrong: [string, Partial<BootstrapSettings>, string][] = [
  ["a NUL in a command", { commands: ["a\0b"] }, "commands.0"],
  ["half of a pair", { files: [{ ...file, content: "\ud83d" }] }, "files.0.content"],
  ["a path up the tree", { files: [{ ...file, path: "/srv/../etc/x" }] }, "files.0.path"],
  ["a path that is gone after a boot", { files: [{ ...file, path: "/run/x" }] }, "files.0.path"],
  ["a mode that is no string of four digits", { files: [{ ...file, mode: "644" }] }, "files.0.mode"],
  ["an owner without group", { files: [{ ...file, owner: "root" }] }, "files.0.owner"],
  ["two files at one place", { files: [file, file] }, "files"],
  ["a file over the script", { files: [{ ...file, path: "/opt/china/bootstrap.sh" }] }, "files"],
  ["a disk over the system", { dataDisk: { mount: "/var" } }, "dataDisk.mount"],
  ["a user twice", { users: [user, user] }, "users"],
  ["two keys in one", { users: [{ ...user, sshKeys: ["ssh-ed25519 AAAA\nssh-rsa BBBB"] }] }, "users.0.sshKeys.0"],
  ["a password in an address", { npmRegistry: "https://me:word@npm.example" }, "npmRegistry"],
  ["a line end in an address", { npmRegistry: "https://npm.example\n_auth=x" }, "npmRegistry"],
  ["no index", { python: { indexes: [], packages: [pin], uv: false } }, "python.indexes"],
  ["no package", { python: { indexes: [index], packages: [], uv: false } }, "python.packages"],
  [
    "one package under two spellings",
    { python: { indexes: [index], packages: [pin, { ...pin, name: "A" }], uv: false } },
    "python.packages",
  ],
  [
    "a short hash",
    { python: { indexes: [index], packages: [{ ...pin, sha256: "a" }], uv: false } },
    "python.packages.0.sha256",
  ],
  ["an image by its tag", { docker: { images: ["docker.io/library/busybox:1"] } }, "docker.images.0"],
  ["a mirror by http", { docker: { images: [], mirror: "http://a.example" } }, "docker"],
  ["a registry that is a path", { containerd: { "../x": "https://a.example" } }, "containerd.../x"],
  ["a variable that is a command", { environment: { "A=1;B": "x" } }, "environment.A=1;B"],
];

test.each(wrong)("%s", (_, settings, at) => {
  expect(settingsProblems({ ...bare, ...settings }).map((problem) => problem.at)).toEqual([at]);
});

test("any settings get an answer, never an error", () =>
  fc.assert(
    fc.property(hostileSettings, (settings) => Array.isArray(settingsProblems(settings))),
    { numRuns: 200 },
  ));
