import { describe, expect, it } from "vitest";
import { isMainlandRegion, region, regions, whyNotMainland, zonesOf } from "../../catalog/regions.ts";

describe("regions", () => {
  it("lists fourteen, each once, with a name in both languages", () => {
    expect(regions.length).toBe(14);
    expect(new Set(regions.map((row) => row.id)).size).toBe(14);
    expect(regions.every((row) => row.city !== "" && /^\p{Script=Han}+$/u.test(row.cityInChinese))).toBe(true);
  });

  it("has every zone once, as one letter, and marks as roomy only zones it has", () => {
    for (const { id, zones, roomyZones } of regions) {
      expect(new Set(zones).size, id).toBe(zones.length);
      expect(
        zones.every((letter) => /^[a-z]$/.test(letter)),
        id,
      ).toBe(true);
      expect(
        roomyZones.every((letter) => zones.includes(letter)),
        id,
      ).toBe(true);
    }
    const all = regions.flatMap((row) => zonesOf(row.id));
    expect(new Set(all).size).toBe(all.length);
  });

  it.each([
    ["cn-shanghai", 11, "cn-shanghai-l"],
    ["cn-shenzhen", 6, "cn-shenzhen-f"],
    ["cn-wulanchabu", 3, "cn-wulanchabu-c"],
  ])("%s has %i zones, %s among them", (id, count, zone) => {
    expect(zonesOf(id)).toHaveLength(count);
    expect(zonesOf(id)).toContain(zone);
  });

  it("knows no zones where none were read", () => {
    for (const id of ["cn-nanjing", "cn-fuzhou", "cn-zhongwei", "cn-nowhere"]) expect(zonesOf(id)).toEqual([]);
  });

  it("knows where Lindorm answers", () => {
    const yes = regions.filter((row) => row.lindorm === true).map((row) => row.id.slice(3));
    expect(yes.sort()).toEqual(
      [
        "beijing",
        "chengdu",
        "hangzhou",
        "huhehaote",
        "qingdao",
        "shanghai",
        "shenzhen",
        "wulanchabu",
        "zhangjiakou",
      ].sort(),
    );
    expect(region("cn-zhongwei")?.lindorm).toBe("unknown");
  });

  it.each([
    ["cn-hongkong", /Hong Kong/],
    ["cn-shanghai-finance-1", /finance/],
    ["cn-north-2-gov-1", /government/],
    ["cn-wuhan-lr", /does not cover/],
    ["ap-southeast-1", /outside mainland/],
  ])("says why %s is no mainland region", (id, why) => {
    expect(isMainlandRegion(id)).toBe(false);
    expect(whyNotMainland(id)).toMatch(why);
  });

  it("has no reason against a region of the list nor one for an invented id", () => {
    expect(whyNotMainland("cn-shanghai")).toBeUndefined();
    expect(whyNotMainland("cn-atlantis")).toBeUndefined();
  });
});
