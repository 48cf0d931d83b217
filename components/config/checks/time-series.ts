import { lindormNode, lindormNodeLimits, lindormNodes, lindormStorageLimits } from "../../../catalog/lindorm.ts";
import { region as regionFacts, regions } from "../../../catalog/regions.ts";
import { tsdbClasses, tsdbStorageLimits } from "../../../catalog/tsdb.ts";
import { type Mistake, type Path, quoted } from "../mistakes.ts";
import { nearest } from "../nearest.ts";
import type { Salvaged } from "../salvage.ts";
import type { TimeSeries } from "../schema.ts";
import { type Check, type CheckInput, itemsOf } from "./check.ts";

type Settings = Salvaged<TimeSeries>;

/** One database, of a kind and size that exists, reachable by names that exist. */
export const checkTimeSeries: Check = ({ settings }) => {
  const { timeSeries } = settings;
  if (timeSeries === undefined) return [];
  const { lindorm, tsdb } = timeSeries;
  return [
    ...(lindorm !== undefined && tsdb !== undefined
      ? [{ path: ["timeSeries", "tsdb"], wanted: "lindorm or tsdb, not both", fix: "remove one" }]
      : []),
    ...(!("lindorm" in timeSeries || "tsdb" in timeSeries)
      ? [
          {
            path: ["timeSeries", "lindorm"],
            wanted: "lindorm, or tsdb for those who still have it",
            fix: "add lindorm, or remove china:timeSeries",
          },
        ]
      : []),
    ...(lindorm === undefined ? [] : lindormChecks(lindorm, timeSeries, settings)),
    ...(tsdb === undefined ? [] : [...tsdbChecks(tsdb), ...tsdbCannot(timeSeries)]),
    ...reachable(timeSeries, settings),
  ];
};

function lindormChecks(
  lindorm: NonNullable<Settings["lindorm"]>,
  all: Settings,
  settings: CheckInput["settings"],
): Mistake[] {
  const path: Path = ["timeSeries", "lindorm"];
  const { generation, node, nodes, storage } = lindorm;
  const most =
    all.pay === undefined || all.pay === "pay-as-you-go"
      ? lindormNodeLimits.payAsYouGo.most
      : lindormNodeLimits.subscription.most;
  const least = lindormNodeLimits.least.count;
  const allowed = lindormNodes
    .filter((row) => generation === undefined || row.generations.includes(generation))
    .map((row) => row.spec);
  const sold = settings.region === undefined ? undefined : regionFacts(settings.region)?.lindorm;
  const near = node === undefined ? undefined : nearest(node, allowed);
  const GiB = storage?.GiB;
  return [
    ...(sold === false
      ? [
          {
            path: ["timeSeries", "lindorm"],
            wanted: `a region where Lindorm answers: ${regions
              .filter((r) => r.lindorm === true)
              .map((r) => r.id)
              .join(", ")} (endpoint list of 2024-11)`,
          },
        ]
      : []),
    ...(node === undefined || (lindormNode(node) !== undefined && allowed.includes(node))
      ? []
      : [
          {
            path: [...path, "node"],
            found: quoted(node),
            wanted: `a node of generation ${generation ?? "1 or 2"}: ${allowed.join(", ")}`,
            ...(near === undefined ? {} : { fix: `did you mean ${near}?` }),
          },
        ]),
    ...(nodes !== undefined && (nodes < least || nodes > most)
      ? [{ path: [...path, "nodes"], found: quoted(nodes), wanted: `${least} to ${most} nodes for this way of paying` }]
      : []),
    ...(GiB !== undefined && (GiB % lindormStorageLimits.stepGB !== 0 || GiB > lindormStorageLimits.mostGB)
      ? [
          {
            path: [...path, "storage", "GiB"],
            found: quoted(GiB),
            wanted: `a multiple of ${lindormStorageLimits.stepGB}, from ${lindormStorageLimits.leastGB} to ${lindormStorageLimits.mostGB}`,
            fix: `write ${Math.min(Math.ceil(GiB / lindormStorageLimits.stepGB) * lindormStorageLimits.stepGB, lindormStorageLimits.mostGB)}`,
          },
        ]
      : []),
  ];
}

function tsdbChecks(tsdb: NonNullable<Settings["tsdb"]>): Mistake[] {
  const path: Path = ["timeSeries", "tsdb"];
  const allowed = tsdbClasses.filter((row) => row.engine === tsdb.engine).map((row) => row.name);
  const near = tsdb.class === undefined ? undefined : nearest(tsdb.class, allowed);
  const { large, basicAndStandard } = tsdbStorageLimits;
  const limits = tsdb.class !== undefined && large.classes.includes(tsdb.class) ? large : basicAndStandard;
  return [
    ...(tsdb.class === undefined || tsdb.engine === undefined || allowed.includes(tsdb.class)
      ? []
      : [
          {
            path: [...path, "class"],
            found: quoted(tsdb.class),
            wanted: `a class of ${tsdb.engine}: ${allowed.join(", ")}`,
            ...(near === undefined ? {} : { fix: `did you mean ${near}?` }),
          },
        ]),
    ...(tsdb.GiB !== undefined && tsdb.engine === "tsdb_tsdb" && (tsdb.GiB < limits.leastGB || tsdb.GiB > limits.mostGB)
      ? [
          {
            path: [...path, "GiB"],
            found: quoted(tsdb.GiB),
            wanted: `${limits.leastGB} to ${limits.mostGB} for ${tsdb.class}`,
          },
        ]
      : []),
    ...(tsdb.disk !== undefined && tsdb.engine === "tsdb_tsdb"
      ? [
          {
            path: [...path, "disk"],
            found: quoted(tsdb.disk),
            wanted: "no disk category: only tsdb_influxdb has one",
            fix: "remove disk",
          },
        ]
      : []),
  ];
}

/** What the provider cannot set on a TSDB would be ignored in silence. */
function tsdbCannot({ pay, reachableFrom }: Settings): Mistake[] {
  const renew = pay === undefined || typeof pay === "string" ? undefined : pay.subscription?.renew;
  return [
    ...(renew === undefined || renew === "never"
      ? []
      : [
          {
            path: ["timeSeries", "pay", "subscription", "renew"],
            found: quoted(renew),
            wanted: "never: the provider cannot set the renewal of a TSDB",
            fix: "remove renew, and set it in the console",
          },
        ]),
    ...(reachableFrom === undefined || reachableFrom.length === 0
      ? []
      : [
          {
            path: ["timeSeries", "reachableFrom"],
            found: quoted(reachableFrom),
            wanted: "nothing: the provider cannot set the allow-list of a TSDB",
            fix: "remove reachableFrom, and set the list in the console",
          },
        ]),
  ];
}

function reachable(timeSeries: Settings, settings: CheckInput["settings"]): Mistake[] {
  const allowed = [...Object.keys(settings.hosts ?? {}), ...Object.keys(settings.network?.sources ?? {})];
  return itemsOf(timeSeries.reachableFrom).flatMap(([i, from]) => {
    if (allowed.includes(from) || settings.hosts === undefined) return [];
    const near = nearest(from, allowed);
    return [
      {
        path: ["timeSeries", "reachableFrom", i],
        found: quoted(from),
        wanted: `a host group or a named source: ${allowed.join(", ") || "there is none"}`,
        ...(near === undefined ? {} : { fix: `did you mean ${near}?` }),
      },
    ];
  });
}
