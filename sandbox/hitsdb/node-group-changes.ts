import { CloudError } from "../core/errors.ts";
import { notChanged } from "./instances.ts";
import type { Lindorm, LindormEngine } from "./rows.ts";

type Difference = "group" | "spec" | "nodes" | "disk" | "storage";

/**
 * Status of a database of the second generation while it becomes another. Only one kind of difference is taken at a
 * time: the storage, or one group of nodes, with which more storage may come.
 *
 * @throws InstanceConfig.NotChanged, LindormErrorCode.MultiChangeIsNotAllowedConcurrently
 */
export function statusWhile(before: Lindorm, after: Lindorm): "CLASS_CHANGING" | "RESIZING" | "SHRINKING" {
  const ofGroups = differences(before.engines, after.engines);
  const ofStorage = before.storageGiB !== after.storageGiB || before.diskCategory !== after.diskCategory;
  const [first] = ofGroups;
  if (first === undefined && !ofStorage) throw notChanged();
  const together = first === "nodes" || first === "group";
  if (ofGroups.length > 1 || (first !== undefined && ofStorage && !together)) {
    throw new CloudError(
      "LindormErrorCode.MultiChangeIsNotAllowedConcurrently",
      400,
      "Only one kind of change is allowed at a time.",
    );
  }
  if (first === "spec") return "CLASS_CHANGING";
  return count(after.engines) < count(before.engines) ? "SHRINKING" : "RESIZING";
}

function differences(before: readonly LindormEngine[], after: readonly LindormEngine[]): readonly Difference[] {
  const old = new Map(before.map((group) => [group.groupId, group]));
  const kept = new Set(after.map(({ groupId }) => groupId));
  const gone = before.filter(({ groupId }) => !kept.has(groupId)).map((): Difference => "group");
  return [...gone, ...after.flatMap((group) => differencesOf(old.get(group.groupId), group))];
}

function differencesOf(before: LindormEngine | undefined, after: LindormEngine): readonly Difference[] {
  if (before === undefined) return ["group"];
  const found: Difference[] = [];
  if (before.spec !== after.spec) found.push("spec");
  if (before.nodes !== after.nodes) found.push("nodes");
  if (before.diskGiB !== after.diskGiB || before.diskCategory !== after.diskCategory) found.push("disk");
  return found;
}

function count(groups: readonly LindormEngine[]): number {
  return groups.reduce((sum, { nodes }) => sum + nodes, 0);
}
