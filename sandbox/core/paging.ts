import type { Params } from "./params.ts";

/** Page of a list by PageNumber and PageSize, and the fields that an answer carries with it. */
export function page<T>(
  rows: readonly T[],
  params: Params,
  options: { readonly size?: number; readonly most?: number } = {},
): { readonly rows: readonly T[]; readonly fields: { TotalCount: number; PageNumber: number; PageSize: number } } {
  const size = Math.min(options.most ?? 100, Math.max(1, params.integer("PageSize") ?? options.size ?? 10));
  const number = Math.max(1, params.integer("PageNumber") ?? 1);
  return {
    rows: rows.slice((number - 1) * size, number * size),
    fields: { TotalCount: rows.length, PageNumber: number, PageSize: size },
  };
}

/** Page of a list by MaxResults and NextToken; the token is the offset, in base64. */
export function tokenPage<T>(
  rows: readonly T[],
  params: Params,
  most = 100,
): { readonly rows: readonly T[]; readonly fields: { NextToken: string; MaxResults: number; TotalCount: number } } {
  const size = Math.min(most, Math.max(1, params.integer("MaxResults") ?? most));
  const start = Number(Buffer.from(params.text("NextToken") ?? "", "base64").toString() || 0) || 0;
  const end = start + size;
  const next = end < rows.length ? Buffer.from(String(end)).toString("base64") : "";
  return {
    rows: rows.slice(start, end),
    fields: { NextToken: next, MaxResults: size, TotalCount: rows.length },
  };
}
