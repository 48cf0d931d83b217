import { list } from "../../deploy/explain-stack.ts";
import { unanswered } from "../ask.ts";
import type { Check, Finding, Situation } from "../check.ts";
import type { WantedDisk } from "../demand.ts";
import { missingDisks, missingHosts } from "../missing.ts";
import { type Offer, offersOf, supplyIn, supplyWords } from "../stock.ts";
import { dryRun } from "./permission.ts";

/** The system disk is part of the order of a host: without it there is none. */
export const systemDisk: Check = {
  id: "system-disk",
  area: "supply",
  title: "system disks",
  what: "Whether each category is to be had as system disk of its type in each zone, in its size: DescribeAvailableResource, SystemDisk.",
  asks: true,
  async find(situation) {
    const hosts = await missingHosts(situation);
    const findings = await Promise.all(
      hosts.map(async ({ zone, type, charge, systemDisk: disk }) => {
        const what = { DestinationResource: "SystemDisk", ResourceType: "instance", InstanceType: type };
        const answer = await offersOf(situation, what, charge);
        return answer.ok
          ? of(disk, zone, answer.value, "systemDisk.category")
          : unanswered(answer.refusal, contextOf(situation), on(disk, zone));
      }),
    );
    return [
      ...once(findings),
      ...(await levelsTried(
        situation,
        hosts.map((host) => host.systemDisk),
      )),
    ];
  },
};

/** A data disk is made by itself and hangs on its host afterwards. */
export const dataDisk: Check = {
  id: "data-disk",
  area: "supply",
  title: "data disks",
  what: "Whether each category is to be had as data disk in each zone, in its size: DescribeAvailableResource, DataDisk.",
  asks: true,
  async find(situation) {
    const disks = await missingDisks(situation);
    if (disks.length === 0) return [];
    // No way of paying is asked for: a disk is made by the hour, also for a host with a term.
    const answer = await offersOf(situation, { DestinationResource: "DataDisk", ResourceType: "disk" }, "PostPaid");
    const findings = disks.map((disk) =>
      answer.ok
        ? of(disk, disk.zone, answer.value, "dataDisk.category")
        : unanswered(answer.refusal, contextOf(situation), on(disk, disk.zone)),
    );
    return [...once(findings), ...levels(disks)];
  },
};

function of(disk: WantedDisk, zone: string, offers: readonly Offer[], key: string): Finding {
  const { category, GiB } = disk;
  const { supply, least = 0, most = Number.POSITIVE_INFINITY } = supplyIn(offers, zone, category);
  const about = on(disk, zone);
  const where = `china:hosts.<group>.${key}`;
  if (supply === "none" || supply === "unsold") {
    const has = offers.filter((offer) => offer.supply === "stock");
    const categories = has.filter((offer) => offer.zone === zone).map(({ value }) => value);
    const zones = has.filter((offer) => offer.value === category).map((offer) => offer.zone);
    const ways = [
      ...(categories.length === 0 ? [] : [`write ${list(categories)} into ${where}`]),
      ...(zones.length === 0 ? [] : [`${category} is to be had in ${list(zones)}`]),
    ];
    const next = ways.length === 0 ? "wait, or take another region: no zone of this one has any" : ways.join("; or ");
    return { status: "fail", on: about, text: supplyWords[supply], next };
  }
  const sizes = Number.isFinite(most) ? `${least} to ${most} GiB` : `${least} GiB and more`;
  if (GiB < least || GiB > most) {
    const next = `write a size in between into china:hosts.<group>.${key.replace("category", "GiB")}`;
    return { status: "fail", on: about, text: `${GiB} GiB are not sold there, only ${sizes}`, next };
  }
  const text = `${supplyWords[supply]}, ${sizes}`;
  return supply === "low" ? { status: "warning", on: about, text } : { status: "ok", on: about, text };
}

function on({ category }: WantedDisk, zone: string): string {
  return `${category} in ${zone}`;
}

/** An order of hosts names the level of their system disks: a dry run that goes through takes it. */
async function levelsTried(situation: Situation, disks: readonly WantedDisk[]): Promise<readonly Finding[]> {
  const [untold] = levels(disks);
  if (untold === undefined) return [];
  const tried = await dryRun.find(situation);
  const taken = tried.length > 0 && tried.every(({ status }) => status === "ok");
  return [taken ? { ...untold, status: "ok", text: "a dry run of the hosts goes through with them" } : untold];
}

/** DescribeAvailableResource lists categories; that a zone has one of them is no word on its levels. */
function levels(disks: readonly WantedDisk[]): readonly Finding[] {
  const named = [...new Set(disks.flatMap(({ level }) => level ?? []))].sort();
  if (named.length === 0) return [];
  return [
    {
      status: "not-checked",
      on: list(named),
      text: "the cloud lists categories and not their performance levels, and not every zone sells PL0",
    },
  ];
}

/** Several types with one kind of disk are one line where they are answered alike. */
function once(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((one) => [JSON.stringify(one), one])).values()];
}

function contextOf({ settings, stack }: Situation) {
  return { region: settings.region, stack, settings };
}
