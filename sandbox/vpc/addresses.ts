import type { Actions, Call } from "../core/call.ts";
import { statusOf, steady } from "../core/phase.ts";
import { tagsOf } from "../core/tags.ts";
import { needAddress } from "./address-lookup.ts";
import { dryRunPassed, refused } from "./errors.ts";
import { descriptionOf, type NameCodes, nameOf } from "./names.ts";
import { checkPayment, paidAhead } from "./payment.ts";
import { freePublicAddress } from "./public-addresses.ts";
import { resourceGroupOf } from "./resource-group.ts";
import { type Address, addresses } from "./rows.ts";

const codes: NameCodes = { name: "InvalidParameter", description: "InvalidParameter" };

/** Most Mbit/s (AllocateEipAddress, documented). */
const mostBandwidth = { PayByTraffic: 200, PayByBandwidth: 500, subscription: 1_000 };

/** Mbit/s when none were named (AllocateEipAddress, documented). */
const defaultBandwidth = 5;

const monitorStates = ["ON", "OFF"] as const;

/** Elastic addresses (EIP). */
export const addressActions: Actions = {
  AllocateEipAddress(call) {
    call.needRegion();
    const address = newAddress(call);
    checkPayment(call);
    if (call.list(addresses).length >= call.account.quotas.addresses) {
      throw refused("QuotaExceeded.Eip", "Elastic IP address quota exceeded.");
    }
    call.put(addresses, address);
    const { id, ip, resourceGroupId, chargeType } = address;
    const order = chargeType === "PrePaid" ? { OrderId: Math.trunc(call.now()) } : {};
    return { AllocationId: id, EipAddress: ip, ResourceGroupId: resourceGroupId, ...order };
  },

  ModifyEipAddressAttribute(call) {
    const address = needAddress(call, "AllocationId");
    checkStable(call, address);
    const { params } = call;
    call.put(addresses, {
      ...address,
      name: nameOf(params, "Name", codes) ?? address.name,
      description: descriptionOf(params, codes) ?? address.description,
      bandwidth: bandwidthOf(call, address) ?? address.bandwidth,
    });
    return {};
  },

  ReleaseEipAddress(call) {
    const address = needAddress(call, "AllocationId");
    if (statusOf(address.phase, call.now()) !== "Available") throw wrongStatus();
    if (address.deletionProtection) {
      throw refused(
        "InvalidOperation.DeletionProtection",
        "The EIP cannot be released because of deletion protection.",
      );
    }
    if (address.expiresAt !== undefined && call.now() < address.expiresAt) {
      throw refused("Forbidden.PrePaidEip", "The specified EIP is a subscription that has not expired.");
    }
    if (call.params.flag("DryRun") === true) throw dryRunPassed();
    call.remove(addresses, address);
    return {};
  },

  ModifyEipForwardMode(call) {
    const address = needAddress(call, "InstanceId");
    const mode = call.params.choice("Mode", ["NAT", "BINDED", "MULTI_BINDED"]) ?? address.mode;
    call.put(addresses, { ...address, mode });
    return {};
  },

  SetHighDefinitionMonitorLogStatus(call) {
    const address = needAddress(call, "InstanceId");
    const { params } = call;
    const { status, project, store } = address.monitorLog;
    call.put(addresses, {
      ...address,
      monitorLog: {
        status: params.choice("Status", monitorStates) ?? status,
        project: params.text("LogProject") ?? project,
        store: params.text("LogStore") ?? store,
      },
    });
    return { Success: "true" };
  },

  DescribeHighDefinitionMonitorLogAttribute(call) {
    const { id, monitorLog } = needAddress(call, "InstanceId");
    const { project, store } = monitorLog;
    return { InstanceId: id, InstanceType: "EIP", LogProject: project, LogStore: store, Success: "true" };
  },
};

export function wrongStatus() {
  return refused("IncorrectEipStatus", "Current elastic IP status does not support this operation.");
}

/** @throws IncorrectEipStatus while it is being bound or unbound */
function checkStable(call: Call, address: Address): void {
  if (!["Available", "InUse"].includes(statusOf(address.phase, call.now()))) throw wrongStatus();
}

/** @throws InvalidParameter */
function newAddress(call: Call): Address {
  const { params } = call;
  const chargeType = params.choice("InstanceChargeType", ["PostPaid", "PrePaid"]) ?? "PostPaid";
  const internetChargeType =
    params.choice("InternetChargeType", ["PayByBandwidth", "PayByTraffic"]) ?? "PayByBandwidth";
  if (chargeType === "PrePaid" && internetChargeType !== "PayByBandwidth") {
    throw refused("InvalidParameter", 'Specified value of "InternetChargeType" is not valid');
  }
  const expiry = chargeType === "PrePaid" ? { expiresAt: paidAhead(call, "Period") } : {};
  return {
    ...call.newRow("eip"),
    ...expiry,
    ip: freePublicAddress(call),
    name: nameOf(params, "Name", codes) ?? "",
    description: descriptionOf(params, codes) ?? "",
    bandwidth: bandwidthOf(call, { chargeType, internetChargeType }) ?? defaultBandwidth,
    internetChargeType,
    chargeType,
    isp: params.text("ISP") ?? "BGP",
    netmode: params.text("Netmode") ?? "public",
    zone: params.text("Zone") ?? "",
    securityProtectionTypes: params.list("SecurityProtectionTypes"),
    phase: steady("Available"),
    instanceId: "",
    instanceType: "",
    privateIp: "",
    mode: "NAT",
    deletionProtection: false,
    monitorLog: { status: "OFF", project: "", store: "" },
    resourceGroupId: resourceGroupOf(call),
    tags: tagsOf(params),
  };
}

/** @throws InvalidParameter for what is no number of Mbit/s that is sold */
function bandwidthOf(call: Call, of: Pick<Address, "chargeType" | "internetChargeType">): number | undefined {
  const bandwidth = call.params.integer("Bandwidth");
  const most = of.chargeType === "PrePaid" ? mostBandwidth.subscription : mostBandwidth[of.internetChargeType];
  if (bandwidth !== undefined && (bandwidth < 1 || bandwidth > most)) {
    throw refused("InvalidParameter", 'Specified value of "Bandwidth" is not valid.');
  }
  return bandwidth;
}
