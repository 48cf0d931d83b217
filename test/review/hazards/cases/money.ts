import * as types from "../../../../review/hazards/types.ts";
import { of, type RuleCases } from "../cases.ts";
import { created, deleted, replaced, secret, unknown, updated, urnOf } from "../made.ts";

const host = types.instance;
const [disk, oldDisk] = types.disks;
const [address, oldAddress] = types.addresses;
const [vSwitch, subnet] = types.vSwitches;
const paid = { instanceChargeType: "PrePaid" };
const uses = (type: string, name: string) => ({ options: { dependsOn: [urnOf(type, name)] } });

export const moneyCases: readonly RuleCases[] = [
  {
    rule: "billed-on",
    cases: [
      of("fires", "Lindorm", deleted(types.lindormV1, { paymentType: "Subscription" }), ["high"], "leaves the state"),
      of(
        "fires",
        "TSDB, replaced",
        replaced(types.tsdb, { paymentType: "Subscription" }, {}),
        ["high"],
        "beside the new one",
      ),
      of("fires", "an address", deleted(address, { paymentType: "Subscription" }), ["high"]),
      of(
        "fires",
        "a disk that goes with its host",
        deleted(disk, { paymentType: "PrePaid", deleteWithInstance: true }),
        ["high"],
      ),
      of("opposite", "pay-as-you-go", deleted(types.lindormV1, { paymentType: "PayAsYouGo" }), []),
      of(
        "opposite",
        "changed",
        updated(types.lindormV1, { paymentType: "Subscription" }, { paymentType: "Subscription" }),
        [],
      ),
      of("opposite", "a host is refused instead", deleted(host, paid), []),
      of(
        "opposite",
        "protected",
        deleted(types.lindormV1, { paymentType: "Subscription", deletionProection: true }),
        [],
      ),
      of("unknown", "how it is paid", deleted(types.lindormV1, { paymentType: unknown }), []),
      of("secret", "how it is paid", deleted(types.lindormV1, { paymentType: secret }), []),
      of("twin", "the address under its old name and word", deleted(oldAddress, { instanceChargeType: "Prepaid" }), [
        "high",
      ]),
      of("twin", "RDS", deleted(types.rds, { instanceChargeType: "Prepaid" }), ["high"]),
      of("create-only", "new", created(types.lindormV1, { paymentType: "Subscription" }), []),
    ],
  },
  {
    rule: "subscription-not-refunded",
    cases: [
      of("fires", "deleted by force", deleted(host, { ...paid, forceDelete: true }), ["high"], "ends early"),
      of("fires", "converted", updated(host, paid, { instanceChargeType: "PostPaid" }), ["high"], "pay-as-you-go"),
      of("fires", "Lindorm 2", deleted(types.lindormV2, { paymentType: "PREPAY" }), ["high"]),
      of("opposite", "without force: refused", deleted(host, paid), []),
      of("opposite", "pay-as-you-go", deleted(host, { instanceChargeType: "PostPaid", forceDelete: true }), []),
      of("opposite", "becomes a subscription", updated(host, { instanceChargeType: "PostPaid" }, paid), []),
      of("unknown", "to what is not known", updated(host, paid, { instanceChargeType: unknown }), []),
      of("unknown", "force", deleted(host, { ...paid, forceDelete: unknown }), []),
      of("secret", "to a secret", updated(host, paid, { instanceChargeType: secret }), []),
      of("twin", "a disk", deleted(disk, { paymentType: "Subscription" }), ["high"]),
      of("twin", "a disk under its old name", deleted(oldDisk, { paymentType: "Subscription" }), ["high"]),
      of("create-only", "new", created(host, { ...paid, forceDelete: true }), []),
    ],
  },
  {
    rule: "term-buys-nothing",
    cases: [
      of(
        "fires",
        "a longer term",
        updated(host, { ...paid, period: 1 }, { ...paid, period: 12 }),
        ["medium"],
        "buys and ends nothing",
      ),
      of(
        "fires",
        "Lindorm",
        updated(
          types.lindormV1,
          { paymentType: "Subscription", duration: "1" },
          { paymentType: "Subscription", duration: "2" },
        ),
        ["medium"],
      ),
      of("opposite", "bought with it", updated(host, { instanceChargeType: "PostPaid" }, { ...paid, period: 12 }), []),
      of("opposite", "renewal", updated(host, { ...paid, autoRenewPeriod: 1 }, { ...paid, autoRenewPeriod: 2 }), []),
      of("opposite", "the same as text", updated(host, { ...paid, period: 1 }, { ...paid, period: "1" }), []),
      of("unknown", "unknown", updated(host, { ...paid, period: 1 }, { ...paid, period: unknown }), []),
      of("secret", "secret", updated(host, { ...paid, period: secret }, { ...paid, period: secret }), []),
      of(
        "twin",
        "an address",
        updated(oldAddress, { paymentType: "Subscription", period: 1 }, { paymentType: "Subscription", period: 2 }),
        ["medium"],
      ),
      of("create-only", "new", created(host, { ...paid, period: 12 }), []),
    ],
  },
  {
    rule: "destroy-refused",
    cases: [
      of("fires", "paid ahead", deleted(host, paid), ["high"], "paid ahead"),
      of("fires", "paid ahead and replaced", replaced(host, paid, {}), ["high"], "the new one is made by then"),
      of(
        "fires",
        "protected in the cloud",
        deleted(host, { deletionProtection: true }),
        ["high"],
        "protected in the cloud",
      ),
      of(
        "fires",
        "protected by Pulumi",
        deleted(disk, {}, { options: { protect: true } }),
        ["high"],
        "the engine refuses",
      ),
      of(
        "fires",
        "replaced, and unprotected only in the new one",
        replaced(host, { deletionProtection: true }, { deletionProtection: false }),
        ["high"],
      ),
      of("opposite", "force in the state", deleted(host, { ...paid, forceDelete: true }), []),
      of("opposite", "pay-as-you-go", deleted(host, { instanceChargeType: "PostPaid" }), []),
      of(
        "opposite",
        "protected and changed",
        updated(host, { deletionProtection: true, hostName: "a" }, { deletionProtection: true, hostName: "b" }),
        [],
      ),
      of("opposite", "kept", deleted(host, paid, { options: { retainOnDelete: true } }), []),
      of("unknown", "whether it is protected", deleted(host, { deletionProtection: unknown }), []),
      of("secret", "how it is paid", deleted(host, { instanceChargeType: secret }), []),
      of("twin", "address under its old name", deleted(oldAddress, { deletionProtection: true }), ["high"]),
      of("twin", "Lindorm, in upstream's spelling", deleted(types.lindormV1, { deletionProection: true }), ["high"]),
      of("create-only", "new", created(host, { ...paid, deletionProtection: true }), []),
    ],
  },
  {
    rule: "replace-collides",
    cases: [
      of(
        "fires",
        "another zone, the same range",
        replaced(
          vSwitch,
          { cidrBlock: "10.0.0.0/24", zoneId: "cn-shanghai-l" },
          { cidrBlock: "10.0.0.0/24", zoneId: "cn-shanghai-m" },
        ),
        ["high"],
        "10.0.0.0/24",
      ),
      of(
        "opposite",
        "another range",
        replaced(vSwitch, { cidrBlock: "10.0.0.0/24" }, { cidrBlock: "10.0.1.0/24" }),
        [],
      ),
      of(
        "opposite",
        "the old one goes first",
        replaced(vSwitch, { cidrBlock: "10.0.0.0/24" }, { cidrBlock: "10.0.0.0/24" }, { deleteBeforeReplace: true }),
        [],
      ),
      of(
        "opposite",
        "in another VPC",
        replaced(
          vSwitch,
          { cidrBlock: "10.0.0.0/24" },
          { cidrBlock: "10.0.0.0/24" },
          { because: [{ path: "vpcId", why: "dependency", of: "urn" }] },
        ),
        [],
      ),
      of("unknown", "unknown", replaced(vSwitch, { cidrBlock: unknown }, { cidrBlock: unknown }), []),
      of("secret", "secret", replaced(vSwitch, { cidrBlock: secret }, { cidrBlock: secret }), []),
      of("twin", "a subnet", replaced(subnet, { cidrBlock: "10.0.0.0/24" }, { cidrBlock: "10.0.0.0/24" }), ["high"]),
      of("create-only", "new", created(vSwitch, { cidrBlock: "10.0.0.0/24" }), []),
    ],
  },
  {
    rule: "attachment-waits",
    cases: [
      of(
        "fires",
        "its host is replaced",
        replaced(types.diskAttachments[0], { instanceId: "i-1" }, { instanceId: unknown }),
        ["high"],
        "ten minutes",
      ),
      of("opposite", "detached first", replaced(types.diskAttachments[0], {}, {}, { deleteBeforeReplace: true }), []),
      of(
        "opposite",
        "another disk",
        replaced(types.diskAttachments[0], {}, {}, { because: [{ path: "diskId", why: "provider" }] }),
        [],
      ),
      of(
        "opposite",
        "its disk is replaced too",
        [replaced(types.diskAttachments[0], {}, {}, uses(disk, "d")), replaced(disk, {}, {}, { name: "d" })],
        [],
      ),
      of("twin", "under its old name", replaced(types.diskAttachments[1], {}, {}), ["high"]),
      of(
        "unknown",
        "ids that are unknown on both sides",
        updated(types.diskAttachments[0], { diskId: unknown }, { diskId: unknown }),
        [],
      ),
      of("secret", "secret", updated(types.diskAttachments[0], { password: secret }, { password: secret }), []),
      of("create-only", "new", created(types.diskAttachments[0], {}), []),
    ],
  },
  {
    rule: "network-in-use",
    cases: [
      of(
        "fires",
        "a database that is left behind",
        [
          deleted(vSwitch, {}, { name: "v" }),
          deleted(types.lindormV1, { paymentType: "Subscription" }, { name: "db", ...uses(vSwitch, "v") }),
        ],
        ["high"],
        "in use",
      ),
      of(
        "fires",
        "a host that is refused",
        [deleted(vSwitch, {}, { name: "v" }), deleted(host, paid, uses(vSwitch, "v"))],
        ["high"],
      ),
      of(
        "fires",
        "a host that is kept",
        [
          deleted(types.securityGroup, {}, { name: "g" }),
          deleted(host, {}, { options: { retainOnDelete: true, dependsOn: [urnOf(types.securityGroup, "g")] } }),
        ],
        ["high"],
      ),
      of("opposite", "all goes", [deleted(vSwitch, {}, { name: "v" }), deleted(host, {}, uses(vSwitch, "v"))], []),
      of(
        "opposite",
        "hosts move in the same update",
        [
          replaced(vSwitch, { cidrBlock: "10.0.0.0/24" }, { cidrBlock: "10.1.0.0/24" }, { name: "v" }),
          updated(host, {}, {}, uses(vSwitch, "v")),
        ],
        [],
      ),
      of(
        "unknown",
        "how the database is paid",
        [deleted(vSwitch, {}, { name: "v" }), deleted(types.lindormV1, { paymentType: unknown }, uses(vSwitch, "v"))],
        [],
      ),
      of(
        "secret",
        "how the database is paid",
        [deleted(vSwitch, {}, { name: "v" }), deleted(types.lindormV1, { paymentType: secret }, uses(vSwitch, "v"))],
        [],
      ),
      of("twin", "a subnet", [deleted(subnet, {}, { name: "v" }), deleted(host, paid, uses(subnet, "v"))], ["high"]),
      of("create-only", "new", created(vSwitch, {}), []),
    ],
  },
];
