import type { Action, Actions, Call } from "../core/call.ts";
import { invalid } from "../core/errors.ts";
import { tokenPage } from "../core/paging.ts";
import type { Kind, Row } from "../core/store.ts";
import { checkTags, matchesTags, type Tags, tagsOf } from "../core/tags.ts";
import { notThere } from "./answers.ts";
import { policies, roles } from "./rows.ts";

interface Tagged extends Row {
  readonly tags: Tags;
}

const tag: Action = (call) => {
  const added = tagsOf(call.params);
  return change(call, (tags) => ({ ...tags, ...added }));
};

const untag: Action = (call) => {
  const all = call.params.flag("All") ?? false;
  const gone = new Set([...call.params.list("TagKey"), ...call.params.list("TagKeys")]);
  return change(call, (tags) => Object.fromEntries(Object.entries(tags).filter(([key]) => !all && !gone.has(key))));
};

const listTags: Action = (call) => {
  const { word, kind } = kindOf(call);
  const names = new Set(call.params.list("ResourceNames"));
  const all = call.store
    .list<Tagged>(kind, call.account.id)
    .filter((row) => (names.size === 0 || names.has(row.id)) && matchesTags(call, row.tags))
    .flatMap((row) =>
      Object.entries(row.tags).map(([key, value]) => ({
        ResourceType: word,
        ResourceId: row.id,
        ResourceName: row.id,
        TagKey: key,
        TagValue: value,
      })),
    );
  const { rows, fields } = tokenPage(all, call.params);
  return { TagResources: rows, NextToken: fields.NextToken, IsTruncated: fields.NextToken !== "" };
};

/** Tags of roles and policies. */
export const tagActions: Actions = { TagResources: tag, UntagResources: untag, ListTagResources: listTags };

function kindOf(call: Call): { readonly word: string; readonly kind: Kind<Tagged> } {
  const word = call.params.need("ResourceType").toLowerCase();
  if (word === "role") return { word, kind: roles };
  if (word === "policy") return { word, kind: policies };
  throw invalid("ResourceType");
}

function change(call: Call, to: (tags: Tags) => Tags): Record<string, never> {
  const { word, kind } = kindOf(call);
  const names = call.params.list("ResourceNames");
  if (names.length === 0) call.params.need("ResourceNames");
  for (const name of names) {
    const row = call.store.find(kind, call.account.id, name);
    if (row === undefined) throw notThere(word === "role" ? "Role" : "Policy", word);
    const tags = to(row.tags);
    checkTags(tags);
    call.put(kind, { ...row, tags });
  }
  return {};
}
