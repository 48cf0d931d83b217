import { consolePage } from "../../catalog/console-pages.ts";
import { type Attribute, attributesOf, numberOf } from "../account.ts";
import { unanswered } from "../ask.ts";
import type { Check, Finding, Situation } from "../check.ts";
import type { Charge, WantedHosts } from "../demand.ts";
import { missingHosts } from "../missing.ts";

const told: Readonly<Record<Exclude<Charge, "PrePaid">, { readonly most: Attribute; readonly used: Attribute }>> = {
  PostPaid: { most: "max-postpaid-instance-vcpu-count", used: "used-postpaid-instance-vcpu-count" },
  Spot: { most: "max-spot-instance-vcpu-count", used: "used-spot-instance-vcpu-count" },
};
const words: Readonly<Record<Charge, string>> = {
  PostPaid: "pay-as-you-go",
  PrePaid: "subscription",
  Spot: "spot",
};

/** New accounts have a few vCPUs in a region, and each way of paying a quota of its own. */
export const quotaVcpu: Check = {
  id: "quota-vcpu",
  area: "account",
  title: "quota of vCPUs",
  what: "Whether the hosts that the stack adds fit the account's vCPUs, by way of paying: DescribeAccountAttributes, against DescribeInstances.",
  asks: true,
  async find(situation) {
    const { demand, settings, stack } = situation;
    if (demand.hosts.length === 0) return [];
    const context = { region: settings.region, stack, settings };
    const [attributes, missing] = await Promise.all([attributesOf(situation), missingHosts(situation)]);
    const rows = (["PostPaid", "Spot", "PrePaid"] as const).flatMap((charge): readonly Finding[] => {
      const added = missing.filter((host) => host.charge === charge);
      if (added.length === 0) return [];
      if (charge === "PrePaid") return [untold(added)];
      if (!attributes.ok) return [unanswered(attributes.refusal, context, words[charge])];
      const { most, used } = told[charge];
      return [compared(added, charge, numberOf(attributes.value, most), numberOf(attributes.value, used), situation)];
    });
    return rows.length === 0 ? [{ status: "ok", text: "all hosts of the stack stand already" }] : rows;
  },
};

function vcpusOf(hosts: readonly WantedHosts[]): number | undefined {
  let sum = 0;
  for (const { vcpu, names } of hosts) {
    if (vcpu === undefined) return undefined;
    sum += vcpu * names.length;
  }
  return sum;
}

function compared(
  added: readonly WantedHosts[],
  charge: Charge,
  most: number | undefined,
  used: number | undefined,
  { settings }: Situation,
): Finding {
  const on = words[charge];
  const more = vcpusOf(added);
  if (more === undefined) {
    const type = added.find(({ vcpu }) => vcpu === undefined)?.type ?? "";
    return { status: "not-checked", on, text: `how many vCPUs ${type} has is not in the catalogue` };
  }
  if (most === undefined || used === undefined) {
    return { status: "not-checked", on, text: "the cloud did not tell this account's quota" };
  }
  const text = `${used} of ${most} vCPUs are used in ${settings.region}, and ${more} are added`;
  if (used + more <= most) return { status: "ok", on, text };
  const { url } = consolePage("quotas", settings.account.site);
  const groups = [...new Set(added.map(({ type }) => type))].join(", ");
  return {
    ...{ status: "fail", on, text: `${text}: ${used + more - most} too many` },
    next: `ask for ${used + more} vCPUs (${on}) in ${url}, or lower count or type of china:hosts (${groups})`,
  };
}

/** Quota Center counts subscriptions by type and zone; no document with its names was found. */
function untold(added: readonly WantedHosts[]): Finding {
  const more = vcpusOf(added);
  const what = more === undefined ? "hosts" : `${more} vCPUs`;
  return {
    status: "not-checked",
    on: words.PrePaid,
    text: `${what} are added, and no call that is known tells the quota of subscriptions`,
    next: "compare with Quota Center, Quotas by Instance Type, if the account is new",
  };
}
