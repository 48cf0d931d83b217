import { z } from "zod";
import type { PlanValue } from "../../plan/plan.ts";
import { review as stackReviews } from "../review.ts";

/** The review of a change as JSON; the same shape as {@link ChangeReview}, which a test keeps. */

/** JSON, which zod's own type has with arrays that can be written. */
const planValue = z
  .json()
  .describe(
    'Unknown is {"__pulumiUnknown": true}, a secret {"__pulumiSecret": true}',
  ) as unknown as z.ZodType<PlanValue>;

const texts = z.array(z.string()).readonly();

const options = z
  .strictObject({
    protect: z.boolean().optional(),
    retainOnDelete: z.boolean().optional(),
    deleteBeforeReplace: z.boolean().optional(),
    dependsOn: texts.optional(),
    ignoreChanges: texts.optional(),
    replaceOnChanges: texts.optional(),
    additionalSecretOutputs: texts.optional(),
    aliases: texts.optional(),
    timeouts: z
      .strictObject({
        create: z.string().optional(),
        update: z.string().optional(),
        delete: z.string().optional(),
      })
      .optional(),
    deletedWith: z.string().optional(),
    importId: z.string().optional(),
  })
  .describe("Resource options as the engine gets them, defaults left out");

const side = z.strictObject({
  inputs: z.record(z.string(), planValue),
  options,
  parent: z.string().optional(),
});

const propertyChange = z.strictObject({
  path: z.string().describe('As Pulumi writes it: tags.env, dataDisks[0].size, tags["a.b"]'),
  kind: z.enum(["added", "removed", "changed"]),
  before: planValue.optional(),
  after: planValue.optional(),
});

const resourceChange = z.strictObject({
  operation: z.enum(["create", "update", "replace", "delete"]),
  urn: z.string().describe("As it is afterwards; of what is deleted, as it was"),
  formerUrn: z.string().optional(),
  type: z.string(),
  name: z.string(),
  component: z.string().describe("Last part of the parent's URN"),
  before: side.optional(),
  after: side.optional(),
  properties: z.array(propertyChange).readonly(),
  replaceBecause: z
    .array(
      z.strictObject({
        path: z.string(),
        why: z.enum(["provider", "option", "dependency", "engine"]),
        of: z.string().optional(),
      }),
    )
    .readonly()
    .describe("Empty unless it is replaced"),
  deleteBeforeReplace: z.boolean(),
});

const optionChange = z.strictObject({
  urn: z.string(),
  type: z.string(),
  name: z.string(),
  component: z.string(),
  before: side,
  after: side,
});

const changes = z.strictObject({
  source: z.enum(["files", "preview"]).describe("Two plans were compared, or the engine's own steps"),
  resources: z.array(resourceChange).readonly(),
  unchanged: z.number(),
  optionChanges: z.array(optionChange).readonly().optional(),
  unknownTypes: z.record(z.string(), z.number()).describe("Types whose inputs are not known here, with how many"),
});

const hazard = z.strictObject({
  id: z.string(),
  title: z.string(),
  severity: z.enum(["high", "medium", "low"]).describe("high fails the check unless it is accepted"),
  on: z.string().describe("Component or host, as china:accept names it"),
  resources: texts.describe("URNs"),
  text: z.string(),
  evidence: texts,
  advice: z.string(),
  source: z.strictObject({
    source: z.string(),
    observedAt: z.string(),
    confidence: z.enum(["inferred", "unverified", "low"]).optional(),
  }),
  accepted: z.strictObject({ why: z.string(), by: z.string(), until: z.string() }).optional(),
  accept: z.string().optional().describe("Entry for china:accept, to be filled in"),
});

const state = z.strictObject({ ref: z.string(), commit: z.string().optional() });

const stackReview = stackReviews.shape.stacks.element.omit({ plan: true });

export const changeReview = z.strictObject({
  version: z.literal(1),
  asOf: z.string().describe("yyyy-mm-dd"),
  before: state,
  after: state,
  source: z.enum(["files", "preview"]),
  notCompared: texts,
  judge: z
    .array(
      z.strictObject({
        what: z.enum(["files", "accept", "budget", "policies"]),
        stack: z.string().optional(),
        text: z.string(),
      }),
    )
    .readonly()
    .describe("What of the change decides how it is judged"),
  stacks: z
    .array(
      z.strictObject({
        stack: z.string(),
        state: z.enum(["changed", "unchanged", "new", "removed", "unreadable"]),
        why: z.string().optional(),
        changes,
        hazards: z.array(hazard).readonly(),
        review: stackReview.optional().describe("The stack as it will be"),
        cost: stackReview.shape.cost.optional().describe("Instead of review, of a program without settings"),
        policies: stackReview.shape.policies.optional().describe("Instead of review, of a program without settings"),
      }),
    )
    .readonly(),
  stops: z
    .array(
      z.strictObject({
        stack: z.string(),
        kind: z.enum(["rule", "hazard", "budget", "unreadable"]),
        id: z.string(),
        text: z.string(),
      }),
    )
    .readonly()
    .describe("Why it must not be merged as it is"),
});
