import { z } from "zod";
import { userDataLimits } from "../../catalog/limits.ts";
import { contains, overlaps } from "../../components/config/cidr.ts";
import { managed } from "../../plan/plan.ts";
import { unanswered } from "../ask.ts";
import type { Check, Finding, Situation } from "../check.ts";
import { internetSources } from "../internet.ts";
import { listPages, standing } from "../standing.ts";

const text = z.string().nullish();
const vpcPage = z.object({
  Vpcs: z.object({
    Vpc: z.array(
      z.object({
        VpcId: z.string(),
        VpcName: text,
        CidrBlock: z.string(),
        SecondaryCidrBlocks: z.object({ SecondaryCidrBlock: z.array(z.string()).nullish() }).nullish(),
      }),
    ),
  }),
});
const vSwitchPage = z.object({
  VSwitches: z.object({
    VSwitch: z.array(
      z.object({
        VSwitchId: z.string(),
        VpcId: z.string(),
        ZoneId: z.string(),
        CidrBlock: z.string(),
        AvailableIpAddressCount: z.number().nullish(),
      }),
    ),
  }),
});
type VSwitch = z.output<typeof vSwitchPage>["VSwitches"]["VSwitch"][number];

const contextOf = ({ settings, stack }: Situation) => ({ region: settings.region, stack, settings });

/** Most networks that are named in one line. */
const mostNames = 4;

/** The new network's range against those that are there. */
export const networkRange: Check = {
  id: "network-range",
  area: "network",
  title: "range of the VPC",
  what: "Whether the new VPC's range overlaps with another VPC of the region: DescribeVpcs. Overlapping networks work, and can never be joined.",
  asks: true,
  async find(situation) {
    const { network } = situation.settings;
    if (network.existing !== undefined) return [];
    const [pages, own] = await Promise.all([listPages(situation, "vpc"), standing(situation, "vpc")]);
    if (!pages.ok) return [unanswered(pages.refusal, contextOf(situation))];
    const mine = new Set(own.ok ? own.value.own.map(({ id }) => id) : []);
    const others = pages.value.flatMap((page) => vpcPage.parse(page).Vpcs.Vpc).filter(({ VpcId }) => !mine.has(VpcId));
    const meeting = others.flatMap(({ VpcId, VpcName, CidrBlock, SecondaryCidrBlocks }) => {
      const range = [CidrBlock, ...(SecondaryCidrBlocks?.SecondaryCidrBlock ?? [])].find((cidr) =>
        overlaps(network.cidr, cidr),
      );
      return range === undefined ? [] : [`${VpcName ? `${VpcName} (${VpcId})` : VpcId} ${range}`];
    });
    if (meeting.length === 0) {
      const count =
        others.length === 0 ? "no other VPC is in the region" : `clear of the region's ${others.length} other VPCs`;
      return [{ status: "ok", text: `china:network.cidr ${network.cidr}: ${count}` }];
    }
    const more = meeting.length > mostNames ? ` and ${meeting.length - mostNames} more` : "";
    return [
      {
        status: "warning",
        text: `china:network.cidr ${network.cidr} overlaps with ${meeting.slice(0, mostNames).join(", ")}${more}: overlapping VPCs cannot be joined later`,
        next:
          mine.size === 0
            ? "take another range now if they are ever to be joined: changing it later replaces the network and all that is in it"
            : "nothing, unless they are to be joined: the range of a VPC that stands cannot be changed",
      },
    ];
  },
};

/** A network that exists already is as the stack file says. */
export const existingNetwork: Check = {
  id: "existing-network",
  area: "network",
  title: "network that exists",
  what: "Whether the VPC and the vSwitches named in the stack file exist, in their zones, with room for the hosts and for new vSwitches: DescribeVpcs, DescribeVSwitches.",
  asks: true,
  async find(situation) {
    const { network, region } = situation.settings;
    const id = network.existing;
    if (id === undefined) return [];
    const [vpcs, switches, own, hosts] = await Promise.all([
      listPages(situation, "vpc"),
      listPages(situation, "vSwitch"),
      standing(situation, "vSwitch"),
      standing(situation, "host"),
    ]);
    if (!vpcs.ok) return [unanswered(vpcs.refusal, contextOf(situation))];
    if (!switches.ok) return [unanswered(switches.refusal, contextOf(situation))];
    const vpc = vpcs.value.flatMap((page) => vpcPage.parse(page).Vpcs.Vpc).find(({ VpcId }) => VpcId === id);
    if (vpc === undefined) {
      return [
        {
          status: "fail",
          on: id,
          text: `china:network.existing names ${id}, and there is no such VPC in ${region} that this key can see`,
          next: "correct the id, or the region: a VPC belongs to one region",
        },
      ];
    }
    const ranges = [vpc.CidrBlock, ...(vpc.SecondaryCidrBlocks?.SecondaryCidrBlock ?? [])];
    const all = switches.value.flatMap((page) => vSwitchPage.parse(page).VSwitches.VSwitch);
    const there = new Map(all.map((one) => [one.VSwitchId, one]));
    const mine = new Set(own.ok ? own.value.own.map((thing) => thing.id) : []);
    const missing = hosts.ok ? new Set(hosts.value.missing) : undefined;
    return [
      { status: "ok", on: id, text: `it is there, with ${ranges.join(", ")}` },
      ...Object.entries(network.vSwitches).flatMap(([zone, given]): Finding[] => {
        if (typeof given === "string") {
          const others = all.filter(({ VpcId, VSwitchId }) => VpcId === id && !mine.has(VSwitchId));
          return newSwitch(zone, given, ranges, others);
        }
        const wanted = situation.demand.hosts
          .filter((host) => host.zone === zone)
          .flatMap(({ names }) => names)
          .filter((name) => missing?.has(name) ?? true).length;
        return [existingSwitch(zone, given, there.get(given.existing), id, wanted)];
      }),
    ];
  },
};

function newSwitch(zone: string, cidr: string, ranges: readonly string[], others: readonly VSwitch[]): Finding[] {
  const on = zone;
  if (!ranges.some((range) => contains(range, cidr))) {
    return [
      {
        ...{ status: "fail", on },
        text: `china:network.vSwitches.${zone} ${cidr} is outside of the VPC's ${ranges.join(", ")}`,
        next: "take a range inside of the VPC's",
      },
    ];
  }
  const taken = others.find(({ CidrBlock }) => overlaps(CidrBlock, cidr));
  if (taken === undefined) return [{ status: "ok", on, text: `${cidr} is free in the VPC` }];
  return [
    {
      ...{ status: "fail", on },
      text: `china:network.vSwitches.${zone} ${cidr} overlaps with ${taken.VSwitchId} ${taken.CidrBlock} of the same VPC`,
      next: `take a free range, or use that vSwitch: { existing: ${taken.VSwitchId}, cidr: ${taken.CidrBlock} }`,
    },
  ];
}

function existingSwitch(
  zone: string,
  given: { readonly existing: string; readonly cidr: string },
  found: VSwitch | undefined,
  vpc: string,
  hosts: number,
): Finding {
  const on = given.existing;
  const setting = `china:network.vSwitches.${zone}`;
  if (found === undefined) {
    return { status: "fail", on, text: `${setting} names a vSwitch that is not there`, next: "correct the id" };
  }
  const wrong = [
    ...(found.VpcId === vpc ? [] : [`it is in ${found.VpcId}, not in ${vpc}`]),
    ...(found.ZoneId === zone ? [] : [`it is in ${found.ZoneId}`]),
    ...(found.CidrBlock === given.cidr ? [] : [`its range is ${found.CidrBlock}, not ${given.cidr}`]),
  ];
  if (wrong.length > 0) {
    return {
      status: "fail",
      on,
      text: `${setting}: ${wrong.join("; ")}`,
      next: `correct ${setting} in the stack file`,
    };
  }
  const free = found.AvailableIpAddressCount ?? undefined;
  if (free === undefined) return { status: "not-checked", on, text: "its free addresses were not told" };
  if (free < hosts) {
    return {
      ...{ status: "fail", on },
      text: `free addresses: ${free}, and ${hosts} hosts are to be made in ${zone}`,
      next: "put hosts into another zone, or take a larger vSwitch",
    };
  }
  return { status: "ok", on, text: `in ${zone}, ${free} addresses free for ${hosts} new hosts` };
}

const gatewayPage = z.object({
  NatGateways: z.object({
    NatGateway: z.array(
      z.object({
        NatGatewayId: z.string(),
        VpcId: z.string(),
        NetworkType: text,
        SnatTableIds: z.object({ SnatTableId: z.array(z.string()).nullish() }).nullish(),
      }),
    ),
  }),
});
const entryPage = z.object({
  SnatTableEntries: z.object({
    SnatTableEntry: z.array(z.object({ SourceVSwitchId: text, SourceCIDR: text })),
  }),
});

/** Hosts reach what they fetch from the internet. */
export const wayOut: Check = {
  id: "way-out",
  area: "network",
  title: "way out to the internet",
  what: "Whether each vSwitch with hosts that fetch something from the internet has a way out: the stack's own NAT gateway, or one with an SNAT entry in the VPC that exists (DescribeNatGateways, DescribeSnatTableEntries).",
  asks: false,
  async find(situation) {
    const { settings, stack } = situation;
    const sources = internetSources(settings, stack);
    if (sources.length === 0)
      return [{ status: "ok", text: "no host without a public address fetches anything from the internet" }];
    const addresses = [...new Set(sources.map(({ address }) => address))].join(", ");
    // What a stack file without a way out needs from the internet is a mistake of the file.
    if (settings.network.wayOut !== "existing") {
      return [{ status: "ok", text: `the stack's NAT gateway leads to ${addresses}` }];
    }
    if (situation.ask === undefined) return [{ status: "not-checked", text: "no credentials" }];
    return throughExisting(situation, addresses);
  },
};

/** Ways that no list of NAT gateways shows: a transit router, a firewall, a proxy. So this warns and does not fail. */
async function throughExisting(situation: Situation, addresses: string): Promise<readonly Finding[]> {
  const { ask, settings, demand } = situation;
  const { network, region } = settings;
  const gateways = await listPages(situation, "natGateway");
  if (!gateways.ok) return [unanswered(gateways.refusal, contextOf(situation))];
  const inVpc = gateways.value
    .flatMap((page) => gatewayPage.parse(page).NatGateways.NatGateway)
    .filter(({ VpcId, NetworkType }) => VpcId === network.existing && NetworkType !== "intranet");
  const other =
    "make sure that another way out is there (a transit router, a firewall), or make a NAT gateway with an SNAT entry";
  if (inVpc.length === 0) {
    return [
      {
        status: "warning",
        text: `china:network.wayOut is existing, and no NAT gateway is in ${network.existing}; hosts fetch from ${addresses}`,
        next: other,
      },
    ];
  }
  const tables = inVpc.flatMap(({ SnatTableIds }) => SnatTableIds?.SnatTableId ?? []);
  const answers = await Promise.all(
    tables.map((SnatTableId) =>
      ask?.ask(
        "vpc",
        "DescribeSnatTableEntries",
        { RegionId: region, SnatTableId, PageNumber: 1, PageSize: 50 },
        entryPage,
      ),
    ),
  );
  const refused = answers.find((answer) => answer !== undefined && !answer.ok);
  if (refused !== undefined && !refused.ok) return [unanswered(refused.refusal, contextOf(situation))];
  const entries = answers.flatMap((answer) => (answer?.ok ? answer.value.SnatTableEntries.SnatTableEntry : []));
  const withHosts = new Set(demand.hosts.map(({ zone }) => zone));
  const closed = Object.entries(network.vSwitches).flatMap(([zone, given]) => {
    if (!withHosts.has(zone)) return [];
    const [id, cidr] = typeof given === "string" ? [undefined, given] : [given.existing, given.cidr];
    const open = entries.some(
      ({ SourceVSwitchId, SourceCIDR }) =>
        (id !== undefined && SourceVSwitchId === id) || (SourceCIDR ? contains(SourceCIDR, cidr) : false),
    );
    return open ? [] : [id ?? `${zone} ${cidr}`];
  });
  const names = inVpc.map(({ NatGatewayId }) => NatGatewayId).join(", ");
  if (closed.length === 0) return [{ status: "ok", text: `${names} leads to ${addresses}` }];
  return [
    {
      status: "warning",
      text: `${names} has no SNAT entry for ${closed.join(", ")}; hosts there fetch from ${addresses}`,
      next: other,
    },
  ];
}

const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;

/** What a host is started with fits. */
export const userDataSize: Check = {
  id: "user-data",
  area: "network",
  title: "size of user data",
  what: `Size of each host's user data against ${userDataLimits.bytes / 1024} KB, and ${userDataLimits.safeBytes / 1024} KB, which older pages name.`,
  asks: false,
  find({ plan }) {
    const hosts = managed(plan).filter(({ type }) => type === "alicloud:ecs/instance:Instance");
    const sizes = hosts.map(({ name, inputs }) => ({ name, bytes: bytesOf(inputs["userData"]) }));
    const large = sizes.filter(({ bytes }) => bytes > userDataLimits.safeBytes);
    if (large.length > 0) {
      return large.map(({ name, bytes }): Finding => {
        const next = "put large files into a bucket and fetch them by a command, or install fewer packages at boot";
        return bytes > userDataLimits.bytes
          ? {
              status: "fail",
              on: name,
              text: `${kilobytes(bytes)} of user data, ${kilobytes(userDataLimits.bytes)} are taken`,
              next,
            }
          : {
              status: "warning",
              on: name,
              text: `${kilobytes(bytes)} of user data: older pages name 16 KB as the limit`,
              next,
            };
      });
    }
    const most = Math.max(0, ...sizes.map(({ bytes }) => bytes));
    return hosts.length === 0
      ? []
      : [{ status: "ok", text: `at most ${kilobytes(most)} of ${kilobytes(userDataLimits.bytes)}` }];
  },
};

/** The limit counts before base64. */
function bytesOf(value: unknown): number {
  return typeof value === "string" ? Buffer.from(value, "base64").length : 0;
}
