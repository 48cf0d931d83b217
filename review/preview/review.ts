import type { Site } from "../../catalog/term-prices.ts";
import { project as ownProject } from "../../components/config/load.ts";
import type { Settings } from "../../components/config.ts";
import type { PriceBook } from "../../cost/quote.ts";
import { commitOutput, deployedCommit } from "../../deploy/commit.ts";
import { BadInput } from "../../deploy/errors.ts";
import { managed, type Plan } from "../../plan/plan.ts";
import { judge } from "../../policies/judge.ts";
import type { Profile } from "../../policies/rule.ts";
import { contextOf, setupOf } from "../../policies/setup.ts";
import { buildReview } from "../build.ts";
import type { Changes } from "../changes/change.ts";
import { stopsOf } from "../pull-request/compose.ts";
import type { ChangeReview, ReviewedChange, Stop } from "../pull-request/pull-request.ts";
import { rulesReviewOf } from "../rules.ts";
import { changesOf } from "./changes.ts";
import { previewCost } from "./cost.ts";
import { previewHazards } from "./hazards.ts";
import { withoutSecrets } from "./hidden.ts";
import { type Missing, missingOf, notComparedOf } from "./not-compared.ts";
import { type EnginePreview, readPreview } from "./read.ts";
import { previewRules } from "./rules.ts";
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
      : ours(preview, sides, changes, own, missing, options);
  const stops = [...failed(preview, change), ...stopsOf(change)];
  return {
    version: 1,
    asOf: today,
    before: whatRuns(preview),
    after: { ref },
    source: "preview",
    notCompared: notComparedOf(preview, sides, missing, { own: own !== undefined, site: options.site }),
    judge: [],
    stacks: [{ ...change, changes: withoutSecrets(change.changes) }],
    stops,
  };
}

/** What is deployed, with the commit where the stack has it as an output: `npm run deploy` leaves it there. */
function whatRuns({ steps }: EnginePreview): ChangeReview["before"] {
  const outputs = steps.find(({ urn }) => urn.includes("::pulumi:pulumi:Stack::"))?.old?.outputs;
  const { [commitOutput]: commit } = (outputs ?? {}) as Readonly<Record<string, unknown>>;
  const [, id, changes] = (typeof commit === "string" && deployedCommit.exec(commit)) || [];
  if (id === undefined) return { ref: "what is deployed" };
  return {
    ref: changes === undefined ? "what is deployed" : "what is deployed, files not committed on top of",
    commit: id,
  };
}

/** Everything that needs no settings. */
function foreign(
  preview: EnginePreview,
  sides: Sides,
  changes: Changes,
  missing: Missing,
  { today, site = "china", profile = "baseline", book }: PreviewOptions,
): ReviewedChange {
  const { stack, before, after } = sides;
  const { context, accept } = setupOf({ profile });
  return {
    stack,
    state: stateOf(changes, before, after),
    changes,
    hazards: previewHazards({ changes, before, after, accept, today }, preview),
    policies: previewRules(preview, sides, missing, (resources) =>
      rulesReviewOf(judge({ resources, context, accept, today }), today),
    ),
    cost: previewCost(preview, before, after, site, book),
  };
}

function ours(
  preview: EnginePreview,
  sides: Sides,
  changes: Changes,
  { file, settings }: NonNullable<PreviewOptions["own"]>,
  missing: Missing,
  { today, book }: PreviewOptions,
): ReviewedChange {
  const { stack, before, after } = sides;
  const { accept } = settings;
  const { plan: _, ...review } = buildReview({ stack, file, settings, plan: after }, today, undefined, {
    before: { plan: before, settings },
    ...(book === undefined ? {} : { book }),
  });
  return {
    stack,
    state: stateOf(changes, before, after),
    changes,
    hazards: previewHazards({ changes, before, after, settings, accept, today }, preview),
    review: {
      ...review,
      policies: previewRules(preview, sides, missing, (resources) =>
        rulesReviewOf(judge({ resources, context: contextOf(settings.policies), accept, today }), today),
      ),
    },
  };
}

function stateOf(changes: Changes, before: Plan, after: Plan): ReviewedChange["state"] {
  if (changes.resources.length === 0 && changes.optionChanges?.length === 0) return "unchanged";
  if (changes.unchanged === 0 && managed(before).length === 0) return "new";
  return changes.unchanged === 0 && managed(after).length === 0 ? "removed" : "changed";
}

/** A preview that failed has not looked at everything. */
function failed({ errors }: EnginePreview, { stack }: ReviewedChange): Stop[] {
  if (errors === 0) return [];
  const text = `the engine's preview failed with ${errors} ${errors === 1 ? "error" : "errors"}: what it did not reach is not reviewed; its own output says why`;
  return [{ stack, kind: "unreadable", id: "preview-failed", text }];
}
