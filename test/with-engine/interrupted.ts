import { expect } from "vitest";
import type { LoggedCall } from "../../sandbox/core/call-log.ts";
import { disks, instances, securityGroups } from "../../sandbox/ecs/rows.ts";
import { roles } from "../../sandbox/ram/rows.ts";
import { defaultAccounts } from "../../sandbox/session.ts";
import { addresses, snatEntries } from "../../sandbox/vpc/rows.ts";
import { smallSettings } from "../support/stacks.ts";
import type { CommandLine, Ran, TestSandbox } from "./sandbox.ts";

/** A way out, and one host with a data disk, snapshots and a role: each kind of thing, and of tie between things. */
export function oneHost() {
  const settings = smallSettings();
  const { workers } = settings.hosts;
  return {
    ...settings,
    network: {
      ...settings.network,
      wayOut: "nat",
      rules: [{ to: "workers", from: "vpc", ports: 8786 }],
    },
    buckets: { data: { existing: "some-bucket", hosts: "read" } },
    hosts: {
      workers: {
        ...workers,
        count: 1,
        dataDisk: { GiB: 40, mount: "/data", snapshots: { at: "03:00", keepDays: 7 } },
      },
    },
  };
}

/** A call that has changed something. */
export function isWrite({ action, outcome }: LoggedCall): boolean {
  return outcome.startsWith("ok") && !/^(?:Describe|Get|List|Query)/.test(action);
}

/** Deploys, and kills command, engine and provider at the moment at which the cloud has made its nth change. */
export async function upKilledAfter(sandbox: TestSandbox, args: readonly string[], nth: number): Promise<Ran> {
  let kill = () => {};
  let seen = 0;
  const stop = sandbox.cloud.log.follow((call) => {
    if (!isWrite(call)) return;
    seen += 1;
    if (seen === nth) kill();
  });
  try {
    return await sandbox.sandbox(["up", ...args], {
      onStart: (given) => {
        kill = given;
      },
    });
  } finally {
    stop();
  }
}

/** The imports that a command has printed to be typed: one by one, or all at once where there are several. */
export function importsIn(text: string, atOnce: boolean): readonly string[] {
  const [single = "", together = ""] = text.split(/^or what can be imported at once:$/m);
  const printed = atOnce && together !== "" ? together : single;
  return [...printed.matchAll(/^ *npm run sandbox -- (import .*)$/gm)].map(([, command = ""]) => command);
}

/**
 * Goes on after an interruption as a user would: `up`, and what it says to type, until it is through.
 *
 * @returns what was typed
 */
export async function recover(
  sandbox: CommandLine,
  args: readonly string[],
  atOnce = true,
): Promise<readonly string[]> {
  const typed: string[] = [];
  for (let round = 1; round <= 4; round += 1) {
    const ran = await sandbox.sandbox(["up", ...args]);
    expect(ran.text).not.toMatch(/^up .*(?:replaced|deleted)/m);
    if (ran.status === 0) return typed;
    const imports = importsIn(ran.text, atOnce);
    expect(ran).toEqual({ status: 1, text: expect.stringContaining("did not come to its end") });
    expect(imports, ran.text).not.toHaveLength(0);
    for (const command of imports) await sandbox.ok(command.split(" "));
    typed.push(...imports);
  }
  throw new Error(`up still stops after these imports:\n${typed.join("\n")}`);
}

/** What exists, and what hangs on what, by kind and name: the same for every deployment of the same settings. */
export async function shapeOf(sandbox: TestSandbox): Promise<readonly string[]> {
  const { store } = sandbox.cloud;
  const account = defaultAccounts.china;
  const items = await sandbox.inventory();
  const nameOf = new Map(items.map(({ id, name }) => [id, name]));
  const ties = [
    ...store.list(disks, account).map((disk) => [disk.name, "on", nameOf.get(disk.instanceId)]),
    ...store.list(disks, account).map((disk) => [disk.name, "has", nameOf.get(disk.snapshotPolicyId)]),
    ...store.list(addresses, account).map((address) => [address.name, "on", nameOf.get(address.instanceId)]),
    ...store.list(snatEntries, account).map((entry) => [entry.name, "for", nameOf.get(entry.vSwitchId)]),
    ...store.list(instances, account).map((host) => [host.name, "is", host.roleName]),
    ...store.list(roles, account).map((role) => [role.id, "may", ...role.attached.map(({ name }) => name)]),
    ...store.list(securityGroups, account).map((group) => [group.name, "has rules:", group.rules.length]),
  ];
  return [
    ...items.map(({ kind, name, status }) => `${kind} ${name} ${status}`),
    ...ties.map((tie) => tie.join(" ")),
  ].sort();
}
