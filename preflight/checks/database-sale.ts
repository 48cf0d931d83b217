import { z } from "zod";
import { lindormEndpoints, region as regionFacts } from "../../catalog/regions.ts";
import { tsdbEndOfSale, tsdbSuccessor } from "../../catalog/tsdb.ts";
import { list } from "../../deploy/explain-stack.ts";
import { unanswered } from "../ask.ts";
import type { Check, Finding, Situation } from "../check.ts";
import { listPages, standing } from "../standing.ts";

/** A database takes ten minutes to fail, after everything else stands. */
export const databaseSale: Check = {
  id: "database",
  area: "supply",
  title: "time series database",
  what: "Whether Lindorm or TSDB is sold in the region and zone: DescribeRegions or DescribeZones of the product, and what the account has there already.",
  asks: true,
  async find(situation) {
    const { database } = situation.demand;
    if (database === undefined) return [];
    return [database.product === "lindorm" ? await lindorm(situation, database) : await tsdb(situation, database)];
  },
};

type Wanted = NonNullable<Situation["demand"]["database"]>;

const regions = z.object({ Regions: z.array(z.object({ RegionId: z.string() })).nullish() });
const instances = z.object({ InstanceList: z.array(z.object({ ZoneId: z.string().nullish() })).nullish() });

async function lindorm(situation: Situation, wanted: Wanted): Promise<Finding> {
  const { ask, settings, stack } = situation;
  const { region } = settings;
  const context = { region, stack, settings };
  const on = `Lindorm, ${wanted.class} in ${wanted.zone}`;
  if (ask === undefined) throw new Error("DescribeRegions needs credentials");
  const [own, answer, pages] = await Promise.all([
    standing(situation, "lindorm"),
    ask.ask("hitsdb", "DescribeRegions", { RegionId: region }, regions),
    listPages(situation, "lindorm"),
  ]);
  if (own.ok && own.value.own.length > 0) return { status: "ok", on, text: "stands already" };
  const known = regionFacts(region);
  // The product has an address in each region that sells it, and none in the others.
  if (!answer.ok && answer.refusal.code === "NoConnection" && known?.lindorm === false) {
    const { source, observedAt } = lindormEndpoints;
    const text = `Lindorm has no address in ${region} that answers, and none by ${source}, ${observedAt}`;
    return { status: "fail", on, text, next: "write another china:region, or leave china:timeSeries out" };
  }
  if (!answer.ok) return unanswered(answer.refusal, context, on);
  const sold = (answer.value.Regions ?? []).map(({ RegionId }) => RegionId);
  if (!sold.includes(region)) {
    const mainland = sold.filter((id) => id.startsWith("cn-"));
    return {
      ...{ status: "fail", on, text: `Lindorm is not sold in ${region}` },
      next: `write another china:region${mainland.length === 0 ? "" : `: ${list(mainland)} have it`}, or leave china:timeSeries out`,
    };
  }
  const zones = pages.ok ? pages.value.flatMap((page) => instances.parse(page).InstanceList ?? []) : [];
  if (zones.some(({ ZoneId }) => ZoneId === wanted.zone)) {
    return { status: "ok", on, text: `sold in ${region}, and the account has another one in ${wanted.zone}` };
  }
  return {
    status: "not-checked",
    on,
    text: `sold in ${region}; no call tells whether ${wanted.zone} sells it and has this class`,
    next: "see the zones on the buy page of Lindorm in the console, and write one into china:timeSeries.zone",
  };
}

const zoneShape = z.object({
  ZoneList: z.object({ ZoneModel: z.array(z.object({ ZoneId: z.string() })).nullish() }).nullish(),
});

async function tsdb(situation: Situation, wanted: Wanted): Promise<Finding> {
  const { ask, settings, stack } = situation;
  const context = { region: settings.region, stack, settings };
  const on = `TSDB, ${wanted.class} in ${wanted.zone}`;
  if (ask === undefined) throw new Error("DescribeZones needs credentials");
  const there = await standing(situation, "tsdb");
  if (there.ok && there.value.own.length > 0) return { status: "ok", on, text: "stands already" };
  const ends =
    tsdbEndOfSale
      .map(({ observedAt }) => observedAt)
      .sort()
      .at(-1) ?? "";
  const next = `write its successor: china:timeSeries.lindorm (${tsdbSuccessor})`;
  if (!there.ok) return { ...unanswered(there.refusal, context, on), next };
  if (there.value.all.length === 0) {
    return { status: "fail", on, text: `TSDB is not sold any more (${ends}), and the account has none`, next };
  }
  const answer = await ask.ask("tsdb", "DescribeZones", { RegionId: settings.region }, zoneShape);
  if (!answer.ok) return unanswered(answer.refusal, context, on);
  const zones = (answer.value.ZoneList?.ZoneModel ?? []).map(({ ZoneId }) => ZoneId);
  const old = `TSDB is not sold any more (${ends}); the account has ${there.value.all.length}`;
  if (!zones.includes(wanted.zone))
    return { status: "fail", on, text: `${old}, and ${wanted.zone} is none of its zones`, next };
  return { status: "warning", on, text: `${old}, and whether it may have another one no call tells`, next };
}
