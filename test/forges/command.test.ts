import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../support/command.ts";
import { projectFolder } from "../support/stacks.ts";
import { serve } from "./server.ts";

const sha = "0123456789012345678901234567890123456789";
const token = "ghs_0123456789abcdefABCDEF";

/** Runs the command beside the test's own server, with nothing but the given environment. */
async function comment(file: string, args: readonly string[], env: Readonly<Record<string, string>>, input = "") {
  const command = ["cli/china.js", "comment", "--file", file, ...args];
  const child = spawn(process.execPath, command, { cwd: projectFolder, env: { PATH: process.env["PATH"], ...env } });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  child.stdin.end(input);
  const [code] = await once(child, "close");
  return { code, output };
}

function fileOf(name: string, content: unknown): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

/** GitHub beside a run of a fork: the pull request's files, and its head when it is looked at again. */
async function afterFork(files: readonly object[], headNow = sha) {
  const { url, seen } = await serve(({ method, path }) => {
    if (path.startsWith("/repos/acme/shop/pulls?")) {
      return {
        json: [
          { number: 6, head: { sha: "f".repeat(40) } },
          { number: 7, head: { sha } },
        ],
      };
    }
    if (path.startsWith("/repos/acme/shop/pulls/7/files")) return { json: files };
    if (path === "/repos/acme/shop/pulls/7") return { json: { number: 7, head: { sha: headNow } } };
    return { status: method === "GET" ? 200 : 201, json: [] };
  });
  const run = {
    id: 55,
    head_sha: sha,
    head_branch: "patch-1",
    head_repository: { owner: { login: "stranger" } },
    created_at: "2026-11-25T08:00:00Z",
    pull_requests: [],
  };
  const env = {
    GITHUB_ACTIONS: "true",
    GITHUB_API_URL: url,
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_REPOSITORY: "acme/shop",
    GITHUB_REF: "refs/heads/main",
    GITHUB_RUN_ID: "99",
    GITHUB_EVENT_PATH: fileOf("event.json", { workflow_run: run }),
    GITHUB_TOKEN: token,
  };
  // A time that a stranger's run wrote does not count.
  const review = fileOf("review.json", { summary: "### Stop", details: [], validAt: "2026-11-25T09:59:59Z" });
  return { seen, ...(await comment(review, ["--project", "shop", "--check", "success"], env)) };
}

test("the second run of a fork's pull request: GitHub is asked which it is, then comment and check", async () => {
  const { code, output, seen } = await afterFork([{ filename: "Pulumi.shanghai.yaml" }, { filename: "x.github/y" }]);
  expect(output).toBe("github, acme/shop #7: comment created\ncheck on 012345678901: success\n");
  expect(code).toBe(0);
  expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "GET /repos/acme/shop/pulls?state=open&head=stranger%3Apatch-1&per_page=100",
    "GET /repos/acme/shop/pulls/7/files?per_page=100",
    "GET /repos/acme/shop/pulls/7",
    "GET /repos/acme/shop/issues/7/comments?per_page=100",
    "POST /repos/acme/shop/issues/7/comments",
    `POST /repos/acme/shop/statuses/${sha}`,
  ]);
  expect(seen[4]?.body).toEqual({
    body: "<!-- china-review:shop --><!-- valid-at: 2026-11-25T08:00:00.000Z run: 55 -->\n\n### Stop",
  });
});

test.each([
  ["a workflow", [{ filename: "a.ts" }, { filename: ".github/workflows/review-fork.yml" }]],
  ["a workflow that moves away", [{ filename: "a.yml", previous_filename: ".github/workflows/a.yml" }]],
  ["more files than are listed", Array.from({ length: 3_000 }, (_, n) => ({ filename: `${n}.ts` }))],
])("a fork's own words are not posted where it changes %s, and the check fails", async (_, files) => {
  const { code, output, seen } = await afterFork(files);
  expect(code).toBe(0);
  expect(output).toMatch(/check on 012345678901: failure\n$/);
  const posted = seen.find(({ method, path }) => method === "POST" && path.endsWith("/comments"))?.body;
  expect(JSON.stringify(posted)).toContain("could write its own review");
  expect(JSON.stringify(posted)).not.toContain("### Stop");
});

test("a fork that is pushed to while it is looked at says nothing", async () => {
  const { code, output, seen } = await afterFork([{ filename: "a.ts" }], "e".repeat(40));
  expect(code).toBe(1);
  expect(output).toMatch(/no open pull request has the branch stranger:patch-1 at 012345678901/);
  expect(seen.filter(({ method }) => method === "POST")).toEqual([]);
});

test("a fork's run whose commit no open pull request has says nothing", async () => {
  const { url, seen } = await serve(() => ({ json: [{ number: 6, head: { sha: "f".repeat(40) } }] }));
  const run = {
    head_sha: sha,
    head_branch: "x",
    head_repository: { owner: { login: "s" } },
    created_at: "2026-11-25T08:00:00Z",
    pull_requests: [],
  };
  const event = fileOf("event.json", { workflow_run: run });
  const env = {
    GITHUB_ACTIONS: "true",
    GITHUB_API_URL: url,
    GITHUB_REPOSITORY: "acme/shop",
    GITHUB_EVENT_PATH: event,
    GITHUB_TOKEN: token,
  };
  const { code, output } = await comment(fileOf("r.md", "x"), [], env);
  expect([code, seen.length]).toEqual([1, 1]);
  expect(output).toMatch(/no open pull request has the branch s:x at 012345678901/);
});

describe("refuses, says why, and shows no token", () => {
  const to = (url: string) => ["--forge", "github", "--api", url, "--repository", "acme/shop", "--number", "7"];
  test("what the forge refuses, echoing the token", async () => {
    const { url } = await serve(() => ({ status: 403, json: { message: `token ${token} may not` } }));
    const { code, output } = await comment("-", to(url), { GITHUB_TOKEN: token }, "text");
    expect(code).toBe(1);
    expect(output).toMatch(/#7: reading the comments: answered 403: token \*\*\* may not\n {2}.*pull-requests: write/);
  });

  test.each<[string, unknown, readonly string[], Readonly<Record<string, string>>, RegExp]>([
    ["no token", "text", to("http://127.0.0.1:9"), {}, /GITHUB_TOKEN or GH_TOKEN is not set/],
    ["an empty file", " \n", [], {}, /is empty/],
    ["JSON of another shape", { summary: "", text: 1 }, [], {}, /is no review[\s\S]*summary/],
    [
      "a check without commit",
      "text",
      [...to("http://127.0.0.1:9"), "--check", "success"],
      { GITHUB_TOKEN: token },
      /give --commit/,
    ],
    ["plain http to elsewhere", "text", to("http://git.example"), { GITHUB_TOKEN: token }, /https:\/\//],
  ])("%s", async (_, content, args, env, message) => {
    const { code, output } = await comment(fileOf("review", content), args, env);
    expect(code).toBe(2);
    expect(output).toMatch(message);
    expect(output).not.toContain(token);
  });
});
