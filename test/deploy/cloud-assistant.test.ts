import { describe, expect, test } from "vitest";
import { awaitAgents, runOnHosts } from "../../deploy/cloud-assistant.ts";
import { markerScript, markerState } from "../../deploy/markers.ts";
import { type AskedOfHost, hostsAnswer } from "../../sandbox/ecs/assistant-hosts.ts";
import { type Listening, listening, standingHosts } from "../preflight/cloud.ts";

const pace = { first: 5, longest: 20 };
const command = { name: "china test", script: "#!/bin/sh\nuptime\n", timeout: 60 };

async function hosts(cloud: Listening, names: readonly string[]): Promise<readonly string[]> {
  await standingHosts(cloud, names);
  const answer = (await cloud.client.call("ecs", "DescribeInstances", { RegionId: "cn-shanghai" })) as {
    readonly Instances: {
      readonly Instance: readonly { readonly InstanceId: string; readonly InstanceName: string }[];
    };
  };
  const found = answer.Instances.Instance;
  return names.map((name) => found.find((one) => one.InstanceName === name)?.InstanceId ?? "");
}

const options = (cloud: Listening) => ({ client: cloud.client, region: "cn-shanghai", pace });

describe("agents", () => {
  test("are waited for after a boot", async () => {
    const cloud = await listening();
    const [id = ""] = await hosts(cloud, ["host-a"]);
    await cloud.client.call("ecs", "RebootInstance", { InstanceId: id });
    const waits: string[] = [];
    const answering = await awaitAgents([id], {
      ...options(cloud),
      onWait: (waiting) => {
        waits.push(...waiting);
        cloud.cloud.clock.skip(120_000);
      },
    });
    expect(waits).toEqual([id]);
    expect([...answering]).toEqual([id]);
  });

  test("of a host that is off are given up", async () => {
    const cloud = await listening();
    const [on = "", off = ""] = await hosts(cloud, ["host-a", "host-b"]);
    await cloud.made("ecs", "StopInstance", { InstanceId: off });
    expect([...(await awaitAgents([on, off], options(cloud), 0.05))]).toEqual([on]);
  });
});

describe("a command", () => {
  test("comes back from each host with its own output, in the order asked", async () => {
    const cloud = await listening();
    const ids = await hosts(cloud, ["host-a", "host-b", "host-c"]);
    const seen: string[] = [];
    hostsAnswer(cloud.cloud.store, ({ instance, content }: AskedOfHost) => {
      seen.push(content.toString());
      return { exitCode: instance.id === ids[1] ? 3 : 0, output: `ich bin ${instance.id} 你好`, seconds: 1 };
    });
    const results = await runOnHosts([...ids].reverse(), command, options(cloud));
    expect(results.map(({ id }) => id)).toEqual([...ids].reverse());
    expect(results.map(({ status, exitCode }) => [status, exitCode])).toEqual([
      ["ok", 0],
      ["failed", 3],
      ["ok", 0],
    ]);
    expect(results[0]?.output).toBe(`ich bin ${ids[2]} 你好`);
    expect(new Set(seen)).toEqual(new Set([command.script]));
  });

  test("that takes too long, and a host that is off, are told apart", async () => {
    const cloud = await listening();
    const [on = "", off = ""] = await hosts(cloud, ["host-a", "host-b"]);
    await cloud.made("ecs", "StopInstance", { InstanceId: off });
    hostsAnswer(cloud.cloud.store, () => ({ exitCode: 0, output: "", seconds: 3_600 }));
    const waiting = { ...options(cloud), onWait: () => cloud.cloud.clock.skip(90_000) };
    const [slow, gone] = await runOnHosts([on, off], command, waiting);
    expect(slow).toMatchObject({ status: "timeout", code: "TaskTimeout" });
    expect(gone).toMatchObject({ status: "unreached", code: "InstanceNotRunning" });
  });

  test("whose first answer is lost runs once", async () => {
    const cloud = await listening();
    const [id = ""] = await hosts(cloud, ["host-a"]);
    let runs = 0;
    hostsAnswer(cloud.cloud.store, () => {
      runs++;
      return { exitCode: 0, output: "", seconds: 1 };
    });
    cloud.fault({ action: "RunCommand", effect: { kind: "lost-answer" }, times: 1 });
    expect(await runOnHosts([id], command, options(cloud))).toMatchObject([{ status: "ok" }]);
    expect(runs).toBe(1);
  });

  test("that is too long is refused before it is sent", async () => {
    const cloud = await listening();
    const long = { ...command, script: "x".repeat(14_000) };
    await expect(runOnHosts(["i-none"], long, options(cloud))).rejects.toThrow(/18432/);
  });

  test("for more hosts than one call takes is sent in parts", async () => {
    const asked: string[][] = [];
    const pages = new Map<string, readonly string[]>();
    const client = {
      async call(_api: string, action: string, parameters: Readonly<Record<string, unknown>>) {
        if (action === "RunCommand") {
          const ids = Object.entries(parameters).flatMap(([k, v]) => (k.startsWith("InstanceId.") ? [String(v)] : []));
          asked.push(ids);
          pages.set(`t-${asked.length}`, ids);
          return { InvokeId: `t-${asked.length}` };
        }
        const from = Number(parameters["NextToken"] ?? 0);
        const ids = pages.get(String(parameters["InvokeId"])) ?? [];
        const InvocationResult = ids
          .slice(from, from + 20)
          .map((InstanceId) => ({ InstanceId, InvocationStatus: "Success" }));
        const NextToken = from + 20 < ids.length ? String(from + 20) : "";
        return { Invocation: { NextToken, InvocationResults: { InvocationResult } } };
      },
    };
    const ids = Array.from({ length: 70 }, (_, i) => `i-${i}`);
    const results = await runOnHosts(ids, command, { client, region: "cn-shanghai", pace });
    expect(asked.map((part) => part.length)).toEqual([50, 20]);
    expect(results.every(({ status }) => status === "ok")).toBe(true);
    expect(results.map(({ id }) => id)).toEqual(ids);
  });

  test("is not waited for once it is to stop", async () => {
    const cloud = await listening();
    const [id = ""] = await hosts(cloud, ["host-a"]);
    const stop = new AbortController();
    hostsAnswer(cloud.cloud.store, () => ({ exitCode: 0, output: "", seconds: 3_000 }));
    const run = runOnHosts(
      [id],
      { ...command, timeout: 3_600 },
      { ...options(cloud), signal: stop.signal, onWait: () => stop.abort() },
    );
    await expect(run).rejects.toThrow();
  });
});

test("hosts of the local cloud do not answer for themselves", async () => {
  const cloud = await listening();
  const [id = ""] = await hosts(cloud, ["host-a"]);
  const asking = { name: "marker", script: markerScript, timeout: 30 };
  const [result] = await runOnHosts([id], asking, options(cloud));
  expect(markerState(result?.output ?? "?")).toEqual({ kind: "silent" });
});
