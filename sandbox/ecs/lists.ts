import type { Answer, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { page, tokenPage } from "../core/paging.ts";

/** Most ids in one call, and most rows on a page. Source: @alicloud/ecs20140526 7.11.6, comments on DescribeDisks. */
const mostIds = 100;
const mostPerPage = 500;

/**
 * Ids that are sent as one list in JSON: ["d-1","d-2"]. As a filter, an empty list lets nothing pass, and undefined (no
 * list was sent) everything.
 *
 * @throws Invalid<name>.Malformed, Invalid<name>.ValueNotSupported (400)
 */
export function jsonIds(call: Call, name: string): readonly string[] | undefined {
  const text = call.params.text(name);
  if (text === undefined) return undefined;
  if (!/^\s*\[.*\]\s*$/s.test(text)) {
    throw new CloudError(`Invalid${name}.Malformed`, 400, `The specified ${name} is not valid.`);
  }
  const ids = [...new Set(call.params.list(name))];
  if (ids.length > mostIds) {
    throw new CloudError(`Invalid${name}.ValueNotSupported`, 400, `At most ${mostIds} ids may be given in ${name}.`);
  }
  return ids;
}

/** Whether a filter is not set, or set to the value; "all" is no filter. */
export function asked(call: Call, name: string, value: string): boolean {
  const text = call.params.text(name);
  return text === undefined || text.toLowerCase() === "all" || text === value;
}

/** Filter.N with the key CreationStartTime. */
export function createdSince(call: Call, createdAt: number): boolean {
  return call.params.objects("Filter").every((filter) => {
    if (filter.text("Key") !== "CreationStartTime") return true;
    const since = Date.parse(filter.text("Value") ?? "");
    return Number.isNaN(since) || createdAt >= since;
  });
}

/** Pages by number, or by token once MaxResults or NextToken is given; no NextToken on the last page. */
export function pageOf<T>(call: Call, rows: readonly T[]): { readonly rows: readonly T[]; readonly fields: Answer } {
  const { params } = call;
  if (params.text("MaxResults") === undefined && params.text("NextToken") === undefined) return page(rows, params);
  const { rows: shown, fields } = tokenPage(rows, params, mostPerPage);
  return { rows: shown, fields: { TotalCount: fields.TotalCount, ...nextToken(fields.NextToken) } };
}

/** A client that asks for the next page as long as there is a token must find none at the end. */
export function nextToken(token: string): Answer {
  return token === "" ? {} : { NextToken: token };
}
