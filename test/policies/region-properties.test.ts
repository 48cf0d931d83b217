import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Reads } from "../../policies/rule.ts";
import { copyRules } from "../../policies/rules/copies.ts";
import { lineRules } from "../../policies/rules/lines.ts";
import { regionRules } from "../../policies/rules/region.ts";
import { readSdkTypes, type SdkTypes } from "./sdk-types.ts";

const sdk = readSdkTypes(resolve(import.meta.dirname, "../../node_modules/@pulumi/alicloud"));

/** Every property of a type and of what stands inside it: "rules[].replicationRegionId". */
function paths(properties: ReturnType<SdkTypes["resources"]["get"]>, inside: readonly string[] = []): string[] {
  return [...(properties ?? [])].flatMap(([name, { refersTo, isList }]) => {
    // Types that hold themselves.
    if (refersTo === undefined || inside.includes(refersTo)) return [name];
    const below = paths(sdk.nested.get(refersTo), [...inside, refersTo]);
    return [name, ...below.map((path) => `${name}${isList ? "[]" : ""}.${path}`)];
  });
}

/** Whether the last word of a path names a place. */
const isPlace = (path: string) => /region|location|abroad/i.test(path.replace(/^.*\./, "").replace(/llocation/, ""));

const places = [...sdk.resources].flatMap(([type, properties]) =>
  paths(properties)
    .filter(isPlace)
    .map((path) => `${type} ${path}`),
);

const rules = [...regionRules, ...copyRules, ...lineRules];
const read = new Set(
  rules.flatMap(({ reads }: { reads: Reads }) =>
    Object.entries(reads).flatMap(([type, names]) => names.map((name) => `${type} ${name}`)),
  ),
);

/** Places that no rule judges, and why nothing leaves by them. */
const harmless: Readonly<Record<string, readonly string[]>> = {
  "no region: another word for something else": [
    "alicloud:cloudstoragegateway/gateway:Gateway location",
    "alicloud:ehpc/cluster:Cluster additionalVolumes[].location",
    "alicloud:esa/site:Site addClientGeolocationHeader",
    "alicloud:esa/loadBalancer:LoadBalancer rules[].fixedResponse.location",
    "alicloud:sae/application:Application phpArmsConfigLocation",
    "alicloud:sae/application:Application phpConfigLocation",
    "alicloud:expressconnect/physicalConnection:PhysicalConnection peerLocation",
    "alicloud:edas/application:Application logicalRegionId",
    "alicloud:edas/cluster:Cluster logicalRegionId",
    "alicloud:edas/k8sApplication:K8sApplication logicalRegionId",
    "alicloud:cen/interRegionTrafficQosPolicy:InterRegionTrafficQosPolicy interRegionTrafficQosPolicyDescription",
    "alicloud:cen/interRegionTrafficQosPolicy:InterRegionTrafficQosPolicy interRegionTrafficQosPolicyName",
    "alicloud:cen/interRegionTrafficQosQueue:InterRegionTrafficQosQueue interRegionTrafficQosQueueDescription",
    "alicloud:cen/interRegionTrafficQosQueue:InterRegionTrafficQosQueue interRegionTrafficQosQueueName",
    "alicloud:polardb/backupPolicy:BackupPolicy dataLevel2BackupAnotherRegionRetentionPeriod",
    "alicloud:polardb/backupPolicy:BackupPolicy logBackupAnotherRegionRetentionPeriod",
    "alicloud:privatelink/vpcEndpoint:VpcEndpoint crossRegionBandwidth",
    "alicloud:ros/stackInstances:StackInstances operationPreferences.regionConcurrencyType",
  ],
  "an edge node: ids of nodes, of which no list is at hand": [
    "alicloud:ens/disk:Disk ensRegionId",
    "alicloud:ens/eip:Eip ensRegionId",
    "alicloud:ens/instance:Instance ensRegionId",
    "alicloud:ens/loadBalancer:LoadBalancer ensRegionId",
    "alicloud:ens/natGateway:NatGateway ensRegionId",
    "alicloud:ens/network:Network ensRegionId",
    "alicloud:ens/snapshot:Snapshot ensRegionId",
    "alicloud:ens/vswitch:Vswitch ensRegionId",
    "alicloud:polardb/zonalDbCluster:ZonalDbCluster ensRegionId",
  ],
  "where the certificate service keeps a certificate: the account's site decides it": [
    "alicloud:cdn/domainNew:DomainNew certificateConfig.certRegion",
    "alicloud:cr/instanceCustomizedDomain:InstanceCustomizedDomain certRegionId",
    "alicloud:dcdn/domain:Domain certRegion",
    "alicloud:ddos/domainResource:DomainResource certRegion",
    "alicloud:esa/certificate:Certificate region",
    "alicloud:slb/serverCertificate:ServerCertificate alicloudCertificateRegionId",
  ],
  "which visitors are refused, or where they come from": [
    "alicloud:dcdn/wafRule:WafRule cnRegionList",
    "alicloud:dcdn/wafRule:WafRule otherRegionList",
    "alicloud:ddos/bgpPolicy:BgpPolicy content.regionBlockCountryLists",
    "alicloud:ddos/bgpPolicy:BgpPolicy content.regionBlockProvinceLists",
    "alicloud:esa/loadBalancer:LoadBalancer monitor.monitoringRegion",
    "alicloud:esa/loadBalancer:LoadBalancer regionPools",
    "alicloud:esa/loadBalancer:LoadBalancer subRegionPools",
    "alicloud:esa/site:Site ipv6Region",
    "alicloud:wafv3/defenseRule:DefenseRule config.abroadRegions",
    "alicloud:wafv3/defenseRule:DefenseRule config.cnRegions",
  ],
  "read from there, nothing sent": [
    "alicloud:cms/alertRuleV2:AlertRuleV2 datasourceConfig.regionId",
    "alicloud:cms/prometheusView:PrometheusView prometheusInstances[].regionId",
    "alicloud:cms/slsGroup:SlsGroup slsGroupConfigs[].slsRegion",
    "alicloud:eci/containerGroup:ContainerGroup acrRegistryInfos[].regionId",
    "alicloud:esa/originPool:OriginPool origins[].authConf.region",
    "alicloud:esa/record:Record authConf.region",
    "alicloud:ess/eciScalingConfiguration:EciScalingConfiguration acrRegistryInfos[].regionId",
    "alicloud:eventbridge/eventSourceV2:EventSourceV2 sourceKafkaParameters.regionId",
    "alicloud:eventbridge/eventSourceV2:EventSourceV2 sourceMnsParameters.regionId",
    "alicloud:eventbridge/eventSourceV2:EventSourceV2 sourceRabbitMqParameters.regionId",
    "alicloud:eventbridge/eventSourceV2:EventSourceV2 sourceRocketmqParameters.regionId",
    "alicloud:log/alert:Alert queryLists[].region",
    "alicloud:oss/bucketWebsite:BucketWebsite routingRules.routingRules[].redirect.mirrorAuth.region",
    "alicloud:oss/bucketWebsite:BucketWebsite routingRules.routingRules[].redirect.mirrorDstRegion",
    "alicloud:oss/bucketWebsite:BucketWebsite routingRules.routingRules[].redirect.mirrorMultiAlternates.mirrorMultiAlternates[].mirrorMultiAlternateDstRegion",
    "alicloud:sddp/dataLimit:DataLimit serviceRegionId",
    "alicloud:sls/alert:Alert configuration.queryLists[].region",
  ],
  "picks out what is made elsewhere, and judged there": [
    "alicloud:actiontrail/trail:Trail dataEventTrailRegion",
    "alicloud:actiontrail/trail:Trail trailRegion",
    "alicloud:actiontrail/trailDeprecated:TrailDeprecated dataEventTrailRegion",
    "alicloud:actiontrail/trailDeprecated:TrailDeprecated trailRegion",
    "alicloud:cen/routeMap:RouteMap cenRegionId",
    "alicloud:cen/routeMap:RouteMap sourceRegionIds",
    "alicloud:cfg/aggregateConfigRule:AggregateConfigRule regionIdsScope",
    "alicloud:cfg/rule:Rule regionIdsScope",
    "alicloud:cloudfirewall/addressBook:AddressBook assetRegionResourceTypes",
    "alicloud:cloudfirewall/addressBook:AddressBook assetRegionResourceTypes[].assetRegionId",
    "alicloud:cloudfirewall/firewallVpcFirewall:FirewallVpcFirewall localVpc.regionNo",
    "alicloud:cloudfirewall/firewallVpcFirewall:FirewallVpcFirewall peerVpc.regionNo",
    "alicloud:cloudfirewall/firewallVpcFirewallCen:FirewallVpcFirewallCen localVpc.regionNo",
    "alicloud:cloudfirewall/firewallVpcFirewallCen:FirewallVpcFirewallCen vpcRegion",
    "alicloud:cms/monitorGroupInstances:MonitorGroupInstances instances[].regionId",
    "alicloud:ddos/schedulerRule:SchedulerRule rules[].regionId",
    "alicloud:resourcemanager/autoGroupingRule:AutoGroupingRule excludeRegionIdsScope",
    "alicloud:resourcemanager/autoGroupingRule:AutoGroupingRule regionIdsScope",
    "alicloud:sls/collectionPolicy:CollectionPolicy policyConfig.regions",
    "alicloud:threatdetection/attackPathSensitiveAssetConfig:AttackPathSensitiveAssetConfig attackPathAssetLists[].regionId",
    "alicloud:threatdetection/attackPathWhitelist:AttackPathWhitelist attackPathAssetLists[].regionId",
    "alicloud:vpc/ipamIpam:IpamIpam operatingRegionLists",
    "alicloud:vpc/ipamIpamPool:IpamIpamPool poolRegionId",
    "alicloud:vpc/ipamIpamResourceDiscovery:IpamIpamResourceDiscovery operatingRegionLists",
  ],
  "said by a property beside it, which is judged": [
    "alicloud:eipanycast/anycastEipAddressAttachment:AnycastEipAddressAttachment popLocations",
    "alicloud:eipanycast/anycastEipAddressAttachment:AnycastEipAddressAttachment popLocations[].popLocation",
    "alicloud:ga/bandwidthPackage:BandwidthPackage cbnGeographicRegionIda",
    "alicloud:ga/bandwidthPackage:BandwidthPackage cbnGeographicRegionIdb",
    // The address of Alibaba Cloud's location service: among all endpoints.
    "pulumi:providers:alicloud endpoints[].location",
  ],
};

const excused = new Set(Object.values(harmless).flat());

describe("properties of the SDK that name a place", () => {
  test("are there: as many as were looked at", () => {
    expect(places.length).toBeGreaterThan(180);
  });

  test("each is judged, or harmless for a reason that stands here", () => {
    expect(places.filter((place) => !read.has(place) && !excused.has(place))).toEqual([]);
  });

  test("no reason is out of date", () => {
    expect([...excused].filter((place) => read.has(place) || !places.includes(place))).toEqual([]);
  });
});
