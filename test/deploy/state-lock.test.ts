import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { holderOf, locksIn } from "../../deploy/state-lock.ts";
import { temporaryFolder } from "../support/command.ts";

const since = { username: "ops", timestamp: "2026-11-25T08:30:12.5Z" };

function state(...texts: readonly string[]): string {
  const folder = temporaryFolder();
  const locks = join(folder, ".pulumi/locks/organization/china/shanghai");
  mkdirSync(locks, { recursive: true });
  for (const [n, text] of texts.entries()) writeFileSync(join(locks, `${n}.json`), text);
  return folder;
}

const holder = (folder: string, stack = "shanghai") =>
  holderOf(locksIn(`file://${folder}?metadata=skip`, "/", "china", stack));

/** A program called pulumi that runs until the test has ended. */
function pulumi(folder: string): number {
  const program = join(folder, "pulumi");
  copyFileSync("/bin/sleep", program);
  const child = spawn(program, ["60"], { stdio: "ignore" });
  onTestFinished(() => void child.kill());
  return child.pid ?? 0;
}

test("a run of Pulumi that lives holds the stack, here and on another machine", () => {
  const folder = state();
  const here = JSON.stringify({ ...since, pid: pulumi(folder), hostname: hostname() });
  expect(holder(state(here))).toMatch(/^process \d+ of ops on \S+, since 2026-11-25 08:30 UTC$/);
  const there = JSON.stringify({ ...since, pid: 7, hostname: "elsewhere" });
  expect(holder(state(there))).toBe("process 7 of ops on elsewhere, since 2026-11-25 08:30 UTC");
  expect(holder(state(there), "beijing")).toBeUndefined();
});

test("nobody holds it: no lock, a process that is gone or is another program, a lock cut short, a bucket", () => {
  const dead = JSON.stringify({ ...since, pid: 2 ** 22 + 1, hostname: hostname() });
  const other = JSON.stringify({ ...since, pid: process.pid, hostname: hostname() });
  for (const folder of [temporaryFolder(), state(), state(dead, other, '{"pid": 12'), state("")]) {
    expect(holder(folder)).toBeUndefined();
  }
  expect(locksIn(`file://${state(dead, "{")}`, "/", "china", "shanghai")).toHaveLength(2);
  for (const address of [undefined, "s3://acme-pulumi-state", "https://api.pulumi.com"]) {
    expect(locksIn(address, "/", "china", "shanghai")).toEqual([]);
  }
});
