import type { Paths } from "./texts-at.ts";

/*
 * Where resources name a region of their own, from the types of @pulumi/alicloud 3.108.0 (2026-11-25). A test reads those
 * types again: a property that names a region stands here, at a rule, or among that test's exceptions with a reason.
 */

/** Made in the region they name, wherever their provider is. */
export const placed: Paths = {
  "alicloud:cloudfirewall/natFirewall:NatFirewall": ["regionNo"],
  "alicloud:cloudfirewall/privateDns:PrivateDns": ["regionNo"],
  "alicloud:cloudfirewall/vpcCenTrFirewall:VpcCenTrFirewall": ["regionNo"],
  "alicloud:live/domain:Domain": ["region"],
  "alicloud:ocean/baseInstance:BaseInstance": ["primaryRegion"],
  "alicloud:oos/applicationGroup:ApplicationGroup": ["deployRegionId"],
  "alicloud:polardb/aicluster:Aicluster": ["regionId"],
  "alicloud:polardb/application:Application": ["regionId"],
  "alicloud:polardb/batchTask:BatchTask": ["regionId"],
  "alicloud:ros/stackInstance:StackInstance": ["stackInstanceRegionId"],
  "alicloud:ros/stackInstances:StackInstances": ["regionIds[]"],
  "alicloud:servicecatalog/provisionedProduct:ProvisionedProduct": ["stackRegionId"],
  "alicloud:waf/instance:Instance": ["region"],
};

/** Ends of a line: what is in the region named and what is here reach one another. */
export const lines: Paths = {
  "alicloud:apigateway/api:Api": ["fcServiceConfig.region"],
  "alicloud:bastionhost/host:Host": ["instanceRegionId"],
  "alicloud:cen/bandwidthLimit:BandwidthLimit": ["regionIds[]"],
  "alicloud:cen/instanceAttachment:InstanceAttachment": ["childInstanceRegionId"],
  "alicloud:cen/privateZone:PrivateZone": ["accessRegionId", "hostRegionId"],
  "alicloud:cen/routeService:RouteService": ["accessRegionId", "hostRegionId"],
  "alicloud:cen/transitRouterPeerAttachment:TransitRouterPeerAttachment": ["peerTransitRouterRegionId"],
  "alicloud:cen/vbrHealthCheck:VbrHealthCheck": ["vbrInstanceRegionId"],
  "alicloud:dms/enterpriseInstance:EnterpriseInstance": ["ecsRegion"],
  "alicloud:eipanycast/anycastEipAddressAttachment:AnycastEipAddressAttachment": ["bindInstanceRegionId"],
  "alicloud:expressconnect/routerExpressConnectRouter:RouterExpressConnectRouter": ["regions[].regionId"],
  "alicloud:expressconnect/routerGrantAssociation:RouterGrantAssociation": ["instanceRegionId"],
  "alicloud:expressconnect/routerInterface:RouterInterface": ["oppositeRegionId"],
  "alicloud:expressconnect/routerTrAssociation:RouterTrAssociation": ["associationRegionId"],
  "alicloud:expressconnect/routerVbrChildInstance:RouterVbrChildInstance": ["childInstanceRegionId"],
  "alicloud:expressconnect/routerVpcAssociation:RouterVpcAssociation": ["associationRegionId"],
  "alicloud:ga/basicEndpointGroup:BasicEndpointGroup": ["endpointGroupRegion"],
  "alicloud:ga/basicIpSet:BasicIpSet": ["accelerateRegionId"],
  "alicloud:ga/customRoutingEndpointGroup:CustomRoutingEndpointGroup": ["endpointGroupRegion"],
  "alicloud:ga/endpointGroup:EndpointGroup": ["endpointGroupRegion"],
  "alicloud:ga/ipSet:IpSet": ["accelerateRegionId"],
  "alicloud:kms/instance:Instance": ["bindVpcs[].regionId"],
  "alicloud:privatelink/vpcEndpoint:VpcEndpoint": ["serviceRegionId"],
  "alicloud:privatelink/vpcEndpointService:VpcEndpointService": ["supportedRegionLists[]"],
  "alicloud:pvtz/endpoint:Endpoint": ["vpcRegionId"],
  "alicloud:pvtz/ruleAttachment:RuleAttachment": ["vpcs[].regionId"],
  "alicloud:pvtz/zone:Zone": ["userInfos[].regionIds[]"],
  "alicloud:pvtz/zoneAttachment:ZoneAttachment": ["vpcs[].regionId"],
  "alicloud:vpc/peerConnection:PeerConnection": ["acceptingRegionId"],
  "alicloud:vpc/routerInterface:RouterInterface": ["oppositeRegion"],
  "alicloud:vpc/vPCRouteEntry:VPCRouteEntry": ["nextHops[].nextHopRegionId", "nextHops[].nextHopRelatedInfo.regionId"],
};

/** Where backups, copies of databases, logs, events and the keys to them go, or come from. */
export const stores: Paths = {
  "alicloud:actiontrail/globalEventsStorageRegion:GlobalEventsStorageRegion": ["storageRegion"],
  "alicloud:arms/syntheticTask:SyntheticTask": ["commonSetting.xtraceRegion"],
  "alicloud:cdn/realTimeLogDelivery:RealTimeLogDelivery": ["slsRegion"],
  "alicloud:cloudstoragegateway/expressSync:ExpressSync": ["bucketRegion"],
  "alicloud:cms/eventRule:EventRule": [
    "fcParameters[].region",
    "mnsParameters[].region",
    "openApiParameters[].region",
    "slsParameters[].region",
  ],
  "alicloud:cs/registryEnterpriseSyncRule:RegistryEnterpriseSyncRule": ["targetRegionId"],
  "alicloud:dbs/backupPlan:BackupPlan": ["databaseRegion", "sourceEndpointRegion", "storageRegion"],
  "alicloud:dts/instance:Instance": ["destinationRegion", "sourceRegion"],
  "alicloud:dts/migrationInstance:MigrationInstance": ["destinationEndpointRegion", "sourceEndpointRegion"],
  "alicloud:dts/migrationJob:MigrationJob": ["destinationEndpointRegion", "sourceEndpointRegion"],
  "alicloud:dts/subscriptionJob:SubscriptionJob": ["destinationRegion", "sourceEndpointRegion"],
  "alicloud:dts/synchronizationInstance:SynchronizationInstance": ["destinationEndpointRegion", "sourceEndpointRegion"],
  "alicloud:dts/synchronizationJob:SynchronizationJob": ["destinationEndpointRegion", "sourceEndpointRegion"],
  "alicloud:esa/siteDeliveryTask:SiteDeliveryTask": [
    "ossDelivery.region",
    "s3Delivery.region",
    "slsDelivery.slsRegion",
  ],
  "alicloud:ga/accessLog:AccessLog": ["slsRegionId"],
  "alicloud:hbr/policy:Policy": ["rules[].replicationRegionId"],
  "alicloud:hbr/replicationVault:ReplicationVault": ["replicationSourceRegionId"],
  "alicloud:hbr/serverBackupPlan:ServerBackupPlan": ["details[].destinationRegionId"],
  "alicloud:log/store:Store": ["encryptConf.userCmkInfo.regionId"],
  "alicloud:polardb/backupPolicy:BackupPolicy": ["dataLevel2BackupAnotherRegionRegion", "logBackupAnotherRegionRegion"],
  "alicloud:rds/ddrInstance:DdrInstance": ["sourceRegion"],
  "alicloud:rds/rdsInstanceCrossBackupPolicy:RdsInstanceCrossBackupPolicy": ["crossBackupRegion"],
  "alicloud:sag/smartagFlowLog:SmartagFlowLog": ["slsRegionId"],
  "alicloud:sls/collectionPolicy:CollectionPolicy": ["centralizeConfig.destRegion", "dataConfig.dataRegion"],
  "alicloud:sls/logtailConfig:LogtailConfig": ["outputDetail.region"],
  "alicloud:sls/metricStore:MetricStore": ["encryptConf.userCmkInfo.regionId"],
  "alicloud:threatdetection/backupPolicy:BackupPolicy": ["policyRegionId"],
};

/**
 * Zones that stand in the provider's region. Left out: databases that also take names of zones over several (MAZ) or
 * "Auto", addresses that may be a CloudBox's, and what takes several zones in one text.
 */
export const zoned: Paths = {
  "alicloud:alb/loadBalancer:LoadBalancer": ["zoneMappings[].zoneId"],
  "alicloud:ecs/capacityReservation:CapacityReservation": ["zoneIds[]"],
  "alicloud:ecs/dedicatedHost:DedicatedHost": ["zoneId"],
  "alicloud:ecs/disk:Disk": ["zoneId", "availabilityZone"],
  "alicloud:ecs/ecsDisk:EcsDisk": ["zoneId", "availabilityZone"],
  "alicloud:ecs/ecsInstanceSet:EcsInstanceSet": ["zoneId"],
  "alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate": ["zoneId"],
  "alicloud:ecs/elasticityAssurance:ElasticityAssurance": ["zoneIds[]"],
  "alicloud:ecs/instance:Instance": ["availabilityZone"],
  "alicloud:ecs/launchTemplate:LaunchTemplate": ["zoneId"],
  "alicloud:ecs/reservedInstance:ReservedInstance": ["zoneId"],
  "alicloud:lindorm/instance:Instance": [
    "zoneId",
    "primaryZoneId",
    "standbyZoneId",
    "arbiterZoneId",
    "multiZoneCombination",
  ],
  "alicloud:lindorm/instanceV2:InstanceV2": ["zoneId", "primaryZoneId", "standbyZoneId", "arbiterZoneId"],
  "alicloud:nas/fileSystem:FileSystem": ["zoneId"],
  "alicloud:nlb/loadBalancer:LoadBalancer": ["zoneMappings[].zoneId"],
  "alicloud:slb/applicationLoadBalancer:ApplicationLoadBalancer": ["masterZoneId", "slaveZoneId"],
  "alicloud:slb/loadBalancer:LoadBalancer": ["masterZoneId", "slaveZoneId"],
  "alicloud:tsdb/instance:Instance": ["zoneId"],
  "alicloud:vpc/subnet:Subnet": ["zoneId", "availabilityZone"],
  "alicloud:vpc/switch:Switch": ["zoneId", "availabilityZone"],
};
