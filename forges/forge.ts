/** A pull request as a forge names it. */
export interface PullRequest {
  /** owner/name. */
  readonly repository: string;
  readonly number: number;
}

/** A comment that this tool wrote earlier, found by its hidden marker. */
export interface OwnComment {
  readonly id: string;
  readonly body: string;
}

/** State of a check beside a commit. */
export type CheckState = "pending" | "success" | "failure";

/**
 * What is needed of a forge. Everything else (marker, which run is newer, size budget, retries) is decided above it, once.
 * Calls throw a ForgeError whose message names what to do and never a token.
 */
export interface Forge {
  readonly name: "github" | "gitea" | "gitlab" | "gitee" | "codeup";
  /** Most characters of a comment. */
  readonly commentLimit: number;
  /** Whether `<details>` folds; where not, details are written plainly. */
  readonly folds: boolean;
  /** The comment with the marker, looked for on all pages; undefined when there is none. */
  find(marker: string): Promise<OwnComment | undefined>;
  create(body: string): Promise<void>;
  update(comment: OwnComment, body: string): Promise<void>;
  /** Says the state beside the commit; a forge without checks does nothing. */
  check(commit: string, state: CheckState, text: string, link?: string): Promise<void>;
}
