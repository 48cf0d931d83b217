import { describe, expect, test } from "vitest";
import { ask } from "../../../sandbox/control.ts";
import { type Client, testAccount } from "../client.ts";
import { newHost, newPlace, stoppedHost } from "./place.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const script = { Type: "RunShellScript", ContentEncoding: "Base64", CommandContent: base64("uptime"), Timeout: 60 };

/** A host, and a machine that stands for it. */
async function hostWithMachine() {
  const place = await newPlace();
  const id = await newHost(place);
  const { client } = place;
  const orders = (...more: string[]) => ask(client.cloud, { ask: "agent-orders", instances: [id, ...more] });
  orders();
  const run = async (more: object = {}) => {
    const { InvokeId } = await client.ok("ecs", "RunCommand", { InstanceId: [id], ...script, ...more });
    return String(InvokeId);
  };
  const tell = (invocation: string, exitCode: number, output: string, timedOut = false) => {
    const result = {
      account: testAccount,
      invocation,
      instance: id,
      exitCode,
      output: base64(output),
      timedOut,
    };
    ask(client.cloud, { ask: "agent-result", result });
  };
  return { place, client, id, orders, run, tell };
}

async function resultOf(client: Client, InvokeId: string) {
  const { Invocation } = await client.ok("ecs", "DescribeInvocationResults", { InvokeId });
  return Invocation?.["InvocationResults"]?.["InvocationResult"]?.[0];
}

describe("a command for a host that a machine stands for", () => {
  test("is fetched once, runs until the machine answers, and ends as that says", async () => {
    const { client, id, orders, run, tell } = await hostWithMachine();
    const invocation = await run({ Username: "app", WorkingDir: "/srv" });
    const task = { invocation, instance: id, type: "RunShellScript", content: base64("uptime"), timeout: 60 };
    expect(orders().tasks).toMatchObject([{ ...task, username: "app", directory: "/srv" }]);
    expect(orders().tasks).toEqual([]);
    // A machine's minute is longer in the cloud, whose time runs faster.
    client.cloud.clock.skip(50_000 * client.cloud.clock.speed);
    expect(await resultOf(client, invocation)).toMatchObject({ InvocationStatus: "Running", Output: "" });
    tell(invocation, 3, "no such file");
    expect(await resultOf(client, invocation)).toMatchObject({
      ...{ InvocationStatus: "Failed", ExitCode: 3, ErrorCode: "ExitCodeNonzero" },
      Output: base64("no such file"),
    });
  });

  test("times out: by the machine's word, or when the machine says nothing any more", async () => {
    const { client, orders, run, tell } = await hostWithMachine();
    const [told, silent] = [await run(), await run()];
    orders();
    tell(told, 124, "half", true);
    client.cloud.clock.skip(75_000 * client.cloud.clock.speed);
    for (const [invocation, output] of [
      [told, "half"],
      [silent, ""],
    ] as const) {
      expect(await resultOf(client, invocation)).toMatchObject({
        ...{ InvocationStatus: "Timeout", ErrorCode: "TaskTimeout", Output: base64(output) },
      });
    }
  });

  test("is stopped on the machine, or never gets there", async () => {
    const { client, orders, run, tell } = await hostWithMachine();
    const begun = await run();
    orders();
    const waiting = await run();
    for (const InvokeId of [begun, waiting]) await client.ok("ecs", "StopInvocation", { InvokeId });
    expect(orders()).toEqual({ tasks: [], stopped: [begun] });
    expect(orders()).toEqual({ tasks: [], stopped: [] });
    client.cloud.clock.skip(1_000);
    tell(begun, 143, "");
    for (const id of [begun, waiting]) {
      expect(await resultOf(client, id)).toMatchObject({ InvocationStatus: "Terminated" });
    }
  });

  test("may be a file: a script writes it", async () => {
    const { client, id, orders } = await hostWithMachine();
    const file = { Name: "it's.toml", TargetDir: "/etc/a b", Content: "x = 1\n", FileMode: "0600" };
    await client.ok("ecs", "SendFile", { InstanceId: [id], ...file });
    const [task] = orders().tasks;
    expect(task?.type).toBe("RunShellScript");
    const lines = Buffer.from(task?.content ?? "", "base64")
      .toString()
      .split("\n");
    expect(lines).toContain("base64 -d >'/etc/a b/it'\\''s.toml' <<'END'");
    expect(lines).toContain(base64("x = 1\n"));
    expect(lines).toContain("chmod '0600' '/etc/a b/it'\\''s.toml'");
  });
});

test("the others are simulated, and so is the host again when its machine has ended", async () => {
  const { place, client, id, orders, run } = await hostWithMachine();
  const other = await newHost(place);
  const { InvokeId } = await client.ok("ecs", "RunCommand", { InstanceId: [other], ...script });
  expect(orders(other).tasks).toEqual([]);
  client.cloud.clock.skip(5_000);
  expect(await resultOf(client, String(InvokeId))).toMatchObject({ InvocationStatus: "Success", Output: "" });
  ask(client.cloud, { ask: "agent-end", instances: [id, other] });
  const invocation = await run();
  client.cloud.clock.skip(5_000);
  expect(await resultOf(client, invocation)).toMatchObject({ InvocationStatus: "Success", Output: "" });
});

test("a machine answers at once after its boot, and never for a host that is stopped", async () => {
  const { place, client, id, orders } = await hostWithMachine();
  await client.ok("ecs", "RebootInstance", { InstanceId: id });
  client.cloud.clock.skip(20_000);
  const off = await stoppedHost(place);
  orders(off);
  const answer = await client.ok("ecs", "DescribeCloudAssistantStatus", { InstanceId: [id, off] });
  const rows = answer["InstanceCloudAssistantStatusSet"]?.["InstanceCloudAssistantStatus"] ?? [];
  expect(rows.map((row) => row["CloudAssistantStatus"])).toEqual(["true", "false"]);
  const { InvokeId } = await client.ok("ecs", "RunCommand", { InstanceId: [off], ...script });
  expect(await resultOf(client, String(InvokeId))).toMatchObject({ ErrorCode: "InstanceNotRunning" });
});
