import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyProject } from "../../support/command.ts";
import { type Account, buildGitea, type Gitea, startGitea } from "../../support/gitea.ts";
import { projectFolder } from "../../support/stacks.ts";

/**
 * The whole way on a real Gitea: a pull request with this project in it, the pipeline recipe of docs/pipelines/review.sh in a
 * clone, one comment that follows the pushes, and the check beside the commit.
 */
let gitea: Gitea;
let owner: Account;
let bot: Account;
let work = "";
const repository = "acme/china";
beforeAll(async () => {
  await buildGitea((text) => process.stderr.write(`${text}\n`));
  gitea = await startGitea();
  owner = await gitea.user("acme", ["all"]);
  bot = await gitea.user("review-bot", ["write:issue", "write:repository", "read:user"]);
  await gitea.call(owner, "POST", "/user/repos", { name: "china", default_branch: "main" });
  await gitea.call(owner, "PUT", `/repos/${repository}/collaborators/review-bot`, { permission: "write" });

  work = mkdtempSync(join(tmpdir(), "china-forge-"));
  const source = join(work, "source");
  mkdirSync(source);
  copyProject(source, ["docs", "Pulumi.beijing.yaml"]);
  writeFileSync(join(source, ".gitignore"), "node_modules\nreview.json\n");
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git("commit", "-q", "-m", "main");
  git("remote", "add", "origin", gitea.url.replace("//", `//acme:${owner.password}@`).concat(`/${repository}.git`));
  git("push", "-q", "origin", "main");
}, 25 * 60_000);

afterAll(async () => {
  await gitea?.stop();
  rmSync(work, { recursive: true, force: true });
});

function git(...args: string[]): string {
  const who = ["-c", "user.name=test", "-c", "user.email=test@localhost"];
  return execFileSync("git", ["-C", join(work, "source"), ...who, ...args], { encoding: "utf8" });
}

/** A push to the branch of the pull request; its commit. */
function push(edit: (text: string) => string): string {
  const path = join(work, "source", "Pulumi.shanghai.yaml");
  writeFileSync(path, edit(readFileSync(path, "utf8")));
  git("commit", "-q", "-a", "-m", "a change");
  git("push", "-q", "origin", "HEAD:change");
  return git("rev-parse", "HEAD").trim();
}

/** What a runner does: a clone, the event, the recipe. `npm ci` is a link to the dependencies that are here already. */
function pipeline(number: number, commit: string, at: string): { status: number | null; output: string } {
  const clone = mkdtempSync(join(work, "runner-"));
  execFileSync("git", ["clone", "-q", join(work, "source"), clone]);
  execFileSync("git", ["-C", clone, "fetch", "-q", "origin", commit]);
  symlinkSync(join(projectFolder, "node_modules"), join(clone, "node_modules"));
  const tools = join(clone, ".git", "tools");
  mkdirSync(tools);
  const npm = join(tools, "npm");
  const run = `case "$1" in ci) exit 0;; esac\nshift 2; command=$1; shift; [ "$1" = -- ] && shift\nexec node cli/china.js "$command" "$@"\n`;
  writeFileSync(npm, `#!/bin/sh\n${run}`);
  chmodSync(npm, 0o755);
  const event = join(clone, ".git", "event.json");
  writeFileSync(event, JSON.stringify({ pull_request: { number, head: { sha: commit }, updated_at: at } }));
  const { status, stdout, stderr } = spawnSync("sh", ["docs/pipelines/review.sh"], {
    cwd: clone,
    encoding: "utf8",
    timeout: 120_000,
    env: {
      PATH: `${tools}:${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`,
      HOME: work,
      BASE: "origin/main",
      HEAD: commit,
      GITEA_ACTIONS: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_API_URL: `${gitea.url}/api/v1`,
      GITHUB_SERVER_URL: gitea.url,
      GITHUB_REPOSITORY: repository,
      GITHUB_RUN_ID: "1",
      GITHUB_EVENT_PATH: event,
      GITEA_TOKEN: bot.token,
    },
  });
  return { status, output: stdout + stderr };
}

/** Gitea takes a push into its database a moment later. */
async function known(branch: string, commit: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = await gitea.call(owner, "GET", `/repos/${repository}/branches/${branch}`).catch(() => undefined);
    if ((found as { commit?: { id?: string } } | undefined)?.commit?.id === commit) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Gitea does not know ${branch} at ${commit}`);
}

interface Comment {
  readonly id: number;
  readonly body: string;
}

async function comments(number: number): Promise<readonly Comment[]> {
  return (await gitea.call(owner, "GET", `/repos/${repository}/issues/${number}/comments`)) as readonly Comment[];
}

async function checkOf(commit: string): Promise<string> {
  const { state } = (await gitea.call(owner, "GET", `/repos/${repository}/commits/${commit}/status`)) as {
    state: string;
  };
  return state;
}

test("a change is reviewed in one comment, which the next push updates in place; the check follows", async () => {
  git("checkout", "-q", "-b", "change");
  const first = push((text) =>
    text
      .replace(/image: (ubuntu_24_04_x64_20G_alibase_)\d+/, "image: $120260716")
      .replace("onImageChange: at-next-rebuild", "onImageChange: rebuild")
      .replace("pay: pay-as-you-go #", "pay: { subscription: { for: 1 month, renew: never } } #")
      .replace(
        "    wayOut: nat #",
        "    sources: { world: 0.0.0.0/0 }\n    rules:\n      - { to: workers, from: world, protocol: tcp, ports: 8242 }\n    wayOut: nat #",
      ),
  );
  await known("main", git("rev-parse", "main").trim());
  await known("change", first);
  const made = await gitea.call(owner, "POST", `/repos/${repository}/pulls`, {
    base: "main",
    head: "change",
    title: "a change",
  });
  const { number } = made as { number: number };

  const stopped = pipeline(number, first, "2026-11-25T10:00:00Z");
  expect(stopped.status, stopped.output).toBe(1);
  const [comment, ...more] = await comments(number);
  expect(more).toEqual([]);
  expect(comment?.body).toMatch(/### Stop: 1 rule broken, 2 hazards not accepted\./);
  for (const id of ["cn-sg-data-ports", "exposure-widened", "system-disk-wiped"]) expect(comment?.body).toContain(id);
  expect(comment?.body).toContain("1,044.64");
  expect(comment?.body).not.toContain(bot.token);
  expect(await checkOf(first)).toBe("failure");

  // The next push takes all of it back.
  const before = git("show", "main:Pulumi.shanghai.yaml");
  const second = push(() => before);
  const passed = pipeline(number, second, "2026-11-25T10:05:00Z");
  expect(passed.status, passed.output).toBe(0);
  const after = await comments(number);
  expect(after.map(({ id }) => id)).toEqual([comment?.id]);
  expect(after[0]?.body).toMatch(/No change/);
  expect(after[0]?.body).not.toContain("Stop");
  expect(await checkOf(second)).toBe("success");

  // A run of the first push that ends late changes nothing.
  expect(pipeline(number, first, "2026-11-25T10:00:00Z").output).toContain("of a newer run");
  expect((await comments(number))[0]?.body).toMatch(/No change/);
}, 300_000);
