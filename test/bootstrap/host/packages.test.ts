import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BootstrapSettings, OperatingSystem } from "../../../components/bootstrap/settings.ts";
import { alinux, bare, debian } from "../samples.ts";
import { type Machine, startMachine } from "./machine.ts";
import { bootstrap, bootstrapped, marker } from "./marker.ts";

let machine: Machine;
beforeAll(async () => {
  machine = await startMachine([], "with network");
});
afterAll(() => machine?.stop());

/** Asks for these packages as those that Docker needs, with a docker command that is content. */
function wanting(os: OperatingSystem, ...docker: string[]): BootstrapSettings {
  return { ...bare, os: { ...os, packages: { ...os.packages, docker } }, docker: { images: [] } };
}

describe("apt, for real", () => {
  test("installs what is missing, and a second run has nothing to do", () => {
    machine.write("/usr/local/sbin/docker", "#!/bin/sh\n", "755");
    expect(machine.sh("command -v hello").status).not.toBe(0);
    bootstrapped(machine, wanting(debian, "hello", "coreutils"));
    expect(machine.out("hello")).toBe("Hello, world!\n");
    const log = "grep -c 'Setting up\\|already the newest' /var/log/china-bootstrap.log";
    const before = machine.out(log);
    bootstrapped(machine, wanting(debian, "hello", "coreutils"));
    expect(machine.out(log)).toBe(before);
  }, 120_000);

  test("names what it could not install", () => {
    const hasty = (script: string) => script.replace("retry 5 10 get", "retry 2 1 get");
    expect(bootstrap(machine, wanting(debian, "hello", "no-such-package-here"), hasty).status).toBe(1);
    expect(marker(machine).message).toMatch(/^these packages could not be installed: no-such-package-here\. /);
  }, 120_000);
});

test("dnf is asked for what rpm does not have (both pretended: this machine is no RHEL)", () => {
  machine.write("/usr/local/sbin/rpm", '#!/bin/sh\ntest "$3" = containerd.io\n', "755");
  machine.write("/usr/local/sbin/dnf", '#!/bin/sh\necho "$*" >>/dnf\n', "755");
  bootstrapped(machine, wanting(alinux, "containerd.io", "docker-ce"));
  expect(machine.out("cat /dnf")).toBe("-q -y --setopt=install_weak_deps=False install docker-ce\n");
});
