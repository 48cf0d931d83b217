import { regions } from "../../catalog/regions.ts";
import type { Actions, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { allTypes, categoriesFor } from "./stock-offer.ts";
import { stockOf } from "./stock-rules.ts";

/** Names in the language of the caller; Chinese unless another is asked for. */
function chinese(call: Call): boolean {
  return (call.params.text("AcceptLanguage") ?? "zh-CN").startsWith("zh");
}

/** @throws InvalidRegionId.NotFound */
export function needZones(call: Call): readonly string[] {
  const zones = call.zones();
  if (zones.length > 0) return zones;
  call.needRegion();
  throw new CloudError("InvalidRegionId.NotFound", 404, "The specified RegionId does not exist.");
}

export const zoneActions: Actions = {
  DescribeRegions(call) {
    const stock = stockOf(call);
    return {
      Regions: {
        Region: regions.map(({ id, city, cityInChinese }) => ({
          RegionId: id,
          LocalName: chinese(call) ? cityInChinese : `China (${city})`,
          // The address of this cloud: a client that follows it must not end up in the real one.
          RegionEndpoint: call.host,
          Status: stock(id, "") === "WithStock" ? "available" : "soldOut",
        })),
      },
    };
  },

  DescribeZones(call) {
    const zones = needZones(call);
    const stock = stockOf(call);
    const region = regions.find(({ id }) => id === call.region);
    const city = chinese(call) ? (region?.cityInChinese ?? "") : (region?.city ?? "");
    return {
      Zones: {
        Zone: zones.map((zone) => {
          const letter = zone.slice(zone.lastIndexOf("-") + 1).toUpperCase();
          const sold = (what: string) => stock(zone, what) === "WithStock" || stock(zone, what) === "LowStock";
          const types = allTypes.filter(({ id }) => sold(id));
          const categories = categoriesFor(undefined).filter(sold);
          const families = [...new Set(types.map(({ family }) => family))];
          return {
            ZoneId: zone,
            ZoneType: "AvailabilityZone",
            LocalName: chinese(call) ? `${city} 可用区${letter}` : `${city} Zone ${letter}`,
            AvailableInstanceTypes: { InstanceTypes: types.map(({ id }) => id) },
            AvailableDiskCategories: { DiskCategories: categories },
            AvailableVolumeCategories: { VolumeCategories: [] },
            AvailableDedicatedHostTypes: { DedicatedHostType: [] },
            DedicatedHostGenerations: { DedicatedHostGeneration: [] },
            AvailableResourceCreation: {
              ResourceTypes: types.length === 0 ? ["VSwitch"] : ["VSwitch", "IoOptimized", "Instance", "Disk"],
            },
            AvailableResources: {
              ResourcesInfo: [
                {
                  // Small letters at the innermost level, as the SDKs read them.
                  IoOptimized: true,
                  InstanceTypes: { supportedInstanceType: types.map(({ id }) => id) },
                  InstanceTypeFamilies: { supportedInstanceTypeFamily: families },
                  InstanceGenerations: { supportedInstanceGeneration: [...new Set(types.map(generationOf))] },
                  SystemDiskCategories: { supportedSystemDiskCategory: categories },
                  DataDiskCategories: { supportedDataDiskCategory: categories },
                  NetworkTypes: { supportedNetworkCategory: ["vpc"] },
                },
              ],
            },
          };
        }),
      },
    };
  },
};

/** ecs-7 for the seventh generation; types without a number count as the sixth. */
export function generationOf(type: { readonly generation?: number }): string {
  return `ecs-${type.generation ?? 6}`;
}
