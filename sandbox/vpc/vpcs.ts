import { region } from "../../catalog/regions.ts";
import { contains, overlaps } from "../../components/config/cidr.ts";
import type { Actions, Call } from "../core/call.ts";
import { becoming } from "../core/phase.ts";
import { tagsOf } from "../core/tags.ts";
import { securityGroups } from "../ecs/rows.ts";
import { checkUserRanges, checkVpcRange, rangesOf } from "./cidr-checks.ts";
import { dryRunPassed, notFound, refused } from "./errors.ts";
import { freeVpcRange } from "./ipv6.ts";
import { checkVpcReady, needVpc, vSwitchesOf } from "./lookup.ts";
import { descriptionOf, type NameCodes, nameOf } from "./names.ts";
import { resourceGroupOf } from "./resource-group.ts";
import { natGateways, type Vpc, vpcs } from "./rows.ts";

/** Range of a VPC for which none was named (CreateVpc, documented default). */
const defaultRange = "172.16.0.0/12";

/** The one range of a default VPC. */
const rangeOfDefaultVpc = "172.31.0.0/16";

/** How long a VPC is Pending, milliseconds of cloud time. */
const making = 3_000;

const codes: NameCodes = { name: "InvalidVpcName.Malformed", description: "InvalidVpcDiscription.Malformed" };

export const networkActions: Actions = {
  CreateVpc(call) {
    checkRegion(call);
    const { params } = call;
    if (params.text("Ipv4IpamPoolId") !== undefined) {
      throw refused("UnsupportedFeature.Ipam", "IPAM is not supported in this region.");
    }
    const cidr = params.text("CidrBlock") ?? defaultRange;
    checkVpcRange(cidr, refused("InvalidParameter", "Specified CIDR block is not valid"));
    const userCidrs = params.list("UserCidr").filter((range) => range !== "");
    checkUserRanges(userCidrs);
    const vpc = newVpc(call, {
      cidr,
      userCidrs,
      name: nameOf(params, "VpcName", codes) ?? "",
      description: descriptionOf(params, codes) ?? "",
      isDefault: false,
    });
    return made(call, vpc);
  },

  CreateDefaultVpc(call) {
    checkRegion(call);
    if (call.list(vpcs).some((vpc) => vpc.isDefault)) {
      throw refused("OperationDenied.DefaultVpcExist", "A default VPC already exists in the region.");
    }
    const rest = { userCidrs: [], name: "", description: "", isDefault: true };
    return made(call, newVpc(call, { cidr: rangeOfDefaultVpc, ...rest }));
  },

  ModifyVpcAttribute(call) {
    const vpc = needVpc(call);
    checkVpcReady(call, vpc);
    const { params } = call;
    const cidr = params.text("CidrBlock") ?? vpc.cidr;
    if (cidr !== vpc.cidr) {
      checkVpcRange(cidr, refused("InvalidCidrBlock.Malformed", "Specified CIDR block is not valid."));
      if (vpc.secondaryCidrs.some((range) => overlaps(range, cidr))) {
        throw refused("InvalidCidrBlock.Overlapped", "Specified CIDR block overlapped with those of the VPC.");
      }
      checkStillCovered(call, { ...vpc, cidr });
    }
    const hostNames = params.flag("EnableDnsHostname");
    const ipv6 = params.flag("EnableIPv6") ?? params.flag("EnableIpv6");
    if (ipv6 === false && vSwitchesOf(call, vpc.id).some((vSwitch) => vSwitch.ipv6Cidr !== "")) {
      throw refused("DependencyViolation.VSwitch", "Specified object has dependent resources");
    }
    const ipv6Cidr = ipv6 === undefined ? vpc.ipv6Cidr : !ipv6 ? "" : vpc.ipv6Cidr || freeVpcRange(call);
    call.put(vpcs, {
      ...vpc,
      cidr,
      name: nameOf(params, "VpcName", codes) ?? vpc.name,
      description: descriptionOf(params, codes) ?? vpc.description,
      ipv6Cidr,
      ipv6Isp: ipv6Cidr === "" ? "" : (params.text("Ipv6Isp") ?? (vpc.ipv6Isp || "BGP")),
      dnsHostname: hostNames === undefined ? vpc.dnsHostname : hostNames ? "ENABLED" : "DISABLED",
    });
    return {};
  },

  DeleteVpc(call) {
    const vpc = needVpc(call);
    checkVpcReady(call, vpc);
    checkEmpty(call, vpc);
    if (call.params.flag("DryRun") === true) throw dryRunPassed();
    call.remove(vpcs, vpc);
    return {};
  },
};

/** @throws InvalidRegionId.NotFound */
function checkRegion(call: Call): void {
  if (region(call.needRegion()) === undefined) {
    throw notFound("InvalidRegionId.NotFound", 'Specified value of "regionId" is not supported.');
  }
}

/** @throws QuotaExceeded.Vpc, IllegalParam.Ipv6CidrBlock */
function newVpc(call: Call, of: Pick<Vpc, "cidr" | "userCidrs" | "name" | "description" | "isDefault">): Vpc {
  const { params } = call;
  if (call.list(vpcs).length >= call.account.quotas.vpcs) {
    throw refused("QuotaExceeded.Vpc", "VPC quota exceeded.");
  }
  const ipv6 = params.flag("EnableIpv6") ?? params.flag("EnableIPv6") ?? false;
  const row = call.newRow("vpc");
  return {
    ...row,
    ...of,
    secondaryCidrs: [],
    phase: becoming("Pending", "Available", call.now(), making),
    resourceGroupId: resourceGroupOf(call),
    routerId: `vrt-${call.randomId()}`,
    routeTableId: `vtb-${call.randomId()}`,
    routeTableName: "",
    routeTableDescription: "",
    routePropagation: true,
    ipv6Cidr: ipv6 ? freeVpcRange(call) : "",
    ipv6Isp: ipv6 ? (params.text("Ipv6Isp") ?? "BGP") : "",
    dnsHostname: params.flag("EnableDnsHostname") === true ? "ENABLED" : "DISABLED",
    tags: tagsOf(params),
  };
}

function made(call: Call, vpc: Vpc) {
  if (call.params.flag("DryRun") === true) throw dryRunPassed();
  call.put(vpcs, vpc);
  const { id, routerId, routeTableId, resourceGroupId } = vpc;
  return { VpcId: id, VRouterId: routerId, RouteTableId: routeTableId, ResourceGroupId: resourceGroupId };
}

/** @throws DependencyViolation.VSwitch when a vSwitch would lie outside of the VPC */
export function checkStillCovered(call: Call, vpc: Vpc): void {
  const ranges = rangesOf(vpc);
  if (vSwitchesOf(call, vpc.id).some(({ cidr }) => !ranges.some((range) => contains(range, cidr)))) {
    throw refused("DependencyViolation.VSwitch", "Specified object has dependent resources");
  }
}

/** @throws DependencyViolation.VSwitch, DependencyViolation.NatGateway, DependencyViolation.SecurityGroup */
function checkEmpty(call: Call, vpc: Vpc): void {
  if (vSwitchesOf(call, vpc.id).length > 0) {
    throw refused("DependencyViolation.VSwitch", "Specified object has dependent resources");
  }
  if (call.list(natGateways).some((gateway) => gateway.vpcId === vpc.id)) {
    throw refused("DependencyViolation.NatGateway", "Specified object has dependent resources NatGateway.");
  }
  if (call.list(securityGroups).some((group) => group.vpcId === vpc.id)) {
    throw refused("DependencyViolation.SecurityGroup", "Specified object has dependent resources SecurityGroup.");
  }
}
