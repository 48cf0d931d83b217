import type { Defaults } from "./reading.ts";

type ByType = Readonly<Record<string, Defaults>>;

/**
 * What the provider itself fills in: constants of terraform-provider-alicloud v1.285.0. A test compares those of the types
 * that engine/provider-inputs.json lists; the others were read in the provider's source.
 */
export const providerDefaults: ByType = {
  "alicloud:ecs/disk:Disk": { category: "cloud_efficiency" },
  "alicloud:ecs/diskAttachment:DiskAttachment": { deleteWithInstance: false },
  "alicloud:ecs/ecsDisk:EcsDisk": { category: "cloud_efficiency" },
  "alicloud:ecs/ecsDiskAttachment:EcsDiskAttachment": { deleteWithInstance: false },
  "alicloud:ecs/instance:Instance": {
    "dataDisks[].category": "cloud_efficiency",
    "dataDisks[].deleteWithInstance": true,
    "dataDisks[].encrypted": false,
    forceDelete: false,
  },
  "alicloud:ecs/securityGroupRule:SecurityGroupRule": { policy: "accept", portRange: "-1/-1" },
  // systemDiskEncrypted has no constant; the provider sends false.
  "alicloud:ess/scalingConfiguration:ScalingConfiguration": {
    "dataDisks[].encrypted": false,
    systemDiskEncrypted: false,
  },
  "pulumi:providers:alicloud": { protocol: "HTTPS", skipRegionValidation: false },
};

const launchTemplate: Defaults = {
  "dataDisks[].encrypted": false,
  httpTokens: "optional",
  "systemDisk.encrypted": false,
};

/**
 * What the API does where the provider sends nothing: parameter comments of @alicloud/ecs20140526 7.11.6 (2026-09-22). A
 * test compares them, and holds that the provider has no constant of its own.
 */
export const apiDefaults: ByType = {
  "alicloud:ecs/disk:Disk": { encrypted: false },
  "alicloud:ecs/ecsDisk:EcsDisk": { encrypted: false },
  "alicloud:ecs/ecsInstanceSet:EcsInstanceSet": { "dataDisks[].encrypted": false },
  "alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate": launchTemplate,
  "alicloud:ecs/instance:Instance": {
    httpTokens: "optional",
    instanceChargeType: "PostPaid",
    internetMaxBandwidthOut: 0,
    systemDiskEncrypted: false,
  },
  "alicloud:ecs/launchTemplate:LaunchTemplate": launchTemplate,
  "alicloud:ecs/securityGroupRule:SecurityGroupRule": { nicType: "internet" },
};

/** Resource type -> property -> what counts where it is absent. */
export const defaults: ByType = Object.fromEntries(
  [...new Set([...Object.keys(providerDefaults), ...Object.keys(apiDefaults)])].map((type) => [
    type,
    { ...providerDefaults[type], ...apiDefaults[type] },
  ]),
);
