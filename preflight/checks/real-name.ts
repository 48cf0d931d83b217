import { realNameAnswers } from "../../catalog/account.ts";
import { registration } from "../../deploy/explain-words-cloud.ts";
import { attributesOf } from "../account.ts";
import { unanswered } from "../ask.ts";
import type { Check } from "../check.ts";

/** Without it the network is made and the first host is refused. */
export const realName: Check = {
  id: "real-name",
  area: "account",
  title: "real-name registration",
  what: "Whether the account may create hosts in the mainland: DescribeAccountAttributes, real-name-authentication.",
  asks: true,
  async find(situation) {
    const { settings, stack, demand } = situation;
    if (demand.hosts.length === 0 && demand.disks.length === 0 && demand.database === undefined) return [];
    const answer = await attributesOf(situation);
    if (!answer.ok) return [unanswered(answer.refusal, { region: settings.region, stack, settings })];
    const said = answer.value.get("real-name-authentication");
    const known = realNameAnswers.find((row) => row.answer === said);
    if (known === undefined) {
      const what = said === undefined ? "nothing" : JSON.stringify(said.slice(0, 40));
      return [
        {
          status: "not-checked",
          text: `asked about real-name registration the cloud answered ${what}, which no document explains`,
          next: `look for yourself: ${registration(settings.account.site)}`,
        },
      ];
    }
    if (known.registered) return [{ status: "ok", text: `the account is registered` }];
    return [
      {
        status: "fail",
        text: "the account has no real-name registration, and no host is created in the mainland without it",
        next: `${registration(settings.account.site)}, and wait until it is confirmed`,
      },
    ];
  },
};
