import { describe, expect, test } from "vitest";
import { type AskedOfHost, hostsAnswer } from "../../../sandbox/ecs/assistant-hosts.ts";
import type { Client } from "../client.ts";
import { hostIn, newHost, newPlace, stoppedHost } from "./place.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const script = { Type: "RunShellScript", ContentEncoding: "Base64", CommandContent: base64("uptime") };

async function result(client: Client, InvokeId: unknown) {
  const { Invocation } = await client.ok("ecs", "DescribeInvocationResults", { InvokeId });
  return Invocation?.["InvocationResults"]?.["InvocationResult"]?.[0];
}

async function agents(client: Client, id: string) {
  const answer = await client.ok("ecs", "DescribeCloudAssistantStatus", { InstanceId: [id] });
  const [row] = answer["InstanceCloudAssistantStatusSet"]?.["InstanceCloudAssistantStatus"] ?? [];
  return row?.["CloudAssistantStatus"];
}

describe("the agent", () => {
  test("answers a while after the boot", async () => {
    const place = await newPlace();
    const { client } = place;
    const { InstanceIdSets } = await client.ok("ecs", "RunInstances", hostIn(place));
    const id = String(InstanceIdSets?.["InstanceIdSet"]?.[0]);
    client.cloud.clock.skip(25_000);
    expect(await agents(client, id)).toBe("false");
    const { InvokeId } = await client.ok("ecs", "RunCommand", { InstanceId: [id], ...script });
    expect(await result(client, InvokeId)).toMatchObject({
      InvokeRecordStatus: "Failed",
      ErrorCode: "ClientNotRunning",
    });
    client.cloud.clock.skip(30_000);
    expect(await agents(client, id)).toBe("true");
  });

  test("is gone while the host is off, and after a reboot for a while", async () => {
    const place = await newPlace();
    const { client } = place;
    const off = await stoppedHost(place);
    expect(await agents(client, off)).toBe("false");
    const { InvokeId } = await client.ok("ecs", "RunCommand", { InstanceId: [off], ...script });
    expect((await result(client, InvokeId))?.["ErrorCode"]).toBe("InstanceNotRunning");
    const id = await newHost(place);
    await client.ok("ecs", "RebootInstance", { InstanceId: id });
    client.cloud.clock.skip(20_000);
    expect(await agents(client, id)).toBe("false");
  });
});

describe("a run", () => {
  test("goes on for a moment and succeeds without a word", async () => {
    const place = await newPlace();
    const { client } = place;
    const id = await newHost(place);
    const { InvokeId } = await client.ok("ecs", "RunCommand", { InstanceId: [id], ...script });
    const running = await result(client, InvokeId);
    expect(running).toMatchObject({ InvokeRecordStatus: "Running", InvocationStatus: "Running", Output: "" });
    expect(running).not.toHaveProperty("ExitCode");
    client.cloud.clock.skip(5_000);
    expect(await result(client, InvokeId)).toMatchObject({
      InvokeRecordStatus: "Finished",
      InvocationStatus: "Success",
      ExitCode: 0,
      Output: "",
      ErrorCode: "",
    });
  });

  test("is answered by whatever takes the host's place", async () => {
    const place = await newPlace();
    const { client } = place;
    const id = await newHost(place);
    const seen: AskedOfHost[] = [];
    hostsAnswer(client.cloud.store, (asked) => {
      seen.push(asked);
      return { exitCode: 3, output: "no such file", seconds: 2 };
    });
    const { InvokeId } = await client.ok("ecs", "RunCommand", { InstanceId: [id], ...script, Username: "app" });
    client.cloud.clock.skip(2_000);
    expect(seen.map(({ instance, content, username }) => [instance.id, content.toString(), username])).toEqual([
      [id, "uptime", "app"],
    ]);
    expect(await result(client, InvokeId)).toMatchObject({
      InvocationStatus: "Failed",
      ExitCode: 3,
      Output: base64("no such file"),
      ErrorCode: "ExitCodeNonzero",
    });
    const plain = await client.ok("ecs", "DescribeInvocationResults", { InvokeId, ContentEncoding: "PlainText" });
    const [row] = plain["Invocation"]?.["InvocationResults"]?.["InvocationResult"] ?? [];
    expect(row?.["Output"]).toBe("no such file");
  });

  test("ends with its own timeout", async () => {
    const place = await newPlace();
    const { client } = place;
    const id = await newHost(place);
    hostsAnswer(client.cloud.store, () => ({ exitCode: 0, output: "", seconds: 100 }));
    const { InvokeId } = await client.ok("ecs", "RunCommand", { InstanceId: [id], ...script, Timeout: 60 });
    client.cloud.clock.skip(60_000);
    expect(await result(client, InvokeId)).toMatchObject({ InvocationStatus: "Timeout", ErrorCode: "TaskTimeout" });
  });

  test("can be stopped", async () => {
    const place = await newPlace();
    const { client } = place;
    const id = await newHost(place);
    const { InvokeId } = await client.ok("ecs", "RunCommand", { InstanceId: [id], ...script });
    await client.ok("ecs", "StopInvocation", { InvokeId });
    expect(await result(client, InvokeId)).toMatchObject({
      InvokeRecordStatus: "Stopped",
      InvocationStatus: "Terminated",
    });
    expect((await client.call("ecs", "StopInvocation", { InvokeId: "t-none" })).code).toBe("InvalidInvokeId.NotFound");
  });

  test("on several hosts may fail in part", async () => {
    const place = await newPlace();
    const { client } = place;
    const ids = [await newHost(place), await stoppedHost(place)];
    const { InvokeId } = await client.ok("ecs", "RunCommand", { InstanceId: ids, ...script });
    client.cloud.clock.skip(10_000);
    const { Invocations } = await client.ok("ecs", "DescribeInvocations", { InvokeId });
    expect(Invocations?.["Invocation"]?.[0]).toMatchObject({ InvocationStatus: "PartialFailed", InvokeId });
  });

  test.each([
    ["InvalidInstance.NotFound", 404, { InstanceId: ["i-none"] }],
    ["MissingParam.InstanceId", 400, { InstanceId: undefined }],
    ["InvalidCmdType.NotFound", 404, { Type: "RunLisp" }],
    ["CmdContent.ExceedLimit", 403, { CommandContent: base64("x".repeat(14 * 1024)) }],
    ["InvalidParameter.CommandContent", 400, { CommandContent: "%%%" }],
    ["InvalidParameter.Timeout", 400, { Timeout: 5 }],
    ["MissingParam.Frequency", 400, { Timed: true }],
    ["Parameter.Disabled", 400, { Parameters: '{"a":"b"}' }],
  ])("%s", async (code, status, more) => {
    const place = await newPlace();
    const id = await newHost(place);
    const answer = await place.client.call("ecs", "RunCommand", { InstanceId: [id], ...script, ...more });
    expect({ code: answer.code, status: answer.status }).toEqual({ code, status });
  });

  test("a command of exactly 18 KB after base64 goes through", async () => {
    const place = await newPlace();
    const id = await newHost(place);
    const CommandContent = base64("x".repeat((18 * 1024 * 3) / 4));
    await place.client.ok("ecs", "RunCommand", { InstanceId: [id], ...script, CommandContent });
  });
});

describe("a command that is kept", () => {
  test("is made, listed, run with parameters and deleted", async () => {
    const place = await newPlace();
    const { client } = place;
    const id = await newHost(place);
    const seen: string[] = [];
    hostsAnswer(client.cloud.store, ({ content }) => {
      seen.push(content.toString());
      return { exitCode: 0, output: "", seconds: 1 };
    });
    const { CommandId } = await client.ok("ecs", "CreateCommand", {
      Name: "greet",
      Type: "RunShellScript",
      CommandContent: base64("echo {{ name }}"),
      EnableParameter: true,
      WorkingDir: "/root",
      Timeout: 120,
    });
    const { Commands } = await client.ok("ecs", "DescribeCommands", { CommandId });
    expect(Commands?.["Command"]).toMatchObject([
      {
        CommandId,
        Name: "greet",
        Type: "RunShellScript",
        CommandContent: base64("echo {{ name }}"),
        EnableParameter: true,
        ParameterNames: { ParameterName: ["name"] },
        Timeout: 120,
        WorkingDir: "/root",
      },
    ]);
    const run = { CommandId, InstanceId: [id], Parameters: '{"name":"world"}' };
    const { InvokeId } = await client.ok("ecs", "InvokeCommand", run);
    client.cloud.clock.skip(5_000);
    expect(seen).toEqual(["echo world"]);
    const { Invocations } = await client.ok("ecs", "DescribeInvocations", { InvokeId });
    // The provider unmarshals Parameters as JSON, and takes the hosts from InvokeInstances.
    expect(Invocations?.["Invocation"]?.[0]).toMatchObject({
      CommandId,
      InvocationStatus: "Success",
      Parameters: '{"name":"world"}',
      RepeatMode: "Once",
      Timed: false,
      InvokeInstances: { InvokeInstance: [{ InstanceId: id, InvocationStatus: "Success" }] },
    });
    const wrong = await client.call("ecs", "InvokeCommand", { ...run, Parameters: '{"other":"x"}' });
    expect(wrong.code).toBe("Parameter.NotMatched");
    await client.ok("ecs", "DeleteCommand", { CommandId });
    expect((await client.call("ecs", "DeleteCommand", { CommandId })).code).toBe("InvalidCmdId.NotFound");
    expect((await client.call("ecs", "InvokeCommand", run)).code).toBe("InvalidCmdId.NotFound");
  });

  test("RunCommand keeps one only when it is told to", async () => {
    const place = await newPlace();
    const { client } = place;
    const id = await newHost(place);
    await client.ok("ecs", "RunCommand", { InstanceId: [id], ...script });
    expect((await client.ok("ecs", "DescribeCommands"))["TotalCount"]).toBe(0);
    await client.ok("ecs", "RunCommand", { InstanceId: [id], ...script, KeepCommand: true });
    expect((await client.ok("ecs", "DescribeCommands"))["TotalCount"]).toBe(1);
  });

  test("a timed one is scheduled until it is stopped", async () => {
    const place = await newPlace();
    const { client } = place;
    const id = await newHost(place);
    const timed = { InstanceId: [id], ...script, RepeatMode: "Period", Frequency: "rate(5m)" };
    const { InvokeId } = await client.ok("ecs", "RunCommand", timed);
    const { Invocations } = await client.ok("ecs", "DescribeInvocations", { InvokeId });
    expect(Invocations?.["Invocation"]?.[0]).toMatchObject({ InvocationStatus: "Scheduled", Timed: true });
  });
});

describe("a file", () => {
  test("is sent and told of", async () => {
    const place = await newPlace();
    const { client } = place;
    const id = await newHost(place);
    const file = {
      InstanceId: [id],
      Name: "job.toml",
      TargetDir: "/etc",
      Content: base64("a = 1"),
      ContentType: "Base64",
    };
    const { InvokeId } = await client.ok("ecs", "SendFile", file);
    client.cloud.clock.skip(5_000);
    const { Invocations } = await client.ok("ecs", "DescribeSendFileResults", { InvokeId });
    expect(Invocations?.["Invocation"]).toMatchObject([
      {
        InvokeId,
        Name: "job.toml",
        TargetDir: "/etc",
        FileOwner: "root",
        InvocationStatus: "Success",
        VmCount: 1,
        InvokeInstances: { InvokeInstance: [{ InstanceId: id, InvocationStatus: "Success" }] },
      },
    ]);
    expect((await client.ok("ecs", "DescribeInvocations"))["TotalCount"]).toBe(0);
  });

  test("has a limit", async () => {
    const place = await newPlace();
    const id = await newHost(place);
    const file = { InstanceId: [id], Name: "big", TargetDir: "/tmp", Content: "x".repeat(25 * 1024) };
    expect((await place.client.call("ecs", "SendFile", file)).code).toBe("FileContent.ExceedLimit");
  });
});
