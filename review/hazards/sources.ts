import { fact } from "../../catalog/fact.ts";

/** What hazards are concluded from; the provider's source is the one that the engine of this project is built from. */
const upstream = "terraform-provider-alicloud v1.285.0";
const read = (file: string) => fact(`${upstream}, ${file}`, "2026-07-10");

export const instanceUpdate = read("resource_alicloud_instance.go, resourceAliCloudInstanceUpdate");
export const instanceImage = read("resource_alicloud_instance.go, modifyInstanceImage");
export const instanceType = read("resource_alicloud_instance.go, modifyInstanceType");
export const instanceDelete = read("resource_alicloud_instance.go, resourceAliCloudInstanceDelete");
export const instanceCharge = read("resource_alicloud_instance.go, modifyInstanceChargeType");
export const instanceSchema = read("resource_alicloud_instance.go, schema");
export const diskDelete = read("resource_alicloud_ecs_disk.go, resourceAliCloudEcsDiskDelete");
export const subscriptionDelete = read(
  "Delete of lindorm_instance, tsdb_instance, eip_address, nat_gateway, db_instance, kvstore_instance, mongodb_instance, mongodb_sharding_instance, gpdb_instance, click_house_db_cluster, polardb_cluster and ecs_disk",
);
export const bucketDelete = read("resource_alicloud_oss_bucket.go, resourceAlicloudOssBucketDelete");
export const snapshotDelete = read("resource_alicloud_ecs_snapshot.go, resourceAliCloudEcsSnapshotDelete");
export const networkSchema = read("resource_alicloud_vswitch.go and resource_alicloud_vpc.go, schema");
export const networkDelete = read(
  "Delete of vswitch, vpc, security_group and nat_gateway: DependencyViolation is retried until the timeout",
);
export const zoneSchema = read(
  "zone_id and availability_zone are ForceNew in instance, ecs_disk, vswitch, lindorm_instance, tsdb_instance",
);
export const diskSchema = read("encrypted is ForceNew in ecs_disk, system_disk_encrypted in instance");
export const diskAttachment = read("resource_alicloud_ecs_disk_attachment.go, create and its timeout");
export const bootstrap = read(
  "user_data is changed on the instance that stands; cloud-init-per(1): once for an instance id",
);
export const snapshotPolicy = read(
  "resource_alicloud_ecs_auto_snapshot_policy.go: retention_days, repeat_weekdays and time_points change in place",
);
export const engineProtect = fact("pulumi/pulumi 3.260, resource option protect", "2026-08-21");
export const engineRetain = fact("pulumi/pulumi 3.260, resource option retainOnDelete", "2026-08-21");
export const ecsApi = fact("@alicloud/ecs20140526 7.11.6, parameter comments", "2026-09-22");
export const vSwitchRanges = fact(
  "Alibaba Cloud docs, VPC API CreateVSwitch, error InvalidCidrBlock.Overlapped; stored copy without a date",
  "2026-11",
  "low",
);
export const eipDocs = fact("Alibaba Cloud docs, FAQ about requesting, allocating, and recovering EIPs", "2024-04-12");
export const kmsApi = fact("Alibaba Cloud docs, KMS ScheduleKeyDeletion", "2026-03-12");
export const ossApi = fact("Alibaba Cloud docs, OSS PutBucketPublicAccessBlock and bucket ACL", "2025-02-24");
