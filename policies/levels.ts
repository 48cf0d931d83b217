import { isMainlandRegion } from "../catalog/regions.ts";
import { nearest } from "../components/config/nearest.ts";
import { violation } from "./demand.ts";
import { ownRules } from "./own-rules.ts";
import type { Context, Finding, Level, RuleFacts } from "./rule.ts";
import { rules } from "./rules.ts";

/**
 * The level that counts: what the settings say of this rule, else the profile. What is mended and still broken stops. What
 * judges the settings themselves, they cannot change.
 */
export function levelOf(rule: RuleFacts, { settings, profile }: Context): Level {
  if (ownRules.includes(rule)) return "mandatory";
  const said = Object.hasOwn(settings.levels, rule.id) ? settings.levels[rule.id] : undefined;
  return said === "remediate" ? "mandatory" : (said ?? rule.levels[profile]);
}

/** Settings that fit the schema and still mean nothing. */
export function settingsMistakes({ settings }: Context): readonly Finding[] {
  const ids: readonly string[] = rules.map(({ id }) => id);
  const levels = Object.entries(settings.levels).flatMap(([id, level]) => {
    const rule = rules.find((one) => one.id === id);
    if (rule === undefined) {
      const near = nearest(id, [...ids]);
      return [
        violation("levels", "a rule that does not exist", near === undefined ? "an id of docs/policies.md" : near),
      ];
    }
    return level === "remediate" && rule.remedy === undefined
      ? [violation(`levels.${rule.id}`, "remediate", "mandatory, advisory or disabled: nothing mends this in place")]
      : [];
  });
  const regions = (settings.regions ?? [])
    .map((region, index) => ({ region, path: `regions[${index}]` }))
    .filter(({ region }) => !isMainlandRegion(region))
    .map(({ path }) => violation(path, "a region outside mainland China", "regions of mainland China only"));
  return [...levels, ...regions];
}
