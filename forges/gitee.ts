import { clientOf, firstOwn, pathOf, type Settings } from "./adapter.ts";
import { textField } from "./fields.ts";
import type { Forge } from "./forge.ts";

const advice = {
  401: "GITEE_TOKEN is wrong or expired: make a private token with user_info, projects, pull_requests and notes.",
  403: "The token needs user_info, projects, pull_requests and notes, and its user must be a member of the repository.",
  404: "The token does not see that repository or pull request: is the name the one in its address?",
};

/**
 * Gitee, API v5. Tried against recorded shapes only, not against a server. The token goes in a header, never as the
 * `access_token` of an address, where logs keep it. No longest comment is documented: 20,000 characters are below
 * 65,535 bytes also in Chinese. `<details>` may not fold, so details are written plainly. There is no status of a
 * commit to set; `check` does nothing.
 */
export function gitee(settings: Settings): Forge {
  const { pullRequest } = settings;
  const client = clientOf(settings, {
    forge: "gitee",
    header: (secret) => ({ authorization: `Bearer ${secret}` }),
    advice,
  });
  const pulls = `/repos/${pathOf(pullRequest.repository)}/pulls`;
  const comments = `${pulls}/${pullRequest.number}/comments`;
  return {
    name: "gitee",
    commentLimit: 20_000,
    folds: false,
    async find(marker) {
      const { json } = await client.request("asking whose token it is", "GET", "/user");
      const login = textField(json, "login");
      const own = (comment: unknown) => login !== "" && textField(comment, "user", "login") === login;
      const pages = client.pages("reading the comments", comments, { per_page: "100" }, true);
      return await firstOwn(pages, marker, { id: "id", body: "body", own });
    },
    async create(body) {
      await client.request("writing a comment", "POST", comments, { body: { body } });
    },
    async update({ id }, body) {
      await client.request("changing the comment", "PATCH", `${pulls}/comments/${id}`, { body: { body } });
    },
    async check() {},
  };
}
