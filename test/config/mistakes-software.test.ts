import { describeMistakes } from "./mistake-rows.ts";
import { digest, set } from "./settings.ts";

const software = (value: object) => set("hosts/workers/software", value);
const own = "registry-vpc.cn-shanghai.aliyuncs.com/acme";
const python = `docker.io/library/python@${digest}`;

describeMistakes("container images", [
  {
    what: "without digest",
    edits: [software({ docker: true, images: ["docker.io/library/python:3.12"] }), set("network/wayOut", "nat")],
    at: "china:hosts.workers.software.images[0]",
    wanted: "an image with its digest",
    fix: "docker.io/library/python@sha256:...",
  },
  {
    what: "without Docker",
    edits: [software({ images: [python] }), set("network/wayOut", "nat")],
    at: "china:hosts.workers.software.images",
    wanted: "no images without Docker",
    fix: "docker: true",
  },
  {
    what: "that are no image names",
    edits: [software({ docker: true, images: ["Python!"] })],
    at: "china:hosts.workers.software.images[0]",
    wanted: "an image name",
  },
  {
    what: "from elsewhere than one's own registry",
    edits: [software({ docker: true, images: [python] }), set("mirrors/docker", own)],
    at: "china:hosts.workers.software.images[0]",
    wanted: `an image in ${own}`,
    fix: `copy it there and write ${own}/python@${digest}`,
  },
  {
    what: "of Docker Hub without a mirror",
    edits: [software({ docker: true, images: [python] }), set("mirrors/docker", "none"), set("network/wayOut", "nat")],
    at: "china:hosts.workers.software.images[0]",
    wanted: "no image of Docker Hub",
    fix: "daocloud or to your own registry",
  },
]);

describeMistakes("Python", [
  {
    what: "a lock that is not there",
    edits: [software({ python: "python/none.toml" })],
    at: "china:hosts.workers.software.python",
    wanted: "a lock file in the project: pylock.toml or uv.lock",
    fix: "from the top of the project",
  },
  {
    what: "a file that is no lock",
    edits: [software({ python: "package.json" })],
    at: "china:hosts.workers.software.python",
    wanted: "lock",
  },
  {
    what: "a package without a wheel for the image",
    edits: [software({ python: "locks/pylock.no-wheel.toml", sdk: "none" })],
    at: "china:hosts.workers.software.python",
    wanted: "no wheel",
  },
  {
    what: "a lock that lacks the SDK",
    edits: [software({ python: "locks/pylock.no-sdk.toml" })],
    at: "china:hosts.workers.software.python",
    wanted: "it lacks alibabacloud-credentials, alibabacloud-ecs20140526",
    fix: "sdk: none",
  },
  {
    what: "both SDKs without a lock of both",
    edits: [software({ sdk: "both" })],
    at: "china:hosts.workers.software.python",
    wanted: "a lock that holds both generations",
    fix: "python/README.md",
  },
  {
    what: "uv that the lock does not have",
    edits: [software({ python: "locks/pylock.no-sdk.toml", sdk: "none", uv: true })],
    at: "china:hosts.workers.software.uv",
    wanted: "uv in locks/pylock.no-sdk.toml",
    fix: "write uv: false",
  },
]);

describeMistakes("files, users and commands", [
  {
    what: "a file that is not there",
    edits: [software({ files: [{ path: "/etc/app.conf", from: "files/none.conf" }] })],
    at: "china:hosts.workers.software.files[0].from",
    wanted: "a file of the project",
  },
  {
    what: "a file with a private key",
    edits: [software({ files: [{ path: "/etc/key", from: "keys/team" }] })],
    at: "china:hosts.workers.software.files[0].from",
    wanted: "no secret: every process on the host can read user data",
    fix: "give the hosts a role",
  },
  {
    what: "a file that is no text",
    edits: [
      software({
        files: [
          { path: "/etc/license", from: "LICENSE" },
          { path: "/etc/nul", from: "files/nul.txt" },
        ],
      }),
    ],
    at: "china:hosts.workers.software.files[1].from",
    wanted: "holds a NUL",
  },
  {
    what: "more than user data holds",
    edits: [software({ files: [{ path: "/srv/large.txt", from: "files/large.txt" }] })],
    at: "china:hosts.workers.software",
    wanted: "at most 32768 bytes",
    fix: "into a bucket",
  },
  {
    what: "a path that is not absolute",
    edits: [software({ files: [{ path: "etc/x", from: "LICENSE" }] })],
    at: "china:hosts.workers.software.files[0].path",
    wanted: "an absolute path",
  },
  {
    what: "two files at one path",
    edits: [
      software({
        files: [
          { path: "/etc/x", from: "LICENSE" },
          { path: "/etc/x", from: "Pulumi.yaml" },
        ],
      }),
    ],
    at: "china:hosts.workers.software.files",
    wanted: "/etc/x stands there more than once",
  },
  {
    what: "a file that the bootstrap writes itself",
    edits: [software({ files: [{ path: "/etc/pip.conf", from: "LICENSE" }] })],
    at: "china:hosts.workers.software.files",
    wanted: "/etc/pip.conf is written by the bootstrap itself",
  },
  {
    what: "two users of one name",
    edits: [software({ users: [{ name: "ops" }, { name: "ops", sudo: true }] })],
    at: "china:hosts.workers.software.users",
    wanted: "ops stands there more than once",
  },
  {
    what: "a user's key that is none",
    edits: [software({ users: [{ name: "ops", sshKeys: ["nonsense"] }] })],
    at: "china:hosts.workers.software.users[0].sshKeys[0]",
    wanted: "one public key on one line",
  },
  {
    what: "a command that no shell takes",
    edits: [software({ commands: ["true", "echo a\0b"] })],
    at: "china:hosts.workers.software.commands[1]",
    wanted: "holds a NUL",
  },
  {
    what: "a time server that is no host name",
    edits: [software({ ntp: ["10.20.0.9", "not a host"] })],
    at: "china:hosts.workers.software.ntp[1]",
    wanted: "a host name",
  },
  {
    what: "a time zone that is none",
    edits: [software({ timezone: "UTC+8" })],
    at: "china:hosts.workers.software.timezone",
    wanted: "a time zone such as Asia/Shanghai",
  },
]);
