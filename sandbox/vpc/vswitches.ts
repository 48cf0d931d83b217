import { overlaps } from "../../components/config/cidr.ts";
import type { Actions, Call } from "../core/call.ts";
import { missing } from "../core/errors.ts";
import { becoming, statusOf } from "../core/phase.ts";
import { tagsOf } from "../core/tags.ts";
import { instances } from "../ecs/rows.ts";
import { lindorms, tsdbs } from "../hitsdb/rows.ts";
import { checkVSwitchRange } from "./cidr-checks.ts";
import { dryRunPassed, notFound, refused } from "./errors.ts";
import { ipText, rangeOf } from "./ip.ts";
import { vSwitchRange } from "./ipv6.ts";
import { checkVpcReady, needVpc, needVSwitch, vSwitchesOf } from "./lookup.ts";
import { descriptionOf, type NameCodes, nameOf } from "./names.ts";
import { natGateways, snatEntries, type Vpc, type VSwitch, vpcs, vSwitches } from "./rows.ts";

/** How long a vSwitch is Pending, milliseconds of cloud time. */
const making = 3_000;

/** Mask of the vSwitches of a default VPC (CreateDefaultVSwitch, documented). */
const defaultMask = 20;

const codes: NameCodes = { name: "InvalidVSwitchName.Malformed", description: "InvalidVSwitchDiscription.Malformed" };

export const vSwitchActions: Actions = {
  CreateVSwitch(call) {
    const { params } = call;
    const cidr = params.need("CidrBlock");
    const zone = needZone(call);
    const vpc = needVpc(call);
    checkVpcReady(call, vpc);
    const others = vSwitchesOf(call, vpc.id);
    checkVSwitchRange(cidr, vpc, others);
    checkQuota(call, others);
    const n = params.integer("Ipv6CidrBlock");
    const vSwitch = newVSwitch(call, vpc, zone, {
      cidr,
      isDefault: false,
      name: nameOf(params, "VSwitchName", codes) ?? "",
      description: descriptionOf(params, codes) ?? "",
      ipv6Cidr: n === undefined ? "" : vSwitchRange(call, vpc, others, n),
    });
    call.put(vSwitches, vSwitch);
    return { VSwitchId: vSwitch.id };
  },

  CreateDefaultVSwitch(call) {
    const zone = needZone(call);
    const vpc = call.list(vpcs).find((row) => row.isDefault);
    if (vpc === undefined) throw notFound("InvalidVpcId.NotFound", "The default VPC does not exist.");
    checkVpcReady(call, vpc);
    const others = vSwitchesOf(call, vpc.id);
    if (others.some((row) => row.isDefault && row.zone === zone)) {
      throw refused("OperationDenied.DefaultVSwitchExist", "A default vSwitch already exists in the zone.");
    }
    checkQuota(call, others);
    const n = call.params.integer("Ipv6CidrBlock");
    const vSwitch = newVSwitch(call, vpc, zone, {
      cidr: nextDefaultRange(vpc, others),
      isDefault: true,
      name: "",
      description: "",
      ipv6Cidr: n === undefined ? "" : vSwitchRange(call, vpc, others, n),
    });
    call.put(vSwitches, vSwitch);
    return { VSwitchId: vSwitch.id };
  },

  ModifyVSwitchAttribute(call) {
    const vSwitch = needVSwitch(call);
    checkReady(call, vSwitch);
    const { params } = call;
    call.put(vSwitches, {
      ...vSwitch,
      name: nameOf(params, "VSwitchName", codes) ?? vSwitch.name,
      description: descriptionOf(params, codes) ?? vSwitch.description,
      ipv6Cidr: changedIpv6(call, vSwitch),
    });
    return {};
  },

  DeleteVSwitch(call) {
    const vSwitch = needVSwitch(call);
    checkReady(call, vSwitch);
    checkEmpty(call, vSwitch);
    if (call.params.flag("DryRun") === true) throw dryRunPassed();
    call.remove(vSwitches, vSwitch);
    return {};
  },
};

/** @throws MissingParameter.ZoneId, InvalidZoneId.NotFound */
function needZone(call: Call): string {
  const zone = call.params.need("ZoneId");
  if (!call.zones().includes(zone)) throw notFound("InvalidZoneId.NotFound", "Specified zone does not exist.");
  return zone;
}

/** @throws QuotaExceeded.VSwitch */
function checkQuota(call: Call, others: readonly VSwitch[]): void {
  if (others.length >= call.account.quotas.vSwitchesPerVpc) {
    throw refused("QuotaExceeded.VSwitch", "Virtual switch quota exceeded.");
  }
}

/** @throws IncorrectVSwitchStatus while it is being made */
function checkReady(call: Call, vSwitch: VSwitch): void {
  if (statusOf(vSwitch.phase, call.now()) !== "Available") {
    throw refused("IncorrectVSwitchStatus", "The current virtual switch status does not support this operation.");
  }
}

function newVSwitch(
  call: Call,
  vpc: Vpc,
  zone: string,
  of: Pick<VSwitch, "cidr" | "isDefault" | "name" | "description" | "ipv6Cidr">,
): VSwitch {
  return {
    ...call.newRow("vsw"),
    ...of,
    vpcId: vpc.id,
    zone,
    phase: becoming("Pending", "Available", call.now(), making),
    tags: tagsOf(call.params),
  };
}

/** @throws QuotaExceeded.VSwitch when the default VPC is full */
function nextDefaultRange(vpc: Vpc, others: readonly VSwitch[]): string {
  const { first, size } = rangeOf(vpc.cidr);
  const step = 2 ** (32 - defaultMask);
  for (let start = first; start < first + size; start += step) {
    const cidr = `${ipText(start)}/${defaultMask}`;
    if (!others.some((other) => overlaps(other.cidr, cidr))) return cidr;
  }
  throw refused("QuotaExceeded.VSwitch", "Virtual switch quota exceeded.");
}

/**
 * IPv6 range of a vSwitch after a change; a range is not changed in place but given up first.
 * @throws MissingParam.Ipv6CidrBlock, IllegalParam.Ipv6CidrBlock
 */
function changedIpv6(call: Call, vSwitch: VSwitch): string {
  const enabled = call.params.flag("EnableIPv6");
  const n = call.params.integer("Ipv6CidrBlock");
  if (enabled === undefined) return vSwitch.ipv6Cidr;
  if (!enabled) {
    if (n === undefined) return "";
    throw refused("IllegalParam.Ipv6CidrBlock", "The parameter of Ipv6CidrBlock is illegal.");
  }
  if (n === undefined) throw refused("MissingParam.Ipv6CidrBlock", "The Ipv6CidrBlock must be input.");
  const vpc = call.find(vpcs, vSwitch.vpcId);
  if (vpc === undefined) throw missing("VpcId");
  const others = vSwitchesOf(call, vpc.id).filter((other) => other.id !== vSwitch.id);
  const cidr = vSwitchRange(call, vpc, others, n);
  if (vSwitch.ipv6Cidr !== "" && vSwitch.ipv6Cidr !== cidr) {
    throw refused("IllegalParam.Ipv6CidrBlock", "The IPv6 CIDR block of the vSwitch has to be released first.");
  }
  return cidr;
}

/** @throws DependencyViolation, DependencyViolation.EnhancedNatgw, DependencyViolation.SnatEntry */
function checkEmpty(call: Call, { id }: VSwitch): void {
  const holds = (row: { readonly vSwitchId: string }) => row.vSwitchId === id;
  if (call.list(natGateways).some(holds)) {
    throw refused("DependencyViolation.EnhancedNatgw", "Specified object has dependent resources Enhanced NatGateway.");
  }
  if (call.list(snatEntries).some(holds)) {
    throw refused("DependencyViolation.SnatEntry", "Specified object has dependent resources SnatEntry.");
  }
  // A database that was released is listed, and keeps its addresses, for some minutes.
  if (call.list(instances).some(holds) || call.list(lindorms).some(holds) || call.list(tsdbs).some(holds)) {
    throw refused("DependencyViolation", "Specified object has dependent resources.");
  }
}
