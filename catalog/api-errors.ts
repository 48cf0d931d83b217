import data from "./api-errors.json" with { type: "json" };
import { type Confidence, type Fact, fact } from "./fact.ts";

/** What a refusal is about, for the user. */
export type ErrorKind =
  | "real-name"
  | "stock"
  | "not-on-sale"
  | "balance"
  | "payment"
  | "risk-control"
  | "quota"
  | "permission"
  | "credentials"
  | "clock"
  | "deletion-protection"
  | "paid-ahead"
  | "unknown-type"
  | "unknown-image"
  | "disk-mismatch"
  | "encryption"
  | "user-data"
  | "spot-price"
  | "addresses"
  | "not-found"
  | "name-taken"
  | "in-use"
  | "conflict"
  | "throttling"
  | "service"
  | "dry-run"
  | "tsdb"
  | "invalid";

/** A refusal of the cloud's API that a deployment can meet. */
export interface ApiError extends Fact {
  readonly code: string;
  readonly http: number;
  /** In the cloud's own words where a source has them. */
  readonly message: string;
  readonly kind: ErrorKind;
  /** API actions that answer it; every one where it is "*". */
  readonly actions: readonly string[] | "*";
  /** Of those, the actions for which a resource of provider 1.285.0 lists the code as one to try again. */
  readonly retried: readonly string[];
}

type Row = readonly [code: string, http: number, kind: string, actions: string, retried: string, message: string];

interface Group {
  readonly source: string;
  readonly observedAt: string;
  readonly confidence?: string;
  readonly errors: readonly Row[];
}

export const apiErrors: readonly ApiError[] = (data.groups as unknown as readonly Group[]).flatMap((group) =>
  group.errors.map(([code, http, kind, actions, retried, message]) => ({
    code,
    http,
    message,
    kind: kind as ErrorKind,
    actions: actions === "*" ? "*" : words(actions),
    retried: words(retried),
    ...fact(group.source, group.observedAt, group.confidence as Confidence | undefined),
  })),
);

function words(text: string): readonly string[] {
  return text === "" ? [] : text.split(" ");
}

const byCode = new Map(apiErrors.map((row) => [row.code, row]));

export function apiError(code: string): ApiError | undefined {
  return byCode.get(code);
}

/** The row of a code, or of the nearest one that begins it: Throttling.Api is explained as Throttling is. */
export function nearestApiError(code: string): ApiError | undefined {
  for (let part = code; part !== ""; part = part.slice(0, Math.max(0, part.lastIndexOf(".")))) {
    const row = byCode.get(part);
    if (row !== undefined) return row;
  }
  return undefined;
}

export const providerPatienceFrom = fact("terraform-provider-alicloud 1.285.0, timeouts of resources", "2026-11-25");

/**
 * Minutes for which provider 1.285.0 tries an action again before it gives up: the timeout of the resource, read in its
 * source. The waits between are 1 to 5 seconds.
 */
export const providerPatience: Readonly<Record<string, number>> = {
  RunInstances: 10,
  DeleteInstance: 20,
  ModifyInstanceAttribute: 10,
  CreateDisk: 5,
  DeleteDisk: 5,
  ResizeDisk: 15,
  ModifyDiskSpec: 15,
  AttachDisk: 10,
  DetachDisk: 10,
  CreateAutoSnapshotPolicy: 5,
  DeleteAutoSnapshotPolicy: 5,
  ApplyAutoSnapshotPolicy: 5,
  CancelAutoSnapshotPolicy: 5,
  ImportKeyPair: 5,
  // 20 by itself; the stack bounds it (components/hosts.ts).
  DeleteKeyPairs: 1,
  AttachInstanceRamRole: 5,
  DetachInstanceRamRole: 5,
  CreateSecurityGroup: 5,
  DeleteSecurityGroup: 10,
  AuthorizeSecurityGroup: 10,
  RevokeSecurityGroup: 5,
  CreateVpc: 10,
  ModifyVpcAttribute: 5,
  DeleteVpc: 5,
  CreateVSwitch: 5,
  ModifyVSwitchAttribute: 5,
  DeleteVSwitch: 10,
  AllocateEipAddress: 9,
  ModifyEipAddressAttribute: 9,
  ReleaseEipAddress: 9,
  AssociateEipAddress: 5,
  UnassociateEipAddress: 5,
  CreateNatGateway: 10,
  ModifyNatGatewayAttribute: 10,
  DeleteNatGateway: 10,
  CreateSnatEntry: 5,
  DeleteSnatEntry: 5,
  CreateRole: 5,
  DeleteRole: 5,
  CreatePolicy: 5,
  DeletePolicy: 26,
  AttachPolicyToRole: 5,
  DetachPolicyFromRole: 5,
  CreateLindormInstance: 90,
  UpgradeLindormInstance: 180,
  UpdateInstanceIpWhiteList: 180,
  UpdateLindormInstanceAttribute: 180,
  ReleaseLindormInstance: 10,
  CreateLindormV2Instance: 101,
  ReleaseLindormV2Instance: 20,
  // Called once, outside of any loop.
  CreateHiTSDBInstance: 0,
  DeleteHiTSDBInstance: 20,
};

/** Actions that the provider sends through its older client: only the codes listed are tried again. */
const onlyListed = new Set(["DeleteInstance"]);

/**
 * Minutes for which the provider tries again when an action answers a code; 0 when it fails at once. Throttling,
 * ServiceUnavailable and every HTTP 5xx are tried again everywhere (errors.go, NeedRetry).
 */
export function retryMinutes(code: string, action: string): number {
  const patience = providerPatience[action] ?? 0;
  const row = nearestApiError(code);
  // Deleting a rule is tried again whatever the answer.
  if (action === "RevokeSecurityGroup") return row?.kind === "not-found" ? 0 : patience;
  if (row?.retried.includes(action)) return patience;
  // IncorrectDiskStatus counts where IncorrectDiskStatus.Initializing is listed (errors.go, IsExpectedErrors).
  const begins = apiErrors.some((other) => other.code.startsWith(`${code}.`) && other.retried.includes(action));
  if (begins && !onlyListed.has(action)) return patience;
  const everywhere = code.includes("Throttling") || code === "ServiceUnavailable" || (row?.http ?? 0) >= 500;
  return everywhere && !onlyListed.has(action) ? patience : 0;
}
