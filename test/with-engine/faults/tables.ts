import { type Combination, combinations } from "./matrix.ts";

/**
 * The provider takes these for "gone already" and goes on: no failure to rehearse on something that is there. A database
 * that is paid ahead is named before anything is touched (stacks/paid-ahead).
 */
const takenForGone: readonly string[] = [
  "Lindorm.Errorcode.InstanceNotFound",
  "Instance.IsNotPostPay",
  "InvalidDisk.AlreadyDetached",
];

function isFailure({ code }: Combination): boolean {
  return !takenForGone.includes(code);
}

/** What is rehearsed, by stack and step: every code of the catalogue for these actions, and some that belong to all. */
export const tables = {
  network: {
    up: combinations({
      CreateVpc: ["Forbidden.RAM", "Throttling"],
      CreateVSwitch: ["Forbidden.RAM", "NoPermission", "Throttling.User", "ServiceUnavailable", "InternalError"],
      CreateSecurityGroup: "all",
      AuthorizeSecurityGroup: ["Forbidden.RAM", "Throttling", "ServiceUnavailable"],
    }),
    destroy: combinations({
      RevokeSecurityGroup: ["Throttling"],
      DeleteSecurityGroup: ["Forbidden.RAM", "Throttling"],
      DeleteVSwitch: ["Forbidden.RAM", "Throttling.User", "InternalError"],
      DeleteVpc: ["Forbidden.RAM"],
    }),
  },
  address: {
    up: combinations({ AllocateEipAddress: ["Forbidden.RAM", "Throttling"] }),
    destroy: combinations({ ReleaseEipAddress: ["Forbidden.RAM"] }),
  },
  association: {
    up: combinations({ AssociateEipAddress: ["Forbidden.RAM"] }),
    destroy: combinations({ UnassociateEipAddress: ["Forbidden.RAM"] }),
  },
  gateway: {
    up: combinations({
      CreateNatGateway: ["Forbidden.RAM", "ServiceUnavailable"],
      CreateSnatEntry: ["Forbidden.RAM", "Throttling.User"],
    }),
    destroy: combinations({
      DeleteSnatEntry: ["Forbidden.RAM", "InternalError"],
      DeleteNatGateway: ["Forbidden.RAM", "Throttling"],
    }),
  },
  hosts: {
    up: combinations({ RunInstances: "all" }),
    destroy: combinations({ DeleteInstance: "all" }),
  },
  furnished: {
    up: combinations({
      CreateRole: ["NoPermission", "Throttling.User"],
      CreatePolicy: ["NoPermission", "InternalError"],
      AttachPolicyToRole: ["NoPermission"],
      ImportKeyPair: ["Forbidden.RAM", "ServiceUnavailable"],
      CreateAutoSnapshotPolicy: ["Forbidden.RAM", "Throttling"],
      CreateDisk: ["Forbidden.RAM", "Throttling", "ServiceUnavailable"],
      AttachDisk: ["Forbidden.RAM", "Throttling"],
      AttachInstanceRamRole: ["Throttling.User"],
      ApplyAutoSnapshotPolicy: ["Forbidden.RAM"],
    }),
    change: combinations({
      ModifyInstanceSpec: ["Forbidden.RAM"],
      ModifyInstanceAttribute: ["Forbidden.RAM", "Throttling"],
      ModifyDiskSpec: ["Forbidden.RAM", "Throttling"],
      ResizeDisk: ["Forbidden.RAM", "ServiceUnavailable"],
    }),
    destroy: combinations({
      DetachDisk: ["Forbidden.RAM", "Throttling"],
      DeleteDisk: ["Forbidden.RAM", "Throttling.User"],
      CancelAutoSnapshotPolicy: ["Forbidden.RAM"],
      DeleteAutoSnapshotPolicy: ["Forbidden.RAM"],
      DetachInstanceRamRole: ["Forbidden.RAM"],
      DetachPolicyFromRole: ["NoPermission"],
      DeletePolicy: ["NoPermission"],
      DeleteRole: ["NoPermission"],
      DeleteKeyPairs: ["Forbidden.RAM"],
    }).filter(isFailure),
  },
  lindorm: {
    up: combinations({ CreateLindormInstance: ["Forbidden.RAM", "Throttling.User", "ServiceUnavailable"] }),
    destroy: combinations({ ReleaseLindormInstance: ["Forbidden.RAM", "Throttling"] }).filter(isFailure),
  },
  lindormV2: {
    up: combinations({ CreateLindormV2Instance: ["Forbidden.RAM", "Throttling.User"] }),
  },
} as const;

export const everyCombination = Object.values(tables).flatMap((steps) => Object.values(steps).flat());
