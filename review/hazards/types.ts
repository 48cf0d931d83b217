import { diskAttachments, disks, instance, instanceSet } from "../../policies/host-types.ts";

/** Resource types that hazards are about; twins are one thing under two names. */
export { diskAttachments, disks, instance, instanceSet };

export const addresses = ["alicloud:ecs/eipAddress:EipAddress", "alicloud:ecs/eip:Eip"] as const;
export const association = "alicloud:ecs/eipAssociation:EipAssociation";
export const natGateway = "alicloud:vpc/natGateway:NatGateway";
export const snatEntry = "alicloud:vpc/snatEntry:SnatEntry";
export const vSwitches = ["alicloud:vpc/switch:Switch", "alicloud:vpc/subnet:Subnet"] as const;
export const network = "alicloud:vpc/network:Network";
export const securityGroup = "alicloud:ecs/securityGroup:SecurityGroup";
export const keyPairAttachments = [
  "alicloud:ecs/ecsKeyPairAttachment:EcsKeyPairAttachment",
  "alicloud:ecs/keyPairAttachment:KeyPairAttachment",
] as const;

export const snapshots = ["alicloud:ecs/ecsSnapshot:EcsSnapshot", "alicloud:ecs/snapshot:Snapshot"] as const;
export const snapshotPolicies = [
  "alicloud:ecs/autoSnapshotPolicy:AutoSnapshotPolicy",
  "alicloud:ecs/snapshotPolicy:SnapshotPolicy",
] as const;
export const snapshotPolicyAttachment = "alicloud:ecs/ecsAutoSnapshotPolicyAttachment:EcsAutoSnapshotPolicyAttachment";

export const lindormV1 = "alicloud:lindorm/instance:Instance";
export const lindormV2 = "alicloud:lindorm/instanceV2:InstanceV2";
export const lindormPublicNetwork = "alicloud:lindorm/publicNetwork:PublicNetwork";
export const tsdb = "alicloud:tsdb/instance:Instance";
export const rds = "alicloud:rds/instance:Instance";
export const redis = "alicloud:kvstore/instance:Instance";
export const mongo = "alicloud:mongodb/instance:Instance";
export const shardedMongo = "alicloud:mongodb/shardingInstance:ShardingInstance";
export const polar = "alicloud:polardb/cluster:Cluster";
export const analyticDb = "alicloud:gpdb/instance:Instance";
export const clickHouse = "alicloud:clickhouse/dbCluster:DbCluster";
export const fileSystem = "alicloud:nas/fileSystem:FileSystem";
export const databases = [
  lindormV1,
  lindormV2,
  tsdb,
  rds,
  redis,
  mongo,
  shardedMongo,
  polar,
  analyticDb,
  clickHouse,
] as const;

export const bucket = "alicloud:oss/bucket:Bucket";
export const bucketAcl = "alicloud:oss/bucketAcl:BucketAcl";
export const bucketEncryption = "alicloud:oss/bucketServerSideEncryption:BucketServerSideEncryption";
export const bucketVersioning = "alicloud:oss/bucketVersioning:BucketVersioning";
export const publicAccessBlock = "alicloud:oss/bucketPublicAccessBlock:BucketPublicAccessBlock";
export const key = "alicloud:kms/key:Key";
export const provider = "pulumi:providers:alicloud";
