import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { rerunScript } from "../../../../components/bootstrap/rerun.ts";
import type { BootstrapSettings } from "../../../../components/bootstrap/settings.ts";
import type { Machine } from "../../host/machine.ts";
import { marker } from "../../host/marker.ts";
import { familyIds, settingsOf } from "../settings.ts";
import { pretended, startPretended, withIndex } from "./pretended.ts";

const makeWheel = readFileSync(new URL("../../fixtures/make_wheel.py", import.meta.url), "utf8");

let machine: Machine | undefined;
afterEach(() => machine?.stop());

async function start(id: string): Promise<{ on: Machine; settings: BootstrapSettings }> {
  const on = await startPretended(id);
  machine = on;
  return { on, settings: { ...settingsOf(id), python: withIndex(on, makeWheel) } };
}

/** Sends it as Cloud Assistant does, to a host that does not wait before it tries again. */
function bootstrap(on: Machine, settings: BootstrapSettings) {
  on.write("/usr/bin/sleep", "#!/bin/sh\n", "755");
  const ran = on.sh(rerunScript(settings));
  return { ...ran, log: `${ran.stdout}${ran.stderr}${on.sh("cat /var/log/china-bootstrap.log").stdout}` };
}

/** What package manager, systemd and Docker were told, in order; questions left out. */
function told(on: Machine): string[] {
  const lines = on.out("cat /calls; : >/calls").split("\n").slice(0, -1);
  return lines.filter((line) => !/^docker (info|version|image)|^dpkg-query|^rpm /.test(line));
}

const apt = (...packages: string[]) => [
  "dpkg --configure -a --force-confdef --force-confold",
  "apt-get -q update",
  `apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold install ${packages.join(" ")}`,
];
const dnf = (...packages: string[]) => [`dnf -q -y --setopt=install_weak_deps=False install ${packages.join(" ")}`];

/** What installs the packages, and the name of chrony's service. */
const wanted: Readonly<Record<string, { readonly install: readonly string[]; readonly chrony: string }>> = {
  "ubuntu-24.04": { install: apt("chrony", "docker.io", "python3-venv"), chrony: "chrony" },
  "ubuntu-22.04": { install: apt("chrony", "docker.io", "python3-venv"), chrony: "chrony" },
  "debian-12": { install: apt("chrony", "docker.io", "python3-venv"), chrony: "chrony" },
  "debian-13": { install: apt("chrony", "docker-cli", "docker.io", "python3-venv"), chrony: "chrony" },
  "alibaba-cloud-linux-3": {
    install: dnf("chrony", "containerd.io", "docker-ce", "docker-ce-cli", "python3.11"),
    chrony: "chronyd",
  },
};

test("every family of the catalogue is tried", () => {
  expect(Object.keys(wanted)).toEqual(familyIds);
  expect(Object.keys(pretended).sort()).toEqual(familyIds.toSorted());
});

describe.each(familyIds)("%s", (id) => {
  test("is brought to its settings in this order, and a second time nothing is installed", async () => {
    const { on, settings } = await start(id);
    const first = bootstrap(on, settings);
    expect(first.status, first.log).toBe(0);
    expect(marker(on).result).toBe("ok");
    const { install = [], chrony = "" } = wanted[id] ?? {};
    expect(told(on)).toEqual([
      "systemctl daemon-reload",
      "systemctl daemon-reload",
      ...install,
      `systemctl enable --now ${chrony}`,
      `systemctl restart ${chrony}`,
      "systemctl enable --now docker",
      "systemctl reload docker",
      `docker pull -q ${settings.docker?.images[0]}`,
    ]);
    expect(on.out("/opt/venv/bin/python -c 'import alpha; print(alpha.version)'")).toBe("1.0\n");
    expect(on.out(`grep '^confdir' ${pretended[id]?.chronyConf}`)).toBe(`confdir ${settings.os.chronyDirectory}\n`);

    const second = bootstrap(on, settings);
    expect(second.status, second.log).toBe(0);
    expect(told(on)).toEqual([`systemctl enable --now ${chrony}`, "systemctl enable --now docker"]);
  }, 60_000);
});

describe("what would go unnoticed otherwise", () => {
  test("Debian 13 without docker-cli has no client, and the marker says where it stopped", async () => {
    const { on, settings } = await start("debian-13");
    const { packages } = settings.os;
    const os = { ...settings.os, packages: { ...packages, docker: ["docker.io"] } };
    expect(bootstrap(on, { ...settings, os }).status).toBe(1);
    expect(marker(on)).toMatchObject({ failedStep: "docker" });
  }, 60_000);

  test("a Python that the image has not is named", async () => {
    const { on, settings } = await start("ubuntu-22.04");
    const ran = bootstrap(on, { ...settings, os: { ...settings.os, pythonCommand: "python3.12" } });
    expect(ran.status).toBe(1);
    expect(marker(on)).toMatchObject({
      failedStep: "python",
      message: "this image has no python3.12: the catalogue says another Python than the image has",
    });
  }, 60_000);

  test("without its repository Alibaba Cloud Linux has no docker-ce", async () => {
    const { on, settings } = await start("alibaba-cloud-linux-3");
    const { dockerRepository: _, ...os } = settings.os;
    expect(bootstrap(on, { ...settings, os }).status).toBe(1);
    expect(marker(on)).toMatchObject({ failedStep: "packages", message: expect.stringMatching(/docker-ce/) });
  }, 60_000);
});
