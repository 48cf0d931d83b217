import { tagLimits } from "../../catalog/limits.ts";
import type { Actions, Answer, Call } from "../core/call.ts";
import { CloudError, missing } from "../core/errors.ts";
import { page, tokenPage } from "../core/paging.ts";
import { checkTags, matchesTags, type Tags, tagsOf } from "../core/tags.ts";
import { nextToken } from "./lists.ts";
import { joinActions } from "./resource-groups.ts";
import { listTagged, needTagged, type Tagged } from "./tag-kinds.ts";

export const tagActions: Actions = {
  TagResources: tagResources,
  UntagResources: untagResources,
  ListTagResources: listTagResources,
  DescribeTags: describeTags,
  AddTags: addTags,
  RemoveTags: removeTags,
  ...joinActions,
};

/** Most resources in one call, and rows on a page of ListTagResources. */
const mostIds = 50;
const tagsPerPage = 50;

/** @throws MissingParameter.Tags (404), NumberExceed.ResourceIds, NumberExceed.Tags (400) and InvalidResourceId.NotFound */
function tagResources(call: Call): Answer {
  const resources = named(call);
  const tags = sentTags(call);
  for (const resource of resources) put(resource, { ...resource.tags, ...tags });
  return {};
}

/** TagKey.N, or all with All=true; keys that are not there are ignored. */
function untagResources(call: Call): Answer {
  const resources = named(call);
  const keys = call.params.list("TagKey");
  const all = keys.length === 0 && (call.params.flag("All") ?? false);
  for (const resource of resources) {
    put(resource, all ? {} : without(resource.tags, keys));
  }
  return {};
}

/** By resource, by tag, or by both. */
function listTagResources(call: Call): Answer {
  const { params } = call;
  const type = params.need("ResourceType");
  const ids = params.list("ResourceId");
  checkIdCount(ids);
  if (ids.length === 0 && params.objects("Tag").length === 0 && params.objects("TagFilter").length === 0) {
    throw missing("ResourceId");
  }
  const found = listTagged(call, type, ids).filter((resource) => matchesTags(call, resource.tags));
  const rows = found.flatMap(({ type, id, tags }) =>
    Object.entries(tags).map(([TagKey, TagValue]) => ({ ResourceType: type, ResourceId: id, TagKey, TagValue })),
  );
  const { rows: shown, fields } = tokenPage(rows, params, tagsPerPage);
  return { ...nextToken(fields.NextToken), TagResources: { TagResource: shown } };
}

/** Each tag once, with how many resources of which type carry it. */
function describeTags(call: Call): Answer {
  const { params } = call;
  const id = params.text("ResourceId");
  const resources = listTagged(call, params.text("ResourceType"), id === undefined ? [] : [id]);
  const filters = params.objects("Tag").filter((filter) => filter.text("Key") !== undefined);
  const counts = new Map<string, { TagKey: string; TagValue: string; ResourceTypeCount: Record<string, number> }>();
  for (const { type, tags } of resources) {
    for (const [key, value] of Object.entries(tags)) {
      const passes = filters.every((f) => f.text("Key") === key && (f.text("Value") ?? value) === value);
      if (!passes) continue;
      const name = JSON.stringify([key, value]);
      const tag = counts.get(name) ?? { TagKey: key, TagValue: value, ResourceTypeCount: {} };
      const field = countNames[type] ?? type;
      tag.ResourceTypeCount[field] = (tag.ResourceTypeCount[field] ?? 0) + 1;
      counts.set(name, tag);
    }
  }
  const { rows, fields } = page([...counts.values()], params, { size: 50, most: 100 });
  return { ...fields, Tags: { Tag: rows } };
}

/** How DescribeTags spells the types. */
const countNames: Readonly<Record<string, string>> = {
  instance: "Instance",
  disk: "Disk",
  snapshot: "Snapshot",
  securitygroup: "Securitygroup",
  keypair: "KeyPair",
  snapshotpolicy: "SnapshotPolicy",
};

/** The older way to TagResources, for one resource. */
function addTags(call: Call): Answer {
  const resource = needTagged(call, call.params.need("ResourceType"), call.params.need("ResourceId"));
  put(resource, { ...resource.tags, ...sentTags(call) });
  return {};
}

/** The older way to UntagResources: a tag with another value than the one given stays. */
function removeTags(call: Call): Answer {
  const resource = needTagged(call, call.params.need("ResourceType"), call.params.need("ResourceId"));
  const keys = call.params.objects("Tag").flatMap((tag) => {
    const key = tag.text("Key") ?? "";
    const value = tag.text("Value");
    return value === undefined || resource.tags[key] === value ? [key] : [];
  });
  put(resource, without(resource.tags, keys));
  return {};
}

function named(call: Call): readonly Tagged[] {
  const type = call.params.need("ResourceType");
  const ids = call.params.list("ResourceId");
  if (ids.length === 0) throw missing("ResourceId");
  checkIdCount(ids);
  return [...new Set(ids)].map((id) => needTagged(call, type, id));
}

function checkIdCount(ids: readonly string[]): void {
  if (ids.length <= mostIds) return;
  throw new CloudError("NumberExceed.ResourceIds", 400, "The ResourceIds parameter's number is exceed , Valid : 50");
}

function sentTags(call: Call): Tags {
  const sent = call.params.objects("Tag");
  if (sent.length === 0) {
    throw new CloudError("MissingParameter.Tags", 404, "The parameter - Tags should not be null");
  }
  if (sent.length > tagLimits.most) {
    throw new CloudError("NumberExceed.Tags", 400, "The Tags parameter's number is exceed , Valid : 20");
  }
  return tagsOf(call.params);
}

function put(resource: Tagged, tags: Tags): void {
  checkTags(tags);
  resource.tag(tags);
}

function without(tags: Tags, keys: readonly string[]): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));
}
