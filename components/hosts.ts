import type * as pulumi from "@pulumi/pulumi";
import * as alicloud from "./alicloud.ts";
import { Component, type Identity, physicalName, type Transforms, tagsOf, withoutStackTraces } from "./component.ts";
import type { HostGroupSettings } from "./config/schema.ts";
import { type BucketAccess, diskInputs, payInputs, policyDocument } from "./host-inputs.ts";

export interface HostGroupArgs {
  readonly identity: Identity;
  readonly settings: HostGroupSettings;
  /** Key (workers-01) and zone of each host, in order. Keys are identity. */
  readonly hosts: readonly { readonly key: string; readonly zone: string }[];
  /** Zone: id of the vSwitch there. */
  readonly vSwitchIds: Readonly<Record<string, pulumi.Input<string>>>;
  readonly securityGroupId: pulumi.Input<string>;
  /** User data in base64, from settings only: one output in it would hide all of it from review and diff. */
  readonly userData: string;
  /** Whether the metadata service asks for a token; an image with an old cloud-init would lose its user data then. */
  readonly metadataTokens: "required" | "optional";
  /** Public key in OpenSSH form, when the group is reached by SSH. */
  readonly publicKey?: string | undefined;
  /** What the hosts' own role may do; ignored when the settings name an existing role. */
  readonly buckets: readonly BucketAccess[];
  /** Hosts that have left and whose disks may go: their disks are declared without protection. */
  readonly disksToDelete: ReadonlySet<string>;
  /** What must stand before a host boots: without its way out the bootstrap would wait in vain. */
  readonly after?: readonly pulumi.Resource[];
  /** Zone of each host that has left and whose disk is kept. */
  readonly departed: readonly { readonly key: string; readonly zone: string }[];
  readonly transforms?: Transforms;
}

/**
 * A group of equal hosts. Fewer removes the last and touches no other; a rebuilt host gets its data disk back.
 *
 * **Cost**, by the hour in the mainland, China-site list: ecs.g7.xlarge (4 vCPU, 16 GiB) 1.0465 CNY (2024-12-30);
 * 40 GiB ESSD PL0 0.0417 CNY (2021-07); 200 GiB ESSD PL1 0.4167 CNY (2025-12). Disks are billed while a host is stopped.
 * Snapshots come on top by size.
 *
 * Defaults: no public address, no password, metadata by token only, disks encrypted, data disks protected.
 *
 * @example
 * new HostGroup("workers", { identity, settings, hosts: [{ key: "workers-01", zone: "cn-shanghai-l" }], ... }, { provider });
 */
export class HostGroup extends Component {
  /** Key: private address. */
  readonly addresses: Readonly<Record<string, pulumi.Output<string>>>;
  /** Key: the instance itself. */
  readonly instances: Readonly<Record<string, alicloud.Instance>>;

  constructor(name: string, args: HostGroupArgs, options?: pulumi.ComponentResourceOptions) {
    super("HostGroup", name, args.transforms, options);
    const keyPair = this.#keyPair(name, args);
    const role = this.#role(name, args);
    const snapshots = this.#snapshotPolicy(name, args);
    const tags = tagsOf(args.identity, name);
    const shared = instanceInputs(args, tags, keyPair?.keyPairName);
    const disks = { ...args, tags, snapshots };

    const instances: Record<string, alicloud.Instance> = {};
    withoutStackTraces(() => {
      for (const { key, zone } of args.hosts) {
        const instance = this.#instance(key, zone, args, shared);
        instances[key] = instance;
        if (role !== undefined) {
          this.child(alicloud.RamRoleAttachment, `${key}-role`, { instanceId: instance.id, ramRoleName: role });
        }
        if (args.settings.dataDisk !== undefined) {
          const disk = this.#dataDisk(key, zone, true, disks);
          this.child(
            alicloud.EcsDiskAttachment,
            `${key}-data-attachment`,
            { diskId: disk.id, instanceId: instance.id },
            // A disk hangs on one host only: attaching it to the new one while the old one has it would wait in vain.
            { deleteBeforeReplace: true },
          );
        }
      }
      for (const { key, zone } of args.departed) {
        this.#dataDisk(key, zone, !args.disksToDelete.has(key), disks);
      }
    });
    this.instances = instances;
    this.addresses = Object.fromEntries(
      Object.entries(instances).map(([key, instance]) => [key, instance.primaryIpAddress]),
    );
    this.registerOutputs({ addresses: this.addresses });
  }

  #instance(key: string, zone: string, args: HostGroupArgs, shared: alicloud.InstanceArgs): alicloud.Instance {
    const vswitchId = args.vSwitchIds[zone];
    if (vswitchId === undefined) throw new Error(`host ${key}: no vSwitch in ${zone}`);
    const physical = physicalName(args.identity, key);
    return this.child(
      alicloud.Instance,
      key,
      { ...shared, instanceName: physical, hostName: physical, availabilityZone: zone, vswitchId },
      { ...changeOptions(args.settings, key), dependsOn: [...(args.after ?? [])] },
    );
  }

  #dataDisk(
    key: string,
    zone: string,
    protect: boolean,
    args: HostGroupArgs & {
      readonly tags: Record<string, string>;
      readonly snapshots: alicloud.AutoSnapshotPolicy | undefined;
    },
  ): alicloud.EcsDisk {
    const settings = args.settings.dataDisk;
    if (settings === undefined) throw new Error(`host ${key} has no data disk in its settings`);
    const disk = this.child(
      alicloud.EcsDisk,
      `${key}-data`,
      {
        diskName: physicalName(args.identity, `${key}-data`),
        zoneId: zone,
        size: settings.GiB,
        ...diskInputs(settings),
        encrypted: true,
        deleteWithInstance: false,
        tags: args.tags,
      },
      { protect },
    );
    if (args.snapshots !== undefined) {
      this.child(alicloud.EcsAutoSnapshotPolicyAttachment, `${key}-data-snapshots`, {
        diskId: disk.id,
        autoSnapshotPolicyId: args.snapshots.id,
      });
    }
    return disk;
  }

  #snapshotPolicy(name: string, args: HostGroupArgs): alicloud.AutoSnapshotPolicy | undefined {
    const settings = args.settings.dataDisk?.snapshots;
    if (settings === undefined || settings === "none") return undefined;
    return this.child(alicloud.AutoSnapshotPolicy, `${name}-snapshots`, {
      autoSnapshotPolicyName: physicalName(args.identity, `${name}-snapshots`),
      // Full hours of UTC+8, and all days of the week.
      timePoints: [String(Number(settings.at.slice(0, 2)))],
      repeatWeekdays: ["1", "2", "3", "4", "5", "6", "7"],
      retentionDays: settings.keepDays,
      tags: tagsOf(args.identity, name),
    });
  }

  #keyPair(name: string, args: HostGroupArgs): alicloud.EcsKeyPair | undefined {
    if (args.publicKey === undefined) return undefined;
    return this.child(
      alicloud.EcsKeyPair,
      `${name}-key`,
      {
        keyPairName: physicalName(args.identity, `${name}-key`),
        publicKey: args.publicKey,
        tags: tagsOf(args.identity, name),
      },
      // The provider takes no key off a host that is no longer given one, and would wait 20 minutes for somebody else
      // to do it.
      { customTimeouts: { delete: "1m" } },
    );
  }

  /** Name of the role that the hosts carry: an existing one, one of their own for the buckets, or none. */
  #role(name: string, args: HostGroupArgs): pulumi.Input<string> | undefined {
    if (args.settings.role !== undefined) return args.settings.role;
    if (args.buckets.length === 0) return undefined;
    const physical = physicalName(args.identity, name);
    const tags = tagsOf(args.identity, name);
    const role = this.child(alicloud.Role, `${name}-role`, {
      roleName: physical,
      description: `Hosts of ${name}`,
      assumeRolePolicyDocument: JSON.stringify({
        Statement: [{ Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: ["ecs.aliyuncs.com"] } }],
        Version: "1",
      }),
      tags,
    });
    const policy = this.child(alicloud.Policy, `${name}-buckets`, {
      policyName: `${physical}-buckets`,
      description: `Buckets of ${name}`,
      policyDocument: policyDocument(args.buckets),
      tags,
    });
    const attachment = this.child(alicloud.RolePolicyAttachment, `${name}-role-buckets`, {
      policyName: policy.policyName,
      policyType: "Custom",
      roleName: role.roleName,
    });
    // Through the attachment, so that no host boots with a role that may do nothing yet.
    return attachment.roleName;
  }
}

function instanceInputs(
  args: HostGroupArgs,
  tags: Record<string, string>,
  keyName: pulumi.Output<string> | undefined,
): alicloud.InstanceArgs {
  const { settings } = args;
  return {
    instanceType: settings.type,
    imageId: settings.image,
    securityGroups: [args.securityGroupId],
    systemDiskCategory: settings.systemDisk.category,
    systemDiskSize: settings.systemDisk.GiB,
    ...(settings.systemDisk.category === "cloud_essd"
      ? { systemDiskPerformanceLevel: settings.systemDisk.level ?? "PL0" }
      : {}),
    systemDiskEncrypted: true,
    ...payInputs(settings.pay),
    internetMaxBandwidthOut: settings.publicAddress === "none" ? 0 : settings.publicAddress.Mbps,
    ...(settings.publicAddress === "none" ? {} : { internetChargeType: "PayByTraffic" }),
    httpEndpoint: "enabled",
    httpTokens: args.metadataTokens,
    securityEnhancementStrategy: "Active",
    ...(settings.deletionProtection ? { deletionProtection: true } : {}),
    ...(keyName === undefined ? {} : { keyName }),
    userData: args.userData,
    tags,
    volumeTags: tags,
  };
}

/**
 * What a changed bootstrap or image does to a running host. Left alone, the provider would reboot it for new user data,
 * which cloud-init does not run again, and swap its system disk in place for a new image.
 */
function changeOptions(settings: HostGroupSettings, key: string): pulumi.CustomResourceOptions {
  const now = settings.rebuild.includes(key);
  const rebuild = [
    ...(now || settings.onSoftwareChange === "rebuild" ? ["userData"] : []),
    ...(now || settings.onImageChange === "rebuild" ? ["imageId"] : []),
  ];
  // The agent is put in at creation and no API tells whether it was: an imported host would be replaced for it.
  const ignore = ["userData", "imageId", "securityEnhancementStrategy"].filter((input) => !rebuild.includes(input));
  return {
    ...(rebuild.length > 0 ? { replaceOnChanges: rebuild } : {}),
    ...(ignore.length > 0 ? { ignoreChanges: ignore } : {}),
  };
}
