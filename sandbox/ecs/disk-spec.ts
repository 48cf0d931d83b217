import { performanceLevels } from "../../catalog/disks.ts";
import type { Actions, Answer, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { checkSteady } from "./disk-change.ts";
import {
  checkCategory,
  checkDiskStock,
  checkLevel,
  checkProvisionedIops,
  checkSize,
  checkTypeTakes,
  needDisk,
} from "./disk-checks.ts";
import { checkBuyer } from "./instance-account.ts";
import { dryRun } from "./instance-find.ts";
import { orderId } from "./instance-pay.ts";
import { type Disk, disks, instances } from "./rows.ts";

export const diskSpecActions: Actions = { ModifyDiskSpec: modifyDiskSpec };

/** From the fastest to the slowest: a subscription disk never goes down (SDK comment on ModifyDiskSpec). */
const bySpeed = ["cloud_essd", "cloud_auto", "cloud_ssd", "cloud_essd_entry", "cloud_efficiency"];

/**
 * Another category or performance level.
 *
 * @throws NoChangeInDiskCategoryAndPerformanceLevel, Downgrade.NotSupported, InvalidPerformanceLevel.TooLow,
 *   IncorrectDiskStatus (403), InvalidPerformanceLevelParam.Mismatch, DryRunOperation (400) and what the checks throw
 */
function modifyDiskSpec(call: Call): Answer {
  const { params } = call;
  const disk = needDisk(call);
  const category = params.text("DiskCategory") ?? disk.category;
  checkCategory(category);
  const level = levelOf(call, disk, category);
  const provisionedIops = params.integer("ProvisionedIops") ?? (category === "cloud_auto" ? disk.provisionedIops : 0);
  if (
    category === disk.category &&
    level === disk.performanceLevel &&
    provisionedIops === disk.provisionedIops &&
    !params.has("ProvisionedIops")
  ) {
    throw new CloudError(
      "NoChangeInDiskCategoryAndPerformanceLevel",
      403,
      "There is no change between the parameters transmitted and the current.",
    );
  }
  checkSteady(call, disk);
  checkBuyer(call);
  checkDirection(disk, category, level);
  const changed: Disk = {
    ...disk,
    category,
    performanceLevel: level,
    provisionedIops,
    bursting: category === "cloud_auto" && disk.bursting,
  };
  checkSize(changed);
  checkProvisionedIops(category, disk.sizeGiB, provisionedIops);
  const host = call.find(instances, disk.instanceId);
  if (host !== undefined) checkTypeTakes(host, category);
  if (category !== disk.category) checkDiskStock(call, disk.zone, category);
  dryRun(call);
  call.put(disks, changed);
  return { TaskId: `t-${call.randomId()}`, ...(disk.chargeType === "PrePaid" ? { OrderId: orderId() } : {}) };
}

function levelOf(call: Call, disk: Disk, category: string): string {
  const asked = call.params.text("PerformanceLevel");
  if (category !== "cloud_essd") {
    if (asked === undefined) return "";
    throw new CloudError(
      "InvalidPerformanceLevelParam.Mismatch",
      400,
      "The specified parameter PerformanceLevel should be null when DiskCategory is not cloud_essd.",
    );
  }
  const level = asked ?? (disk.category === "cloud_essd" ? disk.performanceLevel : "PL1");
  checkLevel(level);
  return level;
}

function checkDirection(disk: Disk, category: string, level: string): void {
  const prepaid = disk.chargeType === "PrePaid";
  if (prepaid && bySpeed.indexOf(category) > bySpeed.indexOf(disk.category)) {
    throw new CloudError("Downgrade.NotSupported", 403, "Downgrade operation for prepay resource is not supported.");
  }
  if (category !== "cloud_essd" || disk.category !== "cloud_essd") return;
  const levels: readonly string[] = performanceLevels;
  const down = levels.indexOf(level) < levels.indexOf(disk.performanceLevel);
  if (down && (prepaid || level === "PL0")) {
    throw new CloudError(
      "InvalidPerformanceLevel.TooLow",
      403,
      "Specified new performance level is lower than the original performance level.",
    );
  }
}
