import { Decimal } from "decimal.js";
import { type DiskCategory, diskCategoriesFor, type PerformanceLevel } from "../../catalog/disks.ts";
import { isMainlandRegion } from "../../catalog/regions.ts";
import { trafficOut } from "../../catalog/usage-prices.ts";
import type { Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import type { Params } from "../core/params.ts";
import { asDiskCategory, sizesOf, systemCategory } from "./instance-disks.ts";
import { checkImageRuns, needImage, needType } from "./instance-type-checks.ts";
import { catalogueList, listed, type PriceList, type Span, type Sum } from "./price-sums.ts";
import type { Disk } from "./rows.ts";

/** A part of a price, or the reason why there is none. */
export interface Part {
  readonly resource: string;
  readonly sum: Sum | undefined;
}

/**
 * A host with its disks and its fixed bandwidth, as DescribePrice is asked for it.
 *
 * @throws what is wrong with the type, the image, the disks or the bandwidth, before anything is said of a price
 */
export function instanceParts(call: Call, list: PriceList, span: Span): readonly Part[] {
  const { params, region } = call;
  const id = params.text("InstanceType");
  if (id === undefined) {
    throw new CloudError(
      "InvalidInstanceType.Missing",
      404,
      "The InstanceType parameter that is mandatory for processing the request is not provided.",
    );
  }
  const type = needType(id);
  const image = params.text("ImageId");
  if (image !== undefined) checkImageRuns(needImage(image), type);
  const spot = (params.text("SpotStrategy") ?? "NoSpot") !== "NoSpot";
  const system = params.object("SystemDisk");
  // Refused also when no system disk is asked for: the default one may not fit the type.
  const category = systemCategory(call, type.id, system.text("Category"));
  const named = system.text("Category") !== undefined;
  const asksForSystem = named || system.text("Size") !== undefined;
  return [
    // What a spot host costs moves, and no record of it is there.
    { resource: "instanceType", sum: spot ? undefined : list.host(region, id, span) },
    ...(asksForSystem
      ? [diskPart(call, list, span, { asked: system, type: "system", category, level: named ? "PL1" : "PL0" })]
      : []),
    ...params.objects("DataDisk").map((asked) => dataDiskPart(call, list, span, asked, type.id)),
    ...bandwidthPart(params, (Mbps) => list.bandwidth(region, Mbps, span)),
  ];
}

/** Traffic is paid for as it flows, and is in no price of a host. */
function bandwidthPart(params: Params, price: (Mbps: number) => Sum | undefined): readonly Part[] {
  const Mbps = params.integer("InternetMaxBandwidthOut") ?? 0;
  if (Mbps < 0 || Mbps > 100) {
    throw new CloudError(
      "InvalidInternetMaxBandwidthOut.ValueNotSupported",
      403,
      "The specified parameter InternetMaxBandwidthOut is not valid.",
    );
  }
  const fixed = params.choice("InternetChargeType", internetChargeTypes) === "PayByBandwidth";
  return fixed && Mbps > 0 ? [{ resource: "bandwidth", sum: price(Mbps) }] : [];
}

const internetChargeTypes = ["PayByTraffic", "PayByBandwidth"] as const;

/** @param type of the host that it is for; undefined for a disk by itself */
function dataDiskPart(call: Call, list: PriceList, span: Span, asked: Params, type: string | undefined): Part {
  const category = asDiskCategory(asked.text("Category") ?? "cloud_efficiency");
  if (category === undefined || (type !== undefined && diskCategoriesFor(type)?.[category] === "no")) {
    throw refusedDisk("DataDisk", "Category");
  }
  return diskPart(call, list, span, { asked, type: "data", category, level: "PL1" });
}

function diskPart(
  call: Call,
  list: PriceList,
  span: Span,
  disk: {
    readonly asked: Params;
    readonly type: Disk["type"];
    readonly category: DiskCategory;
    /** Performance level of an ESSD that names none. */
    readonly level: PerformanceLevel;
  },
): Part {
  const { asked, type, category } = disk;
  const level = category === "cloud_essd" ? (asked.choice("PerformanceLevel", levels) ?? disk.level) : undefined;
  const GiB = asked.integer("Size") ?? (type === "system" ? 20 : 0);
  const { least, most } = sizesOf(type, category, level ?? "");
  if (GiB < least || GiB > most) throw refusedDisk(type === "system" ? "SystemDisk" : "DataDisk", "Size");
  return { resource: `${type}Disk`, sum: list.disk(call.region, { category, level, GiB }, span) };
}

function refusedDisk(parameter: "SystemDisk" | "DataDisk", what: "Category" | "Size"): CloudError {
  return new CloudError(
    `Invalid${parameter}${what}.ValueNotSupported`,
    400,
    `The specified parameter "${parameter}.${what}" is not valid.`,
  );
}

export const levels: readonly PerformanceLevel[] = ["PL0", "PL1", "PL2", "PL3"];

/** One disk, by the hour only, whatever the unit that is asked for. @throws InvalidDiskCategory.Missing */
export function singleDiskPart(call: Call, list: PriceList): Part {
  const [disk] = call.params.objects("DataDisk");
  if (disk?.text("Category") === undefined) {
    throw new CloudError(
      "InvalidDiskCategory.Missing",
      404,
      "The DataDisk.1.Category parameter that is mandatory for processing the request is not provided.",
    );
  }
  return dataDiskPart(call, list, { unit: "hour" }, disk, undefined);
}

/** A GB out to the internet, the first of a month; of a fixed bandwidth there is a price inside a host's only. */
export function trafficPart({ params, region }: Call, list: PriceList): Part {
  const byTraffic = params.choice("InternetChargeType", internetChargeTypes) !== "PayByBandwidth";
  const price = list === catalogueList && byTraffic && isMainlandRegion(region) ? trafficOut[0]?.amount : undefined;
  return { resource: "bandwidth", sum: price === undefined ? undefined : listed(new Decimal(price)) };
}
