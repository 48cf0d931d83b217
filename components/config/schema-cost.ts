import { z } from "zod";

const money = z.number().nonnegative();

/** How long the hosts of a group work. */
export const use = z
  .union([
    z.literal("always"),
    z.strictObject({
      hoursPerMonth: z.number().min(0).max(744).describe("Hours a month in which they work"),
      whenIdle: z
        .enum(["stop", "delete", "run"])
        .default("stop")
        .describe("stop: without charge, disks go on; delete: made again when needed; run: billed all the time"),
    }),
    z.strictObject({
      weekly: z
        .strictObject({
          days: z.int().min(1).max(7).describe("Days a week"),
          hours: z.number().min(0).max(24).describe("Hours on each of them"),
        })
        .describe("Hours a week"),
      whenIdle: z.enum(["stop", "delete", "run"]).default("stop"),
    }),
  ])
  .default("always")
  .describe("What the hosts are used for: it decides which way of paying is cheapest. Nothing is stopped by it");

/** How the figures of a review are counted. */
export const cost = z
  .strictObject({
    hoursPerMonth: z
      .number()
      .min(672)
      .max(744)
      .default(730)
      .describe("Hours of a month: 730 is 365 x 24 / 12, Alibaba's own examples take 720"),
    trafficGB: money.optional().describe("Traffic to the internet, GB a month, if you know it: then it is in the sum"),
    snapshotGiB: money.optional().describe("Snapshots kept, GiB, if you know it"),
    priceTolerance: z
      .number()
      .min(0)
      .max(100)
      .optional()
      .describe("Percent that a price of today may be above the catalogue's or a review's, before preflight fails: 5"),
  })
  .prefault({})
  .describe("How the cost is counted");

export const budget = z
  .strictObject({
    currency: z.enum(["CNY", "USD"]).describe("Of the account's list: CNY on aliyun.com, USD on alibabacloud.com"),
    month: money.optional().describe("Most that the stack may cost in a month"),
    increase: money.optional().describe("Most that one change may add to a month"),
    payNow: money.optional().describe("Most that one change may make you pay at once"),
    noPrice: z
      .enum(["warn", "fail", "ignore"])
      .default("warn")
      .describe("What an item without a price means for the budget"),
  })
  .optional()
  .describe("Limits; a review over one of them ends with exit code 1, unless accept names budget-month or its like");

export type Use = z.output<typeof use>;
export type CostSettings = z.output<typeof cost>;
export type Budget = z.output<typeof budget>;
