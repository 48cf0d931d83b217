import { smallSettings } from "../support/stacks.ts";
import { describeMistakes } from "./mistake-rows.ts";
import { armImage, set } from "./settings.ts";

const group = smallSettings().hosts["workers"];

describeMistakes("machines", [
  {
    what: "a data disk beside local disks, which look the same to the bootstrap",
    edits: [set("hosts/workers/type", "ecs.i2.xlarge"), set("hosts/workers/dataDisk", { GiB: 100 })],
    at: "china:hosts.workers.dataDisk",
    wanted: "ecs.i2.xlarge has local disks",
    fix: "remove dataDisk",
  },
  {
    what: "a disk that the family does not take",
    edits: [set("hosts/workers/systemDisk/category", "cloud_efficiency")],
    at: "china:hosts.workers.systemDisk.category",
    wanted: "a disk that ecs.g7.xlarge takes: cloud_essd (",
  },
  {
    what: "an ESSD level that the size is too small for",
    edits: [set("hosts/workers/dataDisk", { GiB: 460, level: "PL2" })],
    at: "china:hosts.workers.dataDisk.GiB",
    wanted: "at least 461 for PL2",
    fix: "take a lower level",
  },
  {
    what: "a level on a disk that has none",
    edits: [set("hosts/workers/dataDisk", { GiB: 100, category: "cloud_auto", level: "PL1" })],
    at: "china:hosts.workers.dataDisk.level",
    wanted: "no level: cloud_auto has none",
    fix: "remove level",
  },
  {
    what: "an ARM image on an x86 type",
    edits: [set("hosts/workers/image", armImage)],
    at: "china:hosts.workers.image",
    wanted: "an image for x86_64: ecs.g7.xlarge has that architecture",
    fix: "_x64_",
  },
  {
    what: "an x86 image on an ARM type",
    edits: [set("hosts/workers/type", "ecs.g8y.xlarge")],
    at: "china:hosts.workers.image",
    wanted: "an image for arm64: ecs.g8y.xlarge has that architecture",
    fix: "_arm64_",
  },
  {
    what: "an image that nobody knows",
    edits: [set("hosts/workers/image", "m-custom")],
    at: "china:hosts.workers.image",
    wanted: "a dated public image of ubuntu-24.04, ubuntu-22.04",
    fix: "ubuntu_24_04_x64_20G_alibase_",
  },
  {
    what: "an image family, which has no date",
    edits: [set("hosts/workers/image", "acs:ubuntu_24_04_x64")],
    at: "china:hosts.workers.image",
    wanted: "a dated public image",
  },
  {
    what: "a system disk that is too small for the image",
    edits: [
      set("hosts/workers/image", "ubuntu_24_04_x64_40G_alibase_20260916.vhd"),
      set("hosts/workers/systemDisk/GiB", 30),
    ],
    at: "china:hosts.workers.systemDisk.GiB",
    wanted: "at least 40: the image needs it",
  },
  {
    what: "a type one letter off",
    edits: [set("hosts/workers/type", "ecs.g7.xlarqe")],
    at: "china:hosts.workers.type",
    wanted: "an instance type",
    fix: "did you mean ecs.g7.xlarge?",
  },
  {
    what: "a type that has not the form of one",
    edits: [set("hosts/workers/type", "g7.xlarge")],
    at: "china:hosts.workers.type",
    wanted: "an instance type such as ecs.g7.xlarge",
  },
  {
    what: "a data disk over a directory of the system",
    edits: [set("hosts/workers/dataDisk", { GiB: 100, mount: "/etc" })],
    at: "china:hosts.workers.dataDisk.mount",
    wanted: "/etc belongs to the system",
  },
]);

describeMistakes("groups and their lists", [
  {
    what: "a name that ends in a number",
    edits: [set("hosts/workers-2", group)],
    at: "china:hosts.workers-2",
    wanted: "does not end in a number",
    fix: "rename it",
  },
  {
    what: "a name that makes host names too long",
    edits: [set("hosts/a-group-with-a-name-of-forty-characters-x", group)],
    at: "china:hosts.a-group-with-a-name-of-forty-characters-x",
    wanted: "at most 40 characters",
  },
  {
    what: "a host to rebuild that is not there",
    edits: [set("hosts/workers/rebuild", ["workers-02", "workers-03"])],
    at: "china:hosts.workers.rebuild[1]",
    wanted: "a host of the group: workers-01 to workers-02",
  },
  {
    what: "a host to rebuild in an empty group",
    edits: [set("hosts/workers/count", 0), set("hosts/workers/rebuild", ["workers-01"])],
    at: "china:hosts.workers.rebuild[0]",
    wanted: "no host: the group is empty",
  },
  {
    what: "a disk to keep of a host that is there",
    edits: [set("hosts/workers/dataDisk", { GiB: 100, keep: ["workers-03", "workers-01"] })],
    at: "china:hosts.workers.dataDisk.keep[1]",
    wanted: "a host that has left the group",
    fix: "remove it",
  },
  {
    what: "a disk to keep of another group's host",
    edits: [set("hosts/workers/dataDisk", { GiB: 100, keep: ["batch-01"] })],
    at: "china:hosts.workers.dataDisk.keep[0]",
    wanted: "the key of a host of this group, for example workers-03",
  },
  {
    what: "host zero",
    edits: [set("hosts/workers/dataDisk", { GiB: 100, keep: ["workers-00"] })],
    at: "china:hosts.workers.dataDisk.keep[0]",
    wanted: "the key of a host of this group",
  },
  {
    what: "the same disk twice",
    edits: [set("hosts/workers/dataDisk", { GiB: 100, keep: ["workers-03", "workers-03"] })],
    at: "china:hosts.workers.dataDisk.keep[1]",
    wanted: "each host once",
  },
]);

describeMistakes("access", [
  {
    what: "a key file that is not there",
    edits: [set("hosts/workers/access", { ssh: { from: "vpc", key: "keys/none.pub" } })],
    at: "china:hosts.workers.access.ssh.key",
    wanted: "a file of the project with the public key",
    fix: "ssh-keygen",
  },
  {
    what: "the private key",
    edits: [set("hosts/workers/access", { ssh: { from: "vpc", key: "keys/team" } })],
    at: "china:hosts.workers.access.ssh.key",
    wanted: "the public key, in the .pub file",
    fix: "make a new pair if this one was committed",
  },
  {
    what: "a file that is no key",
    edits: [set("hosts/workers/access", { ssh: { from: "vpc", key: "keys/notes.txt" } })],
    at: "china:hosts.workers.access.ssh.key",
    wanted: "a public key in OpenSSH form",
  },
  {
    what: "a file outside of the project",
    edits: [set("hosts/workers/access", { ssh: { from: "vpc", key: "../../etc/passwd" } })],
    at: "china:hosts.workers.access.ssh.key",
    wanted: "a file of the project",
  },
  {
    what: "a file name that no file system takes",
    edits: [set("hosts/workers/access", { ssh: { from: "vpc", key: "k\0y" } })],
    at: "china:hosts.workers.access.ssh.key",
    wanted: "a file of the project",
  },
  {
    what: "a source that is none",
    edits: [
      set("hosts/workers/access", { ssh: { from: "ofice", key: "keys/team.pub" } }),
      set("network/sources", { office: "203.0.113.0/24" }),
    ],
    at: "china:hosts.workers.access.ssh.from",
    wanted: "a name: workers, office, vpc",
    fix: "did you mean office?",
  },
]);

describeMistakes("tags", [
  {
    what: "one that the program sets",
    edits: [set("tags/stack", "x")],
    at: "china:tags.stack",
    wanted: "the program sets this tag itself",
    fix: "remove it",
  },
  {
    what: "one that the cloud keeps for itself",
    edits: [set("tags/aliyun-x", "x")],
    at: "china:tags.aliyun-x",
    wanted: "does not begin with aliyun, acs: or http",
  },
  {
    what: "one that is too long",
    edits: [set("tags/note", "x".repeat(129))],
    at: "china:tags.note",
    wanted: "at most 128 characters",
  },
  {
    what: "too many",
    edits: Array.from({ length: 15 }, (_, i) => set(`tags/t${i}`, "x")),
    at: "china:tags",
    wanted: "at most 17: the cloud allows 20",
  },
]);
