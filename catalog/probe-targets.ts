import { type Fact, fact } from "./fact.ts";
import type { ReachableFrom } from "./sources.ts";

/** What the probe asks a host to try. One row is one place; add a row and nothing else. */
export interface ProbeTarget extends Fact {
  /** Stands in results and in the report; never given to another place, or old results would be read as its own. */
  readonly key: string;
  /** Heading in the report, and what a place is compared with. */
  readonly group: ProbeGroup;
  readonly reachableFrom: ReachableFrom;
  /** https, http, ntp://host or tcp://host:port; `{region}` stands for the region id. */
  readonly url: string;
  /** Repository and tag of a small image; "" asks a registry's /v2/ alone. */
  readonly image?: string;
  /** Measured over at most so many bytes of the file; without, only an answer is wanted. */
  readonly bytes?: number;
  /** Answers that are right; 200 and 206 when left out. */
  readonly status?: readonly number[];
  /** Stands in the first 64 KB of the right answer: a login page or a notice answers 200 too. */
  readonly expect?: string;
  /** Only in regions where Lindorm is sold. */
  readonly onlyWith?: "lindorm";
}

export type ProbeGroup =
  | "PyPI"
  | "container images"
  | "GitHub"
  | "Hugging Face"
  | "conda"
  | "npm"
  | "Go"
  | "crates"
  | "Maven"
  | "CRAN"
  | "apt"
  | "time"
  | "OSS"
  | "cloud API"
  | "Lindorm";

type Extra = Omit<ProbeTarget, "key" | "group" | "reachableFrom" | "url" | keyof Fact>;
/** Key, where it answers, address, what else, where the address was read. */
type Row = readonly [string, ReachableFrom, string, Extra, Fact];

const own = fact("the project's own public address, in its client's defaults or manual; file chosen here", "2026-11");
const mirror = fact("address in catalog/sources.ts, with its source there; file chosen here", "2026-11", "inferred");
const campus = fact("RubyMetric/chsrc mirror lists; file chosen here", "2025-09", "inferred");
const seen = fact("addresses seen in public set-ups; no page of the operator read", "2026-11", "unverified");
const endpoints = fact(
  "Alibaba Cloud docs, endpoints of ECS, VPC, Lindorm and OSS (catalog/sources/cloud.ts)",
  "2026-08",
);

/** 256 KiB: enough for a rate beyond the first round trips, and less than a page of a news site. */
const measured = { bytes: 262_144 } as const;
const numpy = { ...measured, expect: "numpy" } as const;
const busybox = { image: "library/busybox:latest" } as const;
const uvRelease = "astral-sh/uv/releases/download/0.4.0/uv-x86_64-unknown-linux-gnu.tar.gz";
const commonsLang = "org/apache/commons/commons-lang3/3.14.0/commons-lang3-3.14.0.jar";
const condaForge = "conda-forge/noarch/repodata.json.zst";
/** A service that wants a signature answers with a refusal of its own; that is an answer. */
const unsigned = { status: [200, 400, 403, 404] } as const;

const rows: Readonly<Record<ProbeGroup, readonly Row[]>> = {
  PyPI: [
    ["pypi-aliyun-vpc", "vpc", "http://mirrors.cloud.aliyuncs.com/pypi/simple/numpy/", numpy, mirror],
    ["pypi-aliyun", "internet", "https://mirrors.aliyun.com/pypi/simple/numpy/", numpy, mirror],
    ["pypi-huawei", "internet", "https://mirrors.huaweicloud.com/repository/pypi/simple/numpy/", numpy, mirror],
    ["pypi-tencent", "internet", "https://mirrors.cloud.tencent.com/pypi/simple/numpy/", numpy, mirror],
    ["pypi-tuna", "internet", "https://pypi.tuna.tsinghua.edu.cn/simple/numpy/", numpy, campus],
    ["pypi-ustc", "internet", "https://mirrors.ustc.edu.cn/pypi/simple/numpy/", numpy, campus],
    ["pypi", "internet", "https://pypi.org/simple/numpy/", numpy, own],
    ["pypi-files", "internet", "https://files.pythonhosted.org/", unsigned, own],
  ],
  "container images": [
    ["acr-vpc", "vpc", "https://registry-vpc.{region}.aliyuncs.com/", { image: "" }, mirror],
    ["acr", "internet", "https://registry.{region}.aliyuncs.com/", { image: "" }, mirror],
    [
      "ac2",
      "internet",
      "https://ac2-registry.cn-hangzhou.cr.aliyuncs.com/",
      { image: "ac2/base:ubuntu24.04-py312" },
      mirror,
    ],
    ["daocloud", "internet", "https://docker.m.daocloud.io/", busybox, mirror],
    ["daocloud-ghcr", "internet", "https://ghcr.m.daocloud.io/", { image: "astral-sh/uv:latest" }, mirror],
    ["daocloud-quay", "internet", "https://quay.m.daocloud.io/", { image: "prometheus/busybox:latest" }, mirror],
    ["docker-1ms", "internet", "https://docker.1ms.run/", busybox, mirror],
    ["docker-1panel", "internet", "https://docker.1panel.live/", busybox, mirror],
    ["docker-hub", "internet", "https://registry-1.docker.io/", busybox, own],
    ["ghcr", "internet", "https://ghcr.io/", { image: "astral-sh/uv:latest" }, own],
    ["quay", "internet", "https://quay.io/", { image: "prometheus/busybox:latest" }, own],
    ["k8s", "internet", "https://registry.k8s.io/", { image: "pause:3.9" }, own],
    ["mcr", "internet", "https://mcr.microsoft.com/", { image: "" }, own],
  ],
  GitHub: [
    ["github-daocloud", "internet", `https://files.m.daocloud.io/github.com/${uvRelease}`, measured, mirror],
    ["github", "internet", "https://github.com/robots.txt", {}, own],
    ["github-api", "internet", "https://api.github.com/zen", {}, own],
    ["github-raw", "internet", "https://raw.githubusercontent.com/pypa/pip/main/README.rst", { expect: "pip" }, own],
    ["github-release", "internet", `https://github.com/${uvRelease}`, measured, own],
  ],
  "Hugging Face": [
    ["hf-mirror", "internet", "https://hf-mirror.com/openai-community/gpt2/resolve/main/vocab.json", measured, mirror],
    ["modelscope", "internet", "https://www.modelscope.cn/", {}, seen],
    ["huggingface", "internet", "https://huggingface.co/openai-community/gpt2/resolve/main/vocab.json", measured, own],
  ],
  conda: [
    ["conda-sjtu", "internet", `https://mirror.sjtu.edu.cn/anaconda/cloud/${condaForge}`, measured, campus],
    ["conda-nju", "internet", `https://mirror.nju.edu.cn/anaconda/cloud/${condaForge}`, measured, campus],
    ["conda-tuna", "internet", `https://mirrors.tuna.tsinghua.edu.cn/anaconda/cloud/${condaForge}`, measured, campus],
    ["conda-forge", "internet", `https://conda.anaconda.org/${condaForge}`, measured, own],
    ["conda-main", "internet", "https://repo.anaconda.com/pkgs/main/noarch/repodata.json.zst", measured, own],
  ],
  npm: [
    ["npmmirror", "internet", "https://registry.npmmirror.com/react", { ...measured, expect: "react" }, mirror],
    ["npm", "internet", "https://registry.npmjs.org/react", { ...measured, expect: "react" }, own],
  ],
  Go: [
    ["goproxy-cn", "internet", "https://goproxy.cn/golang.org/x/sys/@v/list", { expect: "v0." }, mirror],
    ["go-aliyun", "internet", "https://mirrors.aliyun.com/goproxy/golang.org/x/sys/@v/list", { expect: "v0." }, mirror],
    ["go-sums-cn", "internet", "https://sum.golang.google.cn/latest", { expect: "go.sum database" }, seen],
    ["go", "internet", "https://proxy.golang.org/golang.org/x/sys/@v/list", { expect: "v0." }, own],
  ],
  crates: [
    [
      "crates-aliyun",
      "internet",
      "https://mirrors.aliyun.com/crates.io-index/se/rd/serde",
      { expect: "serde" },
      mirror,
    ],
    ["crates-rsproxy", "internet", "https://rsproxy.cn/index/se/rd/serde", { expect: "serde" }, campus],
    ["crates", "internet", "https://index.crates.io/se/rd/serde", { ...measured, expect: "serde" }, own],
  ],
  Maven: [
    ["maven-aliyun", "internet", `https://maven.aliyun.com/repository/public/${commonsLang}`, measured, mirror],
    ["maven", "internet", `https://repo1.maven.org/maven2/${commonsLang}`, measured, own],
  ],
  CRAN: [
    ["cran-sjtu", "internet", "https://mirror.sjtu.edu.cn/cran/src/contrib/PACKAGES.gz", measured, campus],
    ["cran-aliyun", "internet", "https://mirrors.aliyun.com/CRAN/src/contrib/PACKAGES.gz", measured, campus],
    ["cran", "internet", "https://cloud.r-project.org/src/contrib/PACKAGES.gz", measured, own],
  ],
  apt: [
    ["apt-aliyun-vpc", "vpc", "http://mirrors.cloud.aliyuncs.com/ubuntu/dists/noble/Release", measured, mirror],
    [
      "docker-ce-vpc",
      "vpc",
      "http://mirrors.cloud.aliyuncs.com/docker-ce/linux/ubuntu/dists/noble/Release",
      {},
      mirror,
    ],
    ["apt-aliyun", "internet", "https://mirrors.aliyun.com/ubuntu/dists/noble/Release", measured, mirror],
    ["apt-ubuntu", "internet", "http://archive.ubuntu.com/ubuntu/dists/noble/Release", measured, own],
    ["apt-debian", "internet", "http://deb.debian.org/debian/dists/bookworm/Release", measured, own],
    ["docker-ce", "internet", "https://download.docker.com/linux/ubuntu/dists/noble/Release", {}, own],
  ],
  time: [
    ["ntp-aliyun-vpc", "vpc", "ntp://ntp.cloud.aliyuncs.com", {}, mirror],
    ["ntp-aliyun", "internet", "ntp://ntp.aliyun.com", {}, mirror],
    ["ntp-pool", "internet", "ntp://cn.pool.ntp.org", {}, own],
  ],
  OSS: [
    ["oss-vpc", "vpc", "https://oss-{region}-internal.aliyuncs.com/", unsigned, endpoints],
    ["oss", "internet", "https://oss-{region}.aliyuncs.com/", unsigned, endpoints],
  ],
  "cloud API": [
    ["metadata", "vpc", "http://100.100.100.200/latest/meta-data/", { status: [200, 403] }, mirror],
    ["api-ecs-vpc", "vpc", "https://ecs-vpc.{region}.aliyuncs.com/", unsigned, endpoints],
    ["api-ecs", "internet", "https://ecs.{region}.aliyuncs.com/", unsigned, endpoints],
    ["api-vpc-vpc", "vpc", "https://vpc-vpc.{region}.aliyuncs.com/", unsigned, endpoints],
    ["api-vpc", "internet", "https://vpc.{region}.aliyuncs.com/", unsigned, endpoints],
  ],
  Lindorm: [
    [
      "api-lindorm-vpc",
      "vpc",
      "https://hitsdb-vpc.{region}.aliyuncs.com/",
      { ...unsigned, onlyWith: "lindorm" },
      endpoints,
    ],
    [
      "api-lindorm",
      "internet",
      "https://hitsdb.{region}.aliyuncs.com/",
      { ...unsigned, onlyWith: "lindorm" },
      endpoints,
    ],
  ],
};

/** Every place, in the order of the report. None was asked from the mainland by this project yet: docs/field-report.md. */
export const probeTargets: readonly ProbeTarget[] = Object.entries(rows).flatMap(([group, list]) =>
  list.map(([key, reachableFrom, url, extra, from]) => {
    return { key, group: group as ProbeGroup, reachableFrom, url, ...extra, ...from };
  }),
);

/**
 * Addresses that were injected as false answers to questions from the mainland, whatever the name. An old and short list:
 * newer pools hold hundreds of addresses of real services (net4people/bbs 466), which only a certificate tells apart.
 */
export const falseAnswers = {
  addresses: [
    "8.7.198.45",
    "37.61.54.158",
    "46.82.174.68",
    "59.24.3.173",
    "78.16.49.15",
    "93.46.8.89",
    "159.106.121.75",
    "203.98.7.65",
    "243.185.187.39",
  ],
  ...fact("ooni/pipeline fingerprints of CN, each with its measurement", "2020-03"),
} as const;

/** Asked only about names that fail, for a second opinion. Also in the mainland: overseas ones are answered falsely. */
export const secondResolver = {
  address: "223.5.5.5",
  ...fact("Alibaba Cloud docs, Public DNS access configuration", "2025-05-19"),
} as const;
