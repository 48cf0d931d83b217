import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { disks, instances } from "../../sandbox/ecs/rows.ts";
import { billed } from "../../sandbox/inventory.ts";
import { addresses, vpcs, vSwitches } from "../../sandbox/vpc/rows.ts";
import { smallSettings } from "../support/stacks.ts";
import { isWrite } from "./interrupted.ts";
import type { Ran, RunOptions } from "./sandbox.ts";
import { Deployed } from "./stacks/deployed.ts";

/** Each kind of thing that is protected: a data disk, the address of the way out, a host and a database. */
function guarded() {
  const settings = smallSettings();
  const { workers } = settings.hosts;
  return {
    ...settings,
    network: { ...settings.network, wayOut: "nat" },
    hosts: {
      workers: {
        ...workers,
        count: 1,
        deletionProtection: true,
        dataDisk: { GiB: 40, mount: "/data", snapshots: { at: "03:00", keepDays: 7 } },
      },
    },
    timeSeries: {
      lindorm: { generation: 1, nodes: 2, node: "lindorm.g.xlarge", storage: { kind: "standard", GiB: 160 } },
      pay: "pay-as-you-go",
      reachableFrom: ["workers"],
    },
  };
}

describe("npm run destroy, in the local cloud", () => {
  let deployed: Deployed;
  beforeAll(async () => {
    deployed = await Deployed.open("test");
    const { timeSeries: _, ...withoutDatabase } = guarded();
    await deployed.up(withoutDatabase);
    await databaseMade();
  });
  afterAll(() => deployed.close());

  const destroy = (flags: readonly string[], options: RunOptions = {}): Promise<Ran> => {
    const file = deployed.sandbox.stackFile(guarded());
    return deployed.sandbox.china(["destroy", "test", "--sandbox", "--config", file, ...flags], options);
  };

  /** As the engine would make it, and sooner: the provider waits a minute for each. */
  async function databaseMade(): Promise<void> {
    const console = deployed.console();
    const { id: VSwitchId, vpcId: VPCId, zone: ZoneId } = deployed.row(vSwitches, "network-cn-shanghai-l");
    const storage = { DiskCategory: "cloud_efficiency", InstanceStorage: "160" };
    const nodes = { TsdbNum: "2", TsdbSpec: "lindorm.g.xlarge", PayType: "POSTPAY" };
    const order = { InstanceAlias: "china-test-time-series", ...storage, ...nodes, ZoneId, VPCId, VSwitchId };
    const { InstanceId } = await console.ok("lindorm", "CreateLindormInstance", order);
    deployed.sandbox.cloud.clock.skip(3_600_000);
    await console.ok("lindorm", "UpdateLindormInstanceAttribute", { InstanceId, DeletionProtection: true });
    const file = deployed.sandbox.stackFile(guarded());
    await deployed.sandbox.ok(["import", "test", "time-series-lindorm", String(InstanceId), "--config", file]);
  }

  test("nobody there, or another name: everything is named, nothing is touched", async () => {
    const before = await deployed.things();
    const writes = deployed.writes().length;
    for (const flags of [["--yes"], ["--yes", "tset"]]) {
      expect(await destroy(flags)).toMatchObject({ status: 2, text: expect.stringMatching(/repeat it, --yes test/) });
    }
    const { status, text } = await destroy([]);
    expect({ status, text }).toMatchObject({ status: 2 });
    expect(text).toMatch(/host +workers-01 +ecs.g7.xlarge, 10\.20\.\S+ +with its system disk/);
    expect(text).toMatch(/data disk +workers-01-data +40 GiB +NO SNAPSHOT: all its data is lost/);
    expect(text).toMatch(/database +time-series-lindorm +Lindorm ld-\S+ +all its data is lost/);
    expect(text).toMatch(/address +network-address +\d+\.\S+/);
    expect(text).toMatch(/stops +[\d.,]+ CNY a month, at least/);
    expect(text).toMatch(/npm run destroy -- test --sandbox --config \S+ --yes test/);
    expect(await deployed.things()).toEqual(before);
    expect(deployed.writes()).toHaveLength(writes);
    expect(deployed.row(addresses, "network-address").deletionProtection).toBe(true);
  });

  test("somebody else's vSwitch in its network is named before anything is touched", async () => {
    const client = deployed.console();
    const vpc = deployed.row(vpcs, "network-vpc");
    const theirs = { VpcId: vpc.id, ZoneId: "cn-shanghai-l", CidrBlock: "10.20.240.0/24", VSwitchName: "theirs" };
    const { VSwitchId } = await client.ok("vpc", "CreateVSwitch", theirs);
    deployed.sandbox.cloud.clock.skip(60_000);
    const { status, text } = await destroy(["--yes", "test"]);
    expect({ status, text }).toMatchObject({ status: 1 });
    expect(text).toMatch(new RegExp(`vSwitch +${VSwitchId} +theirs +network-vpc`));
    expect(deployed.rows(instances)).toHaveLength(1);
    await client.ok("vpc", "DeleteVSwitch", { VSwitchId: String(VSwitchId) });
    expect(deployed.rows(vSwitches)).toHaveLength(1);
  });

  test("killed when the first things are gone, it goes on and leaves an empty cloud", {
    timeout: 240_000,
  }, async () => {
    let kill = () => {};
    const stop = deployed.sandbox.cloud.log.follow((call) => {
      if (isWrite(call) && /^Delete|^Release/.test(call.action)) kill();
    });
    const killed = await destroy(["--yes", "test"], {
      onStart: (given) => {
        kill = given;
      },
    });
    stop();
    expect(killed).toMatchObject({ status: 137, text: expect.stringMatching(/Lifting the protection of/) });
    const { status, text } = await destroy(["--yes", "test"]);
    expect({ status, text }).toMatchObject({ status: 0, text: expect.stringMatching(/nothing is left over/) });
    expect(billed(await deployed.sandbox.inventory())).toEqual([]);
    expect(deployed.rows(disks)).toEqual([]);
    deployed.sandbox.cloud.clock.skip(3_600_000);
    expect(await deployed.sandbox.inventory()).toEqual([]);
    expect(await destroy(["--yes", "test"])).toMatchObject({ status: 0, text: expect.stringMatching(/holds nothing/) });
  });
});
