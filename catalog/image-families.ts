import { type Fact, fact } from "./fact.ts";

/** An operating system as Alibaba Cloud offers it as a public image, with what a bootstrap must know of it. */
export interface ImageFamily extends Fact {
  readonly id: string;
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
  readonly chronyDirectory: string;
  /** Whether chrony reads that directory without being told; a `confdir` line has to be added where not. */
  readonly chronyReadsDirectory: "yes" | "unknown";
  readonly chronyConfig: string;
  readonly chronyService: string;
  readonly dockerRepository?: { readonly path: string; readonly content: string };
  /** Whether cloud-init there knows metadata tokens (23.1 and later); without, required tokens lose the user data. */
  readonly metadataTokens: "yes" | "no" | "unknown";
  /** Whether this project has seen such an image boot. */
  readonly booted: boolean;
}

const debian = {
  family: "debian",
  chronyDirectory: "/etc/chrony/conf.d",
  chronyReadsDirectory: "yes",
  chronyConfig: "/etc/chrony/chrony.conf",
  chronyService: "chrony",
  booted: false,
} as const;

const venv = ["python3-venv"];
const chrony = ["chrony"];
const ubuntuRelease = (version: string): Fact =>
  fact(`Ubuntu ${version} package list; no Alibaba image read`, "2026-11", "unverified");

/** Debian's own package lists were read on a plain Debian, not on an image of Alibaba Cloud. */
const bookworm = fact(
  "Debian 12 package list, on a Debian 12 machine; no Alibaba image read",
  "2026-11-24",
  "unverified",
);
const trixie = fact("Debian 13 root built and booted without Alibaba's image", "2026-11", "unverified");
const alinux3 = fact(
  "Alibaba Cloud docs, Alibaba Cloud Linux 3 compared with CentOS 7; packages not tried",
  "2024-07-09",
  "unverified",
);

const internalRepository = "http://mirrors.cloud.aliyuncs.com/docker-ce/linux/centos";

/** $releasever is not 8 on Alibaba Cloud Linux 3; Alibaba's template adds a plugin for that, a fixed 8 does without. */
export const alinux3DockerRepository = {
  path: "/etc/yum.repos.d/docker-ce.repo",
  content: [
    "[docker-ce-stable]",
    "name=Docker CE stable",
    `baseurl=${internalRepository}/8/$basearch/stable`,
    "enabled=1",
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
    idStart: /^ubuntu_24_04_/,
    apiFamilies: ["acs:ubuntu_24_04_x64"],
    python: { version: "3.12", command: "python3.12" },
    glibc: "2.39",
    packages: { python: venv, docker: ["docker.io"], chrony },
    metadataTokens: "unknown",
    ...debian,
    ...ubuntuRelease("24.04"),
  },
  {
    id: "ubuntu-22.04",
    idStart: /^ubuntu_22_04_/,
    apiFamilies: ["acs:ubuntu_22_04_x64"],
    python: { version: "3.10", command: "python3.10" },
    glibc: "2.35",
    packages: { python: venv, docker: ["docker.io"], chrony },
    metadataTokens: "unknown",
    ...debian,
    ...ubuntuRelease("22.04"),
  },
  {
    id: "debian-12",
    idStart: /^debian_12_/,
    apiFamilies: [],
    python: { version: "3.11", command: "python3.11" },
    glibc: "2.36",
    packages: { python: venv, docker: ["docker.io"], chrony },
    metadataTokens: "no",
    ...debian,
    ...bookworm,
  },
  {
    id: "debian-13",
    idStart: /^debian_13_/,
    apiFamilies: ["acs:debian_13_5_x64"],
    python: { version: "3.13", command: "python3.13" },
    glibc: "2.41",
    packages: { python: venv, docker: ["docker.io", "docker-cli"], chrony },
    metadataTokens: "yes",
    ...debian,
    ...trixie,
  },
  {
    id: "alibaba-cloud-linux-3",
    idStart: /^aliyun_3_/,
    apiFamilies: ["acs:alibaba_cloud_linux_3_2104_lts_x64", "acs:alibaba_cloud_linux_3_2104_lts_arm64"],
    family: "rhel",
    python: { version: "3.11", command: "python3.11" },
    glibc: "2.32",
    packages: {
      python: ["python3.11", "python3.11-pip"],
      docker: ["docker-ce", "docker-ce-cli", "containerd.io"],
      chrony,
    },
    chronyDirectory: "/etc/chrony.d",
    chronyReadsDirectory: "unknown",
    chronyConfig: "/etc/chrony.conf",
    chronyService: "chronyd",
    dockerRepository: { path: alinux3DockerRepository.path, content: alinux3DockerRepository.content },
    metadataTokens: "unknown",
    booted: false,
    ...alinux3,
  },
];
