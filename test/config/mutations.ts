import { armImage, type Edit, remove, rename, set } from "./settings.ts";

/** A change that no valid settings survive, whatever else they say. */
export interface Mutation {
  readonly what: string;
  /** How the path of a mistake begins; `<group>` is the first group's name. */
  readonly at: string;
  readonly edit: (group: string) => Edit;
}

const top = (what: string, at: string, edit: Edit): Mutation => ({ what, at, edit: () => edit });
const inGroup = (what: string, at: string, edit: (group: string) => Edit): Mutation => ({
  what,
  at: `china:hosts.<group>.${at}`,
  edit,
});
const setIn = (what: string, path: string, value: unknown): Mutation =>
  inGroup(what, path.replaceAll("/", "."), (group) => set(`hosts/${group}/${path}`, value));

export const mutations: readonly Mutation[] = [
  top("no site", "china:account.site", remove("account/site")),
  top("Hong Kong", "china:region", set("region", "cn-hongkong")),
  top("no owner", "china:tags.owner", remove("tags/owner")),
  top("a tag of the program's", "china:tags.component", set("tags/component", "x")),
  top("the VPC elsewhere", "china:network.vSwitches", set("network/cidr", "10.255.0.0/28")),
  top("the VPC in the cloud's own range", "china:network.cidr", set("network/cidr", "100.100.0.0/16")),
  top(
    "a zone of nowhere",
    "china:network.vSwitches.cn-nowhere-a",
    set("network/vSwitches/cn-nowhere-a", "10.0.0.0/24"),
  ),
  top("a misspelt way out", "china:network.wayOut", set("network/wayOut", "natt")),
  top("no way out key", "china:network.wayOut", remove("network/wayOut")),
  top("rules as a map", "china:network.rules", set("network/rules", {})),
  top(
    "a rule to nobody",
    "china:network.rules[0].to",
    set("network/rules", [{ to: "nobody", from: "vpc", ports: 80 }]),
  ),
  top("a source named vpc", "china:network.sources.vpc", set("network/sources/vpc", "203.0.113.0/24")),
  top("a misspelt mirror", "china:mirrors.pipy", rename("mirrors/pypi", "pipy")),
  top("TUNA", "china:mirrors.pypi", set("mirrors/pypi", "https://pypi.tuna.tsinghua.edu.cn/simple")),
  top("two databases", "china:timeSeries.tsdb", (settings) =>
    set("timeSeries", {
      lindorm: { generation: 2, nodes: 2, node: "lindorm.g.2xlarge", storage: { GiB: 80, kind: "standard" } },
      tsdb: { engine: "tsdb_tsdb", class: "tsdb.1x.basic", GiB: 40 },
    })(settings),
  ),
  top(
    "containers on nobody",
    "china:containers.run.web.on[0]",
    set("containers", { run: { web: { on: ["nobody"], image: "x" } } }),
  ),
  top("an unknown setting", "china:colour", set("colour", "blue")),
  setIn("fewer than no hosts", "count", -1),
  setIn("a type without form", "type", "large"),
  setIn("an unknown image", "image", "m-custom"),
  setIn("a zone without vSwitch", "zones", ["cn-nowhere-a"]),
  setIn("a small system disk", "systemDisk/GiB", 10),
  setIn("a level that is none", "systemDisk/level", "PL9"),
  setIn("a snapshot at half past", "dataDisk/snapshots", { at: "03:30", keepDays: 1 }),
  setIn("a term in words", "pay", { subscription: { for: "a while" } }),
  setIn("a price of nothing", "pay", { spot: { max: 0 } }),
  setIn("access by telnet", "access", { telnet: {} }),
  setIn("a key that is not there", "access", { ssh: { from: "vpc", key: "none.pub" } }),
  setIn("too wide an address", "publicAddress", { Mbps: 1_000 }),
  setIn("a lock that is not there", "software/python", "none.toml"),
  setIn("an image without digest", "software/images", ["docker.io/library/python:3"]),
  setIn("a host of another group to rebuild", "rebuild", ["nobody-01"]),
  setIn("a key of every object", "constructor", "x"),
  inGroup("an image for another processor", "image", (group) => (settings) => {
    const other = JSON.stringify(settings).includes(`"${armImage}"`)
      ? "ubuntu_24_04_x64_20G_alibase_20260916.vhd"
      : armImage;
    return set(
      `hosts/${group}/image`,
      other,
    )(set(`hosts/${group}/type`, other === armImage ? "ecs.g7.xlarge" : "ecs.g8y.xlarge")(settings));
  }),
];
