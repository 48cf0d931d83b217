import pLimit from "p-limit";
import { z } from "zod";
import type { CloudClient } from "./cloud-client.ts";
import { isPaidAhead, nameIn } from "./destroy-holds.ts";
import { managedIn, type State, type StateResource } from "./state.ts";

/** A data disk of the stack, with what is kept of it. */
export interface DiskFacts {
  readonly name: string;
  readonly id: string;
  readonly GiB: number;
  /** Id of the host that it hangs on; "" for none. */
  readonly on: string;
  readonly snapshots: SnapshotFacts;
}

/** Snapshots of one disk. They outlive it, and are billed by size. */
export interface SnapshotFacts {
  readonly count: number;
  /** ISO time of the newest that is whole. */
  readonly last?: string;
  /** Those that were made by a schedule go with the disk. */
  readonly automaticGo: boolean;
  readonly automatic: number;
}

/** What is paid ahead, with its end where the cloud tells it. */
export interface PaidAhead {
  readonly urn: string;
  readonly name: string;
  readonly id: string;
  readonly type: string;
  /** ISO time. */
  readonly until?: string;
}

const hostType = "alicloud:ecs/instance:Instance";
const diskType = "alicloud:ecs/ecsDisk:EcsDisk";
const tsdbType = "alicloud:tsdb/instance:Instance";

const text = z.string().nullish();
const diskList = z.object({
  Disks: z.object({
    Disk: z.array(
      z.object({
        DiskId: z.string(),
        Size: z.number(),
        InstanceId: text,
        DeleteAutoSnapshot: z.boolean().nullish(),
      }),
    ),
  }),
});
const snapshotList = z.object({
  TotalCount: z.number().nullish(),
  Snapshots: z.object({
    Snapshot: z.array(z.object({ CreationTime: z.string(), Status: text, SnapshotType: text })),
  }),
});

/** Calls at a time. */
const atOnce = 8;
/** Most on a page of DescribeDisks and DescribeSnapshots. */
const page = 100;
/** Most pages of snapshots of one disk: a schedule keeps them for 65,536 days at most, and 256 of one disk are allowed. */
const mostPages = 10;

/** Data disks of the stack as the cloud has them. @throws CloudRefusal */
export async function diskFacts(client: CloudClient, region: string, state: State): Promise<readonly DiskFacts[]> {
  const known = managedIn(state).filter(({ type }) => type === diskType);
  const names = new Map(known.map(({ id = "", urn }) => [id, nameIn(urn)]));
  const ids = [...names.keys()];
  const found: DiskFacts[] = [];
  const limit = pLimit(atOnce);
  for (let at = 0; at < ids.length; at += page) {
    const DiskIds = JSON.stringify(ids.slice(at, at + page));
    const asked = { RegionId: region, DiskIds, PageSize: page };
    const { Disks } = diskList.parse(await client.call("ecs", "DescribeDisks", asked));
    const all = Disks.Disk.map((disk) =>
      limit(
        async (): Promise<DiskFacts> => ({
          ...{
            name: names.get(disk.DiskId) ?? disk.DiskId,
            id: disk.DiskId,
            GiB: disk.Size,
            on: disk.InstanceId ?? "",
          },
          snapshots: await snapshotFacts(client, region, disk.DiskId, disk.DeleteAutoSnapshot === true),
        }),
      ),
    );
    found.push(...(await Promise.all(all)));
  }
  return found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

async function snapshotFacts(
  client: CloudClient,
  region: string,
  disk: string,
  automaticGo: boolean,
): Promise<SnapshotFacts> {
  const rows: z.output<typeof snapshotList>["Snapshots"]["Snapshot"] = [];
  for (let n = 1; n <= mostPages; n++) {
    const asked = { RegionId: region, DiskId: disk, PageNumber: n, PageSize: page };
    const { TotalCount, Snapshots } = snapshotList.parse(await client.call("ecs", "DescribeSnapshots", asked));
    rows.push(...Snapshots.Snapshot);
    if (Snapshots.Snapshot.length === 0 || rows.length >= (TotalCount ?? 0)) break;
  }
  const last = rows
    .filter(({ Status }) => Status === "accomplished")
    .map(({ CreationTime }) => CreationTime)
    .sort()
    .at(-1);
  const automatic = rows.filter(({ SnapshotType }) => SnapshotType === "auto" || SnapshotType === "timer").length;
  return { count: rows.length, automatic, automaticGo, ...(last === undefined ? {} : { last }) };
}

const instanceList = z.object({
  Instances: z.object({ Instance: z.array(z.object({ InstanceId: z.string(), ExpiredTime: text })) }),
});
const database = z.object({ ExpireTime: text, ExpiredMilliseconds: z.number().nullish(), GmtExpire: text });

/** What of the stack is paid ahead, and until when. @throws CloudRefusal */
export async function paidAhead(client: CloudClient, region: string, state: State): Promise<readonly PaidAhead[]> {
  const found = managedIn(state).filter(isPaidAhead);
  const limit = pLimit(atOnce);
  return Promise.all(
    found.map((resource) =>
      limit(async () => {
        const { urn, id = "", type } = resource;
        const until = await endOf(client, region, resource);
        return { urn, name: nameIn(urn), id, type, ...(until === undefined ? {} : { until }) };
      }),
    ),
  );
}

async function endOf(
  client: CloudClient,
  region: string,
  { type, id = "" }: StateResource,
): Promise<string | undefined> {
  if (type === hostType) {
    const asked = { RegionId: region, InstanceIds: JSON.stringify([id]) };
    const { Instances } = instanceList.parse(await client.call("ecs", "DescribeInstances", asked));
    return timeOf(Instances.Instance[0]?.ExpiredTime);
  }
  if (!/^alicloud:(lindorm|tsdb)\//.test(type)) return undefined;
  const asked = { RegionId: region, InstanceId: id };
  const said =
    type === tsdbType
      ? await client.call("tsdb", "DescribeHiTSDBInstance", asked)
      : await client.call("hitsdb", "GetLindormInstance", asked);
  const { ExpireTime, ExpiredMilliseconds, GmtExpire } = database.parse(said);
  return timeOf(ExpiredMilliseconds ?? ExpireTime ?? GmtExpire);
}

function timeOf(value: string | number | null | undefined): string | undefined {
  const at = typeof value === "number" ? value : Date.parse(value ?? "");
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
