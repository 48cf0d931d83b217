import { diskCategoriesFor, type PerformanceLevel } from "../../../catalog/disks.ts";
import { imageFamilies, publicImage } from "../../../catalog/images.ts";
import { hasLocalDisk, instanceType, instanceTypeIds, parseTypeName } from "../../../catalog/instance-types.ts";
import { names, securityGroupLimits } from "../../../catalog/limits.ts";
import { hostKey } from "../../host-keys.ts";
import { type Mistake, type Path, quoted } from "../mistakes.ts";
import { nearest } from "../nearest.ts";
import type { Salvaged } from "../salvage.ts";
import type { HostGroupSettings } from "../schema.ts";
import { type Check, entriesOf, itemsOf } from "./check.ts";

type Group = Salvaged<HostGroupSettings>;

/** Image, instance type and disks go together. */
export const checkMachines: Check = ({ settings }) =>
  entriesOf(settings.hosts).flatMap(([name, group]) => {
    const path: Path = ["hosts", name];
    return [
      ...imageOf(group, path),
      ...(group.type === undefined ? [] : typeKnown(group.type, [...path, "type"])),
      ...disk(group, group.systemDisk, [...path, "systemDisk"]),
      ...disk(group, group.dataDisk, [...path, "dataDisk"]),
      ...besideLocalDisk(group, [...path, "dataDisk"]),
    ];
  });

function imageOf(group: Group, path: Path): Mistake[] {
  if (group.image === undefined) return [];
  const image = publicImage(group.image);
  const at = [...path, "image"];
  if (image === undefined) {
    const families = imageFamilies.map((family) => family.id).join(", ");
    return [
      {
        path: at,
        found: quoted(group.image),
        wanted: `a dated public image of ${families}; the bootstrap must know the system`,
        fix: "for example ubuntu_24_04_x64_20G_alibase_20260916.vhd",
      },
    ];
  }
  const type = group.type === undefined ? undefined : instanceType(group.type);
  const mistakes: Mistake[] = [];
  if (type !== undefined && type.architecture !== image.architecture) {
    mistakes.push({
      path: at,
      found: quoted(group.image),
      wanted: `an image for ${type.architecture}: ${group.type} has that architecture`,
      fix:
        type.architecture === "arm64"
          ? "take the _arm64_ image of the same system"
          : "take the _x64_ image of the same system",
    });
  }
  const least = image.diskGiB ?? 0;
  if (group.systemDisk?.GiB !== undefined && group.systemDisk.GiB < least) {
    mistakes.push({
      path: [...path, "systemDisk", "GiB"],
      found: quoted(group.systemDisk.GiB),
      wanted: `at least ${least}: the image needs it`,
    });
  }
  return mistakes;
}

/** A type that the catalogue does not list may exist; one that is a letter off from a listed one is a slip. */
function typeKnown(type: string, path: Path): Mistake[] {
  if (instanceType(type) !== undefined) return [];
  const near = nearest(type, instanceTypeIds());
  return near === undefined || near.length !== type.length
    ? []
    : [{ path, found: quoted(type), wanted: "an instance type", fix: `did you mean ${near}?` }];
}

/** The bootstrap takes the one blank disk for the data disk; a local one is blank too, there first, and lost with the host. */
function besideLocalDisk(group: Group, path: Path): Mistake[] {
  const type = group.type === undefined ? undefined : parseTypeName(group.type);
  if (group.dataDisk === undefined || type === undefined || hasLocalDisk(type) !== true) return [];
  return [
    {
      path,
      wanted: `no data disk: ${group.type} has local disks, and the bootstrap could not tell them apart`,
      fix: "remove dataDisk, or take a type without local disks such as ecs.g7.xlarge",
    },
  ];
}

/** Smallest ESSD for each level, GiB (ECS documents "ESSDs", block storage performance levels). */
const leastOfLevel: Readonly<Record<PerformanceLevel, number>> = { PL0: 1, PL1: 20, PL2: 461, PL3: 1261 };

function disk(group: Group, settings: Group["systemDisk"] | Group["dataDisk"], path: Path): Mistake[] {
  if (settings?.category === undefined) return [];
  const { category, level, GiB } = settings;
  const mistakes: Mistake[] = [];
  const possible = group.type === undefined ? undefined : diskCategoriesFor(group.type);
  if (possible?.[category] === "no") {
    const allowed = Object.entries(possible).flatMap(([key, value]) => (value === "yes" ? [key] : []));
    mistakes.push({
      path: [...path, "category"],
      found: quoted(category),
      wanted: `a disk that ${group.type} takes: ${allowed.join(", ") || "unknown"} (${possible.source}, ${possible.observedAt})`,
    });
  }
  if (level !== undefined && category !== "cloud_essd") {
    mistakes.push({
      path: [...path, "level"],
      found: quoted(level),
      wanted: `no level: ${category} has none`,
      fix: "remove level",
    });
  } else if (level !== undefined && GiB !== undefined && GiB < leastOfLevel[level]) {
    mistakes.push({
      path: [...path, "GiB"],
      found: quoted(GiB),
      wanted: `at least ${leastOfLevel[level]} for ${level}`,
      fix: "take a lower level",
    });
  }
  return mistakes;
}

/** Names stay within the cloud's limits, groups within a security group's, and listed hosts exist. */
export const checkGroups: Check = ({ stack, settings }) =>
  entriesOf(settings.hosts).flatMap(([name, group]) => {
    const path: Path = ["hosts", name];
    const { count } = group;
    const host = `china-${stack}-${hostKey(name, Math.max(count ?? 1, 1))}`;
    return [
      ...(/-\d+$/.test(name)
        ? [
            {
              path,
              found: quoted(name),
              wanted: "a group name that does not end in a number: hosts are numbered",
              fix: "rename it",
            },
          ]
        : []),
      ...(host.length > names.host.most
        ? [
            {
              path,
              found: quoted(host),
              wanted: `host names of at most ${names.host.most} characters`,
              fix: "shorten the name of group or stack",
            },
          ]
        : []),
      ...(count !== undefined && count > securityGroupLimits.normal.addresses
        ? [
            {
              path: [...path, "count"],
              found: quoted(count),
              wanted: `at most ${securityGroupLimits.normal.addresses} hosts in a security group`,
            },
          ]
        : []),
      ...(count === undefined ? [] : listedHosts(name, count, group, path)),
    ];
  });

function listedHosts(name: string, count: number, group: Group, path: Path): Mistake[] {
  return [
    ...itemsOf(group.rebuild).flatMap(([i, key]) =>
      isCurrent(name, count, key) ? [] : [unknownHost([...path, "rebuild", i], key, name, count)],
    ),
    ...itemsOf(group.dataDisk?.keep).flatMap(([i, key]): Mistake[] => {
      const wanted =
        keptDisk(name, count, key) ?? (group.dataDisk?.keep?.indexOf(key) === i ? undefined : "each host once");
      if (wanted === undefined) return [];
      return [{ path: [...path, "dataDisk", "keep", i], found: quoted(key), wanted, fix: "remove it" }];
    }),
  ];
}

/** What is wrong with the key of a host whose disk is to be kept. */
function keptDisk(group: string, count: number, key: string): string | undefined {
  if (isCurrent(group, count, key)) return "a host that has left the group; this one is in it";
  return isCurrent(group, Number.POSITIVE_INFINITY, key)
    ? undefined
    : `the key of a host of this group, for example ${hostKey(group, count + 1)}`;
}

function isCurrent(group: string, count: number, key: string): boolean {
  const number = Number(key.slice(group.length + 1));
  return number >= 1 && number <= count && hostKey(group, number) === key;
}

function unknownHost(path: Path, key: string, group: string, count: number): Mistake {
  const wanted =
    count === 0
      ? "no host: the group is empty"
      : `a host of the group: ${hostKey(group, 1)} to ${hostKey(group, count)}`;
  return { path, found: quoted(key), wanted };
}
