import type { Actions, Call } from "../core/call.ts";
import { missing } from "../core/errors.ts";
import type { Params } from "../core/params.ts";
import { becoming, statusOf, steady } from "../core/phase.ts";
import { tagsOf } from "../core/tags.ts";
import { unbindAll } from "./address-binding.ts";
import { addressesOf } from "./address-lookup.ts";
import { dryRunPassed, notFound, refused } from "./errors.ts";
import { checkVpcReady, needNatGateway, needVpc } from "./lookup.ts";
import { descriptionOf, type NameCodes, nameOf } from "./names.ts";
import { checkPayment, paidAhead } from "./payment.ts";
import { freeAddress } from "./private-addresses.ts";
import { resourceGroupOf } from "./resource-group.ts";
import { type NatGateway, natGateways, snatEntries, type Vpc, type VSwitch, vSwitches } from "./rows.ts";

/** How long a NAT gateway is Creating, and Deleting, milliseconds of cloud time. */
const making = 30_000;
const deleting = 10_000;

const codes: NameCodes = {
  name: "InvalidParameter.Name.Malformed",
  description: "InvalidParameter.Description.Malformed",
};

const specs = ["Small", "Middle", "Large", "XLarge.1"];

export const natGatewayActions: Actions = {
  CreateNatGateway(call) {
    const vpc = needVpc(call);
    checkVpcReady(call, vpc);
    checkType(call);
    const vSwitch = needVSwitchIn(call, vpc);
    const gateway = newGateway(call, vpc, vSwitch);
    checkPayment(call);
    const others = call.list(natGateways).filter((one) => one.vpcId === vpc.id);
    if (others.length >= call.account.quotas.natGatewaysPerVpc) {
      throw refused("QuotaExceeded.NatGateway", "NAT gateway quota exceeded.");
    }
    if (call.params.flag("DryRun") === true) throw dryRunPassed();
    call.put(natGateways, gateway);
    return {
      NatGatewayId: gateway.id,
      SnatTableIds: { SnatTableId: [gateway.snatTableId] },
      ForwardTableIds: { ForwardTableId: [gateway.forwardTableId] },
      FullNatTableIds: { FullNatTableId: [] },
      BandwidthPackageIds: { BandwidthPackageId: [] },
    };
  },

  ModifyNatGatewayAttribute(call) {
    const gateway = needNatGateway(call);
    checkReady(call, gateway, "IncorrectStatus.NATGW");
    const { params } = call;
    call.put(natGateways, {
      ...gateway,
      name: nameOf(params, "Name", codes) ?? gateway.name,
      description: descriptionOf(params, codes) ?? gateway.description,
      eipBindMode: params.choice("EipBindMode", ["MULTI_BINDED", "NAT"]) ?? gateway.eipBindMode,
      icmpReply: params.flag("IcmpReplyEnabled") ?? gateway.icmpReply,
    });
    return {};
  },

  ModifyNatGatewaySpec(call) {
    const gateway = needNatGateway(call);
    checkReady(call, gateway, "IncorrectStatus.NatGateway");
    const spec = specOf(call.params, gateway.internetChargeType);
    if (gateway.internetChargeType === "PayByLcu") {
      throw refused("OperationUnsupported.PayByLcu", "A pay-by-LCU NAT gateway has no specification to be changed.");
    }
    call.put(natGateways, { ...gateway, spec });
    return {};
  },

  UpdateNatGatewayNatType(call) {
    const gateway = needNatGateway(call);
    checkReady(call, gateway, "OperationConflict");
    if (call.params.need("NatType") !== "Enhanced") {
      throw refused("InvalidParameter.NatType", "A NAT gateway can only be changed to Enhanced.");
    }
    if ((call.params.text("VSwitchId") ?? gateway.vSwitchId) !== gateway.vSwitchId) {
      throw refused("OperationUnsupported.VSwitch", "The vSwitch of an enhanced NAT gateway cannot be changed.");
    }
    if (call.params.flag("DryRun") === true) throw dryRunPassed();
    return {};
  },

  DeleteNatGateway(call) {
    const gateway = needNatGateway(call);
    checkDeletable(call, gateway);
    const entries = call.list(snatEntries).filter((entry) => entry.natGatewayId === gateway.id);
    if (call.params.flag("Force") !== true) {
      if (entries.length > 0) {
        const message =
          "The specified resource of NatGateway depends on SnatEntry, so the operation cannot be completed.";
        throw refused("DependencyViolation.SnatEntry", message);
      }
      if (addressesOf(call, gateway.id).length > 0) {
        throw refused("DependencyViolation.EIPS", "There are Eips on specified NatGateway, please unbind it first.");
      }
    }
    if (call.params.flag("DryRun") === true) throw dryRunPassed();
    for (const entry of entries) call.remove(snatEntries, entry);
    unbindAll(call, gateway.id);
    call.put(natGateways, { ...gateway, phase: steady("Deleting"), goneAt: call.now() + deleting });
    return {};
  },
};

/** @throws code while it is being made or deleted */
function checkReady(call: Call, gateway: NatGateway, code: string): void {
  if (statusOf(gateway.phase, call.now()) !== "Available") {
    throw refused(code, "The status of NatGateway is incorrect.");
  }
}

/** @throws IncorrectStatus.NatGateway, OperationConflict, InvalidOperation.DeletionProtection, Forbidden.PrePaidNatGateway */
function checkDeletable(call: Call, gateway: NatGateway): void {
  const status = statusOf(gateway.phase, call.now());
  // The documented status of this code is 404, and clients read it as "gone": never for one that is being made.
  if (status === "Deleting") throw notFound("IncorrectStatus.NatGateway", "The NAT gateway is being deleted.");
  if (status !== "Available") throw refused("OperationConflict", "The NAT gateway is being created.");
  if (gateway.deletionProtection) {
    throw refused("InvalidOperation.DeletionProtection", "The instance cannnot delete because of deletion protecion.");
  }
  if (gateway.expiresAt !== undefined && call.now() < gateway.expiresAt) {
    throw refused("Forbidden.PrePaidNatGateway", "The specified NatGateway is PrePaid.");
  }
}

/** @throws MissingParameter.NatType, OperationFailed.NormalInventoryNotEnough */
function checkType(call: Call): void {
  const type = call.params.choice("NatType", ["Enhanced", "Normal"]);
  if (type === undefined) throw missing("NatType");
  if (type === "Normal") {
    throw refused(
      "OperationFailed.NormalInventoryNotEnough",
      "Standard NAT gateways are no longer offered. You can create enhanced NAT gateways and set the correct natType.",
    );
  }
}

/** @throws MissingParameter.VSwitchId, InvalidVSwitchId.NotFound, OperationFailed.VswNotBelongToVpc, VswitchStatusError */
function needVSwitchIn(call: Call, vpc: Vpc): VSwitch {
  const vSwitch = call.find(vSwitches, call.params.need("VSwitchId"));
  if (vSwitch === undefined)
    throw notFound("InvalidVSwitchId.NotFound", "The specified virtual switch does not exists.");
  if (vSwitch.vpcId !== vpc.id) {
    throw refused(
      "OperationFailed.VswNotBelongToVpc",
      "Operation failed because the specified VSwitch is not bound to the same VPC with NAT gateway.",
    );
  }
  if (statusOf(vSwitch.phase, call.now()) !== "Available") {
    throw refused("VswitchStatusError", "The VSwitch is creating .");
  }
  return vSwitch;
}

/** @throws OperationUnsupported.PrePaidPyByLcu and those of each parameter */
function newGateway(call: Call, vpc: Vpc, vSwitch: VSwitch): NatGateway {
  const { params } = call;
  const chargeType = params.choice("InstanceChargeType", ["PostPaid", "PrePaid"]) ?? "PostPaid";
  const internetChargeType =
    params.choice("InternetChargeType", ["PayByLcu", "PayBySpec"]) ??
    (chargeType === "PrePaid" ? "PayBySpec" : "PayByLcu");
  if (chargeType === "PrePaid" && internetChargeType === "PayByLcu") {
    throw refused(
      "OperationUnsupported.PrePaidPyByLcu",
      "The operation failed because the subscription NAT gateway does not support the pay-by-LCU billing method.",
    );
  }
  const access = params.object("AccessMode");
  const mode = access.text("ModeValue");
  return {
    ...call.newRow("ngw"),
    ...(chargeType === "PrePaid" ? { expiresAt: paidAhead(call, "Duration") } : {}),
    ...(mode === undefined ? {} : { accessMode: { value: mode, tunnel: access.text("TunnelType") ?? "" } }),
    vpcId: vpc.id,
    vSwitchId: vSwitch.id,
    name: nameOf(params, "Name", codes) ?? "",
    description: descriptionOf(params, codes) ?? "",
    phase: becoming("Creating", "Available", call.now(), making),
    natType: "Enhanced",
    networkType: params.choice("NetworkType", ["internet", "intranet"]) ?? "internet",
    chargeType,
    internetChargeType,
    spec: specOf(params, internetChargeType),
    privateIp: freeAddress(call, vSwitch),
    snatTableId: `stb-${call.randomId()}`,
    forwardTableId: `ftb-${call.randomId()}`,
    eipBindMode: params.choice("EipBindMode", ["MULTI_BINDED", "NAT"]) ?? "MULTI_BINDED",
    icmpReply: params.flag("IcmpReplyEnabled") ?? true,
    privateLink: params.flag("PrivateLinkEnabled") ?? false,
    deletionProtection: false,
    resourceGroupId: resourceGroupOf(call),
    tags: tagsOf(params),
  };
}

/** @throws InvalidParameter.Spec.ValueNotSupported */
function specOf(params: Params, internetChargeType: string): string {
  const spec = params.text("Spec");
  if (spec !== undefined && !specs.includes(spec)) {
    throw refused("InvalidParameter.Spec.ValueNotSupported", "The specified Spec is not valid.");
  }
  return internetChargeType === "PayByLcu" ? "" : (spec ?? "Small");
}
