import { clientOf, firstOwn, type Settings } from "./adapter.ts";
import { atMost, textField } from "./fields.ts";
import type { CheckState, Forge } from "./forge.ts";

const advice = {
  401: "GITLAB_TOKEN is wrong, expired or of another server. CI_JOB_TOKEN cannot write comments: make a project access token with the scope api and the role Reporter, Developer for the commit status.",
  403: "The token needs the scope api and the role Reporter to comment, Developer to set a commit status.",
  404: "The token does not see that project or merge request: is the path right, is the number the one in its address (IID)?",
};

const states: Readonly<Record<CheckState, string>> = { pending: "running", success: "success", failure: "failed" };

/**
 * GitLab, API v4: a merge request's notes, each up to 1,000,000 characters. Tried against recorded shapes only, not
 * against a server. `repository` is the project's whole path or its number.
 */
export function gitlab(settings: Settings): Forge {
  const { context, pullRequest } = settings;
  const client = clientOf(settings, { forge: "gitlab", header: (secret) => ({ "private-token": secret }), advice });
  const project = `/projects/${encodeURIComponent(pullRequest.repository)}`;
  const notes = `${project}/merge_requests/${pullRequest.number}/notes`;
  return {
    name: "gitlab",
    commentLimit: 1_000_000,
    folds: true,
    async find(marker) {
      const { json } = await client.request("asking whose token it is", "GET", "/user");
      const user = textField(json, "username");
      const own = (note: unknown) => user !== "" && textField(note, "author", "username") === user;
      const query = { per_page: "50", sort: "asc", order_by: "created_at" };
      return await firstOwn(client.pages("reading the notes", notes, query), marker, { id: "id", body: "body", own });
    },
    async create(body) {
      await client.request("writing a note", "POST", notes, { body: { body } });
    },
    async update({ id }, body) {
      await client.request("changing the note", "PUT", `${notes}/${id}`, { body: { body } });
    },
    async check(commit, state, text, link) {
      const body = {
        state: states[state],
        name: context,
        description: atMost(text, 255),
        ...(link === undefined ? {} : { target_url: link }),
      };
      const path = `${project}/statuses/${commit}`;
      await client.request("setting the commit status", "POST", path, { body, repeatable: true });
    },
  };
}
