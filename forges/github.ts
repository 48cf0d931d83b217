import { clientOf, firstOwn, pathOf, type Settings } from "./adapter.ts";
import { atMost, textField } from "./fields.ts";
import type { Forge } from "./forge.ts";
import type { Client } from "./http.ts";

const advice = {
  401: "GITHUB_TOKEN is wrong, expired or of another GitHub. In a workflow, give it github.token.",
  403: "The token may not do that. A workflow needs `permissions: pull-requests: write, statuses: write`, and gets neither for a pull request from a fork: post from a second workflow (workflow_run). A fine-grained token needs Pull requests and Commit statuses, read and write.",
  404: "The token does not see that repository or pull request: is the name right, and is the token allowed for it?",
  422: "GitHub does not take what was sent: is that commit in this repository?",
};

/** How GitHub is spoken to. */
export const githubConnection = {
  forge: "github",
  header: (secret: string) => ({ authorization: `Bearer ${secret}`, "x-github-api-version": "2022-11-28" }),
  advice,
};

/**
 * GitHub and GitHub Enterprise, REST API 2022-11-28. The pull request's own comments are those of its issue. A comment
 * may have 65,536 characters; more is refused with 422.
 */
export function github(settings: Settings): Forge {
  const { token, context, pullRequest } = settings;
  const client = clientOf(settings, githubConnection);
  const repository = `/repos/${pathOf(pullRequest.repository)}`;
  const comments = `${repository}/issues/${pullRequest.number}/comments`;
  return {
    name: "github",
    commentLimit: 65_536,
    folds: true,
    async find(marker) {
      const own = await author(client, token);
      const pages = client.pages("reading the comments", comments, { per_page: "100" });
      return await firstOwn(pages, marker, { id: "id", body: "body", own });
    },
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
        description: atMost(text, 140),
        ...(link === undefined ? {} : { target_url: link }),
      };
      const path = `${repository}/statuses/${commit}`;
      await client.request("setting the commit status", "POST", path, { body, repeatable: true });
    },
  };
}

/**
 * Whose comments are ours. The token of a workflow or an app (ghs_) may not ask who it is; its comments are a bot's, and
 * no person who comments on a pull request is one.
 */
async function author(client: Client, token: string): Promise<(comment: unknown) => boolean> {
  if (token.startsWith("ghs_")) return (comment) => textField(comment, "user", "type") === "Bot";
  const { json } = await client.request("asking whose token it is", "GET", "/user");
  const login = textField(json, "login");
  return (comment) => login !== "" && textField(comment, "user", "login") === login;
}
