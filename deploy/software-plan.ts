import type { MarkerState } from "./markers.ts";

/** What is known of a host's software. off: the host is stopped. gone: the cloud has none of that id. */
export type HostState =
  | MarkerState
  | { readonly kind: "off" }
  | { readonly kind: "gone" }
  | { readonly kind: "unreached"; readonly why: string };

export interface SoftwareGroup {
  readonly name: string;
  readonly onSoftwareChange: "rerun" | "rebuild" | "at-next-rebuild";
  /** Hash of the settings that its hosts should have, from the stack's output `software`. */
  readonly wanted: string;
}

/** A host and what it says, by its key. */
export interface KnownHost {
  readonly key: string;
  readonly group: string;
  readonly state: HostState;
}

/**
 * ready: as it should be. rerun: the bootstrap is to run again. waits: other software than the file's, which comes with the
 * next rebuild, as the group says. off: nobody could look. simulated: nothing runs on it. failed: somebody has to look.
 */
export type Verdict = "ready" | "rerun" | "waits" | "off" | "simulated" | "failed";

export interface HostVerdict extends KnownHost {
  readonly verdict: Verdict;
  /** What is the matter, in words; "" for one that is ready. */
  readonly why: string;
}

export interface SoftwarePlan {
  /** In the order of groups, then keys. */
  readonly hosts: readonly HostVerdict[];
  /** Groups with hosts to run again on, one after the other in this order. */
  readonly reruns: readonly { readonly group: string; readonly keys: readonly string[] }[];
}

/** Which hosts need their bootstrap again: those whose marker has another hash than the group, and those where it failed. */
export function softwarePlan(groups: readonly SoftwareGroup[], hosts: readonly KnownHost[]): SoftwarePlan {
  const judged = groups.flatMap((group) =>
    hosts
      .filter((host) => host.group === group.name)
      .toSorted((a, b) => (a.key < b.key ? -1 : 1))
      .map((host): HostVerdict => ({ ...host, ...verdictOf(host, group) })),
  );
  const reruns = groups.flatMap(({ name }) => {
    const keys = judged.filter((one) => one.group === name && one.verdict === "rerun").map(({ key }) => key);
    return keys.length === 0 ? [] : [{ group: name, keys }];
  });
  return { hosts: judged, reruns };
}

function verdictOf(
  { key, state }: Pick<KnownHost, "key" | "state">,
  { wanted, onSoftwareChange }: SoftwareGroup,
): Pick<HostVerdict, "verdict" | "why"> {
  const again = onSoftwareChange === "rerun";
  switch (state.kind) {
    case "ready":
      if (state.marker.settings === wanted) return { verdict: "ready", why: "" };
      return again
        ? { verdict: "rerun", why: "its software is not that of the stack file" }
        : { verdict: "waits", why: "its software is of an earlier stack file, until it is rebuilt" };
    case "failed": {
      const { failedStep = "?", message = "", settings } = state.marker;
      const why = `step ${failedStep} failed: ${message}`;
      // Bootstraps are safe to repeat; new software comes only where the group lets it.
      return { verdict: again || settings === wanted ? "rerun" : "failed", why };
    }
    case "none":
      return { verdict: again ? "rerun" : "failed", why: "no bootstrap has come to its end" };
    case "running":
      return { verdict: "failed", why: "its bootstrap is still running" };
    case "unreadable":
      return { verdict: "failed", why: state.why };
    case "unreached":
      return { verdict: "failed", why: state.why };
    case "gone":
      return {
        verdict: "failed",
        why: `the cloud has no such host any more: deploy with --rebuild ${key} makes it again`,
      };
    case "off":
      return { verdict: "off", why: "it is stopped: its software is looked at when it runs, by the next deployment" };
    case "silent":
      return { verdict: "simulated", why: "" };
  }
}
