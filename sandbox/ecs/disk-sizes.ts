/**
 * How large a disk of a category may be, GiB. Source: @alicloud/ecs20140526 7.11.6, comments on CreateDisk.Size and
 * ResizeDisk.NewSize.
 */
export interface SizeRange {
  readonly least: number;
  readonly most: number;
}

const byCategory: Readonly<Record<string, SizeRange>> = {
  cloud: { least: 5, most: 2_000 },
  cloud_efficiency: { least: 20, most: 32_768 },
  cloud_ssd: { least: 20, most: 32_768 },
  cloud_auto: { least: 1, most: 65_536 },
  cloud_essd_entry: { least: 10, most: 32_768 },
};

const byLevel: Readonly<Record<string, SizeRange>> = {
  PL0: { least: 1, most: 65_536 },
  PL1: { least: 20, most: 65_536 },
  PL2: { least: 461, most: 65_536 },
  PL3: { least: 1_261, most: 65_536 },
};

/** A system disk ends here whatever its category. */
const largestSystemDisk = 2_048;

/**
 * The range for a category, and for ESSD its performance level; undefined for a category or level that there is not.
 *
 * @param category cloud_essd, ...
 * @param level PL0 to PL3; only looked at for cloud_essd
 */
export function sizeRange(category: string, level: string): SizeRange | undefined {
  return category === "cloud_essd" ? byLevel[level] : byCategory[category];
}

/** The largest that a disk may become, GiB; undefined for a category or level that there is not. */
export function mostSize(disk: {
  readonly category: string;
  readonly performanceLevel: string;
  readonly type: "system" | "data";
}): number | undefined {
  const most = sizeRange(disk.category, disk.performanceLevel)?.most;
  return disk.type === "system" && most !== undefined ? Math.min(largestSystemDisk, most) : most;
}

/** IOPS that an AutoPL disk has without provisioning. Source: comments on CreateDisk.ProvisionedIops. */
export function baselineIops(sizeGiB: number): number {
  return Math.max(3_000, Math.min(50_000, 1_800 + 50 * sizeGiB));
}

/** Most IOPS that may be provisioned on an AutoPL disk on top of its baseline. */
export function mostProvisionedIops(sizeGiB: number): number {
  if (sizeGiB <= 3) return 0;
  return Math.max(0, Math.min(50_000, 1_000 * sizeGiB - baselineIops(sizeGiB)));
}
