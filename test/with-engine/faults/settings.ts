import type { SettingsInput } from "../../../components/config/schema.ts";
import { addressMayGo, smallSettings } from "../../support/stacks.ts";

type Group = SettingsInput["hosts"][string];

/** The group of the smallest settings. */
export function smallGroup(): Group {
  const { workers } = smallSettings().hosts;
  if (workers === undefined) throw new Error("the smallest settings have no group");
  return workers;
}

/** Groups without a host: each has its security group, and what else a group has for itself. */
export function emptyGroups(count: number): Record<string, Group> {
  const names = Array.from({ length: count }, (_, n) => `g${n + 1}`);
  return Object.fromEntries(names.map((name) => [name, { ...smallGroup(), count: 0 }]));
}

/** A stack of no host. */
export function networkOnly(wayOut: "none" | "nat" = "none"): SettingsInput {
  const small = smallSettings();
  return { ...small, network: { ...small.network, wayOut }, hosts: {}, accept: [addressMayGo] };
}

/** Hosts and nothing beside them. */
export function plainHosts(count: number): SettingsInput {
  return { ...smallSettings(), hosts: { workers: { ...smallGroup(), count } } };
}

/** Hosts with everything that a host can have: key, role with its policy, encrypted data disk, snapshots. */
export function furnishedHosts(groups: number, count: number): SettingsInput {
  const group: Group = {
    ...smallGroup(),
    count,
    access: { ssh: { from: "vpc", key: "test/config/fixtures/team.pub" } },
    dataDisk: { GiB: 100, level: "PL0", snapshots: { at: "03:00", keepDays: 7 } },
  };
  const names = Array.from({ length: groups }, (_, n) => `g${n + 1}`);
  return {
    ...smallSettings(),
    buckets: { raw: { existing: "acme-raw", hosts: "read" } },
    hosts: Object.fromEntries(names.map((name) => [name, group])),
  };
}

/** The same settings with every group changed. */
export function withGroups(settings: SettingsInput, change: (group: Group) => Partial<Group>): SettingsInput {
  const hosts = Object.entries(settings.hosts).map(([name, group]) => [name, { ...group, ...change(group) }]);
  return { ...settings, hosts: Object.fromEntries(hosts) };
}
