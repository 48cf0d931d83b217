import { lindormSeriesHost } from "../../catalog/lindorm.ts";
import { engineKind, engineName } from "./engines.ts";
import type { Lindorm } from "./rows.ts";

export interface Address {
  readonly address: string;
  readonly port: number;
  /** From the internet; else from the VPC. */
  readonly public: boolean;
}

/** Host and port of an engine; none where no port is known. The name follows from the id, as in the real cloud. */
export function addressesOfEngine(row: Lindorm, type: string): readonly Address[] {
  const port = engineKind(type)?.port;
  if (port === undefined) return [];
  const addresses = [{ address: host(row, type, false), port, public: false }];
  return row.publicEngines.includes(engineName(type))
    ? [...addresses, { address: host(row, type, true), port, public: true }]
    : addresses;
}

function host(row: Lindorm, type: string, reachable: boolean): string {
  if (row.generation === 2) {
    return `${row.id}-proxy-${engineName(type)}-${reachable ? "pub" : "vpc"}.lindorm.aliyuncs.com`;
  }
  if (type === "TSDB" && !reachable) return lindormSeriesHost(row.id).host;
  return `${row.id}-proxy-${engineName(type)}${reachable ? "-pub" : ""}.lindorm.rds.aliyuncs.com`;
}

/** A version as each engine has been seen with; the newest one, since nothing here grows old. */
export function engineVersion(type: string): string {
  return { TABLE: "2.8.4", TSDB: "3.4.43", LSEARCH: "3.9.15", FILE: "4.1.9", LTS: "3.9.1" }[type] ?? "1.0.0";
}
