import { z } from "zod";
import type { CloudClient } from "./cloud-client.ts";
import type { State } from "./state.ts";

/** A host of a stack, as its state knows it. */
export interface Host {
  /** workers-01 */
  readonly key: string;
  readonly group: string;
  /** i-... */
  readonly id: string;
}

/** Hosts in the order of their keys. A host's key is its group's name and a number (components/host-keys.ts). */
export function hostsIn(state: State): readonly Host[] {
  return state.resources
    .flatMap(({ type, urn, id, custom, delete: replaced }) => {
      if (type !== "alicloud:ecs/instance:Instance" || custom !== true || id === undefined || id === "") return [];
      if (replaced === true) return [];
      const key = urn.slice(urn.lastIndexOf("::") + 2);
      return [{ key, group: key.slice(0, key.lastIndexOf("-")), id }];
    })
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

const answer = z.object({
  Instances: z.object({ Instance: z.array(z.object({ InstanceId: z.string(), Status: z.string() })) }),
});

/** Most ids that DescribeInstances takes. */
const most = 100;

/** Status of hosts by id: Running, Stopped ...; one that is gone is absent. @throws CloudRefusal */
export async function powerOf(
  client: CloudClient,
  region: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (let at = 0; at < ids.length; at += most) {
    const InstanceIds = JSON.stringify(ids.slice(at, at + most));
    const asked = { RegionId: region, InstanceIds, PageSize: most };
    const { Instances } = answer.parse(await client.call("ecs", "DescribeInstances", asked));
    for (const { InstanceId, Status } of Instances.Instance) found.set(InstanceId, Status);
  }
  return found;
}
