import { type RuleCases, unknown } from "../cases.ts";
import { abroad, at, found, one, regionsOf, regionWords } from "./regional.ts";

/** Every end of a line: type and property. Written out, so that the rule's own list is held against another. */
const lines = [
  ["alicloud:apigateway/api:Api", "fcServiceConfig.region"],
  ["alicloud:bastionhost/host:Host", "instanceRegionId"],
  ["alicloud:cen/bandwidthLimit:BandwidthLimit", "regionIds[]"],
  ["alicloud:cen/instanceAttachment:InstanceAttachment", "childInstanceRegionId"],
  ["alicloud:cen/privateZone:PrivateZone", "accessRegionId"],
  ["alicloud:cen/privateZone:PrivateZone", "hostRegionId"],
  ["alicloud:cen/routeService:RouteService", "accessRegionId"],
  ["alicloud:cen/routeService:RouteService", "hostRegionId"],
  ["alicloud:cen/transitRouterPeerAttachment:TransitRouterPeerAttachment", "peerTransitRouterRegionId"],
  ["alicloud:cen/vbrHealthCheck:VbrHealthCheck", "vbrInstanceRegionId"],
  ["alicloud:dms/enterpriseInstance:EnterpriseInstance", "ecsRegion"],
  ["alicloud:eipanycast/anycastEipAddressAttachment:AnycastEipAddressAttachment", "bindInstanceRegionId"],
  ["alicloud:expressconnect/routerExpressConnectRouter:RouterExpressConnectRouter", "regions[].regionId"],
  ["alicloud:expressconnect/routerGrantAssociation:RouterGrantAssociation", "instanceRegionId"],
  ["alicloud:expressconnect/routerInterface:RouterInterface", "oppositeRegionId"],
  ["alicloud:expressconnect/routerTrAssociation:RouterTrAssociation", "associationRegionId"],
  ["alicloud:expressconnect/routerVbrChildInstance:RouterVbrChildInstance", "childInstanceRegionId"],
  ["alicloud:expressconnect/routerVpcAssociation:RouterVpcAssociation", "associationRegionId"],
  ["alicloud:ga/basicEndpointGroup:BasicEndpointGroup", "endpointGroupRegion"],
  ["alicloud:ga/basicIpSet:BasicIpSet", "accelerateRegionId"],
  ["alicloud:ga/customRoutingEndpointGroup:CustomRoutingEndpointGroup", "endpointGroupRegion"],
  ["alicloud:ga/endpointGroup:EndpointGroup", "endpointGroupRegion"],
  ["alicloud:ga/ipSet:IpSet", "accelerateRegionId"],
  ["alicloud:kms/instance:Instance", "bindVpcs[].regionId"],
  ["alicloud:privatelink/vpcEndpoint:VpcEndpoint", "serviceRegionId"],
  ["alicloud:privatelink/vpcEndpointService:VpcEndpointService", "supportedRegionLists[]"],
  ["alicloud:pvtz/endpoint:Endpoint", "vpcRegionId"],
  ["alicloud:pvtz/ruleAttachment:RuleAttachment", "vpcs[].regionId"],
  ["alicloud:pvtz/zone:Zone", "userInfos[].regionIds[]"],
  ["alicloud:pvtz/zoneAttachment:ZoneAttachment", "vpcs[].regionId"],
  ["alicloud:vpc/peerConnection:PeerConnection", "acceptingRegionId"],
  ["alicloud:vpc/routerInterface:RouterInterface", "oppositeRegion"],
  ["alicloud:vpc/vPCRouteEntry:VPCRouteEntry", "nextHops[].nextHopRegionId"],
  ["alicloud:vpc/vPCRouteEntry:VPCRouteEntry", "nextHops[].nextHopRelatedInfo.regionId"],
] as const;

const stores = [
  ["alicloud:actiontrail/globalEventsStorageRegion:GlobalEventsStorageRegion", "storageRegion"],
  ["alicloud:arms/syntheticTask:SyntheticTask", "commonSetting.xtraceRegion"],
  ["alicloud:cdn/realTimeLogDelivery:RealTimeLogDelivery", "slsRegion"],
  ["alicloud:cloudstoragegateway/expressSync:ExpressSync", "bucketRegion"],
  ["alicloud:cms/eventRule:EventRule", "fcParameters[].region"],
  ["alicloud:cms/eventRule:EventRule", "mnsParameters[].region"],
  ["alicloud:cms/eventRule:EventRule", "openApiParameters[].region"],
  ["alicloud:cms/eventRule:EventRule", "slsParameters[].region"],
  ["alicloud:cs/registryEnterpriseSyncRule:RegistryEnterpriseSyncRule", "targetRegionId"],
  ["alicloud:dbs/backupPlan:BackupPlan", "databaseRegion"],
  ["alicloud:dbs/backupPlan:BackupPlan", "sourceEndpointRegion"],
  ["alicloud:dbs/backupPlan:BackupPlan", "storageRegion"],
  ["alicloud:dts/instance:Instance", "destinationRegion"],
  ["alicloud:dts/instance:Instance", "sourceRegion"],
  ["alicloud:dts/migrationInstance:MigrationInstance", "destinationEndpointRegion"],
  ["alicloud:dts/migrationInstance:MigrationInstance", "sourceEndpointRegion"],
  ["alicloud:dts/migrationJob:MigrationJob", "destinationEndpointRegion"],
  ["alicloud:dts/migrationJob:MigrationJob", "sourceEndpointRegion"],
  ["alicloud:dts/subscriptionJob:SubscriptionJob", "destinationRegion"],
  ["alicloud:dts/subscriptionJob:SubscriptionJob", "sourceEndpointRegion"],
  ["alicloud:dts/synchronizationInstance:SynchronizationInstance", "destinationEndpointRegion"],
  ["alicloud:dts/synchronizationInstance:SynchronizationInstance", "sourceEndpointRegion"],
  ["alicloud:dts/synchronizationJob:SynchronizationJob", "destinationEndpointRegion"],
  ["alicloud:dts/synchronizationJob:SynchronizationJob", "sourceEndpointRegion"],
  ["alicloud:esa/siteDeliveryTask:SiteDeliveryTask", "ossDelivery.region"],
  ["alicloud:esa/siteDeliveryTask:SiteDeliveryTask", "s3Delivery.region"],
  ["alicloud:esa/siteDeliveryTask:SiteDeliveryTask", "slsDelivery.slsRegion"],
  ["alicloud:ga/accessLog:AccessLog", "slsRegionId"],
  ["alicloud:hbr/policy:Policy", "rules[].replicationRegionId"],
  ["alicloud:hbr/replicationVault:ReplicationVault", "replicationSourceRegionId"],
  ["alicloud:hbr/serverBackupPlan:ServerBackupPlan", "details[].destinationRegionId"],
  ["alicloud:log/store:Store", "encryptConf.userCmkInfo.regionId"],
  ["alicloud:polardb/backupPolicy:BackupPolicy", "dataLevel2BackupAnotherRegionRegion"],
  ["alicloud:polardb/backupPolicy:BackupPolicy", "logBackupAnotherRegionRegion"],
  ["alicloud:rds/ddrInstance:DdrInstance", "sourceRegion"],
  ["alicloud:rds/rdsInstanceCrossBackupPolicy:RdsInstanceCrossBackupPolicy", "crossBackupRegion"],
  ["alicloud:sag/smartagFlowLog:SmartagFlowLog", "slsRegionId"],
  ["alicloud:sls/collectionPolicy:CollectionPolicy", "centralizeConfig.destRegion"],
  ["alicloud:sls/collectionPolicy:CollectionPolicy", "dataConfig.dataRegion"],
  ["alicloud:sls/logtailConfig:LogtailConfig", "outputDetail.region"],
  ["alicloud:sls/metricStore:MetricStore", "encryptConf.userCmkInfo.regionId"],
  ["alicloud:threatdetection/backupPolicy:BackupPolicy", "policyRegionId"],
] as const;

/** Areas: type, property, a value that stays in the mainland, one that does not. */
const lineAreas = [
  ["alicloud:cen/bandwidthPackage:BandwidthPackage", "geographicRegionAId", "China", "Asia-Pacific"],
  ["alicloud:cen/bandwidthPackage:BandwidthPackage", "geographicRegionBId", "China", "North-America"],
  ["alicloud:cen/bandwidthPackage:BandwidthPackage", "geographicRegionIds[]", "China", "Europe"],
  ["alicloud:eipanycast/anycastEipAddress:AnycastEipAddress", "serviceLocation", "ChineseMainland", "international"],
  ["alicloud:ga/bandwidthPackage:BandwidthPackage", "type", "Basic", "CrossDomain"],
] as const;

const storeAreas = [["alicloud:esa/cacheReserveInstance:CacheReserveInstance", "crRegion", "CN", "HK"]] as const;

function areasOf(table: readonly (readonly [type: string, path: string, inside: string, outside: string])[]) {
  return table.flatMap(([type, path, inside, outside]) => [
    one("passes", type, at(path, inside)),
    one("fails", type, at(path, outside), `violation ${found(path)}: an area beyond the mainland`),
    one("absent", type, {}),
  ]);
}

const peer = "alicloud:vpc/peerConnection:PeerConnection";
const zone = "alicloud:pvtz/zone:Zone";
const keys = "alicloud:log/store:Store";
const trail = "alicloud:actiontrail/trail:Trail";
const oldTrail = "alicloud:actiontrail/trailDeprecated:TrailDeprecated";
const arn = (region: string) => `acs:log:${region}:1234567890123456:project/audit`;

export const lineCases: readonly RuleCases[] = [
  {
    rule: "cn-network-border",
    cases: [
      ...regionsOf(lines),
      ...areasOf(lineAreas),
      ...regionWords(peer, "acceptingRegionId"),
      one("unknown", zone, { userInfos: unknown }, "undecided userInfos"),
      one(
        "unknown",
        zone,
        { userInfos: [{ regionIds: unknown }, unknown] },
        "undecided userInfos[0].regionIds",
        "undecided userInfos[1]",
      ),
      one("unknown", "alicloud:ga/bandwidthPackage:BandwidthPackage", { type: unknown }, "undecided type"),
      one("wrong", zone, { userInfos: "x" }, "violation userInfos[0]: a text"),
      one(
        "twin",
        zone,
        { userInfos: [{ regionIds: ["cn-beijing", "ap-southeast-1"] }, { regionIds: ["eu-west-1"] }] },
        abroad("userInfos[0].regionIds[1]", "ap-southeast-1"),
        abroad("userInfos[1].regionIds[0]", "eu-west-1"),
      ),
    ],
  },
  {
    rule: "cn-backup-border",
    cases: [
      ...regionsOf(stores),
      ...areasOf(storeAreas),
      ...regionWords("alicloud:dbs/backupPlan:BackupPlan", "storageRegion"),
      one("unknown", keys, { encryptConf: { userCmkInfo: unknown } }, "undecided encryptConf.userCmkInfo"),
      one("wrong", keys, { encryptConf: [] }, "violation encryptConf: a list"),
      one("passes", trail, { slsProjectArn: arn("cn-beijing") }),
      one("fails", trail, { slsProjectArn: arn("ap-southeast-1") }, abroad("slsProjectArn", "ap-southeast-1")),
      one("fails", trail, { slsProjectArn: "audit" }, "violation slsProjectArn: an unknown region"),
      one("absent", trail, {}),
      one("unknown", trail, { slsProjectArn: unknown }, "undecided slsProjectArn"),
      one("wrong", trail, { slsProjectArn: 5 }, "violation slsProjectArn: a number"),
      one("twin", oldTrail, { slsProjectArn: arn("us-west-1") }, abroad("slsProjectArn", "us-west-1")),
    ],
  },
];
