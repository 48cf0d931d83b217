import { z } from "zod";
import type { CloudClient } from "../cloud-client.ts";
import { nameIn } from "../destroy-holds.ts";
import { hostsIn } from "../hosts.ts";
import { managedIn, type State, type StateResource } from "../state.ts";
import { created, inParts, most, orGone, payOf } from "./answers.ts";
import type { DatabaseStatus, DiskStatus, WayStatus } from "./schema.ts";

const text = z.string().nullish();

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
  ...{ ExpiredMilliseconds: z.number().nullish(), AutoRenew: z.union([text, z.boolean()]) },
});
const tsdb = z.object({
  ...{ Status: text, InstanceStatus: text, PaymentType: text, CreateTime: z.union([z.number(), text]) },
  ...{ ExpiredTime: z.union([z.number(), text]), AutoRenew: z.union([text, z.boolean()]) },
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
      const renews = AutoRenew == null ? {} : { renews: String(AutoRenew) === "true" };
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
