/** Types that make hosts and their disks, for rules that several files share. Twins are one thing under two names. */
export const instance = "alicloud:ecs/instance:Instance";
export const instanceSet = "alicloud:ecs/ecsInstanceSet:EcsInstanceSet";
export const scalingConfiguration = "alicloud:ess/scalingConfiguration:ScalingConfiguration";
export const launchTemplates = [
  "alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate",
  "alicloud:ecs/launchTemplate:LaunchTemplate",
] as const;

export const disks = ["alicloud:ecs/ecsDisk:EcsDisk", "alicloud:ecs/disk:Disk"] as const;
export const diskAttachments = [
  "alicloud:ecs/ecsDiskAttachment:EcsDiskAttachment",
  "alicloud:ecs/diskAttachment:DiskAttachment",
] as const;

/**
 * Categories that hold nothing to keep: local disks and elastic ephemeral disks. They take no snapshots and go with their
 * host (comments of CreateDisk and AttachDisk in @alicloud/ecs20140526 7.11.6).
 */
export const scratchCategory = /^(?:elastic_)?ephemeral|^local/;

/** The same properties of each type. */
export function eachOf(types: readonly string[], properties: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(types.map((type) => [type, properties]));
}
