import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Name of the stack output that says which commit was deployed. */
export const commitOutput = "commit";

/** Behind the commit when the working tree had changes that no commit has. */
export const withChanges = "+changes";

/** A commit as the output has it; anything else in an output of that name is no commit. */
export const deployedCommit = /^([0-9a-f]{40}|[0-9a-f]{64})(\+changes)?$/;

/**
 * The commit that a folder stands at, 40 hex digits, with "+changes" behind it where files differ from it or are not in it.
 * Undefined where there is no git, no commit, or no repository.
 */
export async function commitOf(folder: string): Promise<string | undefined> {
  try {
    const [commit, changed] = await Promise.all([
      git(folder, "rev-parse", "HEAD"),
      git(folder, "status", "--porcelain", "--", "."),
    ]);
    return changed === "" ? commit : `${commit}${withChanges}`;
  } catch {
    return undefined;
  }
}

/**
 * How a commit that was deployed stands to the one that a folder stands at, in words: "3 commits before this one".
 * Undefined where there is no git, and for what is no commit.
 */
export async function relationOf(folder: string, commit: string): Promise<string | undefined> {
  const [, id = ""] = deployedCommit.exec(commit) ?? [];
  if (id === "") return undefined;
  try {
    await git(folder, "rev-parse", "HEAD");
  } catch {
    return undefined;
  }
  try {
    await git(folder, "cat-file", "-e", `${id}^{commit}`);
  } catch {
    return "a commit that is not here";
  }
  try {
    await git(folder, "merge-base", "--is-ancestor", id, "HEAD");
    const since = Number(await git(folder, "rev-list", "--count", `${id}..HEAD`));
    return since === 0 ? "this commit" : `${since} ${since === 1 ? "commit" : "commits"} before this one`;
  } catch {
    return "not in the history of this commit";
  }
}

async function git(folder: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)("git", ["-C", folder, ...args], { timeout: 10_000, maxBuffer: 1 << 26 });
  return stdout.trim();
}
