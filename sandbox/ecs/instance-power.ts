import type { Actions, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { becoming } from "../core/phase.ts";
import { checkVcpuQuota } from "./instance-account.ts";
import { publicAddress } from "./instance-bandwidth.ts";
import { bootTime } from "./instance-create.ts";
import { dryRun, instanceStatus, needInstance, needInstances, needStatus, wrongStatus } from "./instance-find.ts";
import { type Instance, instances } from "./rows.ts";
import { checkStock } from "./stock-rules.ts";

/** Milliseconds of cloud time that a shutdown takes; a forced one is a power cut. */
const shutdownTime = 10_000;
const powerCutTime = 2_000;

type Power = (call: Call, instance: Instance) => Instance;

/** @throws IncorrectInstanceStatus, and for a host that was stopped without charge OperationDenied.NoStock */
function start(call: Call, instance: Instance): Instance {
  needStatus(call, instance, "Stopped");
  if (instance.stoppedMode === "StopCharging") {
    checkStock(call, instance.zone, [instance.type]);
    checkVcpuQuota(call, 0, instance.spot.strategy !== "NoSpot");
  }
  const now = call.now();
  return {
    ...instance,
    phase: becoming("Starting", "Running", now, bootTime),
    bootedAt: now + bootTime,
    stoppedMode: "Not-applicable",
    publicIp:
      instance.publicIp === "" && instance.stoppedMode === "StopCharging" && instance.bandwidthOut > 0
        ? publicAddress()
        : instance.publicIp,
  };
}

/** @throws IncorrectInstanceStatus */
function stop(call: Call, instance: Instance): Instance {
  const { params } = call;
  const status = instanceStatus(call, instance);
  const mode = params.choice("StoppedMode", ["StopCharging", "KeepCharging", "Not-applicable"]);
  const byTheHour = instance.chargeType === "PostPaid";
  const stoppedMode = byTheHour && mode === "StopCharging" ? mode : byTheHour ? "KeepCharging" : "Not-applicable";
  const publicIp = stoppedMode === "StopCharging" ? "" : instance.publicIp;
  // A host that is stopped already may still change how it is.
  if (status === "Stopped" && mode !== undefined && byTheHour) return { ...instance, stoppedMode, publicIp };
  if (status !== "Running") throw wrongStatus();
  const takes = params.flag("ForceStop") === true ? powerCutTime : shutdownTime;
  return { ...instance, stoppedMode, publicIp, phase: becoming("Stopping", "Stopped", call.now(), takes) };
}

/** @throws IncorrectInstanceStatus */
function reboot(call: Call, instance: Instance): Instance {
  needStatus(call, instance, "Running");
  const now = call.now();
  return { ...instance, phase: becoming("Starting", "Running", now, bootTime), bootedAt: now + bootTime };
}

function one(power: Power): Actions[string] {
  return (call) => {
    const changed = power(call, needInstance(call));
    dryRun(call);
    call.put(instances, changed);
    return {};
  };
}

/** Several at once: all or none, or with BatchOptimization=SuccessFirst as many as can. */
function several(power: Power): Actions[string] {
  return (call) => {
    const asked = needInstances(call);
    const asManyAsCan = call.params.text("BatchOptimization") === "SuccessFirst";
    const results = asked.map((instance) => {
      const before = instanceStatus(call, instance);
      try {
        const changed = power(call, instance);
        return { instance, changed, before, code: "200", message: "success" };
      } catch (error) {
        if (!asManyAsCan || !(error instanceof CloudError)) throw error;
        return { instance, changed: undefined, before, code: error.code, message: error.message };
      }
    });
    dryRun(call);
    const responses = results.map(({ instance, changed, before, code, message }) => {
      const now = changed === undefined ? instance : call.put(instances, changed);
      const after = instanceStatus(call, now);
      return { InstanceId: instance.id, PreviousStatus: before, CurrentStatus: after, Code: code, Message: message };
    });
    return { InstanceResponses: { InstanceResponse: responses } };
  };
}

export const instancePowerActions: Actions = {
  StartInstance: one(start),
  StopInstance: one(stop),
  RebootInstance: one(reboot),
  StartInstances: several(start),
  StopInstances: several(stop),
  RebootInstances: several(reboot),
};
