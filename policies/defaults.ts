import type { Defaults } from "./reading.ts";

/**
 * What counts when a property is absent: the provider's own default, or what the API does. Resource type -> property.
 * Source: terraform-provider-alicloud v1.285.0 schema (engine/provider-inputs.json, compared by a test); what is marked
 * API comes from the parameter comments of @alicloud/ecs20140526 7.11.6 (2026-09-22).
 */
export const defaults: Readonly<Record<string, Defaults>> = {
  "alicloud:ecs/instance:Instance": {
    "dataDisks[].encrypted": false,
    "dataDisks[].deleteWithInstance": true,
    // API: instances answer metadata requests without a token unless told otherwise.
    httpTokens: "optional",
    instanceChargeType: "PostPaid",
    internetMaxBandwidthOut: 0,
    systemDiskEncrypted: false,
  },
  "alicloud:ecs/ecsDisk:EcsDisk": { encrypted: false },
  "alicloud:ecs/disk:Disk": { encrypted: false },
  "alicloud:ecs/securityGroupRule:SecurityGroupRule": { policy: "accept", portRange: "-1/-1", nicType: "internet" },
  "pulumi:providers:alicloud": { protocol: "HTTPS", skipRegionValidation: false },
};
