import type { InstanceArgs } from "./alicloud.ts";
import type { HostGroupSettings, Pay } from "./config/schema.ts";
import { months, termOf } from "./terms.ts";

export interface BucketAccess {
  /** Name of an existing bucket. */
  readonly bucket: string;
  readonly hosts: "read" | "write" | "read-write";
}

/** Category, and the level where the category has levels. */
export function diskInputs(disk: Pick<NonNullable<HostGroupSettings["dataDisk"]>, "category" | "level">): {
  category: string;
  performanceLevel?: string;
} {
  return disk.category === "cloud_essd"
    ? { category: disk.category, performanceLevel: disk.level ?? "PL0" }
    : { category: disk.category };
}

/** How a host is paid, in the provider's inputs. */
export function payInputs(pay: Pay): Partial<InstanceArgs> {
  if (pay === "pay-as-you-go") return { instanceChargeType: "PostPaid" };
  if ("spot" in pay) {
    return {
      instanceChargeType: "PostPaid",
      ...(pay.spot === "market"
        ? { spotStrategy: "SpotAsPriceGo" }
        : { spotStrategy: "SpotWithPriceLimit", spotPriceLimit: pay.spot.max }),
      // One hour in which the host is not taken back.
      spotDuration: 1,
    };
  }
  const term = termOf(pay.subscription.for);
  const { renew } = pay.subscription;
  return {
    instanceChargeType: "PrePaid",
    // The create call knows weeks and months only, a year is twelve months.
    ...(term.unit === "week"
      ? { periodUnit: "Week", period: term.length }
      : { periodUnit: "Month", period: months(term) }),
    // Nothing is renewed by itself under Normal either. NotRenewal, which only tells the reminders to stop, cannot be
    // bought: the provider leaves it out of the purchase, and every new host would be changed once more.
    renewalStatus: typeof renew === "string" ? "Normal" : "AutoRenewal",
    ...(typeof renew === "string" ? {} : { autoRenewPeriod: renewalPeriod(renew.every) }),
    // Data disks are resources of their own and stay pay-as-you-go.
    includeDataDisks: false,
  };
}

/** Weeks or months, in the unit of the term. */
function renewalPeriod(every: string): number {
  const term = termOf(every);
  return term.unit === "week" ? term.length : months(term);
}

/** Exactly the buckets named, over TLS only; no right to delete. */
export function policyDocument(buckets: readonly BucketAccess[]): string {
  const read = ["oss:GetObject", "oss:ListObjects"];
  const write = ["oss:AbortMultipartUpload", "oss:ListParts", "oss:PutObject"];
  return JSON.stringify({
    Version: "1",
    Statement: buckets.map(({ bucket, hosts }) => ({
      Effect: "Allow",
      Action: hosts === "read" ? read : hosts === "write" ? write : [...read, ...write],
      Resource: [`acs:oss:*:*:${bucket}`, `acs:oss:*:*:${bucket}/*`],
      Condition: { Bool: { "acs:SecureTransport": ["true"] } },
    })),
  });
}
