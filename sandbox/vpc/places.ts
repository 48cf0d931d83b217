import { regions } from "../../catalog/regions.ts";
import type { Actions } from "../core/call.ts";

export const placeActions: Actions = {
  DescribeRegions() {
    return {
      Regions: {
        Region: regions.map(({ id, cityInChinese }) => ({
          RegionId: id,
          LocalName: cityInChinese,
          RegionEndpoint: `vpc.${id}.aliyuncs.com`,
        })),
      },
    };
  },

  DescribeZones(call) {
    call.needRegion();
    return {
      Zones: { Zone: call.zones().map((zone) => ({ ZoneId: zone, LocalName: zone, ZoneType: "AvailabilityZone" })) },
    };
  },
};
