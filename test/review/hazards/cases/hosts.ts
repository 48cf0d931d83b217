import * as types from "../../../../review/hazards/types.ts";
import { of, type RuleCases } from "../cases.ts";
import { changesOf, created, deleted, replaced, secret, unknown, updated, urnOf } from "../made.ts";

const host = types.instance;
const noTwin = "an ECS instance has no twin whose update does this";
const replacement = [{ path: "systemDiskCategory", why: "provider" }] as const;
const attachment = "alicloud:ecs/ecsDiskAttachment:EcsDiskAttachment";
const usesHost = { dependsOn: [urnOf(host, "workers-01")] };

export const hostCases: readonly RuleCases[] = [
  {
    rule: "host-rebooted",
    cases: [
      of(
        "fires",
        "user data",
        updated(host, { userData: "YQ==" }, { userData: "Yg==" }),
        ["medium"],
        "stopped and started",
      ),
      of("fires", "key pair", updated(host, { keyName: "a" }, { keyName: "b" }), ["medium"], "rebooted"),
      of("fires", "host name", updated(host, { hostName: "a" }, { hostName: "b" }), ["medium"]),
      of("fires", "cores", updated(host, { cpuOptions: { coreCount: 2 } }, { cpuOptions: { coreCount: 4 } }), [
        "medium",
      ]),
      of(
        "fires",
        "stopped on purpose",
        updated(host, { status: "Running" }, { status: "Stopped" }),
        ["medium"],
        "01: stopped",
      ),
      of(
        "opposite",
        "a name and tags",
        updated(host, { instanceName: "a", tags: {} }, { instanceName: "b", tags: { x: "y" } }),
        [],
      ),
      of(
        "opposite",
        "security groups, description, protection",
        updated(host, { securityGroups: ["a"], description: "a" }, { securityGroups: ["b"], description: "b" }),
        [],
      ),
      of("opposite", "system disk grows online", updated(host, { systemDiskSize: 40 }, { systemDiskSize: 60 }), []),
      of(
        "opposite",
        "ignored",
        updated(host, { userData: "YQ==" }, { userData: "Yg==" }, { options: { ignoreChanges: ["userData"] } }),
        [],
      ),
      of("unknown", "user data made from an output", updated(host, { userData: "YQ==" }, { userData: unknown }), []),
      of("secret", "a password in files", updated(host, { password: secret }, { password: secret }), []),
      of(
        "secret",
        "a password that the engine's preview lists",
        updated(host, { password: secret }, { password: secret }),
        ["medium"],
        "stopped",
        {
          changes: changesOf([updated(host, { password: secret }, { password: secret })], { source: "preview" }),
        },
      ),
      of(
        "twin",
        "attachment of a key pair with force",
        created("alicloud:ecs/ecsKeyPairAttachment:EcsKeyPairAttachment", { force: true }),
        ["medium"],
      ),
      of(
        "twin",
        "attachment under its old name",
        created("alicloud:ecs/keyPairAttachment:KeyPairAttachment", { force: true }),
        ["medium"],
      ),
      of(
        "twin",
        "attachment without force",
        created("alicloud:ecs/keyPairAttachment:KeyPairAttachment", { force: false }),
        [],
      ),
      of("create-only", "a new host", created(host, { userData: "YQ==", keyName: "a" }), []),
    ],
  },
  {
    rule: "bootstrap-not-rerun",
    cases: [
      of(
        "fires",
        "user data",
        updated(host, { userData: "YQ==" }, { userData: "Yg==" }),
        ["medium"],
        "cloud-init does not run",
      ),
      of("fires", "user data where there was none", updated(host, {}, { userData: "Yg==" }), ["medium"]),
      of("opposite", "a replaced host runs it", replaced(host, { userData: "YQ==" }, { userData: "Yg==" }), []),
      of(
        "opposite",
        "nothing of user data",
        updated(host, { userData: "YQ==", keyName: "a" }, { userData: "YQ==", keyName: "b" }),
        [],
      ),
      of("unknown", "not known yet", updated(host, { userData: "YQ==" }, { userData: unknown }), []),
      of("secret", "secret on both sides", updated(host, { userData: secret }, { userData: secret }), []),
      of("create-only", "a new host", created(host, { userData: "YQ==" }), []),
    ],
    without: { twin: noTwin },
  },
  {
    rule: "type-changed",
    cases: [
      of(
        "fires",
        "another type",
        updated(host, { instanceType: "ecs.g7.large" }, { instanceType: "ecs.g7.xlarge" }),
        ["medium"],
        "without stock it stays stopped",
      ),
      of(
        "fires",
        "with StopCharging",
        updated(
          host,
          { instanceType: "ecs.g7.large", stoppedMode: "StopCharging" },
          { instanceType: "ecs.g7.xlarge", stoppedMode: "StopCharging" },
        ),
        ["high"],
        "given back",
      ),
      of("opposite", "replaced for another reason", replaced(host, { instanceType: "a" }, { instanceType: "b" }), []),
      of(
        "opposite",
        "same type",
        updated(host, { instanceType: "ecs.g7.large", hostName: "a" }, { instanceType: "ecs.g7.large", hostName: "b" }),
        [],
      ),
      of(
        "unknown",
        "from a data source",
        updated(host, { instanceType: "ecs.g7.large" }, { instanceType: unknown }),
        [],
      ),
      of("secret", "secret", updated(host, { instanceType: secret }, { instanceType: secret }), []),
      of("create-only", "new", created(host, { instanceType: "ecs.g7.large" }), []),
    ],
    without: { twin: noTwin },
  },
  {
    rule: "system-disk-wiped",
    cases: [
      of("fires", "another image", updated(host, { imageId: "a" }, { imageId: "b" }), ["high"], "wiped in place"),
      of(
        "fires",
        "rebuilt",
        replaced(host, { imageId: "a" }, { imageId: "b" }, { because: replacement }),
        ["high"],
        "rebuilt",
      ),
      of("opposite", "same image", updated(host, { imageId: "a", hostName: "a" }, { imageId: "a", hostName: "b" }), []),
      of(
        "opposite",
        "image ignored",
        updated(host, { imageId: "a" }, { imageId: "b" }, { options: { ignoreChanges: ["imageId"] } }),
        [],
      ),
      of(
        "opposite",
        "a host that is not deleted because it is paid ahead",
        replaced(host, { instanceChargeType: "PrePaid" }, { instanceChargeType: "PrePaid" }),
        [],
      ),
      of("opposite", "a host that Pulumi protects", replaced(host, {}, {}, { options: { protect: true } }), []),
      of("opposite", "a host that is kept", replaced(host, {}, {}, { options: { retainOnDelete: true } }), []),
      of("unknown", "image from a data source", updated(host, { imageId: "a" }, { imageId: unknown }), []),
      of("secret", "secret image", updated(host, { imageId: secret }, { imageId: secret }), []),
      of("create-only", "a new host", created(host, { imageId: "a" }), []),
    ],
    without: { twin: "a set of hosts (EcsInstanceSet) is replaced as a whole: host-replaced" },
  },
  {
    rule: "host-replaced",
    cases: [
      of(
        "fires",
        "with its data disks attached again",
        [
          replaced(host, {}, {}, { because: replacement }),
          replaced(
            attachment,
            { instanceId: unknown },
            { instanceId: unknown },
            { name: "workers-01-data-attachment", deleteBeforeReplace: true, options: usesHost },
          ),
        ],
        ["medium"],
        "detached and attached to the new one",
      ),
      of(
        "fires",
        "inline disks",
        replaced(host, { dataDisks: [{ size: 20 }] }, { dataDisks: [{ size: 40 }] }),
        ["medium"],
        "go with it",
      ),
      of("opposite", "updated", updated(host, { hostName: "a" }, { hostName: "b" }), []),
      of("opposite", "paid ahead: stays", replaced(host, { instanceChargeType: "PrePaid" }, {}), []),
      of("unknown", "what is unknown on both sides", updated(host, { vswitchId: unknown }, { vswitchId: unknown }), []),
      of("secret", "what is secret", updated(host, { password: secret }, { password: secret }), []),
      of("twin", "a set of hosts", replaced(types.instanceSet, { amount: 2 }, { amount: 3 }), ["medium"]),
      of("create-only", "a new host", created(host, {}), []),
    ],
  },
  {
    rule: "host-deleted",
    cases: [
      of("fires", "no longer declared", deleted(host, {}), ["medium"], "by force"),
      of("opposite", "a new one", created(host, {}), []),
      of("opposite", "refused: protected", deleted(host, { deletionProtection: true }), []),
      of("opposite", "kept", deleted(host, {}, { options: { retainOnDelete: true } }), []),
      of("unknown", "whether it is protected: told as deleted", deleted(host, { deletionProtection: unknown }), [
        "medium",
      ]),
      of("secret", "a secret password changes nothing", updated(host, { password: secret }, { password: secret }), []),
      of("twin", "a set of hosts", deleted(types.instanceSet, {}), ["medium"]),
      of("create-only", "new", created(host, {}), []),
    ],
  },
  {
    rule: "left-in-cloud",
    cases: [
      of("fires", "kept host", deleted(host, {}, { options: { retainOnDelete: true } }), ["medium"], "billed on"),
      of("opposite", "deleted host", deleted(host, {}), []),
      of("opposite", "only declared so", updated(host, {}, {}, { optionsAfter: { retainOnDelete: true } }), []),
      of("twin", "a replaced disk", replaced(types.disks[1], {}, {}, { options: { retainOnDelete: true } }), [
        "medium",
      ]),
      of("create-only", "new", created(host, {}, { options: { retainOnDelete: true } }), []),
    ],
    without: { unknown: "an option of the engine is never unknown", secret: "an option of the engine is never secret" },
  },
  {
    rule: "spot-interrupted",
    cases: [
      of("fires", "a new one", created(host, { spotStrategy: "SpotAsPriceGo" }), ["medium"], "released"),
      of(
        "fires",
        "stopped instead of released",
        created(host, { spotStrategy: "SpotAsPriceGo", spotInterruptionBehavior: "Stop" }),
        ["medium"],
        "stopped",
      ),
      of("fires", "becomes spot", replaced(host, { spotStrategy: "NoSpot" }, { spotStrategy: "SpotWithPriceLimit" }), [
        "medium",
      ]),
      of(
        "opposite",
        "no longer spot",
        replaced(host, { spotStrategy: "SpotAsPriceGo" }, { spotStrategy: "NoSpot" }),
        [],
      ),
      of(
        "opposite",
        "was spot already",
        updated(
          host,
          { spotStrategy: "SpotAsPriceGo", hostName: "a" },
          { spotStrategy: "SpotAsPriceGo", hostName: "b" },
        ),
        [],
      ),
      of("unknown", "unknown", created(host, { spotStrategy: unknown }), []),
      of("secret", "secret", created(host, { spotStrategy: secret }), []),
      of("twin", "a set", created(types.instanceSet, { spotStrategy: "SpotAsPriceGo" }), ["medium"]),
      of(
        "create-only",
        "in a new stack too: nothing falls back there either",
        created(host, { spotStrategy: "SpotAsPriceGo" }),
        ["medium"],
        undefined,
        {
          changes: changesOf([created(host, { spotStrategy: "SpotAsPriceGo" })], { unchanged: 0 }),
        },
      ),
    ],
  },
];
