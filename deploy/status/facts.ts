import { z } from "zod";
import { type CloudClient, CloudRefusal } from "../cloud-client.ts";
import { nameIn } from "../destroy-holds.ts";
import { type Host, hostsIn } from "../hosts.ts";
import { managedIn, type State, type StateResource } from "../state.ts";
import type { DatabaseStatus, DiskStatus, HostStatus, Pay, WayStatus } from "./schema.ts";

/** A host as the cloud has it, before anybody has asked the host itself. */
export type HostFacts = Omit<HostStatus, "software" | "probe">;

const text = z.string().nullish();
const ips = z.object({ IpAddress: z.array(z.string()).nullish() }).nullish();

const instance = z.object({
  ...{ InstanceId: z.string(), Status: z.string(), ZoneId: text, InstanceType: text, ImageId: text },
  ...{ CreationTime: text, ExpiredTime: text, InstanceChargeType: text, SpotStrategy: text, StoppedMode: text },
  VpcAttributes: z.object({ PrivateIpAddress: ips }).nullish(),
  OperationLocks: z.object({ LockReason: z.array(z.object({ LockReason: text })).nullish() }).nullish(),
});
const instances = z.object({ Instances: z.object({ Instance: z.array(instance) }) });

const renewals = z.object({
  InstanceRenewAttributes: z.object({
    InstanceRenewAttribute: z.array(
      z.object({
        ...{ InstanceId: z.string(), RenewalStatus: text, Duration: z.number().nullish(), PeriodUnit: text },
      }),
    ),
  }),
});

/** Most ids that DescribeInstances, DescribeDisks and DescribeInstanceAutoRenewAttribute take. */
const most = 100;

/** Hosts of the state as the cloud has them, in the order of their keys. @throws CloudRefusal */
export async function hostFacts(client: CloudClient, region: string, state: State): Promise<readonly HostFacts[]> {
  const hosts = hostsIn(state);
  const parts = await inParts(
    hosts.map(({ id }) => id),
    async (ids) => {
      const asked = { RegionId: region, InstanceIds: JSON.stringify(ids), PageSize: most };
      const found = instances.parse(await client.call("ecs", "DescribeInstances", asked)).Instances.Instance;
      const ahead = found.filter(({ InstanceChargeType }) => InstanceChargeType === "PrePaid");
      const terms = await renewalsOf(
        client,
        region,
        ahead.map(({ InstanceId }) => InstanceId),
      );
      return found.map((row) => ({ row, term: terms.get(row.InstanceId) ?? {} }));
    },
  );
  const byId = new Map(parts.map((one) => [one.row.InstanceId, one]));
  return hosts.map((host) => {
    const found = byId.get(host.id);
    return found === undefined ? goneHost(host) : factsOf(host, found.row, found.term);
  });
}

function goneHost({ key, group, id }: Host): HostFacts {
  const nothing = { address: "", zone: "", type: "", image: "" };
  return { key, group, id, ...nothing, power: "gone", free: true, pay: { kind: "pay-as-you-go" } };
}

function factsOf({ key, group, id }: Host, row: z.output<typeof instance>, term: Partial<Pay>): HostFacts {
  return {
    ...{ key, group, id, power: row.Status, zone: row.ZoneId ?? "", type: row.InstanceType ?? "" },
    ...{ image: row.ImageId ?? "", address: row.VpcAttributes?.PrivateIpAddress?.IpAddress?.[0] ?? "" },
    free: row.Status === "Stopped" && row.StoppedMode === "StopCharging",
    ...lockOf(row),
    ...created(row.CreationTime),
    pay:
      row.InstanceChargeType === "PrePaid"
        ? { kind: "subscription", ...until(row.ExpiredTime), ...term }
        : { kind: (row.SpotStrategy ?? "NoSpot") === "NoSpot" ? "pay-as-you-go" : "spot" },
  };
}

function lockOf({ OperationLocks }: z.output<typeof instance>): { locked?: string } {
  const reasons = (OperationLocks?.LockReason ?? []).flatMap(({ LockReason }) => LockReason || []);
  return reasons.length === 0 ? {} : { locked: reasons.join(", ") };
}

/** Whether and by how much hosts that are paid ahead renew themselves. */
async function renewalsOf(client: CloudClient, region: string, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, Partial<Pay>>();
  const asked = { RegionId: region, InstanceId: ids.join(","), PageSize: most };
  const answer = renewals.parse(await client.call("ecs", "DescribeInstanceAutoRenewAttribute", asked));
  return new Map(
    answer.InstanceRenewAttributes.InstanceRenewAttribute.map(
      ({ InstanceId, RenewalStatus, Duration, PeriodUnit }): readonly [string, Partial<Pay>] => {
        const itself = RenewalStatus === "AutoRenewal";
        return [InstanceId, { renews: itself, ...(itself ? every(Duration, PeriodUnit) : {}) }];
      },
    ),
  );
}

function every(count: number | null | undefined, unit: string | null | undefined): { every?: string } {
  if (!count) return {};
  const [length, name] =
    unit === "Year"
      ? [count, "year"]
      : unit === "Week"
        ? [count, "week"]
        : count % 12
          ? [count, "month"]
          : [count / 12, "year"];
  return { every: `${length} ${name}${length === 1 ? "" : "s"}` };
}

const disks = z.object({
  Disks: z.object({
    Disk: z.array(
      z.object({
        ...{ DiskId: z.string(), Size: z.number(), Category: text, PerformanceLevel: text, InstanceId: text },
        ...{ Status: text, DiskChargeType: text, ExpiredTime: text, CreationTime: text },
        EnableAutomatedSnapshotPolicy: z.boolean().nullish(),
      }),
    ),
  }),
});

/** Disks of the state that are no part of a host, as the cloud has them. @throws CloudRefusal */
export async function diskStatus(client: CloudClient, region: string, state: State): Promise<readonly DiskStatus[]> {
  const known = ofTypes(state, "alicloud:ecs/ecsDisk:EcsDisk", "alicloud:ecs/disk:Disk");
  const keys = new Map(hostsIn(state).map(({ id, key }) => [id, key]));
  const found = await inParts(
    known.map(({ id = "" }) => id),
    async (ids) => {
      const asked = { RegionId: region, DiskIds: JSON.stringify(ids), PageSize: most };
      return disks.parse(await client.call("ecs", "DescribeDisks", asked)).Disks.Disk;
    },
  );
  const byId = new Map(found.map((row) => [row.DiskId, row]));
  return known.map((resource): DiskStatus => {
    const { id = "", urn, protect } = resource;
    const row = byId.get(id);
    return {
      ...{
        name: nameIn(urn),
        id,
        GiB: row?.Size ?? 0,
        category: row?.Category ?? "",
        level: row?.PerformanceLevel ?? "",
      },
      on: keys.get(row?.InstanceId ?? "") ?? row?.InstanceId ?? "",
      ...{ power: row === undefined ? "gone" : (row.Status ?? ""), protected: protect === true },
      snapshots: row?.EnableAutomatedSnapshotPolicy === true,
      ...created(row?.CreationTime),
      pay: payOf(row?.DiskChargeType === "PrePaid", row?.ExpiredTime),
    };
  });
}

const lindorm = z.object({
  ...{ InstanceStatus: text, PayType: text, CreateMilliseconds: z.number().nullish() },
  ...{ ExpiredMilliseconds: z.number().nullish(), AutoRenew: z.boolean().nullish() },
});
const tsdb = z.object({
  ...{ Status: text, InstanceStatus: text, PaymentType: text, CreateTime: z.number().nullish() },
  ...{ ExpiredTime: z.number().nullish(), AutoRenew: z.union([text, z.boolean()]) },
});

const engines = {
  "alicloud:lindorm/instance:Instance": "Lindorm",
  "alicloud:lindorm/instanceV2:InstanceV2": "Lindorm V2",
  "alicloud:tsdb/instance:Instance": "TSDB",
} as const;

/** Databases of the state as the cloud has them. @param address host:port, from the outputs. @throws CloudRefusal */
export async function databaseStatus(
  client: CloudClient,
  region: string,
  state: State,
  address: string,
): Promise<readonly DatabaseStatus[]> {
  return Promise.all(
    ofTypes(state, ...Object.keys(engines)).map(async ({ id = "", urn, type }): Promise<DatabaseStatus> => {
      const engine = engines[type as keyof typeof engines];
      const shared = { name: nameIn(urn), id, engine, address };
      const asked = { RegionId: region, InstanceId: id };
      const answer = await orGone(() => {
        if (engine === "TSDB") return client.call("tsdb", "DescribeHiTSDBInstance", asked);
        return client.call(
          "hitsdb",
          engine === "Lindorm" ? "GetLindormInstance" : "GetLindormV2InstanceDetails",
          asked,
        );
      });
      if (answer === undefined) return { ...shared, power: "gone", pay: { kind: "pay-as-you-go" } };
      if (engine === "TSDB") {
        const { Status, InstanceStatus, PaymentType, CreateTime, ExpiredTime, AutoRenew } = tsdb.parse(answer);
        const renews = AutoRenew == null ? {} : { renews: String(AutoRenew) === "true" };
        const pay = payOf(PaymentType === "PREPAY", ExpiredTime, renews);
        return { ...shared, power: Status ?? InstanceStatus ?? "", ...created(CreateTime), pay };
      }
      const { InstanceStatus, PayType, CreateMilliseconds, ExpiredMilliseconds, AutoRenew } = lindorm.parse(answer);
      const renews = AutoRenew == null ? {} : { renews: AutoRenew };
      const pay = payOf(PayType === "PREPAY", ExpiredMilliseconds, renews);
      return { ...shared, power: InstanceStatus ?? "", ...created(CreateMilliseconds), pay };
    }),
  );
}

const addresses = z.object({
  EipAddresses: z.object({
    EipAddress: z.array(
      z.object({ IpAddress: text, Status: text, ChargeType: text, ExpiredTime: text, AllocationTime: text }),
    ),
  }),
});
const gateways = z.object({
  NatGateways: z.object({
    NatGateway: z.array(z.object({ Status: text, InstanceChargeType: text, ExpiredTime: text, CreationTime: text })),
  }),
});

/** Addresses and NAT gateways of the state as the cloud has them. @throws CloudRefusal */
export async function wayStatus(client: CloudClient, region: string, state: State): Promise<readonly WayStatus[]> {
  const eips = ofTypes(state, "alicloud:ecs/eipAddress:EipAddress").map(
    async ({ id = "", urn }): Promise<WayStatus> => {
      const asked = { RegionId: region, AllocationId: id };
      const answer = await orGone(() => client.call("vpc", "DescribeEipAddresses", asked));
      const row = answer === undefined ? undefined : addresses.parse(answer).EipAddresses.EipAddress[0];
      const shared = { name: nameIn(urn), id, kind: "address", address: row?.IpAddress ?? "" } as const;
      const pay = payOf(row?.ChargeType === "PrePaid", row?.ExpiredTime);
      return {
        ...shared,
        power: row === undefined ? "gone" : (row.Status ?? ""),
        ...created(row?.AllocationTime),
        pay,
      };
    },
  );
  const nats = ofTypes(state, "alicloud:vpc/natGateway:NatGateway").map(
    async ({ id = "", urn }): Promise<WayStatus> => {
      const asked = { RegionId: region, NatGatewayId: id };
      const answer = await orGone(() => client.call("vpc", "DescribeNatGateways", asked));
      const row = answer === undefined ? undefined : gateways.parse(answer).NatGateways.NatGateway[0];
      const shared = { name: nameIn(urn), id, kind: "NAT gateway", address: "" } as const;
      const pay = payOf(row?.InstanceChargeType === "PrePaid", row?.ExpiredTime);
      return { ...shared, power: row === undefined ? "gone" : (row.Status ?? ""), ...created(row?.CreationTime), pay };
    },
  );
  return Promise.all([...eips, ...nats]);
}

function ofTypes(state: State, ...types: readonly string[]): readonly StateResource[] {
  return managedIn(state)
    .filter(({ type, id }) => types.includes(type) && id !== undefined && id !== "")
    .toSorted((a, b) => (nameIn(a.urn) < nameIn(b.urn) ? -1 : 1));
}

/** Answers of calls that take so many ids each, one call after the other. */
async function inParts<T>(
  ids: readonly string[],
  ask: (ids: readonly string[]) => Promise<readonly T[]>,
): Promise<T[]> {
  const found: T[] = [];
  for (let at = 0; at < ids.length; at += most) found.push(...(await ask(ids.slice(at, at + most))));
  return found;
}

/** What is not there is refused by some APIs, and left out of the list by others. */
async function orGone(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof CloudRefusal && /NotFound|NotExist|IsDeleted/.test(error.code)) return undefined;
    throw error;
  }
}

function payOf(ahead: boolean, end: string | number | null | undefined, more: Partial<Pay> = {}): Pay {
  return ahead ? { kind: "subscription", ...until(end), ...more } : { kind: "pay-as-you-go" };
}

function until(value: string | number | null | undefined): { until?: string } {
  const at = timeOf(value);
  return at === undefined ? {} : { until: at };
}

function created(value: string | number | null | undefined): { createdAt?: string } {
  const at = timeOf(value);
  return at === undefined ? {} : { createdAt: at };
}

function timeOf(value: string | number | null | undefined): string | undefined {
  const at = typeof value === "number" ? value : Date.parse(value ?? "");
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
