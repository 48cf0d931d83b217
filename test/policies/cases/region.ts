import type { ValueMap } from "../../../policies/reading.ts";
import { type Case, type ResourceOptions, type RuleCases, resource, secret, unknown } from "../cases.ts";
import { at, found, one, regionsOf, regionWords } from "./regional.ts";

const provider = "pulumi:providers:alicloud";
const network = "alicloud:vpc/network:Network";
const instance = "alicloud:ecs/instance:Instance";

/** Resources that are made where they say. */
const placed = [
  ["alicloud:cloudfirewall/natFirewall:NatFirewall", "regionNo"],
  ["alicloud:cloudfirewall/privateDns:PrivateDns", "regionNo"],
  ["alicloud:cloudfirewall/vpcCenTrFirewall:VpcCenTrFirewall", "regionNo"],
  ["alicloud:live/domain:Domain", "region"],
  ["alicloud:ocean/baseInstance:BaseInstance", "primaryRegion"],
  ["alicloud:oos/applicationGroup:ApplicationGroup", "deployRegionId"],
  ["alicloud:polardb/aicluster:Aicluster", "regionId"],
  ["alicloud:polardb/application:Application", "regionId"],
  ["alicloud:polardb/batchTask:BatchTask", "regionId"],
  ["alicloud:ros/stackInstance:StackInstance", "stackInstanceRegionId"],
  ["alicloud:ros/stackInstances:StackInstances", "regionIds[]"],
  ["alicloud:servicecatalog/provisionedProduct:ProvisionedProduct", "stackRegionId"],
  ["alicloud:waf/instance:Instance", "region"],
] as const;

const mainland = [
  "cn-hangzhou",
  "cn-shanghai",
  "cn-beijing",
  "cn-shenzhen",
  "cn-qingdao",
  "cn-zhangjiakou",
  "cn-huhehaote",
  "cn-wulanchabu",
  "cn-heyuan",
  "cn-guangzhou",
  "cn-chengdu",
  "cn-nanjing",
  "cn-fuzhou",
  "cn-zhongwei",
];

function given(one: Case, options: ResourceOptions): Case {
  const [{ type, values } = { type: "", values: {} }] = one.resources;
  return { ...one, name: `${one.name}, ${JSON.stringify(options)}`, resources: [resource(type, values, options)] };
}

const none = "violation region: no region; one of the environment does not count";
const special = "a region of the mainland that the catalogue does not cover";

const providerCases: readonly Case[] = [
  ...mainland.map((region) => one("passes", provider, { region })),
  ...regionWords(provider, "region"),
  one("fails", provider, { region: "cn-shanghai-finance-1" }, `violation region: cn-shanghai-finance-1, ${special}`),
  one("fails", provider, { region: "cn-wuhan-lr" }, `violation region: cn-wuhan-lr, ${special}`),
  // As good as another region to the provider, and to nobody else.
  one("fails", provider, { region: "cn-Shanghai" }, "violation region: an unknown region"),
  one("fails", provider, { region: "cn-" }, "violation region: an unknown region"),
  // The settings take away and never add.
  { ...one("passes", provider, { region: "cn-beijing" }), settings: { regions: ["cn-shanghai", "cn-beijing"] } },
  {
    ...one("fails", provider, { region: "cn-hongkong" }, "violation region: cn-hongkong, outside mainland China"),
    settings: { regions: ["cn-hongkong"] },
  },
  {
    ...one("fails", provider, { region: "cn-wuhan-lr" }, `violation region: cn-wuhan-lr, ${special}`),
    settings: { regions: ["cn-wuhan-lr"] },
  },
  {
    ...one("fails", provider, { region: "mars-1" }, "violation region: an unknown region"),
    settings: { regions: ["mars-1"] },
  },
  one("absent", provider, {}, none),
  one("absent", provider, { region: "" }, none),
  // Whoever has a provider is judged there, whatever it says.
  one("passes", network, {}),
  given(one("passes", network, {}), { provider: { region: "cn-hongkong" } }),
  given(one("passes", network, {}), { provider: {} }),
  given(one("absent", network, {}, "violation : no provider whose region is known"), { provider: null }),
  ...regionsOf(placed),
  ...regionWords("alicloud:ros/stackInstances:StackInstances", "regionIds[]"),
  one(
    "twin",
    "alicloud:ros/stackInstances:StackInstances",
    { regionIds: ["cn-beijing", "ap-southeast-1"] },
    "violation regionIds[1]: ap-southeast-1, outside mainland China",
  ),
];

/** Zones: type and property. */
const zoned = [
  ["alicloud:alb/loadBalancer:LoadBalancer", "zoneMappings[].zoneId"],
  ["alicloud:ecs/capacityReservation:CapacityReservation", "zoneIds[]"],
  ["alicloud:ecs/dedicatedHost:DedicatedHost", "zoneId"],
  ["alicloud:ecs/disk:Disk", "zoneId"],
  ["alicloud:ecs/disk:Disk", "availabilityZone"],
  ["alicloud:ecs/ecsDisk:EcsDisk", "zoneId"],
  ["alicloud:ecs/ecsDisk:EcsDisk", "availabilityZone"],
  ["alicloud:ecs/ecsInstanceSet:EcsInstanceSet", "zoneId"],
  ["alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate", "zoneId"],
  ["alicloud:ecs/elasticityAssurance:ElasticityAssurance", "zoneIds[]"],
  [instance, "availabilityZone"],
  ["alicloud:ecs/launchTemplate:LaunchTemplate", "zoneId"],
  ["alicloud:ecs/reservedInstance:ReservedInstance", "zoneId"],
  ["alicloud:lindorm/instance:Instance", "zoneId"],
  ["alicloud:lindorm/instance:Instance", "primaryZoneId"],
  ["alicloud:lindorm/instance:Instance", "standbyZoneId"],
  ["alicloud:lindorm/instance:Instance", "arbiterZoneId"],
  ["alicloud:lindorm/instance:Instance", "multiZoneCombination"],
  ["alicloud:lindorm/instanceV2:InstanceV2", "zoneId"],
  ["alicloud:lindorm/instanceV2:InstanceV2", "primaryZoneId"],
  ["alicloud:lindorm/instanceV2:InstanceV2", "standbyZoneId"],
  ["alicloud:lindorm/instanceV2:InstanceV2", "arbiterZoneId"],
  ["alicloud:nas/fileSystem:FileSystem", "zoneId"],
  ["alicloud:nlb/loadBalancer:LoadBalancer", "zoneMappings[].zoneId"],
  ["alicloud:slb/applicationLoadBalancer:ApplicationLoadBalancer", "masterZoneId"],
  ["alicloud:slb/applicationLoadBalancer:ApplicationLoadBalancer", "slaveZoneId"],
  ["alicloud:slb/loadBalancer:LoadBalancer", "masterZoneId"],
  ["alicloud:slb/loadBalancer:LoadBalancer", "slaveZoneId"],
  ["alicloud:tsdb/instance:Instance", "zoneId"],
  ["alicloud:vpc/subnet:Subnet", "zoneId"],
  ["alicloud:vpc/subnet:Subnet", "availabilityZone"],
  ["alicloud:vpc/switch:Switch", "zoneId"],
  ["alicloud:vpc/switch:Switch", "availabilityZone"],
] as const;

const zone = (availabilityZone: ValueMap[string]) => ({ availabilityZone });
const nowhere = "violation availabilityZone: a zone of an unknown region";

const zoneCases: readonly Case[] = [
  ...zoned.flatMap(([type, path]) => [
    one("passes", type, at(path, "cn-shanghai-l")),
    one("fails", type, at(path, "cn-beijing-h"), `violation ${found(path)}: a zone of cn-beijing`),
    one("absent", type, {}),
  ]),
  one("twin", "alicloud:vpc/subnet:Subnet", { zoneId: "cn-hongkong-b" }, "violation zoneId: a zone of cn-hongkong"),
  one(
    "twin",
    "alicloud:lindorm/instance:Instance",
    { multiZoneCombination: "cn-hangzhou-ehi-aliyun", zoneId: "cn-shanghai-e" },
    "violation multiZoneCombination: a zone of cn-hangzhou",
  ),
  one("fails", instance, zone("mars-1a"), nowhere),
  one("fails", instance, zone("cn-shanghai"), nowhere),
  given(one("passes", instance, zone("cn-hongkong-b")), { provider: { region: "cn-hongkong" } }),
  given(one("passes", instance, zone("cn-shanghai-finance-1a")), { provider: { region: "cn-shanghai-finance-1" } }),
  given(
    one(
      "fails",
      instance,
      zone("cn-shanghai-finance-1a"),
      "violation availabilityZone: a zone of cn-shanghai-finance-1",
    ),
    {},
  ),
  given(one("fails", instance, zone("cn-shanghai-l"), "violation availabilityZone: a zone of cn-shanghai"), {
    provider: { region: "mars-1" },
  }),
  // A zone that nobody knows is wrong whatever the region is; any other waits for it, or is the region's own fault.
  given(one("unknown", instance, zone("cn-shanghai-l"), "undecided availabilityZone"), {
    provider: { region: unknown },
  }),
  given(one("unknown", instance, zone("mars-1a"), nowhere), { provider: { region: unknown } }),
  given(one("unknown", instance, zone(unknown), "undecided availabilityZone"), { provider: { region: unknown } }),
  given(one("absent", instance, {}), { provider: { region: unknown } }),
  given(one("absent", instance, zone("cn-shanghai-l")), { provider: {} }),
  given(one("absent", instance, zone("cn-shanghai-l")), { provider: null }),
  given(one("absent", instance, zone("mars-1a"), nowhere), { provider: null }),
  given(one("wrong", instance, zone("cn-shanghai-l")), { provider: { region: 5 } }),
  one("unknown", instance, zone(unknown), "undecided availabilityZone"),
  one("unknown", "alicloud:alb/loadBalancer:LoadBalancer", { zoneMappings: unknown }, "undecided zoneMappings"),
  one("secret", instance, zone(secret), "undecided availabilityZone"),
  one("wrong", instance, zone(5), "violation availabilityZone: a number"),
];

const key = "a key in the provider's inputs";
const off = "violation skipRegionValidation: the check of the region switched off";
const unread = "a text that cannot be read";
const json = (value: unknown) => JSON.stringify(value);
const endpoints = (value: unknown) => ({ endpoints: json(value) });
const foreign = "a host that is not Alibaba Cloud's";

const overrideCases: readonly Case[] = [
  one("passes", provider, { region: "cn-shanghai", accountType: "Domestic", ecsRoleName: "deployer", profile: "prod" }),
  one("passes", provider, { protocol: "HTTPS", skipRegionValidation: "false", endpoints: "[]" }),
  one("passes", provider, { region: "cn-wuhan-lr", skipRegionValidation: true }),
  one("passes", provider, { region: "cn-zhengzhou-jva", skipRegionValidation: "true" }),
  one("passes", provider, { skipRegionValidation: false }),
  one(
    "passes",
    provider,
    endpoints([{ ecs: "ecs.cn-hangzhou.aliyuncs.com", oss: "oss-cn-hangzhou-internal.aliyuncs.com" }]),
  ),
  one("passes", provider, endpoints({ ecs: "127.0.0.1:8443" })),
  one("passes", provider, endpoints([{ ecs: "", vpc: null }])),
  one("passes", provider, endpoints(null)),
  one("passes", provider, { assumeRoleWithOidc: json({ roleArn: "acs:ram::1:role/x", oidcTokenFile: "/run/token" }) }),
  one("passes", provider, { assumeRoleWithOidc: json({ oidcToken: "" }) }),
  one("passes", provider, { assumeRoleWithOidc: json({ oidcToken: null }) }),
  one("fails", provider, { protocol: "HTTP" }, "violation protocol: another protocol"),
  one("fails", provider, { region: "cn-shanghai", skipRegionValidation: true }, off),
  one("fails", provider, { region: "cn-hongkong", skipRegionValidation: "true" }, off),
  one("fails", provider, { skipRegionValidation: true }, off),
  ...["accessKey", "secretKey", "securityToken"].flatMap((name) => [
    one("fails", provider, { [name]: "x" }, `violation ${name}: ${key}`),
    one("secret", provider, { [name]: secret }, `violation ${name}: ${key}`),
    one("unknown", provider, { [name]: unknown }, `violation ${name}: ${key}`),
    one("wrong", provider, { [name]: 5 }, `violation ${name}: ${key}`),
    one("absent", provider, { [name]: "" }),
  ]),
  one(
    "fails",
    provider,
    { assumeRoleWithOidc: json({ oidcToken: "x" }) },
    "violation assumeRoleWithOidc.oidcToken: a token in the provider's inputs",
  ),
  ...["fc", "logEndpoint", "mnsEndpoint"].flatMap((name) => [
    one("twin", provider, { [name]: "cn-shanghai.log.aliyuncs.com" }),
    one("twin", provider, { [name]: "log.example.com" }, `violation ${name}: ${foreign}`),
    one("unknown", provider, { [name]: unknown }, `undecided ${name}`),
  ]),
  one(
    "fails",
    provider,
    endpoints([
      { ecs: "ecs.cn-hangzhou.aliyuncs.com" },
      { vpc: "vpc.cn-hongkong.aliyuncs.com", oss: "oss.example.com" },
    ]),
    "violation endpoints[1].vpc: a host in cn-hongkong, outside mainland China",
    `violation endpoints[1].oss: ${foreign}`,
  ),
  one(
    "fails",
    provider,
    endpoints([{ ecs: "http://ecs.aliyuncs.com" }]),
    "violation endpoints[0].ecs: an endpoint without TLS",
  ),
  one("absent", provider, {}),
  one(
    "unknown",
    provider,
    { endpoints: unknown, protocol: unknown, skipRegionValidation: unknown, assumeRoleWithOidc: unknown },
    "undecided protocol",
    "undecided skipRegionValidation",
    "undecided assumeRoleWithOidc",
    "undecided endpoints",
  ),
  one("unknown", provider, { skipRegionValidation: true, region: unknown }, "undecided skipRegionValidation"),
  one("secret", provider, { endpoints: secret }, "undecided endpoints"),
  one("wrong", provider, { endpoints: "[" }, `violation endpoints: ${unread}`),
  one("wrong", provider, { endpoints: '["ecs.aliyuncs.com"]' }, `violation endpoints: ${unread}`),
  one("wrong", provider, { endpoints: [] }, "violation endpoints: a list"),
  one("wrong", provider, endpoints([{ ecs: 5 }]), "violation endpoints[0].ecs: no text"),
  one("wrong", provider, { assumeRoleWithOidc: "{" }, `violation assumeRoleWithOidc: ${unread}`),
  one("wrong", provider, { protocol: 5 }, "violation protocol: a number"),
  one("wrong", provider, { skipRegionValidation: "yes" }, "violation skipRegionValidation: a text"),
];

export const regionCases: readonly RuleCases[] = [
  { rule: "cn-region", cases: providerCases },
  { rule: "cn-provider-overrides", cases: overrideCases },
  { rule: "cn-zone-in-region", cases: zoneCases },
];
