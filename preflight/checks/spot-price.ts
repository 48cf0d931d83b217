import { Decimal } from "decimal.js";
import { z } from "zod";
import { unanswered } from "../ask.ts";
import type { Check, Finding, Situation } from "../check.ts";
import type { WantedHosts } from "../demand.ts";
import { missingHosts } from "../missing.ts";

const shape = z.object({
  Currency: z.string().nullish(),
  SpotPrices: z
    .object({
      SpotPriceType: z
        .array(z.object({ ZoneId: z.string(), SpotPrice: z.number(), Timestamp: z.string().nullish() }))
        .nullish(),
    })
    .nullish(),
});

/** Above this part of the limit the next rise ends the host. */
const close = 0.9;

/** A limit below the price of the moment buys nothing, and one that is close ends the host soon. */
export const spotPrice: Check = {
  id: "spot-price",
  area: "supply",
  title: "spot price",
  what: "Whether the price of the moment is below pay.spot.max in each zone: DescribeSpotPriceHistory, the newest of three hours.",
  asks: true,
  async find(situation) {
    const hosts = (await missingHosts(situation)).filter(
      ({ charge, spotLimit }) => charge === "Spot" && spotLimit !== undefined,
    );
    return Promise.all(hosts.map((host) => oneKind(situation, host)));
  },
};

async function oneKind(situation: Situation, { type, zone, spotLimit = 0 }: WantedHosts): Promise<Finding> {
  const { ask, settings, stack } = situation;
  if (ask === undefined) throw new Error("DescribeSpotPriceHistory needs credentials");
  const on = `${type} in ${zone}`;
  const parameters = { RegionId: settings.region, NetworkType: "vpc", InstanceType: type };
  const answer = await ask.ask("ecs", "DescribeSpotPriceHistory", parameters, shape);
  if (!answer.ok) return unanswered(answer.refusal, { region: settings.region, stack, settings }, on);
  const prices = answer.value.SpotPrices?.SpotPriceType ?? [];
  const [now] = prices
    .filter(({ ZoneId }) => ZoneId === zone)
    .toSorted((a, b) => ((a.Timestamp ?? "") < (b.Timestamp ?? "") ? 1 : -1));
  if (now === undefined) {
    return { status: "not-checked", on, text: "the cloud has told no price of the last three hours for this zone" };
  }
  const price = new Decimal(now.SpotPrice);
  const text =
    `${price.toFixed()} ${answer.value.Currency ?? ""} an hour now, and pay.spot.max is ${spotLimit}`.replace(
      "  ",
      " ",
    );
  const cheaper = prices
    .filter(({ ZoneId, SpotPrice }) => ZoneId !== zone && SpotPrice < now.SpotPrice && SpotPrice <= spotLimit)
    .map(({ ZoneId }) => ZoneId);
  const others = cheaper.length === 0 ? "" : `; cheaper now: ${[...new Set(cheaper)].join(", ")}`;
  const next = `raise pay.spot.max, or write spot: market${others}`;
  if (price.gt(spotLimit)) return { status: "fail", on, text, next };
  return price.gt(spotLimit * close)
    ? { status: "warning", on, text: `${text}: the next rise ends the hosts`, next }
    : { status: "ok", on, text };
}
