import type { BillRow } from "./rows.ts";

/** A stack, and the others of its project: china-shanghai-2-... belongs to shanghai-2 and not to shanghai. */
export interface Owner {
  readonly project: string;
  readonly stack: string;
  readonly otherStacks: readonly string[];
}

/**
 * Whose a row is. Tags decide (components/component.ts: project, stack, component); a physical name counts only where no tag
 * says otherwise.
 */
export function ownerOf(row: Pick<BillRow, "tags" | "name">, owner: Owner): "this" | "other" | "none" {
  const { project, stack } = row.tags;
  if (project !== undefined && stack !== undefined) {
    return project === owner.project && stack === owner.stack ? "this" : "other";
  }
  const fits = [owner.stack, ...owner.otherStacks].filter((name) => row.name.startsWith(`${owner.project}-${name}-`));
  const longest = fits.toSorted((a, b) => b.length - a.length)[0];
  if (longest === undefined) return "none";
  return longest === owner.stack ? "this" : "other";
}
