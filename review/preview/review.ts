import type { Site } from "../../catalog/term-prices.ts";
import { project as ownProject } from "../../components/config/load.ts";
import type { Settings } from "../../components/config.ts";
import type { PriceBook } from "../../cost/quote.ts";
import { BadInput } from "../../deploy/errors.ts";
import { managed, type Plan, unknown } from "../../plan/plan.ts";
import { providerType } from "../../policies/check.ts";
import { resourcesOf } from "../../policies/from-plan.ts";
import { judge } from "../../policies/judge.ts";
import { isStackRule, type Profile } from "../../policies/rule.ts";
import { rules } from "../../policies/rules.ts";
import { setupOf } from "../../policies/setup.ts";
import { buildReview } from "../build.ts";
import type { Changes } from "../changes/change.ts";
import { hazardsOf } from "../hazards/judge.ts";
import { stopsOf } from "../pull-request/compose.ts";
import type { ChangeReview, ReviewedChange, Stop } from "../pull-request/pull-request.ts";
import { type RulesReview, rulesReviewOf } from "../rules.ts";
import { changesOf } from "./changes.ts";
import { previewCost } from "./cost.ts";
import { withoutSecrets } from "./hidden.ts";
import { type Missing, missingOf, notComparedOf } from "./not-compared.ts";
import { type EnginePreview, readPreview } from "./read.ts";
import { type Sides, sidesOf } from "./sides.ts";

export interface PreviewOptions {
  /** yyyy-mm-dd */
  readonly today: string;
  /** The file, as it was named. */
  readonly ref?: string;
  /** Whose price list counts; of this project's stacks the stack file says it. Default: china. */
  readonly site?: Site;
  /** Profile of the rules where there is no stack file. Default: baseline. */
  readonly profile?: Profile;
  /** The stack file, where the preview is of this project. */
  readonly own?: { readonly file: string; readonly settings: Settings };
  /** Other prices than the catalogue's. */
  readonly book?: PriceBook;
}

/**
 * Reviews what the real engine's preview says: of any program on Alibaba Cloud, by the engine's own steps. Nothing of the
 * file is shown that is secret by its mark, its name or its form.
 *
 * @param file text of `pulumi preview --json`, or of the engine's event log
 * @throws BadInput for a file that is none, and for a stack file that is not of its program
 */
export function reviewOfPreview(file: string, options: PreviewOptions): ChangeReview {
  const preview = readPreview(file);
  const sides = sidesOf(preview);
  const { own, today, ref = "preview" } = options;
  if (own !== undefined && sides.project !== ownProject) {
    throw new BadInput(
      `--config names a stack file of the project ${ownProject}, and the preview is of ${JSON.stringify(sides.project.slice(0, 100))}: leave --config out`,
    );
  }
  const missing = missingOf(preview, sides);
  const shown = changesOf(sides);
  const changes = { ...shown, unchanged: shown.unchanged + missing.sames };
  const change =
    own === undefined
      ? foreign(preview, sides, changes, missing, options)
      : ours(sides, changes, own, missing, options);
  const stops = [...failed(preview, change), ...stopsOf(change)];
  return {
    version: 1,
    asOf: today,
    // The commit that runs is not known: a stack output could say it.
    before: { ref: "what is deployed" },
    after: { ref },
    source: "preview",
    notCompared: notComparedOf(preview, sides, missing, { own: own !== undefined, site: options.site }),
    judge: [],
    stacks: [{ ...change, changes: withoutSecrets(change.changes) }],
    stops,
  };
}

/** Everything that needs no settings. */
function foreign(
  preview: EnginePreview,
  { stack, before, after }: Sides,
  changes: Changes,
  missing: Missing,
  { today, site = "china", profile = "baseline", book }: PreviewOptions,
): ReviewedChange {
  const { context, accept } = setupOf({ profile });
  return {
    stack,
    state: stateOf(changes, before, after),
    changes,
    hazards: hazardsOf({ changes, before, after, accept, today }),
    policies: ofListed(
      rulesReviewOf(judge({ resources: resourcesOf(withProviders(after)), context, accept, today }), today),
      missing,
    ),
    cost: previewCost(preview, before, after, site, book),
  };
}

function ours(
  { stack, before, after }: Sides,
  changes: Changes,
  { file, settings }: NonNullable<PreviewOptions["own"]>,
  missing: Missing,
  { today, book }: PreviewOptions,
): ReviewedChange {
  const { plan: _, ...review } = buildReview({ stack, file, settings, plan: withProviders(after) }, today, undefined, {
    before: { plan: before, settings },
    ...(book === undefined ? {} : { book }),
  });
  return {
    stack,
    state: stateOf(changes, before, after),
    changes,
    hazards: hazardsOf({ changes, before, after, settings, accept: settings.accept, today }),
    review: { ...review, policies: ofListed(review.policies, missing) },
  };
}

function stateOf(changes: Changes, before: Plan, after: Plan): ReviewedChange["state"] {
  if (changes.resources.length === 0 && changes.optionChanges?.length === 0) return "unchanged";
  if (changes.unchanged === 0 && managed(before).length === 0) return "new";
  return changes.unchanged === 0 && managed(after).length === 0 ? "removed" : "changed";
}

/**
 * Without what rules of the whole stack found missing where the preview does not list the whole stack: it may stand there.
 */
function ofListed(judged: RulesReview, { sames }: Missing): RulesReview {
  if (sames === 0) return judged;
  const wide: ReadonlySet<string> = new Set(rules.filter(isStackRule).map(({ id }) => id));
  const violations = judged.violations.filter(({ rule }) => !wide.has(rule));
  const open = Map.groupBy(
    judged.violations.filter(({ rule }) => wide.has(rule)),
    ({ rule }) => rule,
  );
  const stops = violations.some(({ level, accepted }) => level === "mandatory" && accepted === undefined);
  return {
    ...judged,
    violations,
    verdict: stops ? "stop" : "pass",
    undecided: [
      ...judged.undecided,
      ...[...open].flatMap(([rule, found]) =>
        found.slice(0, 1).map(({ title, name, path }) => ({ rule, title, name, path, places: found.length })),
      ),
    ],
  };
}

/** A provider that stays as it is may not be listed: where it is then, nobody here can say. */
function withProviders(plan: Plan): Plan {
  const listed = new Set(plan.resources.map(({ urn }) => urn));
  const named = new Set(plan.resources.flatMap(({ provider }) => provider ?? []));
  const unlisted = [...named].filter((urn) => !listed.has(urn) && urn.includes(`::${providerType}::`));
  const providers = unlisted.map((urn) => ({
    urn,
    type: providerType,
    name: urn.split("::").slice(3).join("::"),
    custom: true,
    inputs: { region: unknown },
    options: {},
  }));
  return providers.length === 0 ? plan : { ...plan, resources: [...plan.resources, ...providers] };
}

/** A preview that failed has not looked at everything. */
function failed({ errors }: EnginePreview, { stack }: ReviewedChange): Stop[] {
  if (errors === 0) return [];
  const text = `the engine's preview failed with ${errors} ${errors === 1 ? "error" : "errors"}: what it did not reach is not reviewed; its own output says why`;
  return [{ stack, kind: "unreadable", id: "preview-failed", text }];
}
