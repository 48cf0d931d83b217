import type { Site } from "../../catalog/term-prices.ts";
import { managed } from "../../plan/plan.ts";
import type { EnginePreview } from "./read.ts";
import { regionsOf, unknownRegion } from "./region.ts";
import type { Sides, Told } from "./sides.ts";

/** What a preview counts and does not list. */
export interface Missing {
  /** Resources that stay as they are, components and providers among them. */
  readonly sames: number;
  /** Other operation -> how many more the summary has than there are steps. */
  readonly others: ReadonlyMap<string, number>;
}

export function missingOf({ summary }: EnginePreview, { told }: Sides): Missing {
  const listed = (word: Told["fate"]) => told.filter(({ fate }) => fate === word).length;
  const more = (op: Told["fate"]) => Math.max(0, (summary.get(op) ?? 0) - listed(op));
  const others = (["create", "update", "replace", "delete"] as const).flatMap((op) =>
    more(op) > 0 ? [[op, more(op)] as const] : [],
  );
  return { sames: more("same"), others: new Map(others) };
}

/** What a preview does not say, and what this review makes of what it does not know, in words. */
export function notComparedOf(
  preview: EnginePreview,
  sides: Sides,
  missing: Missing,
  { own, site }: { readonly own: boolean; readonly site: Site | undefined },
): readonly string[] {
  const { told, leftovers, unknownOps, quietOps } = sides;
  const imported = told.filter((one) => one.imported).length;
  const nameless = told.filter(({ fate }) => fate === "unknown").map(({ urn }) => urn.split("::").slice(3).join("::"));
  const regionOf = regionsOf(preview, sides.after);
  const nowhere = managed(sides.after).filter(
    (resource) => resource.type.startsWith("alicloud:") && regionOf(resource) === unknownRegion,
  ).length;
  return [
    ...(missing.sames > 0
      ? [
          `${resources(missing.sames)} that ${missing.sames === 1 ? "stays" : "stay"} as they are, components and providers among them: the preview does not list them, so cost and rules are those of what changes; --show-sames lists them`,
        ]
      : []),
    ...[...missing.others].map(
      ([op, count]) => `${count} more to ${op}: the preview's summary counts them and no step names them`,
    ),
    ...[...unknownOps].map(
      ([op, count]) =>
        `${count} ${count === 1 ? "step" : "steps"} "${op.slice(0, 40)}": not known here (${few(nameless)})`,
    ),
    ...(leftovers.length > 0
      ? [
          `${resources(leftovers.length)} that an earlier deployment left to be deleted, and that this one deletes: ${few(leftovers.map((urn) => urn.split("::").slice(3).join("::")))}`,
        ]
      : []),
    ...(imported > 0 ? [`${resources(imported)} to import: counted as new, and there already`] : []),
    quietOps.has("refresh")
      ? "what somebody changed in the cloud since the refresh of this preview"
      : "what somebody changed in the cloud by hand: --refresh asks",
    "stock, quota and your own price",
    ...(preview.form === "digest"
      ? ["whether an old resource goes before the new one comes: only the engine's event log says so"]
      : ["dependencies and most resource options: the event log has none, --json does"]),
    ...(own
      ? ["the stack file as it was: settings of before are taken to be those of now"]
      : [
          "a stack file: no budget, no accepted entries; everything is taken to run all the time",
          ...(site === undefined ? ["which account site: prices are the China site's, --site says another"] : []),
        ]),
    ...(nowhere > 0 ? [`the region of ${resources(nowhere)}: no price without it`] : []),
  ];
}

function resources(count: number): string {
  return `${count} ${count === 1 ? "resource" : "resources"}`;
}

function few(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => name.slice(0, 80));
  return `${shown.join(", ")}${names.length > 5 ? ` and ${names.length - 5} more` : ""}`;
}
