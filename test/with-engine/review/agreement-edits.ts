import fc from "fast-check";
import { parse, stringify } from "yaml";
import { mistakesOf } from "../../support/stacks.ts";

/** A stack file after an edit, as a person would make it. */
export interface Edited {
  /** What was done, for who reads a failure. */
  readonly what: string;
  readonly text: string;
}

// biome-ignore lint/suspicious/noExplicitAny: the settings of a stack file as they stand in YAML, valid or not
type Settings = any;

/** Two numbers choose among what an edit can do; it says what it did, or nothing when there was nothing to do. */
type Edit = (settings: Settings, a: number, b: number) => string | undefined;

const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;

/** Chooses a group of hosts, and one of the values for one of its settings. */
function ofGroup(setting: string, values: readonly unknown[]): Edit {
  return (settings, a, b) => {
    const name = pick(Object.keys(settings.hosts), a);
    const value = structuredClone(pick(values, b));
    set(settings.hosts[name], setting, value);
    return `${name}.${setting} = ${JSON.stringify(value)}`;
  };
}

function ofDatabase(setting: string, values: readonly unknown[]): Edit {
  return (settings, _, b) => {
    if (settings.timeSeries === undefined) return undefined;
    const value = structuredClone(pick(values, b));
    set(settings.timeSeries, setting, value);
    return `timeSeries.${setting} = ${JSON.stringify(value)}`;
  };
}

function ofAll(setting: string, values: readonly unknown[]): Edit {
  return (settings, _, b) => {
    const value = structuredClone(pick(values, b));
    set(settings, setting, value);
    return `${setting} = ${JSON.stringify(value)}`;
  };
}

/** Sets a place such as systemDisk.GiB; undefined takes it away. */
function set(object: Settings, place: string, value: unknown): void {
  const steps = place.split(".");
  const last = steps.pop() ?? "";
  let at = object;
  for (const step of steps) at = at[step] ??= {};
  if (value === undefined) delete at[last];
  else at[last] = value;
}

const image = (name: string) => `${name}_x64_20G_alibase_20260916.vhd`;
const subscription = (term: string, renew: unknown) => ({ subscription: { for: term, renew } });
const key = "test/config/fixtures/team.pub";

/** Everything that a stack file can say about what runs, and a few things that it says to nobody but the reader. */
const edits: readonly Edit[] = [
  ofGroup("count", [0, 1, 2, 3, 4, 5]),
  ofGroup("type", ["ecs.g7.xlarge", "ecs.g7.2xlarge", "ecs.c7.xlarge", "ecs.g6.large", "ecs.u1-c1m4.xlarge"]),
  (settings, a, b) => {
    const name = pick(Object.keys(settings.hosts), a);
    const zones = Object.keys(settings.network.vSwitches);
    const [first = "", last = ""] = [zones[0], zones.at(-1)];
    const pattern = pick([[first], [last], [first, last], [last, first], [first, first, last]], b);
    settings.hosts[name].zones = pattern;
    return `${name}.zones = ${pattern}`;
  },
  ofGroup("image", ["ubuntu_22_04", "debian_12", "aliyun_3"].map(image)),
  ofGroup("image", ["ubuntu_24_04_x64_20G_alibase_20260716.vhd"]),
  ofGroup("systemDisk.GiB", [30, 40, 60, 100, 500]),
  ofGroup("systemDisk", [
    { GiB: 40, level: "PL1" },
    { GiB: 500, level: "PL2" },
    { GiB: 40, category: "cloud_auto" },
    { GiB: 60 },
  ]),
  ofGroup("dataDisk", [
    undefined,
    { GiB: 300 },
    { GiB: 500, level: "PL2", mount: "/data" },
    { GiB: 200, category: "cloud_auto", snapshots: "none" },
    { GiB: 200, level: "PL1", mount: "/mnt/big", snapshots: { at: "23:00", keepDays: 30 } },
  ]),
  (settings, a, b) => {
    const name = pick(Object.keys(settings.hosts), a);
    if (settings.hosts[name].dataDisk === undefined) return undefined;
    const [place, value] = pick<[string, unknown]>(
      [
        ["GiB", 501],
        ["GiB", 100],
        ["level", "PL0"],
        ["level", undefined],
        ["category", "cloud_auto"],
        ["mount", "/srv"],
        ["snapshots", "none"],
        ["snapshots", { at: "05:00", keepDays: 7 }],
        ["snapshots", undefined],
      ],
      b,
    );
    if (place === "category") delete settings.hosts[name].dataDisk.level;
    set(settings.hosts[name].dataDisk, place, value);
    return `${name}.dataDisk.${place} = ${JSON.stringify(value)}`;
  },
  // One less, and its disk is kept, or may go.
  (settings, a, b) => {
    const name = pick(Object.keys(settings.hosts), a);
    const group = settings.hosts[name];
    if (group.dataDisk === undefined || group.count < 1) return undefined;
    const host = `${name}-${String(group.count).padStart(2, "0")}`;
    group.count -= 1;
    group.dataDisk.keep = [host];
    if (b % 2 === 0) return `${host} leaves, its disk stays`;
    settings.accept = [{ what: "data-disk-deleted", on: host, why: "a test", by: "test", until: "2099-12-31" }];
    return `${host} leaves, its disk may go`;
  },
  ofGroup("pay", [
    undefined,
    "pay-as-you-go",
    subscription("1 month", "never"),
    subscription("1 year", "by-hand"),
    subscription("1 year", { every: "1 month" }),
    subscription("3 months", { every: "3 months" }),
    subscription("2 weeks", "never"),
    { spot: "market" },
    { spot: { max: 0.8 } },
    { spot: { max: 1.2 } },
  ]),
  ofGroup("use", [undefined, { hoursPerMonth: 200, whenIdle: "stop" }, { hoursPerMonth: 100, whenIdle: "delete" }]),
  ofGroup("publicAddress", [undefined, "none", { Mbps: 5 }, { Mbps: 100 }]),
  ofGroup("access", ["cloud-assistant", { ssh: { from: "vpc", key } }]),
  ofGroup("role", [undefined, "ops-role"]),
  ofGroup("deletionProtection", [undefined, false, true]),
  ofGroup("onSoftwareChange", ["rerun", "rebuild", "at-next-rebuild"]),
  ofGroup("onImageChange", ["rebuild", "at-next-rebuild"]),
  ofGroup("software.timezone", ["UTC", "Asia/Shanghai"]),
  ofGroup("software.docker", [true, false]),
  ofGroup("software.commands", [["true"], ["echo one", "echo two"], []]),
  ofGroup("software.users", [[{ name: "ops", sudo: true }]]),
  ofGroup("software.python", [undefined]),
  ofGroup("software.ntp", ["image", "vpc"]),
  // Now, with what is new in the file.
  (settings, a, b) => {
    const name = pick(Object.keys(settings.hosts), a);
    const group = settings.hosts[name];
    if (group.count < 1) return undefined;
    group.rebuild = [`${name}-01`];
    if (b % 2 === 0) group.image = "ubuntu_24_04_x64_20G_alibase_20260716.vhd";
    else set(group, "software.timezone", "UTC");
    return `${name}-01 is rebuilt for its ${b % 2 === 0 ? "image" : "software"}`;
  },
  // Of what changes with software and image, one thing is rebuilt at once.
  (settings, a, b) => {
    const name = pick(Object.keys(settings.hosts), a);
    const group = settings.hosts[name];
    group.onSoftwareChange = pick(["rerun", "rebuild"], b);
    group.onImageChange = pick(["rebuild", "at-next-rebuild"], b >> 1);
    set(group, "software.commands", ["echo changed"]);
    group.image = "ubuntu_24_04_x64_20G_alibase_20260716.vhd";
    return `${name}: image and software, ${group.onImageChange} and ${group.onSoftwareChange}`;
  },
  (settings, a, b) => {
    const names = Object.keys(settings.hosts);
    const [name = ""] = [pick(names, a)];
    const zone = pick(Object.keys(settings.network.vSwitches), b);
    settings.hosts.extra = { ...structuredClone(settings.hosts[name]), count: 1 + (b % 2), zones: [zone] };
    return `extra, a new group like ${name}`;
  },
  (settings, a) => {
    const name = pick(Object.keys(settings.hosts), a);
    delete settings.hosts[name];
    mend(settings, name, undefined);
    return `${name} goes`;
  },
  (settings, a) => {
    const name = pick(Object.keys(settings.hosts), a);
    settings.hosts.renamed = settings.hosts[name];
    delete settings.hosts[name];
    mend(settings, name, "renamed");
    return `${name} is called renamed`;
  },
  (settings, a, b) => {
    const [name, value] = pick(
      [
        ["owner", "other-team"],
        ["data-class", "core"],
        ["cost-centre", "42"],
        ["mlps-level", undefined],
        ["a.b", "c"],
      ] as const,
      a + b,
    );
    if (value === undefined) delete settings.tags[name];
    else settings.tags[name] = value;
    return `tags ${name} = ${value}`;
  },
  ofAll("network.wayOut", ["none", "nat"]),
  (settings, a, b) => {
    const free = (
      ["cn-shanghai-g", "cn-shanghai-n", "cn-beijing-i", "cn-beijing-f", "cn-hangzhou-h", "cn-hangzhou-k"] as const
    ).filter((zone) => zone.startsWith(settings.region));
    const zone = pick(free, a);
    const range = settings.network.cidr.replace(/0\.0\/16$/, `${64 + 16 * (b % 4)}.0/20`);
    const added = { [zone]: range };
    settings.network.vSwitches =
      b % 2 === 0 ? { ...added, ...settings.network.vSwitches } : { ...settings.network.vSwitches, ...added };
    return `a vSwitch in ${zone}`;
  },
  (settings, a, b) => {
    const zone = pick(Object.keys(settings.network.vSwitches), a);
    settings.network.vSwitches[zone] = settings.network.cidr.replace(/0\.0\/16$/, `${128 + 16 * (b % 4)}.0/20`);
    return `vSwitch ${zone} has another range`;
  },
  (settings, a) => {
    const zones = Object.keys(settings.network.vSwitches);
    const zone = pick(zones, a);
    const rest = zones.filter((other) => other !== zone);
    if (rest.length === 0) return undefined;
    delete settings.network.vSwitches[zone];
    for (const name of Object.keys(settings.hosts)) {
      const group = settings.hosts[name];
      group.zones = group.zones.filter((other: string) => other !== zone);
      if (group.zones.length === 0) group.zones = rest;
    }
    return `vSwitch ${zone} goes`;
  },
  // The whole network elsewhere.
  (settings, a) => {
    const start = `10.${50 + (a % 3)}.`;
    const text = JSON.stringify(settings).replaceAll(/10\.[234]0\.(?=\d)/g, start);
    Object.assign(settings, JSON.parse(text));
    return `the network begins with ${start}`;
  },
  (settings, _, b) => {
    settings.network.cidr = settings.network.cidr.replace("/16", b % 2 === 0 ? "/15" : "/17");
    return `the VPC is ${settings.network.cidr}`;
  },
  (settings, a, b) => {
    const names = Object.keys(settings.hosts);
    settings.network.sources = { office: pick(["203.0.113.0/24", "198.51.100.7/32"], b) };
    const more = [
      { to: pick(names, a), from: "office", ports: 443 },
      { to: pick(names, a), from: "vpc", ports: "9000-9010", protocol: "udp" },
      { to: pick(names, a), from: pick(names, b), protocol: "icmp" },
      { to: pick(names, a), from: pick(names, a + b), protocol: "all" },
    ].slice(0, 1 + (b % 4));
    settings.network.rules = [...(settings.network.rules ?? []), ...more];
    return `${more.length} more rules`;
  },
  (settings, a, b) => {
    const { rules = [] } = settings.network;
    if (rules.length === 0) return undefined;
    if (b % 3 === 0) rules.reverse();
    else if (b % 3 === 1) rules.splice(a % rules.length, 1);
    else rules[a % rules.length].ports = 8800 + (a % 7);
    return ["rules in another order", "a rule goes", "a rule has another port"][b % 3];
  },
  ofAll("network.rules", [undefined, []]),
  ofAll("account.id", [undefined]),
  ofAll("mirrors.pypi", ["vpc", "public"]),
  ofAll("mirrors.docker", ["none", "daocloud"]),
  ofAll("mirrors.npm", ["https://registry.npmmirror.com"]),
  ofAll("buckets", [
    undefined,
    { raw: { existing: "acme-raw", hosts: "read" } },
    { raw: { existing: "acme-raw", hosts: "read-write" }, more: { existing: "acme-more", hosts: "write" } },
  ]),
  (settings, a) => {
    const [name] = Object.keys(settings.buckets ?? {});
    if (name === undefined) return undefined;
    settings.buckets[name].hosts = pick(["read", "write", "read-write"], a);
    return `bucket ${name}: ${settings.buckets[name].hosts}`;
  },
  ofAll("timeSeries", [
    undefined,
    { lindorm: { generation: 1, nodes: 2, node: "lindorm.g.2xlarge", storage: { GiB: 160, kind: "standard" } } },
    { lindorm: { generation: 2, nodes: 2, node: "lindorm.g.2xlarge", storage: { GiB: 160, kind: "performance" } } },
    { tsdb: { engine: "tsdb_tsdb", class: "tsdb.1x.basic", GiB: 40 } },
  ]),
  ofDatabase("lindorm.nodes", [2, 3, 4]),
  ofDatabase("lindorm.node", ["lindorm.g.2xlarge", "lindorm.g.4xlarge", "lindorm.g.xlarge"]),
  ofDatabase("lindorm.storage.GiB", [80, 240, 480]),
  ofDatabase("lindorm.storage.kind", ["performance", "capacity"]),
  ofDatabase("lindorm.generation", [2]),
  ofDatabase("zone", ["cn-shanghai-l", "cn-shanghai-m"]),
  ofDatabase("pay", [
    undefined,
    "pay-as-you-go",
    subscription("1 year", "never"),
    subscription("3 months", { every: "5 months" }),
  ]),
  ofDatabase("reachableFrom", [[], undefined]),
  (settings, _, b) => {
    if (settings.timeSeries === undefined) return undefined;
    settings.network.sources = { ...settings.network.sources, office: "203.0.113.0/24", home: "198.51.100.7/32" };
    settings.timeSeries.reachableFrom = pick(
      [["office"], ["home", "office"], ["office", ...Object.keys(settings.hosts)]],
      b,
    );
    return `timeSeries.reachableFrom = ${settings.timeSeries.reachableFrom}`;
  },
  ofAll("accept", [
    undefined,
    [{ what: "address-deleted", on: "network", why: "a test", by: "test", until: "2099-12-31" }],
    [{ what: "cn-flow-log", on: "network", why: "a test", by: "test", until: "2099-12-31" }],
  ]),
  ofAll("policies", [undefined, { profile: "mlps-3" }]),
  ofAll("budget", [undefined, { currency: "CNY", month: 7000 }]),
  // Another order of everything: of groups, settings and tags.
  (settings) => {
    const turned = turn(settings);
    for (const name of Object.keys(settings)) delete settings[name];
    Object.assign(settings, turned);
    return "everything in another order";
  },
];

/** Keys in the opposite order. Zones stay: the first is where the way out and the database stand. */
function turn(value: Settings, name = ""): Settings {
  if (typeof value !== "object" || value === null || Array.isArray(value) || name === "vSwitches") return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, turn(inner, key)]),
  );
}

/** Everything that names a group names it by its new name, or no longer. */
function mend(settings: Settings, name: string, now: string | undefined): void {
  const names = (given: string) => (given === name ? now : given);
  const { network, timeSeries } = settings;
  network.rules = (network.rules ?? [])
    .map((rule: Settings) => ({ ...rule, to: names(rule.to), from: names(rule.from) }))
    .filter((rule: Settings) => rule.to !== undefined && rule.from !== undefined);
  if (timeSeries?.reachableFrom !== undefined) {
    timeSeries.reachableFrom = timeSeries.reachableFrom.map(names).filter((one: unknown) => one !== undefined);
  }
}

const edit = fc.record({ which: fc.nat(edits.length - 1), a: fc.nat(1_000), b: fc.nat(1_000) });

/** Different edits of one stack file, each of which a review accepts and each of one to three changes. */
export function editsOf(stack: string, text: string, count: number, seed: number): readonly Edited[] {
  const { config }: { readonly config: Settings } = parse(text);
  const before = JSON.stringify(config);
  const edited = fc
    .array(edit, { minLength: 1, maxLength: 3, size: "max" })
    .map((changes) => {
      const settings: Settings = {};
      for (const [name, value] of Object.entries(structuredClone(config)))
        settings[name.replace(/^china:/, "")] = value;
      const what = changes.map(({ which, a, b }) =>
        // After the last group is gone there is none to change.
        Object.keys(settings.hosts).length === 0 ? undefined : edits[which]?.(settings, a, b),
      );
      const after = Object.fromEntries(Object.entries(settings).map(([name, value]) => [`china:${name}`, value]));
      return { what: what.filter((one) => one !== undefined).join("; "), after };
    })
    .filter(({ after }) => JSON.stringify(after) !== before)
    .map(({ after, ...rest }) => ({ ...rest, text: stringify({ config: after }) }))
    .filter((one) => mistakesOf(one.text, stack).length === 0);
  const unlike = fc.uniqueArray(edited, { minLength: count, maxLength: count, selector: (one) => one.text });
  return fc.sample(unlike, { numRuns: 1, seed })[0] ?? [];
}
