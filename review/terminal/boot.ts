import type { BootReview, StackReview } from "../review.ts";

/** Where software comes from; groups that get the same are one row. */
export function bootRows(stack: StackReview): string[][] {
  const rows = new Map<string, { row: string[]; groups: string[] }>();
  for (const boot of stack.boot) {
    for (const source of boot.sources) {
      const row = [
        source.what,
        source.address.replace(/^https?:\/\//, "").replace(/\/.*$/, ""),
        where(source),
        detail(boot, source),
      ];
      const known = rows.get(row.join("\n"));
      if (known === undefined) rows.set(row.join("\n"), { row, groups: [boot.group] });
      else known.groups.push(boot.group);
    }
  }
  return [...rows.values()].map(({ row, groups }) =>
    groups.length === stack.boot.length
      ? row
      : row.map((cell, i) => (i === 3 ? [`for ${groups.join(", ")}`, cell].filter(Boolean).join(": ") : cell)),
  );
}

function where(source: BootReview["sources"][number]): string {
  return source.reachableFrom === "vpc" ? "inside the VPC" : "through the way out";
}

function detail(boot: BootReview, source: BootReview["sources"][number]): string {
  if (source.what === "pip" && boot.python !== undefined) {
    return `Python ${boot.python.version}, ${boot.python.packages} packages, hashes checked`;
  }
  if (source.what === "docker") {
    return boot.images === 0 ? "no image at boot" : `${boot.images} image${boot.images === 1 ? "" : "s"} by digest`;
  }
  return "";
}
