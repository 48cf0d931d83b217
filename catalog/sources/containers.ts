import { fact } from "../fact.ts";
import type { SourceRow } from "../sources.ts";

const daocloud = fact("DaoCloud/public-image-mirror README at 871a1e72, limits of issues 6196 and 2328", "2026-08-21");

/** Where container images and release files come from. */
export const containerSources: readonly SourceRow[] = [
  {
    key: "docker-daocloud",
    kind: "docker",
    internet: ["https://docker.m.daocloud.io"],
    fallbacks: ["docker-acr"],
    limits: [
      "only images on its allow list; any other answers 403",
      "per address 10 connections and 20 requests a minute, 1 GiB in two hours; hosts behind one NAT share that",
      "a layer is held back to about 1 MiB/s before its first byte: long timeouts, small images",
      "best effort, with outages of hours; pull by digest, a tag is taken on trust",
    ],
    ...daocloud,
  },
  {
    key: "docker-acr",
    kind: "docker",
    vpc: ["https://registry-vpc.{region}.aliyuncs.com"],
    internet: ["https://registry.{region}.aliyuncs.com"],
    fallbacks: [],
    limits: ["one's own namespace, to be filled first; enterprise instances have host names of their own"],
    ...fact("Alibaba Cloud Container Registry addresses in public set-ups", "2026-11", "unverified"),
  },
  {
    key: "docker-ac2",
    kind: "docker",
    internet: ["https://ac2-registry.cn-hangzhou.cr.aliyuncs.com"],
    fallbacks: [],
    limits: [
      "base images by Alibaba only, such as ac2/base:ubuntu24.04-py312; whether a VPC reaches it alone was not read",
    ],
    ...fact("Alibaba Cloud docs, AC2 BaseOS release notes, doc-detail 2850546", "2025-12-19"),
  },
  {
    key: "docker-1ms",
    kind: "docker",
    internet: ["https://docker.1ms.run"],
    fallbacks: [],
    limits: ["operator unknown: only with digests"],
    ...fact("RubyMetric/chsrc, DaoCloud issue threads", "2026-07", "low"),
  },
  {
    key: "docker-1panel",
    kind: "docker",
    internet: ["https://docker.1panel.live"],
    fallbacks: [],
    limits: ["operator little known: only with digests"],
    ...fact("RubyMetric/chsrc, DaoCloud issue threads", "2026-07", "low"),
  },
  {
    key: "files-daocloud",
    kind: "files",
    internet: ["https://files.m.daocloud.io/"],
    fallbacks: [],
    limits: ["the address is followed by host and path of the file, for example of a GitHub release; check a checksum"],
    ...daocloud,
  },
];

/** Put before the full name of an image of any registry DaoCloud serves: m.daocloud.io/docker.io/library/busybox. */
export const daocloudPrefix = { prefix: "m.daocloud.io/", ...daocloud };

/** Registry host -> DaoCloud host, for containerd; only docker.io's may stand in Docker's registry-mirrors. */
export const daocloudHosts: Readonly<Record<string, string>> = {
  "docker.io": "docker.m.daocloud.io",
  "gcr.io": "gcr.m.daocloud.io",
  "ghcr.io": "ghcr.m.daocloud.io",
  "registry.k8s.io": "k8s.m.daocloud.io",
  "k8s.gcr.io": "k8s-gcr.m.daocloud.io",
  "quay.io": "quay.m.daocloud.io",
  "mcr.microsoft.com": "mcr.m.daocloud.io",
  "nvcr.io": "nvcr.m.daocloud.io",
  "docker.elastic.co": "elastic.m.daocloud.io",
  "dhi.io": "dhi.m.daocloud.io",
  "registry.ollama.ai": "ollama.m.daocloud.io",
};

export const daocloudHostsFrom = daocloud;
