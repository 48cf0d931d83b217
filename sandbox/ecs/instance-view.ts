import { publicImage } from "../../catalog/images.ts";
import { type InstanceType, instanceType } from "../../catalog/instance-types.ts";
import type { Call } from "../core/call.ts";
import { minuteText } from "../core/clock.ts";
import { tagList } from "../core/tags.ts";
import { type Address, addresses } from "../vpc/rows.ts";
import { systemOf } from "./image-list.ts";
import { instanceStatus } from "./instance-find.ts";
import { paidUntil } from "./instance-pay.ts";
import type { Instance } from "./rows.ts";

/** What a host by the hour answers as the end of its time. */
const never = "2099-12-31T15:59Z";

/** Elastic addresses of the call's region by the host that they are bound to. */
export function boundAddresses(call: Call): ReadonlyMap<string, Address> {
  return new Map(call.list(addresses).flatMap((row) => (row.instanceId === "" ? [] : [[row.instanceId, row]])));
}

const types = new Map<string, InstanceType | undefined>();

export function typeFacts(id: string): InstanceType | undefined {
  if (!types.has(id)) types.set(id, instanceType(id));
  return types.get(id);
}

/** What DescribeInstances and DescribeInstanceAttribute answer alike. */
export function sharedView(call: Call, row: Instance, bound: Address | undefined): Readonly<Record<string, unknown>> {
  const until = paidUntil(row, call.now());
  const type = typeFacts(row.type);
  return {
    InstanceId: row.id,
    InstanceName: row.name,
    Description: row.description,
    HostName: row.hostName,
    ImageId: row.imageId,
    InstanceType: row.type,
    RegionId: row.region,
    ZoneId: row.zone,
    ClusterId: "",
    Status: instanceStatus(call, row),
    StoppedMode: row.stoppedMode,
    InstanceChargeType: row.chargeType,
    InternetChargeType: row.internetChargeType,
    InternetMaxBandwidthIn: row.bandwidthIn,
    InternetMaxBandwidthOut: row.bandwidthOut,
    InstanceNetworkType: "vpc",
    CreationTime: minuteText(row.createdAt),
    ExpiredTime: until === undefined ? never : minuteText(until),
    SerialNumber: row.id.replace(/^i-/, ""),
    VlanId: "",
    CreditSpecification: row.creditSpecification,
    Memory: (type?.memoryGiB ?? 0) * 1024,
    SecurityGroupIds: { SecurityGroupId: row.securityGroupIds },
    InnerIpAddress: { IpAddress: [] },
    PublicIpAddress: { IpAddress: row.publicIp === "" ? [] : [row.publicIp] },
    EipAddress: eipView(bound),
    VpcAttributes: {
      VpcId: row.vpcId,
      VSwitchId: row.vSwitchId,
      NatIpAddress: "",
      PrivateIpAddress: { IpAddress: [row.privateIp] },
    },
    OperationLocks: {
      LockReason: call.account.arrears && row.chargeType === "PostPaid" ? [{ LockReason: "financial" }] : [],
    },
    DedicatedHostAttribute: { DedicatedHostId: "", DedicatedHostName: "", DedicatedHostClusterId: "" },
  };
}

function eipView(bound: Address | undefined) {
  if (bound === undefined) return { AllocationId: "", IpAddress: "", InternetChargeType: "" };
  return {
    AllocationId: bound.id,
    IpAddress: bound.ip,
    InternetChargeType: bound.internetChargeType,
    Bandwidth: bound.bandwidth,
    IsSupportUnassociate: true,
  };
}

/** A host as DescribeInstances answers it. */
export function instanceView(call: Call, row: Instance, bound: Address | undefined): Readonly<Record<string, unknown>> {
  const type = typeFacts(row.type);
  const image = publicImage(row.imageId);
  const system = image === undefined ? "" : systemOf(image).name;
  const vcpu = row.cpuOptions.cores * row.cpuOptions.threadsPerCore;
  return {
    ...sharedView(call, row, bound),
    StartTime: minuteText(row.bootedAt),
    AutoReleaseTime: row.autoReleaseTime,
    Cpu: vcpu,
    CPU: vcpu,
    InstanceTypeFamily: type?.family ?? "",
    OSName: system,
    OSNameEn: system,
    OSType: "linux",
    IoOptimized: true,
    DeviceAvailable: true,
    DeletionProtection: row.deletionProtection,
    KeyPairName: row.keyPairName,
    ResourceGroupId: row.resourceGroupId,
    GPUAmount: 0,
    GPUSpec: "",
    LocalStorageAmount: 0,
    LocalStorageCapacity: 0,
    Recyclable: false,
    SaleCycle: "",
    DeploymentSetId: "",
    HpcClusterId: "",
    ISP: "",
    SpotStrategy: row.spot.strategy,
    SpotPriceLimit: row.spot.priceLimit,
    SpotDuration: row.spot.duration,
    ...(row.spot.interruption === "" ? {} : { SpotInterruptionBehavior: row.spot.interruption }),
    RdmaIpAddress: { IpAddress: [] },
    Tags: { Tag: tagList(row.tags, "TagKey") },
    NetworkInterfaces: { NetworkInterface: [interfaceView(row)] },
    MetadataOptions: {
      HttpTokens: row.httpTokens,
      HttpEndpoint: row.httpEndpoint,
      HttpPutResponseHopLimit: row.httpHopLimit,
    },
    CpuOptions: {
      CoreCount: row.cpuOptions.cores,
      ThreadsPerCore: row.cpuOptions.threadsPerCore,
      Numa: "ON",
      TopologyType: row.cpuOptions.topology,
    },
    HibernationOptions: { Configured: false },
    DedicatedInstanceAttribute: { Affinity: "", Tenancy: "" },
    EcsCapacityReservationAttr: { CapacityReservationId: "", CapacityReservationPreference: "" },
    PrivateDnsNameOptions: {},
    AdditionalInfo: { EnableHighDensityMode: false },
    ImageOptions: { LoginAsNonRoot: row.loginAsNonRoot, CurrentOSNVMeSupported: true },
  };
}

function interfaceView(row: Instance) {
  return {
    NetworkInterfaceId: row.networkInterfaceId,
    Type: "Primary",
    MacAddress: macOf(row),
    PrimaryIpAddress: row.privateIp,
    PrivateIpSets: privateIpSets(row),
    Ipv6Sets: { Ipv6Set: [] },
    Ipv4PrefixSets: { Ipv4PrefixSet: [] },
    Ipv6PrefixSets: { Ipv6PrefixSet: [] },
  };
}

export function privateIpSets({ privateIp, secondaryIps }: Instance) {
  return {
    PrivateIpSet: [privateIp, ...secondaryIps].map((ip, n) => ({ PrivateIpAddress: ip, Primary: n === 0 })),
  };
}

/** An address of the locally administered kind, made from the private IP: the same as long as that is. */
export function macOf({ privateIp }: Instance): string {
  const bytes = privateIp.split(".").map((part) => Number(part).toString(16).padStart(2, "0"));
  return ["02", "16", ...bytes].join(":");
}
