import { unanswered } from "../ask.ts";
import { callerOf, callerText } from "../caller.ts";
import type { Check } from "../check.ts";

/** Resources in a wrong account are found by the first bill. */
export const identity: Check = {
  id: "identity",
  area: "account",
  title: "account",
  what: "Whether the credentials are of the account that china:account.id names: GetCallerIdentity.",
  asks: true,
  async find(situation) {
    const { settings, stack } = situation;
    const answer = await callerOf(situation);
    if (!answer.ok) return [unanswered(answer.refusal, { region: settings.region, stack, settings })];
    const caller = answer.value;
    const { id } = settings.account;
    const text = `the credentials are of ${callerText(caller)}`;
    if (id !== undefined && id !== caller.account) {
      const next = `use credentials of the account ${id}, or correct china:account.id`;
      return [{ status: "fail", text: `${text}, and china:account.id is ${id}`, next }];
    }
    const compared = id === undefined ? "; china:account.id is not written, so nothing is compared" : "";
    return [{ status: "ok", text: `${text}${compared}` }];
  },
};
