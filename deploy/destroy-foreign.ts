import { z } from "zod";
import type { ApiName, CallParameters, CloudClient } from "./cloud-client.ts";
import type { DiskFacts } from "./destroy-facts.ts";
import { nameIn } from "./destroy-holds.ts";
import { kindOf } from "./kinds.ts";
import { managedIn, type State } from "./state.ts";

/** Something that is not of the stack, and that stands in something of it: the cloud does not delete what is in use. */
export interface Foreign {
  readonly kind: string;
  readonly id: string;
  /** As its owner called it; "" for nothing. */
  readonly name: string;
  /** What of the stack it stands in, in words. */
  readonly within: string;
}

/** A list of what stands in a VPC or a vSwitch. */
interface Inside {
  readonly type: string;
  readonly api: ApiName;
  readonly action: string;
  readonly read: (answer: unknown) => Page;
}

interface Page {
  readonly rows: readonly { readonly id: string; readonly name: string }[];
  /** How many there are on all pages. */
  readonly total: number;
}

type Row = Readonly<Record<string, unknown>>;

function pageOf(outer: string, inner: string, id: string, name: string): Inside["read"] {
  const row = z.looseObject({ [id]: z.string(), [name]: z.string().nullish() });
  const list = z.object({ [inner]: z.array(row).nullish() }).nullish();
  const shape = z.object({ TotalCount: z.number().nullish(), [outer]: list });
  return (answer) => {
    const read: Row = shape.parse(answer);
    const rows = ((read[outer] as Row | null | undefined)?.[inner] ?? []) as readonly Row[];
    return {
      // What a product keeps there for itself goes with the product.
      rows: rows
        .filter(({ ServiceManaged }) => ServiceManaged !== true)
        .map((found) => ({ id: String(found[id]), name: String(found[name] ?? "") })),
      total: Number(read["TotalCount"] ?? 0),
    };
  };
}

const host: Inside = {
  ...{ type: "alicloud:ecs/instance:Instance", api: "ecs", action: "DescribeInstances" },
  read: pageOf("Instances", "Instance", "InstanceId", "InstanceName"),
};
const gateway: Inside = {
  ...{ type: "alicloud:vpc/natGateway:NatGateway", api: "vpc", action: "DescribeNatGateways" },
  read: pageOf("NatGateways", "NatGateway", "NatGatewayId", "Name"),
};
const inVpc: readonly Inside[] = [
  {
    ...{ type: "alicloud:vpc/switch:Switch", api: "vpc", action: "DescribeVSwitches" },
    read: pageOf("VSwitches", "VSwitch", "VSwitchId", "VSwitchName"),
  },
  {
    ...{ type: "alicloud:ecs/securityGroup:SecurityGroup", api: "ecs", action: "DescribeSecurityGroups" },
    read: pageOf("SecurityGroups", "SecurityGroup", "SecurityGroupId", "SecurityGroupName"),
  },
  host,
  gateway,
];

const vpcType = "alicloud:vpc/network:Network";
const vSwitchType = "alicloud:vpc/switch:Switch";

/** Rows of a page that every one of these lists allows, and pages that are read at most. */
const size = 50;
const mostPages = 100;

/**
 * What others have put into the network of the stack, and disks of the stack that hang on somebody else's host. Only reads.
 *
 * @throws CloudRefusal
 */
export async function foreignThings(
  client: CloudClient,
  region: string,
  state: State,
  disks: readonly DiskFacts[],
): Promise<readonly Foreign[]> {
  const resources = managedIn(state);
  const ours = new Set(resources.map(({ id = "" }) => id));
  const vpcs = resources.filter(({ type }) => type === vpcType);
  // In a VPC of the stack all of it is seen from the VPC.
  const vSwitches = vpcs.length > 0 ? [] : resources.filter(({ type }) => type === vSwitchType);
  const asked = [
    ...vpcs.flatMap(({ id = "", urn }) => inVpc.map((list) => ({ list, where: { VpcId: id }, urn }))),
    ...vSwitches.flatMap(({ id = "", urn }) => [{ list: host, where: { VSwitchId: id }, urn }]),
  ];
  const found = await Promise.all(
    asked.map(async ({ list, where, urn }) => {
      const rows = await allOf(client, list, { RegionId: region, PageSize: size, ...where });
      return rows
        .filter(({ id }) => !ours.has(id))
        .map(({ id, name }): Foreign => ({ kind: kindOf(list.type), id, name, within: nameIn(urn) }));
    }),
  );
  const taken = disks
    .filter(({ on }) => on !== "" && !ours.has(on))
    .map(({ name, on }): Foreign => ({ kind: "host", id: on, name: "", within: `it has the disk ${name}` }));
  return [...found.flat(), ...taken];
}

async function allOf(client: CloudClient, { api, action, read }: Inside, asked: CallParameters): Promise<Page["rows"]> {
  const all: Page["rows"][number][] = [];
  for (let page = 1; page <= mostPages; page++) {
    const { rows, total } = read(await client.call(api, action, { ...asked, PageNumber: page }));
    all.push(...rows);
    if (rows.length === 0 || page * size >= total) break;
  }
  return all;
}
