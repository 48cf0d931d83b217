import { CloudRefusal } from "../cloud-client.ts";
import type { Pay } from "./schema.ts";

/** Most ids that DescribeInstances, DescribeDisks and DescribeInstanceAutoRenewAttribute take. */
export const most = 100;

/** Answers of calls that take so many ids each, one call after the other. */
export async function inParts<T>(
  ids: readonly string[],
  ask: (ids: readonly string[]) => Promise<readonly T[]>,
): Promise<T[]> {
  const found: T[] = [];
  for (let at = 0; at < ids.length; at += most) found.push(...(await ask(ids.slice(at, at + most))));
  return found;
}

/** What is not there is refused by some APIs, and left out of the list by others. */
export async function orGone(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof CloudRefusal && /NotFound|NotExist|IsDeleted/.test(error.code)) return undefined;
    throw error;
  }
}

/** A way of paying from what an API says of it. @param end time as it writes it */
export function payOf(ahead: boolean, end: string | number | null | undefined, more: Partial<Pay> = {}): Pay {
  return ahead ? { kind: "subscription", ...until(end), ...more } : { kind: "pay-as-you-go" };
}

export function until(value: string | number | null | undefined): { until?: string } {
  const at = timeOf(value);
  return at === undefined ? {} : { until: at };
}

export function created(value: string | number | null | undefined): { createdAt?: string } {
  const at = timeOf(value);
  return at === undefined ? {} : { createdAt: at };
}

function timeOf(value: string | number | null | undefined): string | undefined {
  const at = typeof value === "number" ? value : Date.parse(value ?? "");
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
