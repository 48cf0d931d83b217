import { isMainlandRegion } from "../../catalog/regions.ts";
import type { Actions, Answer, Call } from "../core/call.ts";
import { randomText } from "../core/call.ts";
import { CloudError, missing } from "../core/errors.ts";
import { becoming } from "../core/phase.ts";
import { tagsOf } from "../core/tags.ts";
import { newestImage } from "./image-list.ts";
import { checkBuyer, checkVcpuQuota } from "./instance-account.ts";
import { checkPublicBandwidth, publicAddress } from "./instance-bandwidth.ts";
import { type DiskWish, dataDisksOf, instanceDisk, systemDiskOf } from "./instance-disks.ts";
import { dryRun } from "./instance-find.ts";
import {
  checkDescription,
  checkHostName,
  checkInstanceName,
  checkPassword,
  nthName,
  userDataOf,
} from "./instance-names.ts";
import { noProtection, orderId, payOf } from "./instance-pay.ts";
import { addressesFor, placementOf } from "./instance-placement.ts";
import { needRole } from "./instance-roles.ts";
import { checkImageRuns, needImage, needType, noSuchImage } from "./instance-type-checks.ts";
import { checkResourceGroup } from "./resource-groups.ts";
import { disks, type Instance, instances, keyPairs } from "./rows.ts";
import { checkSpotPrice, checkStock, isWithdrawn, stockOf } from "./stock-rules.ts";

/** Milliseconds of cloud time until a new or started host runs, and until one that is made stopped is there. */
export const bootTime = 20_000;
const makeTime = 10_000;

/** What a host name may have in it instead of the id that is not known yet. */
const ownId = /\$\{instance_id\}/g;

/** Most hosts in one call of RunInstances. */
const mostAtOnce = 100;

export const instanceCreateActions: Actions = {
  RunInstances(call) {
    const amount = call.params.integer("Amount") ?? 1;
    if (amount < 1 || amount > mostAtOnce) {
      throw new CloudError("InvalidParam.Amount", 403, "The specified Amount is not valid.");
    }
    return create(call, amount, true, ({ ids, order }) => ({ InstanceIdSets: { InstanceIdSet: ids }, ...order }));
  },

  CreateInstance(call) {
    return create(call, 1, false, ({ ids, order }) => ({ InstanceId: ids[0] ?? "", ...order }));
  },
};

type Made = { readonly ids: readonly string[]; readonly order: Answer };

function create(call: Call, amount: number, runs: boolean, answer: (made: Made) => Answer): Answer {
  const { params } = call;
  if (!isMainlandRegion(call.needRegion())) {
    throw new CloudError("InvalidRegionId.NotFound", 404, "The specified RegionId does not exist.");
  }
  refuseWhatIsNotThere(call);
  const type = needType(params.need("InstanceType"));
  const image = needImage(imageIdOf(call));
  if (isWithdrawn(stockOf(call), call.region, image.id)) throw noSuchImage();
  checkImageRuns(image, type);
  const systemDisk = systemDiskOf(call, type.id, image.diskGiB ?? 20);
  const dataDisks = dataDisksOf(call, type.id);
  const names = namesOf(call, amount);
  const description = checkDescription(params.text("Description") ?? "");
  checkPassword(params);
  const userData = userDataOf(call);
  const pay = payOf(call);
  const deletionProtection = params.flag("DeletionProtection") ?? false;
  if (deletionProtection && pay.chargeType === "PrePaid") throw noProtection();
  const tags = tagsOf(params);
  const resourceGroupId = params.text("ResourceGroupId") ?? "";
  checkResourceGroup(call, resourceGroupId);
  const placement = placementOf(call, amount);
  const { vSwitch } = placement;
  const keyPairName = keyPairOf(call);
  const roleName = params.text("RamRoleName") ?? "";
  if (roleName !== "") needRole(call, roleName);
  const bandwidthOut = checkPublicBandwidth(params.integer("InternetMaxBandwidthOut") ?? 0);
  const internetChargeType = params.choice("InternetChargeType", ["PayByTraffic", "PayByBandwidth"]) ?? "PayByTraffic";
  const metadata = metadataOf(call);

  checkBuyer(call);
  checkStock(call, vSwitch.zone, [type.id, systemDisk.category, ...dataDisks.map((disk) => disk.category)]);
  checkSpotPrice(call, vSwitch.zone, type.id, pay.spot);
  if (pay.chargeType === "PostPaid") checkVcpuQuota(call, type.vcpu * amount, pay.spot.strategy !== "NoSpot");
  dryRun(call);

  const now = call.now();
  const ids = addressesFor(call, placement, amount).map((privateIp, n) => {
    const row = call.newRow("i");
    const { name, hostName } = names[n] ?? { name: undefined, hostName: undefined };
    const instance: Omit<Instance, "systemDiskId"> = {
      ...row,
      ...pay,
      ...metadata,
      name: name ?? row.id,
      description,
      hostName: hostName?.replaceAll(ownId, row.id) ?? `iZ${randomText(18)}Z`,
      type: type.id,
      imageId: image.id,
      zone: vSwitch.zone,
      vpcId: vSwitch.vpcId,
      vSwitchId: vSwitch.id,
      privateIp,
      secondaryIps: [],
      publicIp: runs && bandwidthOut > 0 ? publicAddress() : "",
      bandwidthIn: params.integer("InternetMaxBandwidthIn") ?? Math.max(10, bandwidthOut),
      bandwidthOut,
      internetChargeType,
      securityGroupIds: placement.groups.map((group) => group.id),
      phase: runs ? becoming("Pending", "Running", now, bootTime) : becoming("Pending", "Stopped", now, makeTime),
      bootedAt: now + bootTime,
      stoppedMode: "Not-applicable",
      userData,
      keyPairName,
      roleName,
      deletionProtection,
      resourceGroupId,
      networkInterfaceId: row.id.replace(/^i-/, "eni-"),
      autoReleaseTime: params.text("AutoReleaseTime") ?? "",
      creditSpecification: params.text("CreditSpecification") ?? "",
      jumboFrame: params.object("NetworkOptions").flag("EnableJumboFrame") ?? false,
      loginAsNonRoot: params.object("ImageOptions").flag("LoginAsNonRoot") ?? false,
      cpuOptions: cpuOptionsOf(call, type.vcpu),
      maintenance: { windows: [], action: "AutoRecover", notify: false },
      privatePool: {
        criteria: params.text("PrivatePoolOptions.MatchCriteria") ?? "None",
        id: params.text("PrivatePoolOptions.Id") ?? "",
      },
      tags,
    };
    put(call, instance, [systemDisk, ...dataDisks]);
    return row.id;
  });
  return answer({ ids, order: pay.chargeType === "PrePaid" ? { OrderId: orderId() } : {} });
}

/** A host together with the disks that it is made with; the first is its system disk. */
function put(call: Call, instance: Omit<Instance, "systemDiskId">, wishes: readonly DiskWish[]): void {
  const rows = wishes.map((wish, n) => call.put(disks, instanceDisk(call, wish, instance, n)));
  call.put(instances, { ...instance, systemDiskId: rows[0]?.id ?? "" });
}

/** Things that can be asked for and that this cloud has none of: nothing of the kind can be made in it. */
function refuseWhatIsNotThere({ params }: Call): void {
  const refused: readonly (readonly [parameter: string, code: string, http: number])[] = [
    ["LaunchTemplateId", "InvalidLaunchTemplate.NotFound", 404],
    ["LaunchTemplateName", "InvalidLaunchTemplate.NotFound", 404],
    ["DedicatedHostId", "InvalidDedicatedHostId.NotFound", 400],
    ["DeploymentSetId", "DeploymentSet.NotFound", 404],
    ["HpcClusterId", "InvalidHpcClusterId.NotFound", 400],
  ];
  for (const [parameter, code, http] of refused) {
    if (params.text(parameter) !== undefined)
      throw new CloudError(code, http, `The specified ${parameter} does not exist.`);
  }
  const ipv6 = (params.integer("Ipv6AddressCount") ?? 0) > 0 || params.list("Ipv6Address").length > 0;
  if (ipv6) throw new CloudError("Sandbox.NotSupported", 400, "Hosts of the local cloud have no IPv6 addresses.");
}

function imageIdOf(call: Call): string {
  const { params } = call;
  const id = params.text("ImageId");
  if (id !== undefined) return id;
  const family = params.text("ImageFamily");
  if (family === undefined) throw missing("ImageId");
  const stock = stockOf(call);
  return newestImage(family, (id) => !isWithdrawn(stock, call.region, id))?.id ?? family;
}

function namesOf({ params }: Call, amount: number): readonly { readonly name?: string; readonly hostName?: string }[] {
  const numbered = amount > 1 && params.flag("UniqueSuffix") === true;
  const name = params.text("InstanceName");
  const hostName = params.text("HostName");
  return Array.from({ length: amount }, (_, n) => {
    const host = hostName === undefined ? undefined : nthName(hostName, n, numbered);
    if (host !== undefined) checkHostName(host.replaceAll(ownId, "i-0"));
    return {
      ...(name === undefined ? {} : { name: checkInstanceName(nthName(name, n, numbered)) }),
      ...(host === undefined ? {} : { hostName: host }),
    };
  });
}

/** @throws InvalidKeyPairName.NotFound */
function keyPairOf(call: Call): string {
  const name = call.params.text("KeyPairName") ?? "";
  if (name === "" || call.list(keyPairs).some((pair) => pair.name === name)) return name;
  throw new CloudError(
    "InvalidKeyPairName.NotFound",
    404,
    'The specified parameter "KeyPairName" does not exist in our records.',
  );
}

function metadataOf({ params }: Call): Pick<Instance, "httpTokens" | "httpEndpoint" | "httpHopLimit"> {
  return {
    httpTokens: params.choice("HttpTokens", ["optional", "required"]) ?? "optional",
    httpEndpoint: params.choice("HttpEndpoint", ["enabled", "disabled"]) ?? "enabled",
    httpHopLimit: params.integer("HttpPutResponseHopLimit") ?? 1,
  };
}

function cpuOptionsOf({ params }: Call, vcpu: number): Instance["cpuOptions"] {
  const asked = params.object("CpuOptions");
  const threadsPerCore = asked.integer("ThreadsPerCore") ?? (vcpu > 1 ? 2 : 1);
  return {
    cores: asked.integer("Core") ?? Math.max(1, Math.floor(vcpu / threadsPerCore)),
    threadsPerCore,
    topology: asked.text("TopologyType") ?? "",
  };
}
