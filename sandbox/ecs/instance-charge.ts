import type { Actions, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { page } from "../core/paging.ts";
import { checkBuyer, checkVcpuQuota, vcpuOf } from "./instance-account.ts";
import { chargeTypeViolation, dryRun, idsOf, needInstance, needStatus } from "./instance-find.ts";
import { later, orderId, paidUntil, renewalOf, termOf } from "./instance-pay.ts";
import { type Disk, disks, type Instance, instances } from "./rows.ts";

/** Most hosts in one call of ModifyInstanceChargeType. */
const mostAtOnce = 20;

type Change = (row: Instance) => Instance;

/** What turns hosts into ones that are paid the other way. */
function changeOf(call: Call): { readonly to: Instance["chargeType"]; readonly change: Change } {
  const to = call.params.text("InstanceChargeType") ?? "PrePaid";
  if (to === "PostPaid") {
    return {
      to,
      change: ({ expiresAt: _expiresAt, ...row }) => ({
        ...row,
        chargeType: to,
        period: 0,
        periodUnit: "",
        renewal: { status: "Normal", period: 0, unit: "" },
      }),
    };
  }
  if (to === "PrePaid") {
    const { period, unit } = termOf(call);
    const expiresAt = later(call.now(), period, unit);
    return {
      to,
      change: (row) => ({ ...row, chargeType: to, period, periodUnit: unit, expiresAt, deletionProtection: false }),
    };
  }
  throw invalidChargeType("The specified InstanceChargeType is not valid.");
}

function invalidChargeType(message: string): CloudError {
  return new CloudError("InvalidInstanceChargeType.ValueNotSupported", 400, message);
}

function checkChange(call: Call, instance: Instance, to: Instance["chargeType"]): void {
  needStatus(call, instance, "Running", "Stopped");
  if (instance.chargeType === to) {
    throw invalidChargeType(`The specified instance is charged as ${to} already.`);
  }
  if (to === "PrePaid" && instance.spot.strategy !== "NoSpot") {
    throw invalidChargeType("A spot instance cannot be paid ahead.");
  }
  if (to === "PrePaid" && instance.autoReleaseTime !== "") {
    throw new CloudError("ReleaseTimeHaveBeenSet", 400, "The specified instance has been set released time.");
  }
}

function diskPaidAs({ expiresAt: _expiresAt, ...disk }: Disk, host: Instance): Disk {
  const until = host.expiresAt === undefined ? {} : { expiresAt: host.expiresAt };
  return { ...disk, ...until, chargeType: host.chargeType };
}

/** A host that is paid ahead. @throws ChargeTypeViolation */
function needPrePaid(instance: Instance): Instance {
  if (instance.chargeType !== "PrePaid") throw chargeTypeViolation();
  return instance;
}

export const instanceChargeActions: Actions = {
  ModifyInstanceChargeType(call) {
    call.params.need("InstanceIds");
    const ids = idsOf(call) ?? [];
    if (ids.length > mostAtOnce) {
      throw new CloudError("InstancesIdQuotaExceed", 400, "The maximum number of Instances is exceeded.");
    }
    const asked = ids.map((id) => needInstance(call, id));
    const { to, change } = changeOf(call);
    for (const instance of asked) checkChange(call, instance, to);
    checkBuyer(call);
    if (to === "PostPaid") {
      checkVcpuQuota(
        call,
        asked.reduce((sum, { type }) => sum + vcpuOf(type), 0),
        false,
      );
    }
    dryRun(call);
    const changed = new Map(asked.map((row) => [row.id, call.put(instances, change(row))]));
    const dataDisksToo = call.params.flag("IncludeDataDisks") ?? true;
    for (const disk of call.list(disks)) {
      const host = changed.get(disk.instanceId);
      if (host !== undefined && (disk.type === "system" || dataDisksToo)) call.put(disks, diskPaidAs(disk, host));
    }
    // What the change costs or gives back is in no list.
    return { OrderId: orderId(), FeeOfInstances: { FeeOfInstance: [] } };
  },

  RenewInstance(call) {
    const instance = needPrePaid(needInstance(call));
    const { period, unit } = termOf(call);
    checkBuyer(call);
    const now = call.now();
    const expiresAt = later(Math.max(now, paidUntil(instance, now) ?? now), period, unit);
    const renewed = call.put(instances, { ...instance, expiresAt });
    for (const disk of call.list(disks)) {
      if (disk.instanceId === instance.id && disk.chargeType === "PrePaid") call.put(disks, diskPaidAs(disk, renewed));
    }
    return { OrderId: orderId() };
  },

  ModifyInstanceAutoRenewAttribute(call) {
    const { params } = call;
    const asked = (idsOf(call, "InstanceId") ?? []).map((id) => needPrePaid(needInstance(call, id)));
    if (asked.length === 0) needInstance(call);
    const auto = params.flag("AutoRenew");
    const status =
      params.choice("RenewalStatus", ["AutoRenewal", "Normal", "NotRenewal"]) ??
      (auto === true ? "AutoRenewal" : "Normal");
    const renewal =
      status === "AutoRenewal"
        ? renewalOf(params.integer("Duration") ?? 1, params.text("PeriodUnit") ?? "Month")
        : { status, period: 0, unit: "" };
    for (const instance of asked) call.put(instances, { ...instance, renewal });
    return {};
  },

  DescribeInstanceAutoRenewAttribute(call) {
    const ids = idsOf(call, "InstanceId");
    const prePaid =
      ids === undefined
        ? call.list(instances).filter((row) => row.chargeType === "PrePaid")
        : ids.map((id) => needPrePaid(needInstance(call, id)));
    const status = call.params.text("RenewalStatus");
    const { rows, fields } = page(
      prePaid.filter(({ renewal }) => status === undefined || renewal.status === status),
      call.params,
    );
    return {
      ...fields,
      InstanceRenewAttributes: {
        InstanceRenewAttribute: rows.map(({ id, renewal }) => ({
          InstanceId: id,
          RenewalStatus: renewal.status,
          AutoRenewEnabled: renewal.status === "AutoRenewal",
          Duration: renewal.period,
          PeriodUnit: renewal.unit,
        })),
      },
    };
  },
};
