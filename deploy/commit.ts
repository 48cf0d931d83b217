import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Name of the stack output that says which commit was deployed. */
export const commitOutput = "commit";

/** Behind the commit when the working tree had changes that no commit has. */
export const withChanges = "+changes";

/**
 * The commit that a folder stands at, 40 hex digits, with "+changes" behind it where files differ from it or are not in it.
 * Undefined where there is no git, no commit, or no repository.
 */
export async function commitOf(folder: string): Promise<string | undefined> {
  const git = async (...args: readonly string[]) => {
    const { stdout } = await promisify(execFile)("git", ["-C", folder, ...args], {
      timeout: 10_000,
      maxBuffer: 1 << 26,
    });
    return stdout.trim();
  };
  try {
    const [commit, changed] = await Promise.all([git("rev-parse", "HEAD"), git("status", "--porcelain", "--", ".")]);
    return changed === "" ? commit : `${commit}${withChanges}`;
  } catch {
    return undefined;
  }
}
