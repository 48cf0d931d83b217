import { describe, expect, it } from "vitest";
import { diskCategories, diskCategoriesFor } from "../../catalog/disks.ts";
import {
  architectureOf,
  hasLocalDisk,
  instanceType,
  instanceTypeIds,
  parseTypeName,
} from "../../catalog/instance-types.ts";

describe("instance types", () => {
  it.each([
    ["ecs.g7.xlarge", 4, 16, "x86_64", 7, undefined],
    ["ecs.c6.13xlarge", 52, 96, "x86_64", 6, undefined],
    ["ecs.u1-c1m4.xlarge", 4, 16, "x86_64", undefined, undefined],
    ["ecs.e-c1m2.large", 2, 4, "x86_64", undefined, undefined],
    ["ecs.g8y.xlarge", 4, 16, "arm64", 8, undefined],
    ["ecs.g6r.large", 2, 8, "arm64", 6, undefined],
    ["ecs.g5.xlarge", 4, 16, "x86_64", 5, "inferred"],
    ["ecs.g9i.xlarge", 4, 16, "x86_64", 9, "inferred"],
    ["ecs.r9i.2xlarge", 8, 64, "x86_64", 9, "inferred"],
  ])("%s has %i vCPU, %i GiB, %s", (id, vcpu, memoryGiB, architecture, generation, confidence) => {
    const type = instanceType(id);
    expect(type).toMatchObject({ vcpu, memoryGiB, architecture, localDisk: false });
    expect(type?.generation).toBe(generation);
    expect(type?.confidence).toBe(confidence);
  });

  it("lists every id once, each parses, and memory follows the ratio of the series", () => {
    const ids = instanceTypeIds();
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) {
      const type = instanceType(id);
      const named = /c1m(\d)/.exec(id)?.[1];
      const ratio = named === undefined ? { c: 2, g: 4, r: 8 }[type?.series ?? ""] : Number(named);
      const cores = type?.size === "13xlarge" ? 48 : type?.vcpu;
      expect(type?.memoryGiB, id).toBe((cores ?? 0) * (ratio ?? 0));
    }
  });

  it.each(["ecs.g7.nosuch", "ecs.i4.xlarge", "m5.xlarge", "", "constructor", "__proto__"])("does not know %o", (id) => {
    expect(instanceType(id)).toBeUndefined();
  });

  it.each([
    ["ecs.g12i.xlarge", { family: "ecs.g12i", series: "g", generation: 12, variant: "i" }],
    ["ecs.gn6i-c4g1.xlarge", { family: "ecs.gn6i-c4g1", series: "gn", generation: 6, variant: "i" }],
    ["ecs.u1-c1m8.8xlarge", { family: "ecs.u1-c1m8", series: "u", size: "8xlarge" }],
    ["ecs.ebmg7.32xlarge", { family: "ecs.ebmg7", series: "ebmg", generation: 7 }],
  ])("reads from the id %s what it says", (id, parts) => {
    expect(parseTypeName(id)).toMatchObject(parts);
  });

  it.each([
    ["ecs.i4.xlarge", true],
    ["ecs.d3s.2xlarge", true],
    ["ecs.g7.xlarge", false],
    ["ecs.gn7i-c8g1.2xlarge", "unknown"],
  ])("%s has local disks: %s", (id, local) => {
    const name = parseTypeName(id);
    expect(name && hasLocalDisk(name)).toBe(local);
  });

  it("takes the architecture of an unknown y type from its name", () => {
    const name = parseTypeName("ecs.c10y.large");
    expect(name && architectureOf(name)).toMatchObject({ architecture: "arm64" });
  });
});

describe("disks of a type", () => {
  it.each([
    ["ecs.g6.xlarge", "yes", "yes", "yes", "no"],
    ["ecs.g7a.xlarge", "yes", "yes", "yes", "no"],
    ["ecs.g6e.xlarge", "yes", "no", "no", "no"],
    ["ecs.g7.xlarge", "yes", "no", "no", "no"],
    ["ecs.g9i.xlarge", "yes", "no", "no", "no"],
    ["ecs.e-c1m4.large", "yes", "unknown", "unknown", "yes"],
    ["ecs.u1-c1m4.xlarge", "unknown", "unknown", "unknown", "yes"],
    ["ecs.gn7i-c8g1.2xlarge", "unknown", "unknown", "unknown", "no"],
  ])("%s: ESSD %s, SSD %s, ultra %s, ESSD Entry %s", (id, essd, ssd, ultra, entry) => {
    expect(diskCategoriesFor(id)).toMatchObject({
      cloud_essd: essd,
      cloud_ssd: ssd,
      cloud_efficiency: ultra,
      cloud_essd_entry: entry,
    });
  });

  it("offers AutoPL from the eighth generation, leaves it open before, and answers for every known type with a source", () => {
    expect(diskCategoriesFor("ecs.g8i.xlarge")?.cloud_auto).toBe("yes");
    expect(diskCategoriesFor("ecs.g7.xlarge")?.cloud_auto).toBe("unknown");
    expect(diskCategoriesFor("not a type")).toBeUndefined();
    for (const id of instanceTypeIds()) {
      const row = diskCategoriesFor(id);
      expect(row?.source, id).toMatch(/.{8}/);
      expect(
        diskCategories.every((category) => ["yes", "no", "unknown"].includes(row?.[category] ?? "")),
        id,
      ).toBe(true);
    }
  });
});
