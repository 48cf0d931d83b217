import { operatingSystemOf, type PublicImage } from "../../catalog/images.ts";
import { addressesOf, addressOf, blockedAddress, type ReachableFrom } from "../../catalog/sources.ts";
import { refuseDockerMirror, refuseIndex } from "../bootstrap/blocked.ts";
import type { ProbeSettings } from "../bootstrap/probe/config.ts";
import type { BootstrapSettings, DockerSettings, HostFile } from "../bootstrap/settings.ts";
import type { Mistake, Path } from "../config/mistakes.ts";
import { quoted } from "../config/mistakes.ts";
import type { HostGroupSettings, Mirrors, Settings } from "../config/schema.ts";
import { ownRegistry, pullOf } from "./images.ts";
import { indexesOf, type ReadProjectFile, wheelsOf } from "./python.ts";
import { reachableFrom } from "./reach.ts";

/** A place that software comes from, and the setting that chose it. */
export interface SourceUse {
  readonly what: "pip" | "docker" | "containerd" | "npm" | "go" | "huggingface" | "ntp" | "sdk";
  readonly address: string;
  readonly reachableFrom: ReachableFrom;
  /** Setting that decides it. */
  readonly path: Path;
  /** Without it the bootstrap fails; a fallback or a convenience is not needed. */
  readonly needed: boolean;
}

export interface ResolvedSoftware {
  /** Absent when a mistake stands in the way. */
  readonly bootstrap?: BootstrapSettings;
  /** Only when asked for; no part of what the bootstrap does or is judged by. */
  readonly probe?: ProbeSettings;
  readonly uses: readonly SourceUse[];
  readonly mistakes: readonly Mistake[];
}

export interface SoftwareRequest {
  readonly stack: string;
  readonly group: string;
  readonly region: string;
  readonly settings: Pick<HostGroupSettings, "software" | "dataDisk">;
  readonly mirrors: Mirrors;
  readonly image: PublicImage;
  /** Hosts of this group reach the internet. */
  readonly internet: boolean;
  readonly buckets: Settings["buckets"];
  readonly readFile: ReadProjectFile;
}

/** From a stack file's words to what the bootstrap does: mirrors resolved, packages reduced, files read. */
export function resolveSoftware(request: SoftwareRequest): ResolvedSoftware {
  const { settings, mirrors, region, image } = request;
  const { software } = settings;
  const path: Path = ["hosts", request.group];
  const os = operatingSystemOf(image.id);
  if (os === undefined) return { uses: [], mistakes: [] };

  const { wheels, mistakes: lockMistakes } = wheelsOf(software, image, path, request.readFile);
  const indexes = indexesOf(mirrors, region, request.internet);
  const docker = dockerOf(request, path);
  const files = filesOf(request, path);
  const ntp = ntpOf(software.ntp, region);
  const environment = environmentOf(mirrors);

  const uses: SourceUse[] = [
    ...(wheels.length > 0 ? indexes.slice(0, 1).map((index) => use("pip", index.url, ["mirrors", "pypi"])) : []),
    ...docker.uses,
    ...Object.values(mirrors.containerd).map((url) => use("containerd", url, ["mirrors", "containerd"])),
    ...(mirrors.npm === undefined ? [] : [use("npm", mirrors.npm, ["mirrors", "npm"])]),
    ...(mirrors.go === undefined ? [] : [use("go", mirrors.go.split(",")[0] ?? mirrors.go, ["mirrors", "go"])]),
    ...(mirrors.huggingface === undefined ? [] : [use("huggingface", mirrors.huggingface, ["mirrors", "huggingface"])]),
    ...ntp.slice(0, 1).map((server) => use("ntp", server, [...path, "software", "ntp"])),
    ...(software.sdk === "none"
      ? []
      : [use("sdk", addressOf("api-ecs", "vpc", region) ?? "", [...path, "software", "sdk"])]),
  ];
  const bootstrap: BootstrapSettings = {
    stack: request.stack,
    group: request.group,
    region,
    os,
    timezone: software.timezone,
    ntp,
    ...(wheels.length > 0
      ? {
          python: {
            indexes,
            packages: wheels.map(({ name, version, sha256 }) => ({ name, version, sha256 })),
            uv: software.uv,
          },
        }
      : {}),
    ...(docker.settings === undefined ? {} : { docker: docker.settings }),
    containerd: mirrors.containerd,
    environment,
    ...(mirrors.npm === undefined ? {} : { npmRegistry: mirrors.npm }),
    ...(settings.dataDisk === undefined ? {} : { dataDisk: { mount: settings.dataDisk.mount } }),
    users: software.users,
    files: [endpointsFile(request), ...files.files],
    commands: software.commands,
  };
  const mistakes = [...lockMistakes, ...docker.mistakes, ...files.mistakes, ...blocked(mirrors)];
  if (mistakes.length > 0) return { uses, mistakes };
  const { stack, group, internet } = request;
  return {
    bootstrap,
    ...(software.probe === "daily" ? { probe: { stack, group, region, internet } } : {}),
    uses,
    mistakes,
  };
}

function use(what: SourceUse["what"], address: string, path: Path): SourceUse {
  return { what, address, reachableFrom: reachableFrom(address), path, needed: true };
}

function dockerOf(request: SoftwareRequest, path: Path) {
  const { settings, mirrors } = request;
  const { docker, images } = settings.software;
  const mistakes: Mistake[] = [];
  const uses: SourceUse[] = [];
  const names: string[] = [];
  if (!docker && images.length > 0) {
    const at = [...path, "software", "images"];
    mistakes.push({
      path: at,
      found: quoted(images),
      wanted: "no images without Docker",
      fix: "write docker: true, or remove images",
    });
  }
  for (const [index, image] of images.entries()) {
    const pull = pullOf(image, mirrors, true);
    const at = [...path, "software", "images", index];
    if (pull.ok) {
      names.push(pull.name);
      const chosenBy = mirrors.docker === "none" ? at : ["mirrors", "docker"];
      if (!uses.some((u) => u.address === pull.registry)) uses.push(use("docker", pull.registry, chosenBy));
    } else mistakes.push({ path: at, found: quoted(image), wanted: pull.wanted, fix: pull.fix });
  }
  if (docker && mirrors.docker === "daocloud" && uses.length === 0) {
    // Docker itself comes up without it: only a pull by hand would need the way out.
    uses.push({ ...use("docker", "docker.m.daocloud.io", ["mirrors", "docker"]), needed: false });
  }
  const withMirror = mirrors.docker === "daocloud" && request.internet;
  const settingsOf: DockerSettings = {
    ...(withMirror ? { mirror: "https://docker.m.daocloud.io", maxConcurrentDownloads: 2 } : {}),
    images: names,
  };
  return { uses, mistakes, settings: docker ? settingsOf : undefined };
}

function ntpOf(ntp: HostGroupSettings["software"]["ntp"], region: string): readonly string[] {
  if (ntp === "image") return [];
  if (ntp === "vpc") return addressesOf("ntp-aliyun", "vpc", region).slice(0, 4);
  return ntp === "public" ? addressesOf("ntp-aliyun", "internet", region) : ntp;
}

function environmentOf(mirrors: Mirrors): Record<string, string> {
  return {
    ...(mirrors.go === undefined ? {} : { GOPROXY: mirrors.go, GOSUMDB: "sum.golang.google.cn" }),
    ...(mirrors.huggingface === undefined ? {} : { HF_ENDPOINT: mirrors.huggingface }),
  };
}

/** Where the cloud's own services answer inside the VPC: for programs on the host, which must not guess public names. */
function endpointsFile({ region, buckets }: SoftwareRequest): HostFile {
  const host = (key: string) => addressOf(key, "vpc", region)?.replace(/^https?:\/\//, "");
  const content = {
    region,
    endpoints: { ecs: host("api-ecs"), vpc: host("api-vpc"), lindorm: host("api-lindorm"), oss: host("oss") },
    buckets: Object.fromEntries(Object.entries(buckets).map(([name, bucket]) => [name, bucket.existing])),
  };
  return {
    path: "/etc/china/endpoints.json",
    content: `${JSON.stringify(content, null, 2)}\n`,
    mode: "0644",
    owner: "root:root",
  };
}

function filesOf(request: SoftwareRequest, path: Path): { files: HostFile[]; mistakes: Mistake[] } {
  const files: HostFile[] = [];
  const mistakes: Mistake[] = [];
  for (const [index, file] of request.settings.software.files.entries()) {
    const at = [...path, "software", "files", index, "from"];
    const content = request.readFile(file.from);
    if (content === undefined) {
      mistakes.push({
        path: at,
        found: quoted(file.from),
        wanted: "a file of the project",
        fix: "give its path from the top of the project",
      });
    } else if (/-----BEGIN [A-Z ]*PRIVATE KEY-----|\bLTAI[A-Za-z0-9]{12,}/.test(content)) {
      mistakes.push({
        path: at,
        found: `${quoted(file.from)}, with a private key or an access key in it`,
        wanted: "no secret: every process on the host can read user data, and the account's API shows it",
        fix: "give the hosts a role, or fetch the secret at run time",
      });
    } else files.push({ path: file.path, content, mode: file.mode, owner: file.owner });
  }
  return { files, mistakes };
}

/** Addresses that answer elsewhere and not from Alibaba Cloud, or serve something else than what they are named for. */
function blocked(mirrors: Mirrors): Mistake[] {
  const other = (url: string) => {
    const row = blockedAddress(url);
    return row && `${row.why} (${row.source}, ${row.observedAt})`;
  };
  const candidates: [Path, string | undefined, (url: string) => string | undefined][] = [
    [["mirrors", "pypi"], mirrors.pypi, refuseIndex],
    [["mirrors", "docker"], ownRegistry(mirrors), refuseDockerMirror],
    [["mirrors", "npm"], mirrors.npm, other],
    [["mirrors", "huggingface"], mirrors.huggingface, other],
    ...Object.entries(mirrors.containerd).map(([host, url]): [Path, string, typeof other] => [
      ["mirrors", "containerd", host],
      url,
      other,
    ]),
  ];
  return candidates.flatMap(([path, address, refuse]) => {
    const why = address === undefined ? undefined : refuse(address);
    return why === undefined ? [] : [{ path, found: quoted(address), wanted: `another source: ${why}` }];
  });
}
