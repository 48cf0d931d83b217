import { fact } from "../fact.ts";
import type { SourceRow } from "../sources.ts";

const chsrc = fact("RubyMetric/chsrc mirror lists", "2025-09");
const oos = fact("aliyun/oos-templates ACS::ECS::InstallDockerCE", "2026-08");
const practice = fact("addresses seen in public set-ups; no page of the operator read", "2026-11", "unverified");

/** Where pip, npm, Go and their like find packages. */
export const packageSources: readonly SourceRow[] = [
  {
    key: "pypi-aliyun",
    kind: "pypi",
    vpc: ["http://mirrors.cloud.aliyuncs.com/pypi/simple/"],
    internet: ["https://mirrors.aliyun.com/pypi/simple/"],
    fallbacks: ["pypi-huawei", "pypi-tencent"],
    limits: [
      "the VPC address is plain http: pip must trust the host by name",
      "a release of today can be missing: pin yesterday's or an older one",
      "another index is never added beside it, it replaces it: pip takes the highest version from any",
    ],
    ...chsrc,
  },
  {
    key: "pypi-huawei",
    kind: "pypi",
    internet: ["https://mirrors.huaweicloud.com/repository/pypi/simple"],
    fallbacks: ["pypi-tencent"],
    limits: [],
    ...chsrc,
  },
  {
    key: "pypi-tencent",
    kind: "pypi",
    internet: ["https://mirrors.cloud.tencent.com/pypi/simple"],
    fallbacks: ["pypi-huawei"],
    limits: ["mirrors.tencentyun.com is the same mirror for hosts at Tencent only"],
    ...chsrc,
  },
  {
    key: "npm-npmmirror",
    kind: "npm",
    internet: ["https://registry.npmmirror.com"],
    fallbacks: [],
    limits: ["lags behind npmjs.org", "packages above 80 MiB are refused (reported 2026-07)"],
    ...chsrc,
  },
  {
    key: "go-goproxy-cn",
    kind: "go",
    internet: ["https://goproxy.cn"],
    fallbacks: ["go-aliyun"],
    limits: [],
    environment: { GOPROXY: "https://goproxy.cn,direct", GOSUMDB: "sum.golang.google.cn" },
    ...practice,
  },
  {
    key: "go-aliyun",
    kind: "go",
    internet: ["https://mirrors.aliyun.com/goproxy/"],
    fallbacks: ["go-goproxy-cn"],
    limits: [],
    environment: { GOPROXY: "https://mirrors.aliyun.com/goproxy/,direct", GOSUMDB: "sum.golang.google.cn" },
    ...practice,
  },
  {
    key: "crates-aliyun",
    kind: "crates",
    internet: ["sparse+https://mirrors.aliyun.com/crates.io-index/"],
    fallbacks: [],
    limits: [],
    ...chsrc,
  },
  {
    key: "maven-aliyun",
    kind: "maven",
    internet: ["https://maven.aliyun.com/repository/public/"],
    fallbacks: [],
    limits: [],
    ...chsrc,
  },
  {
    key: "huggingface-hf-mirror",
    kind: "huggingface",
    internet: ["https://hf-mirror.com"],
    fallbacks: [],
    limits: [
      "requests per five minutes are limited (2024-01)",
      "had unstable spells (2024-08); copy models to one's own OSS",
    ],
    environment: { HF_ENDPOINT: "https://hf-mirror.com", HF_HUB_DISABLE_XET: "1" },
    ...fact("user guides for hf-mirror.com", "2026-07", "unverified"),
  },
  {
    key: "apt-aliyun",
    kind: "apt",
    vpc: ["http://mirrors.cloud.aliyuncs.com/"],
    internet: ["https://mirrors.aliyun.com/"],
    fallbacks: [],
    limits: ["Ubuntu and Debian images come with the VPC address set; plain http is fine, packages are signed"],
    ...practice,
  },
  {
    key: "docker-ce-aliyun",
    kind: "docker-packages",
    vpc: ["http://mirrors.cloud.aliyuncs.com/docker-ce/"],
    internet: ["https://mirrors.aliyun.com/docker-ce/"],
    fallbacks: [],
    limits: ["its ready-made .repo file names the public host and has to be rewritten inside a VPC"],
    ...oos,
  },
];
