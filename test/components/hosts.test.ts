import { describe, expect, test } from "vitest";
import type { Plan } from "../../plan/plan.ts";
import { byName, byType, planOfSettings, smallSettings } from "../support/stacks.ts";
import { childrenOf, planOfGroup, tags, unknown, urn } from "./programs.ts";

const children = "china:index:HostGroup$alicloud";
const twoHosts = [
  { key: "workers-01", zone: "cn-shanghai-l" },
  { key: "workers-02", zone: "cn-shanghai-m" },
];

/** What any host has, exactly. */
const plainHost = {
  instanceName: "china-test-workers-01",
  hostName: "china-test-workers-01",
  availabilityZone: "cn-shanghai-l",
  vswitchId: "vsw-l",
  instanceType: "ecs.g7.xlarge",
  imageId: "ubuntu_24_04_x64_20G_alibase_20260916.vhd",
  securityGroups: ["sg-1"],
  systemDiskCategory: "cloud_essd",
  systemDiskSize: 40,
  systemDiskPerformanceLevel: "PL0",
  systemDiskEncrypted: true,
  instanceChargeType: "PostPaid",
  internetMaxBandwidthOut: 0,
  httpEndpoint: "enabled",
  httpTokens: "required",
  securityEnhancementStrategy: "Active",
  userData: "I2Nsb3VkLWNvbmZpZwo=",
  tags: tags("workers"),
  volumeTags: tags("workers"),
};

describe("the plainest group", () => {
  test("is its hosts and nothing else: no key pair, no role, no disk", async () => {
    const plan = await planOfGroup({ hosts: twoHosts });
    expect(childrenOf(plan, "workers")).toEqual([
      "alicloud:ecs/instance:Instance workers-01",
      "alicloud:ecs/instance:Instance workers-02",
    ]);
    expect(plan.resources).toHaveLength(4);
    expect(byName(plan, "workers")).toMatchObject({ type: "china:index:HostGroup", custom: false });
  });

  test("has hosts with these inputs, exactly: closed, encrypted, metadata by token, no password, no inline disk", async () => {
    const plan = await planOfGroup({ hosts: twoHosts });
    expect(byName(plan, "workers-01").inputs).toEqual(plainHost);
    expect(byName(plan, "workers-02").inputs).toEqual({
      ...plainHost,
      instanceName: "china-test-workers-02",
      hostName: "china-test-workers-02",
      availabilityZone: "cn-shanghai-m",
      vswitchId: "vsw-m",
    });
  });

  test("leaves running hosts alone when image or user data change", async () => {
    const { options } = byName(await planOfGroup(), "workers-01");
    // The provider's class adds the secret output on its own.
    expect(options).toEqual({
      ignoreChanges: ["imageId", "securityEnhancementStrategy", "userData"],
      additionalSecretOutputs: ["password"],
    });
  });

  test("needs a vSwitch in each zone", async () => {
    const hosts = [{ key: "workers-01", zone: "cn-shanghai-b" }];
    await expect(planOfGroup({ hosts })).rejects.toThrow("host workers-01: no vSwitch in cn-shanghai-b");
  });
});

describe("settings of a host", () => {
  test.each([
    [
      "a public address",
      { publicAddress: { Mbps: 5 } },
      { internetMaxBandwidthOut: 5, internetChargeType: "PayByTraffic" },
    ],
    ["deletion protection", { deletionProtection: true }, { deletionProtection: true }],
    [
      "a faster system disk",
      { systemDisk: { GiB: 60, level: "PL1" } },
      { systemDiskSize: 60, systemDiskPerformanceLevel: "PL1" },
    ],
  ] as const)("%s", async (_, settings, inputs) => {
    expect(byName(await planOfGroup({}, settings), "workers-01").inputs).toEqual({ ...plainHost, ...inputs });
  });

  test("a system disk without levels gets none", async () => {
    const plan = await planOfGroup({}, { systemDisk: { GiB: 40, category: "cloud_auto" } });
    const { systemDiskPerformanceLevel, ...rest } = plainHost;
    expect(systemDiskPerformanceLevel).toBe("PL0");
    expect(byName(plan, "workers-01").inputs).toEqual({ ...rest, systemDiskCategory: "cloud_auto" });
  });

  test.each([
    ["ubuntu_24_04_x64_20G_alibase_20260916.vhd", "required"],
    ["debian_12_11_x64_20G_alibase_20260916.vhd", "optional"],
  ])("metadata of %s: tokens %s, since an old cloud-init without them finds no user data", async (image, tokens) => {
    const small = smallSettings();
    const workers = { ...small.hosts["workers"], image, software: { sdk: "none" } };
    const plan = await planOfSettings({ ...small, hosts: { workers } });
    expect(byType(plan, "alicloud:ecs/instance:Instance").map((r) => r.inputs["httpTokens"])).toEqual([tokens, tokens]);
  });

  test("a host waits for the way out: its bootstrap would have none", async () => {
    const small = smallSettings();
    const plan = await planOfSettings({ ...small, network: { ...small.network, wayOut: "nat" } });
    expect(byName(plan, "workers-01").options.dependsOn).toContain(
      urn("china:index:Network$alicloud:vpc/snatEntry:SnatEntry", "network-out-cn-shanghai-l"),
    );
  });
});

describe("data disks", () => {
  const withDisk = (settings: object = {}): Promise<Plan> =>
    planOfGroup({ hosts: twoHosts }, { dataDisk: { GiB: 200, level: "PL1", ...settings } });

  test("are resources of their own, one per host, attached and with snapshots", async () => {
    expect(childrenOf(await withDisk(), "workers")).toEqual([
      "alicloud:ecs/autoSnapshotPolicy:AutoSnapshotPolicy workers-snapshots",
      "alicloud:ecs/ecsAutoSnapshotPolicyAttachment:EcsAutoSnapshotPolicyAttachment workers-01-data-snapshots",
      "alicloud:ecs/ecsAutoSnapshotPolicyAttachment:EcsAutoSnapshotPolicyAttachment workers-02-data-snapshots",
      "alicloud:ecs/ecsDisk:EcsDisk workers-01-data",
      "alicloud:ecs/ecsDisk:EcsDisk workers-02-data",
      "alicloud:ecs/ecsDiskAttachment:EcsDiskAttachment workers-01-data-attachment",
      "alicloud:ecs/ecsDiskAttachment:EcsDiskAttachment workers-02-data-attachment",
      "alicloud:ecs/instance:Instance workers-01",
      "alicloud:ecs/instance:Instance workers-02",
    ]);
    expect(byName(await withDisk(), "workers-01").inputs).toEqual(plainHost);
  });

  test("are encrypted, protected, outlive their host, and stand in its zone", async () => {
    const disk = byName(await withDisk(), "workers-02-data");
    expect(disk.inputs).toEqual({
      diskName: "china-test-workers-02-data",
      zoneId: "cn-shanghai-m",
      size: 200,
      category: "cloud_essd",
      performanceLevel: "PL1",
      encrypted: true,
      deleteWithInstance: false,
      tags: tags("workers"),
    });
    expect(disk.options).toEqual({ protect: true });
  });

  test("leave the old host before they come to the new one", async () => {
    const attachment = byName(await withDisk(), "workers-01-data-attachment");
    expect(attachment.inputs).toEqual({ diskId: unknown, instanceId: unknown });
    expect(attachment.options).toEqual({
      deleteBeforeReplace: true,
      dependsOn: [
        urn(`${children}:ecs/ecsDisk:EcsDisk`, "workers-01-data"),
        urn(`${children}:ecs/instance:Instance`, "workers-01"),
      ],
    });
  });

  test("have a snapshot every day at the hour asked for, kept as long as asked for", async () => {
    const plan = await withDisk({ snapshots: { at: "09:00", keepDays: 14 } });
    expect(byName(plan, "workers-snapshots").inputs).toEqual({
      autoSnapshotPolicyName: "china-test-workers-snapshots",
      timePoints: ["9"],
      repeatWeekdays: ["1", "2", "3", "4", "5", "6", "7"],
      retentionDays: 14,
      tags: tags("workers"),
    });
    const attached = byName(plan, "workers-02-data-snapshots");
    expect(attached.inputs).toEqual({ diskId: unknown, autoSnapshotPolicyId: unknown });
    expect(attached.options.dependsOn).toContain(urn(`${children}:ecs/ecsDisk:EcsDisk`, "workers-02-data"));
  });

  test("have no policy when there are no snapshots", async () => {
    const types = childrenOf(await withDisk({ snapshots: "none" }), "workers").join(" ");
    expect(types).not.toMatch(/snapshot/i);
  });

  test("of hosts that left stay, protected unless their loss was accepted", async () => {
    const departed = ["workers-03", "workers-04"].map((key) => ({ key, zone: "cn-shanghai-l" }));
    const disksToDelete = new Set(["workers-04", "workers-01"]);
    const plan = await planOfGroup({ departed, disksToDelete }, { dataDisk: { GiB: 20 } });
    const disks = byType(plan, "alicloud:ecs/ecsDisk:EcsDisk");
    expect(disks.map(({ name, options }) => [name, options.protect === true])).toEqual([
      ["workers-01-data", true],
      ["workers-03-data", true],
      ["workers-04-data", false],
    ]);
    expect(byType(plan, "alicloud:ecs/ecsDiskAttachment:EcsDiskAttachment")).toHaveLength(1);
  });
});
