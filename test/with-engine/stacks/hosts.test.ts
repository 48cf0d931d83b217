import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { disks, type Instance, instances } from "../../../sandbox/ecs/rows.ts";
import { smallSettings } from "../../support/stacks.ts";
import { Deployed, touched, withGroup } from "./deployed.ts";

const given = { what: "data-disk-deleted", on: "workers-02", why: "test", by: "team", until: "2099-12-31" };

describe("count, disks and type: a change touches what it names", () => {
  const dataDisk = { GiB: 20, level: "PL0", snapshots: { at: "03:00", keepDays: 7 } };
  const base = withGroup(smallSettings(), { count: 1, dataDisk });
  let deployed: Deployed;
  const host = (key: string): Instance => deployed.row(instances, key);
  beforeAll(async () => {
    deployed = await Deployed.open();
    await deployed.change(base);
  }, 300_000);
  afterAll(() => deployed.close());

  async function changed(settings: object): Promise<{ readonly said: string[]; readonly touched: string[] }> {
    const before = await deployed.things();
    const said = await deployed.change(settings);
    return { said, touched: touched(before, await deployed.things()) };
  }

  test("data disk: size and level grow in place, on the running host", async () => {
    const larger = withGroup(base, { dataDisk: { ...dataDisk, GiB: 40, level: "PL1" } });
    expect(await changed(larger)).toEqual({ said: ["~ workers-01-data: performanceLevel, size"], touched: [] });
    expect(deployed.row(disks, "workers-01-data")).toMatchObject({ sizeGiB: 40, performanceLevel: "PL1" });
    expect(deployed.writes()).not.toContain("StopInstance");
  });

  const one = withGroup(base, {
    dataDisk: { ...dataDisk, GiB: 40, level: "PL1" },
    systemDisk: { GiB: 60, level: "PL1" },
  });
  test("system disk: size and level grow in place", async () => {
    const { systemDiskId } = host("workers-01");
    expect(await changed(one)).toEqual({
      said: ["~ workers-01: systemDiskPerformanceLevel, systemDiskSize"],
      touched: [],
    });
    expect(host("workers-01").systemDiskId).toBe(systemDiskId);
    const row = deployed.rows(disks).find(({ id }) => id === systemDiskId);
    expect(row).toMatchObject({ sizeGiB: 60, performanceLevel: "PL1" });
  });

  const bigger = withGroup(one, { type: "ecs.g7.2xlarge" });
  test("instance type: in place, stopped and started", async () => {
    const before = deployed.writes().length;
    const { systemDiskId } = host("workers-01");
    expect(await changed(bigger)).toEqual({ said: ["~ workers-01: instanceType"], touched: [] });
    expect(host("workers-01")).toMatchObject({ type: "ecs.g7.2xlarge", systemDiskId });
    expect(deployed.writes().slice(before)).toEqual(["StopInstance", "ModifyInstanceSpec", "StartInstance"]);
  });

  const two = withGroup(bigger, { count: 2 });
  test("count up: a new host, and nothing else", async () => {
    expect(await changed(two)).toEqual({
      said: ["+ workers-02", "+ workers-02-data", "+ workers-02-data-attachment", "+ workers-02-data-snapshots"],
      touched: ["+ disk workers-02-data", "+ host workers-02"],
    });
  });

  test("count down: the last one's disk is protected, so the update is refused and nothing is touched", async () => {
    const before = await deployed.things();
    for (const operation of ["preview", "up"] as const) {
      const { status, text } = await deployed.run(operation, bigger);
      expect(status, operation).toBe(1);
      expect(text).toContain("Pulumi protects this against deletion (workers-02-data)");
      expect(text).toContain("list the host under dataDisk.keep");
    }
    expect(await deployed.things()).toEqual(before);
  });

  const keep = (hosts: readonly string[]) =>
    withGroup(bigger, { dataDisk: { ...dataDisk, GiB: 40, level: "PL1", keep: hosts } });
  test("count down with keep: the last goes, its disk stays with what is on it", async () => {
    expect(await changed(keep(["workers-02"]))).toEqual({
      said: ["- workers-02", "- workers-02-data-attachment"],
      touched: ["- host workers-02"],
    });
    expect(deployed.row(disks, "workers-02-data")).toMatchObject({ instanceId: "", sizeGiB: 40 });
  });

  test("count up again: the new host gets the kept disk", async () => {
    expect(await changed(two)).toEqual({
      said: ["+ workers-02", "+ workers-02-data-attachment"],
      touched: ["+ host workers-02"],
    });
    expect(deployed.row(disks, "workers-02-data").instanceId).toBe(host("workers-02").id);
  });

  test("a disk is given up in two updates: protection first, then the disk", { timeout: 240_000 }, async () => {
    expect((await changed({ ...keep(["workers-02"]), accept: [given] })).touched).toEqual(["- host workers-02"]);
    expect(await changed({ ...keep([]), accept: [given] })).toEqual({
      said: ["- workers-02-data", "- workers-02-data-snapshots"],
      touched: ["- disk workers-02-data"],
    });
    await deployed.expectSettled(keep([]));
  });

  test("deletion protection: in place, and it holds the stack until it is off again", {
    timeout: 240_000,
  }, async () => {
    const held = withGroup(keep([]), { deletionProtection: true });
    expect(await changed(held)).toEqual({ said: ["~ workers-01: deletionProtection"], touched: [] });
    expect(host("workers-01").deletionProtection).toBe(true);
    const { status, text } = await deployed.run("destroy", held);
    expect(status).toBe(1);
    expect(text).toMatch(/workers-01 +i-\S+ +protected against deletion in the cloud/);
    expect(await changed(keep([]))).toEqual({ said: ["~ workers-01: deletionProtection"], touched: [] });
    expect(host("workers-01").deletionProtection).toBe(false);
  });

  test("data disk: smaller is refused, and nothing is touched", async () => {
    const before = await deployed.things();
    const { status, text } = await deployed.run("up", withGroup(keep([]), { dataDisk: { ...dataDisk, level: "PL1" } }));
    expect({ status, text }).toMatchObject({ status: 1, text: expect.stringContaining("A disk cannot shrink") });
    expect(await deployed.things()).toEqual(before);
    expect(deployed.row(disks, "workers-01-data").sizeGiB).toBe(40);
  });

  test("destroy ends it all", async () => {
    await deployed.end(keep([]));
  });
});
