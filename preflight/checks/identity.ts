import { unanswered } from "../ask.ts";
import { callerOf, callerText } from "../caller.ts";
import type { Check, Finding } from "../check.ts";

/** Resources in a wrong account are found by the first bill. */
export const identity: Check = {
  id: "identity",
  area: "account",
  title: "account",
  what: "Whether the credentials are of the account that china:account.id names, and of a user or role: GetCallerIdentity.",
  asks: true,
  async find(situation) {
    const { settings, stack } = situation;
    const answer = await callerOf(situation);
    if (!answer.ok) return [unanswered(answer.refusal, { region: settings.region, stack, settings })];
    const caller = answer.value;
    const { id } = settings.account;
    const text = `the credentials are of ${callerText(caller)}`;
    const own: readonly Finding[] =
      caller.kind === "account"
        ? [
            {
              status: "warning",
              on: "rights",
              text: "the key is the account's own, which may do everything and cannot be narrowed",
              next: "make a RAM user or a role with the policy that npm run sandbox -- policy prints, and use its key",
            },
          ]
        : [];
    if (id !== undefined && id !== caller.account) {
      const next = `use credentials of the account ${id}, or correct china:account.id`;
      return [{ status: "fail", text: `${text}, and china:account.id is ${id}`, next }, ...own];
    }
    const compared = id === undefined ? "; china:account.id is not written, so nothing is compared" : "";
    return [{ status: "ok", text: `${text}${compared}` }, ...own];
  },
};
