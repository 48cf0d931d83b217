import type { Changes, ResourceChange } from "../../../review/changes/change.ts";
import type { ChangeReview, ReviewedChange } from "../../../review/pull-request/pull-request.ts";

/** A review by hand that says nothing yet. */
export const nothing: ChangeReview = {
  version: 1,
  asOf: "2026-11-25",
  before: { ref: "main", commit: "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d" },
  after: { ref: "branch" },
  source: "files",
  notCompared: ["what runs in the cloud"],
  judge: [],
  stacks: [],
  stops: [],
};

export function stackOf(stack: string, parts: Partial<ReviewedChange> = {}): ReviewedChange {
  return { stack, state: "unchanged", changes: changesOf([]), hazards: [], ...parts };
}

export function changesOf(resources: readonly ResourceChange[], parts: Partial<Changes> = {}): Changes {
  return { source: "files", resources, unchanged: 3, unknownTypes: {}, ...parts };
}

export function change(
  operation: ResourceChange["operation"],
  name: string,
  parts: Partial<ResourceChange> = {},
): ResourceChange {
  return {
    operation,
    urn: `urn:pulumi:s::china::china:index:HostGroup$alicloud:ecs/instance:Instance::${name}`,
    type: "alicloud:ecs/instance:Instance",
    name,
    component: "workers",
    properties: [],
    replaceBecause: [],
    deleteBeforeReplace: false,
    ...parts,
  };
}

const side = { inputs: {}, options: { protect: true, retainOnDelete: true } };
const hazard = {
  id: "data-disk-deleted",
  title: "A data disk is deleted",
  severity: "high",
  on: "workers-03",
  resources: ["urn:pulumi:gone::china::a$b::workers-03-data"],
  text: "workers-03-data: deleted with its data",
  evidence: ["no longer declared"],
  advice: "take a snapshot first",
  source: { source: "provider", observedAt: "2026-07-10" },
} as const;

/** A stack that goes, with everything that can be said of resources. */
const gone = stackOf("gone", {
  state: "removed",
  changes: changesOf(
    [
      change("delete", "workers-03-data", { before: side }),
      change("delete", "workers-04", { before: { inputs: {}, options: {} }, component: "others" }),
      change("replace", "workers-05", {
        formerUrn: "urn:pulumi:gone::china::a$b::old-name",
        deleteBeforeReplace: true,
        replaceBecause: [
          { path: "zoneId", why: "provider" },
          { path: "vswitchId", why: "dependency", of: "urn:pulumi:gone::china::a$b::network-vswitch" },
          { path: "imageId", why: "option" },
          { path: "", why: "engine" },
        ],
        properties: [
          { path: 'tags["a b"]', kind: "changed", before: "old tag", after: "new tag" },
          { path: "password", kind: "changed", before: "hunter two", after: "hunter three" },
          { path: "token", kind: "added", after: { __pulumiSecret: true } },
          { path: "vpcId", kind: "changed", before: "vpc-1", after: { __pulumiUnknown: true } },
          { path: "list[0]", kind: "removed", before: ["one", { key: "two", secretKey: "three" }] },
          { path: "description", kind: "changed", before: null, after: `a long description ${"word ".repeat(60)}` },
          {
            path: "userData",
            kind: "changed",
            before: "#!/bin/sh\necho one first line\necho two same line\n",
            after: "#!/bin/sh\necho other first line\necho two same line\n",
          },
        ],
      }),
    ],
    {
      unknownTypes: { "other:cloud/thing:Thing": 2 },
      optionChanges: [
        {
          urn: "urn:pulumi:gone::china::a$b::kept",
          type: "alicloud:ecs/disk:Disk",
          name: "kept",
          component: "workers",
          before: { inputs: {}, options: { protect: true } },
          after: { inputs: {}, options: { ignoreChanges: ["imageId"] } },
        },
      ],
    },
  ),
  hazards: [
    { ...hazard, accept: '- { what: data-disk-deleted, on: "workers-03", why: "...", by: "...", until: 2027-02-23 }' },
    {
      ...hazard,
      id: "address-deleted",
      severity: "medium",
      text: "an address is deleted",
      accepted: { why: "it is not used any more", by: "the data team", until: "2027-01-31" },
    },
  ],
});

const unreadable = stackOf("odd", {
  state: "unreadable",
  why: "before the change: its program ended with an exception",
});

/** A real review with everything added that real stacks did not have, so that every part of a report is there. */
export function everything(rich: ChangeReview): ChangeReview {
  return {
    ...rich,
    judge: [
      { what: "files", text: "pipeline: .github/workflows/review.yml" },
      {
        what: "accept",
        stack: "shanghai",
        text: "accepts one thing on another until next year, by somebody: a reason",
      },
    ],
    stacks: [...rich.stacks.map(withEveryCost), gone, unreadable, foreign(rich)],
    stops: [
      ...rich.stops,
      { stack: "gone", kind: "hazard", id: hazard.id, text: hazard.text },
      { stack: "odd", kind: "unreadable", id: "unreadable", text: unreadable.why ?? "" },
      { stack: "gone", kind: "rule", id: "cn-unknown-rule", text: "a rule of which nothing else is known" },
    ],
  };
}

/** A program without settings of its own: its cost and rules stand beside a review that it has not. */
function foreign({ stacks }: ChangeReview): ReviewedChange {
  const own = stacks.find(({ review }) => review?.cost.change?.groups.length)?.review;
  if (own === undefined) throw new Error("no stack whose cost changes");
  const { cost, policies } = own;
  const changes = changesOf([change("update", "theirs")]);
  return stackOf("theirs", { state: "changed", changes, cost: { ...cost, comparisons: [] }, policies });
}

function withEveryCost(stack: ReviewedChange): ReviewedChange {
  const { review } = stack;
  const change = review?.cost.change;
  if (review === undefined || change === undefined || change.groups.length === 0) return stack;
  return {
    ...stack,
    review: {
      ...review,
      cost: {
        ...review.cost,
        sizeOnly: true,
        notes: ["a note on the prices"],
        comparisons: review.cost.comparisons.filter(({ component }) => component === "gate"),
        change: {
          ...change,
          givenUp: [{ name: "workers-07", what: "a big host", term: "1 year" }],
          paidOn: "12.00",
          byUse: "3.00",
          notBought: [{ name: "workers-08", from: "1 month", to: "2 months" }],
          sizePayNow: ["10.00", "20.00"],
          incomparable: { items: 1, before: "0.00", after: "0.00" },
        },
      },
    },
  };
}
