import { after, before, changesIn } from "../change.ts";
import type { HazardRule } from "../rule.ts";
import type { Scope } from "../scope.ts";
import * as sources from "../sources.ts";
import { instance, keyPairAttachments } from "../types.ts";
import { flag, text } from "../values.ts";
import { inWords } from "../words.ts";

/** Stopped and started: the provider waits for Stopped, sets it, and starts the host again. */
const stops = [
  "userData",
  "hostName",
  "password",
  "kmsEncryptedPassword",
  "vswitchId",
  "subnetId",
  "vpcId",
  "cpuOptions",
  "enableHighDensityMode",
  "status",
] as const;
/** RebootInstance, after the key was taken off and put on. */
const reboots = ["keyName"] as const;
const passwords = ["password", "kmsEncryptedPassword"];

const updates = (scope: Scope) => scope.ofType(instance).filter(({ operation }) => operation === "update");

export const hostRebooted: HazardRule = {
  id: "host-rebooted",
  title: "A running host is stopped and started",
  severity: "medium",
  what: "Some properties are set on a stopped host only. The provider stops it (not by force), sets them, and starts it: what runs there ends. A changed key pair reboots it. The diff says no more than update.",
  when: "an update of an ECS instance in userData, hostName, password, kmsEncryptedPassword, keyName, vswitchId, vpcId, cpuOptions, enableHighDensityMode or status; privateIp together with a vSwitch; an attachment of a key pair with force",
  advice: "drain the host first, or change hosts one group at a time",
  source: sources.instanceUpdate,
  *find(scope) {
    for (const change of updates(scope)) {
      const changed = changesIn(change, ...stops, ...reboots);
      // The engine compares secrets itself: what its preview lists does change.
      const told =
        scope.source === "preview"
          ? change.properties.filter(({ path }) => passwords.includes(path) && !changed.some((c) => c.path === path))
          : [];
      const all = [...changed, ...told];
      if (all.length === 0) continue;
      const onlyKey = all.every(({ path }) => path === "keyName");
      const becomesStopped = text(after(change)["status"]) === "Stopped";
      yield {
        change,
        says: onlyKey ? "rebooted" : becomesStopped ? "stopped" : "stopped and started again",
        evidence: all.map(inWords),
      };
    }
    if (scope.isNew) return;
    for (const change of scope.ofType(...keyPairAttachments)) {
      if (change.operation === "delete" || flag(after(change)["force"]) !== true) continue;
      yield {
        change,
        says: "the hosts that get the key are rebooted",
        evidence: ["force: true"],
      };
    }
  },
};

export const bootstrapNotRerun: HazardRule = {
  id: "bootstrap-not-rerun",
  title: "New user data that no host runs",
  severity: "medium",
  what: "User data is changed on the running host, which is rebooted for it. cloud-init runs the scripts of user data once per instance: nothing that the new text installs or configures happens.",
  when: "an update of an ECS instance in userData, without a replacement",
  advice:
    'replace the host for it (the resource option replaceOnChanges: ["userData"], keep data on disks of its own), or run the change by other means and ignore userData',
  source: sources.bootstrap,
  *find(scope) {
    for (const change of updates(scope)) {
      const changed = changesIn(change, "userData");
      if (changed.length === 0) continue;
      yield {
        change,
        says: "cloud-init does not run the new user data",
        evidence: changed.map(inWords),
        ...(scope.settings === undefined
          ? {}
          : { advice: "set onSoftwareChange: rerun, or rebuild the host by rebuild: [...] in its group" }),
      };
    }
  },
};

export const typeChanged: HazardRule = {
  id: "type-changed",
  title: "A host is stopped for another type",
  severity: "medium",
  what: "The host is stopped before the new type is asked for. If that type has no stock in the zone, the change fails and the host stays stopped. With StopCharging its public address and its place are given back while it stands still.",
  when: "an update of an ECS instance in instanceType; high where stoppedMode is StopCharging",
  advice: "ask for stock in that zone first (npm run preflight), and change one host before the others",
  source: sources.instanceType,
  *find(scope) {
    for (const change of updates(scope)) {
      const changed = changesIn(change, "instanceType");
      if (changed.length === 0) continue;
      const givesUp = text(after(change)["stoppedMode"] ?? before(change)["stoppedMode"]) === "StopCharging";
      yield {
        change,
        says: givesUp
          ? "stopped for the new type, its place and public address given back meanwhile; without stock it stays stopped"
          : "stopped for the new type; without stock it stays stopped",
        evidence: [...changed.map(inWords), ...(givesUp ? ['stoppedMode: "StopCharging"'] : [])],
        ...(givesUp ? { severity: "high" as const } : {}),
      };
    }
  },
};

export const rebootRules: readonly HazardRule[] = [hostRebooted, bootstrapNotRerun, typeChanged];
