import { Decimal } from "decimal.js";
import { itemsOf } from "../../cost/items.ts";
import { managed } from "../../plan/plan.ts";
import type { PrintedStack } from "../review.ts";
import { diffOf } from "./infracost-diff.ts";
import { breakdownOf } from "./infracost-resources.ts";
import { addCosts, type Breakdown, type Project, type Root, type Summary } from "./infracost-types.ts";

/** A stack's review, and with --against the review of the stack as it was. */
export interface ReviewedStack {
  readonly now: PrintedStack;
  readonly before?: PrintedStack;
}

/**
 * Cost reviews in the shape of Infracost's JSON, so that its policies (`package infracost`, `input.projects[_].breakdown`,
 * `input.diffTotalMonthlyCost`) and comment tools can read them. What has no price is null with priceNotFound, never "0"; without
 * a state to compare with, the past and the difference are null too.
 *
 * Source: infracost/infracost schema/infracost.schema.json at cffbc23da518, read 2026-11-25
 *
 * @param at when it was made, ISO 8601
 */
export function infracostOf(stacks: readonly ReviewedStack[], at: string): Root {
  const projects = stacks.map(projectOf);
  const all = (part: "breakdown" | "pastBreakdown" | "diff", field: keyof Omit<Breakdown, "resources">) =>
    addCosts(projects.map((project) => project[part][field]));
  return {
    version: "0.2",
    metadata: noRepository,
    currency: stacks[0]?.now.cost.currency ?? "CNY",
    projects,
    totalHourlyCost: all("breakdown", "totalHourlyCost"),
    totalMonthlyCost: all("breakdown", "totalMonthlyCost"),
    totalMonthlyUsageCost: all("breakdown", "totalMonthlyUsageCost"),
    pastTotalHourlyCost: all("pastBreakdown", "totalHourlyCost"),
    pastTotalMonthlyCost: all("pastBreakdown", "totalMonthlyCost"),
    pastTotalMonthlyUsageCost: all("pastBreakdown", "totalMonthlyUsageCost"),
    diffTotalHourlyCost: all("diff", "totalHourlyCost"),
    diffTotalMonthlyCost: all("diff", "totalMonthlyCost"),
    diffTotalMonthlyUsageCost: all("diff", "totalMonthlyUsageCost"),
    timeGenerated: at,
    summary: together(projects.map(({ summary }) => summary)),
  };
}

/** As Infracost writes it outside of a repository: the review knows of files, not of commits. */
const noRepository = {
  infracostCommand: "breakdown",
  vcsBranch: "",
  vcsCommitSha: "",
  vcsCommitAuthorName: "",
  vcsCommitAuthorEmail: "",
  vcsCommitTimestamp: "0001-01-01T00:00:00Z",
  vcsCommitMessage: "",
} as const;

const nothingKnown: Breakdown = {
  resources: [],
  totalHourlyCost: null,
  totalMonthlyCost: null,
  totalMonthlyUsageCost: null,
};

function projectOf({ now, before }: ReviewedStack): Project {
  const breakdown = breakdownOf(now);
  const pastBreakdown = before === undefined ? nothingKnown : breakdownOf(before);
  return {
    name: now.stack,
    displayName: now.stack,
    metadata: { path: now.file, type: "pulumi_program", warnings: warningsOf(now) },
    pastBreakdown,
    breakdown,
    diff: before === undefined ? nothingKnown : diffOf(pastBreakdown, breakdown, now.cost.change),
    summary: summaryOf(now),
  };
}

/** What a sum does not say by itself. */
function warningsOf({ cost }: PrintedStack): Project["metadata"]["warnings"] {
  const { unpricedLines, lines, sizeOnly, change, payNow, notes } = cost;
  const messages = [
    ...(unpricedLines > 0
      ? [`${unpricedLines} of ${lines.length} items have no price: the totals are lower bounds`]
      : []),
    ...(sizeOnly ? ["the account is billed by another list: the figures show the size only"] : []),
    ...(change !== undefined && change.incomparable.items > 0
      ? [`${change.incomparable.items} changed items have a price on one side only and are in no difference`]
      : []),
    ...(change === undefined || new Decimal(change.paidOn).isZero()
      ? []
      : [`${change.paidOn} ${cost.currency} a month of the difference is paid on until the terms end`]),
    ...(new Decimal(payNow.amount).isZero() ? [] : [`to pay at once, in no total: ${payNow.amount} ${cost.currency}`]),
    ...notes,
  ];
  return messages.map((message) => ({ code: 0, message, data: null, isError: false }));
}

/** Free resources are "no price" in Infracost's words; one outside of the model is unsupported. */
function summaryOf({ plan, region, cost }: PrintedStack): Summary {
  const kinds = managed(plan).map((resource) => {
    const items = itemsOf(resource, region);
    const kind =
      items.length === 0 ? "free" : items.every((item) => item.kind === "other") ? "unsupported" : "supported";
    return { type: resource.type, kind };
  });
  const counts = (wanted: string) => {
    const types = Map.groupBy(
      kinds.filter(({ kind }) => kind === wanted),
      ({ type }) => type,
    );
    return Object.fromEntries([...types].map(([type, of]) => [type, of.length]));
  };
  const number = (wanted: string) => kinds.filter(({ kind }) => kind === wanted).length;
  return {
    totalDetectedResources: kinds.length,
    totalSupportedResources: number("supported"),
    totalUnsupportedResources: number("unsupported"),
    totalUsageBasedResources: cost.byUse.length,
    totalNoPriceResources: number("free"),
    supportedResourceCounts: counts("supported"),
    unsupportedResourceCounts: counts("unsupported"),
    noPriceResourceCounts: counts("free"),
  };
}

function together(summaries: readonly Summary[]): Summary {
  const total = (field: NumberField) => summaries.reduce((sum, one) => sum + one[field], 0);
  const merged = (field: Exclude<keyof Summary, NumberField>) => {
    const counts: Record<string, number> = {};
    for (const [type, count] of summaries.flatMap((one) => Object.entries(one[field]))) {
      counts[type] = (counts[type] ?? 0) + count;
    }
    return counts;
  };
  return {
    totalDetectedResources: total("totalDetectedResources"),
    totalSupportedResources: total("totalSupportedResources"),
    totalUnsupportedResources: total("totalUnsupportedResources"),
    totalUsageBasedResources: total("totalUsageBasedResources"),
    totalNoPriceResources: total("totalNoPriceResources"),
    supportedResourceCounts: merged("supportedResourceCounts"),
    unsupportedResourceCounts: merged("unsupportedResourceCounts"),
    noPriceResourceCounts: merged("noPriceResourceCounts"),
  };
}

type NumberField = Extract<keyof Summary, `total${string}`>;
