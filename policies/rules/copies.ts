import { csl, mlps } from "../clauses.ts";
import { demand, unread } from "../demand.ts";
import { demandRegion, demandRegions, regionIn, regionOfLocation, regionOfZone, wantedRegion } from "../regions.ts";
import type { ResourceRule } from "../rule.ts";
import { type Paths, readsOf } from "../texts-at.ts";
import { imageFlow } from "./image-flow.ts";
import { ossAcceleration } from "./oss-acceleration.ts";

const autoSnapshots = "alicloud:ecs/autoSnapshotPolicy:AutoSnapshotPolicy";
const snapshots = "alicloud:ecs/snapshotPolicy:SnapshotPolicy";
const enterpriseSnapshots = "alicloud:ebs/enterpriseSnapshotPolicy:EnterpriseSnapshotPolicy";

const copyTargets: Paths = {
  [autoSnapshots]: ["targetCopyRegions[]"],
  [snapshots]: ["targetCopyRegions[]"],
  [enterpriseSnapshots]: ["crossRegionCopyInfo.regions[].regionId"],
};

const types = { source: "@pulumi/alicloud 3.108.0, inputs of these types", observedAt: "2026-11-25" } as const;

const snapshotCopy: ResourceRule = {
  id: "cn-snapshot-copy",
  title: "Snapshots copied inside the mainland only",
  description:
    "A snapshot policy copies to regions of mainland China, or not at all. A snapshot is the whole disk, and a policy copies it every night.",
  severity: "critical",
  clause: csl("Art. 39", "personal information and important data stored inside the mainland (Art. 37 before 2026)"),
  tags: [],
  source: types,
  fix: "the stack's snapshots stay in china:region; in another program: targetCopyRegions with regions of the mainland, or enableCrossRegionCopy false",
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: {
    ...readsOf(copyTargets),
    [autoSnapshots]: ["enableCrossRegionCopy", "targetCopyRegions"],
    [snapshots]: ["enableCrossRegionCopy", "targetCopyRegions"],
  },
  *check(resource, context) {
    // Also while copies are off: turning them on must not be all that it takes.
    yield* demandRegions(resource, copyTargets, context);
    if (resource.type === enterpriseSnapshots) return;
    const targets = resource.props.texts("targetCopyRegions");
    if (targets.state === "absent" || (targets.state === "known" && targets.value.length === 0)) {
      yield* demand(resource.props.flag("enableCrossRegionCopy"), (on) => !on, {
        found: "copies to a region that is not named",
        wanted: "false, or targetCopyRegions",
      });
    }
  },
};

const replicaPair = "alicloud:ebs/diskReplicaPair:DiskReplicaPair";
const replicaGroup = "alicloud:ebs/diskReplicaGroup:DiskReplicaGroup";
const replicaRegions: Paths = {
  [replicaPair]: ["destinationRegionId"],
  [replicaGroup]: ["destinationRegionId", "sourceRegionId"],
};
const replicaZones = ["destinationZoneId", "sourceZoneId"];

const diskReplica: ResourceRule = {
  id: "cn-disk-replica",
  title: "Disks replicated inside the mainland only",
  description:
    "Both ends of a disk replication are in mainland China, by region and by zone. It sends every write of the disk, and back again after a failover.",
  severity: "critical",
  clause: mlps("8.2.4.5", "a) customer data stored inside China; 8.1.4.9 a copy at another site"),
  tags: [],
  source: types,
  fix: "the stack replicates no disk; in another program: a destinationRegionId and zones of the mainland",
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: {
    [replicaPair]: ["destinationRegionId", ...replicaZones],
    [replicaGroup]: ["destinationRegionId", "sourceRegionId", ...replicaZones],
  },
  *check(resource, context) {
    yield* demandRegions(resource, replicaRegions, context);
    for (const name of replicaZones) {
      yield* demandRegion(regionIn(resource.props.text(name), regionOfZone), context.settings);
    }
  },
};

const replication = "alicloud:oss/bucketReplication:BucketReplication";

const ossReplication: ResourceRule = {
  id: "cn-oss-replication",
  title: "Buckets replicated inside the mainland only",
  description:
    "A bucket's replication goes to a bucket in mainland China, over OSS's own lines. The first run takes all that is there already.",
  severity: "critical",
  clause: mlps("8.2.4.5", "a) customer data stored inside China; 8.1.4.9 a copy at another site"),
  // The opposite of cloud-config:oss-bucket-remote-replication, which asks for any other region.
  tags: [],
  source: types,
  fix: "the stack makes no bucket; in another program: destination.location oss-<region of the mainland>, transferType internal",
  levels: { baseline: "mandatory", "mlps-3": "mandatory" },
  reads: { [replication]: ["destination", "destination.location", "destination.transferType"] },
  *check({ props }, { settings }) {
    const wanted = wantedRegion(settings);
    const destination = props.map("destination");
    if (destination.state !== "known") {
      yield* unread(destination, { wanted, absent: "absent" });
      return;
    }
    const location = regionIn(destination.value.text("location"), regionOfLocation);
    yield* demandRegion(location, settings, "absent");
    yield* demand(destination.value.text("transferType"), (value) => value === "internal", {
      found: "transfer acceleration, whose lines leave the mainland",
      wanted: "internal",
      level: "advisory",
    });
  },
};

export const copyRules = [snapshotCopy, diskReplica, imageFlow, ossReplication, ossAcceleration] as const;
