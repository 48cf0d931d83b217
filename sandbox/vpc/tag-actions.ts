import type { Actions, Call } from "../core/call.ts";
import { missing } from "../core/errors.ts";
import { tokenPage } from "../core/paging.ts";
import type { Kind, Row } from "../core/store.ts";
import { checkTags, matchesTags, type Tags, tagsOf } from "../core/tags.ts";
import { notFound, refused } from "./errors.ts";
import { addresses, natGateways, vpcs, vSwitches } from "./rows.ts";

type Tagged = Row & { readonly tags: Tags };

/** What carries tags, by the type that the API gives it. */
const kinds: Readonly<Record<string, Kind<Tagged>>> = {
  VPC: vpcs,
  VSWITCH: vSwitches,
  EIP: addresses,
  NATGATEWAY: natGateways,
};

export const tagActions: Actions = {
  TagResources(call) {
    const { kind, rows } = named(call);
    const added = tagsOf(call.params);
    if (Object.keys(added).length === 0) throw missing("Tag");
    for (const row of rows) {
      const tags = { ...row.tags, ...added };
      checkTags(tags);
      call.put(kind, { ...row, tags });
    }
    return {};
  },

  UnTagResources(call) {
    const { kind, rows } = named(call);
    const keys = new Set(call.params.list("TagKey"));
    const all = call.params.flag("All") === true;
    if (keys.size === 0 && !all) throw missing("TagKey");
    for (const row of rows) {
      const tags = Object.entries(row.tags).filter(([key]) => !all && !keys.has(key));
      call.put(kind, { ...row, tags: Object.fromEntries(tags) });
    }
    return {};
  },

  ListTagResources(call) {
    const { type, kind } = typeOf(call);
    const ids = new Set(call.params.list("ResourceId"));
    const found = call
      .list(kind)
      .filter((row) => (ids.size === 0 || ids.has(row.id)) && matchesTags(call, row.tags))
      .flatMap((row) =>
        Object.entries(row.tags).map(([TagKey, TagValue]) => ({
          ResourceType: type,
          ResourceId: row.id,
          TagKey,
          TagValue,
        })),
      );
    const { rows, fields } = tokenPage(found, call.params, 50);
    // Some clients ask on for as long as there is a token, even an empty one.
    const next = fields.NextToken === "" ? {} : { NextToken: fields.NextToken };
    return { ...next, TagResources: { TagResource: rows } };
  },
};

/** @throws MissingParameter.ResourceType, InvalidResourceType.NotFound */
function typeOf(call: Call): { readonly type: string; readonly kind: Kind<Tagged> } {
  const type = call.params.need("ResourceType").toUpperCase();
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (kind === undefined) throw refused("InvalidResourceType.NotFound", "The ResourceType provided does not exist.");
  return { type, kind };
}

/** @throws MissingParameter.ResourceId, InvalidResourceId.NotFound */
function named(call: Call): { readonly kind: Kind<Tagged>; readonly rows: readonly Tagged[] } {
  const { kind } = typeOf(call);
  const ids = call.params.list("ResourceId");
  if (ids.length === 0) throw missing("ResourceId");
  const rows = ids.map((id) => {
    const row = call.find(kind, id);
    if (row === undefined) throw notFound("InvalidResourceId.NotFound", "The specified ResourceIds are not found.");
    return row;
  });
  return { kind, rows };
}
