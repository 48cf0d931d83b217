import type { StackReview } from "../review.ts";

type Cost = StackReview["cost"];

/** A source that figures of the report rest on. */
export interface Source {
  readonly source: string;
  readonly observedAt: string;
  readonly confidence?: string | undefined;
}

/** Every source of a report, each once, in the order in which a reader meets them. */
export function sourcesOf({ lines, byUse, comparisons }: Cost): readonly Source[] {
  const all = [
    ...lines.flatMap((line) => factOf(line) ?? []),
    ...byUse,
    ...comparisons.flatMap(({ options }) => options.flatMap(({ from }) => from ?? [])),
  ];
  const sources = all.map(({ source, observedAt, confidence }: Source): Source => {
    return { source, observedAt, ...(confidence === undefined ? {} : { confidence }) };
  });
  return [...new Map(sources.map((one) => [keyOf(one), one])).values()];
}

/** [2]: its place among the sources. */
export function referenceOf(source: Source | undefined, cost: Cost): string {
  if (source === undefined) return "";
  const place = sourcesOf(cost).findIndex((one) => keyOf(one) === keyOf(source));
  return place === -1 ? "" : `[${place + 1}]`;
}

/** Where a line's price comes from; nothing of a line without one. */
export function factOf({ source, observedAt, confidence }: Cost["lines"][number]): Source | undefined {
  if (source === undefined || observedAt === undefined) return undefined;
  return { source, observedAt, ...(confidence === undefined ? {} : { confidence }) };
}

function keyOf({ source, observedAt, confidence }: Source): string {
  return JSON.stringify([source, observedAt, confidence]);
}
