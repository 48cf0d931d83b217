import type { AssistantOptions } from "../cloud-assistant.ts";
import { hostsIn } from "../hosts.ts";
import { readMarkers } from "../read-markers.ts";
import { type HostState, type SoftwareGroup, softwarePlan } from "../software-plan.ts";
import type { State } from "../state.ts";
import { probeOf, probeResultScript } from "./probe.ts";
import type { Probe, Software } from "./schema.ts";

/** What hosts say of themselves, by their keys. */
export interface HostsSay {
  readonly software: ReadonlyMap<string, Software>;
  readonly probes: ReadonlyMap<string, Probe>;
  readonly states: ReadonlyMap<string, HostState>;
}

export interface AskHosts extends AssistantOptions {
  readonly state: State;
  /** What the stack file says of a group; undefined for one that it has no more. */
  readonly groups: Readonly<
    Record<
      string,
      | { readonly onSoftwareChange: SoftwareGroup["onSoftwareChange"]; readonly software: { readonly probe: string } }
      | undefined
    >
  >;
  /** Hash of the software that hosts should have, by group. */
  readonly wanted: Readonly<Record<string, string>>;
  /** Seconds in which an agent may begin to answer; a host that boots right now takes longer. */
  readonly patience?: number;
}

/** Asks all hosts by one command, as they are: no bootstrap is waited for. @throws CloudRefusal */
export async function hostsSay({ state, groups, wanted, patience = 5, ...options }: AskHosts): Promise<HostsSay> {
  const hosts = hostsIn(state);
  const probes = new Map<string, Probe>();
  const probed = Object.values(groups).some((group) => group?.software.probe === "daily");
  const told = (key: string, output: string) => {
    const probe = probeOf(output);
    if (probe !== undefined) probes.set(key, probe);
  };
  const states = await readMarkers(hosts, {
    ...{ ...options, agents: patience, bootstraps: 0 },
    ...(probed ? { further: { script: probeResultScript, told } } : {}),
  });
  const names = [...new Set(hosts.map(({ group }) => group))];
  const plan = softwarePlan(
    names.map((name): SoftwareGroup => {
      return {
        name,
        onSoftwareChange: groups[name]?.onSoftwareChange ?? "at-next-rebuild",
        wanted: wanted[name] ?? "",
      };
    }),
    hosts.map(({ key, group }) => ({ key, group, state: states.get(key) ?? { kind: "gone" } })),
  );
  const software = plan.hosts.map(({ key, verdict, why, state: said }): readonly [string, Software] => {
    if (said.kind === "running") return [key, { verdict: "running", why: "its bootstrap is under way" }];
    const versions = said.kind === "ready" ? { versions: said.marker.versions } : {};
    return [key, { verdict, why, ...versions }];
  });
  return { software: new Map(software), probes, states };
}
