import { later } from "../ecs/instance-pay.ts";

/** Length of what is paid ahead. A year is twelve months. */
export interface Length {
  readonly unit: "Week" | "Month";
  readonly count: number;
}

const day = 86_400_000;
const lengths: readonly Length[] = [
  ...[1, 2, 3, 4].map((count) => ({ unit: "Week", count }) as const),
  ...Array.from({ length: 60 }, (_, n) => ({ unit: "Month", count: n + 1 }) as const),
];

/** The term that lies between two times; undefined where none does: a disk bought for the rest of its host's term. */
export function termBetween(from: number, until: number): Length | undefined {
  return lengths.find(({ unit, count }) => Math.abs(later(from, count, unit) - until) < day / 2);
}

/** Renewals that happen by themselves up to a time: each on the day on which its term begins. */
export function renewalsUntil(
  until: number,
  length: Length | undefined,
  now: number,
): { readonly begins: readonly number[]; readonly until: number } {
  const begins: number[] = [];
  let end = until;
  while (length !== undefined && end <= now) {
    begins.push(end);
    end = later(end, length.count, length.unit);
  }
  return { begins, until: end };
}
