/**
 * Calls a second that the sandbox answers with 10,000 hosts in it: npm run bench:sandbox. The sandbox is a process of its
 * own, this one sends the load over loopback, over kept connections, with real signatures. Bounded by the number of calls.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ProductName, signedBody } from "../sandbox/wire.ts";

const hosts = 10_000;
const calls = Number(process.argv[2] ?? 20_000);
const connections = 16;
const region = "cn-shanghai";
const zone = "cn-shanghai-l";

interface Server {
  readonly process: ChildProcess;
  readonly port: number;
  readonly key: { readonly id: string; readonly secret: string };
}

const agent = new Agent({ keepAlive: true, maxSockets: connections });

type Answer = Readonly<Record<string, string>> & { readonly InstanceIdSets?: { readonly InstanceIdSet: string[] } };

function send(port: number, body: string): Promise<{ status: number; json: Answer; ms: number }> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...{ host: "127.0.0.1", port, method: "POST", path: "/", agent },
        headers: { "content-type": "application/x-www-form-urlencoded", "content-length": Buffer.byteLength(body) },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const ms = performance.now() - began;
          resolve({ status: response.statusCode ?? 0, json: JSON.parse(Buffer.concat(chunks).toString()), ms });
        });
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

async function start(folder: string): Promise<Server> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "sandbox-server.ts"), folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString()));
    child.once("exit", (code) => reject(new Error(`the sandbox ended with ${code}`)));
  });
  return { process: child, ...JSON.parse(line) };
}

function body(server: Server, product: ProductName, action: string, parameters: object): string {
  return signedBody(server.key, region, product, action, parameters);
}

async function fill(server: Server): Promise<{ ids: string[]; vSwitch: string; group: string; vpc: string }> {
  const ok = async (product: ProductName, action: string, parameters: object) => {
    const { status, json } = await send(server.port, body(server, product, action, parameters));
    if (status !== 200) throw new Error(`${action}: ${JSON.stringify(json)}`);
    return json;
  };
  const vpc = String((await ok("vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8" }))["VpcId"]);
  await new Promise((resolve) => setTimeout(resolve, 500));
  let group = "";
  const vSwitch = String(
    (await ok("vpc", "CreateVSwitch", { VpcId: vpc, ZoneId: zone, CidrBlock: "10.0.0.0/16" }))["VSwitchId"],
  );
  await new Promise((resolve) => setTimeout(resolve, 500));
  const ids: string[] = [];
  for (let n = 0; n < hosts / 100; n += 1) {
    // A basic security group takes 2,000 addresses.
    if (n % 20 === 0) group = String((await ok("ecs", "CreateSecurityGroup", { VpcId: vpc }))["SecurityGroupId"]);
    const answer = await ok("ecs", "RunInstances", {
      ...{ ZoneId: zone, VSwitchId: vSwitch, SecurityGroupId: group, Amount: 100 },
      ...{ InstanceType: "ecs.g7.large", ImageId: "ubuntu_24_04_x64_20G_alibase_20260916.vhd" },
      ...{ "SystemDisk.Category": "cloud_essd", "SystemDisk.Size": 40, InstanceName: `load-${n}` },
    });
    ids.push(...(answer.InstanceIdSets?.InstanceIdSet ?? []));
  }
  return { ids, vSwitch, group, vpc };
}

/** What a deployment and its refresh send: mostly reads of one thing, some lists, one write in five. */
function load(server: Server, of: Awaited<ReturnType<typeof fill>>): string[] {
  const pick = (n: number) => of.ids[(n * 7919) % of.ids.length] ?? "";
  const kinds: ((n: number) => string)[] = [
    (n) => body(server, "ecs", "DescribeInstances", { InstanceIds: JSON.stringify([pick(n)]) }),
    (n) => body(server, "ecs", "DescribeDisks", { InstanceId: pick(n), DiskType: "system" }),
    (n) => body(server, "ecs", "DescribeUserData", { InstanceId: pick(n) }),
    () => body(server, "vpc", "DescribeVpcAttribute", { VpcId: of.vpc }),
    () => body(server, "vpc", "DescribeVSwitchAttributes", { VSwitchId: of.vSwitch }),
    () => body(server, "ecs", "DescribeSecurityGroupAttribute", { SecurityGroupId: of.group }),
    (n) => body(server, "ecs", "DescribeInstances", { PageSize: 10, PageNumber: 1 + (n % 100) }),
    (n) => body(server, "ecs", "DescribeInstanceAttribute", { InstanceId: pick(n) }),
    (n) =>
      body(server, "ecs", "TagResources", {
        ResourceType: "instance",
        ResourceId: [pick(n)],
        Tag: [{ Key: "n", Value: n }],
      }),
    (n) => body(server, "ecs", "ModifyInstanceAttribute", { InstanceId: pick(n), Description: randomUUID() }),
  ];
  return Array.from({ length: calls }, (_, n) => kinds[n % kinds.length]?.(n) ?? "");
}

const folder = mkdtempSync(join(tmpdir(), "china-load-"));
const server = await start(folder);
try {
  const filling = performance.now();
  const of = await fill(server);
  const filled = (performance.now() - filling) / 1000;
  const bodies = load(server, of);
  const times: number[] = [];
  let failed = 0;
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < bodies.length) {
        const { status, ms } = await send(server.port, bodies[next++] ?? "");
        times.push(ms);
        if (status !== 200) failed += 1;
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  times.sort((a, b) => a - b);
  const percentile = (p: number) => (times[Math.floor(times.length * p)] ?? 0).toFixed(1);
  process.stdout.write(
    `${hosts} hosts and as many disks, filled in ${filled.toFixed(1)} s\n` +
      `${calls} calls over ${connections} connections, one in five a write: ${(calls / seconds).toFixed(0)} calls/s, ` +
      `p50 ${percentile(0.5)} ms, p99 ${percentile(0.99)} ms, longest ${percentile(0.99999)} ms, ${failed} failed\n`,
  );
} finally {
  agent.destroy();
  server.process.kill();
  rmSync(folder, { recursive: true, force: true });
}
