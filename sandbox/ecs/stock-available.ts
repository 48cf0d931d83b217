import type { Actions, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { asDiskCategory, sizesOf } from "./instance-disks.ts";
import { needType } from "./instance-type-checks.ts";
import { allTypes, categoriesFor } from "./stock-offer.ts";
import { type Stock, stockOf } from "./stock-rules.ts";
import { needZones } from "./stock-zones.ts";

const destinations = ["Zone", "IoOptimized", "InstanceType", "Network", "SystemDisk", "DataDisk"] as const;
type Destination = (typeof destinations)[number];

const states = {
  WithStock: { Status: "Available", StatusCategory: "WithStock" },
  LowStock: { Status: "Available", StatusCategory: "ClosedWithStock" },
  NoStock: { Status: "SoldOut", StatusCategory: "WithoutStock" },
  NotOnSale: { Status: "SoldOut", StatusCategory: "ClosedWithoutStock" },
} as const;

interface Question {
  readonly destination: Destination;
  readonly type: string | undefined;
  readonly systemDisk: string | undefined;
  readonly cores: number | undefined;
  readonly memory: number | undefined;
}

function questionOf({ params }: Call): Question {
  const text = params.need("DestinationResource");
  const destination = destinations.find((one) => one.toLowerCase() === text.toLowerCase());
  if (destination === undefined) {
    throw new CloudError(
      "InvalidDestinationResource.ValueNotSupported",
      400,
      "The specified parameter DestinationResource is not valid.",
    );
  }
  if (destination === "SystemDisk" && params.text("ResourceType") !== "disk") params.need("InstanceType");
  const type = params.text("InstanceType");
  return {
    destination,
    type: type === undefined ? undefined : needType(type).id,
    systemDisk: params.text("SystemDiskCategory"),
    cores: params.integer("Cores"),
    memory: params.decimal("Memory"),
  };
}

/** What the question is about that could be sold out, besides the zone as a whole. */
function offers(question: Question): readonly string[] {
  const { destination, type, systemDisk, cores, memory } = question;
  switch (destination) {
    case "Zone":
      return [];
    case "IoOptimized":
      return ["optimized"];
    case "Network":
      return ["vpc"];
    case "SystemDisk":
    case "DataDisk":
      return categoriesFor(type);
    case "InstanceType":
      return allTypes
        .filter(
          (one) =>
            (type === undefined || one.id === type) &&
            (cores === undefined || one.vcpu === cores) &&
            (memory === undefined || one.memoryGiB === memory) &&
            (systemDisk === undefined || categoriesFor(one.id).some((category) => category === systemDisk)),
        )
        .map(({ id }) => id);
  }
}

function supported(question: Question, zone: string, stock: Stock, what: string) {
  const state = states[stock(zone, what)];
  const category = asDiskCategory(what);
  if (category === undefined) return { Value: what, ...state };
  const { least, most } = sizesOf(question.destination === "SystemDisk" ? "system" : "data", category, "PL0");
  return { Value: what, ...state, Min: least, Max: most, Unit: "GiB" };
}

export const stockActions: Actions = {
  DescribeAvailableResource(call) {
    const question = questionOf(call);
    const { destination, type } = question;
    const wanted = call.params.text("ZoneId");
    const stock = stockOf(call);
    const what = offers(question);
    const zones = needZones(call).filter((zone) => wanted === undefined || zone === wanted);
    return {
      AvailableZones: {
        AvailableZone: zones.map((zone) => {
          const resources = what.map((one) => supported(question, zone, stock, one));
          const state = states[stock(zone, type ?? "")];
          const some = resources.length === 0 || resources.some(({ Status }) => Status === "Available");
          return {
            RegionId: call.region,
            ZoneId: zone,
            ...(some ? state : { ...states.NoStock, StatusCategory: resources[0]?.StatusCategory }),
            AvailableResources: {
              AvailableResource:
                destination === "Zone"
                  ? []
                  : [{ Type: destination, SupportedResources: { SupportedResource: resources } }],
            },
          };
        }),
      },
    };
  },
};
