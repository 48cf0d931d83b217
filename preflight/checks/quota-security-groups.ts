import { consolePage } from "../../catalog/console-pages.ts";
import { attributesOf, numberOf } from "../account.ts";
import { unanswered } from "../ask.ts";
import type { Check } from "../check.ts";
import { standing } from "../standing.ts";

/** Each host group is a security group of its own. */
export const quotaSecurityGroups: Check = {
  id: "quota-security-groups",
  area: "account",
  title: "quota of security groups",
  what: "Whether the security groups that the stack adds fit what the account may have in the region: DescribeAccountAttributes, against DescribeSecurityGroups.",
  asks: true,
  async find(situation) {
    const { demand, settings, stack } = situation;
    if (demand.securityGroups === 0) return [];
    const context = { region: settings.region, stack, settings };
    const [attributes, groups] = await Promise.all([attributesOf(situation), standing(situation, "securityGroup")]);
    if (!groups.ok) return [unanswered(groups.refusal, context)];
    const added = groups.value.missing.length;
    if (added === 0) return [{ status: "ok", text: "what the stack declares stands already" }];
    if (!attributes.ok) return [unanswered(attributes.refusal, context)];
    const most = numberOf(attributes.value, "max-security-groups");
    if (most === undefined) return [{ status: "not-checked", text: "the cloud did not tell this account's quota" }];
    const there = groups.value.all.length;
    const text = `there ${there === 1 ? "is" : "are"} ${there} in ${settings.region} and ${added} ${added === 1 ? "is" : "are"} added, of ${most}`;
    if (there + added <= most) return [{ status: "ok", text }];
    const { url } = consolePage("quotas", settings.account.site);
    const next = `ask for more security groups in ${url}, or delete what nobody needs`;
    return [{ status: "fail", text, next }];
  },
};
