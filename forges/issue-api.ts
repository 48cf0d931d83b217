import { pathOf, type Settings } from "./adapter.ts";
import { atMost } from "./fields.ts";
import type { Forge } from "./forge.ts";
import type { Client } from "./http.ts";

/** What GitHub's API and Gitea's, made after it, have in common: a pull request's own comments are those of its issue. */
export interface IssueApi extends Pick<Forge, "create" | "update" | "check"> {
  /** Path of the issue, and of its comments. */
  readonly issue: string;
  readonly comments: string;
}

/** @param longest characters of a status' description */
export function issueApi(client: Client, { context, pullRequest }: Settings, longest: number): IssueApi {
  const repository = `/repos/${pathOf(pullRequest.repository)}`;
  const issue = `${repository}/issues/${pullRequest.number}`;
  const comments = `${issue}/comments`;
  return {
    issue,
    comments,
    async create(body) {
      await client.request("writing a comment", "POST", comments, { body: { body } });
    },
    async update({ id }, body) {
      const path = `${repository}/issues/comments/${id}`;
      await client.request("changing the comment", "PATCH", path, { body: { body } });
    },
    async check(commit, state, text, link) {
      const body = {
        state,
        context,
        description: atMost(text, longest),
        ...(link === undefined ? {} : { target_url: link }),
      };
      const path = `${repository}/statuses/${commit}`;
      await client.request("setting the commit status", "POST", path, { body, repeatable: true });
    },
  };
}
