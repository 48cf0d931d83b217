import { z } from "zod";
import type { CloudClient } from "../cloud-client.ts";
import { type Host, hostsIn } from "../hosts.ts";
import type { State } from "../state.ts";
import { created, inParts, most, until } from "./answers.ts";
import type { HostStatus, Pay } from "./schema.ts";

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
