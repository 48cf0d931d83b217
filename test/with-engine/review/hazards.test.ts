import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { EcsDisk } from "@pulumi/alicloud/ecs/ecsDisk.js";
import { EcsDiskAttachment } from "@pulumi/alicloud/ecs/ecsDiskAttachment.js";
import { EcsKeyPair } from "@pulumi/alicloud/ecs/ecsKeyPair.js";
import { EipAddress } from "@pulumi/alicloud/ecs/eipAddress.js";
import { Instance, type InstanceArgs } from "@pulumi/alicloud/ecs/instance.js";
import { SecurityGroup } from "@pulumi/alicloud/ecs/securityGroup.js";
import { Provider } from "@pulumi/alicloud/provider.js";
import { Network } from "@pulumi/alicloud/vpc/network.js";
import { Switch } from "@pulumi/alicloud/vpc/switch.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { type Outcome, openStack, type Program, run } from "../../../deploy/operation.ts";
import type { Plan } from "../../../plan/plan.ts";
import { record } from "../../../plan/recorder.ts";
import { comparePlans } from "../../../review/changes/compare.ts";
import type { Hazard } from "../../../review/hazards/hazard.ts";
import { hazardsOf } from "../../../review/hazards/judge.ts";
import { type Instance as Host, instances } from "../../../sandbox/ecs/rows.ts";
import { deploymentEnvironment, enterEnvironment } from "../../../sandbox/environment.ts";
import { workFolder } from "../../../sandbox/home.ts";
import { accessOf } from "../../../sandbox/session.ts";
import { addresses, vSwitches } from "../../../sandbox/vpc/rows.ts";
import { engineFolders } from "../engine.ts";
import { TestSandbox } from "../sandbox.ts";

type Change = Partial<Record<keyof InstanceArgs, string | number | boolean>>;

/** What a program declares beside the network: hosts by name, and what else stands or does not. */
interface Declared {
  readonly hosts: Readonly<Record<string, Change>>;
  readonly diskGiB?: number;
  readonly spareZone?: string;
  readonly address?: boolean;
}

const monthly = { instanceChargeType: "PrePaid", period: 1, periodUnit: "Month" } as const;
const oldImage = "ubuntu_24_04_x64_20G_alibase_20260916.vhd";
const newImage = "ubuntu_22_04_x64_20G_alibase_20260916.vhd";

const base: Declared = {
  hosts: {
    plain: { instanceName: "plain" },
    scripted: { userData: "IyEvYmluL3NoCmVjaG8gMQo=" },
    keyed: {},
    imaged: {},
    larger: { instanceType: "ecs.g7.large" },
    monthly: monthly,
    forced: { ...monthly, forceDelete: true },
    held: { deletionProtection: true },
    moved: { spotStrategy: "NoSpot" },
  },
  diskGiB: 40,
  spareZone: "cn-shanghai-l",
  address: true,
};

/** Every change that the provider makes in place. */
const changed: Declared = {
  ...base,
  hosts: {
    ...base.hosts,
    plain: { instanceName: "plainer" },
    scripted: { userData: "IyEvYmluL3NoCmVjaG8gMgo=" },
    keyed: { keyName: "second" },
    imaged: { imageId: newImage },
    larger: { instanceType: "ecs.g7.xlarge" },
    monthly: { ...monthly, period: 12 },
  },
};

/** What is refused while it is made or changed. */
const refused: Declared = { ...changed, diskGiB: 20, spareZone: "cn-shanghai-m" };

/** What is replaced, with a disk that stays. */
const replaced = (from: Declared): Declared => ({
  ...from,
  hosts: { ...from.hosts, moved: { spotStrategy: "SpotAsPriceGo" } },
});

/** What is refused, or only seems done, while it is deleted. */
const { monthly: _monthly, forced: _forced, held: _held, ...others } = changed.hosts;
const gone: Declared = { ...changed, hosts: others, address: false };

function programOf({ hosts, diskGiB = 40, spareZone = "cn-shanghai-l", address = false }: Declared): Program {
  return async () => {
    const zone = "cn-shanghai-l";
    const options = { provider: new Provider("somewhere", { region: "cn-shanghai", accountType: "Domestic" }) };
    const vpc = new Network("vpc", { vpcName: "base", cidrBlock: "10.0.0.0/8" }, options);
    const vSwitch = new Switch("switch", { vpcId: vpc.id, zoneId: zone, cidrBlock: "10.1.0.0/24" }, options);
    new Switch("spare", { vpcId: vpc.id, zoneId: spareZone, cidrBlock: "10.2.0.0/24" }, options);
    const group = new SecurityGroup("group", { vpcId: vpc.id, securityGroupName: "hosts" }, options);
    const first = new EcsKeyPair("first", { keyPairName: "first" }, options);
    const second = new EcsKeyPair("second", { keyPairName: "second" }, options);
    new EcsDisk("disk", { zoneId: zone, category: "cloud_essd", size: diskGiB }, options);
    if (address) new EipAddress("address", { ...ahead, internetChargeType: "PayByBandwidth", bandwidth: "5" }, options);
    for (const [name, change] of Object.entries(hosts)) {
      const host = new Instance(
        name,
        {
          availabilityZone: zone,
          instanceType: "ecs.g7.large",
          imageId: oldImage,
          instanceChargeType: "PostPaid",
          systemDiskCategory: "cloud_essd",
          systemDiskSize: 40,
          vswitchId: vSwitch.id,
          securityGroups: [group.id],
          instanceName: name,
          ...(name === "keyed" ? { keyName: "first" } : {}),
          ...(change as object),
        },
        { ...options, dependsOn: [first, second] },
      );
      if (name !== "moved") continue;
      const data = new EcsDisk("data", { zoneId: zone, category: "cloud_essd", size: 20 }, options);
      const of = { diskId: data.id, instanceId: host.id };
      // The provider would try for ten minutes.
      new EcsDiskAttachment("attached", of, { ...options, customTimeouts: { create: "20s" } });
    }
    return {};
  };
}

const ahead = { paymentType: "Subscription", period: 1, pricingCycle: "Month" };
describe("what hazards say is what the provider does", () => {
  let sandbox: TestSandbox;
  let declared = base;
  let stack: Awaited<ReturnType<typeof openStack>>;
  beforeAll(async () => {
    const folders = await engineFolders();
    sandbox = await TestSandbox.open(600);
    enterEnvironment(deploymentEnvironment(sandbox.home, await accessOf(sandbox.session, "china"), folders));
    const folder = workFolder(sandbox.home, "foreign");
    writeFileSync(join(folder, "Pulumi.yaml"), stringify({ name: "foreign", runtime: "nodejs" }));
    stack = await openStack({ project: "foreign", stack: "s", program: () => programOf(declared)(), folder });
    expect((await up(base)).failures).toEqual([]);
  }, 240_000);
  afterAll(() => sandbox.close());

  function up(to: Declared): Promise<Outcome> {
    declared = to;
    return run(stack, "up", { parallel: 40 });
  }

  /** Calls that change something, with how often; and what became of the operation. */
  async function done(to: Declared) {
    const calls: Record<string, number> = {};
    const stop = sandbox.cloud.log.follow(({ action }) => {
      if (!/^(Describe|Get|List|Query)/.test(action)) calls[action] = (calls[action] ?? 0) + 1;
    });
    const outcome = await up(to);
    stop();
    const failed = outcome.failures.map((failure) => JSON.stringify(failure)).join("\n");
    return { calls, outcome, failed };
  }

  const hosts = () => sandbox.cloud.store.everywhere(instances);
  const host = (name: string): Host | undefined => hosts().find((one) => one.name === name);

  test("in place: who is stopped, rebooted and wiped, and what buys nothing", { timeout: 240_000 }, async () => {
    const found = await hazards(base, changed);
    expect(found.map(({ id, on }) => `${id} ${on}`)).toEqual([
      "system-disk-wiped imaged",
      "bootstrap-not-rerun scripted",
      "host-rebooted keyed",
      "host-rebooted scripted",
      "term-buys-nothing monthly",
      "type-changed larger",
    ]);
    const before = new Map(hosts().map((one) => [one.name, one]));
    const { calls, outcome } = await done(changed);
    expect(outcome).toMatchObject({ ok: true, failures: [], changes: { update: 6 } });
    expect(calls).toMatchObject({
      // scripted, imaged, larger; nobody else.
      StopInstance: 3,
      StartInstance: 3,
      RebootInstance: 1,
      ReplaceSystemDisk: 1,
      ModifyInstanceSpec: 1,
      // plain and scripted.
      ModifyInstanceAttribute: 2,
    });
    expect(Object.keys(calls).filter((call) => /Renew|ChargeType|RunInstances|DeleteInstance/.test(call))).toEqual([]);
    expect(host("imaged")?.id).toBe(before.get("imaged")?.id);
    expect(host("imaged")?.systemDiskId).not.toBe(before.get("imaged")?.systemDiskId);
    expect(host("imaged")?.privateIp).toBe(before.get("imaged")?.privateIp);
    expect(host("scripted")?.systemDiskId).toBe(before.get("scripted")?.systemDiskId);
    expect(host("monthly")?.expiresAt).toBe(before.get("monthly")?.expiresAt);
  });

  test("refused while it is made: the range that is taken, the smaller disk", { timeout: 240_000 }, async () => {
    const found = await hazards(changed, refused);
    expect(found.map(({ id, on }) => `${id} ${on}`)).toEqual([
      "replace-collides spare",
      "shrink-refused disk",
      "zone-changed spare",
    ]);
    const { outcome, failed } = await done(refused);
    expect(outcome.ok).toBe(false);
    expect(failed).toContain("InvalidCidrBlock.Overlapped");
    expect(failed).toContain("InvalidDiskSize.TooSmall");
    expect(sandbox.cloud.store.everywhere(vSwitches).map(({ zone }) => zone)).not.toContain("cn-shanghai-m");
  });

  test("deleted: refused, ended early, or only dropped from the state", { timeout: 240_000 }, async () => {
    const found = await hazards(changed, gone);
    expect(found.map(({ id, on }) => `${id} ${on}`)).toEqual([
      "billed-on address",
      "destroy-refused held",
      "destroy-refused monthly",
      "subscription-not-refunded forced",
      "host-deleted forced",
    ]);
    const { calls, outcome, failed } = await done(gone);
    expect(outcome.ok).toBe(false);
    expect(failed).toContain("Please convert 'PrePaid' instance to 'PostPaid'");
    expect(failed).toContain("InvalidOperation.DeletionProtection");
    expect(host("monthly")?.chargeType).toBe("PrePaid");
    expect(host("held")).toBeDefined();
    expect(host("forced")).toBeUndefined();
    expect(calls).toMatchObject({ ModifyInstanceChargeType: 1 });
    // The state has it no more; the cloud has, and nobody has asked it to release it.
    expect(sandbox.cloud.store.everywhere(addresses)).toHaveLength(1);
    expect(calls["ReleaseEipAddress"]).toBeUndefined();
    const { resources = [] }: { resources?: { urn: string }[] } = (await stack.exportStack()).deployment;
    expect(resources.filter(({ urn }) => urn.endsWith("::address"))).toEqual([]);
  });

  test("replaced: the disk is still on the old host, and both hosts stay", { timeout: 240_000 }, async () => {
    const found = await hazards(gone, replaced(gone));
    expect(found.map(({ id, on }) => `${id} ${on}`)).toEqual([
      "attachment-waits attached",
      "system-disk-wiped moved",
      "host-replaced moved",
      "spot-interrupted moved",
    ]);
    const old = host("moved");
    const { calls, outcome, failed } = await done(replaced(gone));
    expect(outcome.ok).toBe(false);
    expect(failed).toContain("::attached");
    expect(calls).toMatchObject({ RunInstances: 1 });
    expect(calls["AttachDisk"]).toBeGreaterThan(1);
    expect(calls["DetachDisk"]).toBeUndefined();
    const both = hosts().filter(({ name }) => name === "moved");
    expect(both.map(({ spot }) => spot.strategy).sort()).toEqual(["NoSpot", "SpotAsPriceGo"]);
    expect(both.map(({ id }) => id)).toContain(old?.id);
  });
});

async function hazards(from: Declared, to: Declared): Promise<readonly Hazard[]> {
  const before = await planOf(from);
  const after = await planOf(to);
  return hazardsOf({ changes: comparePlans(before, after), before, after, accept: [], today: "2026-11-25" });
}

function planOf(declared: Declared): Promise<Plan> {
  return record(programOf(declared), { project: "foreign", stack: "s", config: {}, secretKeys: [] });
}
