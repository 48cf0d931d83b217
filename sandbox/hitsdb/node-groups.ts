import { randomText } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import type { Params } from "../core/params.ts";
import { checkSpec, checkTotal, engineKind, isEngine } from "./engines.ts";
import { badParameter } from "./instances.ts";
import type { LindormEngine } from "./rows.ts";

/**
 * EngineList.N.NodeGroupList.M of the second generation.
 *
 * @param before groups that are there: one that is told again without its id is known by its engine and name
 * @throws MissingEngineList
 */
export function readNodeGroups(params: Params, before: readonly LindormEngine[]): readonly LindormEngine[] {
  const groups = params.objects("EngineList").flatMap((engine) => {
    const type = engine.need("EngineType");
    if (!isEngine(type)) throw badParameter("EngineType");
    return engine.objects("NodeGroupList").map((group): LindormEngine => {
      const resourceGroup = group.need("ResourceGroupName");
      const known =
        before.find(({ groupId }) => groupId === group.text("GroupId")) ??
        before.find((other) => other.type === type && other.resourceGroup === resourceGroup);
      return {
        type,
        nodes: group.integer("NodeCount") ?? 0,
        spec: group.need("NodeSpec"),
        resourceGroup,
        groupId: known?.groupId ?? `rg-${randomText(12)}`,
        diskCategory: group.text("NodeDiskType") ?? "",
        diskGiB: group.integer("NodeDiskSize") ?? 0,
      };
    });
  });
  if (groups.length === 0) {
    throw new CloudError("MissingEngineList", 400, "EngineList is mandatory for this action.");
  }
  return groups;
}

/** Number and size of nodes, by architecture: two at least, in pairs over several zones; 8 cores at least. */
export function checkNodeGroups(groups: readonly LindormEngine[], archVersion: string): void {
  checkTotal(groups);
  for (const { type, nodes, spec } of groups) {
    const { leastNodes = 2, mostNodes = 400 } = engineKind(type) ?? {};
    if (nodes < leastNodes || nodes > mostNodes || (archVersion !== "1.0" && type !== "LTS" && nodes % 2 !== 0)) {
      throw new CloudError("InvalidParameter.NodeCount", 400, "The specified NodeCount is not valid.");
    }
    checkSpec(type, spec, 2, "NodeSpec");
  }
}
