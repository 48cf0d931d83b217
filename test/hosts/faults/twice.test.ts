import { afterEach, describe, expect, test } from "vitest";
import { places } from "../../../components/bootstrap/places.ts";
import { rerunScript } from "../../../components/bootstrap/rerun.ts";
import type { BootstrapSettings } from "../../../components/bootstrap/settings.ts";
import { wantedHash } from "../../../components/bootstrap/user-data.ts";
import { type Machine, startMachine } from "../../bootstrap/host/machine.ts";
import { marker } from "../../bootstrap/host/marker.ts";
import { bare } from "../../bootstrap/samples.ts";
import { shortened } from "./verdict.ts";

// Two at once, and one that is stopped: by Cloud Assistant, by a reboot.

let machine: Machine;
afterEach(() => machine?.stop());

const saying = (text: string, ...more: string[]): BootstrapSettings => ({
  ...bare,
  commands: [`echo ${text} >>/tmp/order`, ...more],
});

/** Starts the script that Cloud Assistant would send and does not wait. */
function send(settings: BootstrapSettings, name: string): void {
  machine.write(`/tmp/${name}.sh`, rerunScript(settings));
  machine.out(`cd /; { sh /tmp/${name}.sh; echo $? >/tmp/${name}.rc; } >/tmp/${name}.out 2>&1 &`);
}

const ended = (name: string) =>
  machine.out(`for try in $(seq 150); do [ -e /tmp/${name}.rc ] && break; sleep 0.1; done; cat /tmp/${name}.rc`).trim();

describe("a second bootstrap", () => {
  test("while the first runs waits for it: both are done, one after the other", async () => {
    machine = await startMachine();
    send(saying("first", "sleep 2; echo first-end >>/tmp/order"), "first");
    machine.out("for try in $(seq 50); do grep -q first /tmp/order && break; sleep 0.1; done");
    const second = saying("second");
    send(second, "second");
    expect([ended("first"), ended("second")]).toEqual(["0", "0"]);
    expect(machine.out("cat /tmp/order")).toBe("first\nfirst-end\nsecond\n");
    expect(marker(machine)).toMatchObject({ result: "ok", settings: wantedHash(second) });
  });

  test("that waits longer than it may gives up, and changes neither files nor marker", async () => {
    machine = await startMachine();
    const first = saying("first", "sleep 4");
    send(first, "first");
    machine.out("for try in $(seq 50); do grep -q first /tmp/order && break; sleep 0.1; done");
    // Of the 120 s that it may wait, one is left.
    machine.write("/usr/local/sbin/flock", '#!/bin/sh\n[ "$*" = "-w 120 9" ] && exec /usr/bin/flock -w 1 9\n', "755");
    send(saying("second"), "second");
    expect(ended("second")).toBe("75");
    expect(machine.out("cat /tmp/second.out")).toBe(
      "another bootstrap is running on this host: wait until it ends, then run again\n",
    );
    expect(ended("first")).toBe("0");
    expect(machine.out("cat /tmp/order")).toBe("first\n");
    expect(marker(machine)).toMatchObject({ result: "ok", settings: wantedHash(first) });
    expect(machine.out(`grep -c 'echo second' ${places.script} || true`)).toBe("0\n");
  });
});

/** What cloud-init does at every boot with what stands in its folder for that. */
const nextBoot = () =>
  machine.sh("rm -rf /run/china-bootstrap*; cloud-init single --name scripts-per-boot --frequency always");

describe("a bootstrap that is cut off", () => {
  const settings = saying("once", "[ -e /tmp/second ] || { touch /tmp/second; kill -9 -1; }");

  test("by power: it left no marker, and the next boot goes on by itself", async () => {
    machine = await startMachine();
    machine.write(places.script, shortened(settings, []), "755");
    machine.sh("sh /opt/china/bootstrap.sh");
    expect(machine.sh(`cat ${places.marker}`).status).not.toBe(0);
    expect(nextBoot().status).toBe(0);
    expect(marker(machine)).toMatchObject({ result: "ok", settings: wantedHash(settings) });
    expect(machine.out(`cat /tmp/order; ls ${places.again} 2>&1 || true`)).toMatch(/^once\nonce\nls: cannot access/);
    // Nothing is left for the boot after that.
    expect(nextBoot().status).toBe(0);
    expect(machine.out("cat /tmp/order")).toBe("once\nonce\n");
  });

  test("by an orderly reboot: the marker says so, and the next boot goes on", async () => {
    machine = await startMachine();
    const slow = saying("once", "[ -e /tmp/second ] || { touch /tmp/second; sleep 60; }");
    machine.write(places.script, shortened(slow, [["started=$(utc)", "started=$(utc)\necho $$ >/tmp/outer"]]), "755");
    machine.out("{ sh /opt/china/bootstrap.sh; echo $? >/tmp/first.rc; } >/tmp/first.out 2>&1 &");
    machine.out('for try in $(seq 50); do [ -e /tmp/second ] && break; sleep 0.1; done; kill "$(cat /tmp/outer)"');
    expect(ended("first")).toBe("1");
    expect(marker(machine)).toMatchObject({
      result: "failed",
      failedStep: "command-2",
      message: "command-2 was ended from outside: run again or reboot",
    });
    expect(nextBoot().status).toBe(0);
    expect(marker(machine)).toMatchObject({ result: "ok" });
  });
});
