import { z } from "zod";
import type { CallParameters } from "../deploy/cloud-client.ts";
import type { Answer } from "./ask.ts";
import type { Situation } from "./check.ts";
import type { Charge } from "./demand.ts";

/** stock: to be had. low: the rest of it, nothing comes after. none: sold out now. unsold: not sold there, or not any more. */
export type Supply = "stock" | "low" | "none" | "unsold";

export interface Offer {
  readonly zone: string;
  /** Instance type or disk category. */
  readonly value: string;
  readonly supply: Supply;
  /** GiB that a disk may have. */
  readonly least?: number;
  readonly most?: number;
}

const shape = z.object({
  AvailableZones: z
    .object({
      AvailableZone: z.array(
        z.object({
          ZoneId: z.string(),
          AvailableResources: z
            .object({
              AvailableResource: z.array(
                z.object({
                  SupportedResources: z
                    .object({
                      SupportedResource: z.array(
                        z.object({
                          Value: z.string(),
                          Status: z.string().nullish(),
                          StatusCategory: z.string().nullish(),
                          Min: z.number().nullish(),
                          Max: z.number().nullish(),
                        }),
                      ),
                    })
                    .nullish(),
                }),
              ),
            })
            .nullish(),
        }),
      ),
    })
    .nullish(),
});

/** What is offered in every zone of the region: DescribeAvailableResource. */
export async function offersOf(
  { ask, settings }: Situation,
  what: CallParameters,
  charge: Charge,
): Promise<Answer<readonly Offer[]>> {
  if (ask === undefined) throw new Error("DescribeAvailableResource needs credentials");
  const parameters = { RegionId: settings.region, IoOptimized: "optimized", ...what, ...payOf(charge) };
  const answer = await ask.ask("ecs", "DescribeAvailableResource", parameters, shape);
  if (!answer.ok) return answer;
  const offers = (answer.value.AvailableZones?.AvailableZone ?? []).flatMap(({ ZoneId, AvailableResources }) =>
    (AvailableResources?.AvailableResource ?? [])
      .flatMap(({ SupportedResources }) => SupportedResources?.SupportedResource ?? [])
      .map(({ Value, Status, StatusCategory, Min, Max }): Offer => {
        const sizes = {
          ...(typeof Min === "number" ? { least: Min } : {}),
          ...(typeof Max === "number" ? { most: Max } : {}),
        };
        return { zone: ZoneId, value: Value, supply: supplyOf(Status ?? "", StatusCategory ?? ""), ...sizes };
      }),
  );
  return { ok: true, value: offers };
}

function payOf(charge: Charge): CallParameters {
  if (charge === "PrePaid") return { InstanceChargeType: "PrePaid" };
  return charge === "Spot"
    ? { InstanceChargeType: "PostPaid", SpotStrategy: "SpotAsPriceGo" }
    : { InstanceChargeType: "PostPaid" };
}

/** Source: Alibaba Cloud docs, DescribeAvailableResource, 2026-06-29: what is Closed is not filled up again. */
function supplyOf(status: string, category: string): Supply {
  if (category === "ClosedWithoutStock") return "unsold";
  if (category === "WithoutStock" || status !== "Available") return "none";
  return category === "ClosedWithStock" ? "low" : "stock";
}

/** What is not listed for a zone is not sold there. */
export function supplyIn(offers: readonly Offer[], zone: string, value: string): Offer {
  return offers.find((one) => one.zone === zone && one.value === value) ?? { zone, value, supply: "unsold" };
}

/** As words of a finding go on: "ecs.g7.xlarge in cn-shanghai-l". */
export const supplyWords: Readonly<Record<Supply, string>> = {
  stock: "in stock",
  low: "little is left, and it is not filled up again",
  none: "sold out now",
  unsold: "not sold there, or not any more",
};
