import { causeOfCode } from "./explain-codes.ts";
import { isEcho, localCause } from "./explain-local.ts";
import { readFailure, type Said, shortened, withoutSecrets } from "./explain-read.ts";
import type { Cause, ExplainContext, Explanation, Failure } from "./explain-types.ts";
import { wordsFor } from "./explain-words.ts";
import type { Group } from "./explain-words-base.ts";

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
    const about = said.code ?? said.text.slice(0, cause === "unknown" ? 200 : 0);
    // Each right that is missing is to be read, not only the first.
    const right = cause === "permission" ? (said.denied ?? said.action ?? "") : "";
    const key = [cause, about, right].join("|");
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
  const cause = causeOfCode(said);
  const tsdb = said.action === "CreateHiTSDBInstance" || (said.action === undefined && isTsdb(failure));
  // What the service says of a parameter comes from one that is sold.
  const ofTheShop = said.code !== undefined && !said.code.startsWith("TSDB.Errorcode.");
  return tsdb && ofTheShop && !ofTheAccount.has(cause) ? "tsdb" : cause;
}

/** What would stop any other product as well, so that it says nothing about TSDB. */
const ofTheAccount: ReadonlySet<Cause> = new Set<Cause>([
  ...(["real-name", "balance", "payment", "risk-control", "permission", "credentials", "clock"] as const),
  ...(["throttling", "service", "local-cloud"] as const),
]);

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
    // The cloud's own words where there are some: what stands around them is said already.
    original: shortened(said.message ?? said.text),
  };
}

function unique(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts.filter((text) => text !== undefined && text !== ""))] as string[];
}
