import { BadInput } from "./errors.ts";
import type { State, StateResource } from "./state.ts";

/** A host that is to be made anew. */
export interface RebuiltHost {
  readonly key: string;
  readonly group: string;
  /** As it stands; absent for one that is not there any more, or never was. */
  readonly standing?: { readonly urn: string; readonly id: string };
  /** As the state last knew it. */
  readonly type: string;
  /** ISO time; absent for what was imported. */
  readonly made?: string;
  readonly address: string;
  readonly systemDiskGiB: number;
  readonly dataDisk?: { readonly id: string; readonly GiB: number };
  /** A run before this one was cut short: the new one stands, and the old one is yet to go. */
  readonly underWay: boolean;
  /** What the cloud protects against deletion, of what goes: the provider never lifts it. */
  readonly guarded: readonly { readonly urn: string; readonly id: string }[];
}

/**
 * The hosts that were asked for, by their keys: workers-01,workers-02 or several words.
 *
 * @param known keys of the stack file, by group
 * @throws BadInput for a host that the stack file has not
 */
export function hostsToRebuild(words: readonly string[], known: readonly string[]): readonly string[] {
  const keys = [...new Set(words.flatMap((word) => word.split(",")).filter((key) => key !== ""))];
  if (keys.length === 0) throw new BadInput("--rebuild needs a host, for example --rebuild workers-01");
  for (const key of keys) {
    if (known.includes(key)) continue;
    throw new BadInput(`--rebuild ${key}: the stack file has no such host; it has ${known.join(", ") || "none"}`);
  }
  return keys;
}

const hostType = "alicloud:ecs/instance:Instance";

/** What the state knows of a host, before anything is looked at. */
export function rebuiltHost(state: State, key: string): RebuiltHost {
  const named = state.resources.filter(({ urn }) => urn.endsWith(`::${key}`));
  const hosts = named.filter(({ type }) => type === hostType);
  const standing = hosts.find((one) => one.delete !== true && (one.id ?? "") !== "");
  const underWay = standing !== undefined && hosts.some((one) => one.delete === true);
  const { outputs = {}, inputs = {} } = standing ?? {};
  const disk = state.resources.find(({ urn, type }) => type === diskType && urn.endsWith(`::${key}-data`));
  return {
    ...{ key, group: key.slice(0, key.lastIndexOf("-")) },
    ...(standing === undefined ? {} : { standing: { urn: standing.urn, id: standing.id ?? "" } }),
    type: String(outputs["instanceType"] ?? ""),
    ...(standing?.created === undefined ? {} : { made: standing.created }),
    address: String(outputs["primaryIpAddress"] ?? ""),
    systemDiskGiB: Number(outputs["systemDiskSize"] ?? inputs["systemDiskSize"] ?? 0),
    ...(disk === undefined ? {} : { dataDisk: { id: disk.id ?? "", GiB: Number(disk.inputs?.["size"] ?? 0) } }),
    underWay,
    guarded: hosts
      .filter((one) => (underWay ? one.delete === true : one === standing))
      .filter((one) => one.outputs?.["deletionProtection"] === true)
      .map(({ urn, id = "" }) => ({ urn, id })),
  };
}

const diskType = "alicloud:ecs/ecsDisk:EcsDisk";

/** URNs of a host and of all that hangs on it: what a refresh looks at before it is made anew. */
export function urnsOf(state: State, key: string): readonly string[] {
  return state.resources.filter((one) => one.custom === true && isOf(key, one)).map(({ urn }) => urn);
}

/** A host itself, what ties things to it, and its data disk with its schedule. */
function isOf(key: string, { urn, type }: Pick<StateResource, "urn" | "type">): boolean {
  const name = urn.split("::").at(-1) ?? "";
  return type.startsWith("alicloud:") && (name === key || attached(key).includes(name) || kept(key).includes(name));
}

const attached = (key: string) => [`${key}-data-attachment`, `${key}-role`];
const kept = (key: string) => [`${key}-data`, `${key}-data-snapshots`];

/** What a preview says of one resource. */
export interface ToldOf {
  readonly urn: string;
  /** create, update, replace, delete, same ... */
  readonly fate: string;
}

/**
 * What a preview would change beside the hosts and what hangs on them: nothing may. A data disk may come again where it is
 * lost, and is never replaced or deleted.
 */
export function changesBeside(told: readonly ToldOf[], keys: readonly string[]): readonly ToldOf[] {
  return told.filter(({ urn, fate }) => {
    const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
    const name = urn.split("::").at(-1) ?? "";
    if (fate === "same" || fate === "read") return false;
    return !keys.some(
      (key) =>
        name === key ||
        attached(key).includes(name) ||
        (kept(key).includes(name) && fate === "create") ||
        // Containers and Docker's provider know their host by its address.
        (/^(docker:|pulumi:providers:docker$)/.test(type) && new RegExp(`-${key}(-|$)`).test(name)),
    );
  });
}

/** What is lost and what stays with a host, for the question. @param found how it stands now, after the cloud was looked at */
export function rebuildWords(
  before: RebuiltHost,
  found: RebuiltHost,
): { readonly lost: readonly string[]; readonly notes: readonly string[] } {
  const { key, type, systemDiskGiB, address, dataDisk, made } = before;
  const diskLost = dataDisk !== undefined && found.dataDisk === undefined;
  const noDisk = diskLost ? [`${key}: its data disk of ${dataDisk.GiB} GiB is gone as well; an empty one is made`] : [];
  const disk =
    dataDisk === undefined || diskLost
      ? []
      : [`${key}: its data disk of ${dataDisk.GiB} GiB stays and is attached again`];
  if (found.underWay) {
    return {
      lost: noDisk,
      notes: [`${key}: the new one stands already, by a run that was cut short; the old one goes`],
    };
  }
  // Who runs a rebuild again sees which of them has been made by the one before.
  const since = made === undefined ? "" : `made ${made.slice(0, 16).replace("T", " ")} UTC`;
  const what = [type, address, since].filter((text) => text !== "").join(", ");
  const named = `${key}${what === "" ? "" : ` (${what})`}`;
  if (found.standing === undefined) {
    const was = before.standing === undefined ? "does not stand" : `${before.standing.id} is not in the cloud any more`;
    return { lost: [`${named}: ${was}; it is made again, with another private address`, ...noDisk], notes: disk };
  }
  return {
    lost: [
      `${named} is made anew: its system disk of ${systemDiskGiB} GiB is lost, with all that runs and lies there`,
      ...noDisk,
    ],
    notes: [
      ...disk,
      ...(found.guarded.length > 0
        ? [`${key}: the cloud's protection of the old one is lifted, the new one has it again`]
        : []),
      `${key}: its private address does not stay; the new one stands before the old one goes`,
    ],
  };
}
