import { clientOf, firstOwn, type Settings } from "./adapter.ts";
import { misuse } from "./errors.ts";
import { atMost, field, textField } from "./fields.ts";
import type { Forge } from "./forge.ts";
import type { Client } from "./http.ts";

const advice = {
  401: "YUNXIAO_TOKEN is wrong or expired: make a personal access token (pt-…).",
  403: "The token needs, under code management, merge requests and commit status, both read and write.",
  404: "The token does not see that: are organization, repository (its number, or organization/name) and the merge request's local number right? The Region edition has no organization and an address of its own.",
};

/**
 * Codeup of Yunxiao (Alibaba Cloud DevOps), both editions: the central one names its organization, the Region edition
 * has none and an address of its own (help.aliyun.com/zh/yunxiao/developer-reference, CreateChangeRequestComment,
 * CreateCommitStatus, read 2026-11-25). Tried against recorded shapes only, not against a server. A comment may have
 * 65,535 characters. Whether `<details>` folds is not documented, so details are written plainly. Comments are known by
 * their marker alone: only members of the organization can write one.
 */
export function codeup(settings: Settings & { readonly organization?: string }): Forge {
  const { context, pullRequest, organization } = settings;
  const client = clientOf(settings, { forge: "codeup", header: (secret) => ({ "x-yunxiao-token": secret }), advice });
  const edition = organization === undefined ? "" : `/organizations/${encodeURIComponent(organization)}`;
  const repository = `/oapi/v1/codeup${edition}/repositories/${encodeURIComponent(pullRequest.repository)}`;
  const request = `${repository}/changeRequests/${pullRequest.number}`;
  const shape = { id: "comment_biz_id", body: "content", own: () => true };
  return {
    name: "codeup",
    commentLimit: 65_535,
    folds: false,
    async find(marker) {
      // The list is of one kind at a time, and somebody may have marked the comment as resolved.
      for (const resolved of [false, true]) {
        const body = { patchSetBizIds: [], commentType: "GLOBAL_COMMENT", state: "OPENED", resolved };
        const asked = { body, repeatable: true, read: true };
        const { json } = await client.request("reading the comments", "POST", `${request}/comments/list`, asked);
        const found = await firstOwn(onePage(json), marker, shape);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    async create(content) {
      const version = await newestVersion(client, request);
      const kind = { comment_type: "GLOBAL_COMMENT", draft: false, resolved: false, patchset_biz_id: version };
      await client.request("writing a comment", "POST", `${request}/comments`, { body: { ...kind, content } });
    },
    async update({ id }, content) {
      const path = `${request}/comments/${encodeURIComponent(id)}`;
      await client.request("changing the comment", "PUT", path, { body: { content, resolved: false } });
    },
    async check(commit, state, text, link) {
      const body = {
        state,
        context: atMost(context, 50),
        description: atMost(text, 255),
        ...(link === undefined ? {} : { targetUrl: link }),
      };
      const path = `${repository}/commits/${commit}/statuses`;
      await client.request("setting the commit status", "POST", path, { body, repeatable: true });
    },
  };
}

async function* onePage(json: unknown) {
  const list = Array.isArray(json) ? json : field(json, "result");
  yield Array.isArray(list) ? (list as readonly unknown[]) : [];
}

/** A comment belongs to a version of the merge request: the newest of its source branch. */
async function newestVersion(client: Client, request: string): Promise<string> {
  const { json } = await client.request("reading its versions", "GET", `${request}/diffs/patches`);
  const versions = (Array.isArray(json) ? json : []).filter(
    (version) => textField(version, "relatedMergeItemType") !== "MERGE_TARGET",
  );
  const newest = versions.toSorted((a, b) => Number(textField(b, "versionNo")) - Number(textField(a, "versionNo")))[0];
  const id = textField(newest, "patchSetBizId");
  if (id === "") throw misuse("codeup: the merge request has no version to comment on: is its number right?");
  return id;
}
