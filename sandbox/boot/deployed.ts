import { z } from "zod";
import type { CloudClient } from "../../deploy/cloud-client.ts";

/** A host as the cloud has it. */
export interface DeployedHost {
  /** i-... */
  readonly id: string;
  /** workers-01 */
  readonly key: string;
  readonly group: string;
  /** As RunInstances got it, before base64. */
  readonly userData: Buffer;
  readonly dataDisk: boolean;
}

const described = z.object({
  Instances: z.object({
    Instance: z.array(z.object({ InstanceId: z.string(), InstanceName: z.string(), Status: z.string() })),
  }),
});
const userDataAnswer = z.object({ UserData: z.string() });
const disksAnswer = z.object({ TotalCount: z.number() });

/**
 * The first running host of each group, with what the cloud says of it and nothing that is computed from a stack file.
 *
 * @param names of groups
 * @throws CloudRefusal
 */
export async function firstHosts(
  client: CloudClient,
  { project, stack, region }: { readonly project: string; readonly stack: string; readonly region: string },
  names: readonly string[],
): Promise<readonly DeployedHost[]> {
  const tags = { "Tag.1.Key": "project", "Tag.1.Value": project, "Tag.2.Key": "stack", "Tag.2.Value": stack };
  const found = [];
  for (let page = 1; ; page++) {
    const asked = { RegionId: region, ...tags, PageSize: 100, PageNumber: page };
    const { Instance: rows } = described.parse(await client.call("ecs", "DescribeInstances", asked)).Instances;
    found.push(...rows);
    if (rows.length < 100) break;
  }
  const running = found
    .filter(({ Status }) => Status === "Running")
    .map(({ InstanceId, InstanceName }) => ({ id: InstanceId, key: InstanceName.slice(`${project}-${stack}-`.length) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const hosts: DeployedHost[] = [];
  for (const group of names) {
    const first = running.find(({ key }) => key.slice(0, key.lastIndexOf("-")) === group);
    if (first === undefined) continue;
    const of = { RegionId: region, InstanceId: first.id };
    const { UserData } = userDataAnswer.parse(await client.call("ecs", "DescribeUserData", of));
    const disks = disksAnswer.parse(await client.call("ecs", "DescribeDisks", { ...of, DiskType: "data" }));
    hosts.push({
      ...{ ...first, group, dataDisk: disks.TotalCount > 0 },
      userData: Buffer.from(UserData, "base64"),
    });
  }
  return hosts;
}
