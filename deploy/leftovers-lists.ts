import { z } from "zod";
import type { ApiName, CallParameters } from "./cloud-client.ts";
import type { Thing } from "./leftovers-types.ts";

/** A page of a list. */
export interface ListedPage {
  readonly things: readonly Thing[];
  /** Rows on the page, those that are no things of a stack among them. */
  readonly rows: number;
  /** How many there are in all; undefined where the API counts differently. */
  readonly total?: number;
  /** Where the next page begins, for lists with a marker. */
  readonly marker?: string;
}

/** How the things of one kind are listed. */
export interface Listing {
  readonly api: ApiName;
  readonly action: string;
  readonly parameters: CallParameters;
  readonly paging: "pages" | "marker";
  /** Most on a page that the API allows. */
  readonly size: number;
  readonly read: (answer: unknown) => ListedPage;
}

const text = z.string().nullish();
const tags = z
  .object({
    Tag: z.array(z.object({ Key: text, Value: text, TagKey: text, TagValue: text })).nullish(),
  })
  .nullish();
const common = { Tags: tags, CreationTime: text };

type Tags = z.output<typeof tags>;

/** Both spellings: TagKey in ECS, Key in most others. */
function tagsFrom(list: Tags): Record<string, string> {
  return Object.fromEntries(
    (list?.Tag ?? []).map((tag) => [tag.TagKey ?? tag.Key ?? "", tag.TagValue ?? tag.Value ?? ""]),
  );
}

function timeFrom(value: string | number | null | undefined): { createdAt?: string } {
  const at = typeof value === "number" ? value : Date.parse(value ?? "");
  return Number.isNaN(at) ? {} : { createdAt: new Date(at).toISOString() };
}

/** A list with TotalCount and { <Outer>: { <Inner>: [row] } }. */
function pageOf<Row extends z.ZodType>(
  outer: string,
  inner: string,
  row: Row,
  thing: (row: z.output<Row>) => Thing | undefined,
): (answer: unknown) => ListedPage {
  const shape = z.object({
    TotalCount: z.number().nullish(),
    [outer]: z.object({ [inner]: z.array(row).nullish() }).nullish(),
  });
  return (answer) => {
    const parsed = shape.parse(answer) as Record<string, unknown>;
    const list = parsed[outer] as Record<string, z.output<Row>[] | null | undefined> | null | undefined;
    const rows = list?.[inner] ?? [];
    const total = parsed["TotalCount"];
    return {
      things: rows.map(thing).filter((found) => found !== undefined),
      rows: rows.length,
      ...(typeof total === "number" ? { total } : {}),
    };
  };
}

const free = { billed: false, paidAhead: false };

const vpc = pageOf("Vpcs", "Vpc", z.object({ ...common, VpcId: z.string(), VpcName: text }), (row) => ({
  ...{ type: "alicloud:vpc/network:Network", id: row.VpcId, name: row.VpcName ?? "", tags: tagsFrom(row.Tags) },
  ...free,
  ...timeFrom(row.CreationTime),
}));

const vSwitch = pageOf(
  "VSwitches",
  "VSwitch",
  z.object({ ...common, VSwitchId: z.string(), VSwitchName: text }),
  (row) => ({
    ...{ type: "alicloud:vpc/switch:Switch", id: row.VSwitchId, name: row.VSwitchName ?? "", tags: tagsFrom(row.Tags) },
    ...free,
    ...timeFrom(row.CreationTime),
  }),
);

const securityGroup = pageOf(
  "SecurityGroups",
  "SecurityGroup",
  z.object({ ...common, SecurityGroupId: z.string(), SecurityGroupName: text }),
  (row) => ({
    type: "alicloud:ecs/securityGroup:SecurityGroup",
    ...{ id: row.SecurityGroupId, name: row.SecurityGroupName ?? "", tags: tagsFrom(row.Tags) },
    ...free,
    ...timeFrom(row.CreationTime),
  }),
);

const instance = pageOf(
  "Instances",
  "Instance",
  z.object({ ...common, InstanceId: z.string(), InstanceName: text, InstanceChargeType: text }),
  (row) => ({
    ...{ type: "alicloud:ecs/instance:Instance", id: row.InstanceId, name: row.InstanceName ?? "" },
    ...{ tags: tagsFrom(row.Tags), billed: true, paidAhead: row.InstanceChargeType === "PrePaid" },
    ...timeFrom(row.CreationTime),
  }),
);

const disk = pageOf(
  "Disks",
  "Disk",
  z.object({ ...common, DiskId: z.string(), DiskName: text, Type: text, InstanceId: text, DiskChargeType: text }),
  (row) =>
    // A system disk comes and goes with its host; one that hangs on nothing is left over.
    row.Type === "system" && row.InstanceId
      ? undefined
      : {
          ...{ type: "alicloud:ecs/ecsDisk:EcsDisk", id: row.DiskId, name: row.DiskName ?? "" },
          ...{ tags: tagsFrom(row.Tags), billed: true, paidAhead: row.DiskChargeType === "PrePaid" },
          attachedTo: row.InstanceId ?? "",
          ...timeFrom(row.CreationTime),
        },
);

const natGateway = pageOf(
  "NatGateways",
  "NatGateway",
  z.object({
    ...{ ...common, NatGatewayId: z.string(), Name: text, InstanceChargeType: text },
    SnatTableIds: z.object({ SnatTableId: z.array(z.string()).nullish() }).nullish(),
  }),
  (row) => ({
    ...{ type: "alicloud:vpc/natGateway:NatGateway", id: row.NatGatewayId, name: row.Name ?? "" },
    ...{ tags: tagsFrom(row.Tags), billed: true, paidAhead: row.InstanceChargeType === "PrePaid" },
    tables: row.SnatTableIds?.SnatTableId ?? [],
    ...timeFrom(row.CreationTime),
  }),
);

const snatEntry = pageOf(
  "SnatTableEntries",
  "SnatTableEntry",
  z.object({ SnatTableId: z.string(), SnatEntryId: z.string(), SnatEntryName: text }),
  (row) => ({
    ...{ type: "alicloud:vpc/snatEntry:SnatEntry", id: `${row.SnatTableId}:${row.SnatEntryId}` },
    ...{ name: row.SnatEntryName ?? "", tags: {}, ...free },
  }),
);

const address = pageOf(
  "EipAddresses",
  "EipAddress",
  z.object({
    Tags: tags,
    AllocationId: z.string(),
    Name: text,
    InstanceId: text,
    ChargeType: text,
    AllocationTime: text,
  }),
  (row) => ({
    ...{ type: "alicloud:ecs/eipAddress:EipAddress", id: row.AllocationId, name: row.Name ?? "" },
    ...{ tags: tagsFrom(row.Tags), billed: true, paidAhead: row.ChargeType === "PrePaid" },
    attachedTo: row.InstanceId ?? "",
    ...timeFrom(row.AllocationTime),
  }),
);

const keyPair = pageOf("KeyPairs", "KeyPair", z.object({ ...common, KeyPairName: z.string() }), (row) => ({
  ...{
    type: "alicloud:ecs/ecsKeyPair:EcsKeyPair",
    id: row.KeyPairName,
    name: row.KeyPairName,
    tags: tagsFrom(row.Tags),
  },
  ...free,
  ...timeFrom(row.CreationTime),
}));

const snapshotPolicy = pageOf(
  "AutoSnapshotPolicies",
  "AutoSnapshotPolicy",
  z.object({ ...common, AutoSnapshotPolicyId: z.string(), AutoSnapshotPolicyName: text }),
  (row) => ({
    type: "alicloud:ecs/autoSnapshotPolicy:AutoSnapshotPolicy",
    ...{ id: row.AutoSnapshotPolicyId, name: row.AutoSnapshotPolicyName ?? "", tags: tagsFrom(row.Tags), ...free },
    ...timeFrom(row.CreationTime),
  }),
);

const marker = { Marker: text, IsTruncated: z.boolean().nullish() };

function role(answer: unknown): ListedPage {
  const row = z.object({ RoleName: z.string(), CreateDate: text });
  const list = z.object({ ...marker, Roles: z.object({ Role: z.array(row).nullish() }).nullish() }).parse(answer);
  const things = (list.Roles?.Role ?? []).map(({ RoleName, CreateDate }) => ({
    ...{ type: "alicloud:ram/role:Role", id: RoleName, name: RoleName, tags: {}, ...free },
    ...timeFrom(CreateDate),
  }));
  return { things, rows: things.length, ...(list.IsTruncated === true && list.Marker ? { marker: list.Marker } : {}) };
}

function policy(answer: unknown): ListedPage {
  const row = z.object({ PolicyName: z.string(), CreateDate: text });
  const list = z.object({ ...marker, Policies: z.object({ Policy: z.array(row).nullish() }).nullish() }).parse(answer);
  const things = (list.Policies?.Policy ?? []).map(({ PolicyName, CreateDate }) => ({
    ...{ type: "alicloud:ram/policy:Policy", id: PolicyName, name: PolicyName, tags: {}, ...free },
    ...timeFrom(CreateDate),
  }));
  return { things, rows: things.length, ...(list.IsTruncated === true && list.Marker ? { marker: list.Marker } : {}) };
}

const database = {
  InstanceId: z.string(),
  InstanceAlias: text,
};

function lindorm(answer: unknown): ListedPage {
  const row = z.object({
    ...{ ...database, InstanceStatus: text, ServiceType: text, PayType: text },
    CreateMilliseconds: z.number().nullish(),
  });
  const list = z.object({ Total: z.number().nullish(), InstanceList: z.array(row).nullish() }).parse(answer);
  const rows = list.InstanceList ?? [];
  // One that is being released is billed no more, and goes by itself within minutes.
  const there = rows.filter(({ InstanceStatus }) => !/RELEAS|DELET/.test(InstanceStatus ?? ""));
  const things = there.map((found) => ({
    type: /v2/i.test(found.ServiceType ?? "")
      ? "alicloud:lindorm/instanceV2:InstanceV2"
      : "alicloud:lindorm/instance:Instance",
    ...{ id: found.InstanceId, name: found.InstanceAlias ?? "", tags: {}, billed: true },
    paidAhead: found.PayType === "PREPAY",
    ...timeFrom(found.CreateMilliseconds),
  }));
  return { things, rows: rows.length, ...(typeof list.Total === "number" ? { total: list.Total } : {}) };
}

function tsdb(answer: unknown): ListedPage {
  const row = z.object({ ...database, PaymentType: text, GmtCreated: text });
  const list = z.object({ Total: z.number().nullish(), InstanceList: z.array(row).nullish() }).parse(answer);
  const things = (list.InstanceList ?? []).map((found) => ({
    ...{ type: "alicloud:tsdb/instance:Instance", id: found.InstanceId, name: found.InstanceAlias ?? "", tags: {} },
    ...{ billed: true, paidAhead: found.PaymentType === "PREPAY" },
    ...timeFrom(found.GmtCreated),
  }));
  return { things, rows: things.length, ...(typeof list.Total === "number" ? { total: list.Total } : {}) };
}

type Source = readonly [ApiName, string, number, Listing["read"]];

const byPage: readonly Source[] = [
  ["vpc", "DescribeVpcs", 50, vpc],
  ["vpc", "DescribeVSwitches", 50, vSwitch],
  ["vpc", "DescribeNatGateways", 50, natGateway],
  ["vpc", "DescribeEipAddresses", 100, address],
  ["ecs", "DescribeSecurityGroups", 50, securityGroup],
  ["ecs", "DescribeInstances", 100, instance],
  ["ecs", "DescribeDisks", 100, disk],
  ["ecs", "DescribeKeyPairs", 50, keyPair],
  ["ecs", "DescribeAutoSnapshotPolicyEx", 100, snapshotPolicy],
  ["hitsdb", "GetLindormInstanceList", 100, lindorm],
  ["tsdb", "DescribeHiTSDBInstanceList", 100, tsdb],
];

/** Every list that a stack's things can be in, in a region; RAM is the same in all of them. */
export function listings(region: string): readonly Listing[] {
  return [
    ...byPage.map(([api, action, size, read]): Listing => {
      return { api, action, size, read, paging: "pages", parameters: { RegionId: region } };
    }),
    { api: "ram", action: "ListRoles", size: 100, read: role, paging: "marker", parameters: {} },
    {
      api: "ram",
      action: "ListPolicies",
      size: 100,
      read: policy,
      paging: "marker",
      parameters: { PolicyType: "Custom" },
    },
  ];
}

/** The SNAT entries of one table. */
export function snatListing(region: string, table: string): Listing {
  const parameters = { RegionId: region, SnatTableId: table };
  return { api: "vpc", action: "DescribeSnatTableEntries", size: 50, read: snatEntry, paging: "pages", parameters };
}
