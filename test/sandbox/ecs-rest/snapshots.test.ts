import { describe, expect, it } from "vitest";
import { type Client, newCloud } from "../client.ts";
import { disk, newDisk, newHost, newPlace, text } from "./place.ts";

const day = 24 * 3_600_000;

async function attachedDisk(client: Client): Promise<string> {
  const DiskId = await newDisk(client);
  await client.ok("ecs", "AttachDisk", { DiskId, InstanceId: await newHost(client, await newPlace(client)) });
  client.cloud.clock.skip(60_000);
  return DiskId;
}

async function snapshots(client: Client, filter: object = {}) {
  const { Snapshots } = await client.ok("ecs", "DescribeSnapshots", filter);
  return Snapshots?.["Snapshot"] ?? [];
}

describe("snapshots", () => {
  it("take a while, change their name, and become disks", async () => {
    const client = newCloud();
    const DiskId = await attachedDisk(client);
    const id = text((await client.ok("ecs", "CreateSnapshot", { DiskId, SnapshotName: "before" }))["SnapshotId"]);
    const SnapshotIds = JSON.stringify([id]);
    expect(await snapshots(client, { SnapshotIds })).toMatchObject([{ Status: "progressing", Progress: "0%" }]);
    expect((await client.call("ecs", "CreateSnapshot", { DiskId })).code).toBe("IncorrectDiskStatus.CreatingSnapshot");
    expect((await client.call("ecs", "ResizeDisk", { DiskId, NewSize: 200 })).code).toBe("DiskCreatingSnapshot");
    const wish = { ZoneId: "cn-shanghai-l", DiskCategory: "cloud_essd", SnapshotId: id };
    expect((await client.call("ecs", "CreateDisk", wish)).code).toBe("InvalidSnapshotId.NotReady");
    client.cloud.clock.skip(60_000);
    await client.ok("ecs", "ModifySnapshotAttribute", {
      SnapshotId: id,
      SnapshotName: "after",
      Description: "of data",
    });
    expect(await snapshots(client, { DiskId })).toMatchObject([
      {
        SnapshotId: id,
        SnapshotName: "after",
        Description: "of data",
        Status: "accomplished",
        Progress: "100%",
        Category: "standard",
        SnapshotType: "user",
        SourceDiskId: DiskId,
        SourceDiskSize: "100",
        SourceDiskType: "data",
        Usage: "none",
      },
    ]);
    const copy = text((await client.ok("ecs", "CreateDisk", wish))["DiskId"]);
    expect(await disk(client, copy)).toMatchObject({ Size: 100, SourceSnapshotId: id });
    expect(await snapshots(client, { Usage: "disk" })).toHaveLength(1);
    expect(await client.call("ecs", "DeleteSnapshot", { SnapshotId: id })).toMatchObject({
      code: "SnapshotCreatedDisk",
      status: 403,
    });
    await client.ok("ecs", "DeleteSnapshot", { SnapshotId: id, Force: true });
    await client.ok("ecs", "DeleteSnapshot", { SnapshotId: id });
    expect(await snapshots(client)).toEqual([]);
  });

  it("go away when their days are over, and outlive their disk", async () => {
    const client = newCloud();
    const DiskId = await attachedDisk(client);
    await client.ok("ecs", "CreateSnapshot", { DiskId, RetentionDays: 2 });
    client.cloud.clock.skip(day);
    await client.ok("ecs", "DetachDisk", { DiskId, InstanceId: (await disk(client, DiskId))["InstanceId"] });
    client.cloud.clock.skip(60_000);
    await client.ok("ecs", "DeleteDisk", { DiskId });
    expect(await snapshots(client)).toMatchObject([{ RetentionDays: 2 }]);
    client.cloud.clock.skip(day);
    expect(await snapshots(client)).toEqual([]);
  });

  it("are not made of a disk that never hung on a host, nor under a name for automatic ones", async () => {
    const client = newCloud();
    const never = await client.call("ecs", "CreateSnapshot", { DiskId: await newDisk(client) });
    expect(never).toMatchObject({ code: "IncorrectDiskStatus.NeverAttached", status: 403 });
    const DiskId = await attachedDisk(client);
    const named = await client.call("ecs", "CreateSnapshot", { DiskId, SnapshotName: "auto1" });
    expect(named).toMatchObject({ code: "InvalidSnapshotName.Malformed", status: 400 });
  });
});
