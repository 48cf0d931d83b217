import type { ItemKind } from "../../cost/items.ts";
import type { Row } from "../core/store.ts";
import type { Tags } from "../core/tags.ts";
import { type Disk, disks, type Instance, instances, type Snapshot, snapshots } from "../ecs/rows.ts";
import { type Lindorm, lindorms, type Tsdb, tsdbs } from "../hitsdb/rows.ts";
import { type Address, addresses, type NatGateway, natGateways } from "../vpc/rows.ts";
import type { Length } from "./metering-terms.ts";

/** One thing that a resource is billed for. */
export interface Meter {
  readonly kind: ItemKind | "snapshot";
  /** What is bought, in the cloud's words. */
  readonly what: string;
  readonly level?: string;
  /** Hosts, GiB, nodes, Mbit/s. */
  readonly quantity: number;
  readonly pay: "hour" | "spot" | "ahead";
}

/** What is paid ahead, up to when, and by how much it renews itself. */
export interface Ahead {
  readonly until: number;
  readonly renewal?: Length;
  readonly meters: readonly Meter[];
}

/** What a bill says about a resource. */
export interface About {
  /** Product code. */
  readonly product: string;
  readonly name: string;
  readonly zone: string;
  readonly spec: string;
  readonly tags: Tags;
  readonly resourceGroupId: string;
  /** Host that a system disk belongs to: its bill is the host's. A data disk's: it is renewed with it. */
  readonly hostId?: string;
}

export interface MeterReading {
  readonly about: About;
  /** What is billed by the hour from now on, and from a later moment that is known already. */
  readonly steps: readonly { readonly at: number; readonly meters: readonly Meter[] }[];
  readonly ahead?: Ahead;
}

/** What a row says that it is billed for, from a time on. A row of an older sandbox may lack what came later. */
export function readMeter(kind: string, row: Row, at: number): MeterReading {
  switch (kind) {
    case instances.name:
      return host(row as Instance, at);
    case disks.name:
      return disk(row as Disk, at);
    case snapshots.name:
      return snapshot(row as Snapshot, at);
    case lindorms.name:
      return lindorm(row as Lindorm, at);
    case tsdbs.name:
      return tsdb(row as Tsdb, at);
    case natGateways.name:
      return natGateway(row as NatGateway, at);
    case addresses.name:
      return address(row as Address, at);
    default:
      throw new Error(`nothing is billed for a ${kind}`);
  }
}

type Row_ = Row & {
  readonly name: string;
  readonly zone?: string;
  readonly tags?: Tags;
  readonly resourceGroupId?: string;
};

function about(product: string, row: Row_, spec: string): About {
  const { name, zone = "", tags = {}, resourceGroupId = "" } = row;
  return { product, name, zone, spec, tags, resourceGroupId };
}

function read(
  of: About,
  at: number,
  meters: readonly Meter[],
  until: number | undefined,
  renewal?: Length,
): MeterReading {
  if (until === undefined) return { about: of, steps: [{ at, meters }] };
  const ahead = { until, meters: meters.map((meter) => ({ ...meter, pay: "ahead" as const })) };
  return { about: of, steps: [{ at, meters: [] }], ahead: renewal === undefined ? ahead : { ...ahead, renewal } };
}

/** A host that is stopped without charge goes on with its disks only. */
function host(row: Instance, at: number): MeterReading {
  const pay = (row.spot?.strategy ?? "NoSpot") === "NoSpot" ? "hour" : "spot";
  const meters: Meter[] = [
    { kind: "host", what: row.type, quantity: 1, pay },
    ...(row.internetChargeType === "PayByBandwidth" && row.bandwidthOut > 0
      ? [{ kind: "bandwidth", what: "fixed bandwidth", quantity: row.bandwidthOut, pay: "hour" } as const]
      : []),
  ];
  const { status, period, unit } = row.renewal ?? { status: "", period: 0, unit: "" };
  const renewal: Length | undefined =
    status !== "AutoRenewal" || period < 1
      ? undefined
      : unit === "Week"
        ? { unit, count: period }
        : { unit: "Month", count: period * (unit === "Year" ? 12 : 1) };
  const reading = read(about("ecs", row, row.type), at, meters, row.expiresAt, renewal);
  const { phase } = row;
  const stops = row.stoppedMode === "StopCharging" && (phase.then ?? phase.now) === "Stopped";
  if (!stops || reading.ahead !== undefined) return reading;
  const stoppedAt = phase.then === undefined ? at : Math.max(at, phase.at ?? at);
  const off = { at: stoppedAt, meters: [] };
  return { ...reading, steps: stoppedAt > at ? [...reading.steps, off] : [off] };
}

function disk(row: Disk, at: number): MeterReading {
  const kind = row.type === "system" ? "system-disk" : "data-disk";
  const level = row.performanceLevel === "" ? {} : { level: row.performanceLevel };
  const meter = { kind, what: row.category, quantity: row.sizeGiB, pay: "hour", ...level } as const;
  const of = about(kind === "system-disk" ? "ecs" : "yundisk", row, row.category);
  const own = row.instanceId === "" ? of : { ...of, hostId: row.instanceId };
  return read(own, at, [meter], row.chargeType === "PrePaid" ? row.expiresAt : undefined);
}

function snapshot(row: Snapshot, at: number): MeterReading {
  const meter = { kind: "snapshot", what: "snapshot", quantity: row.sizeGiB, pay: "hour" } as const;
  const reading = read(about("snapshot", row, ""), at, [meter], undefined);
  return row.goneAt === undefined
    ? reading
    : { ...reading, steps: [...reading.steps, { at: Math.max(at, row.goneAt), meters: [] }] };
}

function lindorm(row: Lindorm, at: number): MeterReading {
  const meters: Meter[] = [
    ...(row.engines ?? []).map(
      ({ spec, nodes }) => ({ kind: "lindorm-node", what: spec, quantity: nodes, pay: "hour" }) as const,
    ),
    { kind: "lindorm-storage", what: row.diskCategory, quantity: row.storageGiB, pay: "hour" },
  ];
  const renewal = months(row.autoRenewMonths);
  return read(about("hitsdb", row, row.engines?.[0]?.spec ?? ""), at, meters, row.expiresAt, renewal);
}

function tsdb(row: Tsdb, at: number): MeterReading {
  const meter = { kind: "tsdb", what: row.instanceClass, quantity: 1, pay: "hour" } as const;
  return read(about("hitsdb", row, row.instanceClass), at, [meter], row.expiresAt);
}

function natGateway(row: NatGateway, at: number): MeterReading {
  const meter = { kind: "nat-gateway", what: "NAT gateway", quantity: 1, pay: "hour" } as const;
  return read(about("nat_gw", row, row.spec), at, [meter], row.expiresAt);
}

/** Without a fee of its own while it is bound to a host (catalog/network-prices.ts). */
function address(row: Address, at: number): MeterReading {
  const fee = { kind: "address", what: "public address", quantity: 1, pay: "hour" } as const;
  const meters: Meter[] = [
    ...(row.instanceType === "EcsInstance" ? [] : [fee]),
    ...(row.internetChargeType === "PayByBandwidth"
      ? [{ kind: "bandwidth", what: "address bandwidth", quantity: row.bandwidth, pay: "hour" } as const]
      : []),
  ];
  return read(about("eip", row, `${row.bandwidth} Mbit/s`), at, meters, row.expiresAt);
}

function months(count: number): Length | undefined {
  return count < 1 ? undefined : { unit: "Month", count };
}
