import type { Actions, Call } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import { CloudError } from "../core/errors.ts";
import { matchesTags, tagList, tagsOf } from "../core/tags.ts";
import { stopOnAgents } from "./assistant-agents.ts";
import { assistantId, commandOf, eitherPage, needCommand, parameterNames, shown } from "./assistant-commands.ts";
import { runOn, targetsOf } from "./assistant-hosts.ts";
import { type Command, commands, type Invocation, invocations } from "./assistant-rows.ts";
import { errorInfo, invocationStatus, recordStatus, runStatus } from "./assistant-status.ts";

/** Starts a command on the hosts of the request. */
function invoke(call: Call, command: Command): Invocation {
  const { params } = call;
  const targets = targetsOf(call);
  const username = params.text("Username") ?? "";
  const timeout = params.integer("Timeout") ?? command.timeout;
  const repeatMode = params.choice("RepeatMode", ["Once", "Period", "NextRebootOnly", "EveryReboot"]);
  const frequency = params.text("Frequency") ?? "";
  const timed = params.flag("Timed") === true || repeatMode === "Period";
  if (timed && frequency === "") {
    throw new CloudError(
      "MissingParam.Frequency",
      400,
      "The frequency must be specified when you create a timed task.",
    );
  }
  const parameters = params.text("Parameters") ?? "{}";
  const content = filled(command, parameters);
  const mode = timed ? "Period" : (repeatMode ?? "Once");
  const row = call.row(assistantId(call, "t"));
  const workingDir = params.text("WorkingDir") ?? command.workingDir;
  const asked = {
    ...{ type: command.type, content: Buffer.from(content, "base64"), username },
    ...{ invocation: row.id, directory: workingDir },
  };
  return call.put(invocations, {
    ...row,
    region: call.needRegion(),
    of: "command",
    commandId: command.id,
    name: command.name,
    description: command.description,
    type: command.type,
    content: command.content,
    timeout,
    workingDir,
    username,
    parameters,
    repeatMode: mode,
    frequency,
    runs: targets.map((instance) =>
      mode === "Once"
        ? runOn(call, { ...asked, instance }, timeout)
        : { instanceId: instance.id, errorCode: "", exitCode: 0, output: "", finishedAt: call.now() },
    ),
    tags: tagsOf(params),
  });
}

/** A command with its parameters put in. @throws Parameter.Disabled, Parameter.NotMatched, InvalidParameter.Parameters */
function filled(command: Command, parameters: string): string {
  let values: unknown;
  try {
    values = JSON.parse(parameters);
  } catch {
    values = undefined;
  }
  if (typeof values !== "object" || values === null) {
    throw new CloudError("InvalidParameter.Parameters", 400, "The specified parameter Parameters is not valid.");
  }
  const given = new Map(Object.entries(values).map(([name, value]) => [name, String(value)]));
  if (!command.enableParameter) {
    if (given.size === 0) return command.content;
    throw new CloudError(
      "Parameter.Disabled",
      400,
      "Parameters cannot be passed in when the command customization function is disabled.",
    );
  }
  const known = parameterNames(command.content);
  if ([...given.keys()].some((name) => !known.includes(name))) {
    throw new CloudError(
      "Parameter.NotMatched",
      403,
      "The passed-in parameters do not match the parameters defined when you created the command.",
    );
  }
  const text = Buffer.from(command.content, "base64").toString();
  const put = text.replace(/\{\{\s*([A-Za-z0-9_-]+)\s*\}\}/g, (_all, name: string) => given.get(name) ?? "");
  return Buffer.from(put).toString("base64");
}

export const runActions: Actions = {
  RunCommand(call) {
    const command = { ...commandOf(call), id: assistantId(call, "c") };
    const invocation = invoke(call, command);
    if (call.params.flag("KeepCommand") === true) call.put(commands, command);
    return { CommandId: command.id, InvokeId: invocation.id };
  },

  InvokeCommand(call) {
    return { InvokeId: invoke(call, needCommand(call)).id };
  },

  StopInvocation(call) {
    const invocation = call.find(invocations, call.params.need("InvokeId"));
    if (invocation === undefined) {
      throw new CloudError("InvalidInvokeId.NotFound", 404, "The specified invoke ID does not exist.");
    }
    call.put(invocations, { ...invocation, stoppedAt: call.now() });
    stopOnAgents(call.store, invocation);
    return {};
  },

  DescribeInvocations(call) {
    const { rows, fields } = eitherPage(call, matching(call));
    const withOutput = call.params.flag("IncludeOutput") === true;
    return { ...fields, Invocations: { Invocation: rows.map((row) => view(call, row, withOutput)) } };
  },

  DescribeInvocationResults(call) {
    const instanceId = call.params.text("InstanceId");
    const status = call.params.text("InvokeRecordStatus");
    const results = matching(call)
      .flatMap((row) => row.runs.map((run) => ({ row, run, status: runStatus(row, run, call.now()) })))
      .filter(
        (one) =>
          (instanceId === undefined || one.run.instanceId === instanceId) &&
          (status === undefined || recordStatus(one.status) === status),
      );
    const { rows, fields } = eitherPage(call, results);
    return {
      Invocation: {
        ...fields,
        InvocationResults: {
          InvocationResult: rows.map(({ row, run, status: now }) => ({
            InvokeId: row.id,
            CommandId: row.commandId,
            InvokeRecordStatus: recordStatus(now),
            Username: row.username,
            Tags: { Tag: tagList(row.tags, "TagKey") },
            ...runView(call, row, run, true),
            FinishedTime: finishText(row, run, call.now()),
          })),
        },
      },
    };
  },
};

/** Runs of commands, newest first. */
function matching(call: Call): readonly Invocation[] {
  const { params } = call;
  const id = params.text("InvokeId");
  const commandId = params.text("CommandId");
  const instanceId = params.text("InstanceId");
  const status = params.text("InvokeStatus");
  const rows = id === undefined ? call.list(invocations).reverse() : [call.find(invocations, id) ?? []].flat();
  return rows.filter(
    (row) =>
      row.of === "command" &&
      (commandId === undefined || row.commandId === commandId) &&
      (instanceId === undefined || row.runs.some((run) => run.instanceId === instanceId)) &&
      (status === undefined || invocationStatus(row, call.now()) === status) &&
      matchesTags(call, row.tags),
  );
}

function finishText(row: Invocation, run: Invocation["runs"][number], now: number): string {
  const status = runStatus(row, run, now);
  if (status === "Running" || status === "Scheduled") return "";
  return secondText(Math.min(run.finishedAt, row.stoppedAt ?? run.finishedAt));
}

function runView(call: Call, row: Invocation, run: Invocation["runs"][number], withOutput: boolean) {
  const status = runStatus(row, run, call.now());
  const done = status !== "Running" && status !== "Scheduled";
  const errorCode = done && status !== "Terminated" ? run.errorCode : "";
  return {
    InstanceId: run.instanceId,
    InvocationStatus: status,
    StartTime: secondText(row.createdAt),
    StopTime: status === "Terminated" ? secondText(row.stoppedAt ?? run.finishedAt) : "",
    Repeats: done ? 1 : 0,
    Dropped: 0,
    Timed: row.repeatMode === "Period",
    ErrorCode: errorCode,
    ErrorInfo: errorInfo(errorCode),
    ...(done && run.exitCode >= 0 ? { ExitCode: run.exitCode } : {}),
    ...(withOutput ? { Output: done ? shown(call, run.output) : "" } : {}),
  };
}

function view(call: Call, row: Invocation, withOutput: boolean) {
  const now = call.now();
  const status = invocationStatus(row, now);
  return {
    InvokeId: row.id,
    CommandId: row.commandId,
    CommandName: row.name,
    CommandDescription: row.description,
    CommandType: row.type,
    CommandContent: shown(call, row.content),
    InvocationStatus: status,
    InvokeStatus: status === "Success" ? "Finished" : status === "Scheduled" ? "Running" : status,
    CreationTime: secondText(row.createdAt),
    Frequency: row.frequency,
    Timed: row.repeatMode === "Period",
    RepeatMode: row.repeatMode,
    Parameters: row.parameters,
    Username: row.username,
    Timeout: row.timeout,
    WorkingDir: row.workingDir,
    Tags: { Tag: tagList(row.tags, "TagKey") },
    InvokeInstances: {
      InvokeInstance: row.runs.map((run) => ({
        ...runView(call, row, run, withOutput),
        InstanceInvokeStatus: recordStatus(runStatus(row, run, now)),
        CreationTime: secondText(row.createdAt),
        UpdateTime: secondText(Math.min(now, run.finishedAt)),
        FinishTime: finishText(row, run, now),
      })),
    },
  };
}
