import { tagLimits } from "../../catalog/limits.ts";
import type { Action, Actions, Answer, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { matchesTags, tagsOf } from "../core/tags.ts";
import { needLindorm } from "./instances.ts";
import { type Lindorm, lindorms } from "./rows.ts";

/** @throws Lindorm.Errorcode.MissingParameter, Lindorm.Errorcode.NumberExceed.ResourceIds */
function named(call: Call): readonly Lindorm[] {
  const ids = call.params.list("ResourceId");
  if (ids.length === 0) throw missing();
  if (ids.length > 50) {
    throw new CloudError(
      "Lindorm.Errorcode.NumberExceed.ResourceIds",
      400,
      "The maximum number of ResourceIds is exceeded.",
    );
  }
  return ids.map((id) => needLindorm(call, id));
}

function missing(): CloudError {
  return new CloudError("Lindorm.Errorcode.MissingParameter", 400, "You must specify ResourceId.N or Tags");
}

const tag: Action = (call): Answer => {
  const added = tagsOf(call.params);
  for (const row of named(call)) {
    const tags = { ...row.tags, ...added };
    if (Object.keys(tags).length > tagLimits.most) {
      throw new CloudError("Lindorm.Errorcode.NumberExceed.Tags", 400, "The maximum number of Tags is exceeded.");
    }
    call.put(lindorms, { ...row, tags });
  }
  return {};
};

const untag: Action = (call): Answer => {
  const all = call.params.flag("All") === true;
  const keys = new Set(call.params.list("TagKey"));
  for (const row of named(call)) {
    const tags = Object.fromEntries(Object.entries(row.tags).filter(([key]) => !all && !keys.has(key)));
    call.put(lindorms, { ...row, tags });
  }
  return {};
};

/** Never a NextToken: all tags of at most 50 databases are one page. */
const list: Action = (call): Answer => {
  const filtered = call.params.objects("Tag").length > 0;
  const byId = call.params.list("ResourceId").length > 0;
  if (!filtered && !byId) throw missing();
  const rows = byId ? named(call) : call.list(lindorms).filter((row) => row.goneAt === undefined);
  return {
    TagResources: rows
      .filter((row) => matchesTags(call, row.tags))
      .flatMap((row) =>
        Object.entries(row.tags).map(([key, value]) => ({
          ResourceId: row.id,
          ResourceType: "ALIYUN::HITSDB::INSTANCE",
          TagKey: key,
          TagValue: value,
        })),
      ),
  };
};

export const lindormTagActions: Actions = {
  TagResources: tag,
  UntagResources: untag,
  // The provider spells it so; the real gateway does not mind the case.
  UnTagResources: untag,
  ListTagResources: list,
};
