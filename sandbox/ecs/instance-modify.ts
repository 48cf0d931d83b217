import type { Actions, Call } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import { page } from "../core/paging.ts";
import { vcpuOf } from "./instance-account.ts";
import { idsOf, needInstance, needInstances, needStatus } from "./instance-find.ts";
import { checkDescription, checkHostName, checkInstanceName, checkPassword, userDataOf } from "./instance-names.ts";
import { noProtection } from "./instance-pay.ts";
import { needGroup } from "./instance-placement.ts";
import { type Instance, instances } from "./rows.ts";

/** Everything that ModifyInstanceAttribute changes; a parameter that was not sent changes nothing. */
function attributes(call: Call, before: Instance): Instance {
  const { params } = call;
  const name = params.text("InstanceName");
  const hostName = params.text("HostName");
  checkPassword(params);
  const deletionProtection = params.flag("DeletionProtection") ?? before.deletionProtection;
  if (deletionProtection && (before.chargeType === "PrePaid" || before.spot.strategy !== "NoSpot"))
    throw noProtection();
  const groups = params.list("SecurityGroupIds");
  return {
    ...before,
    name: name === undefined ? before.name : checkInstanceName(name),
    description: params.has("Description") ? checkDescription(params.text("Description") ?? "") : before.description,
    hostName: hostName === undefined ? before.hostName : checkHostName(hostName),
    userData: params.has("UserData") ? userDataOf(call) : before.userData,
    deletionProtection,
    creditSpecification: params.text("CreditSpecification") ?? before.creditSpecification,
    jumboFrame:
      params.flag("EnableJumboFrame") ?? params.object("NetworkOptions").flag("EnableJumboFrame") ?? before.jumboFrame,
    cpuOptions: cpuOptions(call, before),
    securityGroupIds:
      groups.length === 0 ? before.securityGroupIds : groups.map((id) => needGroup(call, id, before.vpcId).id),
  };
}

function cpuOptions(call: Call, { cpuOptions: before, type }: Instance): Instance["cpuOptions"] {
  const asked = call.params.object("CpuOptions");
  const cores = asked.integer("Core") ?? before.cores;
  const threadsPerCore = asked.integer("ThreadsPerCore") ?? before.threadsPerCore;
  if (cores < 1 || threadsPerCore < 1 || cores * threadsPerCore > vcpuOf(type)) {
    throw new CloudError("InvalidParameter.CpuOptions", 400, "The specified CpuOptions are not valid for the type.");
  }
  return { cores, threadsPerCore, topology: asked.text("TopologyType") ?? before.topology };
}

const maintenanceActions = ["Stop", "AutoRecover", "AutoRedeploy"];

export const instanceModifyActions: Actions = {
  ModifyInstanceAttribute(call) {
    for (const instance of needInstances(call)) call.put(instances, attributes(call, instance));
    return {};
  },

  ModifyInstanceMetadataOptions(call) {
    const instance = needInstance(call);
    needStatus(call, instance, "Running", "Stopped");
    const { params } = call;
    call.put(instances, {
      ...instance,
      httpTokens: params.choice("HttpTokens", ["optional", "required"]) ?? instance.httpTokens,
      httpEndpoint: params.choice("HttpEndpoint", ["enabled", "disabled"]) ?? instance.httpEndpoint,
      httpHopLimit: params.integer("HttpPutResponseHopLimit") ?? instance.httpHopLimit,
    });
    return {};
  },

  ModifyInstanceMaintenanceAttributes(call) {
    const { params } = call;
    const windows = params.objects("MaintenanceWindow").map((one) => ({
      start: one.need("StartTime"),
      end: one.need("EndTime"),
    }));
    const action = params.text("ActionOnMaintenance");
    if (action !== undefined && !maintenanceActions.includes(action)) {
      throw new CloudError(
        "InvalidActionOnMaintenance.ValueNotSupported",
        400,
        "The specified ActionOnMaintenance is not valid.",
      );
    }
    for (const instance of needInstances(call)) {
      const before = instance.maintenance;
      call.put(instances, {
        ...instance,
        maintenance: {
          windows: windows.length === 0 ? before.windows : windows,
          action: action ?? before.action,
          notify: params.flag("NotifyOnMaintenance") ?? before.notify,
        },
      });
    }
    return {};
  },

  DescribeInstanceMaintenanceAttributes(call) {
    const ids = call.params.list("InstanceId");
    const rows = ids.length === 0 ? call.list(instances) : ids.flatMap((id) => call.find(instances, id) ?? []);
    const { rows: part, fields } = page(rows, call.params);
    return {
      ...fields,
      MaintenanceAttributes: {
        MaintenanceAttribute: part.map(({ id, maintenance }) => ({
          InstanceId: id,
          MaintenanceWindows: {
            MaintenanceWindow: maintenance.windows.map(({ start, end }) => ({ StartTime: start, EndTime: end })),
          },
          ActionOnMaintenance: {
            Value: maintenance.action,
            DefaultValue: "AutoRecover",
            SupportedValues: { SupportedValue: maintenanceActions },
          },
          NotifyOnMaintenance: maintenance.notify,
        })),
      },
    };
  },

  ModifyInstanceAttachmentAttributes(call) {
    const instance = needInstance(call);
    const asked = call.params.object("PrivatePoolOptions");
    const criteria = asked.choice("MatchCriteria", ["Open", "Target", "None"]) ?? instance.privatePool.criteria;
    const id = criteria === "Target" ? asked.need("Id") : "";
    call.put(instances, { ...instance, privatePool: { criteria, id } });
    return {};
  },

  DescribeInstanceAttachmentAttributes(call) {
    const rows = (idsOf(call) ?? []).flatMap((id) => call.find(instances, id) ?? []);
    const { rows: part, fields } = page(rows, call.params);
    return {
      ...fields,
      Instances: {
        Instance: part.map(({ id, privatePool }) => ({
          InstanceId: id,
          PrivatePoolOptionsMatchCriteria: privatePool.criteria,
          PrivatePoolOptionsId: privatePool.id,
        })),
      },
    };
  },

  ModifyInstanceAutoReleaseTime(call) {
    const instance = needInstance(call);
    const text = call.params.text("AutoReleaseTime") ?? "";
    if (text !== "" && Number.isNaN(Date.parse(text))) {
      throw new CloudError(
        "InvalidAutoReleaseTime.Malformed",
        400,
        "The specified parameter AutoReleaseTime is not valid.",
      );
    }
    call.put(instances, { ...instance, autoReleaseTime: text });
    return {};
  },

  ModifyInstanceDeployment(call) {
    needInstance(call);
    // There is nothing in this cloud that makes a deployment set or a dedicated host.
    throw call.params.text("DedicatedHostId") === undefined
      ? new CloudError("DeploymentSet.NotFound", 404, "The specified deployment set does not exist.")
      : new CloudError("InvalidDedicatedHostId.NotFound", 400, "The specified DedicatedHostId does not exist.");
  },
};
