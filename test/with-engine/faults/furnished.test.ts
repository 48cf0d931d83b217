import { rehearsed } from "./cases.ts";
import { combinations } from "./matrix.ts";
import { furnishedHosts, withGroups } from "./settings.ts";

const settings = furnishedHosts(4, 2);
const larger = withGroups(settings, () => ({
  type: "ecs.g7.2xlarge",
  deletionProtection: true,
  dataDisk: { GiB: 200, level: "PL1", snapshots: { at: "03:00", keepDays: 7 } },
}));

rehearsed("hosts with key, role, disk and snapshots", [
  {
    title: "up",
    operation: "up",
    settings,
    combinations: combinations({
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
  },
  {
    title: "change",
    operation: "up",
    settings: larger,
    combinations: combinations({
      ModifyInstanceSpec: ["Forbidden.RAM"],
      ModifyInstanceAttribute: ["Forbidden.RAM", "Throttling"],
      ModifyDiskSpec: ["Forbidden.RAM", "Throttling"],
      ResizeDisk: ["Forbidden.RAM", "ServiceUnavailable"],
    }),
  },
  {
    title: "destroy",
    operation: "destroy",
    settings: larger,
    more: ["--with-data"],
    combinations: combinations({
      DetachDisk: ["Forbidden.RAM", "Throttling"],
      DeleteDisk: ["Forbidden.RAM", "Throttling.User"],
      CancelAutoSnapshotPolicy: ["Forbidden.RAM"],
      DeleteAutoSnapshotPolicy: ["Forbidden.RAM"],
      DetachInstanceRamRole: ["Forbidden.RAM"],
      DetachPolicyFromRole: ["NoPermission"],
      DeletePolicy: ["NoPermission"],
      DeleteRole: ["NoPermission"],
      DeleteKeyPairs: ["Forbidden.RAM"],
    }),
  },
]);
