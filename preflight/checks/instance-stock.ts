import { instanceType } from "../../catalog/instance-types.ts";
import { region as regionFacts } from "../../catalog/regions.ts";
import { elsewhere, wantedBy } from "../../deploy/explain-stack.ts";
import type { StockPlace } from "../../deploy/explain-types.ts";
import { unanswered } from "../ask.ts";
import type { Check, Finding, Situation } from "../check.ts";
import type { Charge, WantedHosts } from "../demand.ts";
import { logicalNames, missingHosts } from "../missing.ts";
import { type Offer, offersOf, supplyIn, supplyWords } from "../stock.ts";

const pays: Readonly<Record<Charge, string>> = { PostPaid: "by the hour", PrePaid: "by subscription", Spot: "as spot" };

/** The last thing that a deployment learns: the network stands, and the zone has none left. */
export const instanceStock: Check = {
  id: "instance-stock",
  area: "supply",
  title: "instance types",
  what: "Whether each type is in stock in each zone for its way of paying, and where else it is or what is alike: DescribeAvailableResource, types of the same size.",
  asks: true,
  async find(situation) {
    const missing = await missingHosts(situation);
    if (missing.length === 0) {
      return situation.demand.hosts.length === 0
        ? []
        : [{ status: "ok", text: "all hosts of the stack stand already" }];
    }
    const rows = [...Map.groupBy(missing, ({ zone, type, charge }) => [zone, type, charge].join(" ")).values()];
    return Promise.all(rows.map((alike) => oneType(situation, alike)));
  },
};

async function oneType(situation: Situation, hosts: readonly WantedHosts[]): Promise<Finding> {
  const { settings, stack } = situation;
  const [first] = hosts;
  if (first === undefined) throw new Error("a group of no hosts");
  const { zone, type, charge } = first;
  const on = `${type} in ${zone}`;
  // Of one size only: the whole list is a megabyte, and what is alike has the same size.
  const facts = instanceType(type);
  const size = facts === undefined ? { InstanceType: type } : { Cores: facts.vcpu, Memory: facts.memoryGiB };
  const answer = await offersOf(situation, { DestinationResource: "InstanceType", ...size }, charge);
  if (!answer.ok) {
    const finding = unanswered(answer.refusal, { region: settings.region, stack, settings }, on);
    return answer.refusal.code.startsWith("InvalidInstanceType") ? { ...finding, status: "fail" } : finding;
  }
  const { supply } = supplyIn(answer.value, zone, type);
  const text = `${supplyWords[supply]} (${pays[charge]})`;
  if (supply === "stock") return { status: "ok", on, text };
  const next = alternatives(
    situation,
    hosts.flatMap(({ names }) => names),
    zone,
    type,
    answer.value,
  );
  return { status: supply === "low" ? "warning" : "fail", on, text, next };
}

/** Zones that are named at most, of those where a type is in stock. */
const mostZones = 5;

/** What is in stock elsewhere: zones that the stack has a vSwitch in first, then those that are said to have more than others. */
function nearest(offers: readonly Offer[], type: string, { settings }: Situation): readonly Offer[] {
  const own = Object.keys(settings.network.vSwitches);
  const roomy = (regionFacts(settings.region)?.roomyZones ?? []).map((letter) => `${settings.region}-${letter}`);
  const rank = ({ zone }: Offer) => (own.includes(zone) ? 0 : roomy.includes(zone) ? 1 : 2);
  const [same, others] = [true, false].map((is) => offers.filter(({ value }) => (value === type) === is));
  const has = (same ?? []).filter(({ supply }) => supply === "stock").toSorted((a, b) => rank(a) - rank(b));
  return [...has.slice(0, mostZones), ...(others ?? [])];
}

/** The same type in other zones, and what is alike in this one, as far as it is in stock. */
function alternatives(
  situation: Situation,
  names: readonly string[],
  zone: string,
  type: string,
  offers: readonly Offer[],
): string {
  const { settings, stack } = situation;
  const asked = nearest(offers, type, situation).map(
    (offer): StockPlace => ({ zone: offer.zone, type: offer.value, has: offer.supply === "stock" }),
  );
  // Told as unsold, not as unknown, where no zone lists it.
  const stock = [...asked, { zone, type, has: false }];
  const wanted = wantedBy(logicalNames(situation, names), { settings });
  const group = wanted.map(({ where }) => where);
  const sentences = new Set(
    (group.length === 0 ? ["<group>"] : group).flatMap((where) =>
      elsewhere({ where, type, zones: [zone] }, { region: settings.region, stack, settings, stock }),
    ),
  );
  return [...sentences].join("; or ");
}
