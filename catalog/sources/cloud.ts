import { fact } from "../fact.ts";
import type { SourceRow } from "../sources.ts";

/** What Alibaba Cloud itself serves to a host: time, its own API, metadata, object storage. */
export const cloudSources: readonly SourceRow[] = [
  {
    key: "ntp-aliyun",
    kind: "ntp",
    vpc: [
      "ntp.cloud.aliyuncs.com",
      "ntp7.cloud.aliyuncs.com",
      "ntp8.cloud.aliyuncs.com",
      "ntp10.cloud.aliyuncs.com",
      "ntp11.cloud.aliyuncs.com",
      "ntp12.cloud.aliyuncs.com",
    ],
    internet: ["ntp.aliyun.com"],
    fallbacks: [],
    limits: ["public images have chrony set to these already: one time service only"],
    ...fact("Alibaba Cloud docs, NTP servers", "2026-05-15"),
  },
  {
    key: "api-ecs",
    kind: "cloud-api",
    vpc: ["https://ecs-vpc.{region}.aliyuncs.com"],
    internet: ["https://ecs.{region}.aliyuncs.com"],
    fallbacks: [],
    limits: [],
    ...fact("Alibaba Cloud docs, ECS API endpoints", "2026-01-12"),
  },
  {
    key: "api-vpc",
    kind: "cloud-api",
    vpc: ["https://vpc-vpc.{region}.aliyuncs.com"],
    internet: ["https://vpc.{region}.aliyuncs.com"],
    fallbacks: [],
    limits: [],
    ...fact("Alibaba Cloud docs, VPC API endpoints", "2026-01-07"),
  },
  {
    key: "api-lindorm",
    kind: "cloud-api",
    vpc: ["https://hitsdb-vpc.{region}.aliyuncs.com"],
    internet: ["https://hitsdb.{region}.aliyuncs.com"],
    fallbacks: [],
    limits: ["only where Lindorm is sold, see regions"],
    ...fact("Alibaba Cloud docs, Lindorm API endpoints", "2024-11"),
  },
  {
    key: "metadata",
    kind: "metadata",
    vpc: ["http://100.100.100.200"],
    fallbacks: [],
    limits: ["answers every process on the host, user data and role credentials included: keep containers from it"],
    ...fact("canonical/cloud-init at 04eacd06, DataSourceAliYun", "2026-08"),
  },
  {
    key: "oss",
    kind: "oss",
    vpc: ["https://oss-{region}-internal.aliyuncs.com"],
    internet: ["https://oss-{region}.aliyuncs.com"],
    fallbacks: [],
    limits: [
      "since 2025-03-20 new users need a domain of their own for data calls to the public address in the mainland",
    ],
    ...fact("Alibaba Cloud docs, OSS regions and endpoints", "2026-08-13"),
  },
];
