import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type Posted, postComment, type Review } from "../../../forges/comment.ts";
import { detect } from "../../../forges/detect.ts";
import type { Forge } from "../../../forges/forge.ts";
import { openForge } from "../../../forges/open.ts";
import { temporaryFolder } from "../../support/command.ts";
import { type Account, buildGitea, type Gitea, startGitea } from "../../support/gitea.ts";
import { projectFolder } from "../../support/stacks.ts";

/** A real Gitea 1.24.0 on loopback: a repository with pull requests, and the adapter as the command uses it. */
let gitea: Gitea;
let owner: Account;
let bot: Account;
let other: Account;
/** Scopes that docs and errors tell to give. */
const scopes = ["write:issue", "write:repository", "read:user"];
const repository = "acme/shop";

beforeAll(async () => {
  await buildGitea((text) => process.stderr.write(`${text}\n`));
  gitea = await startGitea();
  owner = await gitea.user("acme", ["all"]);
  bot = await gitea.user("review-bot", scopes);
  other = await gitea.user("mallory", scopes);
  await gitea.call(owner, "POST", "/user/repos", { name: "shop", auto_init: true, default_branch: "main" });
  for (const { name } of [bot, other]) {
    await gitea.call(owner, "PUT", `/repos/${repository}/collaborators/${name}`, { permission: "write" });
  }
}, 25 * 60_000);
afterAll(async () => await gitea?.stop());

interface PullRequest {
  readonly number: number;
  readonly commit: string;
}

async function pullRequest(branch: string): Promise<PullRequest> {
  const content = Buffer.from(`branch ${branch}\n`).toString("base64");
  await gitea.call(owner, "POST", `/repos/${repository}/contents/${branch}.txt`, {
    content,
    message: `add ${branch}`,
    new_branch: branch,
  });
  const made = await gitea.call(owner, "POST", `/repos/${repository}/pulls`, {
    base: "main",
    head: branch,
    title: branch,
  });
  const { number, head } = made as { number: number; head: { sha: string } };
  return { number, commit: head.sha };
}

function forgeOf({ number }: PullRequest, token = bot.token): Forge {
  const options = { forge: "gitea", api: gitea.url, repository, number: String(number) } as const;
  return openForge(detect(options, {}, undefined), { GITEA_TOKEN: token }, "china-review");
}

interface Comment {
  readonly id: number;
  readonly body: string;
  readonly user: { readonly login: string };
}

async function comments({ number }: PullRequest): Promise<readonly Comment[]> {
  return (await gitea.call(owner, "GET", `/repos/${repository}/issues/${number}/comments`)) as readonly Comment[];
}

async function say({ number }: PullRequest, as: Account, body: string): Promise<void> {
  await gitea.call(as, "POST", `/repos/${repository}/issues/${number}/comments`, { body });
}

function review(summary: string, validAt: string, more: Partial<Review> = {}): Review {
  return { summary, details: [], validAt, ...more };
}

const at = (minute: number) => `2026-11-25T09:${String(minute).padStart(2, "0")}:00Z`;

describe("one comment", () => {
  test("is created, updated in place, left alone by an older run and by the same one", async () => {
    const to = await pullRequest("life");
    const forge = forgeOf(to);
    const post = async (body: string, validAt: string): Promise<Posted> =>
      await postComment(forge, "shop", review(body, validAt));

    expect(await post("first", at(1))).toEqual({ outcome: "created", left: 0 });
    const [first] = await comments(to);
    expect(await post("second", at(2))).toEqual({ outcome: "updated", left: 0 });
    expect(await post("late, of an older run", at(1))).toEqual({ outcome: "older", left: 0 });
    expect(await post("second", at(2))).toEqual({ outcome: "unchanged", left: 0 });

    const there = await comments(to);
    expect(there.map(({ id, body, user }) => [id, body, user.login])).toEqual([
      [first?.id, `<!-- china-review:shop --><!-- valid-at: 2026-11-25T09:02:00.000Z -->\n\nsecond`, "review-bot"],
    ]);
  });

  test("is found behind 120 other ones", async () => {
    const to = await pullRequest("long");
    for (let i = 0; i < 60; i++) await say(to, owner, `talk ${i}`);
    await postComment(forgeOf(to), "shop", review("ours", at(1)));
    for (let i = 60; i < 120; i++) await say(to, owner, `talk ${i}`);
    expect(await postComment(forgeOf(to), "shop", review("ours again", at(2)))).toEqual({
      outcome: "updated",
      left: 0,
    });
    const there = await comments(to);
    expect(there).toHaveLength(121);
    expect(there.filter(({ body }) => body.includes("china-review")).map(({ body }) => body.split("\n\n")[1])).toEqual([
      "ours again",
    ]);
  });

  test("of another project and of somebody else who writes our marker is not ours", async () => {
    const to = await pullRequest("marker");
    await say(to, other, "<!-- china-review:shop --><!-- valid-at: 2026-11-25T09:59:00.000Z -->\n\nall is well");
    await postComment(forgeOf(to), "shop-2", review("another project", at(1)));
    expect(await postComment(forgeOf(to), "shop", review("the truth", at(2)))).toEqual({ outcome: "created", left: 0 });
    expect(await postComment(forgeOf(to), "shop", review("the truth, too", at(3)))).toEqual({
      outcome: "updated",
      left: 0,
    });
    expect((await comments(to)).map(({ body, user }) => [user.login, body.split("\n\n")[1]])).toEqual([
      ["mallory", "all is well"],
      ["review-bot", "another project"],
      ["review-bot", "the truth, too"],
    ]);
  });

  test("over the limit keeps its summary whole and says what is left out; Gitea takes it as it is", async () => {
    const to = await pullRequest("large");
    const summary = `### Stop\n\n| a | b |\n|---|--:|\n| **数据** | 1 |\n\n${"s".repeat(20_000)}`;
    const details = Array.from({ length: 9 }, (_, i) => ({ title: `part ${i}`, body: "d".repeat(10_000) }));
    expect(await postComment(forgeOf(to), "shop", review(summary, at(1), { details }))).toEqual({
      outcome: "created",
      left: 5,
    });
    const [there] = await comments(to);
    expect(there?.body).toContain(summary);
    expect(there?.body).toContain("part 3");
    expect(there?.body).not.toContain("part 4");
    expect(there?.body).toContain("5 of 9 parts of the details left out");
    expect(there?.body.length).toBeLessThanOrEqual(65_536);
    expect(await postComment(forgeOf(to), "shop", review(summary, at(1), { details }))).toMatchObject({
      outcome: "unchanged",
    });
  });
});

test("the check stands beside the commit, the newest last", async () => {
  const to = await pullRequest("check");
  const forge = forgeOf(to);
  await forge.check(to.commit, "pending", "reviewing");
  await forge.check(to.commit, "failure", `1 hazard ${"x".repeat(400)}`, "https://ci.example/run/1");
  const status = (await gitea.call(owner, "GET", `/repos/${repository}/commits/${to.commit}/status`)) as {
    statuses: readonly { context: string; status: string; target_url: string; description: string }[];
  };
  expect(status.statuses).toMatchObject([
    { context: "china-review", status: "failure", target_url: "https://ci.example/run/1" },
  ]);
  expect(status.statuses[0]?.description.startsWith("1 hazard")).toBe(true);
});

test("an answer that is lost on the way makes no second comment", async () => {
  const to = await pullRequest("lost");
  let cut = 0;
  // Passes everything on to Gitea, and cuts the connection once Gitea has written the first comment.
  const between = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = await fetch(`${gitea.url}${request.url}`, {
      method: request.method ?? "GET",
      headers: { authorization: request.headers.authorization ?? "", "content-type": "application/json" },
      body: chunks.length === 0 ? null : Buffer.concat(chunks),
    });
    const text = await answer.text();
    if (request.method === "POST" && cut++ === 0) response.destroy();
    else response.writeHead(answer.status).end(text);
  }).listen(0, "127.0.0.1");
  await once(between, "listening");
  onTestFinished(() => void between.close());
  const address = between.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const options = { forge: "gitea", api: `http://127.0.0.1:${port}`, repository, number: String(to.number) } as const;
  const forge = openForge(detect(options, {}, undefined), { GITEA_TOKEN: bot.token }, "china-review");
  expect(await postComment(forge, "shop", review("once", at(1)))).toEqual({ outcome: "created", left: 0 });
  expect(cut).toBe(1);
  expect(await comments(to)).toHaveLength(1);
});

describe("refused with what to do, once, and without the token", () => {
  const wrong = "0123456789abcdef0123456789abcdef01234567";
  const cases = [
    [
      "a wrong token",
      async () => [await pullRequest("wrong"), wrong] as const,
      /answered 401.*\n {2}GITEA_TOKEN is wrong/,
    ],
    [
      "a token without write:issue",
      async () => [await pullRequest("weak"), (await gitea.user("weak", ["read:issue", "read:user"])).token] as const,
      /writing a comment: answered 403.*\n.*write:issue/,
    ],
    [
      "a pull request that is not there",
      async () => [{ number: 999, commit: "" }, bot.token] as const,
      /acme\/shop #999: reading the pull request: answered 404.*\n.*does not see/,
    ],
  ] as const;
  test.each(cases)("%s", async (_, given, message) => {
    const [to, token] = await given();
    const failed = await postComment(forgeOf(to, token), "shop", review("x", at(1))).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Error);
    expect(String(failed)).toMatch(message);
    expect(String(failed)).not.toContain(token);
  });
});

test("the command, with JSON and a check, told by the environment of a Gitea workflow", async () => {
  const to = await pullRequest("command");
  const folder = temporaryFolder();
  const [file, event] = [join(folder, "review.json"), join(folder, "event.json")];
  writeFileSync(file, JSON.stringify({ summary: "from the command", details: [{ title: "more", body: "below" }] }));
  const head = { number: to.number, head: { sha: to.commit }, updated_at: at(5) };
  writeFileSync(event, JSON.stringify({ pull_request: head }));
  const child = spawn(process.execPath, ["cli/china.js", "comment", "--file", file, "--check", "success"], {
    cwd: projectFolder,
    env: {
      PATH: process.env["PATH"],
      GITEA_ACTIONS: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_API_URL: `${gitea.url}/api/v1`,
      GITHUB_SERVER_URL: gitea.url,
      GITHUB_REPOSITORY: repository,
      GITHUB_RUN_ID: "7",
      GITHUB_EVENT_PATH: event,
      GITEA_TOKEN: `${bot.token}\n`,
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const [code] = await once(child, "close");
  expect(output).toBe(`gitea, acme/shop #${to.number}: comment created\ncheck on ${to.commit.slice(0, 12)}: success\n`);
  expect(code).toBe(0);
  expect((await comments(to)).map(({ body }) => body)).toEqual([
    "<!-- china-review:computing-in-china --><!-- valid-at: 2026-11-25T09:05:00.000Z run: 7 -->\n\nfrom the command\n\n<details><summary>more</summary>\n\nbelow\n\n</details>",
  ]);
});
