import { z } from "zod";
import type { QuotaName } from "../../catalog/account.ts";
import { consolePage } from "../../catalog/console-pages.ts";
import { unanswered } from "../ask.ts";
import type { Check, Finding, Situation } from "../check.ts";
import { quotaOf, quotaRow } from "../quotas.ts";
import { listPages, standing } from "../standing.ts";

const words: Readonly<Record<QuotaName["of"], string>> = {
  vpc: "VPCs",
  vSwitch: "vSwitches",
  address: "elastic addresses",
  natGateway: "NAT gateways",
};

/** Ten VPCs in a region are few for who has had other projects. */
export const quotaNetwork: Check = {
  id: "quota-network",
  area: "account",
  title: "quotas of the network",
  what: "Whether VPC, vSwitches, addresses and NAT gateway that the stack adds fit what the account may have: ListProductQuotas, against the lists of what stands.",
  asks: true,
  async find(situation) {
    const { vpcs, vSwitches, addresses, natGateways } = situation.demand;
    const wanted: readonly (readonly [QuotaName["of"], number])[] = [
      ["vpc", vpcs],
      ["vSwitch", vSwitches],
      ["address", addresses],
      ["natGateway", natGateways],
    ];
    const kinds = wanted.filter(([, count]) => count > 0).map(([of]) => of);
    return Promise.all(kinds.map((of) => oneQuota(situation, of)));
  },
};

async function oneQuota(situation: Situation, of: QuotaName["of"]): Promise<Finding> {
  const { settings, stack } = situation;
  const context = { region: settings.region, stack, settings };
  const on = words[of];
  const [stands, quota] = await Promise.all([standing(situation, of), quotaOf(situation, of)]);
  if (!stands.ok) return unanswered(stands.refusal, context, on);
  const added = stands.value.missing.length;
  if (added === 0) return { status: "ok", on, text: "what the stack declares stands already" };
  const { per, usual } = quotaRow(of);
  const there = per === "region" ? stands.value.all.length : await inVpc(situation, of);
  if (there === undefined) return { status: "not-checked", on, text: "what the VPC has already could not be read" };
  const place = per === "region" ? `in ${settings.region}` : "in the VPC";
  const counted = `there ${there === 1 ? "is" : "are"} ${there} ${place} and ${added} ${added === 1 ? "is" : "are"} added`;
  const { url } = consolePage("quotas", settings.account.site);
  const next = `ask for more ${on} in ${url}, or delete what nobody needs`;
  const most = quota.ok ? quota.value : undefined;
  if (most !== undefined) {
    const text = `${counted}, of ${most}`;
    return there + added <= most ? { status: "ok", on, text } : { status: "fail", on, text, next };
  }
  const untold = quota.ok ? "Quota Center does not name this account's" : "this account's was not told";
  const text = `${counted}, of ${usual} as usual; ${untold}`;
  return there + added <= usual ? { status: "not-checked", on, text } : { status: "warning", on, text, next };
}

const rows = z.object({
  VSwitches: z.object({ VSwitch: z.array(z.object({ VpcId: z.string() })).nullish() }).nullish(),
  NatGateways: z.object({ NatGateway: z.array(z.object({ VpcId: z.string() })).nullish() }).nullish(),
});

/** How many the stack's VPC has; none where it is still to be made. */
async function inVpc(situation: Situation, of: "vSwitch" | "natGateway" | string): Promise<number | undefined> {
  if (of !== "vSwitch" && of !== "natGateway") return undefined;
  const { existing } = situation.settings.network;
  const own = existing === undefined ? await standing(situation, "vpc") : undefined;
  if (own?.ok === false) return undefined;
  const vpc = existing ?? own?.value.own[0]?.id;
  if (vpc === undefined) return 0;
  const pages = await listPages(situation, of);
  if (!pages.ok) return undefined;
  return pages.value
    .map((page) => rows.parse(page))
    .flatMap(({ VSwitches, NatGateways }) => [...(VSwitches?.VSwitch ?? []), ...(NatGateways?.NatGateway ?? [])])
    .filter(({ VpcId }) => VpcId === vpc).length;
}
