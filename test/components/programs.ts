import type { Identity } from "../../components/component.ts";
import { type Settings, type SettingsInput, settings as schema } from "../../components/config/schema.ts";
import { HostGroup, type HostGroupArgs } from "../../components/hosts.ts";
import type { Plan, PlanValue } from "../../plan/plan.ts";
import { record } from "../../plan/recorder.ts";
import { monitorOfRuntime } from "../../plan/runtime-internals.ts";
import { byName, smallSettings } from "../support/stacks.ts";

export const identity: Identity = {
  project: "china",
  stack: "test",
  tags: { owner: "team", env: "test", "data-class": "general" },
};

/** Tags that a resource of a component must carry, written out. */
export function tags(component: string) {
  return { owner: "team", env: "test", "data-class": "general", project: "china", stack: "test", component };
}

export const unknown = { __pulumiUnknown: true };
export const urn = (types: string, name: string) => `urn:pulumi:test::china::${types}::${name}`;

/** The plan of a small program. */
export function planOfProgram(declare: () => void): Promise<Plan> {
  const program = async () => {
    declare();
    return {};
  };
  return record(program, { project: "china", stack: "test", config: {}, secretKeys: [] });
}

/**
 * What components register as their outputs, by name. The recorder keeps the stack's own only; a program can listen
 * before it, since both stand at the same monitor.
 */
export async function registeredOutputs(declare: () => void): Promise<ReadonlyMap<string, PlanValue>> {
  const found = new Map<string, PlanValue>();
  await planOfProgram(() => {
    const monitor = monitorOfRuntime();
    const next = monitor.registerResourceOutputs.bind(monitor);
    monitor.registerResourceOutputs = (request, callback) => {
      found.set(request.getUrn().split("::").at(-1) ?? "", request.getOutputs()?.toJavaScript() as PlanValue);
      next(request, callback);
    };
    declare();
  });
  return found;
}

/** Type and name of the children of a component, sorted. */
export function childrenOf(plan: Plan, component: string): string[] {
  const { urn } = byName(plan, component);
  return plan.resources
    .filter((r) => r.parent === urn)
    .map((r) => `${r.type} ${r.name}`)
    .sort();
}

type Group = SettingsInput["hosts"][string];

/** The small settings' workers with changes, defaults filled in. */
export function groupSettings(changes: Partial<Group> = {}): Settings["hosts"][string] {
  const small = smallSettings();
  const { workers } = schema.parse({ ...small, hosts: { workers: { ...small.hosts["workers"], ...changes } } }).hosts;
  if (workers === undefined) throw new Error("small settings have a group of workers");
  return workers;
}

/** Arguments of a group of one host, without anything optional. */
export function groupArgs(changes: Partial<HostGroupArgs> = {}, settings: Partial<Group> = {}): HostGroupArgs {
  return {
    identity,
    settings: groupSettings({ count: 1, ...settings }),
    hosts: [{ key: "workers-01", zone: "cn-shanghai-l" }],
    vSwitchIds: { "cn-shanghai-l": "vsw-l", "cn-shanghai-m": "vsw-m" },
    securityGroupId: "sg-1",
    userData: "I2Nsb3VkLWNvbmZpZwo=",
    metadataTokens: "required",
    buckets: [],
    disksToDelete: new Set(),
    departed: [],
    ...changes,
  };
}

export function planOfGroup(changes: Partial<HostGroupArgs> = {}, settings: Partial<Group> = {}): Promise<Plan> {
  return planOfProgram(() => {
    new HostGroup("workers", groupArgs(changes, settings));
  });
}
