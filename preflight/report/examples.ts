/** What each check says when it fails, or the worst that it can say: test/preflight/examples.test.ts hears it say so. */
export const examples: Readonly<Record<string, string>> = {
  arrears: "the balance is below zero: bills are open, and nothing is sold until they are paid",
  balance: "nothing is left in the account, and nothing is sold by the hour then",
  "container-digest":
    "python:3.12: china:hosts.workers.software.images names it without a digest: the mirror decides what it is",
  "container-mirror":
    "docker.io/daskdev/dask@sha256:000000000000: not on DaoCloud's list of 2026-08-21: a pull is refused with 403",
  credentials: "no credentials: none in the environment, no profile, no token of a pipeline, no RAM role of a host",
  "credentials-accepted": "The cloud does not accept the access key.",
  "credentials-lifetime": "20 minutes are left, and CreateLindormInstance can take 90: a deployment may end half-way",
  "credentials-provider":
    "the provider takes profiles from the file of ALICLOUD_SHARED_CREDENTIALS_FILE, and Alibaba's SDKs from ~/.aliyun/config.json",
  "data-disk": "cloud_essd in cn-shanghai-l: sold out now",
  database: "TSDB, tsdb.1x.basic in cn-shanghai-l: TSDB is not sold any more (2026-09-08), and the account has none",
  "dry-run": "ecs.g7.xlarge in cn-shanghai-l: Alibaba Cloud's risk control has stopped this order.",
  "existing-network":
    "vpc-uf6: china:network.existing names vpc-uf6, and there is no such VPC in cn-shanghai that this key can see",
  identity: "the credentials are of the account 1000000000000001 itself, and china:account.id is 1000000000000009",
  image: "ubuntu_24_04_x64_20G_alibase_20260916.vhd: there and Deprecated: no host can be made from it",
  "image-architecture":
    "ubuntu_24_04_x64_20G_alibase_20260916.vhd on ecs.g8y.xlarge: the image is built for x86_64, and the type has arm64",
  "instance-stock": "ecs.g7.xlarge in cn-shanghai-l: sold out now (by the hour)",
  "network-range":
    "china:network.cidr 10.20.0.0/16 overlaps with old (vpc-uf6...) 10.20.0.0/16: overlapping VPCs cannot be joined later",
  node: "Node 20.11.0 cannot read TypeScript by itself; 22.18.0 is the oldest that does",
  orders: "payment method: The account has no valid way of paying, or an order of it is still unpaid.",
  passphrase: "secrets are encrypted with a passphrase, and none is set",
  "price-account": "1 of 4 prices were not told, and are in no sum",
  "price-catalogue":
    "2 x ecs.g7.xlarge: 1.2000 CNY an hour, 14.7 % above the catalogue's 1.0465 CNY an hour of 2024-12-30; 5 % is tolerated",
  "price-review":
    "2 x ecs.g7.xlarge: 2.4000 CNY an hour, 14.7 % above the 2.0930 CNY an hour of review.json, 2026-11-20; 5 % is tolerated",
  provider: "resource-alicloud 3.108.0 at ~/plugin was built here, for the local cloud only",
  pulumi: "no Pulumi CLI was found",
  "quota-network": "VPCs: there is 1 in cn-shanghai and 1 is added, of 1",
  "quota-security-groups": "there are 0 in cn-shanghai and 1 is added, of 0",
  "quota-vcpu": "pay-as-you-go: 0 of 4 vCPUs are used in cn-shanghai, and 8 are added: 4 too many",
  "real-name": "the account has no real-name registration, and no host is created in the mainland without it",
  region: "cn-shanghai is soldOut for this account",
  rights: "the RAM user reader of the account 1000000000000001 may not do vpc:CreateVpc (policies reader)",
  site: "billed in CNY, so it was opened on aliyun.com (china), and china:account.site says international",
  "spot-price": "ecs.g7.xlarge in cn-shanghai-l: 0.45 CNY an hour now, and pay.spot.max is 0.4",
  state: "no state backend is set: no PULUMI_BACKEND_URL, no backend in Pulumi.yaml, no pulumi login",
  "system-disk": "cloud_essd in cn-shanghai-l: sold out now",
  "user-data": "workers-01: 39.1 KB of user data, 32.0 KB are taken",
  "way-out":
    "china:network.wayOut is existing, and no NAT gateway is in vpc-uf6...; hosts fetch from docker.m.daocloud.io",
  zones: "cn-shanghai-z: the cloud shows no zone cn-shanghai-z to this account",
};
