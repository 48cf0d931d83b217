import { describe, expect, it } from "vitest";
import { newCloud } from "../client.ts";
import { disk, newDisk, newHost, newPlace } from "./place.ts";

describe("AttachDisk and DetachDisk", () => {
  it("hang a disk on a host, take it off again, and hang it on another", async () => {
    const client = newCloud();
    const place = await newPlace(client);
    const [one, two] = [await newHost(client, place), await newHost(client, place)];
    const DiskId = await newDisk(client);
    await client.ok("ecs", "AttachDisk", { DiskId, InstanceId: one, DeleteWithInstance: true });
    expect(await disk(client, DiskId)).toMatchObject({ Status: "Attaching", InstanceId: one });
    client.cloud.clock.skip(60_000);
    expect(await disk(client, DiskId)).toMatchObject({
      Status: "In_use",
      InstanceId: one,
      Device: "/dev/xvdb",
      DeleteWithInstance: true,
      Attachments: { Attachment: [{ InstanceId: one, Device: "/dev/xvdb" }] },
    });
    expect(await client.call("ecs", "DeleteDisk", { DiskId })).toMatchObject({
      code: "IncorrectDiskStatus",
      status: 403,
    });

    await client.ok("ecs", "DetachDisk", { DiskId, InstanceId: one });
    expect(await disk(client, DiskId)).toMatchObject({ Status: "Detaching" });
    const early = await client.call("ecs", "AttachDisk", { DiskId, InstanceId: two });
    expect(early).toMatchObject({ code: "IncorrectDiskStatus", status: 403 });
    client.cloud.clock.skip(60_000);
    expect(await disk(client, DiskId)).toMatchObject({ Status: "Available", InstanceId: "", Device: "" });
    await client.ok("ecs", "AttachDisk", { DiskId, InstanceId: two });
  });

  it("answers IncorrectDiskStatus while the disk hangs on a host", async () => {
    const client = newCloud();
    const place = await newPlace(client);
    const DiskId = await newDisk(client);
    await client.ok("ecs", "AttachDisk", { DiskId, InstanceId: await newHost(client, place) });
    client.cloud.clock.skip(60_000);
    const refused = await client.call("ecs", "AttachDisk", { DiskId, InstanceId: await newHost(client, place) });
    expect(refused).toMatchObject({ code: "IncorrectDiskStatus", status: 403 });
  });

  it("refuses another zone, a disk or host that is not there, and a bootable attachment", async () => {
    const client = newCloud();
    const InstanceId = await newHost(client, await newPlace(client));
    const DiskId = await newDisk(client);
    const elsewhere = await newDisk(client, { ZoneId: "cn-shanghai-m" });
    const attach = (change: object) => client.call("ecs", "AttachDisk", { DiskId, InstanceId, ...change });
    expect(await attach({ DiskId: elsewhere })).toMatchObject({ code: "ResourcesNotInSameZone", status: 403 });
    expect(await attach({ DiskId: "d-none" })).toMatchObject({ code: "InvalidDiskId.NotFound", status: 404 });
    expect(await attach({ InstanceId: "i-none" })).toMatchObject({ code: "InvalidInstanceId.NotFound", status: 404 });
    expect(await attach({ Bootable: true })).toMatchObject({ code: "InvalidDisk.DiskNotBootable", status: 400 });
  });

  it("refuses a category that the type of the host does not take", async () => {
    const client = newCloud();
    const InstanceId = await newHost(client, await newPlace(client), { InstanceType: "ecs.g7.xlarge" });
    const DiskId = await newDisk(client, { DiskCategory: "cloud_efficiency" });
    expect(await client.call("ecs", "AttachDisk", { DiskId, InstanceId })).toMatchObject({
      code: "InvalidInstanceType.NotSupportDiskCategory",
      status: 403,
    });
  });

  it("takes 16 data disks and no more", async () => {
    const client = newCloud();
    const InstanceId = await newHost(client, await newPlace(client));
    for (let n = 0; n < 16; n += 1) {
      await client.ok("ecs", "AttachDisk", { DiskId: await newDisk(client), InstanceId });
    }
    const { Disks } = await client.ok("ecs", "DescribeDisks", { InstanceId, DiskType: "data", PageSize: 50 });
    expect(new Set((Disks?.["Disk"] ?? []).map((one) => one["Device"])).size).toBe(16);
    expect(await client.call("ecs", "AttachDisk", { DiskId: await newDisk(client), InstanceId })).toMatchObject({
      code: "InstanceDiskLimitExceeded",
      status: 403,
    });
  });

  it("refuses to take off what hangs elsewhere, nowhere, or is the system disk", async () => {
    const client = newCloud();
    const place = await newPlace(client);
    const [one, two] = [await newHost(client, place), await newHost(client, place)];
    const DiskId = await newDisk(client);
    const detach = (id: string, InstanceId: string) => client.call("ecs", "DetachDisk", { DiskId: id, InstanceId });
    expect(await detach(DiskId, one)).toMatchObject({ code: "InvalidDisk.AlreadyDetached", status: 404 });
    await client.ok("ecs", "AttachDisk", { DiskId, InstanceId: one });
    expect(await detach(DiskId, one)).toMatchObject({ code: "IncorrectDiskStatus", status: 403 });
    client.cloud.clock.skip(60_000);
    expect(await detach(DiskId, two)).toMatchObject({ code: "DependencyViolation", status: 403 });
    const { Disks } = await client.ok("ecs", "DescribeDisks", { InstanceId: one, DiskType: "system" });
    const system = String(Disks?.["Disk"]?.[0]?.["DiskId"]);
    expect(await detach(system, one)).toMatchObject({ code: "DiskTypeViolation", status: 403 });
  });

  it("refuses to take a subscription disk off", async () => {
    const client = newCloud();
    const paid = { InstanceChargeType: "PrePaid", Period: 1, PeriodUnit: "Month" };
    const InstanceId = await newHost(client, await newPlace(client), paid);
    const made = await client.ok("ecs", "CreateDisk", { InstanceId, DiskCategory: "cloud_essd", Size: 100 });
    client.cloud.clock.skip(60_000);
    const refused = await client.call("ecs", "DetachDisk", { DiskId: made["DiskId"], InstanceId });
    expect(refused).toMatchObject({ code: "DiskNotPortable", status: 403 });
  });

  it("empties a disk only while its host stands still", async () => {
    const client = newCloud();
    const InstanceId = await newHost(client, await newPlace(client));
    const DiskId = await newDisk(client);
    expect((await client.call("ecs", "ReInitDisk", { DiskId })).code).toBe("IncorrectDiskStatus");
    await client.ok("ecs", "AttachDisk", { DiskId, InstanceId });
    client.cloud.clock.skip(60_000);
    expect((await client.call("ecs", "ReInitDisk", { DiskId })).code).toBe("IncorrectInstanceStatus");
    await client.ok("ecs", "StopInstance", { InstanceId });
    client.cloud.clock.skip(5 * 60_000);
    await client.ok("ecs", "ReInitDisk", { DiskId });
    expect((await disk(client, DiskId))["Status"]).toBe("ReIniting");
    client.cloud.clock.skip(60_000);
    expect((await disk(client, DiskId))["Status"]).toBe("In_use");
  });
});
