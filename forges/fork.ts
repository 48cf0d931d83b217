import { pathOf } from "./adapter.ts";
import { detect, type PlaceOptions } from "./detect.ts";
import { ForgeError } from "./errors.ts";
import { field, textField } from "./fields.ts";
import type { Timing } from "./http.ts";
import { openClient } from "./open.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** A pull request from a fork, as the run that may write finds it. */
export interface ForkRun {
  /** Number of the pull request. */
  readonly number: string;
  /** Why what the first run says of it is not to be posted; undefined where it may be. */
  readonly distrust?: "pipeline" | "too many files";
}

/** GitHub lists no more files of a pull request (docs.github.com, "List pull requests files"). */
const mostFiles = 3_000;

/**
 * The pull request from a fork that a first, powerless run reviewed, for the second run (`workflow_run`) that may write. GitHub
 * leaves it out of the event for forks, and what the first run hands over is not to be believed: a stranger's code could name any
 * pull request. So GitHub is asked which open one has that branch and that commit, and whether it changes .github: the first run
 * takes its steps from there, and could have written anything into its review.
 * Undefined where the run is of another kind.
 */
export async function forkRun(
  options: PlaceOptions,
  env: Environment,
  event: unknown,
  timing?: Timing,
): Promise<ForkRun | undefined> {
  const run = field(event, "workflow_run");
  const requests = field(run, "pull_requests");
  const github = options.forge === undefined || options.forge === "github";
  if (!github || env["GITHUB_ACTIONS"] !== "true" || env["GITEA_ACTIONS"] === "true" || run === undefined)
    return undefined;
  if (Array.isArray(requests) && requests.length > 0) return undefined;
  const owner = textField(run, "head_repository", "owner", "login");
  const branch = textField(run, "head_branch");
  const commit = textField(run, "head_sha");
  if (owner === "" || branch === "" || commit === "") return undefined;

  // Everything but the number is known; 1 stands in for it and is not used.
  const place = detect({ ...options, number: "1" }, env, event);
  const client = openClient(place, env, `${place.pullRequest.repository}, branch ${owner}:${branch}`, timing);
  const path = `/repos/${pathOf(place.pullRequest.repository)}/pulls`;
  const found: string[] = [];
  const query = { state: "open", head: `${owner}:${branch}`, per_page: "100" };
  for await (const page of client.pages("looking for the pull request", path, query)) {
    for (const one of page) if (textField(one, "head", "sha") === commit) found.push(textField(one, "number"));
  }
  const [number] = found;
  if (number === undefined || found.length > 1) throw notOne(found.length, `${owner}:${branch}`, commit);

  const files: string[] = [];
  for await (const page of client.pages("reading its files", `${path}/${number}/files`, { per_page: "100" })) {
    for (const one of page) files.push(textField(one, "filename"), textField(one, "previous_filename"));
    if (files.length >= 2 * mostFiles) break;
  }
  // Looked at last: the files were this commit's, and not those of one that was pushed meanwhile.
  const { json: now } = await client.request("reading the pull request", "GET", `${path}/${number}`);
  if (textField(now, "head", "sha") !== commit) throw notOne(0, `${owner}:${branch}`, commit);
  if (files.some((file) => /^\.github(\/|$)/i.test(file))) return { number, distrust: "pipeline" };
  return files.length >= 2 * mostFiles ? { number, distrust: "too many files" } : { number };
}

function notOne(count: number, branch: string, commit: string): ForgeError {
  const what = count === 0 ? "no open pull request has" : `${count} open pull requests have`;
  const why =
    count === 0 ? "  It was closed, or a newer commit is being reviewed: nothing is to be said." : "  Give --number.";
  return new ForgeError(`github: ${what} the branch ${branch} at ${commit.slice(0, 12)}\n${why}`);
}

/** What is posted instead of a review that the change could have written itself. No name of its files: those are a stranger's words. */
export function notBelieved(distrust: NonNullable<ForkRun["distrust"]>): string {
  const why =
    distrust === "pipeline"
      ? "it changes files below `.github`, from which the run that reviews it takes its steps"
      : "it has more files than GitHub lists, so nobody can tell whether it changes its own pipeline";
  return [
    "### Not reviewed: this pull request could write its own review",
    "",
    `What its run says of it is not posted: ${why}. A person must look at it, and can review it with a clone of the base:`,
    "`npm run review -- --base main --head COMMIT`.",
  ].join("\n");
}
