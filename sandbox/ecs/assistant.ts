import type { Actions } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import { commandActions, eitherPage } from "./assistant-commands.ts";
import { fileActions } from "./assistant-files.ts";
import { agentDelay, agentRuns } from "./assistant-hosts.ts";
import { invocations } from "./assistant-rows.ts";
import { runActions } from "./assistant-runs.ts";
import { runStatus } from "./assistant-status.ts";
import { needInstance } from "./instance-find.ts";
import { instances } from "./rows.ts";

/** Cloud Assistant: commands and files for hosts, run by an agent that answers a while after they have booted. */
export const assistantActions: Actions = {
  ...commandActions,
  ...runActions,
  ...fileActions,

  DescribeCloudAssistantStatus(call) {
    const ids = call.params.list("InstanceId");
    const rows = ids.length === 0 ? call.list(instances) : ids.map((id) => needInstance(call, id));
    const { rows: part, fields } = eitherPage(call, rows);
    const counts = new Map<string, { total: number; active: number; last: number }>();
    for (const invocation of call.list(invocations)) {
      for (const run of invocation.runs) {
        const { total, active } = counts.get(run.instanceId) ?? { total: 0, active: 0 };
        const runs = runStatus(invocation, run, call.now()) === "Running";
        counts.set(run.instanceId, { total: total + 1, active: active + (runs ? 1 : 0), last: invocation.createdAt });
      }
    }
    return {
      ...fields,
      InstanceCloudAssistantStatusSet: {
        InstanceCloudAssistantStatus: part.map((row) => {
          const runs = agentRuns(call, row);
          const count = counts.get(row.id);
          const everRan = call.now() >= row.bootedAt + agentDelay;
          return {
            InstanceId: row.id,
            CloudAssistantStatus: String(runs),
            CloudAssistantVersion: everRan ? "2.2.3.857" : "",
            LastHeartbeatTime: runs ? secondText(call.now()) : "",
            LastInvokedTime: count === undefined ? "" : secondText(count.last),
            InvocationCount: count?.total ?? 0,
            ActiveTaskCount: count?.active ?? 0,
            OSType: "Linux",
            SupportSessionManager: true,
          };
        }),
      },
    };
  },
};
