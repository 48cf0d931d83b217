import { type Fact, fact } from "./fact.ts";
import type { Site } from "./term-prices.ts";

/** How long something may be paid ahead for. */
export interface Terms extends Fact {
  readonly product: "ecs" | "lindorm" | "tsdb";
  readonly site: Site | "both";
  readonly weeks: readonly number[];
  readonly months: readonly number[];
}

const provider = fact("terraform-provider-alicloud docs, instance, lindorm_instance and tsdb_instance", "2026-08-21");
const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 24, 36];

export const subscriptionTerms: readonly Terms[] = [
  // The API sells four weeks too; the provider refuses them.
  { product: "ecs", site: "china", weeks: [1, 2, 3], months: [...months, 48, 60], ...provider },
  { product: "ecs", site: "international", weeks: [], months: [...months, 48, 60], ...provider },
  { product: "lindorm", site: "both", weeks: [], months, ...provider },
  // The API sells years too; the provider names every term in months, of which the API takes up to nine.
  { product: "tsdb", site: "both", weeks: [], months: [1, 2, 3, 4, 5, 6, 7, 8, 9], ...provider },
];

/** What the ECS API itself takes in weeks, China site only. */
export const apiWeeks = { weeks: [1, 2, 3, 4], ...fact("@alicloud/ecs20140526 7.11.6, RunInstances", "2026-09-22") };

export function subscriptionTermsOf(product: Terms["product"], site: Site): Terms | undefined {
  return subscriptionTerms.find((row) => row.product === product && (row.site === site || row.site === "both"));
}

export function isTerm(product: Terms["product"], site: Site, unit: "week" | "month", count: number): boolean {
  const terms = subscriptionTermsOf(product, site);
  return (unit === "week" ? terms?.weeks : terms?.months)?.includes(count) ?? false;
}

/** Months an automatic renewal may run for. Lindorm: every number from 1 to 12. */
export const renewalMonths = {
  ecs: { months: [1, 2, 3, 6, 12], ...provider },
  lindorm: { months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], ...provider },
};

/** Renewal asked for at the purchase, without a length: a week, a month, or a whole year after a year. */
export const renewalByDefault = {
  weeks: "1 week",
  months: "1 month",
  years: "1 year",
  firstTryDaysBefore: 9,
  ...fact("Alibaba Cloud docs, renewal overview, AlibabaCloudDocs/ecs", "2021-07-19"),
};

/** Money the account must hold before pay-as-you-go can start, China site. */
export const payAsYouGoBalance = {
  amount: "100",
  currency: "CNY",
  ...fact("Alibaba Cloud docs, pay-as-you-go, AlibabaCloudDocs/ecs", "2021-07-19"),
};
