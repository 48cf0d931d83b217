import type { Actions } from "../core/call.ts";
import { instanceChargeActions } from "./instance-charge.ts";
import { instanceCreateActions } from "./instance-create.ts";
import { instanceDeleteActions } from "./instance-delete.ts";
import { instanceDescribeActions } from "./instance-describe.ts";
import { instanceModifyActions } from "./instance-modify.ts";
import { instanceNetworkActions } from "./instance-network.ts";
import { instancePowerActions } from "./instance-power.ts";
import { instanceRoleActions } from "./instance-roles.ts";
import { instanceSpecActions } from "./instance-spec.ts";
import { systemDiskActions } from "./instance-system-disk.ts";
import { interfaceActions } from "./interfaces.ts";

/** Hosts: making, reading, changing, switching on and off, releasing. */
export const instanceActions: Actions = {
  ...instanceCreateActions,
  ...instanceDescribeActions,
  ...instancePowerActions,
  ...instanceModifyActions,
  ...instanceChargeActions,
  ...instanceSpecActions,
  ...instanceNetworkActions,
  ...instanceRoleActions,
  ...systemDiskActions,
  ...interfaceActions,
  ...instanceDeleteActions,
};
