import { publicImage } from "../catalog/images.ts";
import { instanceType } from "../catalog/instance-types.ts";
import { userDataLimits } from "../catalog/limits.ts";
import { region as regionFacts } from "../catalog/regions.ts";
import { wantedHash } from "../components/bootstrap/hash.ts";
import { userData } from "../components/bootstrap/user-data.ts";
import type { Settings } from "../components/config.ts";
import { hostsOf } from "../components/host-keys.ts";
import { rulesOf } from "../components/network-rules.ts";
import { databaseAllowList, databaseZone, softwareOf } from "../components/stack.ts";
import { managed } from "../plan/plan.ts";
import type { Profile } from "../policies/rule.ts";
import { type CostInput, reviewCost } from "./cost.ts";
import type { LoadedStack } from "./load.ts";
import type { BootReview, GroupReview, PrintedStack, StackReview } from "./review.ts";
import { reviewRules } from "./rules.ts";
import { warningsOf } from "./warnings.ts";

/** What only the account can tell; `preflight` will ask it. */
const unknownOffline = ["real-name registration", "stock", "quota", "your own price and tax"];

/**
 * The review of one stack: pure, from its settings and its plan.
 *
 * @param asOf day that ages are counted to, yyyy-mm-dd
 * @param profile of the rules, instead of the stack file's
 * @param also other prices, and the stack as it was
 */
export function buildReview(
  { stack, file, settings, plan }: LoadedStack,
  asOf: string,
  profile?: Profile,
  also: Pick<CostInput, "book" | "before"> = {},
): PrintedStack {
  const resources = managed(plan);
  const byType: Record<string, number> = {};
  for (const { type } of resources) byType[type] = (byType[type] ?? 0) + 1;
  const cost = reviewCost({ plan, settings, today: asOf, ...also });
  const boot = Object.keys(settings.hosts).map((name) => bootOf(stack, settings, name));
  const { network, timeSeries } = settings;
  return {
    stack,
    file,
    region: settings.region,
    city: regionFacts(settings.region)?.city ?? settings.region,
    site: settings.account.site,
    resources: { total: resources.length, byType: Object.fromEntries(Object.entries(byType).sort()) },
    network: {
      cidr: network.cidr,
      ...(network.existing === undefined ? {} : { existing: network.existing }),
      zones: Object.keys(network.vSwitches),
      wayOut: network.wayOut,
      rules: rulesOf(settings).map(({ to, from, protocol, ports }) => ({ to, from, protocol, ports })),
    },
    groups: Object.entries(settings.hosts).map(([name, group]) => groupOf(name, group)),
    ...(timeSeries === undefined ? {} : { timeSeries: databaseOf(settings, timeSeries) }),
    buckets: Object.entries(settings.buckets).map(([name, bucket]) => ({ name, ...bucket })),
    containers: Object.entries(settings.containers?.run ?? {}).map(([name, { image, on }]) => ({ name, image, on })),
    policies: reviewRules(plan, settings, asOf, profile),
    cost,
    boot,
    warnings: warningsOf({ stack, settings, cost, boot, asOf }),
    accepted: settings.accept,
    plan,
    unknown: [...unknownOffline, ...(timeSeries?.lindorm === undefined ? [] : ["Lindorm's price"])],
  };
}

function groupOf(name: string, group: Settings["hosts"][string]): GroupReview {
  const type = instanceType(group.type);
  const { pay, dataDisk, systemDisk } = group;
  return {
    name,
    hosts: hostsOf(name, group.count, group.zones).map((host) => host.key),
    type: group.type,
    ...(type?.vcpu === undefined ? {} : { vcpu: type.vcpu }),
    ...(type?.memoryGiB === undefined ? {} : { memoryGiB: type.memoryGiB }),
    image: group.image,
    system: publicImage(group.image)?.family.id ?? "unknown",
    pay:
      pay === "pay-as-you-go"
        ? { kind: "pay-as-you-go" }
        : "spot" in pay
          ? { kind: "spot", ...(pay.spot === "market" ? {} : { limit: pay.spot.max }) }
          : { kind: "subscription", term: pay.subscription.for },
    publicMbps: group.publicAddress === "none" ? 0 : group.publicAddress.Mbps,
    access: group.access === "cloud-assistant" ? "cloud-assistant" : "ssh",
    systemDisk: diskOf(systemDisk),
    ...(dataDisk === undefined
      ? {}
      : {
          dataDisk: {
            ...diskOf(dataDisk),
            mount: dataDisk.mount,
            ...(dataDisk.snapshots === "none" ? {} : { snapshots: dataDisk.snapshots }),
          },
        }),
    keptDisks: dataDisk?.keep ?? [],
    onSoftwareChange: group.onSoftwareChange,
    onImageChange: group.onImageChange,
  };
}

function diskOf(disk: Settings["hosts"][string]["systemDisk"]): GroupReview["systemDisk"] {
  const level = disk.category === "cloud_essd" ? (disk.level ?? "PL0") : undefined;
  return { GiB: disk.GiB, category: disk.category, ...(level === undefined ? {} : { level }) };
}

function databaseOf(
  settings: Settings,
  timeSeries: NonNullable<Settings["timeSeries"]>,
): NonNullable<StackReview["timeSeries"]> {
  const { lindorm, tsdb } = timeSeries;
  const shared = {
    zone: databaseZone(settings),
    reachableFrom: timeSeries.reachableFrom,
    allowList: databaseAllowList(settings),
  };
  return lindorm === undefined
    ? { product: "tsdb", size: `${tsdb?.class}, ${tsdb?.GiB} GiB`, ...shared }
    : {
        product: lindorm.generation === 1 ? "lindorm-1" : "lindorm-2",
        size: `${lindorm.nodes} x ${lindorm.node}, ${lindorm.storage.GiB} GiB ${lindorm.storage.kind}`,
        ...shared,
      };
}

function bootOf(stack: string, settings: Settings, name: string): BootReview {
  const { image, bootstrap, probe, uses } = softwareOf(settings, stack, name);
  const data = userData(bootstrap, probe);
  return {
    group: name,
    userDataBytes: data.rawBytes,
    userDataLimit: userDataLimits.bytes,
    compressed: data.gzip,
    hash: wantedHash(bootstrap),
    ...(bootstrap.python === undefined
      ? {}
      : { python: { version: image.family.python.version, packages: bootstrap.python.packages.length } }),
    docker: bootstrap.docker !== undefined,
    images: bootstrap.docker?.images.length ?? 0,
    sources: uses.map(({ what, address, reachableFrom, needed }) => ({ what, address, reachableFrom, needed })),
  };
}
