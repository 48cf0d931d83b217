import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { imageFamily } from "../../../catalog/images.ts";
import { places } from "../../../components/bootstrap/places.ts";
import type { BootstrapSettings } from "../../../components/bootstrap/settings.ts";
import { userData, wantedHash } from "../../../components/bootstrap/user-data.ts";
import { type Host, makeHost } from "../../../sandbox/boot/host.ts";
import { type Network, startNetwork } from "../../../sandbox/boot/network.ts";
import { debianRoot, familyOf, timeServers as servers } from "../../../sandbox/boot/root.ts";
import { bare, debian } from "../../bootstrap/samples.ts";
import { timeServers } from "../look.ts";
import { describeHosts } from "../needs.ts";
import { role } from "../scene.ts";

// A host that really boots: its power fails while dpkg unpacks, and no time server answers.

const family = imageFamily(familyOf.bookworm.family);
const settings: BootstrapSettings = {
  ...bare,
  os: {
    ...debian,
    packages: { python: family?.packages.python ?? [], docker: [], chrony: family?.packages.chrony ?? [] },
  },
  ntp: servers,
  python: { indexes: [{ url: "http://mirrors.cloud.aliyuncs.com/pypi/simple/" }], packages: [], uv: false },
  commands: ["echo once >>/root/runs"],
};

describeHosts("a host whose power fails during its first boot, with no time server in reach", () => {
  let cloud: Network;
  let host: Host;

  const addresses = () => cloud.names.filter(({ name }) => servers.includes(name)).map(({ address }) => address);

  beforeAll(async () => {
    const root = await debianRoot("bookworm");
    const region = "cn-shanghai";
    const nothing = { pypi: "/nonexistent", daocloud: {}, acr: {}, role };
    cloud = await startNetwork({ region, wayOut: "none", debian: root.mirror, ...nothing });
    // Packets to them vanish from then on, as to a server that is down.
    for (const address of addresses()) cloud.world.out('ip addr del "$1/32" dev lo', address);
    const base64 = userData(settings).base64;
    host = makeHost(cloud, { name: "cut-off", root, userData: Buffer.from(base64, "base64") });
  }, 600_000);
  afterAll(() => cloud?.stop());

  test("loses power while packages are unpacked: no marker", async () => {
    await host.boot();
    const log = host.path(places.log);
    const leader = Number(/^\/proc\/(\d+)\//.exec(log)?.[1]);
    for (const end = performance.now() + 60_000; ; await sleep(5)) {
      if (existsSync(log) && /^Unpacking /m.test(readFileSync(log, "utf8"))) break;
      expect(performance.now(), "no package was ever unpacked").toBeLessThan(end);
    }
    process.kill(leader, "SIGKILL");
    for (const end = performance.now() + 20_000; existsSync(`/proc/${leader}`); await sleep(20)) {
      expect(performance.now(), "it did not die").toBeLessThan(end);
    }
  }, 120_000);

  test("goes on by itself at the next boot, and ends well", async () => {
    await host.boot();
    expect(existsSync(host.path(places.marker))).toBe(false);
    const began = performance.now();
    expect(await host.marker(120)).toMatchObject({ result: "ok", settings: wantedHash(settings) });
    expect((performance.now() - began) / 1000).toBeLessThan(90);
    expect(host.sh("cloud-init status --wait").status).toBe(0);
    expect(host.out("cat /root/runs; dpkg --audit; /opt/venv/bin/python -c 'import pip'")).toBe("once\n");
    expect(host.sh(`ls ${places.again}`).status).not.toBe(0);
  }, 180_000);

  test("no time server answers: that costs the bootstrap no time and is no failure, the clock goes on trying", async () => {
    const { steps } = await host.marker(1);
    expect(steps.find(({ name }) => name === "ntp")).toMatchObject({
      result: "ok",
      seconds: expect.toSatisfy((s: number) => s < 10),
    });
    const { names, selected } = await timeServers(host, 1);
    expect(names.sort()).toEqual([...servers].sort());
    expect(selected).toBeUndefined();
    for (const address of addresses()) cloud.world.out('ip addr add "$1/32" dev lo', address);
    // chrony itself would ask again within a minute.
    host.out("chronyc -a burst 4/4");
    expect(servers).toContain((await timeServers(host, 40_000)).selected);
  }, 60_000);

  test("the boot after that changes nothing", async () => {
    await host.powerOff();
    await host.boot();
    expect(host.sh("cloud-init status --wait").status).toBe(0);
    expect(host.out("cat /root/runs")).toBe("once\n");
  }, 60_000);
});
