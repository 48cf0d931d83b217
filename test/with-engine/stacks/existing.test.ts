import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { instances } from "../../../sandbox/ecs/rows.ts";
import { vpcs, vSwitches } from "../../../sandbox/vpc/rows.ts";
import { smallSettings } from "../../support/stacks.ts";
import { Deployed, withGroup } from "./deployed.ts";

describe("a network that exists is used, and never changed or deleted", () => {
  let deployed: Deployed;
  let vpc: string;
  let vSwitch: string;
  beforeAll(async () => {
    deployed = await Deployed.open();
    const console = deployed.console();
    const made = await console.ok("vpc", "CreateVpc", { CidrBlock: "10.20.0.0/16", VpcName: "ours" });
    vpc = String(made["VpcId"]);
    const place = { VpcId: vpc, ZoneId: "cn-shanghai-l", CidrBlock: "10.20.0.0/20", VSwitchName: "ours" };
    await vi.waitFor(async () => {
      vSwitch = String((await console.ok("vpc", "CreateVSwitch", place))["VSwitchId"]);
    }, 10_000);
  });
  afterAll(() => deployed.close());

  test("from up to destroy, with a vSwitch of one's own beside it", { timeout: 300_000 }, async () => {
    const small = withGroup(smallSettings(), { count: 1 });
    const network = {
      ...small.network,
      existing: vpc,
      vSwitches: { "cn-shanghai-l": { existing: vSwitch, cidr: "10.20.0.0/20" }, "cn-shanghai-m": "10.20.16.0/20" },
      wayOut: "existing",
    };
    const settings = { ...small, network };
    const ours = () => [
      deployed.rows(vpcs).find(({ id }) => id === vpc),
      deployed.rows(vSwitches).find(({ id }) => id === vSwitch),
    ];
    const before = ours();
    expect(await deployed.change(settings)).toEqual(["+ network-cn-shanghai-m", "+ network-workers", "+ workers-01"]);
    expect(deployed.row(instances, "workers-01")).toMatchObject({ vpcId: vpc, vSwitchId: vSwitch });
    expect(ours()).toEqual(before);
    expect(deployed.outputs()["vpcId"]).toBe(vpc);
    const changed = { ...settings, tags: { ...settings.tags, env: "prod" } };
    await deployed.change(changed);
    await deployed.expectSettled(changed);
    expect(ours()).toEqual(before);

    const { status, text } = await deployed.run("destroy", settings);
    expect({ status, text }).toMatchObject({ status: 0 });
    expect(ours()).toEqual(before);
    expect(Object.keys(await deployed.things()).sort()).toEqual(["network ours", "vSwitch ours"]);
  });
});
