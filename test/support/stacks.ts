import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { stringify } from "yaml";
import type { Mistake } from "../../components/config/mistakes.ts";
import type { SettingsInput } from "../../components/config/schema.ts";
import { parseStackFile } from "../../components/config/stack-file.ts";
import { validate } from "../../components/config/validate.ts";
import { readProjectFile } from "../../components/config.ts";
import china from "../../index.ts";
import type { Plan, PlannedResource } from "../../plan/plan.ts";
import { record } from "../../plan/recorder.ts";

export const projectFolder = resolve(import.meta.dirname, "../..");
export const shipped = ["shanghai", "beijing", "hangzhou"] as const;

export function shippedText(stack: string): string {
  return readFileSync(resolve(projectFolder, `Pulumi.${stack}.yaml`), "utf8");
}

/** The smallest settings that are complete; tests change what they are about. */
export function smallSettings(): SettingsInput {
  return {
    account: { site: "china" },
    region: "cn-shanghai",
    tags: { owner: "team", env: "test", "data-class": "general" },
    network: { cidr: "10.20.0.0/16", vSwitches: { "cn-shanghai-l": "10.20.0.0/20" }, wayOut: "none" },
    hosts: {
      workers: {
        count: 2,
        type: "ecs.g7.xlarge",
        zones: ["cn-shanghai-l"],
        image: "ubuntu_24_04_x64_20G_alibase_20260916.vhd",
        systemDisk: { GiB: 40 },
      },
    },
  };
}

/** Lets the address of the way out go: without it, a destroy needs `--with-data`. */
export const addressMayGo = {
  what: "address-deleted",
  on: "network",
  why: "a test ends with nothing left",
  by: "test",
  until: "2099-12-31",
} as const;

/** A stack file with these settings. */
export function stackFile(settings: object): string {
  return stringify({
    config: Object.fromEntries(Object.entries(settings).map(([key, value]) => [`china:${key}`, value])),
  });
}

/** The plan that the program declares for a stack file. */
export async function planOf(text: string, stack = "test"): Promise<Plan> {
  const { config, secretKeys } = parseStackFile(text, "china");
  return record(china, { project: "china", stack, config, secretKeys });
}

export async function planOfSettings(settings: object): Promise<Plan> {
  return planOf(stackFile(settings));
}

/** All mistakes of a stack file, as a review finds them. */
export function mistakesOf(text: string, stack = "test"): readonly Mistake[] {
  const parsed = parseStackFile(text, "china");
  const checked = validate(parsed.values, stack, readProjectFile);
  return [...parsed.mistakes, ...(checked.ok ? [] : checked.mistakes)];
}

export function byName(plan: Plan, name: string): PlannedResource {
  const found = plan.resources.filter((r) => r.name === name);
  if (found.length !== 1 || found[0] === undefined) {
    throw new Error(
      `${found.length} resources are named ${name}; there are ${plan.resources.map((r) => r.name).join(", ")}`,
    );
  }
  return found[0];
}

export function byType(plan: Plan, type: string): PlannedResource[] {
  return plan.resources.filter((r) => r.type === type);
}
