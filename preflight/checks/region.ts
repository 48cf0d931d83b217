import { z } from "zod";
import { list } from "../../deploy/explain-stack.ts";
import { unanswered } from "../ask.ts";
import type { Check, Finding } from "../check.ts";

const regionShape = z.object({
  Regions: z.object({ Region: z.array(z.object({ RegionId: z.string(), Status: z.string().nullish() })) }),
});

/** Regions close: Nanjing and Fuzhou are about to. */
export const region: Check = {
  id: "region",
  area: "supply",
  title: "region",
  what: "Whether the region is open to the account: DescribeRegions.",
  asks: true,
  async find({ ask, settings, stack }) {
    if (ask === undefined) return [];
    const answer = await ask.ask("ecs", "DescribeRegions", { RegionId: settings.region }, regionShape);
    if (!answer.ok) return [unanswered(answer.refusal, { region: settings.region, stack, settings })];
    const regions = answer.value.Regions.Region;
    const found = regions.find(({ RegionId }) => RegionId === settings.region);
    if (found !== undefined && (found.Status ?? "available") === "available") {
      return [{ status: "ok", text: `${settings.region} is open to this account` }];
    }
    const open = regions
      .filter(({ RegionId, Status }) => RegionId.startsWith("cn-") && (Status ?? "available") === "available")
      .map(({ RegionId }) => RegionId);
    return [
      {
        status: "fail",
        text:
          found === undefined
            ? `${settings.region} is not among the regions that the cloud shows to this account`
            : `${settings.region} is ${found.Status} for this account`,
        next: `write another into china:region${open.length === 0 ? "" : `: ${list(open.slice(0, 6))} are open`}`,
      },
    ];
  },
};

const zoneShape = z.object({
  Zones: z.object({
    Zone: z.array(
      z.object({
        ZoneId: z.string(),
        AvailableResourceCreation: z.object({ ResourceTypes: z.array(z.string()).nullish() }).nullish(),
      }),
    ),
  }),
});

/** What each thing of a stack needs a zone to sell, as DescribeZones calls it. */
const kinds = { Instance: "hosts", Disk: "disks", VSwitch: "vSwitches" } as const;

/** Which letters there are differs by account. */
export const zones: Check = {
  id: "zones",
  area: "supply",
  title: "zones",
  what: "Whether the zones of the stack exist for the account, and sell hosts, disks and vSwitches where the stack has some: DescribeZones.",
  asks: true,
  async find({ ask, settings, stack, demand }) {
    if (ask === undefined) return [];
    const parameters = { RegionId: settings.region, AcceptLanguage: "en-US" };
    const answer = await ask.ask("ecs", "DescribeZones", parameters, zoneShape);
    if (!answer.ok) return [unanswered(answer.refusal, { region: settings.region, stack, settings })];
    const all = answer.value.Zones.Zone;
    const others = all.map(({ ZoneId }) => ZoneId).filter((zone) => !demand.zones.includes(zone));
    const next = `write another into china:network.vSwitches and the zones of china:hosts${others.length === 0 ? "" : `: there are ${list(others)}`}`;
    return demand.zones.map((zone): Finding => {
      const found = all.find(({ ZoneId }) => ZoneId === zone);
      if (found === undefined) {
        return { status: "fail", on: zone, text: `the cloud shows no zone ${zone} to this account`, next };
      }
      const sold = found.AvailableResourceCreation?.ResourceTypes ?? [];
      const wanted = [
        ...(demand.hosts.some((host) => host.zone === zone) ? (["Instance"] as const) : []),
        ...(demand.disks.some((disk) => disk.zone === zone) ? (["Disk"] as const) : []),
        "VSwitch" as const,
      ];
      const unsold = wanted.filter((kind) => !sold.includes(kind)).map((kind) => kinds[kind]);
      // Nothing at all is an answer without the field.
      if (sold.length === 0 || unsold.length === 0) {
        return sold.length === 0
          ? { status: "not-checked", on: zone, text: "the zone is there, and what it sells was not told" }
          : { status: "ok", on: zone, text: `sells ${list(wanted.map((kind) => kinds[kind]))}` };
      }
      return { status: "fail", on: zone, text: `sells no ${list(unsold)} to this account`, next };
    });
  },
};
