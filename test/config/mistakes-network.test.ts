import { describeMistakes } from "./mistake-rows.ts";
import { set } from "./settings.ts";

describeMistakes("place", [
  {
    what: "Hong Kong, with the reason",
    edits: [set("region", "cn-hongkong")],
    at: "china:region",
    wanted: "Hong Kong has its own rules, prices and network path",
  },
  {
    what: "a region outside of the mainland",
    edits: [set("region", "ap-southeast-1")],
    at: "china:region",
    wanted: "lies outside mainland China",
  },
  {
    what: "a misspelt region",
    edits: [set("region", "cn-shangai")],
    at: "china:region",
    wanted: "a region in mainland China: cn-hangzhou, cn-shanghai",
    fix: "did you mean cn-shanghai?",
  },
  {
    what: "a vSwitch in a zone of another region",
    edits: [set("network/vSwitches/cn-beijing-h", "10.20.16.0/20")],
    at: "china:network.vSwitches.cn-beijing-h",
    wanted: "a zone of cn-shanghai: cn-shanghai-a",
  },
  {
    what: "a vSwitch in a zone that is none",
    edits: [set("network/vSwitches/cn-shanghai-z", "10.20.16.0/20")],
    at: "china:network.vSwitches.cn-shanghai-z",
    wanted: "a zone of cn-shanghai",
  },
  {
    what: "hosts in a zone without vSwitch",
    edits: [set("hosts/workers/zones", ["cn-shanghai-l", "cn-shanghai-m"])],
    at: "china:hosts.workers.zones[1]",
    wanted: "a zone with a vSwitch: cn-shanghai-l",
    fix: "add cn-shanghai-m to china:network.vSwitches",
  },
  {
    what: "a database in a zone without vSwitch",
    edits: [
      set("timeSeries/lindorm", {
        generation: 2,
        nodes: 2,
        node: "lindorm.g.2xlarge",
        storage: { GiB: 160, kind: "standard" },
      }),
      set("timeSeries/zone", "cn-shanghai-m"),
    ],
    at: "china:timeSeries.zone",
    wanted: "a zone with a vSwitch",
  },
]);

describeMistakes("ranges", [
  {
    what: "no range",
    edits: [set("network/cidr", "10.20.0.0")],
    at: "china:network.cidr",
    wanted: "an IPv4 range such as 10.20.0.0/16",
  },
  {
    what: "a broken vSwitch hides no zone: its hosts are no mistake",
    edits: [set("network/vSwitches/cn-shanghai-l", "nonsense")],
    at: "china:network.vSwitches.cn-shanghai-l",
    wanted: "an IPv4 range",
  },
  {
    what: "a vSwitch outside of the VPC",
    edits: [set("network/vSwitches/cn-shanghai-m", "10.21.0.0/20")],
    at: "china:network.vSwitches.cn-shanghai-m",
    wanted: "a range inside the VPC's 10.20.0.0/16",
  },
  {
    what: "vSwitches that overlap",
    edits: [set("network/vSwitches/cn-shanghai-m", "10.20.8.0/21")],
    at: "china:network.vSwitches.cn-shanghai-m",
    wanted: "does not overlap with cn-shanghai-l's 10.20.0.0/20",
  },
  {
    what: "host bits",
    edits: [set("network/vSwitches/cn-shanghai-l", "10.20.0.1/20")],
    at: "china:network.vSwitches.cn-shanghai-l",
    wanted: "begins at its first address",
    fix: "write 10.20.0.0/20",
  },
  {
    what: "the cloud's own range",
    edits: [set("network/cidr", "100.64.0.0/16"), set("network/vSwitches/cn-shanghai-l", "100.64.0.0/20")],
    at: ["china:network.cidr", "china:network.vSwitches.cn-shanghai-l"],
    wanted: "clear of 100.64.0.0/10 (Alibaba Cloud's own services",
    fix: "10.20.0.0/16",
  },
  {
    what: "Docker's own range",
    edits: [set("network/cidr", "172.16.0.0/12"), set("network/vSwitches/cn-shanghai-l", "172.17.16.0/20")],
    at: "china:network.vSwitches.cn-shanghai-l",
    wanted: "clear of 172.17.0.0/16 (Docker's default bridge",
  },
  {
    what: "a public range",
    edits: [set("network/cidr", "8.8.0.0/16"), set("network/vSwitches/cn-shanghai-l", "8.8.0.0/20")],
    at: ["china:network.cidr", "china:network.vSwitches.cn-shanghai-l"],
    wanted: "a private range: part of 10.0.0.0/8",
  },
  {
    what: "a VPC that is too small",
    edits: [set("network/cidr", "10.20.0.0/29"), set("network/vSwitches/cn-shanghai-l", "10.20.0.0/29")],
    at: "china:network.cidr",
    wanted: "a mask from /8 to /28",
  },
  {
    what: "a vSwitch that is too large",
    edits: [set("network/cidr", "10.0.0.0/8"), set("network/vSwitches/cn-shanghai-l", "10.0.0.0/15")],
    at: "china:network.vSwitches.cn-shanghai-l",
    wanted: "a mask from /16 to /29",
  },
  {
    what: "too few addresses for the hosts",
    edits: [set("network/vSwitches/cn-shanghai-l", "10.20.0.0/28"), set("hosts/workers/count", 11)],
    at: "china:network.vSwitches.cn-shanghai-l",
    wanted: "room for 11 hosts; it has 10 free addresses (6 are reserved)",
    fix: "larger range",
  },
  {
    what: "no vSwitch",
    edits: [set("network/vSwitches", {}), set("hosts", {})],
    at: "china:network.vSwitches",
    wanted: "at least one zone",
  },
  {
    what: "an existing vSwitch in a new VPC",
    edits: [set("network/vSwitches/cn-shanghai-l", { existing: "vsw-abc", cidr: "10.20.0.0/20" })],
    at: "china:network.vSwitches.cn-shanghai-l",
    wanted: "a new vSwitch: one that exists cannot be in a VPC that does not",
    fix: "china:network.existing",
  },
  {
    what: "the way out of a VPC that does not exist",
    edits: [set("network/wayOut", "existing")],
    at: "china:network.wayOut",
    wanted: "none or nat",
    fix: "write nat",
  },
  {
    what: "an id that is no VPC's",
    edits: [set("network/existing", "my-vpc")],
    at: "china:network.existing",
    wanted: "a VPC id such as vpc-uf6",
  },
  {
    what: "a source named like a group",
    edits: [set("network/sources", { workers: "203.0.113.0/24" })],
    at: "china:network.sources.workers",
    wanted: "a host group has this one",
    fix: "rename it",
  },
  {
    what: "a source named vpc",
    edits: [set("network/sources", { vpc: "203.0.113.0/24" })],
    at: "china:network.sources.vpc",
    wanted: "vpc is the VPC itself",
  },
]);
