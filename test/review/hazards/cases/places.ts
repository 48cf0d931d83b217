import type { Plan, PlannedResource, PlanValue } from "../../../../plan/plan.ts";
import * as types from "../../../../review/hazards/types.ts";
import { of, type RuleCases } from "../cases.ts";
import { created, deleted, replaced, secret, unknown, updated, urnOf } from "../made.ts";

const host = types.instance;
const [disk, oldDisk] = types.disks;
const [address, oldAddress] = types.addresses;
const [vSwitch, subnet] = types.vSwitches;

function inRegion(region: PlanValue, providerName = "provider"): Plan {
  const provider: PlannedResource = {
    urn: urnOf(types.provider, providerName),
    type: types.provider,
    name: providerName,
    custom: true,
    inputs: { region },
    options: {},
  };
  return { project: "china", stack: "s", resources: [provider], outputs: {} };
}

const between = (old: PlanValue, next: PlanValue, name?: string) => ({
  before: inRegion(old),
  after: inRegion(next, name),
});

export const placeCases: readonly RuleCases[] = [
  {
    rule: "zone-changed",
    cases: [
      of(
        "fires",
        "a host",
        replaced(host, { availabilityZone: "cn-shanghai-l" }, { availabilityZone: "cn-shanghai-m" }),
        ["high"],
        "another zone",
      ),
      of("fires", "a vSwitch", replaced(vSwitch, { zoneId: "cn-shanghai-l" }, { zoneId: "cn-shanghai-m" }), ["high"]),
      of(
        "opposite",
        "same zone",
        replaced(
          host,
          { availabilityZone: "a", systemDiskCategory: "x" },
          { availabilityZone: "a", systemDiskCategory: "y" },
        ),
        [],
      ),
      of("opposite", "said where it was left out", updated(host, {}, { availabilityZone: "cn-shanghai-l" }), []),
      of("unknown", "from a data source", replaced(host, { availabilityZone: "a" }, { availabilityZone: unknown }), []),
      of("secret", "secret", replaced(host, { availabilityZone: "a" }, { availabilityZone: secret }), []),
      of("twin", "disk under its old name", replaced(oldDisk, { zoneId: "a" }, { zoneId: "b" }), ["high"]),
      of(
        "twin",
        "a subnet by its old property",
        replaced(subnet, { availabilityZone: "a" }, { availabilityZone: "b" }),
        ["high"],
      ),
      of("create-only", "new", created(disk, { zoneId: "cn-shanghai-l" }), []),
    ],
  },
  {
    rule: "address-deleted",
    cases: [
      of("fires", "deleted", deleted(address, {}), ["high"], "given back"),
      of("fires", "replaced", replaced(address, {}, {}), ["high"], "another address"),
      of("opposite", "more bandwidth", updated(address, { bandwidth: "5" }, { bandwidth: "10" }), []),
      of("opposite", "protected: refused", deleted(address, { deletionProtection: true }), []),
      of("opposite", "a subscription stays", deleted(address, { paymentType: "Subscription" }), []),
      of("unknown", "whether it is protected: told as given back", deleted(address, { deletionProtection: unknown }), [
        "high",
      ]),
      of("secret", "its name", updated(address, { addressName: secret }, { addressName: secret }), []),
      of("twin", "under its old name", deleted(oldAddress, {}), ["high"]),
      of("create-only", "new", created(address, {}), []),
    ],
  },
  {
    rule: "address-changed",
    cases: [
      of("fires", "a fixed one", updated(host, { privateIp: "10.0.0.4" }, { privateIp: "10.0.0.5" }), ["medium"]),
      of("fires", "another vSwitch", updated(host, { vswitchId: "vsw-1" }, { vswitchId: "vsw-2" }), ["medium"]),
      of(
        "opposite",
        "same",
        updated(host, { privateIp: "10.0.0.4", hostName: "a" }, { privateIp: "10.0.0.4", hostName: "b" }),
        [],
      ),
      of("unknown", "a vSwitch that is made anew", updated(host, { vswitchId: "vsw-1" }, { vswitchId: unknown }), []),
      of("secret", "secret", updated(host, { privateIp: secret }, { privateIp: secret }), []),
      of("create-only", "new", created(host, { privateIp: "10.0.0.4" }), []),
    ],
    without: { twin: "an ECS instance has no twin that is updated in place" },
  },
  {
    rule: "cidr-changed",
    cases: [
      of(
        "fires",
        "a vSwitch",
        replaced(vSwitch, { cidrBlock: "10.0.0.0/24" }, { cidrBlock: "10.0.1.0/24" }),
        ["high"],
        "replaced",
      ),
      of(
        "fires",
        "a VPC in place",
        updated(types.network, { cidrBlock: "10.0.0.0/16" }, { cidrBlock: "10.0.0.0/8" }),
        ["high"],
        "in use",
      ),
      of(
        "opposite",
        "same",
        updated(types.network, { cidrBlock: "10.0.0.0/16", vpcName: "a" }, { cidrBlock: "10.0.0.0/16", vpcName: "b" }),
        [],
      ),
      of("unknown", "unknown", updated(types.network, { cidrBlock: "10.0.0.0/16" }, { cidrBlock: unknown }), []),
      of("secret", "secret", updated(types.network, { cidrBlock: "10.0.0.0/16" }, { cidrBlock: secret }), []),
      of("twin", "a subnet", replaced(subnet, { cidrBlock: "10.0.0.0/24" }, { cidrBlock: "10.0.1.0/24" }), ["high"]),
      of("create-only", "new", created(vSwitch, { cidrBlock: "10.0.0.0/24" }), []),
    ],
  },
  {
    rule: "region-changed",
    cases: [
      of("fires", "from plans", [], ["high"], "another region", between("cn-shanghai", "cn-beijing")),
      of(
        "fires",
        "from an engine's preview",
        updated(types.provider, { region: "cn-shanghai" }, { region: "cn-beijing" }),
        ["high"],
      ),
      of("opposite", "same", [], [], undefined, between("cn-shanghai", "cn-shanghai")),
      of("opposite", "another provider", [], [], undefined, between("cn-shanghai", "cn-beijing", "second")),
      of("unknown", "unknown", [], [], undefined, between("cn-shanghai", unknown)),
      of("secret", "secret", [], [], undefined, between(secret, "cn-shanghai")),
      of("create-only", "new", created(types.provider, { region: "cn-shanghai" }), []),
    ],
    without: { twin: "a provider has one type" },
  },
  {
    rule: "tsdb-not-sold",
    cases: [
      of("fires", "new", created(types.tsdb, { engineType: "tsdb_tsdb" }), ["high"], "cannot be bought"),
      of("fires", "replaced", replaced(types.tsdb, { zoneId: "a" }, { zoneId: "b" }), ["high"]),
      of("opposite", "resized", updated(types.tsdb, { instanceStorage: "50" }, { instanceStorage: "60" }), []),
      of("opposite", "deleted", deleted(types.tsdb, {}), []),
      of("unknown", "of an unknown engine all the same", created(types.tsdb, { engineType: unknown }), ["high"]),
      of("secret", "of a secret engine all the same", created(types.tsdb, { engineType: secret }), ["high"]),
      of("create-only", "in a new stack too", created(types.tsdb, {}), ["high"]),
    ],
    without: { twin: "TSDB has one type; Lindorm is another service" },
  },
  {
    rule: "not-sold-there",
    cases: [
      of(
        "fires",
        "a category that the family does not take",
        created(host, { instanceType: "ecs.g7.xlarge", systemDiskCategory: "cloud_efficiency" }),
        ["high"],
        "takes no cloud_efficiency",
      ),
      of(
        "fires",
        "an inferred one",
        created(host, { instanceType: "ecs.c7.xlarge", systemDiskCategory: "cloud_ssd" }),
        ["medium"],
      ),
      of(
        "fires",
        "another type for the same disk",
        updated(
          host,
          { instanceType: "ecs.g6.xlarge", systemDiskCategory: "cloud_ssd" },
          { instanceType: "ecs.g7.xlarge", systemDiskCategory: "cloud_ssd" },
        ),
        ["high"],
      ),
      of(
        "fires",
        "an inline disk",
        created(host, { instanceType: "ecs.g7.xlarge", dataDisks: [{ category: "cloud_ssd" }] }),
        ["high"],
      ),
      of("fires", "a zone that the region does not have", created(disk, { zoneId: "cn-qingdao-z" }), ["medium"]),
      of("fires", "Lindorm where it is not offered", created(types.lindormV1, { zoneId: "cn-heyuan-a" }), ["medium"]),
      of(
        "opposite",
        "a category that it takes",
        created(host, { instanceType: "ecs.g7.xlarge", systemDiskCategory: "cloud_essd" }),
        [],
      ),
      of(
        "opposite",
        "a type that nobody knows",
        created(host, { instanceType: "ecs.zz99.xlarge", systemDiskCategory: "cloud_ssd" }),
        [],
      ),
      of(
        "opposite",
        "something else of such a host changes",
        updated(
          host,
          { instanceType: "ecs.g7.xlarge", systemDiskCategory: "cloud_ssd", hostName: "a" },
          { instanceType: "ecs.g7.xlarge", systemDiskCategory: "cloud_ssd", hostName: "b" },
        ),
        [],
      ),
      of(
        "opposite",
        "what stands in such a zone already",
        updated(disk, { zoneId: "cn-qingdao-z", size: 20 }, { zoneId: "cn-qingdao-z", size: 40 }),
        [],
      ),
      of("opposite", "a region whose zones nobody knows", created(disk, { zoneId: "cn-nanjing-a" }), []),
      of("unknown", "unknown", created(host, { instanceType: unknown, systemDiskCategory: "cloud_ssd" }), []),
      of("secret", "secret", created(disk, { zoneId: secret }), []),
      of("twin", "disk under its old name", created(oldDisk, { zoneId: "cn-qingdao-z" }), ["medium"]),
      of("twin", "Lindorm 2", created(types.lindormV2, { zoneId: "cn-heyuan-a" }), ["medium"]),
      of(
        "create-only",
        "all of these are about what is made",
        created(host, { instanceType: "ecs.g7.xlarge", systemDiskCategory: "cloud_efficiency" }),
        ["high"],
      ),
    ],
  },
  {
    rule: "database-resized",
    cases: [
      of("fires", "storage", updated(types.lindormV1, { instanceStorage: "80" }, { instanceStorage: "160" }), [
        "medium",
      ]),
      of(
        "fires",
        "nodes and storage at once",
        updated(
          types.lindormV1,
          { instanceStorage: "80", timeSeriesEngineNodeCount: 2 },
          { instanceStorage: "160", timeSeriesEngineNodeCount: 3 },
        ),
        ["medium"],
        "may be refused",
      ),
      of("opposite", "its name", updated(types.lindormV1, { instanceName: "a" }, { instanceName: "b" }), []),
      of("opposite", "made anew", replaced(types.lindormV1, { instanceStorage: "80" }, { instanceStorage: "160" }), []),
      of("unknown", "unknown", updated(types.lindormV1, { instanceStorage: "80" }, { instanceStorage: unknown }), []),
      of("secret", "secret", updated(types.lindormV1, { instanceStorage: secret }, { instanceStorage: secret }), []),
      of("twin", "Lindorm 2", updated(types.lindormV2, { cloudStorageSize: 400 }, { cloudStorageSize: 480 }), [
        "medium",
      ]),
      of("twin", "TSDB", updated(types.tsdb, { instanceClass: "tsdb.1x.basic" }, { instanceClass: "tsdb.3x.basic" }), [
        "medium",
      ]),
      of("create-only", "new", created(types.lindormV1, { instanceStorage: "80" }), []),
    ],
  },
];
