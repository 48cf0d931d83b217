import { nearestApiError } from "../catalog/api-errors.ts";
import { isEcho, localCause } from "./explain-local.ts";
import { readFailure, type Said, shortened, withoutSecrets } from "./explain-read.ts";
import type { Cause, ExplainContext, Explanation, Failure } from "./explain-types.ts";
import { type Group, wordsFor } from "./explain-words.ts";

export { explanationText } from "./explain-text.ts";
export type { Cause, ExplainContext, Explanation, Failure, StockPlace } from "./explain-types.ts";

/** One failure in the user's words; undefined for what only repeats that something has failed. */
export function explain(failure: Failure, context: ExplainContext): Explanation | undefined {
  return explainAll([failure], context)[0];
}

/** Failures in the user's words; those with one cause are one explanation. */
export function explainAll(failures: readonly Failure[], context: ExplainContext): readonly Explanation[] {
  const groups = new Map<string, { cause: Cause; failures: { failure: Failure; said: Said }[] }>();
  for (const failure of failures) {
    if (failure.text.trim() === "" || isEcho(failure.text)) continue;
    const said = readFailure(failure.text);
    const cause = causeOf(said, failure);
    const key = [cause, said.code ?? said.text.slice(0, cause === "unknown" ? 200 : 0), said.denied ?? ""].join("|");
    const group = groups.get(key) ?? { cause, failures: [] };
    group.failures.push({ failure, said });
    groups.set(key, group);
  }
  return [...groups.values()].map(({ cause, failures: same }) => explanationOf(cause, same, context));
}

function causeOf(said: Said, failure: Failure): Cause {
  const local = localCause(said.text);
  // What the provider says of itself comes first; a connection that broke only where no code came back.
  if (local === "paid-ahead" || local === "protected" || (local !== undefined && said.code === undefined)) return local;
  const row = said.code === undefined ? undefined : nearestApiError(said.code);
  const kind = row?.kind;
  const account = [
    "real-name",
    "balance",
    "payment",
    "risk-control",
    "permission",
    "credentials",
    "throttling",
    "clock",
  ];
  const tsdb = said.action === "CreateHiTSDBInstance" || (said.action === undefined && isTsdb(failure));
  if (tsdb && said.code !== undefined && (said.http ?? 400) < 500 && !account.includes(kind ?? "")) return "tsdb";
  if (kind !== undefined) return kind;
  if (/not authorized|no permission/i.test(said.message ?? "")) return "permission";
  if (/^Quota|LimitExceed/i.test(said.code ?? "")) return "quota";
  if ((said.http ?? 0) >= 500) return "service";
  if (said.http === 404 || /\.NotFound$/.test(said.code ?? "")) return "not-found";
  return "unknown";
}

function isTsdb({ urn, type }: Failure): boolean {
  return (type ?? urn?.split("::")[2] ?? "").includes("tsdb/instance:Instance");
}

function explanationOf(
  cause: Cause,
  same: readonly { readonly failure: Failure; readonly said: Said }[],
  context: ExplainContext,
): Explanation {
  const urns = unique(same.map(({ failure }) => failure.urn));
  const names = unique(urns.filter((urn) => !urn.includes("pulumi:pulumi:Stack")).map((urn) => urn.split("::").at(-1)));
  const said = same[0]?.said ?? { text: "" };
  const group: Group = { cause, said, names, urns };
  const words = wordsFor(group, context);
  return {
    cause,
    what: withoutSecrets(words.what),
    ...(words.why === undefined || words.why.trim() === "" ? {} : { why: withoutSecrets(words.why) }),
    next: words.next,
    resources: names,
    ...(said.code === undefined ? {} : { code: said.code }),
    ...(said.action === undefined ? {} : { action: said.action }),
    requestIds: unique(same.map((one) => one.said.requestId)),
    original: shortened(said.text),
  };
}

function unique(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts.filter((text) => text !== undefined && text !== ""))] as string[];
}
