import type { PlanValue } from "../../plan/plan.ts";
import { isPlainObject } from "./properties.ts";

/** A difference of one property, and all inputs as they will be. */
interface Seen {
  readonly before: PlanValue | undefined;
  readonly after: PlanValue | undefined;
  /** What an input will be: as it is set, or as it was where the cloud decides. */
  input(name: string): PlanValue | undefined;
}

type Overlooks = (seen: Seen) => boolean;

const isPrepaid = ({ input }: Seen) =>
  String(input("instanceChargeType") ?? "").toLowerCase() === "prepaid" || input("paymentType") === "Subscription";
const isPostpaid = (seen: Seen) => !isPrepaid(seen);
const unlessSubscription: Overlooks = ({ input }) => input("paymentType") !== "Subscription";
const sameJson: Overlooks = ({ before, after }) => jsonText(before) === jsonText(after);
const fromTemplate: Overlooks = ({ before, after, input }) =>
  isSet(before) && !isSet(after) && (isSet(input("launchTemplateId")) || isSet(input("launchTemplateName")));
const withoutBandwidth: Overlooks = ({ input }) => !(Number(input("internetMaxBandwidthOut") ?? 0) > 0);

/**
 * Differences that the provider's own code overlooks: the DiffSuppressFunc and StateFunc of each input that has one, in
 * terraform-provider-alicloud v1.285.0, alicloud/resource_alicloud_<name>.go and diff_suppress_funcs.go (read 2026-11).
 * A test holds this table against the inputs that the schema marks as suppressed.
 */
export const overlooked: Readonly<Record<string, Readonly<Record<string, Overlooks>>>> = {
  "alicloud:ecs/ecsDisk:EcsDisk": {
    performanceLevel: ({ input }) => input("category") !== "cloud_essd",
  },
  "alicloud:ecs/ecsKeyPair:EcsKeyPair": {
    publicKey: ({ before, after }) => trimmed(before) === trimmed(after),
  },
  "alicloud:ecs/instance:Instance": {
    autoReleaseTime: (seen) => fromTemplate(seen) || seen.input("instanceChargeType") === "PrePaid",
    autoRenewPeriod: ({ input }) =>
      input("instanceChargeType") === "PostPaid" || input("renewalStatus") !== "AutoRenewal",
    deletionProtection: isPrepaid,
    deploymentSetId: fromTemplate,
    forceDelete: isPostpaid,
    includeDataDisks: isPostpaid,
    internetChargeType: withoutBandwidth,
    internetMaxBandwidthIn: withoutBandwidth,
    kmsEncryptedPassword: ({ input }) => isSet(input("password")),
    kmsEncryptionContext: ({ input }) => !isSet(input("kmsEncryptedPassword")),
    period: isPostpaid,
    periodUnit: isPostpaid,
    renewalStatus: isPostpaid,
    spotPriceLimit: (seen) => isPrepaid(seen) || seen.input("spotStrategy") !== "SpotWithPriceLimit",
    spotStrategy: isPrepaid,
    systemDiskPerformanceLevel: ({ input }) => input("systemDiskCategory") !== "cloud_essd",
    userData: fromTemplate,
  },
  "alicloud:ecs/securityGroup:SecurityGroup": {
    innerAccessPolicy: ({ input }) => input("securityGroupType") === "enterprise",
  },
  "alicloud:ecs/securityGroupRule:SecurityGroupRule": {
    ipv6CidrIp: ({ before, after }) => String(before).toLowerCase() === String(after).toLowerCase(),
    // tcp and udp have ports, the others have none.
    portRange: ({ after, input }) =>
      (input("ipProtocol") === "tcp" || input("ipProtocol") === "udp") === (after === "-1/-1"),
    prefixListId: ({ input }) => ["cidrIp", "ipv6CidrIp", "sourceSecurityGroupId"].some((name) => isSet(input(name))),
  },
  "alicloud:lindorm/instance:Instance": {
    autoRenew: unlessSubscription,
    autoRenewPeriod: unlessSubscription,
    duration: unlessSubscription,
    pricingCycle: unlessSubscription,
  },
  "alicloud:ram/policy:Policy": { document: sameJson, policyDocument: sameJson },
  "alicloud:ram/role:Role": { assumeRolePolicyDocument: sameJson, document: sameJson },
  "alicloud:tsdb/instance:Instance": { diskCategory: ({ input }) => input("engineType") !== "tsdb_influxdb" },
  "alicloud:vpc/natGateway:NatGateway": {
    period: isPostpaid,
    specification: ({ input }) => input("internetChargeType") === "PayByLcu",
    vswitchId: ({ input }) => input("natType") !== "Enhanced",
  },
  "alicloud:vpc/network:Network": {
    secondaryCidrBlocks: ({ before, after }) => sorted(before) === sorted(after),
  },
};

function isSet(value: PlanValue | undefined): boolean {
  return value !== undefined && value !== null && value !== "";
}

function trimmed(value: PlanValue | undefined): unknown {
  return typeof value === "string" ? value.trim() : value;
}

function sorted(value: PlanValue | undefined): string {
  return Array.isArray(value) ? JSON.stringify([...value].map(String).sort()) : JSON.stringify(value ?? null);
}

/** A document whatever its spaces and the order of its keys; a text that is none is itself. */
function jsonText(value: PlanValue | undefined): string {
  if (typeof value !== "string") return JSON.stringify(value ?? null);
  try {
    return JSON.stringify(withSortedKeys(JSON.parse(value)));
  } catch {
    return value;
  }
}

function withSortedKeys(value: PlanValue): PlanValue {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, withSortedKeys(inner)]),
  );
}
