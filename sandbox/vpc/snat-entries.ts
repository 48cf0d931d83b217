import { contains } from "../../components/config/cidr.ts";
import type { Actions, Call } from "../core/call.ts";
import { missing } from "../core/errors.ts";
import { page } from "../core/paging.ts";
import { becoming, statusOf, steady } from "../core/phase.ts";
import { addressesOf } from "./address-lookup.ts";
import { isRange, rangesOf } from "./cidr-checks.ts";
import { notFound, refused } from "./errors.ts";
import { isIp } from "./ip.ts";
import { fits } from "./lookup.ts";
import { nameOf } from "./names.ts";
import { type NatGateway, natGateways, type SnatEntry, snatEntries, vpcs, vSwitches } from "./rows.ts";

/** How long an entry is Pending, and Deleting, milliseconds of cloud time. */
const making = 3_000;
const deleting = 3_000;

const codes = { name: "InvalidParameter.Name.Malformed", description: "" };

/** Which hosts go out to the internet through which addresses of a NAT gateway. */
export const snatEntryActions: Actions = {
  CreateSnatEntry(call) {
    const gateway = needGateway(call);
    if (statusOf(gateway.phase, call.now()) !== "Available") throw gatewayBusy();
    const ips = call.params.need("SnatIp");
    checkAddresses(call, gateway, ips);
    const source = sourceOf(call, gateway);
    const entry = call.put(snatEntries, {
      ...call.newRow("snat"),
      ...source,
      natGatewayId: gateway.id,
      snatTableId: gateway.snatTableId,
      ips,
      name: nameOf(call.params, "SnatEntryName", codes) ?? "",
      eipAffinity: affinityOf(call) ?? 0,
      phase: becoming("Pending", "Available", call.now(), making),
    });
    return { SnatEntryId: entry.id };
  },

  ModifySnatEntry(call) {
    const gateway = needGateway(call);
    const entry = needEntry(call, gateway);
    if (statusOf(entry.phase, call.now()) !== "Available") throw gatewayBusy();
    const ips = call.params.text("SnatIp") ?? entry.ips;
    checkAddresses(call, gateway, ips);
    call.put(snatEntries, {
      ...entry,
      ips,
      name: nameOf(call.params, "SnatEntryName", codes) ?? entry.name,
      eipAffinity: affinityOf(call) ?? entry.eipAffinity,
      phase: becoming("Modifying", "Available", call.now(), making),
    });
    return {};
  },

  DeleteSnatEntry(call) {
    const entry = needEntry(call, needGateway(call));
    if (statusOf(entry.phase, call.now()) !== "Available") {
      throw refused("IncorretSnatEntryStatus", "Some Snat entry status blocked this operation.");
    }
    call.put(snatEntries, { ...entry, phase: steady("Deleting"), goneAt: call.now() + deleting });
    return {};
  },

  DescribeSnatTableEntries(call) {
    const { params } = call;
    if (params.text("SnatTableId") !== undefined) {
      const gateway = needGateway(call);
      if (params.text("SnatEntryId") !== undefined) needEntry(call, gateway);
    }
    const networks = new Map(call.list(vSwitches).map((vSwitch) => [vSwitch.id, vSwitch.cidr]));
    const found = call
      .list(snatEntries)
      .filter(
        (entry) =>
          fits(call, "SnatTableId", entry.snatTableId) &&
          fits(call, "SnatEntryId", entry.id) &&
          fits(call, "NatGatewayId", entry.natGatewayId) &&
          fits(call, "SourceVSwitchId", entry.vSwitchId) &&
          fits(call, "SourceCIDR", networks.get(entry.vSwitchId) ?? entry.cidr) &&
          fits(call, "SnatIp", entry.ips) &&
          fits(call, "SnatEntryName", entry.name),
      );
    const { rows, fields } = page(found, params, { most: 50 });
    return {
      ...fields,
      SnatTableEntries: {
        SnatTableEntry: rows.map((entry) => ({
          SnatEntryId: entry.id,
          SnatTableId: entry.snatTableId,
          NatGatewayId: entry.natGatewayId,
          SnatEntryName: entry.name,
          SnatIp: entry.ips,
          SourceVSwitchId: entry.vSwitchId,
          SourceCIDR: networks.get(entry.vSwitchId) ?? entry.cidr,
          EipAffinity: String(entry.eipAffinity),
          Status: statusOf(entry.phase, call.now()),
        })),
      },
    };
  },
};

/** @throws MissingParameter.SnatTableId, InvalidSnatTableId.NotFound */
function needGateway(call: Call): NatGateway {
  const id = call.params.need("SnatTableId");
  const gateway = call.list(natGateways).find((row) => row.snatTableId === id);
  if (gateway === undefined) throw notFound("InvalidSnatTableId.NotFound", "Specified SNAT table does not exist.");
  return gateway;
}

/** @throws MissingParameter.SnatEntryId, InvalidSnatEntryId.NotFound */
function needEntry(call: Call, gateway: NatGateway): SnatEntry {
  const entry = call.find(snatEntries, call.params.need("SnatEntryId"));
  if (entry === undefined || entry.natGatewayId !== gateway.id) {
    throw notFound("InvalidSnatEntryId.NotFound", "Specified SNAT entry does not exist.");
  }
  return entry;
}

function gatewayBusy() {
  return refused("IncorrectStatus.NATGW", "The status of NATGW is incorrect.");
}

function affinityOf(call: Call): number | undefined {
  const affinity = call.params.integer("EipAffinity");
  if (affinity === undefined || affinity === 0 || affinity === 1) return affinity;
  throw refused("INVALID_PARAMETER", "The parameter invalid.");
}

/**
 * Each address has to be bound to the gateway, and for good.
 * @throws InvalidSnatIp.Malformed, InvalidSnatIp.NotFound, OperationUnsupported.EipInBinding
 */
function checkAddresses(call: Call, gateway: NatGateway, ips: string): void {
  const bound = new Map(addressesOf(call, gateway.id).map((address) => [address.ip, address]));
  for (const ip of ips.split(",")) {
    if (!isIp(ip)) throw refused("InvalidSnatIp.Malformed", "The specified SnatIp is not a valid IP address.");
    if (gateway.networkType === "intranet" && ip === gateway.privateIp) continue;
    const address = bound.get(ip);
    if (address === undefined) {
      throw notFound("InvalidSnatIp.NotFound", "Specified SnatIp does not found on the NAT Gateway");
    }
    if (statusOf(address.phase, call.now()) !== "InUse") {
      throw refused("OperationUnsupported.EipInBinding", "The specified EIP is being bound.");
    }
  }
}

/** @throws INVALID_PARAMETER, InvalidVSwitchId.NotFound, Forbidden.SourceVSwitchId.Duplicated, OperationUnsupported.CidrConflict */
function sourceOf(call: Call, gateway: NatGateway): Pick<SnatEntry, "vSwitchId" | "cidr"> {
  const vSwitchId = call.params.text("SourceVSwitchId") ?? "";
  const cidr = call.params.text("SourceCIDR") ?? "";
  if (vSwitchId === "" && cidr === "") throw missing("SourceVSwitchId");
  if (vSwitchId !== "" && cidr !== "") throw refused("INVALID_PARAMETER", "The parameter invalid.");
  const others = call.list(snatEntries).filter((entry) => entry.natGatewayId === gateway.id);
  if (vSwitchId !== "") {
    const vSwitch = call.find(vSwitches, vSwitchId);
    if (vSwitch === undefined)
      throw notFound("InvalidVSwitchId.NotFound", "The specified virtual switch does not exists.");
    if (vSwitch.vpcId !== gateway.vpcId) throw refused("INVALID_PARAMETER", "The parameter invalid.");
    if (others.some((entry) => entry.vSwitchId === vSwitchId)) {
      throw refused("Forbidden.SourceVSwitchId.Duplicated", "The specified SourceCIDRis duplicated.");
    }
    return { vSwitchId, cidr };
  }
  const vpc = call.find(vpcs, gateway.vpcId);
  if (!isRange(cidr) || vpc === undefined || !rangesOf(vpc).some((range) => contains(range, cidr))) {
    throw refused("NOT_ALLOW_USE_SOURCECIDR", "The source CIDR block is not within the CIDR block of the VPC.");
  }
  if (others.some((entry) => entry.cidr === cidr)) {
    throw refused(
      "OperationUnsupported.CidrConflict",
      "The specified CIDR block conflicts with an existing SNAT entry.",
    );
  }
  return { vSwitchId, cidr };
}
