import { describe, expect, test } from "vitest";
import { levelOf, settingsMistakes } from "../../policies/levels.ts";
import { ownRules } from "../../policies/own-rules.ts";
import { rules } from "../../policies/rules.ts";
import { contextOf } from "./cases.ts";
import { facts } from "./made-up.ts";

const rule = facts({ levels: { baseline: "advisory", "mlps-3": "mandatory" } });
const off = facts({ levels: { baseline: "disabled", "mlps-3": "advisory" } });

describe("the level that counts", () => {
  test.each([
    ["the profile's", rule, {}, "baseline", "advisory"],
    ["another profile's", rule, {}, "mlps-3", "mandatory"],
    ["the settings' rather than the profile's", rule, { "cn-made-up": "disabled" }, "baseline", "disabled"],
    ["off by the profile", off, {}, "baseline", "disabled"],
    ["on by the settings", off, { "cn-made-up": "advisory" }, "baseline", "advisory"],
    // What was mended is no longer broken: what still is, stops.
    ["mended and still broken", rule, { "cn-made-up": "remediate" }, "baseline", "mandatory"],
    ["another rule's settings", rule, { "cn-imdsv2": "disabled" }, "baseline", "advisory"],
  ] as const)("%s", (_, one, levels, profile, expected) => {
    expect(levelOf(one, contextOf({ levels }, profile))).toBe(expected);
  });

  test("what every object inherits is no setting", () => {
    const inherited = { ...facts(), id: "constructor" as "cn-constructor" };
    expect(levelOf(inherited, contextOf())).toBe("mandatory");
  });

  test.each(ownRules)("$id is mandatory, whatever the settings say", (own) => {
    for (const level of ["advisory", "disabled", "remediate"] as const) {
      expect(levelOf(own, contextOf({ levels: { [own.id]: level } }))).toBe("mandatory");
    }
  });
});

describe("settings that mean nothing", () => {
  const mistakes = (settings: Parameters<typeof contextOf>[0]) => settingsMistakes(contextOf(settings));

  test("none in the defaults, none where every name is one", () => {
    expect(mistakes({})).toEqual([]);
    const levels = Object.fromEntries(rules.map(({ id }) => [id, "advisory" as const]));
    expect(mistakes({ levels, regions: ["cn-shanghai", "cn-beijing"] })).toEqual([]);
  });

  test("a misspelt rule is told what it was meant to be, and not repeated", () => {
    expect(mistakes({ levels: { "cn-imdsv": "disabled" } })).toEqual([
      { verdict: "violation", path: "levels", found: "a rule that does not exist", wanted: "cn-imdsv2" },
    ]);
  });

  test("a name that is near to none", () => {
    expect(mistakes({ levels: { "something-else-entirely": "disabled" } })).toEqual([
      {
        verdict: "violation",
        path: "levels",
        found: "a rule that does not exist",
        wanted: "an id of docs/policies.md",
      },
    ]);
  });

  test.each(ownRules)("$id has no level to set", ({ id }) => {
    expect(mistakes({ levels: { [id]: "advisory" } })).toHaveLength(1);
  });

  test.each(
    rules.map((one) => [one.id, one.remedy === undefined ? 1 : 0] as const),
  )("remediate for %s: %i mistakes", (id, count) => {
    const found = mistakes({ levels: { [id]: "remediate" } });
    expect(found).toHaveLength(count);
    if (count > 0) {
      expect(found).toEqual([
        {
          verdict: "violation",
          path: `levels.${id}`,
          found: "remediate",
          wanted: "mandatory, advisory or disabled: nothing mends this in place",
        },
      ]);
    }
  });

  test("a rule without a remedy may have any other level", () => {
    const bare = rules.filter(({ remedy }) => remedy === undefined);
    for (const level of ["mandatory", "advisory", "disabled"] as const) {
      expect(mistakes({ levels: Object.fromEntries(bare.map(({ id }) => [id, level])) })).toEqual([]);
    }
  });

  test("a region outside the mainland is named by its place only", () => {
    expect(mistakes({ regions: ["cn-shanghai", "cn-hongkong", "us-west-1"] })).toEqual(
      ["regions[1]", "regions[2]"].map((path) => ({
        verdict: "violation",
        path,
        found: "a region outside mainland China",
        wanted: "regions of mainland China only",
      })),
    );
  });
});
