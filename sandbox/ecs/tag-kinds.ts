import type { Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import type { Kind, Row } from "../core/store.ts";
import type { Tags } from "../core/tags.ts";
import { commands, invocations } from "./assistant-rows.ts";
import { disks, instances, keyPairId, keyPairs, securityGroups, snapshotPolicies, snapshots } from "./rows.ts";

interface TaggedRow extends Row {
  readonly tags: Tags;
}

/** Something that carries tags, whatever it is. */
export interface Tagged {
  readonly type: string;
  /** As the API names it: the name of a key pair, the id of everything else. */
  readonly id: string;
  readonly tags: Tags;
  tag(tags: Tags): void;
  join(resourceGroupId: string): void;
}

interface TaggedKind {
  all(call: Call): readonly Tagged[];
  one(call: Call, id: string): Tagged | undefined;
}

function kindOf<T extends TaggedRow>(
  type: string,
  kind: Kind<T>,
  rowId: (call: Call, id: string) => string = (_, id) => id,
  idOf: (row: T) => string = (row) => row.id,
): TaggedKind {
  const tagged = (call: Call, row: T): Tagged => ({
    type,
    id: idOf(row),
    tags: row.tags,
    tag: (tags) => call.put(kind, { ...row, tags }),
    join: (resourceGroupId) => call.put(kind, { ...row, resourceGroupId }),
  });
  return {
    all: (call) => call.list(kind).map((row) => tagged(call, row)),
    one(call, id) {
      const row = call.find(kind, rowId(call, id));
      return row === undefined ? undefined : tagged(call, row);
    },
  };
}

/** By ResourceType, in small letters. */
const kinds: ReadonlyMap<string, TaggedKind> = new Map(
  Object.entries({
    instance: kindOf("instance", instances),
    disk: kindOf("disk", disks),
    snapshot: kindOf("snapshot", snapshots),
    securitygroup: kindOf("securitygroup", securityGroups),
    keypair: kindOf(
      "keypair",
      keyPairs,
      (call, name) => keyPairId(call.region, name),
      (row) => row.name,
    ),
    snapshotpolicy: kindOf("snapshotpolicy", snapshotPolicies),
    command: kindOf("command", commands),
    invocation: kindOf("invocation", invocations),
  }),
);

/** Types that the API knows and of which there is nothing here. */
const empty = ["image", "volume", "eni", "ddh", "ddhcluster", "launchtemplate", "reservedinstance"];

/** @throws InvalidResourceType.NotFound (404) */
function kindsOf(type: string): TaggedKind | undefined {
  const name = type.toLowerCase();
  const kind = kinds.get(name);
  if (kind !== undefined || empty.includes(name)) return kind;
  throw new CloudError("InvalidResourceType.NotFound", 404, "The ResourceType provided does not exist in our records.");
}

/** @throws InvalidResourceType.NotFound, InvalidResourceId.NotFound (404) */
export function needTagged(call: Call, type: string, id: string): Tagged {
  const found = kindsOf(type)?.one(call, id);
  if (found !== undefined) return found;
  throw new CloudError("InvalidResourceId.NotFound", 404, "The specified ResourceIds are not found in our records.");
}

/** What there is of a type, or of every type; with ids, those of them that are there. */
export function listTagged(call: Call, type: string | undefined, ids: readonly string[] = []): readonly Tagged[] {
  const wanted = type === undefined ? [...kinds.values()] : [kindsOf(type)];
  return wanted.flatMap((kind) => {
    if (kind === undefined) return [];
    return ids.length === 0 ? kind.all(call) : ids.flatMap((id) => kind.one(call, id) ?? []);
  });
}
