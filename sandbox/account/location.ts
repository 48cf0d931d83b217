import { regions } from "../../catalog/regions.ts";
import type { Action, Actions, Answer } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";

/**
 * DescribeEndpoints: every service is where the request came to, also one that the local cloud does not have. A client
 * then hears that the action is unknown, instead of going to the real cloud.
 */
const endpoints: Action = (call): Answer => {
  const id = call.params.need("Id");
  if (!regions.some((region) => region.id === id)) {
    throw new CloudError("Illegal Parameter", 400, "Please check the parameters: Id is no region.");
  }
  return {
    Success: true,
    Endpoints: {
      Endpoint: [
        {
          Endpoint: call.host,
          Id: id,
          Namespace: "",
          // Spelled so by the real API.
          SerivceCode: call.params.need("ServiceCode"),
          Type: call.params.text("Type") ?? "openAPI",
          Protocols: { Protocols: ["HTTPS"] },
        },
      ],
    },
  };
};

const services: Action = (): Answer => {
  const codes = ["ecs", "vpc", "hitsdb", "ram", "sts", "location", "bssopenapi", "resourcemanager"];
  return { TotalCount: codes.length, Services: { Services: codes } };
};

const describeRegions: Action = (): Answer => ({
  TotalCount: regions.length,
  RegionIds: { RegionIds: regions.map(({ id }) => id) },
});

/** API Location 2015-06-12. */
export const locationActions: Actions = {
  DescribeEndpoints: endpoints,
  DescribeServices: services,
  DescribeRegions: describeRegions,
};
