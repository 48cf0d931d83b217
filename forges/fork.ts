import { pathOf } from "./adapter.ts";
import { detect, type PlaceOptions } from "./detect.ts";
import { ForgeError } from "./errors.ts";
import { field, textField } from "./fields.ts";
import type { Timing } from "./http.ts";
import { openClient } from "./open.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The number of the pull request from a fork that a first, powerless run reviewed, for the second run (`workflow_run`)
 * that may write. GitHub leaves it out of the event for forks, and what the first run hands over is not to be believed:
 * a stranger's code could name any pull request. So GitHub is asked which open one has that branch and that commit.
 * Undefined where the run is of another kind.
 */
export async function numberOfForkRun(
  options: PlaceOptions,
  env: Environment,
  event: unknown,
  timing?: Timing,
): Promise<string | undefined> {
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
  if (number !== undefined && found.length === 1) return number;
  const what = found.length === 0 ? "no open pull request has" : `${found.length} open pull requests have`;
  throw new ForgeError(
    `github: ${what} the branch ${owner}:${branch} at ${commit.slice(0, 12)}\n` +
      (found.length === 0
        ? "  It was closed, or a newer commit is being reviewed: nothing is to be said."
        : "  Give --number."),
  );
}
