import { fact } from "../../catalog/fact.ts";

/** What hazards are concluded from; the provider's source is the one that the engine of this project is built from. */
const upstream = "terraform-provider-alicloud v1.285.0";
const read = (file: string) => fact(`${upstream}, ${file}`, "2026-07-10");

export const instanceUpdate = read("resource_alicloud_instance.go, resourceAliCloudInstanceUpdate");
export const instanceAttribute = read("resource_alicloud_instance.go, modifyInstanceAttribute");
export const instanceImage = read("resource_alicloud_instance.go, modifyInstanceImage");
export const instanceType = read("resource_alicloud_instance.go, modifyInstanceType");
export const instanceDelete = read("resource_alicloud_instance.go, resourceAliCloudInstanceDelete");
export const instanceCharge = read("resource_alicloud_instance.go, modifyInstanceChargeType");
export const instanceSchema = read("resource_alicloud_instance.go, schema");
export const diskDelete = read("resource_alicloud_ecs_disk.go, resourceAliCloudEcsDiskDelete");
export const subscriptionDelete = read(
  "Delete of lindorm_instance, tsdb_instance, eip_address, nat_gateway, db_instance, kvstore_instance, gpdb_instance, polardb_cluster and ecs_disk",
);
export const eipDelete = read("resource_alicloud_eip_address.go, resourceAliCloudEipAddressDelete");
export const bucketDelete = read("resource_alicloud_oss_bucket.go, resourceAlicloudOssBucketDelete");
export const snapshotDelete = read("resource_alicloud_ecs_snapshot.go, resourceAliCloudEcsSnapshotDelete");
export const networkSchema = read("resource_alicloud_vswitch.go and resource_alicloud_vpc.go, schema");
export const networkDelete = read(
  "Delete of vswitch, vpc, security_group and nat_gateway: DependencyViolation is retried until the timeout",
);
export const lindormUpdate = read("resource_alicloud_lindorm_instance.go, resourceAliCloudLindormInstanceUpdate");
export const engineProtect = fact("Pulumi documentation, resource option protect", "2026-08-21");
export const ecsApi = fact("@alicloud/ecs20140526 7.11.6, parameter comments", "2026-09-22");
export const vpcDocs = fact("Alibaba Cloud docs, VPC and vSwitch: ranges and zones are fixed at creation", "2026-08");
