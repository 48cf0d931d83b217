import { clientOf, firstOwn, type Settings } from "./adapter.ts";
import { textField } from "./fields.ts";
import type { Forge } from "./forge.ts";
import { issueApi } from "./issue-api.ts";

const advice = {
  401: "GITEA_TOKEN is wrong or of another server. In a workflow, give it github.token.",
  403: "The token may not do that. It needs the scopes write:issue (comment), write:repository (commit status) and read:user (to know its own comment), and its user must be able to write there.",
  404: "The token does not see that repository or pull request: is the name right, does the token's user see it, does the API's address end with /api/v1?",
  413: "Something before the server refuses so large a comment.",
};

/**
 * Gitea and Forgejo, API v1. The server names no longest comment; 65,536 characters pass every usual proxy and can be
 * read. Tried against Gitea 1.24.0 in the tests.
 */
export function gitea(settings: Settings): Forge {
  const client = clientOf(settings, {
    forge: "gitea",
    header: (secret) => ({ authorization: `token ${secret}` }),
    advice,
  });
  const { issue, comments, create, update, check } = issueApi(client, settings, 255);
  return {
    name: "gitea",
    commentLimit: 65_536,
    folds: true,
    async find(marker) {
      const { json } = await client.request("asking whose token it is", "GET", "/user");
      // Gitea 1.24 answers 500 for the comments of what is not there; here it answers 404.
      await client.request("reading the pull request", "GET", issue);
      const login = textField(json, "login");
      const own = (comment: unknown) => login !== "" && textField(comment, "user", "login") === login;
      // Gitea 1.24 sends all at once, whatever is asked; its kin and its future send pages.
      const pages = client.pages("reading the comments", comments, { limit: "50" });
      return await firstOwn(pages, marker, { id: "id", body: "body", own });
    },
    create,
    update,
    check,
  };
}
