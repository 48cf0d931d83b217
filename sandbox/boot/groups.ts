import { existsSync, readdirSync, readFileSync, rmdirSync } from "node:fs";
import { join } from "node:path";

/** Followed by the process id of the world's first process. */
export const groupsBegin = "china-hosts-";

/** Where control groups of systemd's kind stand: one tree on a new machine, two on one that still has version 1. */
function trees(): string[] {
  const rows = readFileSync("/proc/self/mounts", "utf8").split("\n");
  return rows.flatMap((row) => {
    const [, place, kind, options = ""] = row.split(" ");
    const ours = kind === "cgroup2" || (kind === "cgroup" && options.includes("name=systemd"));
    return ours && place !== undefined ? [place] : [];
  });
}

/** Removes the control groups whose names begin so, where no process is left in them. */
export function removeGroups(beginning: string): void {
  for (const tree of trees()) {
    for (const name of readdirSync(tree)) if (name.startsWith(beginning)) removeTree(join(tree, name));
  }
}

/** Removes those of worlds that have ended. */
export function sweepGroups(): void {
  for (const tree of trees()) {
    for (const name of readdirSync(tree)) {
      const pid = /^china-hosts-(\d+)/.exec(name)?.[1];
      if (pid !== undefined && !existsSync(`/proc/${pid}`)) removeTree(join(tree, name));
    }
  }
}

function removeTree(folder: string): void {
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) removeTree(join(folder, entry.name));
    }
    rmdirSync(folder);
  } catch {
    // Still in use, or gone already.
  }
}
