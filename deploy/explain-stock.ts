import { z } from "zod";
import type { CloudClient } from "./cloud-client.ts";
import type { StockPlace } from "./explain-types.ts";

const answer = z.object({
  AvailableZones: z
    .object({
      AvailableZone: z
        .array(
          z.object({
            ZoneId: z.string(),
            AvailableResources: z
              .object({
                AvailableResource: z
                  .array(
                    z.object({
                      SupportedResources: z
                        .object({
                          SupportedResource: z
                            .array(
                              z.object({
                                Value: z.string(),
                                Status: z.string(),
                                StatusCategory: z.string().optional(),
                              }),
                            )
                            .default([]),
                        })
                        .prefault({}),
                    }),
                  )
                  .default([]),
              })
              .prefault({}),
          }),
        )
        .default([]),
    })
    .prefault({}),
});

/** Which instance types can be had where now (DescribeAvailableResource), for an explanation of "sold out". */
export async function stockOf(client: CloudClient, region: string): Promise<readonly StockPlace[]> {
  const got = answer.parse(
    await client.call("ecs", "DescribeAvailableResource", {
      RegionId: region,
      DestinationResource: "InstanceType",
      IoOptimized: "optimized",
    }),
  );
  return got.AvailableZones.AvailableZone.flatMap((zone) =>
    zone.AvailableResources.AvailableResource.flatMap((resource) =>
      resource.SupportedResources.SupportedResource.map((row) => ({
        zone: zone.ZoneId,
        type: row.Value,
        has:
          row.Status === "Available" &&
          row.StatusCategory !== "WithoutStock" &&
          row.StatusCategory !== "ClosedWithoutStock",
      })),
    ),
  );
}
