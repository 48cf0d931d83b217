import { type DiskCategory, diskCategories, diskCategoriesFor } from "../../catalog/disks.ts";
import { type InstanceType, instanceTypeIds } from "../../catalog/instance-types.ts";
import { typeFacts } from "./instance-view.ts";

/** Every type that the catalogue knows, with its facts. */
export const allTypes: readonly InstanceType[] = instanceTypeIds().flatMap((id) => typeFacts(id) ?? []);

/** Disk categories that a type may carry, or all of them when no type is named. */
export function categoriesFor(type: string | undefined): readonly DiskCategory[] {
  if (type === undefined) return diskCategories;
  const takes = diskCategoriesFor(type);
  return takes === undefined ? [] : diskCategories.filter((category) => takes[category] !== "no");
}
