import { createHash, randomBytes } from "node:crypto";
import type { Actions, Call } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import { CloudError } from "../core/errors.ts";
import { page, tokenPage } from "../core/paging.ts";
import { matchesTags, tagList, tagsOf } from "../core/tags.ts";
import { type Command, commands, invocations } from "./assistant-rows.ts";
import { isBase64 } from "./instance-names.ts";

/** Most bytes of a command, counted after base64. */
export const commandLimit = 18 * 1024;

/** Shell, Python and the like; Windows' own are known by name only. */
const types = ["RunShellScript", "RunBatScript", "RunPowerShellScript", "RunPythonScript", "RunPerlScript"] as const;

/** c-uf6 and random text; t- for runs, f- for files. */
export function assistantId(call: Call, prefix: "c" | "t" | "f"): string {
  return `${prefix}-${createHash("sha256").update(randomBytes(16)).digest("hex").slice(0, 12)}${call.randomId().slice(0, 8)}`;
}

/**
 * A command of a request.
 * @throws InvalidCmdType.NotFound, InvalidContent.NotBase64, CmdContent.ExceedLimit, InvalidParameter.Timeout
 */
export function commandOf(call: Call): Omit<Command, "id"> {
  const { params } = call;
  const asked = params.need("Type");
  const type = types.find((one) => one === asked);
  if (type === undefined) {
    throw new CloudError("InvalidCmdType.NotFound", 404, "The specified command type does not exist.");
  }
  const timeout = params.integer("Timeout") ?? 60;
  if (timeout < 10) {
    throw new CloudError("InvalidParameter.Timeout", 400, "The specified parameter Timeout is not valid.");
  }
  const { id: _id, ...row } = call.row("");
  return {
    ...row,
    region: call.needRegion(),
    name: params.text("Name") ?? "",
    description: params.text("Description") ?? "",
    type,
    content: contentOf(call),
    timeout,
    workingDir: params.text("WorkingDir") ?? "",
    enableParameter: params.flag("EnableParameter") ?? false,
    tags: tagsOf(params),
  };
}

/** CreateCommand always takes base64; RunCommand only where it is told so. */
function contentOf({ params, action }: Call): string {
  const text = params.need("CommandContent");
  const encoded = action === "CreateCommand" || params.text("ContentEncoding")?.toLowerCase() === "base64";
  if (encoded && !isBase64(text)) {
    throw new CloudError("InvalidParameter.CommandContent", 400, "The specified CommandContent is not Base64 encoded.");
  }
  const content = encoded ? text : Buffer.from(text).toString("base64");
  if (content.length > commandLimit) {
    throw new CloudError("CmdContent.ExceedLimit", 403, "The maximum length of a command is exceeded.");
  }
  return content;
}

/** @throws InvalidCmdId.NotFound */
export function needCommand(call: Call): Command {
  const command = call.find(commands, call.params.need("CommandId"));
  if (command !== undefined) return command;
  throw new CloudError("InvalidCmdId.NotFound", 404, "The specified command ID does not exist.");
}

/** Content in base64 as it is kept, or plain where the request wants that. */
export function shown({ params }: Call, content: string): string {
  return params.text("ContentEncoding")?.toLowerCase() === "plaintext"
    ? Buffer.from(content, "base64").toString()
    : content;
}

/** Page of a list by number or by token, as the Cloud Assistant's lists take both. */
export function eitherPage<T>(call: Call, rows: readonly T[]) {
  const { params } = call;
  if (params.has("MaxResults") || params.text("NextToken") !== undefined) return tokenPage(rows, params, 50);
  const part = page(rows, params, { most: 100 });
  return { ...part, fields: { ...part.fields, NextToken: "" } };
}

export const commandActions: Actions = {
  CreateCommand(call) {
    const command = call.put(commands, { ...commandOf(call), id: assistantId(call, "c") });
    return { CommandId: command.id };
  },

  DeleteCommand(call) {
    call.remove(commands, needCommand(call));
    return {};
  },

  DescribeCommands(call) {
    const { params } = call;
    const id = params.text("CommandId");
    const name = params.text("Name")?.replaceAll("*", "");
    const type = params.text("Type");
    const rows = (id === undefined ? call.list(commands) : [call.find(commands, id) ?? []].flat()).filter(
      (row) =>
        (name === undefined || row.name.includes(name)) &&
        (type === undefined || row.type === type) &&
        matchesTags(call, row.tags),
    );
    const { rows: part, fields } = eitherPage(call, rows);
    const runs = new Map<string, number>();
    for (const { commandId } of call.list(invocations)) runs.set(commandId, (runs.get(commandId) ?? 0) + 1);
    return { ...fields, Commands: { Command: part.map((row) => view(call, row, runs.get(row.id) ?? 0)) } };
  },
};

function view(call: Call, row: Command, runs: number) {
  const names = row.enableParameter ? parameterNames(row.content) : [];
  return {
    CommandId: row.id,
    Name: row.name,
    Description: row.description,
    Type: row.type,
    CommandContent: shown(call, row.content),
    Timeout: row.timeout,
    WorkingDir: row.workingDir,
    EnableParameter: row.enableParameter,
    ParameterNames: { ParameterName: names },
    ParameterDefinitions: { ParameterDefinition: [] },
    InvokeTimes: runs,
    Category: "",
    Provider: "User",
    Version: 1,
    Latest: true,
    Launcher: "",
    ResourceGroupId: "",
    CreationTime: secondText(row.createdAt),
    Tags: { Tag: tagList(row.tags, "TagKey") },
  };
}

/** Names between {{ and }} in a command, each once; the cloud's own (ACS::...) are not among them. */
export function parameterNames(content: string): readonly string[] {
  const text = Buffer.from(content, "base64").toString();
  const found = [...text.matchAll(/\{\{\s*([A-Za-z0-9_-]+)\s*\}\}/g)].map(([, name = ""]) => name);
  return [...new Set(found)];
}
