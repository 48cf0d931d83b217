import { diskCategoriesFor } from "../../catalog/disks.ts";
import type { InstanceType } from "../../catalog/instance-types.ts";
import type { Actions, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { checkBuyer, checkVcpuQuota, vcpuOf } from "./instance-account.ts";
import { checkPublicBandwidth, publicAddress } from "./instance-bandwidth.ts";
import { asDiskCategory } from "./instance-disks.ts";
import { chargeTypeViolation, dryRun, needInstance, needStatus } from "./instance-find.ts";
import { orderId } from "./instance-pay.ts";
import { checkImageRuns, needImage, needType } from "./instance-type-checks.ts";
import { disks, type Instance, instances } from "./rows.ts";
import { checkStock } from "./stock-rules.ts";

/**
 * Whether a host can be of another type with the image and the disks that it has.
 * @throws InvalidInstanceType.ValueNotSupported, ImageNotSupportInstanceType, InvalidDiskCategory.NotSupported,
 * Zone.NotOnSale, OperationDenied.NoStock
 */
function needOtherType(call: Call, instance: Instance): InstanceType {
  const type = needType(call.params.need("InstanceType"));
  checkImageRuns(needImage(instance.imageId), type);
  const takes = diskCategoriesFor(type.id);
  for (const disk of call.list(disks)) {
    const category = disk.instanceId === instance.id ? asDiskCategory(disk.category) : undefined;
    if (category === undefined || takes?.[category] !== "no") continue;
    throw new CloudError(
      "InvalidDiskCategory.NotSupported",
      403,
      "The specified disk category does not support the specified instance type.",
    );
  }
  checkStock(call, instance.zone, [type.id]);
  return type;
}

function ofType(instance: Instance, type: InstanceType): Instance {
  const { threadsPerCore, topology } = instance.cpuOptions;
  const cores = Math.max(1, Math.floor(type.vcpu / threadsPerCore));
  return { ...instance, type: type.id, cpuOptions: { cores, threadsPerCore, topology } };
}

export const instanceSpecActions: Actions = {
  ModifyInstanceSpec(call) {
    const instance = needInstance(call);
    if (instance.chargeType !== "PostPaid") throw chargeTypeViolation();
    needStatus(call, instance, "Stopped", ...(call.params.has("InstanceType") ? [] : ["Running"]));
    const bandwidthOut = call.params.integer("InternetMaxBandwidthOut");
    const changed =
      bandwidthOut === undefined ? instance : { ...instance, bandwidthOut: checkPublicBandwidth(bandwidthOut) };
    if (!call.params.has("InstanceType")) {
      call.put(instances, changed);
      return {};
    }
    const type = needOtherType(call, instance);
    checkBuyer(call);
    checkVcpuQuota(call, type.vcpu - vcpuOf(instance.type), instance.spot.strategy !== "NoSpot");
    dryRun(call);
    call.put(instances, ofType(changed, type));
    return {};
  },

  ModifyPrepayInstanceSpec(call) {
    const instance = needInstance(call);
    if (instance.chargeType !== "PrePaid") throw chargeTypeViolation();
    const downgrade = call.params.choice("OperatorType", ["upgrade", "downgrade"]) === "downgrade";
    needStatus(call, instance, "Stopped", ...(downgrade ? [] : ["Running"]));
    const type = needOtherType(call, instance);
    checkBuyer(call);
    dryRun(call);
    call.put(instances, ofType(instance, type));
    return { OrderId: orderId() };
  },

  ModifyInstanceNetworkSpec(call) {
    const { params } = call;
    const instance = needInstance(call);
    needStatus(call, instance, "Running", "Stopped");
    const bandwidthOut = checkPublicBandwidth(params.integer("InternetMaxBandwidthOut") ?? instance.bandwidthOut);
    const charge = params.choice("NetworkChargeType", ["PayByTraffic", "PayByBandwidth"]);
    // A host paid ahead gets its address with the order; one by the hour asks for it by AllocatePublicIpAddress.
    const getsAddress = instance.chargeType === "PrePaid" && bandwidthOut > 0 && instance.publicIp === "";
    call.put(instances, {
      ...instance,
      bandwidthOut,
      bandwidthIn: params.integer("InternetMaxBandwidthIn") ?? instance.bandwidthIn,
      internetChargeType: charge ?? instance.internetChargeType,
      publicIp: getsAddress ? publicAddress() : instance.publicIp,
    });
    return { OrderId: orderId() };
  },

  AllocatePublicIpAddress(call) {
    const instance = needInstance(call);
    needStatus(call, instance, "Running", "Stopped");
    if (instance.publicIp !== "") {
      throw new CloudError("AllocatedAlready", 403, "The specified instance already has a public IP address.");
    }
    const changed = call.put(instances, { ...instance, publicIp: publicAddress() });
    return { IpAddress: changed.publicIp };
  },
};
