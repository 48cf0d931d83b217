import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { regions as catalogue, zonesOf } from "../../catalog/regions.ts";
import type { Reading } from "../../policies/reading.ts";
import {
  inWords,
  isAllowed,
  isKnownRegion,
  isOutsideMainland,
  isUnlisted,
  regionIn,
  regionOfArn,
  regionOfLocation,
  regionOfZone,
  regionsOfHost,
  wantedRegion,
} from "../../policies/regions.ts";

const mainland = catalogue.map(({ id }) => id);
const anywhere = {};

/** Written out a second time: one id that is wrong or missing here lets data out, or stops a stack that is right. */
const outside = [
  "cn-hongkong",
  "cn-hongkong-finance-pop",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-3",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ap-southeast-8",
  "eu-central-1",
  "eu-west-1",
  "me-central-1",
  "me-east-1",
  "na-south-1",
  "rus-west-1",
  "us-east-1",
  "us-southeast-1",
  "us-west-1",
];
const special = [
  "cn-wuhan-lr",
  "cn-zhengzhou-jva",
  "cn-beijing-finance-1",
  "cn-beijing-finance-1-pub",
  "cn-hangzhou-finance",
  "cn-heyuan-acdr-1",
  "cn-hzfinance",
  "cn-hzjbp",
  "cn-north-2-gov-1",
  "cn-shanghai-finance-1",
  "cn-shanghai-finance-1-pub",
  "cn-shenzhen-finance",
  "cn-shenzhen-finance-1",
  "cn-szfinance",
  "cn-wulanchabu-gic-1",
];

describe("allowed", () => {
  test.each(mainland)("%s: everywhere in the mainland", (id) => {
    expect(isAllowed(id, anywhere)).toBe(true);
    expect(isOutsideMainland(id)).toBe(false);
  });

  test.each(outside)("%s never, whatever the settings say", (id) => {
    expect(isAllowed(id, anywhere)).toBe(false);
    expect(isAllowed(id, { regions: [id] })).toBe(false);
    expect(isOutsideMainland(id)).toBe(true);
    expect(inWords(id)).toBe(`${id}, outside mainland China`);
  });

  test.each(special)("%s: in the mainland, and nobody has checked it", (id) => {
    expect(isAllowed(id, anywhere)).toBe(false);
    expect(isAllowed(id, { regions: [id] })).toBe(false);
    expect(isOutsideMainland(id)).toBe(false);
    expect(inWords(id)).toBe(`${id}, a region of the mainland that the catalogue does not cover`);
  });

  test("the settings leave some", () => {
    const settings = { regions: ["cn-beijing", "cn-shanghai"] };
    expect(mainland.filter((id) => isAllowed(id, settings))).toEqual(["cn-shanghai", "cn-beijing"]);
    expect(inWords("cn-hangzhou")).toBe("cn-hangzhou, not an allowed region");
  });

  test("what the settings say never adds one", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...mainland, ...outside, ...special, "mars-1")), (regions) => {
        const allowed = [...mainland, ...outside, ...special, "mars-1"].filter((id) => isAllowed(id, { regions }));
        expect(allowed.every((id) => mainland.includes(id) && regions.includes(id))).toBe(true);
      }),
    );
  });

  test("an id that no list holds is never repeated", () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        fc.pre(!isKnownRegion(id));
        expect(isAllowed(id, anywhere)).toBe(false);
        expect(inWords(id)).toBe("an unknown region");
      }),
    );
    expect([...mainland, ...outside, ...special].every(isKnownRegion)).toBe(true);
  });

  test("what is wanted", () => {
    expect(wantedRegion(anywhere)).toBe("a region of mainland China");
    expect(wantedRegion({ regions: ["cn-shanghai", "cn-beijing"] })).toBe("cn-shanghai or cn-beijing");
    // Nothing that a user made up gets into a message.
    expect(wantedRegion({ regions: ["cn-hongkong", "mars-1", "cn-shanghai"] })).toBe("cn-shanghai");
    expect(wantedRegion({ regions: ["cn-hongkong"] })).toBe("a region of mainland China");
  });

  test("two regions need the provider's check switched off", () => {
    const all = [...mainland, ...outside, ...special];
    expect(all.filter(isUnlisted)).toEqual(["cn-wuhan-lr", "cn-zhengzhou-jva"]);
  });
});

describe("zones", () => {
  test.each(mainland.flatMap((id) => zonesOf(id).map((zone) => [zone, id])))("%s is of %s", (zone, id) => {
    expect(regionOfZone(zone)).toBe(id);
  });

  test.each([
    ["cn-hongkong-b", "cn-hongkong"],
    ["ap-southeast-1a", "ap-southeast-1"],
    ["us-west-1b", "us-west-1"],
    ["cn-shanghai-finance-1a", "cn-shanghai-finance-1"],
    ["cn-shanghai-finance-1-a", "cn-shanghai-finance-1"],
    ["cn-beijing-finance-1-pub-a", "cn-beijing-finance-1-pub"],
    ["cn-wuhan-lr-a", "cn-wuhan-lr"],
    // Lindorm over several zones
    ["cn-hangzhou-ehi-aliyun", "cn-hangzhou"],
    ["cn-shanghai-efg-aliyun", "cn-shanghai"],
    ["ap-southeast-5abc-aliyun", "ap-southeast-5"],
    ["ap-southeast-1-abc-aliyun", "ap-southeast-1"],
  ])("%s is of %s", (zone, region) => {
    expect(regionOfZone(zone)).toBe(region);
  });

  test.each([
    ["a region", "cn-shanghai"],
    ["a region that ends in a number", "ap-southeast-1"],
    ["no letter", "cn-shanghai-"],
    ["a capital", "cn-shanghai-L"],
    ["two letters", "cn-shanghai-lm"],
    ["no hyphen before the letter", "cn-shanghail"],
    ["another region that begins the same", "cn-shanghai-secret-1a"],
    ["text before it", "x-cn-shanghai-l"],
    ["text after it", "cn-shanghai-l "],
    ["a region that nobody knows", "mars-1a"],
    ["one zone as if it were several", "cn-hangzhou-e-aliyun"],
    ["several zones without their end", "cn-hangzhou-ehi"],
    ["several zones of no region", "aliyun-ehi-aliyun"],
    ["nothing", ""],
  ])("%s: %s has none", (_, zone) => {
    expect(regionOfZone(zone)).toBeUndefined();
  });

  test("a region is known and begins the zone, whatever the text is", () => {
    const piece = fc.constantFrom("cn", "shanghai", "ap-southeast-1", "-", "1", "a", "abc", "aliyun", "hongkong");
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const zone = pieces.join("");
        const region = regionOfZone(zone);
        expect(region === undefined || (zone.startsWith(region) && isKnownRegion(region))).toBe(true);
      }),
    );
  });
});

test.each([
  ["oss-cn-shanghai", "cn-shanghai"],
  ["oss-cn-hzfinance", "cn-hzfinance"],
  ["cn-shanghai", undefined],
  ["OSS-cn-shanghai", undefined],
  ["x-oss-cn-shanghai", undefined],
])("location %s: %s", (location, region) => {
  expect(regionOfLocation(location)).toBe(region);
});

test.each([
  ["acs:log:cn-shanghai:1234567890123456:project/audit", "cn-shanghai"],
  ["acs:log::1234567890123456:project/audit", ""],
  ["audit", undefined],
])("resource name %s: %s", (arn, region) => {
  expect(regionOfArn(arn)).toBe(region);
});

test.each([
  ["ecs.aliyuncs.com", []],
  ["r-kvstore.aliyuncs.com", []],
  ["ecs.cn-shanghai.aliyuncs.com", ["cn-shanghai"]],
  ["cn-shanghai-intranet.log.aliyuncs.com", ["cn-shanghai"]],
  ["oss-cn-shanghai-internal.aliyuncs.com", ["cn-shanghai"]],
  ["1234.cn-shanghai-finance-1.fc.aliyuncs.com", ["cn-shanghai-finance-1"]],
  ["oss-cn-shanghai-finance-1-pub.aliyuncs.com", ["cn-shanghai-finance-1-pub"]],
  ["oss-cn-hongkong.aliyuncs.com", ["cn-hongkong"]],
  ["sts.ap-southeast-1.aliyuncs.com", ["ap-southeast-1"]],
  ["cn-shanghai.vpc.us-east-1.aliyuncs.com", ["cn-shanghai", "us-east-1"]],
  // Longer than any that is known by more than a word: not that one.
  ["ecs.ap-southeast-11.aliyuncs.com", [""]],
  ["ecs.cn-shanghaix.aliyuncs.com", [""]],
  ["ecs.cn-mars.aliyuncs.com", [""]],
  ["af-south-1.aliyuncs.com", [""]],
  ["ecs.sa-east-1.aliyuncs.com", [""]],
  ["eu-central-1.oss.aliyuncs.com", ["eu-central-1"]],
  ["ecs.me-east-1.aliyuncs.com", ["me-east-1"]],
  ["ecs.na-south-1.aliyuncs.com", ["na-south-1"]],
  ["ecs.rus-west-1.aliyuncs.com", ["rus-west-1"]],
])("host %s names %j", (host, regions) => {
  expect(regionsOfHost(host)).toEqual(regions);
});

test("what cannot be read stays as it is", () => {
  const readings: readonly Reading<string>[] = [
    { state: "absent", path: "zoneId" },
    { state: "undecided", path: "zoneId" },
    { state: "wrong", path: "zoneId", found: "a number" },
  ];
  for (const one of readings) expect(regionIn(one, () => "cn-shanghai")).toEqual(one);
  const known: Reading<string> = { state: "known", path: "zoneId", value: "cn-shanghai-l" };
  expect(regionIn(known, regionOfZone)).toEqual({ ...known, value: "cn-shanghai" });
  expect(regionIn(known, () => undefined)).toEqual({ ...known, value: "" });
});
