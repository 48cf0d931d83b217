import { z } from "zod";
import { CloudRefusal } from "../../deploy/cloud-client.ts";
import { explain } from "../../deploy/explain.ts";
import { unanswered } from "../ask.ts";
import { callerOf, callerText } from "../caller.ts";
import type { Check, Finding, Situation } from "../check.ts";
import type { WantedHosts } from "../demand.ts";
import { missingHosts } from "../missing.ts";
import { attachedTo } from "../policies.ts";
import { answerOf, type Need, needsOf } from "../rights.ts";
import { listPages, standing } from "../standing.ts";

/** Names in one line of the table; the rest are counted. */
const mostNames = 12;

const howTo =
  "allow them in a RAM policy of whoever deploys; all that a deployment needs: npm run sandbox -- policy deploy";

/** What is attached to whoever asks, against what the stack needs. */
export const rights: Check = {
  id: "rights",
  area: "permission",
  title: "rights of whoever deploys",
  what: "Whether the attached policies allow every action that the provider sends for this stack's resources: GetCallerIdentity, ListPoliciesForUser and ListGroupsForUser or ListPoliciesForRole, GetPolicyVersion. Control policies of a resource directory and a session's own policy cannot be read.",
  asks: true,
  async find(situation) {
    const { settings, stack, plan, workplace } = situation;
    const context = { region: settings.region, stack, settings };
    const caller = await callerOf(situation);
    if (!caller.ok) return [unanswered(caller.refusal, context)];
    const who = callerText(caller.value);
    if (caller.value.kind === "account") {
      if (workplace.sandbox) return [{ status: "ok", text: `${who} may do everything` }];
      return [
        {
          status: "warning",
          text: `${who} may do everything, and so may whoever gets hold of this key`,
          next: "deploy as a RAM user or role with the policy of npm run sandbox -- policy deploy (docs/ram.md)",
        },
      ];
    }
    const attached = await attachedTo(situation, caller.value);
    if (!attached.ok) return [unanswered(attached.refusal, context)];
    const { statements, names, unread } = attached.value;
    const scope = { region: settings.region, account: caller.value.account, prefix: `${plan.project}-` };
    const needs = needsOf(plan, scope).map((need) => ({ ...need, answer: answerOf(statements, need) }));
    const of = (answer: "missing" | "undecided", when: readonly Need["when"][]) =>
      needs.filter((need) => need.answer === answer && when.includes(need.when)).map(({ action }) => action);
    const policies = names.length === 0 ? "no policy is attached" : `policies ${names.join(", ")}`;
    const first = unread[0];
    if (first !== undefined) {
      const missing = of("missing", ["now", "later", "first"]);
      const finding = unanswered(first, context);
      return missing.length === 0
        ? [allowed(who, needs.length, policies)]
        : [{ ...finding, text: `${finding.text} Without it, not found: ${listed(missing)}` }];
    }
    const findings: Finding[] = [];
    const now = of("missing", ["now"]);
    const later = of("missing", ["later"]);
    const once = of("missing", ["first"]);
    const open = of("undecided", ["now", "later", "first"]);
    if (now.length > 0) {
      findings.push({ status: "fail", text: `${who} may not do ${listed(now)} (${policies})`, next: howTo });
    }
    if (later.length > 0) {
      findings.push({
        status: "warning",
        text: `${who} may make the stack's resources, and for changes or their end may not do ${listed(later)}`,
        next: howTo,
      });
    }
    if (once.length > 0) {
      findings.push({
        status: "warning",
        text: `${who} may not do ${listed(once)}, which the first NAT gateway of an account needs`,
        next: howTo,
      });
    }
    if (open.length > 0) {
      findings.push({
        status: "not-checked",
        text: `whether ${who} may do ${listed(open)} depends on a condition of a policy, such as an address or a time`,
      });
    }
    return findings.length === 0 ? [allowed(who, needs.length, policies)] : findings;
  },
};

function allowed(who: string, count: number, policies: string): Finding {
  return { status: "ok", text: `${who} may do all ${count} actions that the stack needs (${policies})` };
}

function listed(actions: readonly string[]): string {
  const shown = actions.slice(0, mostNames).join(", ");
  return actions.length <= mostNames ? shown : `${shown} and ${actions.length - mostNames} more`;
}

const vSwitches = z.object({
  VSwitches: z.object({
    VSwitch: z.array(z.object({ VSwitchId: z.string(), VpcId: z.string(), ZoneId: z.string() })),
  }),
});
const groups = z.object({
  SecurityGroups: z.object({
    SecurityGroup: z.array(z.object({ SecurityGroupId: z.string(), VpcId: z.string().nullish() })),
  }),
});

/** Where a host can be tried: its own network as far as it stands, else any of the zone. */
interface Place {
  readonly vSwitch: string;
  readonly group: string;
  readonly own: boolean;
}

/** The cloud's own word on each kind of host that is to be made. */
export const dryRun: Check = {
  id: "dry-run",
  area: "permission",
  title: "dry run of the hosts",
  what: "RunInstances with DryRun for each kind of host in each zone: the cloud checks rights, account, stock and format, and makes nothing. It needs a vSwitch and a security group that stand, the stack's or others of the zone.",
  asks: true,
  async find(situation) {
    const wanted = await missingHosts(situation);
    if (wanted.length === 0) return [];
    const places = await placesOf(situation);
    const findings = await Promise.all(wanted.map((host) => tried(situation, host, places.get(host.zone))));
    return together(findings);
  },
};

async function placesOf(situation: Situation): Promise<ReadonlyMap<string, Place>> {
  const [switches, securityGroups, own] = await Promise.all([
    listPages(situation, "vSwitch"),
    listPages(situation, "securityGroup"),
    standing(situation, "vSwitch"),
  ]);
  if (!switches.ok || !securityGroups.ok) return new Map();
  const { network } = situation.settings;
  const mine = new Set(own.ok ? own.value.own.map(({ id }) => id) : []);
  for (const vSwitch of Object.values(network.vSwitches)) if (typeof vSwitch !== "string") mine.add(vSwitch.existing);
  const groupIn = new Map(
    securityGroups.value
      .flatMap((page) => groups.parse(page).SecurityGroups.SecurityGroup)
      .map(({ SecurityGroupId, VpcId }) => [VpcId ?? "", SecurityGroupId] as const),
  );
  const places = switches.value
    .flatMap((page) => vSwitches.parse(page).VSwitches.VSwitch)
    .flatMap(({ VSwitchId, VpcId, ZoneId }): (readonly [string, Place])[] => {
      const group = groupIn.get(VpcId);
      return group === undefined ? [] : [[ZoneId, { vSwitch: VSwitchId, group, own: mine.has(VSwitchId) }]];
    });
  // A later entry wins: the stack's own come last.
  return new Map(places.toSorted(([, a], [, b]) => Number(a.own) - Number(b.own)));
}

/** Refusals that are about the vSwitch or security group that was borrowed, or that there is none to borrow. */
const ofThePlace = /VSwitch|SecurityGroup|IpNotEnough|^InvalidParameter\.Mismatch$|^MissingParameter/;

async function tried(situation: Situation, host: WantedHosts, place: Place | undefined): Promise<Finding> {
  const { ask, settings, stack } = situation;
  const on = `${host.type} in ${host.zone}`;
  const answer = await ask?.ask("ecs", "RunInstances", parametersOf(settings.region, host, place), z.unknown());
  const refusal =
    answer === undefined || answer.ok
      ? new CloudRefusal("NoDryRun", "RunInstances", "the cloud answered as if it had made hosts", undefined)
      : answer.refusal;
  const { code } = refusal;
  if (code === "DryRunOperation") {
    const where = place?.own ? "in the stack's own network" : `in ${place?.vSwitch}, which is of another network`;
    return { status: "ok", on, text: `the cloud would make ${host.names.length}; tried ${where}` };
  }
  if (code === "NoDryRun") {
    return { status: "fail", on, text: refusal.said, next: `npm run leftovers -- ${stack}, and delete what is new` };
  }
  if (ofThePlace.test(code) && !(place?.own ?? false)) {
    const why =
      place === undefined ? "no vSwitch with a security group is there yet" : `${place.vSwitch} is of another network`;
    return { status: "not-checked", on, text: `a dry run needs a network that stands: ${why} (${code})` };
  }
  const context = { region: settings.region, stack, settings };
  if (/^(NoConnection|Throttling|ServiceUnavailable|InternalError)/.test(code)) return unanswered(refusal, context, on);
  const said = explain({ text: refusal.text }, context);
  const next = said?.next[0];
  return { status: "fail", on, text: said?.what ?? refusal.message, ...(next === undefined ? {} : { next }) };
}

function parametersOf(region: string, host: WantedHosts, place: Place | undefined) {
  const { systemDisk, charge } = host;
  return {
    ...{ RegionId: region, ZoneId: host.zone, DryRun: true, Amount: Math.min(host.names.length, 100) },
    ...{ InstanceType: host.type, ImageId: host.image },
    ...{ "SystemDisk.Category": systemDisk.category, "SystemDisk.Size": systemDisk.GiB },
    ...(systemDisk.level === undefined ? {} : { "SystemDisk.PerformanceLevel": systemDisk.level }),
    ...(place === undefined ? {} : { VSwitchId: place.vSwitch, SecurityGroupId: place.group }),
    InstanceChargeType: charge === "PrePaid" ? "PrePaid" : "PostPaid",
    ...(charge === "PrePaid" ? { Period: 1, PeriodUnit: "Month" } : {}),
    ...(charge === "Spot" ? spotOf(host) : {}),
  };
}

function spotOf({ spotLimit }: WantedHosts) {
  return spotLimit === undefined
    ? { SpotStrategy: "SpotAsPriceGo" }
    : { SpotStrategy: "SpotWithPriceLimit", SpotPriceLimit: spotLimit };
}

/** What is the same for all kinds, such as a missing registration, is one finding. */
function together(findings: readonly Finding[]): readonly Finding[] {
  const alike = Map.groupBy(findings, ({ status, text }) => `${status} ${text}`);
  return [...alike.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    return [{ ...first, on: same.map(({ on }) => on).join(", ") }];
  });
}
