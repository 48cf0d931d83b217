import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import { cloudClient } from "../../deploy/cloud-client.ts";
import { clientEnvironment } from "../../sandbox/environment.ts";
import { homeOf } from "../../sandbox/home.ts";
import { accessOf, serve } from "../../sandbox/session.ts";
import { china, temporaryFolder } from "../support/command.ts";
import { sandboxCommand } from "../support/sandbox-command.ts";

const region = "cn-shanghai";

/** A sandbox in which a network and a disk have been made and a call was refused; nobody serves it any more. */
async function used() {
  const folder = temporaryFolder();
  const session = await serve(homeOf(folder), { speed: 600 });
  const access = await accessOf(session, "china");
  const authority = readFileSync(access.authority, "utf8");
  const client = cloudClient({ region, authority, environment: clientEnvironment(access) });
  await client.call("vpc", "CreateVpc", { RegionId: region, VpcName: "net", CidrBlock: "10.20.0.0/16" });
  const disk = { RegionId: region, ZoneId: "cn-shanghai-l", DiskName: "data", Size: 100, DiskCategory: "cloud_essd" };
  await client.call("ecs", "CreateDisk", disk);
  // Until the disk is there; the call after it is what keeps the time over the restart.
  session.cloud.clock.skip(60_000);
  await client.call("vpc", "DeleteVpc", { RegionId: region, VpcId: "vpc-none" }).catch(() => undefined);
  await session.close();
  return { folder, run: sandboxCommand(folder) };
}

describe("sandbox status", () => {
  test("an empty one says so", async () => {
    const { out } = await sandboxCommand()("status");
    expect(out).toBe("The sandbox is empty: nothing exists, nothing is billed.\n");
  });

  test("what exists, by region, with its price", async () => {
    const { run } = await used();
    const { out } = await run("status");
    expect(out).toMatch(/^cn-shanghai\n/);
    expect(out).toMatch(/^ *disk .*Available +0\.\d+ an hour$/m);
    expect(out).toMatch(/^ *network .*Available *$/m);
    for (const word of [/ data /, / d-\w+ /, / net /, / vpc-\w+ /]) expect(out).toMatch(word);
    expect(out).toMatch(/2 things, 1 of them billed while they exist/);
  });

  test("as JSON", async () => {
    const { run } = await used();
    const items = JSON.parse((await run("status", "--format", "json")).out);
    expect(items).toHaveLength(2);
    expect(items).toContainEqual(expect.objectContaining({ kind: "disk", name: "data", pay: "pay-as-you-go" }));
  });

  test("another format is refused", async () => {
    expect((await sandboxCommand()("status", "--format", "xml")).refusal).toMatch(/choices are terminal, json/);
  });
});

describe("sandbox calls", () => {
  test("none yet", async () => {
    expect((await sandboxCommand()("calls")).out).toBe("no calls yet\n");
  });

  test("what was called, newest last, and how it ended", async () => {
    const { run } = await used();
    const rows = (await run("calls")).out.trimEnd().split("\n").slice(1);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(/vpc +CreateVpc +cn-shanghai +ok /);
    expect(rows[1]).toMatch(/ecs +CreateDisk +cn-shanghai +ok /);
    expect(rows[2]).toMatch(/vpc +DeleteVpc +cn-shanghai +InvalidVpcI[dD]\.NotFound /);
    expect((await run("calls", "--most", "1")).out.trimEnd().split("\n")).toHaveLength(2);
    expect(JSON.parse((await run("calls", "--format", "json")).out)).toHaveLength(3);
  });
});

describe("sandbox policy", () => {
  test("the least that the calls so far needed, refused ones left out", async () => {
    const { run } = await used();
    const { Statement } = JSON.parse((await run("policy")).out);
    const actions = Statement.flatMap((one: { Action: string | string[] }) => one.Action);
    expect([...actions].sort()).toEqual(["ecs:CreateDisk", "vpc:CreateVpc"]);
  });

  test.each(["review", "deploy", "host", "pipeline"])("%s is a document of RAM", async (name) => {
    const { out } = await sandboxCommand()("policy", name);
    expect(JSON.parse(out)).toMatchObject({ Version: "1", Statement: expect.any(Array) });
  });

  test("before any call there is nothing to tell", async () => {
    expect((await sandboxCommand()("policy")).refusal).toMatch(/no call was made yet/);
  });

  test("a name that is none ends with 2", () => {
    const { status, stderr } = china(["sandbox", "policy", "admin"]);
    expect(stderr).toMatch(/no policy admin: write review, deploy, host or pipeline/);
    expect(status).toBe(2);
  });
});

describe("sandbox reset", () => {
  test("empties cloud, faults, calls and the state of every stack", async () => {
    const { run, folder } = await used();
    await run("faults", "add", "CreateVpc", "cut");
    expect((await run("reset")).out).toBe("the sandbox is empty\n");
    expect((await run("status")).out).toMatch(/is empty/);
    expect((await run("calls")).out).toBe("no calls yet\n");
    expect((await run("faults")).out).toMatch(/^nothing/);
    expect(readdirSync(homeOf(folder).backend)).toEqual([]);
  });

  test("one that is served elsewhere is emptied there", async () => {
    const { folder, run } = await used();
    const session = await serve(homeOf(folder), {});
    onTestFinished(() => session.close());
    expect(await session.ask({ ask: "inventory" })).toHaveLength(2);
    expect((await run("reset")).refusal).toBe("");
    expect(await session.ask({ ask: "inventory" })).toEqual([]);
  });
});
