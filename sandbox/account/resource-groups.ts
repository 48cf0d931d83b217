import { tagLimits } from "../../catalog/limits.ts";
import { regions } from "../../catalog/regions.ts";
import { type Action, type Actions, type Answer, type Call, randomText } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import { CloudError } from "../core/errors.ts";
import { page } from "../core/paging.ts";
import { becoming, statusOf, steady } from "../core/phase.ts";
import type { Kind, Row } from "../core/store.ts";
import { matchesTags, tagList, tagsOf } from "../core/tags.ts";
import { disks, instances, securityGroups } from "../ecs/rows.ts";
import { lindorms } from "../hitsdb/rows.ts";
import { addresses, vpcs } from "../vpc/rows.ts";
import { defaultGroupId, type ResourceGroup, resourceGroups, secondGroupId } from "./rows.ts";

/** How long a new group is Creating, milliseconds of cloud time. */
const creating = 5_000;

/** The default group and a second one first, whether they were changed or not. */
function groups(call: Call): readonly ResourceGroup[] {
  const changed = call.store.list(resourceGroups, call.account.id);
  const ids = new Set(changed.map(({ id }) => id));
  return [...given(call).filter(({ id }) => !ids.has(id)), ...changed];
}

function given(call: Call): readonly ResourceGroup[] {
  const row = (id: string, name: string, displayName: string): ResourceGroup => ({
    id,
    account: call.account.id,
    region: "",
    createdAt: call.account.createdAt,
    name,
    displayName,
    phase: steady("OK"),
    tags: {},
  });
  return [
    row(defaultGroupId(call.account.id), "default", "default resource group"),
    row(secondGroupId(call.account.id), "second", "second resource group"),
  ];
}

/** @throws EntityNotExists.ResourceGroup */
function needGroup(call: Call, id = call.params.need("ResourceGroupId")): ResourceGroup {
  const found = groups(call).find((row) => row.id === id);
  if (found !== undefined) return found;
  throw new CloudError("EntityNotExists.ResourceGroup", 404, "The resource group does not exist.");
}

function shown(row: ResourceGroup, now: number): Answer {
  return {
    Id: row.id,
    Name: row.name,
    DisplayName: row.displayName,
    AccountId: row.account,
    Status: statusOf(row.phase, now),
    CreateDate: secondText(row.createdAt),
    Tags: { Tag: tagList(row.tags, "TagKey") },
  };
}

/** The group itself, with its status in each region. */
function detailed(row: ResourceGroup, now: number): Answer {
  const status = statusOf(row.phase, now);
  const RegionStatus = regions.map(({ id }) => ({ RegionId: id, Status: status }));
  return { ResourceGroup: { ...shown(row, now), RegionStatuses: { RegionStatus } } };
}

const list: Action = (call): Answer => {
  const { params } = call;
  const wanted = { id: params.text("ResourceGroupId"), name: params.text("Name"), shown: params.text("DisplayName") };
  const status = params.text("Status");
  const found = groups(call).filter(
    (row) =>
      (wanted.id === undefined || row.id === wanted.id) &&
      (wanted.name === undefined || row.name === wanted.name) &&
      (wanted.shown === undefined || row.displayName === wanted.shown) &&
      (status === undefined || statusOf(row.phase, call.now()) === status) &&
      matchesTags(call, row.tags),
  );
  const { rows, fields } = page(found, params);
  return { ...fields, ResourceGroups: { ResourceGroup: rows.map((row) => shown(row, call.now())) } };
};

const create: Action = (call): Answer => {
  const name = call.params.need("Name");
  const displayName = call.params.need("DisplayName");
  if (!/^[A-Za-z0-9][A-Za-z0-9-]{1,48}[A-Za-z0-9]$/.test(name)) {
    throw new CloudError("InvalidParameter.Name", 400, "The resource group name is invalid.");
  }
  if (groups(call).some((row) => row.name === name)) {
    throw new CloudError("EntityAlreadyExists.ResourceGroup", 409, "The resource group already exists.");
  }
  const row = call.put(resourceGroups, {
    ...call.row(`rg-aek2${randomText(8)}`),
    name,
    displayName,
    phase: becoming("Creating", "OK", call.now(), creating),
    tags: tagsOf(call.params),
  });
  return detailed(row, call.now());
};

const update: Action = (call): Answer => {
  const row = needGroup(call);
  return detailed(call.put(resourceGroups, { ...row, displayName: call.params.need("NewDisplayName") }), call.now());
};

const remove: Action = (call): Answer => {
  const row = needGroup(call);
  if (given(call).some(({ id }) => id === row.id)) {
    throw new CloudError("NoPermission.ResourceGroup", 403, "A resource group given with the account stays.");
  }
  if (groupedKinds.some((kind) => used(call, kind, row.id))) {
    throw new CloudError("DeleteConflict.ResourceGroup.Resource", 409, "The resource group still contains resources.");
  }
  call.remove(resourceGroups, row);
  return detailed({ ...row, phase: steady("PendingDelete") }, call.now());
};

type Grouped = Row & { readonly resourceGroupId: string };
const groupedKinds: readonly Kind<Grouped>[] = [instances, disks, securityGroups, vpcs, addresses, lindorms];

function used(call: Call, kind: Kind<Grouped>, id: string): boolean {
  return call.store.list(kind, call.account.id).some((row) => row.resourceGroupId === id);
}

const tag: Action = (call): Answer => {
  const added = tagsOf(call.params);
  for (const id of call.params.list("ResourceId")) {
    const row = needGroup(call, id);
    const tags = { ...row.tags, ...added };
    if (Object.keys(tags).length > tagLimits.most) {
      throw new CloudError("NumberExceed.Tags", 400, "The maximum number of tags is exceeded.");
    }
    call.put(resourceGroups, { ...row, tags });
  }
  return {};
};

const untag: Action = (call): Answer => {
  const keys = new Set(call.params.list("TagKey"));
  for (const id of call.params.list("ResourceId")) {
    const row = needGroup(call, id);
    const tags = Object.fromEntries(Object.entries(row.tags).filter(([key]) => !keys.has(key)));
    call.put(resourceGroups, { ...row, tags });
  }
  return {};
};

/** Never a NextToken: the provider would ask on for as long as there is one, even an empty one. */
const listTags: Action = (call): Answer => {
  const ids = call.params.list("ResourceId");
  const rows = ids.length === 0 ? groups(call) : ids.map((id) => needGroup(call, id));
  return {
    TagResources: rows
      .filter((row) => matchesTags(call, row.tags))
      .flatMap((row) =>
        Object.entries(row.tags).map(([key, value]) => ({
          ResourceId: row.id,
          ResourceType: "ResourceGroup",
          TagKey: key,
          TagValue: value,
        })),
      ),
  };
};

/** API ResourceManager 2020-03-31, resource groups alone. */
export const resourceGroupActions: Actions = {
  ListResourceGroups: list,
  GetResourceGroup: (call) => detailed(needGroup(call), call.now()),
  CreateResourceGroup: create,
  UpdateResourceGroup: update,
  DeleteResourceGroup: remove,
  TagResources: tag,
  UntagResources: untag,
  // The provider spells it so.
  UnTagResources: untag,
  ListTagResources: listTags,
};
