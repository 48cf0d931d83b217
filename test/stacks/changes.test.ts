import { describe, expect, test } from "vitest";
import type { SettingsInput } from "../../components/config/schema.ts";
import { byName, planOfSettings, smallSettings } from "../support/stacks.ts";
import { type Differences, differences, nothing } from "./differences.ts";

type Group = SettingsInput["hosts"][string];

/** Three workers with a disk each, snapshots, and a role for a bucket. */
function settings(changes: Partial<SettingsInput> = {}, workers: Partial<Group> = {}): SettingsInput {
  const small = smallSettings();
  const group: Group = { ...smallWorkers(), count: 3, dataDisk: { GiB: 100 }, ...workers };
  return {
    ...small,
    buckets: { raw: { existing: "acme-raw", hosts: "read" } },
    hosts: { workers: group },
    ...changes,
  };
}

function smallWorkers(): Group {
  const { workers } = smallSettings().hosts;
  if (workers === undefined) throw new Error("small settings have a group of workers");
  // Without packages: reading a lock takes most of a plan's time, and nothing here is about it.
  return { ...workers, software: { sdk: "none" } };
}

async function change(from: SettingsInput, to: SettingsInput): Promise<Differences> {
  return differences(await planOfSettings(from), await planOfSettings(to));
}

const third = [
  "EcsDiskAttachment workers-03-data-attachment",
  "Instance workers-03",
  "RamRoleAttachment workers-03-role",
];
const itsDisk = ["EcsAutoSnapshotPolicyAttachment workers-03-data-snapshots", "EcsDisk workers-03-data"];

describe("one host less", () => {
  test("removes exactly the last, with what hangs on it", async () => {
    const { added, removed, changed } = await change(settings(), settings({}, { count: 2 }));
    expect({ added, removed: removed.toSorted(), changed }).toEqual({
      added: [],
      removed: [...third, ...itsDisk].sort(),
      changed: {},
    });
  });

  test("leaves its disk and the snapshots as they are when dataDisk.keep names it", async () => {
    const kept = settings({}, { count: 2, dataDisk: { GiB: 100, keep: ["workers-03"] } });
    const { added, removed, changed } = await change(settings(), kept);
    expect({ added, removed: removed.toSorted(), changed }).toEqual({ added: [], removed: third, changed: {} });
    expect(byName(await planOfSettings(kept), "workers-03-data").options.protect).toBe(true);
  });

  test("gives up the protection of that disk, and of no other, once its loss is accepted", async () => {
    const kept = settings({}, { count: 2, dataDisk: { GiB: 100, keep: ["workers-02", "workers-03"] } });
    const both = {
      ...kept,
      hosts: { workers: { ...settings({}, { count: 1 }).hosts["workers"], ...keepBoth } as Group },
    };
    const accept = [
      { what: "data-disk-deleted", on: "workers-03", why: "moved to OSS", by: "team", until: "2027-01-31" },
      { what: "something-else", on: "workers-02", why: "no reason", by: "team", until: "2027-01-31" },
    ];
    expect(await change(both, { ...both, accept })).toEqual({
      ...nothing,
      changed: { "EcsDisk workers-03-data": ["protect"] },
    });
  });
});

const keepBoth = { dataDisk: { GiB: 100, keep: ["workers-02", "workers-03"] } };

describe("what is added touches nothing that exists", () => {
  const added = async (from: SettingsInput, to: SettingsInput) => {
    const found = await change(from, to);
    expect({ removed: found.removed, changed: found.changed }).toEqual({ removed: [], changed: {} });
    return found.added.toSorted();
  };

  test("a third host", async () => {
    expect(await added(settings({}, { count: 2 }), settings())).toEqual([...third, ...itsDisk].sort());
  });

  test("a group, also one that comes first in the alphabet", async () => {
    const from = settings();
    const to = { ...from, hosts: { batch: { ...smallWorkers(), count: 1 }, ...from.hosts } };
    expect(await added(from, to)).toEqual([
      "HostGroup batch",
      "Instance batch-01",
      "Policy batch-buckets",
      "RamRoleAttachment batch-01-role",
      "Role batch-role",
      "RolePolicyAttachment batch-role-buckets",
      "SecurityGroup network-batch",
    ]);
  });

  test("a rule", async () => {
    const [first, second, ...rest] = rules;
    expect(await added(withRules(second, ...rest), withRules(first, second, ...rest))).toEqual([
      "SecurityGroupRule network-workers-from-workers-tcp-8786-8786",
    ]);
  });

  test("a zone behind those that are used", async () => {
    expect(await added(inZones("l"), inZones("l", "m"))).toEqual([
      "SnatEntry network-out-cn-shanghai-m",
      "Switch network-cn-shanghai-m",
    ]);
  });

  test("a zone at the end of the pattern, when the pattern is as long as the group", async () => {
    const zones = ["l", "m", "n"].map((letter) => `cn-shanghai-${letter}`);
    const all = { ...inZones("l", "m", "n"), timeSeries: undefined };
    const from = { ...all, hosts: settings({}, { count: 2, zones: zones.slice(0, 2) }).hosts };
    const to = { ...all, hosts: settings({}, { count: 2, zones }).hosts };
    expect(await added(from, to)).toEqual([]);
  });
});

describe("a zone before those that are used", () => {
  test("moves neither the gateway nor the database: both ignore where they would stand now", async () => {
    const found = await change(inZones("l"), inZones("l", "a"));
    expect(found.added.toSorted()).toEqual(["SnatEntry network-out-cn-shanghai-a", "Switch network-cn-shanghai-a"]);
    expect(found.removed).toEqual([]);
    expect(found.changed).toEqual({
      "Instance time-series-lindorm": ["zoneId (ignored)", "no longer depends on network-cn-shanghai-l"],
      "NatGateway network-nat": ["no longer depends on network-cn-shanghai-l"],
    });
    const plan = await planOfSettings(inZones("l", "a"));
    expect(byName(plan, "network-nat").options.ignoreChanges).toEqual(["vswitchId"]);
    expect(byName(plan, "time-series-lindorm").options.ignoreChanges).toEqual(["vswitchId", "zoneId"]);
  });

  test("a pattern shorter than the group moves the hosts that it was repeated for", async () => {
    const both = { ...inZones("l", "m"), timeSeries: undefined };
    const from = { ...both, hosts: settings({}, { count: 2 }).hosts };
    const to = { ...both, hosts: settings({}, { count: 2, zones: ["cn-shanghai-l", "cn-shanghai-m"] }).hosts };
    expect((await change(from, to)).changed).toEqual({
      "EcsDisk workers-02-data": ["zoneId"],
      "Instance workers-02": ["availabilityZone", "no longer depends on network-cn-shanghai-l"],
    });
  });
});

describe("order in the file means nothing", () => {
  test("of rules", async () => {
    expect(await change(withRules(...rules), withRules(...rules.toReversed()))).toEqual(nothing);
  });

  test("of vSwitches, also for what stands in only one of them", async () => {
    expect(await change(inZones("l", "m"), inZones("m", "l"))).toEqual(nothing);
  });

  test("of groups and buckets", async () => {
    const buckets = {
      zoo: { existing: "acme-zoo", hosts: "read" },
      raw: { existing: "acme-raw", hosts: "write" },
    } as const;
    const hosts = { workers: smallWorkers(), batch: smallWorkers() };
    const from = { ...settings(), buckets, hosts };
    const to = { ...from, buckets: reversed(buckets), hosts: reversed(hosts) };
    expect(await change(from, to)).toEqual(nothing);
    expect((await planOfSettings(to)).outputs).toEqual((await planOfSettings(from)).outputs);
  });
});

type Rules = NonNullable<SettingsInput["network"]["rules"]>;

const rules: Rules = [
  { to: "workers", from: "workers", ports: 8786 },
  { to: "workers", from: "office", ports: "9000-9100" },
  { to: "workers", from: "vpc", protocol: "icmp" },
];

function withRules(...list: (Rules[number] | undefined)[]): SettingsInput {
  const { network } = smallSettings();
  const listed = list.filter((rule) => rule !== undefined);
  return settings({ network: { ...network, sources: { office: "203.0.113.0/24" }, rules: listed } });
}

/** A network with a way out and a database, with a vSwitch in each of these zones, in this order. */
function inZones(...letters: string[]): SettingsInput {
  const third = (letter: string) => (letter.charCodeAt(0) - 97) * 16;
  const vSwitches = letters.map((letter) => [`cn-shanghai-${letter}`, `10.20.${third(letter)}.0/20`]);
  const network = { cidr: "10.20.0.0/16", vSwitches: Object.fromEntries(vSwitches), wayOut: "nat" as const };
  const lindorm = {
    generation: 1,
    nodes: 2,
    node: "lindorm.g.xlarge",
    storage: { GiB: 160, kind: "standard" },
  } as const;
  return settings({ network, timeSeries: { lindorm, reachableFrom: ["workers"] } });
}

function reversed<T>(map: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(map).toReversed());
}
