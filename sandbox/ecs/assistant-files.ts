import { posix } from "node:path";
import type { Actions, Call } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import { CloudError } from "../core/errors.ts";
import { matchesTags, tagList, tagsOf } from "../core/tags.ts";
import { assistantId, eitherPage } from "./assistant-commands.ts";
import { runOn, targetsOf } from "./assistant-hosts.ts";
import { type Invocation, invocations } from "./assistant-rows.ts";
import { errorInfo, invocationStatus, runStatus } from "./assistant-status.ts";
import { isBase64 } from "./instance-names.ts";

/** Most bytes of a file, counted after base64. */
const fileLimit = 32 * 1024;

function contentOf({ params }: Call): string {
  const text = params.need("Content");
  const encoded = params.text("ContentType") === "Base64";
  if (encoded && !isBase64(text)) {
    throw new CloudError("InvalidParameter.Content", 400, "The specified Content is not Base64 encoded.");
  }
  const content = encoded ? text : Buffer.from(text).toString("base64");
  if (content.length > fileLimit) {
    throw new CloudError("FileContent.ExceedLimit", 403, "The maximum length of a file is exceeded.");
  }
  return content;
}

export const fileActions: Actions = {
  SendFile(call) {
    const { params } = call;
    const targets = targetsOf(call);
    const content = contentOf(call);
    const timeout = params.integer("Timeout") ?? 60;
    const row = call.row(assistantId(call, "f"));
    const name = params.need("Name");
    const file = {
      directory: params.need("TargetDir"),
      owner: params.text("FileOwner") ?? "root",
      group: params.text("FileGroup") ?? "root",
      mode: params.text("FileMode") ?? "0644",
      overwrite: params.flag("Overwrite") ?? false,
    };
    const asked = {
      ...{ type: "SendFile", content: Buffer.from(content, "base64"), username: "" },
      ...{ invocation: row.id, directory: "", file: { ...file, path: posix.join(file.directory, name) } },
    };
    const sent = call.put(invocations, {
      ...row,
      region: call.needRegion(),
      of: "file",
      commandId: "",
      name,
      description: params.text("Description") ?? "",
      type: "SendFile",
      content,
      timeout,
      workingDir: "",
      username: "",
      parameters: "{}",
      repeatMode: "Once",
      frequency: "",
      runs: targets.map((instance) => runOn(call, { ...asked, instance }, timeout)),
      file,
      tags: tagsOf(params),
    });
    return { InvokeId: sent.id };
  },

  DescribeSendFileResults(call) {
    const { params } = call;
    const id = params.text("InvokeId");
    const instanceId = params.text("InstanceId");
    const name = params.text("Name");
    const rows = (
      id === undefined ? call.list(invocations).reverse() : [call.find(invocations, id) ?? []].flat()
    ).filter(
      (row) =>
        row.of === "file" &&
        (name === undefined || row.name === name) &&
        (instanceId === undefined || row.runs.some((run) => run.instanceId === instanceId)) &&
        matchesTags(call, row.tags),
    );
    const { rows: part, fields } = eitherPage(call, rows);
    return { ...fields, Invocations: { Invocation: part.map((row) => view(call, row)) } };
  },
};

function view(call: Call, row: Invocation) {
  const now = call.now();
  return {
    InvokeId: row.id,
    Name: row.name,
    Description: row.description,
    Content: row.content,
    ContentType: "Base64",
    TargetDir: row.file?.directory ?? "",
    FileOwner: row.file?.owner ?? "",
    FileGroup: row.file?.group ?? "",
    FileMode: row.file?.mode ?? "",
    Overwrite: String(row.file?.overwrite ?? false),
    InvocationStatus: invocationStatus(row, now),
    VmCount: row.runs.length,
    CreationTime: secondText(row.createdAt),
    Tags: { Tag: tagList(row.tags, "TagKey") },
    InvokeInstances: {
      InvokeInstance: row.runs.map((run) => {
        const status = runStatus(row, run, now);
        const errorCode = status === "Running" ? "" : run.errorCode;
        return {
          InstanceId: run.instanceId,
          InvocationStatus: status,
          ErrorCode: errorCode,
          ErrorInfo: errorInfo(errorCode),
          CreationTime: secondText(row.createdAt),
          StartTime: secondText(row.createdAt),
          UpdateTime: secondText(Math.min(now, run.finishedAt)),
          FinishTime: status === "Running" ? "" : secondText(run.finishedAt),
        };
      }),
    },
  };
}
