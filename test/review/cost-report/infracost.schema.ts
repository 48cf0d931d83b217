/**
 * The parts of Infracost's JSON that are written here, as its published schema has them: names, types, what must be there, and
 * that nothing else may be.
 *
 * Source: infracost/infracost schema/infracost.schema.json at cffbc23da5189e8e7dbe11917028ce5c019ea772, read 2026-11-25
 */
const text = { type: "string" };
const figure = { type: ["string", "null"], pattern: String.raw`^-?\d+(\.\d+)?$` };
const whole = { type: "integer" };
const yes = { type: "boolean" };
const counts = { type: "object", additionalProperties: whole };
const of = (name: string) => ({ $ref: `#/definitions/${name}` });
const listOf = (name: string) => ({ type: "array", items: of(name) });
const object = (required: Record<string, object>, optional: Record<string, object> = {}) => ({
  type: "object",
  required: Object.keys(required),
  properties: { ...required, ...optional },
  additionalProperties: false,
});
const totals = { totalHourlyCost: figure, totalMonthlyCost: figure };

export const infracostSchema = {
  ...of("Root"),
  definitions: {
    Root: object(
      {
        version: text,
        metadata: of("Metadata"),
        currency: text,
        projects: listOf("Project"),
        ...totals,
        pastTotalHourlyCost: figure,
        pastTotalMonthlyCost: figure,
        diffTotalHourlyCost: figure,
        diffTotalMonthlyCost: figure,
        timeGenerated: { type: "string", pattern: String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d` },
        summary: of("Summary"),
      },
      { totalMonthlyUsageCost: figure, pastTotalMonthlyUsageCost: figure, diffTotalMonthlyUsageCost: figure },
    ),
    Metadata: object({
      infracostCommand: text,
      vcsBranch: text,
      vcsCommitSha: text,
      vcsCommitAuthorName: text,
      vcsCommitAuthorEmail: text,
      vcsCommitTimestamp: { type: "string", pattern: String.raw`^\d{4}-\d\d-\d\dT` },
      vcsCommitMessage: text,
    }),
    Project: object({
      name: text,
      displayName: text,
      metadata: of("ProjectMetadata"),
      pastBreakdown: of("Breakdown"),
      breakdown: of("Breakdown"),
      diff: of("Breakdown"),
      summary: of("Summary"),
    }),
    ProjectMetadata: object({ path: text, type: text }, { warnings: listOf("ProjectDiag") }),
    ProjectDiag: object({ code: whole, message: text, data: {}, isError: yes }),
    Breakdown: object({ resources: listOf("Resource"), ...totals, totalMonthlyUsageCost: figure }),
    Resource: object(
      { name: text, metadata: { type: "object" } },
      {
        resourceType: text,
        tags: { type: "object", additionalProperties: text },
        hourlyCost: figure,
        monthlyCost: figure,
        monthlyUsageCost: figure,
        costComponents: listOf("CostComponent"),
      },
    ),
    CostComponent: object(
      {
        name: text,
        unit: text,
        hourlyQuantity: figure,
        monthlyQuantity: figure,
        price: figure,
        hourlyCost: figure,
        monthlyCost: figure,
        priceNotFound: yes,
      },
      { usageBased: yes },
    ),
    Summary: object(
      {},
      {
        totalDetectedResources: whole,
        totalSupportedResources: whole,
        totalUnsupportedResources: whole,
        totalUsageBasedResources: whole,
        totalNoPriceResources: whole,
        supportedResourceCounts: counts,
        unsupportedResourceCounts: counts,
        noPriceResourceCounts: counts,
      },
    ),
  },
};
