import { practice } from "../clauses.ts";
import { demand, undecided, unread, violation } from "../demand.ts";
import { diskAttachments, disks, eachOf, instance, instanceSet, scratchCategory } from "../host-types.ts";
import type { Props, Reading } from "../reading.ts";
import type { Finding, Judged, ResourceRule } from "../rule.ts";

const lindormV1 = "alicloud:lindorm/instance:Instance";
const lindormV2 = "alicloud:lindorm/instanceV2:InstanceV2";
const tsdb = "alicloud:tsdb/instance:Instance";
const addresses = ["alicloud:ecs/eipAddress:EipAddress", "alicloud:ecs/eip:Eip"] as const;
const bucket = "alicloud:oss/bucket:Bucket";
const key = "alicloud:kms/key:Key";

/** The service's own flag, and what turns it on. Each can be set in place (provider schema: replace is false). */
const flags: Readonly<Record<string, { readonly property: string; readonly on: boolean | string }>> = {
  // Upstream's spelling.
  [lindormV1]: { property: "deletionProection", on: true },
  [lindormV2]: { property: "deletionProtection", on: "true" },
  ...Object.fromEntries(addresses.map((type) => [type, { property: "deletionProtection", on: true }])),
  [instance]: { property: "deletionProtection", on: true },
  [key]: { property: "deletionProtection", on: "Enabled" },
};

const deleteProtection: ResourceRule = {
  id: "cn-delete-protection",
  title: "What holds data cannot be deleted by accident",
  description:
    "Disks and databases have Pulumi's `protect`; databases, addresses and hosts whose data disks would go with them have the service's own deletion protection. Neither a slip in code nor a click in the console deletes them, and no address is lost that others have let in.",
  severity: "high",
  clause: practice("delete-protection", "what holds data is not deleted by accident"),
  tags: [
    "cloud-config:ecs-instance-deletion-protection-enabled",
    "cloud-config:eip-delete-protection-enabled",
    "cloud-config:kms-key-delete-protection-enabled",
  ],
  source: {
    source: "InfraGuard 0.10, rules ecs-instance-deletion-protection-enabled and eip-delete-protection-enabled",
    observedAt: "2026-06",
  },
  fix: "the stack protects its disks, databases and address; who gives one up accepts data-disk-deleted or address-deleted in china:accept (docs/deploy.md). In another program: deletionProtection: true, and the resource option protect: true on disks and databases; data disks as resources of their own with deleteWithInstance: false",
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: {
    ...eachOf(disks, ["category", "deleteWithInstance"]),
    ...eachOf(diskAttachments, ["deleteWithInstance"]),
    [lindormV1]: ["deletionProection"],
    [lindormV2]: ["deletionProtection"],
    [tsdb]: [],
    ...eachOf(addresses, ["deletionProtection", "instanceChargeType", "paymentType"]),
    [bucket]: ["forceDestroy"],
    [key]: ["deletionProtection"],
    [instance]: [
      "dataDisks",
      "dataDisks[].category",
      "dataDisks[].deleteWithInstance",
      "deletionProtection",
      "forceDelete",
      "instanceChargeType",
      "spotStrategy",
    ],
    [instanceSet]: [
      "dataDisks",
      "dataDisks[].diskCategory",
      "deletionProtection",
      "instanceChargeType",
      "spotStrategy",
    ],
  },
  acceptedAlsoBy: ["data-disk-deleted", "address-deleted"],
  check: (resource) => judges[resource.type]?.(resource) ?? [],
  remedy: {
    inWords: "deletion protection -> on",
    changes: (resource) => {
      const flag = flags[resource.type];
      if (flag === undefined) return undefined;
      const findings = [...(judges[resource.type]?.(resource) ?? [])];
      const broken = findings.some(({ verdict, path }) => verdict === "violation" && path === flag.property);
      return broken ? { [flag.property]: flag.on } : undefined;
    },
  },
};

type Judge = (resource: Judged) => Iterable<Finding>;

const isOn = (flag: boolean) => flag;
const isOff = (flag: boolean) => !flag;
const off = { found: "not protected", wanted: "true", absent: "not protected" };
const withHost = { found: "a disk that is deleted with its host", wanted: "false" };
const withObjects = { found: "objects that are deleted with the bucket", wanted: "false, or the option protect: true" };
const forced = { found: "a subscription that is ended to delete it", wanted: "false" };
/** Only advice: KMS waits some days before it deletes a key. */
const keyWords = { ...off, wanted: "Enabled", level: "advisory" } as const;

const judges: Readonly<Record<string, Judge>> = {
  ...judgesOf(disks, disk),
  ...judgesOf(diskAttachments, ({ props }) => demand(props.flag("deleteWithInstance"), isOff, withHost)),
  ...judgesOf([lindormV1, lindormV2], database),
  [tsdb]: protectedByPulumi,
  ...judgesOf(addresses, address),
  // A bucket that holds something cannot be deleted otherwise.
  [bucket]: ({ props, protect }) => (protect ? [] : demand(props.flag("forceDestroy"), isOff, withObjects)),
  [key]: ({ props }) => demand(props.text("deletionProtection"), (value) => value === "Enabled", keyWords),
  [instance]: ({ props }) => host(props, ownNames),
  [instanceSet]: ({ props }) => host(props, setNames),
};

function judgesOf(types: readonly string[], judge: Judge): Record<string, Judge> {
  return Object.fromEntries(types.map((type) => [type, judge]));
}

function* protectedByPulumi({ protect }: Judged): Generator<Finding> {
  if (!protect) yield violation("protect", "not protected", "the resource option protect: true");
}

function* flagged({ type, props }: Judged): Generator<Finding> {
  const flag = flags[type];
  if (flag !== undefined) yield* demand(props.flag(flag.property), isOn, off);
}

/** `protect` stops the engine, the flag everybody else. */
function* database(resource: Judged): Generator<Finding> {
  yield* protectedByPulumi(resource);
  yield* flagged(resource);
}

/** Nobody can release a subscription before its term ends. */
function* address(resource: Judged): Generator<Finding> {
  const { props } = resource;
  const paid = (property: string, ahead: string) => {
    const reading = props.text(property);
    return reading.state === "known" && reading.value === ahead;
  };
  if (!paid("paymentType", "Subscription") && !paid("instanceChargeType", "PrePaid")) yield* flagged(resource);
}

/** `protect` stops the engine; a disk that is deleted with its host goes all the same. */
function* disk(resource: Judged): Generator<Finding> {
  const { props } = resource;
  const category = props.text("category");
  if (category.state === "known" && scratchCategory.test(category.value)) return;
  yield* protectedByPulumi(resource);
  yield* demand(props.flag("deleteWithInstance"), isOff, withHost);
}

interface HostNames {
  readonly category: string;
  readonly deleteWithInstance?: string;
  readonly forceDelete?: string;
}

const ownNames: HostNames = {
  category: "category",
  deleteWithInstance: "deleteWithInstance",
  forceDelete: "forceDelete",
};
const setNames: HostNames = { category: "diskCategory" };

/** Hosts whose data disks would go with them. The rest hold nothing that a new host would not have. */
function* host(props: Props, names: HostNames): Generator<Finding> {
  const lost = losesData(props, names);
  if (lost.state !== "known") {
    yield* unread(lost, { wanted: "data disks as a list" });
    return;
  }
  if (!lost.value) return;
  const charge = props.text("instanceChargeType");
  const spot = props.text("spotStrategy");
  const open = [charge, spot].find(({ state }) => state === "undecided");
  if (open !== undefined) yield undecided(open.path);
  else if (charge.state === "known" && charge.value === "PrePaid") {
    // Nobody can delete it before its term ends, unless the provider turns it into pay-as-you-go first.
    if (names.forceDelete !== undefined) yield* demand(props.flag(names.forceDelete), isOff, forced);
  } else if (spot.state === "known" && spot.value !== "NoSpot") {
    // The flag does nothing there.
    yield violation(lost.path, "data disks that go with a spot host", "false, or disks of their own", "advisory");
  } else yield* demand(props.flag("deletionProtection"), isOn, off);
}

/** Whether the host has a data disk that is deleted with it. */
function losesData(props: Props, names: HostNames): Reading<boolean> {
  const list = props.maps("dataDisks");
  if (list.state !== "known") return list;
  const each = list.value.map((one) => (one.state === "known" ? goesWithHost(one.value, names, one.path) : one));
  const lost = each.find((one) => one.state === "known" && one.value);
  return lost ?? each.find(({ state }) => state !== "known") ?? { state: "known", path: list.path, value: false };
}

function goesWithHost(disk: Props, names: HostNames, path: string): Reading<boolean> {
  const category = disk.text(names.category);
  if (category.state === "known" && scratchCategory.test(category.value)) return { state: "known", path, value: false };
  const goes: Reading<boolean> =
    names.deleteWithInstance === undefined
      ? { state: "known", path, value: true }
      : disk.flag(names.deleteWithInstance);
  return category.state === "undecided" && goes.state === "known" && goes.value ? category : goes;
}

export const protectionRules = [deleteProtection] as const;
