import { tagLimits } from "../../catalog/limits.ts";
import type { Call } from "./call.ts";
import { CloudError } from "./errors.ts";
import type { Params } from "./params.ts";

export type Tags = Readonly<Record<string, string>>;

/** Tags of a request: `Tag.1.Key` and `Tag.1.Value`. `name` is Tag, or Tags where an API says so. */
export function tagsOf(params: Params, name = "Tag"): Tags {
  const tags: Record<string, string> = {};
  for (const tag of params.objects(name)) {
    const key = tag.text("Key") ?? tag.text("TagKey");
    if (key !== undefined) tags[key] = tag.text("Value") ?? tag.text("TagValue") ?? "";
  }
  checkTags(tags);
  return tags;
}

/** @throws InvalidTagKey.Malformed, InvalidTagValue.Malformed, Duplicate or too many tags */
export function checkTags(tags: Tags): void {
  if (Object.keys(tags).length > tagLimits.most) {
    throw new CloudError("TagLimitExceeded", 400, `A resource takes at most ${tagLimits.most} tags.`);
  }
  for (const [key, value] of Object.entries(tags)) {
    if (key.length > tagLimits.longestKey || tagLimits.forbiddenStart.test(key)) {
      throw new CloudError("InvalidTagKey.Malformed", 400, "The specified Tag.n.Key is not valid.");
    }
    if (value.length > tagLimits.longestValue || /^https?:\/\//.test(value)) {
      throw new CloudError("InvalidTagValue.Malformed", 400, "The specified Tag.n.Value is not valid.");
    }
  }
}

/** Whether a resource carries every tag that the request filters by; a filter without a value matches any. */
export function matchesTags(call: Call, tags: Tags, name = "Tag"): boolean {
  return call.params.objects(name).every((wanted) => {
    const key = wanted.text("Key");
    if (key === undefined) return true;
    const value = wanted.text("Value");
    return Object.hasOwn(tags, key) && (value === undefined || tags[key] === value);
  });
}

/** { env: "prod" } -> [{ TagKey, TagValue }] (ECS) or [{ Key, Value }] (most others). */
export function tagList(tags: Tags, style: "TagKey" | "Key"): readonly Record<string, string>[] {
  return Object.entries(tags).map(([key, value]) =>
    style === "TagKey" ? { TagKey: key, TagValue: value } : { Key: key, Value: value },
  );
}
