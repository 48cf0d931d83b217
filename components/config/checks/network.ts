import { dockerDefaultRange, masks, reservedRanges, vswitchReserved } from "../../../catalog/limits.ts";
import { contains, maskOf, networkOf, overlaps, sizeOf } from "../cidr.ts";
import { type Mistake, type Path, quoted } from "../mistakes.ts";
import { type Check, type CheckInput, entriesOf } from "./check.ts";

/** Ranges fit into each other, hold the hosts, and stay clear of what the cloud and Docker use. */
export const checkRanges: Check = ({ settings }) => {
  const { network } = settings;
  if (network === undefined) return [];
  const ranges = entriesOf(network.vSwitches).flatMap(([zone, vSwitch]): [string, string][] => {
    const range = typeof vSwitch === "string" ? vSwitch : vSwitch.cidr;
    return range === undefined ? [] : [[zone, range]];
  });
  // One that does not begin at its first address is that mistake, not also one of the place where it ends up.
  const exact = ranges.filter(([, cidr]) => networkOf(cidr) === cidr);
  const vpc = network.cidr;
  const path = (zone: string): Path => ["network", "vSwitches", zone];
  return [
    ...(vpc === undefined ? [] : range(["network", "cidr"], vpc, masks.vpc, network.existing !== undefined)),
    ...ranges.flatMap(([zone, cidr]) => range(path(zone), cidr, masks.vswitch, network.existing !== undefined)),
    ...exact.flatMap(([zone, cidr]) =>
      vpc === undefined || contains(vpc, cidr)
        ? []
        : [{ path: path(zone), found: quoted(cidr), wanted: `a range inside the VPC's ${vpc}` }],
    ),
    ...exact.flatMap(([zone, cidr], i) =>
      exact.slice(0, i).flatMap(([other, taken]) =>
        overlaps(cidr, taken)
          ? [
              {
                path: path(zone),
                found: quoted(cidr),
                wanted: `a range that does not overlap with ${other}'s ${taken}`,
              },
            ]
          : [],
      ),
    ),
    ...exact.flatMap(([zone, cidr]) => tooSmall(zone, cidr, path(zone), settings)),
  ];
};

/** @param anyRange a VPC that exists may have been given another range than the private ones */
function range(
  path: Path,
  cidr: string,
  mask: { readonly shortest: number; readonly longest: number },
  anyRange: boolean,
): Mistake[] {
  const found = quoted(cidr);
  if (networkOf(cidr) !== cidr) {
    return [{ path, found, wanted: "a range that begins at its first address", fix: `write ${networkOf(cidr)}` }];
  }
  const length = maskOf(cidr);
  if (length < mask.shortest || length > mask.longest) {
    return [{ path, found, wanted: `a mask from /${mask.shortest} to /${mask.longest}` }];
  }
  const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
  const taken = [...reservedRanges, dockerDefaultRange].find((reserved) => overlaps(cidr, reserved.cidr));
  if (taken !== undefined && !(taken === dockerDefaultRange && length < 16)) {
    return [
      {
        path,
        found,
        wanted: `a range clear of ${taken.cidr} (${taken.why})`,
        fix: "take one of 10.0.0.0/8, for example 10.20.0.0/16",
      },
    ];
  }
  return anyRange || privateRanges.some((outer) => contains(outer, cidr))
    ? []
    : [{ path, found, wanted: `a private range: part of ${privateRanges.join(", ")}` }];
}

function tooSmall(zone: string, cidr: string, path: Path, settings: CheckInput["settings"]): Mistake[] {
  const hosts = entriesOf(settings.hosts).reduce((sum, [, group]) => {
    const zones = group.zones ?? [];
    const count = group.count ?? 0;
    const here = Array.from({ length: zones.length === 0 ? 0 : count }, (_, i) => zones[i % zones.length]);
    return sum + here.filter((id) => id === zone).length;
  }, 0);
  const free = sizeOf(cidr) - vswitchReserved.first - vswitchReserved.last;
  return hosts <= free
    ? []
    : [
        {
          path,
          found: quoted(cidr),
          wanted: `room for ${hosts} hosts; it has ${Math.max(free, 0)} free addresses (${vswitchReserved.first + vswitchReserved.last} are reserved)`,
          fix: "take a larger range, or put fewer hosts into this zone",
        },
      ];
}

/** What exists already fits together, and the way out is possible. */
export const checkExisting: Check = ({ settings: { network } }) => {
  if (network === undefined) return [];
  const existing = entriesOf(network.vSwitches).filter(([, v]) => typeof v !== "string" && v.existing !== undefined);
  return [
    ...(network.existing === undefined
      ? existing.map(
          ([zone]): Mistake => ({
            path: ["network", "vSwitches", zone],
            wanted: "a new vSwitch: one that exists cannot be in a VPC that does not",
            fix: "name its VPC under china:network.existing, or write the range alone",
          }),
        )
      : []),
    ...(network.wayOut === "existing" && network.existing === undefined
      ? [
          {
            path: ["network", "wayOut"],
            found: quoted("existing"),
            wanted: "none or nat: a new VPC has no way out of its own",
            fix: "write nat, or name a VPC under china:network.existing",
          },
        ]
      : []),
    ...(network.vSwitches !== undefined && Object.keys(network.vSwitches).length === 0
      ? [
          {
            path: ["network", "vSwitches"],
            wanted: "at least one zone with its range",
            fix: "for example cn-shanghai-l: 10.20.0.0/20",
          },
        ]
      : []),
  ];
};
