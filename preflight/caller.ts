import { z } from "zod";
import type { Answer } from "./ask.ts";
import type { Situation } from "./check.ts";

/** Who asks: the account itself, a RAM user, or somebody in a role. */
export interface Caller {
  readonly account: string;
  readonly kind: "account" | "user" | "role";
  /** Name of the user or role; "" for the account. */
  readonly name: string;
  readonly arn: string;
}

const shape = z.object({ AccountId: z.string(), Arn: z.string() });

/** Whose the credentials are: GetCallerIdentity, which asks for no right. */
export async function callerOf({ ask }: Situation): Promise<Answer<Caller>> {
  if (ask === undefined) throw new Error("GetCallerIdentity needs credentials");
  const answer = await ask.ask("sts", "GetCallerIdentity", {}, shape);
  if (!answer.ok) return answer;
  const { AccountId: account, Arn: arn } = answer.value;
  const [, type = "", name = ""] = /^acs:(?:ram|sts):[^:]*:[^:]*:([a-z-]+)(?:\/([^/]+))?/.exec(arn) ?? [];
  const kind = type === "user" ? "user" : type === "assumed-role" || type === "role" ? "role" : "account";
  return { ok: true, value: { account, kind, name: kind === "account" ? "" : name, arn } };
}

export function callerText({ account, kind, name }: Caller): string {
  if (kind === "account") return `the account ${account} itself`;
  return `${kind === "user" ? "the RAM user" : "the role"} ${name} of the account ${account}`;
}
