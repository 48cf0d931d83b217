import { clientOf, firstOwn, type Settings } from "./adapter.ts";
import { textField } from "./fields.ts";
import type { Forge } from "./forge.ts";
import type { Client } from "./http.ts";
import { issueApi } from "./issue-api.ts";

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
  const client = clientOf(settings, githubConnection);
  const { comments, create, update, check } = issueApi(client, settings, 140);
  return {
    name: "github",
    commentLimit: 65_536,
    folds: true,
    async find(marker) {
      const own = await author(client, settings.token);
      const pages = client.pages("reading the comments", comments, { per_page: "100" });
      return await firstOwn(pages, marker, { id: "id", body: "body", own });
    },
    create,
    update,
    check,
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
