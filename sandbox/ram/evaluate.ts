import { type Context, hold } from "./conditions.ts";
import type { Statement } from "./document.ts";
import { fitsAction, fitsResource } from "./wildcard.ts";

/** One question to the policies. */
export interface Question {
  /** The RAM action; further names mean the same: BSS takes bssapi:... and bss:... alike. */
  readonly actions: readonly string[];
  /** acs:<product>:<region>:<account>:<relative name>, or * where the cloud does not look at single resources. */
  readonly resource: string;
  readonly context: Context;
}

/** ExplicitDeny: a statement says no. ImplicitDeny: none says yes. The words are those of the cloud's own refusals. */
export type Verdict = "Allow" | "ExplicitDeny" | "ImplicitDeny";

/** What all statements together say: a Deny that applies wins, then an Allow. */
export function evaluate(statements: readonly Statement[], question: Question): Verdict {
  let allowed = false;
  for (const statement of statements) {
    if (!applies(statement, question)) continue;
    if (statement.effect === "Deny") return "ExplicitDeny";
    allowed = true;
  }
  return allowed ? "Allow" : "ImplicitDeny";
}

/** What a session may do: what its role may, and its own policy as well. */
export function evaluateBoth(
  role: readonly Statement[],
  session: readonly Statement[] | undefined,
  question: Question,
): Verdict {
  const first = evaluate(role, question);
  if (first !== "Allow" || session === undefined) return first;
  return evaluate(session, question);
}

function applies(statement: Statement, question: Question): boolean {
  return (
    ofAction(statement, question.actions) &&
    ofResource(statement, question.resource) &&
    hold(statement.conditions, question.context)
  );
}

function ofAction(statement: Statement, actions: readonly string[]): boolean {
  if (statement.notActions !== undefined) {
    const excepted = statement.notActions;
    return !actions.some((action) => excepted.some((pattern) => fitsAction(pattern, action)));
  }
  const patterns = statement.actions ?? [];
  return actions.some((action) => patterns.some((pattern) => fitsAction(pattern, action)));
}

function ofResource(statement: Statement, resource: string): boolean {
  if (statement.notResources !== undefined) {
    return !statement.notResources.some((pattern) => fitsResource(pattern, resource));
  }
  return (statement.resources ?? []).some((pattern) => fitsResource(pattern, resource));
}
