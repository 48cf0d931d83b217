import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commitOf, relationOf } from "../../deploy/commit.ts";
import { reviewOfPreview } from "../../review/preview/review.ts";
import { events, stackUrn, step, urn } from "../review/preview/made.ts";
import { temporaryFolder } from "../support/command.ts";

test("the commit of a folder, with a word where files differ from it, and how an older one stands to it", async () => {
  const folder = temporaryFolder();
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
      encoding: "utf8",
    }).trim();
  expect(await commitOf(folder)).toBeUndefined();
  git("init", "-q", "-b", "main");
  git("commit", "-q", "--allow-empty", "-m", "one");
  const first = git("rev-parse", "HEAD");
  expect(await commitOf(folder)).toBe(first);
  expect(await relationOf(folder, first)).toBe("this commit");
  writeFileSync(join(folder, "file"), "text");
  expect(await commitOf(folder)).toBe(`${first}+changes`);
  git("add", ".");
  git("commit", "-q", "-m", "two");
  expect(await relationOf(folder, `${first}+changes`)).toBe("1 commit before this one");
  const second = git("rev-parse", "HEAD");
  git("checkout", "-q", "--detach", first);
  expect(await relationOf(folder, second)).toBe("not in the history of this commit");
  expect(await relationOf(folder, "f".repeat(40))).toBe("a commit that is not here");
  expect(await relationOf(folder, "--help")).toBeUndefined();
});

test("the review of a preview says which commit runs, and believes nothing else of that name", () => {
  const host = step("create", urn("alicloud:vpc/network:Network", "net"), undefined, { cidrBlock: "10.0.0.0/16" });
  const before = (commit: unknown) => {
    const stack = { urn: stackUrn, type: "pulumi:pulumi:Stack", custom: false, outputs: { commit } };
    const text = events([host]).replaceAll(
      '"custom":false',
      `"custom":false,"outputs":${JSON.stringify(stack.outputs)}`,
    );
    return reviewOfPreview(text, { today: "2026-11-25" }).before;
  };
  expect(before("a".repeat(40))).toEqual({ ref: "what is deployed", commit: "a".repeat(40) });
  expect(before(`${"a".repeat(40)}+changes`).ref).toContain("not committed");
  for (const other of ["main", 7, null, `${"a".repeat(40)}\n# x`])
    expect(before(other)).toEqual({ ref: "what is deployed" });
});
