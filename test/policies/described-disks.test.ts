import { describe, expect, test } from "vitest";
import { undecided, violation } from "../../policies/demand.ts";
import { eachDisk, readsOfDisks } from "../../policies/described-disks.ts";
import { Props, type ValueMap } from "../../policies/reading.ts";
import { unknown } from "./cases.ts";

const instance = "alicloud:ecs/instance:Instance";
const template = "alicloud:ecs/launchTemplate:LaunchTemplate";
const disk = "alicloud:ecs/disk:Disk";

test("what a rule reads follows from where disks are described", () => {
  const reads = readsOfDisks(["encrypted", "snapshotId"]);
  expect(reads[instance]).toEqual([
    "systemDiskEncrypted",
    "dataDisks",
    "dataDisks[].encrypted",
    "dataDisks[].snapshotId",
  ]);
  expect(reads[template]).toEqual([
    "systemDisk",
    "systemDisk.encrypted",
    "dataDisks",
    "dataDisks[].encrypted",
    "dataDisks[].snapshotId",
  ]);
  expect(reads[disk]).toEqual(["encrypted", "snapshotId"]);
  expect(reads["alicloud:ecs/ecsInstanceSet:EcsInstanceSet"]).toEqual([
    "dataDisks",
    "dataDisks[].encrypted",
    "dataDisks[].snapshotId",
  ]);
  expect(Object.keys(reads)).toHaveLength(7);
});

describe("each disk is judged once", () => {
  const reads = readsOfDisks(["encrypted", "kmsKeyId"]);
  /** Paths of the flags that were judged, and findings where there was nothing to judge. */
  function seen(type: string, values: ValueMap, absent?: string) {
    const props = new Props(values, { reads: reads[type] ?? [], defaults: {} });
    const judged: string[] = [];
    const findings = eachDisk(
      { type, props },
      (one, names) => {
        judged.push(one.flag(names.encrypted).path, one.text(names.kmsKeyId).path);
        return [];
      },
      { wanted: "disks", ...(absent === undefined ? {} : { absent }) },
    );
    return { findings: [...findings], judged };
  }

  test("a host's own, then its list", () => {
    expect(seen(instance, { dataDisks: [{}, {}] }).judged).toEqual([
      "systemDiskEncrypted",
      "systemDiskKmsKeyId",
      "dataDisks[0].encrypted",
      "dataDisks[0].kmsKeyId",
      "dataDisks[1].encrypted",
      "dataDisks[1].kmsKeyId",
    ]);
    expect(seen(disk, {}).judged).toEqual(["encrypted", "kmsKeyId"]);
  });

  test("a template's map, if it has one", () => {
    expect(seen(template, { systemDisk: {} }).judged).toEqual(["systemDisk.encrypted", "systemDisk.kmsKeyId"]);
    expect(seen(template, {})).toEqual({ findings: [], judged: [] });
    expect(seen(template, {}, "none").findings).toEqual([violation("systemDisk", "none", "disks")]);
  });

  test("what cannot be read is the finding", () => {
    expect(seen(template, { systemDisk: unknown, dataDisks: 7 })).toEqual({
      findings: [undecided("systemDisk"), violation("dataDisks", "a number", "disks")],
      judged: [],
    });
    expect(seen("alicloud:vpc/network:Network", {})).toEqual({ findings: [], judged: [] });
  });
});
