import { publicImage } from "../catalog/images.ts";
import { instanceType } from "../catalog/instance-types.ts";
import type { Settings } from "../components/config.ts";
import { managed, type Plan, type PlannedResource, type PlanValue } from "../plan/plan.ts";

/** How a host is paid, as quotas and stock distinguish it. */
export type Charge = "PostPaid" | "PrePaid" | "Spot";

/** Hosts of one kind in one zone. */
export interface WantedHosts {
  readonly zone: string;
  readonly type: string;
  readonly charge: Charge;
  /** Physical names. */
  readonly names: readonly string[];
  /** vCPUs of one; undefined for a type that the catalogue does not know. */
  readonly vcpu?: number;
  readonly image: string;
  readonly architecture?: string;
  readonly systemDisk: WantedDisk;
  /** Highest hourly price that a spot host may have, CNY. */
  readonly spotLimit?: number;
}

export interface WantedDisk {
  readonly category: string;
  readonly level?: string;
  readonly GiB: number;
}

/** Data disks of one kind in one zone. */
export interface WantedDisks extends WantedDisk {
  readonly zone: string;
  readonly names: readonly string[];
}

/** What a stack wants of the cloud, whatever of it stands already. */
export interface Demand {
  readonly region: string;
  readonly zones: readonly string[];
  readonly hosts: readonly WantedHosts[];
  readonly disks: readonly WantedDisks[];
  /** Number of each, as quotas count them. */
  readonly vpcs: number;
  readonly vSwitches: number;
  readonly securityGroups: number;
  readonly addresses: number;
  readonly natGateways: number;
  readonly database?: { readonly product: "lindorm" | "tsdb"; readonly zone: string; readonly class: string };
}

const types = {
  host: "alicloud:ecs/instance:Instance",
  disk: "alicloud:ecs/ecsDisk:EcsDisk",
  vpc: "alicloud:vpc/network:Network",
  vSwitch: "alicloud:vpc/switch:Switch",
  group: "alicloud:ecs/securityGroup:SecurityGroup",
  address: "alicloud:ecs/eipAddress:EipAddress",
  nat: "alicloud:vpc/natGateway:NatGateway",
} as const;

/** From the plan: what the provider would ask for, alike hosts and disks of a zone together. */
export function demandOf(plan: Plan, settings: Settings): Demand {
  const resources = managed(plan);
  const of = (type: string) => resources.filter((resource) => resource.type === type);
  const hosts = of(types.host).map(hostOf);
  const disks = of(types.disk).map(diskOf);
  const database = databaseOf(settings, resources);
  const zones = [...hosts, ...disks, ...(database === undefined ? [] : [database])].map(({ zone }) => zone);
  return {
    region: settings.region,
    zones: [...new Set([...zones, ...of(types.vSwitch).map(({ inputs }) => text(inputs["zoneId"]))])].sort(),
    hosts: merged(hosts),
    disks: merged(disks),
    vpcs: of(types.vpc).length,
    vSwitches: of(types.vSwitch).length,
    securityGroups: of(types.group).length,
    addresses: of(types.address).length,
    natGateways: of(types.nat).length,
    ...(database === undefined ? {} : { database }),
  };
}

function hostOf({ inputs }: PlannedResource): WantedHosts {
  const type = text(inputs["instanceType"]);
  const facts = instanceType(type);
  const image = text(inputs["imageId"]);
  const spot = text(inputs["spotStrategy"]);
  const limit = inputs["spotPriceLimit"];
  const architecture = publicImage(image)?.architecture;
  return {
    zone: text(inputs["availabilityZone"]),
    type,
    charge:
      spot !== "" && spot !== "NoSpot" ? "Spot" : inputs["instanceChargeType"] === "PrePaid" ? "PrePaid" : "PostPaid",
    names: [text(inputs["instanceName"])],
    ...(facts?.vcpu === undefined ? {} : { vcpu: facts.vcpu }),
    image,
    ...(architecture === undefined ? {} : { architecture }),
    systemDisk: {
      category: text(inputs["systemDiskCategory"]),
      ...levelOf(inputs["systemDiskPerformanceLevel"]),
      GiB: Number(inputs["systemDiskSize"] ?? 0),
    },
    ...(typeof limit === "number" ? { spotLimit: limit } : {}),
  };
}

function diskOf({ inputs }: PlannedResource): WantedDisks {
  return {
    zone: text(inputs["zoneId"]),
    category: text(inputs["category"]),
    ...levelOf(inputs["performanceLevel"]),
    GiB: Number(inputs["size"] ?? 0),
    names: [text(inputs["diskName"])],
  };
}

function databaseOf({ timeSeries }: Settings, resources: readonly PlannedResource[]): Demand["database"] {
  const found = resources.find(({ type }) => /^alicloud:(lindorm|tsdb)\//.test(type));
  if (timeSeries === undefined || found === undefined) return undefined;
  const { lindorm, tsdb } = timeSeries;
  return {
    product: lindorm === undefined ? "tsdb" : "lindorm",
    zone: text(found.inputs["zoneId"]),
    class: lindorm?.node ?? tsdb?.class ?? "",
  };
}

function levelOf(value: PlanValue | undefined): { readonly level?: string } {
  return typeof value === "string" ? { level: value } : {};
}

function text(value: PlanValue | undefined): string {
  return typeof value === "string" ? value : "";
}

/** Those that differ in nothing but their names. */
function merged<T extends { readonly names: readonly string[] }>(all: readonly T[]): readonly T[] {
  const alike = Map.groupBy(all, ({ names: _, ...rest }) => JSON.stringify(rest));
  return [...alike.values()].flatMap((those) => {
    const [first] = those;
    return first === undefined ? [] : [{ ...first, names: those.flatMap(({ names }) => names) }];
  });
}
