import { type Fact, fact } from "./fact.ts";

/** What DescribeAccountAttributes answers to real-name-authentication, and whether it lets an account buy in the mainland. */
export interface RealNameAnswer extends Fact {
  readonly answer: string;
  readonly registered: boolean;
}

const sdkComments = fact(
  "Alibaba Cloud Java SDK ecs20140526, comments on DescribeAccountAttributes; stored copy",
  "2026-11",
);

export const realNameAnswers: readonly RealNameAnswer[] = [
  { answer: "yes", registered: true, ...sdkComments },
  { answer: "unnecessary", registered: true, ...sdkComments },
  { answer: "none", registered: false, ...sdkComments },
];

/** The least that an account of the China site must have for what is paid by the hour, CNY; vouchers count as well. */
export const leastBalance = {
  CNY: 100,
  ...fact("Alibaba Cloud docs, pay-as-you-go; ReActivateInstances asks for the same; stored copies", "2026-11"),
};

/** How long hosts that are stopped for want of payment are kept. */
export const arrearsRelease = {
  days: 15,
  ...fact("Alibaba Cloud docs, ECS ReActivateInstances (95987); stored copy", "2026-11"),
};

/** A quota that Quota Center tells: by its name, since its codes (q_...) are made up of random letters. */
export interface QuotaName extends Fact {
  readonly of: "vpc" | "vSwitch" | "address" | "natGateway";
  /** Product code in Quota Center. */
  readonly product: "vpc" | "eip" | "nat";
  /** QuotaName, the first that is there counts; {region} stands for the region id. */
  readonly names: readonly string[];
  /** Per region, or for one VPC. */
  readonly per: "region" | "VPC";
  /** What an account has that never asked for more. */
  readonly usual: number;
}

const vpcDocs = fact("Alibaba Cloud docs, VPC limits and quotas; stored copy", "2026-11");
const natDocs = fact(
  "Alibaba Cloud docs, NAT Gateway quotas; the product code by aliyun/alibabacloud-aiops-skills",
  "2026-08-14",
);
const eipUse = fact(
  "quota read by a public program (ListProductQuotas, product eip); 20 in its own example",
  "2026-11",
  "low",
);

export const quotaNames: readonly QuotaName[] = [
  {
    ...{ of: "vpc", product: "vpc", per: "region", usual: 10 },
    names: ["vpc_quota_instances_num_{region}", "vpc_quota_instances_num"],
    ...vpcDocs,
  },
  { of: "vSwitch", product: "vpc", per: "VPC", usual: 150, names: ["vpc_quota_vswitches_num"], ...vpcDocs },
  { of: "address", product: "eip", per: "region", usual: 20, names: ["eip_quota_instances_num"], ...eipUse },
  { of: "natGateway", product: "nat", per: "VPC", usual: 5, names: ["natgw_quota_nat_num_per_vpc"], ...natDocs },
];
