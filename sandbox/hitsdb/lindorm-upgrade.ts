import { lindormStorageLimits } from "../../catalog/lindorm.ts";
import type { Action, Answer } from "../core/call.ts";
import { CloudError } from "../core/errors.ts";
import type { Params } from "../core/params.ts";
import { becoming } from "../core/phase.ts";
import { checkSpec, checkTotal, type EngineKind, engineKinds, firstOf } from "./engines.ts";
import { badParameter, denied, needActive, notChanged, takes, withChange } from "./instances.ts";
import { needBuyer, needStock, orderId } from "./purchase.ts";
import { type Lindorm, type LindormEngine, lindorms } from "./rows.ts";

/** What a change makes of a database, and what its status is while it is made. */
interface Change {
  readonly row: Lindorm;
  readonly status: "CLASS_CHANGING" | "RESIZING" | "SHRINKING" | "COLD_EXPANDING";
}

/** UpgradeLindormInstance: one kind of change per call, which UpgradeType names; what does not belong to it is ignored. */
export const upgrade: Action = (call): Answer => {
  needBuyer(call);
  const before = needActive(call, { code: "Instance.NotActive", http: 403 });
  if (before.generation !== 1) throw denied("UpgradeLindormInstance is for instances of the first generation.");
  const { row, status } = changed(before, call.params.need("UpgradeType"), call.params);
  needStock(call, before.zone, [row.diskCategory, ...row.engines.map(({ spec }) => spec)]);
  call.put(lindorms, {
    ...row,
    changedAt: withChange(before, call.now()),
    phase: becoming(status, "ACTIVATION", call.now(), takes.resizing),
  });
  return { OrderId: orderId() };
};

function changed(row: Lindorm, type: string, params: Params): Change {
  if (type === "upgrade-cold-storage") return { row: withColdStorage(row, params), status: "COLD_EXPANDING" };
  if (type === "upgrade-disk-size") {
    return {
      row: row.multiZone === undefined ? withStorage(row, params) : withNodeDisks(row, params),
      status: "RESIZING",
    };
  }
  for (const kind of engineKinds) {
    if (type === kind.open) return { row: withStorage(opened(row, kind, params), params, false), status: "RESIZING" };
    if (type === kind.resize) return { row: resized(row, kind, params), status: "CLASS_CHANGING" };
    if (type === kind.scale) return scaled(row, kind, params);
  }
  throw badParameter("UpgradeType");
}

function opened(row: Lindorm, kind: EngineKind, params: Params): Lindorm {
  if (row.engines.some((engine) => engine.type === kind.type)) throw notChanged();
  const engine = {
    type: kind.type,
    nodes: nodesOf(kind, params),
    spec: specOf(kind, params),
    resourceGroup: "",
    groupId: "",
    diskCategory: "",
    diskGiB: 0,
  };
  return { ...row, engines: [...row.engines, engine] };
}

function resized(row: Lindorm, kind: EngineKind, params: Params): Lindorm {
  const logSpec = kind.type === "TABLE" && row.multiZone !== undefined ? params.text("LogSpec") : undefined;
  if (logSpec !== undefined && row.multiZone !== undefined) {
    if (logSpec === row.multiZone.logSpec) throw notChanged();
    return { ...row, multiZone: { ...row.multiZone, logSpec } };
  }
  const engine = engineOf(row, kind);
  const spec = specOf(kind, params);
  if (spec === engine.spec) throw notChanged();
  return withEngine(row, { ...engine, spec });
}

function scaled(row: Lindorm, kind: EngineKind, params: Params): Change {
  const engine = engineOf(row, kind);
  const nodes = nodesOf(kind, params);
  const logNodes = params.integer("LogNum");
  const multiZone = row.multiZone && { ...row.multiZone, logNodes: logNodes ?? row.multiZone.logNodes };
  if (nodes === engine.nodes && multiZone?.logNodes === row.multiZone?.logNodes) throw notChanged();
  const after = withEngine({ ...row, ...(multiZone === undefined ? {} : { multiZone }) }, { ...engine, nodes });
  checkTotal(after.engines);
  if (multiZone !== undefined) {
    return { row: { ...after, storageGiB: multiZone.coreGiB * nodes }, status: "RESIZING" };
  }
  return { row: withStorage(after, params, false), status: nodes < engine.nodes ? "SHRINKING" : "RESIZING" };
}

function engineOf(row: Lindorm, kind: EngineKind): LindormEngine {
  const engine = row.engines.find(({ type }) => type === kind.type);
  if (engine === undefined) throw badParameter("UpgradeType");
  return engine;
}

function withEngine(row: Lindorm, engine: LindormEngine): Lindorm {
  return { ...row, engines: row.engines.map((other) => (other.type === engine.type ? engine : other)) };
}

function nodesOf(kind: EngineKind, params: Params): number {
  const nodes = firstOf(kind.nodes, (name) => params.integer(name)) ?? 0;
  if (nodes < kind.leastNodes || nodes > kind.mostNodes) throw badParameter(kind.nodes.at(-1) ?? "");
  return nodes;
}

function specOf(kind: EngineKind, params: Params): string {
  const spec = firstOf(kind.spec, (name) => params.text(name));
  if (spec === undefined) throw badParameter(kind.spec.at(-1) ?? "");
  checkSpec(kind.type, spec, 1, kind.spec.at(-1) ?? "");
  return spec;
}

/** @param alone whether the storage is the change itself, or may come along with more nodes */
function withStorage(row: Lindorm, params: Params, alone = true): Lindorm {
  const GiB = params.integer("ClusterStorage");
  if (GiB === undefined || (!alone && GiB === 0)) {
    if (alone) throw badParameter("ClusterStorage");
    return row;
  }
  if (alone && GiB === row.storageGiB) throw notChanged();
  const { mostGB, stepGB } = lindormStorageLimits;
  if (GiB < row.storageGiB || GiB > mostGB || GiB % stepGB !== 0) {
    throw new CloudError(
      "Lindorm.Errorcode.InstanceStorageInvalid",
      400,
      `The instance storage parameter is invalid: ${GiB}: at least ${row.storageGiB} and a multiple of ${stepGB}`,
    );
  }
  return { ...row, storageGiB: GiB };
}

function withNodeDisks(row: Lindorm, params: Params): Lindorm {
  const { multiZone } = row;
  if (multiZone === undefined) throw badParameter("CoreSingleStorage");
  const coreGiB = params.integer("CoreSingleStorage") ?? multiZone.coreGiB;
  const logGiB = params.integer("LogSingleStorage") ?? multiZone.logGiB;
  if (coreGiB < multiZone.coreGiB || coreGiB > 64_000) throw badParameter("CoreSingleStorage");
  if (logGiB < multiZone.logGiB || logGiB > 64_000) throw badParameter("LogSingleStorage");
  if (coreGiB === multiZone.coreGiB && logGiB === multiZone.logGiB) throw notChanged();
  const tableNodes = row.engines.find(({ type }) => type === "TABLE")?.nodes ?? 0;
  return { ...row, storageGiB: coreGiB * tableNodes, multiZone: { ...multiZone, coreGiB, logGiB } };
}

function withColdStorage(row: Lindorm, params: Params): Lindorm {
  const GiB = params.integer("ColdStorage") ?? 0;
  if (GiB < 800 || GiB > 1_000_000 || GiB < row.coldStorageGiB) throw badParameter("ColdStorage");
  if (GiB === row.coldStorageGiB) throw notChanged();
  return { ...row, coldStorageGiB: GiB };
}
