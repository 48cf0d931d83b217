import { readFileSync } from "node:fs";
import { reduceLock } from "../../components/bootstrap/python/lock.ts";
import type { BootstrapSettings, OperatingSystem } from "../../components/bootstrap/settings.ts";

/** Debian 12: what this project's machines run, so its commands can really be executed. */
export const debian: OperatingSystem = {
  family: "debian",
  id: "debian-12",
  pythonCommand: "python3.11",
  packages: { python: ["python3-venv"], docker: ["docker.io"], chrony: ["chrony"] },
  chronyDirectory: "/etc/chrony/conf.d",
  chronyService: "chrony",
};

export const alinux: OperatingSystem = {
  family: "rhel",
  id: "alibaba-cloud-linux-3",
  pythonCommand: "python3.11",
  packages: { python: ["python3.11", "python3.11-pip"], docker: ["docker-ce", "containerd.io"], chrony: ["chrony"] },
  chronyDirectory: "/etc/chrony.d",
  chronyService: "chronyd",
  dockerRepository: { path: "/etc/yum.repos.d/docker-ce.repo", content: "[docker-ce-stable]\nname=Docker\n" },
};

/** As little as settings can ask for. */
export const bare: BootstrapSettings = {
  stack: "test",
  group: "workers",
  region: "cn-shanghai",
  os: debian,
  timezone: "Asia/Shanghai",
  ntp: [],
  containerd: {},
  environment: {},
  users: [],
  files: [],
  commands: [],
};

const indexes = [
  { url: "http://mirrors.cloud.aliyuncs.com/pypi/simple/" },
  { url: "https://mirrors.huaweicloud.com/repository/pypi/simple" },
  { url: "https://mirrors.cloud.tencent.com/pypi/simple" },
];

/** A worker as the shipped stack has it: 38 locked packages, Docker by DaoCloud, a data disk, a user, a file. */
export function worker(os: OperatingSystem = debian): BootstrapSettings {
  return {
    ...bare,
    stack: "shanghai",
    os,
    ntp: ["ntp.cloud.aliyuncs.com", "ntp7.cloud.aliyuncs.com", "ntp8.cloud.aliyuncs.com", "ntp10.cloud.aliyuncs.com"],
    python: { indexes, packages: lockedPackages(), uv: true },
    docker: {
      mirror: "https://docker.m.daocloud.io",
      maxConcurrentDownloads: 2,
      images: [`docker.io/library/busybox@sha256:${"a".repeat(64)}`],
    },
    containerd: { "quay.io": "https://quay.m.daocloud.io", "docker.io": "https://docker.m.daocloud.io" },
    environment: { HF_ENDPOINT: "https://hf-mirror.com", GOPROXY: "https://goproxy.cn,direct" },
    npmRegistry: "https://registry.npmmirror.com",
    dataDisk: { mount: "/data" },
    users: [
      { name: "ops", sudo: true, docker: true, sshKeys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOx ops@example"] },
    ],
    files: [
      {
        path: "/etc/china/endpoints.json",
        content: '{\n  "region": "cn-shanghai"\n}\n',
        mode: "0644",
        owner: "root:root",
      },
      { path: "/home/ops/.config/app/settings.ini", content: "[app]\nname = 数据", mode: "0640", owner: "ops:ops" },
      { path: "/data/README", content: "Kept when the host is rebuilt.\n", mode: "0644", owner: "root:root" },
    ],
    commands: ["echo it\\'s done > /data/done"],
  };
}

function lockedPackages() {
  const lock = readFileSync(new URL("../../python/pylock.toml", import.meta.url), "utf8");
  const target = { python: "3.11", arch: "x86_64" as const, libc: { kind: "glibc" as const, version: "2.36" } };
  const { wheels, problems } = reduceLock(lock, "pylock.toml", target);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return wheels.map(({ name, version, sha256 }) => ({ name, version, sha256 }));
}
