import { type Fact, fact } from "./fact.ts";

/** How far this project's tests go with the user data of a family. */
export type Tried =
  /** A plain system of this release boots with it under npm run test:hosts; Alibaba's own image is not to be had there. */
  | "booted"
  /** cloud-init's schema, shellcheck, and a run in which the package manager only writes down what it is asked for. */
  | "dry run";

/** An operating system as Alibaba Cloud offers it as a public image, with what a bootstrap must know of it. */
export interface ImageFamily extends Fact {
  readonly id: string;
  /** As people call it. */
  readonly name: string;
  /** How its image ids begin. */
  readonly idStart: RegExp;
  /** Names to ask the image API for; an unknown name is answered with nothing, not with an error. */
  readonly apiFamilies: readonly string[];
  readonly family: "debian" | "rhel";
  readonly python: { readonly version: string; readonly command: string };
  readonly glibc: string;
  readonly packages: {
    readonly python: readonly string[];
    readonly docker: readonly string[];
    readonly chrony: readonly string[];
  };
  /** Where the names of packages were read. */
  readonly packagesFrom: { readonly python: Fact; readonly docker: Fact; readonly chrony: Fact };
  readonly chronyDirectory: string;
  /** Whether chrony reads that directory without being told; a `confdir` line has to be added where not. */
  readonly chronyReadsDirectory: "yes" | "unknown";
  readonly chronyConfig: string;
  readonly chronyService: string;
  /** Where the distribution has no Docker of its own. */
  readonly dockerRepository?: { readonly path: string; readonly content: string };
  /** Whether cloud-init there knows metadata tokens (23.1 and later); without, required tokens lose the user data. */
  readonly metadataTokens: "yes" | "no" | "unknown";
  readonly tried: Tried;
}

const debian = {
  family: "debian",
  chronyDirectory: "/etc/chrony/conf.d",
  chronyReadsDirectory: "yes",
  chronyConfig: "/etc/chrony/chrony.conf",
  chronyService: "chrony",
} as const;

/** All names from one place. */
function allFrom(from: Fact): ImageFamily["packagesFrom"] {
  return { python: from, docker: from, chrony: from };
}

const ubuntuRelease = (version: string): Fact =>
  fact(`Ubuntu ${version} package list; no Alibaba image read`, "2026-11", "unverified");
/** docker.io-app is the source of docker.io and docker-doc alone, so the client is in docker.io, other than in Debian 13. */
const noblePackages = fact(
  "packages.ubuntu.com, noble and noble-updates: python3-venv 3.12.3, docker.io-app 29.1.3, chrony 4.5",
  "2026-11",
);
const jammyPackages = fact(
  "packages.ubuntu.com, jammy and jammy-updates: python3-venv 3.10.6, docker.io-app 29.1.3; chrony listed",
  "2026-11",
);

/** Debian's own package lists were read on a plain Debian, not on an image of Alibaba Cloud. */
const bookworm = fact(
  "Debian 12 package list, on a Debian 12 machine; no Alibaba image read",
  "2026-11-24",
  "unverified",
);
const trixie = fact("Debian 13 root built and booted without Alibaba's image", "2026-11", "unverified");
const bookwormPackages = fact("Debian 12 package list, on a Debian 12 machine", "2026-11-25");
const trixiePackages = fact("Debian 13 root, packages installed there", "2026-11");
const alinux3 = fact(
  "Alibaba Cloud docs, Alibaba Cloud Linux 3 compared with CentOS 7; packages not tried",
  "2024-07-09",
  "unverified",
);
/** The system's own python3 is 3.6. The venv needs no python3.11-pip: the second source makes one without. */
const alinux3Python = fact(
  "two public records of hosts with 3.2104: tommax-bai/isales, python3.11 3.11.13-7.0.1.al8 of alinux3-updates " +
    "(2026-05-17); a deployment script that installs it alone and then runs python3.11 -m venv",
  "2026-07-29",
  "low",
);
const alinux3Docker = fact(
  "Alibaba Cloud docs, install Docker, Alibaba Cloud Linux 3; its own package docker is Podman (264695)",
  "2026-11",
);

const internalRepository = "http://mirrors.cloud.aliyuncs.com/docker-ce/linux/centos";

/** $releasever is not 8 on Alibaba Cloud Linux 3; Alibaba's template adds a plugin for that, a fixed 8 does without. */
export const alinux3DockerRepository = {
  path: "/etc/yum.repos.d/docker-ce.repo",
  content: [
    "[docker-ce-stable]",
    "name=Docker CE stable",
    `baseurl=${internalRepository}/8/$basearch/stable`,
    "gpgcheck=1",
    `gpgkey=${internalRepository}/gpg`,
    "",
  ].join("\n"),
  /** The other way: this package from this repository turns $releasever into 8. */
  adapter: { package: "dnf-plugin-releasever-adapter", repository: "alinux3-plus" },
  ...fact("aliyun/oos-templates ACS::ECS::InstallDockerCE", "2026-08"),
};

export const imageFamilies: readonly ImageFamily[] = [
  {
    id: "ubuntu-24.04",
    name: "Ubuntu 24.04",
    idStart: /^ubuntu_24_04_/,
    apiFamilies: ["acs:ubuntu_24_04_x64"],
    python: { version: "3.12", command: "python3.12" },
    glibc: "2.39",
    packages: { python: ["python3-venv"], docker: ["docker.io"], chrony: ["chrony"] },
    packagesFrom: allFrom(noblePackages),
    metadataTokens: "unknown",
    tried: "dry run",
    ...debian,
    ...ubuntuRelease("24.04"),
  },
  {
    id: "ubuntu-22.04",
    name: "Ubuntu 22.04",
    idStart: /^ubuntu_22_04_/,
    apiFamilies: ["acs:ubuntu_22_04_x64"],
    python: { version: "3.10", command: "python3.10" },
    glibc: "2.35",
    packages: { python: ["python3-venv"], docker: ["docker.io"], chrony: ["chrony"] },
    packagesFrom: allFrom(jammyPackages),
    metadataTokens: "unknown",
    tried: "dry run",
    ...debian,
    ...ubuntuRelease("22.04"),
  },
  {
    id: "debian-12",
    name: "Debian 12",
    idStart: /^debian_12_/,
    apiFamilies: [],
    python: { version: "3.11", command: "python3.11" },
    glibc: "2.36",
    packages: { python: ["python3-venv"], docker: ["docker.io"], chrony: ["chrony"] },
    packagesFrom: allFrom(bookwormPackages),
    metadataTokens: "no",
    tried: "booted",
    ...debian,
    ...bookworm,
  },
  {
    id: "debian-13",
    name: "Debian 13",
    idStart: /^debian_13_/,
    apiFamilies: ["acs:debian_13_5_x64"],
    python: { version: "3.13", command: "python3.13" },
    glibc: "2.41",
    packages: { python: ["python3-venv"], docker: ["docker.io", "docker-cli"], chrony: ["chrony"] },
    packagesFrom: allFrom(trixiePackages),
    metadataTokens: "yes",
    tried: "booted",
    ...debian,
    ...trixie,
  },
  {
    id: "alibaba-cloud-linux-3",
    name: "Alibaba Cloud Linux 3",
    idStart: /^aliyun_3_/,
    apiFamilies: ["acs:alibaba_cloud_linux_3_2104_lts_x64", "acs:alibaba_cloud_linux_3_2104_lts_arm64"],
    family: "rhel",
    python: { version: "3.11", command: "python3.11" },
    glibc: "2.32",
    packages: { python: ["python3.11"], docker: ["docker-ce", "docker-ce-cli", "containerd.io"], chrony: ["chrony"] },
    packagesFrom: { python: alinux3Python, docker: alinux3Docker, chrony: alinux3 },
    chronyDirectory: "/etc/chrony.d",
    chronyReadsDirectory: "unknown",
    chronyConfig: "/etc/chrony.conf",
    chronyService: "chronyd",
    dockerRepository: { path: alinux3DockerRepository.path, content: alinux3DockerRepository.content },
    metadataTokens: "unknown",
    tried: "dry run",
    ...alinux3,
  },
];
