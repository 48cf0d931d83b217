import { fact } from "../../catalog/fact.ts";

/**
 * Least that a host is billed for in an hour in which it was there at all, minutes by its vCPUs. The text of 2021 says that
 * less is rounded up to it, that of 2026 that it is a minimum: the same amount.
 */
export const leastMinutes = {
  of: (vcpu: number): number => (vcpu >= 4 ? 2 : vcpu >= 2 ? 5 : 10),
  ...fact("Alibaba Cloud docs, pay-as-you-go, AlibabaCloudDocs/ecs", "2021-07-19"),
};

/** Least that a resource is billed for in its whole life, in the account's currency. */
export const leastOfLife = {
  amount: "0.01",
  ...fact("Alibaba Cloud docs, pay-as-you-go, AlibabaCloudDocs/ecs", "2021-07-19"),
};

/** Bills, hours and days are China's: UTC+8, milliseconds. */
export const chinaOffset = 8 * 3_600_000;
