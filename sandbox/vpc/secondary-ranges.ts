import { vpcQuotas } from "../../catalog/limits.ts";
import { overlaps } from "../../components/config/cidr.ts";
import type { Actions, Call } from "../core/call.ts";
import { missing } from "../core/errors.ts";
import { checkVpcRange, rangesOf } from "./cidr-checks.ts";
import { refused } from "./errors.ts";
import { freeVpcRange } from "./ipv6.ts";
import { checkVpcReady, needVpc, vSwitchesOf } from "./lookup.ts";
import { type Vpc, vpcs } from "./rows.ts";
import { checkStillCovered } from "./vpcs.ts";

/** Further ranges of a VPC. */
export const secondaryRangeActions: Actions = {
  AssociateVpcCidrBlock(call) {
    const vpc = needVpc(call);
    checkVpcReady(call, vpc);
    if (isIpv6(call)) {
      if (vpc.ipv6Cidr !== "") {
        throw refused("QuotaExceeded.Ipv6CidrBlock", "The VPC already has an IPv6 CIDR block.");
      }
      call.put(vpcs, { ...vpc, ipv6Cidr: freeVpcRange(call), ipv6Isp: call.params.text("Ipv6Isp") ?? "BGP" });
      return {};
    }
    const cidr = call.params.text("SecondaryCidrBlock");
    if (cidr === undefined) throw missing("SecondaryCidrBlock");
    checkSecondary(vpc, cidr);
    call.put(vpcs, { ...vpc, secondaryCidrs: [...vpc.secondaryCidrs, cidr] });
    return {};
  },

  UnassociateVpcCidrBlock(call) {
    const vpc = needVpc(call);
    checkVpcReady(call, vpc);
    if (isIpv6(call)) return withoutIpv6(call, vpc);
    const cidr = call.params.need("SecondaryCidrBlock");
    if (!vpc.secondaryCidrs.includes(cidr)) {
      throw refused("InvalidParameter", "Specified CIDR block is not a secondary CIDR block of the VPC.");
    }
    const left = { ...vpc, secondaryCidrs: vpc.secondaryCidrs.filter((other) => other !== cidr) };
    checkStillCovered(call, left);
    call.put(vpcs, left);
    return {};
  },
};

function isIpv6(call: Call): boolean {
  return call.params.choice("IpVersion", ["ipv4", "ipv6"]) === "ipv6" || call.params.has("IPv6CidrBlock");
}

/** @throws QuotaExceeded.SecondaryCidrBlock, InvalidCidrBlock.Overlapped, and those of any range of a VPC */
function checkSecondary(vpc: Vpc, cidr: string): void {
  checkVpcRange(cidr, refused("InvalidCidrBlock.Malformed", "Specified CIDR block is not valid."));
  if (rangesOf(vpc).some((range) => overlaps(range, cidr))) {
    throw refused("InvalidCidrBlock.Overlapped", "Specified CIDR block overlapped with those of the VPC.");
  }
  if (vpc.secondaryCidrs.length >= vpcQuotas.secondaryRanges) {
    throw refused("QuotaExceeded.SecondaryCidrBlock", "Secondary CIDR block quota exceeded.");
  }
}

/** @throws DependencyViolation.VSwitch */
function withoutIpv6(call: Call, vpc: Vpc) {
  if (vSwitchesOf(call, vpc.id).some((vSwitch) => vSwitch.ipv6Cidr !== "")) {
    throw refused("DependencyViolation.VSwitch", "Specified object has dependent resources");
  }
  call.put(vpcs, { ...vpc, ipv6Cidr: "", ipv6Isp: "" });
  return {};
}
