import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { allowListFile, keepAllowList, parseAllowList, readAllowList } from "../../preflight/allow-list.ts";
import { containerDigest, containerMirror } from "../../preflight/checks/containers.ts";
import { smallSettings } from "../support/stacks.ts";
import { found, situation } from "./cloud.ts";

const digest = `@sha256:${"a".repeat(64)}`;
const small = smallSettings();

function stack(images: readonly string[], mirrors = {}) {
  const workers = {
    ...small.hosts["workers"],
    software: { docker: true, images: images.map((name) => name + digest) },
  };
  return { ...small, network: { ...small.network, wayOut: "nat" }, hosts: { workers }, mirrors };
}

const now = new Date("2026-11-25T12:00:00Z");
const list = (entries: readonly string[], at = "2026-11-20T08:00:00.000Z") => ({
  workplace: { allowList: { entries, at } },
  now,
});

test("without a list of one's own, the catalogue says yes, no, or that it does not know, with its date", async () => {
  const names = [
    "docker.io/library/python",
    "docker.io/daskdev/dask",
    "docker.io/somebody/tool",
    "docker.io/apache/spark",
  ];
  expect(await found(containerMirror, situation(stack(names), { now }))).toMatchObject([
    { status: "ok", on: `docker.io/library/python@sha256:${"a".repeat(12)}`, text: "on DaoCloud's list of 2024-08" },
    { status: "fail", text: expect.stringContaining("list of 2026-08-21: a pull is refused with 403") },
    { status: "not-checked", next: expect.stringContaining("allow-list FILE") },
    { status: "ok", text: "on DaoCloud's list of 2026-08-21" },
  ]);
});

test("a list that was kept decides, and is told when it is old", async () => {
  const of = stack(["docker.io/somebody/tool", "docker.io/library/python", "quay.io/jupyter/base/x"]);
  const entries = ["docker.io/somebody/*", "quay.io/jupyter/*"];
  const findings = await found(containerMirror, situation(of, list(entries)));
  expect(findings).toMatchObject([
    { status: "ok", text: "on DaoCloud's list kept on 2026-11-20" },
    { status: "fail", text: expect.stringContaining("not on DaoCloud's list kept on 2026-11-20") },
    { status: "fail" },
  ]);
  expect(findings[0]?.next).toBeUndefined();
  const [old] = await found(containerMirror, situation(of, list(entries, "2026-09-01T08:00:00.000Z")));
  expect(old).toMatchObject({ status: "ok", next: expect.stringMatching(/^85 days ago/) });
});

test("images of one's own registry, and stacks without any, are not the mirror's", async () => {
  expect(await found(containerMirror, situation(small))).toEqual([]);
  expect(await found(containerDigest, situation(small))).toEqual([]);
  const own = "registry-vpc.cn-shanghai.aliyuncs.com/acme";
  expect(await found(containerMirror, situation(stack([`${own}/tool`], { docker: own })))).toEqual([]);
});

test("an image without its digest is named with its setting", async () => {
  const at = await situation(stack(["docker.io/library/python", "docker.io/library/redis"]));
  expect(await found(containerDigest, at)).toEqual([{ status: "ok", text: "2 of 2 by digest" }]);
  const { workers } = at.settings.hosts;
  if (workers === undefined) throw new Error("the stack has workers");
  const loose = { ...workers, software: { ...workers.software, images: ["python:3.12"] } };
  const settings = { ...at.settings, hosts: { workers: loose } };
  expect(await found(containerDigest, { ...at, settings })).toMatchObject([
    { status: "fail", on: "python:3.12", text: expect.stringContaining("china:hosts.workers.software.images") },
  ]);
});

test("a list is read line by line, without comments, and what is none is refused with its line", () => {
  const text = "# allowed\ndocker.io/library/python\r\n\nquay.io/jupyter/*  # all\nnvcr.io/**\nquay.io/jupyter/*\n";
  expect(parseAllowList(text)).toEqual(["docker.io/library/python", "quay.io/jupyter/*", "nvcr.io/**"]);
  expect(() => parseAllowList("docker.io/library/python\n<html>\n")).toThrow(/^line 2 is no entry .*<html>/);
  expect(() => parseAllowList("# nothing\n")).toThrow(/empty/);
});

test("a list is kept outside of the repository, whole, and a broken one is passed over", async () => {
  const home = mkdtempSync(join(tmpdir(), "china-allow-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const env = { HOME: home };
  const file = join(home, "allows.txt");
  await expect(keepAllowList(file, now, env)).rejects.toThrow(/cannot be read \(ENOENT\)/);
  writeFileSync(file, "docker.io/library/python\nghcr.io/astral-sh/**\n");
  const kept = await keepAllowList(file, now, env);
  expect(allowListFile(env)).toBe(join(home, ".cache", "computing-in-china", "daocloud-allow-list.json"));
  expect(await readAllowList(env)).toEqual(kept);
  writeFileSync(allowListFile(env), readFileSync(allowListFile(env), "utf8").slice(0, 40));
  expect(await readAllowList(env)).toBeUndefined();
  expect(await readAllowList({ HOME: join(home, "nobody") })).toBeUndefined();
});
