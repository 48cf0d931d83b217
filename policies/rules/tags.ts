import { demand, unread } from "../demand.ts";
import type { Reading } from "../reading.ts";
import type { Context, Finding, ResourceRule } from "../rule.ts";
import taggable from "../taggable.json" with { type: "json" };

/** Types that take tags of their own; test/policies/taggable.test.ts keeps the list. */
const takesTags: ReadonlySet<string> = new Set(taggable);

/** Replaced when a tag changes (terraform-provider-alicloud 1.285.0, tagsSchemaForceNew): nothing for a remedy. */
const replacedByTags: ReadonlySet<string> = new Set([
  "alicloud:adb/account:Account",
  "alicloud:cddc/dedicatedPropreHost:DedicatedPropreHost",
  "alicloud:oos/execution:Execution",
]);

const level = "mlps-level";

/** Values that a tag may have; any where none are listed. */
interface Values {
  readonly of?: readonly string[];
  readonly wanted: string;
}

function valuesOf(tag: string, profile: Context["profile"]): Values {
  switch (tag) {
    case "data-class":
      return { of: ["general", "important", "core"], wanted: "the tag data-class: general, important or core" };
    case level:
      return profile === "mlps-3"
        ? { of: ["3", "4", "5"], wanted: 'the tag mlps-level: "3" or more' }
        : { of: ["1", "2", "3", "4", "5"], wanted: 'the tag mlps-level: "1" to "5"' };
    default:
      return { wanted: `the tag ${tag}` };
  }
}

function wantedTags({ settings, profile }: Context): ReadonlySet<string> {
  return new Set(profile === "mlps-3" ? [...settings.tags, level] : settings.tags);
}

const tagsRule: ResourceRule = {
  id: "cn-tags",
  title: "Tags that say whose it is and what it holds",
  description:
    "Every resource that takes tags has those of the settings: who owns it, where it belongs, and the class of its data (Data Security Law, Art. 21). In the profile mlps-3 also the level that the system is graded.",
  severity: "low",
  clause: {
    name: "Data Security Law",
    version: "in force since 2021-09-01",
    reference: "Art. 21",
    specification: "data is classified and protected by its class",
  },
  tags: [],
  source: { source: "Data Security Law, Art. 21", observedAt: "2026-08", confidence: "unverified" },
  fix: "china:tags of the stack file sets them on every resource; in another program: tags on each, or china:policies.tagDefaults with the level remediate",
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: { "*": ["tags"] },
  *check({ type, props }, context) {
    if (!takesTags.has(type)) return;
    const tags = props.entries("tags");
    if (tags.state === "undecided" || tags.state === "wrong") {
      yield* unread(tags, { wanted: "a map of tags" });
      return;
    }
    for (const tag of wantedTags(context)) {
      const absent = { state: "absent", path: `${tags.path}.${tag}` } as const;
      const reading = tags.state === "known" ? (tags.value.get(tag) ?? absent) : absent;
      yield* judgeTag(reading, valuesOf(tag, context.profile));
    }
  },
  remedy: {
    inWords: "tags that are missing -> tagDefaults of the settings",
    changes: ({ type, props }, context) => {
      const tags = props.entries("tags");
      if (replacedByTags.has(type) || (tags.state !== "known" && tags.state !== "absent")) return undefined;
      const given = tags.state === "known" ? [...tags.value] : [];
      // Tags are set as a whole: one that is not known here would be lost.
      if (given.some(([, { state }]) => state === "undecided" || state === "wrong")) return undefined;
      const now = new Map(given.map(([tag, reading]) => [tag, reading.state === "known" ? reading.value : ""]));
      const { tagDefaults } = context.settings;
      const missing = [...wantedTags(context)].flatMap((tag) => {
        const fixed = Object.hasOwn(tagDefaults, tag) ? tagDefaults[tag] : undefined;
        return fixed === undefined || now.get(tag) ? [] : [[tag, fixed] as const];
      });
      return missing.length === 0 ? undefined : { tags: Object.fromEntries([...now, ...missing]) };
    },
  },
};

function* judgeTag(reading: Reading<string>, { of, wanted }: Values): Generator<Finding> {
  // Any value will do, and something stands there.
  if (of === undefined && reading.state === "undecided") return;
  yield* demand(reading, (value) => of === undefined || of.includes(value), {
    found: "another value",
    absent: "absent",
    wanted,
  });
}

export const tagRules = [tagsRule] as const;
