import { type Fact, fact } from "./fact.ts";

const provider = fact("terraform-provider-alicloud docs and schema", "2026-08-21");
const ecsApi = fact("@alicloud/ecs20140526 7.11.6, parameter comments", "2026-09-22");
const vpcDocs = fact("Alibaba Cloud docs, VPC and vSwitch limits", "2026-08", "unverified");

export interface NameLimit extends Fact {
  readonly least: number;
  readonly most: number;
  readonly form: RegExp;
  readonly inWords: string;
}

export const names = {
  instance: {
    least: 2,
    most: 128,
    form: /^[\p{L}\p{N}:_.-]{2,128}$/u,
    inWords: "2 to 128 letters, digits, colons, underscores, dots and hyphens",
    ...ecsApi,
  },
  host: {
    least: 2,
    most: 64,
    form: /^(?=.{2,64}$)[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*$/,
    inWords: "2 to 64 letters and digits, single dots or hyphens between them",
    ...ecsApi,
  },
  securityGroup: {
    least: 2,
    most: 128,
    form: /^\p{L}[\p{L}\p{N}:_.-]{1,127}$/u,
    inWords: "2 to 128 characters, a letter first",
    ...ecsApi,
  },
} satisfies Record<string, NameLimit>;

export const tagLimits = {
  most: 20,
  longestKey: 128,
  longestValue: 128,
  forbiddenStart: /^(aliyun|acs:|https?:\/\/)/,
  ...ecsApi,
};

/** Counted before base64. Some pages still name the smaller size: aim below it, stop at the larger. */
export const userDataLimits = {
  bytes: 32 * 1024,
  safeBytes: 16 * 1024,
  ...fact("Alibaba Cloud docs, Linux user data", "2025-08"),
};

/** Addresses a vSwitch keeps for itself at both ends. */
export const vswitchReserved = { first: 3, last: 3, ...vpcDocs };

export const masks = {
  vpc: { shortest: 8, longest: 28, ...provider },
  vswitch: { shortest: 16, longest: 29, ...provider },
};

/** Ranges no VPC may use, and one that Docker takes by default. */
export interface ReservedRange extends Fact {
  readonly cidr: string;
  readonly why: string;
}

export const reservedRanges: readonly ReservedRange[] = [
  { cidr: "100.64.0.0/10", why: "Alibaba Cloud's own services: metadata, DNS, mirrors", ...provider },
  { cidr: "224.0.0.0/4", why: "multicast", ...provider },
  { cidr: "127.0.0.0/8", why: "loopback", ...provider },
  { cidr: "169.254.0.0/16", why: "link-local", ...provider },
];

export const dockerDefaultRange: ReservedRange = {
  cidr: "172.17.0.0/16",
  why: "Docker's default bridge: hosts there would not be reachable from containers",
  ...fact("Docker's default address pool", "2026-11", "inferred"),
};

const quota2021 = fact("Alibaba Cloud docs, ECS limits, AlibabaCloudDocs/ecs", "2021-07-19");
export const securityGroupLimits = {
  normal: { addresses: 2_000, ...ecsApi },
  enterprise: { addresses: 65_536, ...ecsApi },
  rules: { most: 200, ...quota2021 },
  groupsPerHost: { most: 5, ...quota2021 },
  groupsPerRegion: { most: 100, ...quota2021 },
};

export const vpcQuotas = {
  vpcsPerRegion: 10,
  vswitchesPerVpc: 150,
  secondaryRanges: 5,
  privateAddresses: 60_000,
  ...vpcDocs,
};

export const diskLimits = { dataDisks: 16, ...provider };
