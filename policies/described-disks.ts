import { unread } from "./demand.ts";
import { disks, instance, instanceSet, launchTemplates, scalingConfiguration } from "./host-types.ts";
import type { Props, Reading } from "./reading.ts";
import type { Finding } from "./rule.ts";

/** What the properties of a disk are called in the map that describes it. */
export interface DiskNames {
  readonly encrypted: string;
  readonly kmsKeyId: string;
  /** Where a disk may be made from a snapshot, and is encrypted if that is. */
  readonly snapshotId?: string;
}

/** Where a type of resource describes disks. */
interface Layout {
  /** A disk described by the resource's own properties. */
  readonly own?: DiskNames;
  /** A disk described by the map systemDisk. */
  readonly systemDisk?: DiskNames;
  /** Disks described by the list dataDisks. */
  readonly dataDisks?: DiskNames;
}

const separate: DiskNames = { encrypted: "encrypted", kmsKeyId: "kmsKeyId", snapshotId: "snapshotId" };
const systemDisk: DiskNames = { encrypted: "encrypted", kmsKeyId: "kmsKeyId" };
const host: Layout = {
  own: { encrypted: "systemDiskEncrypted", kmsKeyId: "systemDiskKmsKeyId" },
  dataDisks: separate,
};
const template: Layout = { systemDisk, dataDisks: separate };

const layouts: Readonly<Record<string, Layout>> = {
  [instance]: host,
  [scalingConfiguration]: host,
  [instanceSet]: { dataDisks: separate },
  ...Object.fromEntries(launchTemplates.map((type) => [type, template])),
  ...Object.fromEntries(disks.map((type) => [type, { own: separate }])),
};

/** What a rule reads that looks at these properties of every disk. */
export function readsOfDisks(wanted: readonly (keyof DiskNames)[]): Readonly<Record<string, readonly string[]>> {
  const namesIn = (names: DiskNames, prefix: string) =>
    wanted.flatMap((key) => (names[key] === undefined ? [] : [`${prefix}${names[key]}`]));
  return Object.fromEntries(
    Object.entries(layouts).map(([type, { own, systemDisk, dataDisks }]) => [
      type,
      [
        ...(own === undefined ? [] : namesIn(own, "")),
        ...(systemDisk === undefined ? [] : ["systemDisk", ...namesIn(systemDisk, "systemDisk.")]),
        ...(dataDisks === undefined ? [] : ["dataDisks", ...namesIn(dataDisks, "dataDisks[].")]),
      ],
    ]),
  );
}

/** A disk as a resource describes it; unreadable where the map itself is unknown or no map. */
interface DescribedDisk {
  readonly at: Reading<Props>;
  readonly names: DiskNames;
}

function describedDisks(type: string, props: Props): readonly DescribedDisk[] {
  const { own, systemDisk, dataDisks } = layouts[type] ?? {};
  return [
    ...(own === undefined ? [] : [{ at: { state: "known", path: "", value: props } as const, names: own }]),
    ...(systemDisk === undefined ? [] : [{ at: props.map("systemDisk"), names: systemDisk }]),
    ...(dataDisks === undefined ? [] : inList(props, dataDisks)),
  ];
}

function inList(props: Props, names: DiskNames): readonly DescribedDisk[] {
  const list = props.maps("dataDisks");
  if (list.state === "known") return list.value.map((at) => ({ at, names }));
  return list.state === "absent" ? [] : [{ at: list, names }];
}

/**
 * Judges each disk that a resource describes. Where it cannot be read, that is the finding.
 *
 * @param words.absent what a launch template without a system disk is called; left out where that is fine
 */
export function* eachDisk(
  { type, props }: { readonly type: string; readonly props: Props },
  judge: (disk: Props, names: DiskNames) => Iterable<Finding>,
  words: { readonly wanted: string; readonly absent?: string },
): Generator<Finding> {
  for (const { at, names } of describedDisks(type, props)) {
    if (at.state === "known") yield* judge(at.value, names);
    else yield* unread(at, words);
  }
}
