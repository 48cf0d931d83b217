import type { Actions, Call } from "../core/call.ts";
import { minuteText } from "../core/clock.ts";
import { CloudError } from "../core/errors.ts";
import { page, tokenPage } from "../core/paging.ts";
import { tagList } from "../core/tags.ts";
import { freeAddress } from "../vpc/private-addresses.ts";
import { type Address, vSwitches } from "../vpc/rows.ts";
import { boundAddresses, macOf, privateIpSets } from "./instance-view.ts";
import { type Instance, instances } from "./rows.ts";

/** Most private addresses of one interface, the first included. */
const mostAddresses = 50;

/** The host whose network interface it is. */
function hostOf(call: Call, interfaceId: string): Instance | undefined {
  return call.find(instances, interfaceId.replace(/^eni-/, "i-"));
}

/** @throws InvalidEniId.NotFound */
function needHost(call: Call): Instance {
  const host = hostOf(call, call.params.need("NetworkInterfaceId"));
  if (host !== undefined) return host;
  throw new CloudError("InvalidEniId.NotFound", 404, "The specified NetworkInterfaceId does not exist.");
}

function view(row: Instance, bound: Address | undefined) {
  const associated = bound === undefined ? {} : { AllocationId: bound.id, PublicIpAddress: bound.ip };
  return {
    NetworkInterfaceId: row.networkInterfaceId,
    NetworkInterfaceName: "",
    Description: "",
    InstanceId: row.id,
    Type: "Primary",
    Status: "InUse",
    VpcId: row.vpcId,
    VSwitchId: row.vSwitchId,
    ZoneId: row.zone,
    MacAddress: macOf(row),
    PrivateIpAddress: row.privateIp,
    PrivateIpSets: privateIpSets(row),
    Ipv6Sets: { Ipv6Set: [] },
    Ipv4PrefixSets: { Ipv4PrefixSet: [] },
    Ipv6PrefixSets: { Ipv6PrefixSet: [] },
    SecurityGroupIds: { SecurityGroupId: row.securityGroupIds },
    AssociatedPublicIp: associated,
    Attachment: {
      InstanceId: row.id,
      DeviceIndex: 0,
      NetworkCardIndex: 0,
      TrunkNetworkInterfaceId: "",
      MemberNetworkInterfaceIds: { MemberNetworkInterfaceId: [] },
    },
    NetworkInterfaceTrafficMode: "Standard",
    QueueNumber: 1,
    QueuePairNumber: 0,
    DeleteOnRelease: true,
    SourceDestCheck: false,
    ServiceManaged: false,
    OwnerId: row.account,
    ResourceGroupId: row.resourceGroupId,
    CreationTime: minuteText(row.createdAt),
    Tags: { Tag: tagList(row.tags, "TagKey") },
  };
}

export const interfaceActions: Actions = {
  DescribeNetworkInterfaces(call) {
    const { params } = call;
    const ids = params.list("NetworkInterfaceId");
    const instanceId = params.text("InstanceId");
    const candidates =
      ids.length > 0
        ? ids.flatMap((id) => hostOf(call, id) ?? [])
        : instanceId === undefined
          ? call.list(instances)
          : [call.find(instances, instanceId) ?? []].flat();
    const equal = (name: string, value: string) => (params.text(name) ?? value) === value;
    const rows = candidates.filter(
      (row) =>
        equal("InstanceId", row.id) &&
        equal("VpcId", row.vpcId) &&
        equal("VSwitchId", row.vSwitchId) &&
        equal("PrimaryIpAddress", row.privateIp) &&
        equal("Type", "Primary") &&
        equal("Status", "InUse") &&
        (params.text("SecurityGroupId") === undefined || row.securityGroupIds.includes(params.need("SecurityGroupId"))),
    );
    const byToken = params.has("MaxResults") || params.text("NextToken") !== undefined;
    const part = byToken ? tokenPage(rows, params, 500) : page(rows, params, { most: 500 });
    const bound = boundAddresses(call);
    return {
      NextToken: "",
      ...part.fields,
      NetworkInterfaceSets: { NetworkInterfaceSet: part.rows.map((row) => view(row, bound.get(row.id))) },
    };
  },

  AssignPrivateIpAddresses(call) {
    const host = needHost(call);
    const vSwitch = call.find(vSwitches, host.vSwitchId);
    if (vSwitch === undefined) throw new Error(`host ${host.id} stands in no vSwitch`);
    const wanted = call.params.list("PrivateIpAddress");
    const count = call.params.integer("SecondaryPrivateIpAddressCount") ?? 0;
    const total = 1 + host.secondaryIps.length + wanted.length + count;
    if (total > mostAddresses) {
      throw new CloudError(
        "InvalidOperation.Ipv4CountExceeded",
        403,
        "The maximum number of private IP addresses of the network interface is exceeded.",
      );
    }
    const added = [
      ...wanted.map((ip) => freeAddress(call, vSwitch, ip)),
      ...Array.from({ length: count }, () => freeAddress(call, vSwitch)),
    ];
    call.put(instances, { ...host, secondaryIps: [...host.secondaryIps, ...added] });
    return {
      AssignedPrivateIpAddressesSet: {
        NetworkInterfaceId: host.networkInterfaceId,
        PrivateIpSet: { PrivateIpAddress: added },
        Ipv4PrefixSet: { Ipv4Prefixes: [] },
      },
    };
  },

  UnassignPrivateIpAddresses(call) {
    const host = needHost(call);
    const removed = call.params.list("PrivateIpAddress");
    if (removed.some((ip) => !host.secondaryIps.includes(ip))) {
      throw new CloudError(
        "InvalidIp.IpUnassigned",
        403,
        "The specified IP address is no secondary address of the network interface.",
      );
    }
    call.put(instances, { ...host, secondaryIps: host.secondaryIps.filter((ip) => !removed.includes(ip)) });
    return {};
  },
};
