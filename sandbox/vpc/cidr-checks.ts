import { masks, reservedRanges } from "../../catalog/limits.ts";
import { contains, maskOf, networkOf, overlaps } from "../../components/config/cidr.ts";
import type { CloudError } from "../core/errors.ts";
import { refused } from "./errors.ts";
import { isIp } from "./ip.ts";
import type { Vpc, VSwitch } from "./rows.ts";

/** An IPv4 range whose host bits are zero. */
export function isRange(text: string): boolean {
  const [ip = "", mask = "", ...rest] = text.split("/");
  return isIp(ip) && /^\d{1,2}$/.test(mask) && Number(mask) <= 32 && rest.length === 0 && networkOf(text) === text;
}

/**
 * A range that a VPC may have.
 * @throws malformed, IllegalParam.CidrBlockMask, OperationDenied.CidrInExcludeCidrs
 */
export function checkVpcRange(cidr: string, malformed: CloudError): void {
  if (!isRange(cidr)) throw malformed;
  const mask = maskOf(cidr);
  if (mask < masks.vpc.shortest || mask > masks.vpc.longest) {
    throw refused("IllegalParam.CidrBlockMask", `The param of CidrBlock Mask [${mask}] is illegal.`);
  }
  if (reservedRanges.some((range) => overlaps(range.cidr, cidr))) {
    throw refused(
      "OperationDenied.CidrInExcludeCidrs",
      "The operation is not allowed because the input CIDR is within the illegal CIDRs.",
    );
  }
}

/**
 * Ranges outside of the cloud that are to be treated as private.
 * @throws InvalidUserCidr.Quota, InvalidUserCidr.Malformed, InvalidParameter
 */
export function checkUserRanges(cidrs: readonly string[]): void {
  if (cidrs.length > 3) throw refused("InvalidUserCidr.Quota", "Specified UserCidr number is greater than 3.");
  for (const cidr of cidrs) {
    if (!isRange(cidr)) throw refused("InvalidParameter", "Specified UserCidr invalid format.");
    if (overlaps(cidr, "100.64.0.0/10")) {
      throw refused("InvalidUserCidr.Malformed", "Specified UserCidr overlapping in of 100.64.0.0/10.");
    }
  }
}

/** All IPv4 ranges of a VPC. */
export function rangesOf(vpc: Vpc): readonly string[] {
  return [vpc.cidr, ...vpc.secondaryCidrs];
}

/**
 * A range for a new vSwitch: inside of the VPC, and free.
 * @throws InvalidCidrBlock.Malformed, InvalidCirdrBlock.MaskLength, InvalidParameter, InvalidCidrBlock.Overlapped
 */
export function checkVSwitchRange(cidr: string, vpc: Vpc, others: readonly VSwitch[]): void {
  if (!isRange(cidr)) throw refused("InvalidCidrBlock.Malformed", "Specified CIDR block is not valid.");
  const mask = maskOf(cidr);
  if (mask < masks.vswitch.shortest || mask > masks.vswitch.longest) {
    throw refused("InvalidCirdrBlock.MaskLength", "Specified CIDR block is not valid .");
  }
  if (!rangesOf(vpc).some((range) => contains(range, cidr))) {
    throw refused("InvalidParameter", "Specified CIDR block is not valid in VPC.");
  }
  if (others.some((vSwitch) => overlaps(vSwitch.cidr, cidr))) {
    throw refused("InvalidCidrBlock.Overlapped", "Specified CIDR block overlapped with other subnets.");
  }
}
