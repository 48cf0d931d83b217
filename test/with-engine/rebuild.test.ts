import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AskedOfHost, hostsAnswer } from "../../sandbox/ecs/assistant-hosts.ts";
import { disks, instances } from "../../sandbox/ecs/rows.ts";
import { smallSettings } from "../support/stacks.ts";
import type { Ran } from "./sandbox.ts";
import { Deployed, touched, withGroup } from "./stacks/deployed.ts";

const standing = withGroup(smallSettings(), {
  dataDisk: { GiB: 20, snapshots: "none" },
  // The provider never lifts it: a rebuild has to.
  deletionProtection: true,
});
/** A newer image in the file, which hosts take at their next rebuild. */
const newImage = "ubuntu_22_04_x64_20G_alibase_20260916.vhd";
const file = withGroup(standing, { image: newImage });

describe("npm run deploy -- --rebuild, in the local cloud", () => {
  let deployed: Deployed;
  beforeAll(async () => {
    deployed = await Deployed.open("test");
    await deployed.up(standing);
  });
  afterAll(() => deployed.close());

  const deploy = (flags: readonly string[], onStart: (kill: () => void) => void = () => {}): Promise<Ran> => {
    const args = ["deploy", "test", "--sandbox", "--config", deployed.sandbox.stackFile(file), ...flags];
    return deployed.sandbox.china(args, { onStart });
  };
  const host = (key: string) => deployed.row(instances, key);

  test("sold out: refused before anything changes, with what else there is; so is a host that is none", async () => {
    const before = await deployed.things();
    expect(await deploy(["--rebuild", "workers-03", "--yes"])).toMatchObject({
      status: 2,
      text: expect.stringMatching(/no such host; it has workers-01, workers-02/),
    });
    await deployed.sandbox.ok(["faults", "sold-out", "cn-shanghai-l", "ecs.g7.xlarge"]);
    const { status, text } = await deploy(["--rebuild", "workers-01", "--yes"]);
    expect({ status, text }).toMatchObject({ status: 1, text: expect.stringMatching(/sold out now/) });
    expect(text).toMatch(/--despite instance-stock/);
    await deployed.sandbox.ok(["faults", "clear"]);
    expect(await deployed.things()).toEqual(before);
  });

  test("a lost host comes back; a standing one is made anew after it, and keeps its data disk", async () => {
    const before = await deployed.things();
    const { privateIp } = host("workers-01");
    const lost = { InstanceId: host("workers-02").id };
    await deployed.console().ok("ecs", "ModifyInstanceAttribute", { ...lost, DeletionProtection: false });
    await deployed.console().ok("ecs", "DeleteInstance", { ...lost, Force: true });
    deployed.sandbox.cloud.clock.skip(120_000);
    let kill = () => {};
    const seen: string[] = [];
    const stop = deployed.sandbox.cloud.log.follow(({ action, outcome }) => {
      if (action === "DeleteInstance") kill();
      if (["RunCommand", "RunInstances"].includes(action) && outcome.startsWith("ok")) seen.push(action);
    });
    const killed = await deploy(["--rebuild", "workers-02,workers-01", "--yes"], (given) => {
      kill = given;
    });
    stop();
    // Killed when the old one has just gone: the state does not know it yet.
    expect(killed).toMatchObject({ status: 137 });
    expect(killed.text).toMatch(/! workers-02 \(.*\): i-\S+ is not in the cloud any more; it is made again/);
    expect(killed.text).toMatch(
      /! workers-01 \(ecs.g7.xlarge, 10\.20\.\S+, made 20.* UTC\) is made anew: its system disk of 40 GiB/,
    );
    expect(killed.text).toMatch(/workers-01: its data disk of 20 GiB stays/);
    // The first was asked for its marker before the second was made.
    expect(seen).toEqual(["RunInstances", "RunCommand", "RunInstances"]);
    expect(touched(before, await deployed.things())).toEqual(["± host workers-01", "± host workers-02"]);
    for (const key of ["workers-01", "workers-02"]) {
      expect(deployed.row(disks, `${key}-data`)).toMatchObject({ instanceId: host(key).id });
      expect(host(key)).toMatchObject({ imageId: newImage, deletionProtection: true });
    }
    expect(host("workers-01").privateIp).not.toBe(privateIp);
  });

  test("killed, it goes on from there; a host that is not ready keeps the next from being begun", async () => {
    const before = await deployed.things();
    const next = host("workers-02").id;
    hostsAnswer(deployed.sandbox.cloud.store, (asked) => failing(asked, next));
    const { status, text } = await deploy(["--rebuild", "workers-01,workers-02", "--yes"]);
    expect({ status, text }).toMatchObject({ status: 1 });
    expect(text).toMatch(/workers-01: the new one stands already, by a run that was cut short/);
    expect(text).toMatch(/workers-01: rerun, step docker failed/);
    expect(text).toMatch(/workers-01 is not ready[\s\S]*\nNot begun, and as before: workers-02/);
    expect(await deployed.things()).toEqual(before);
  });

  test("a deployment after it changes nothing", async () => {
    hostsAnswer(deployed.sandbox.cloud.store, () => ({ exitCode: 0, output: "", seconds: 1 }));
    expect(await deploy([])).toMatchObject({ status: 0, text: expect.stringMatching(/No changes/) });
  });

  /** A marker that says that the bootstrap has failed. */
  function failing({ instance, content }: AskedOfHost, bad: string) {
    expect(instance.id).not.toBe(bad);
    expect(content.toString()).toContain("china-marker");
    const times = { startedAt: "2026-11-25T06:00:00Z", finishedAt: "2026-11-25T06:04:00Z" };
    const failed = { failedStep: "docker", message: "no route to host" };
    const marker = {
      schema: 1,
      settings: "0".repeat(64),
      result: "failed",
      ...failed,
      ...times,
      steps: [],
      versions: {},
    };
    return { exitCode: 0, output: `china-marker 1\nidle\n${JSON.stringify(marker)}\n`, seconds: 1 };
  }
});
