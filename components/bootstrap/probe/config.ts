import { falseAnswers, type ProbeTarget, probeTargets, secondResolver } from "../../../catalog/probe-targets.ts";
import { region } from "../../../catalog/regions.ts";
import { type ProbeLimits, probeLimits } from "./limits.ts";

/** Where the probe runs and how far it may ask. */
export interface ProbeSettings {
  readonly stack: string;
  readonly group: string;
  readonly region: string;
  /** With a way out; without, nothing on the internet is asked and those places are "not checked". */
  readonly internet: boolean;
  /** Places of one's own, for example the stack's database: tcp://host:port. */
  readonly own?: readonly { readonly key: string; readonly url: string }[];
}

/** What probe.py reads. */
export interface ProbeConfig extends Omit<ProbeSettings, "own"> {
  readonly probe: 1;
  readonly limits: ProbeLimits;
  readonly resolver: string;
  readonly poisoned: readonly string[];
  readonly targets: readonly ProbeConfigTarget[];
}

export interface ProbeConfigTarget {
  readonly key: string;
  readonly group: string;
  readonly from: "vpc" | "internet";
  readonly url: string;
  readonly image?: string;
  readonly bytes?: number;
  readonly status?: readonly number[];
  readonly expect?: string;
}

/** The places that a host of this region is to ask, those of the VPC first: they are done even if time runs out. */
export function probeConfig(settings: ProbeSettings): ProbeConfig {
  const { own = [], ...rest } = settings;
  const listed = probeTargets.filter((row) => isThere(row, settings.region)).map((row) => target(row, settings.region));
  const mine = own.map(({ key, url }): ProbeConfigTarget => ({ key, group: "own", from: "vpc", url }));
  const targets = [
    ...mine,
    ...listed.filter(({ from }) => from === "vpc"),
    ...listed.filter(({ from }) => from !== "vpc"),
  ];
  return {
    probe: 1,
    ...rest,
    limits: probeLimits,
    resolver: secondResolver.address,
    poisoned: falseAnswers.addresses,
    targets,
  };
}

function isThere(row: ProbeTarget, id: string): boolean {
  return row.onlyWith === undefined || region(id)?.lindorm === true;
}

function target(row: ProbeTarget, id: string): ProbeConfigTarget {
  const { key, group, reachableFrom, url, image, bytes, status, expect } = row;
  return {
    key,
    group,
    from: reachableFrom,
    url: url.replaceAll("{region}", id),
    ...(image === undefined ? {} : { image }),
    ...(bytes === undefined ? {} : { bytes }),
    ...(status === undefined ? {} : { status }),
    ...(expect === undefined ? {} : { expect }),
  };
}
