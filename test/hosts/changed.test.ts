import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rerunScript } from "../../components/bootstrap/rerun.ts";
import { type Host, makeDisk } from "../../sandbox/boot/host.ts";
import type { Marker } from "../bootstrap/host/marker.ts";
import { differences, imported, installed, snapshot } from "./look.ts";
import { describeHosts } from "./needs.ts";
import { type Scene, startScene } from "./scene.ts";
import { type WhatAHostGets, whatAHostGets } from "./stack.ts";

const own = "registry-vpc.cn-shanghai.aliyuncs.com/acme";

/**
 * The same stack with the SDK alone instead of the long list of packages, images from a registry of one's own instead of
 * DaoCloud, and a mirror for a second registry.
 */
const changed = (text: string) =>
  text
    .replace("python: python/pylock.toml", "python: python/pylock.sdk-v2.toml")
    .replace("docker: daocloud", `docker: ${own}\n    containerd: { quay.io: https://quay.m.daocloud.io }`)
    .replace("docker.io/library/python@", `${own}/python@`);

describeHosts("a host of the Shanghai stack whose software changes", () => {
  let scene: Scene;
  let disk: string;
  let host: Host;
  let wanted: WhatAHostGets;

  beforeAll(async () => {
    scene = await startScene("shanghai", ["workers"], "bookworm");
    wanted = await whatAHostGets("shanghai", "workers", "bookworm", scene.image.digest, changed);
    disk = makeDisk(scene.cloud.world, "data");
    host = scene.host("workers", "workers-02", disk);
    await host.boot();
    expect(await host.marker()).toMatchObject({ result: "ok", settings: scene.of("workers").hash });
    expect(host.out("cloud-init status --wait --long || true")).toMatch(/^status: done$/m);
  }, 1_200_000);
  afterAll(() => scene?.cloud.stop());

  /** As Cloud Assistant runs it: the text is a script of its own, run by root. */
  function rerun(what: WhatAHostGets): Marker {
    host.out('umask 077; printf %s "$1" >/run/command.sh', rerunScript(what.settings));
    host.out("cd /; sh /run/command.sh; rm /run/command.sh");
    return JSON.parse(host.out("cat /var/lib/china/bootstrap.json")) as Marker;
  }

  describe("run again on the host", () => {
    let before: Map<string, string>;
    let container: string;
    const packages = (what: WhatAHostGets) =>
      (what.settings.python?.packages ?? []).map(({ name, version }) => `${name}==${version}`).sort();

    test("a shorter list of packages and other registries are all that changes", () => {
      const image = scene.of("workers").settings.docker?.images[0] ?? "";
      container = host.out('docker run -d --network=none "$1" sleep 600', image).trim();
      expect(packages(wanted).length).toBeLessThan(packages(scene.of("workers")).length);
      before = snapshot(host);
      expect(rerun(wanted)).toMatchObject({ result: "ok", settings: wanted.hash });
      expect(installed(host)).toEqual(packages(wanted));
      expect(imported(host, ["numpy"])).toMatch(/No module named 'numpy'/);
      expect(imported(host, ["alibabacloud_ecs20140526.client"])).toBe("ok\n");
      const kept = new Set(packages(wanted).map((row) => row.split("==")[0]));
      const others = differences(before, snapshot(host)).filter((path) => !path.startsWith("/opt/venv/"));
      expect(others).toEqual([
        ...["/etc/containerd/certs.d/quay.io/hosts.toml", "/etc/docker/daemon.json"],
        ...["/opt/china/bootstrap.sh", "/opt/china/requirements.txt"],
        ...["/var/lib/china/applied/docker", "/var/lib/china/bootstrap.json", "/var/lib/china/files"],
      ]);
      const site = /^\/opt\/venv\/lib\/python3\.11\/site-packages\/([\w.]+)-[\w.]+\.dist-info\//;
      const touched = differences(before, snapshot(host)).flatMap((path) => site.exec(path)?.[1] ?? []);
      expect(touched.filter((name) => kept.has(name.toLowerCase().replaceAll(/[_.]+/g, "-")))).toEqual([]);
    }, 120_000);

    test("Docker has changed its mirrors and its image, and containers ran on meanwhile", () => {
      expect(host.out("docker info --format '{{.RegistryConfig.Mirrors}}'")).toBe("[]\n");
      expect(host.out('docker run --rm "$1" cat /said', `${own}/python@${scene.image.digest}`)).toBe(
        "an image of shanghai\n",
      );
      expect(host.out("docker inspect --format '{{.State.Status}} {{.RestartCount}}' \"$1\"", container)).toBe(
        "running 0\n",
      );
    });

    test("containerd takes images of the second registry from its mirror", () => {
      const image = `quay.io/prometheus/busybox@${scene.image.digest}`;
      host.out('ctr images pull --hosts-dir /etc/containerd/certs.d "$1"', image);
      const asked = scene.cloud.asked().filter((row) => row.kind === "http" && row.host === "quay.m.daocloud.io");
      expect(asked).toContainEqual(expect.objectContaining({ status: 200 }));
    });

    test("run once more, nothing changes at all", () => {
      const settled = snapshot(host);
      rerun(wanted);
      expect(differences(settled, snapshot(host))).toEqual(["/var/lib/china/bootstrap.json", "/var/lib/china/files"]);
    }, 120_000);

    test("back to the first settings, the long list is there again and the registry's file is gone", () => {
      const first = scene.of("workers");
      expect(rerun(first)).toMatchObject({ result: "ok", settings: first.hash });
      expect(installed(host)).toEqual(packages(first));
      expect(imported(host, ["numpy", "pandas", "pyarrow"])).toBe("ok\n");
      expect(host.out("find /etc/containerd/certs.d -type f")).toBe("");
    }, 120_000);
  });

  test("rebuilt with a new system disk, it finds its data disk as it was", async () => {
    host.out("echo kept >/data/kept");
    const uuid = host.out('blkid -p -s UUID -o value "$1"', disk);
    await host.powerOff();
    host = scene.host("workers", "workers-02", disk);
    await host.boot();
    expect(await host.marker()).toMatchObject({ result: "ok", settings: scene.of("workers").hash });
    expect(host.out("cat /data/kept; findmnt -nro SOURCE /data")).toBe(`kept\n${disk}\n`);
    expect(host.out('blkid -p -s UUID -o value "$1"', disk)).toBe(uuid);
    expect(host.out("cat /var/log/china-bootstrap.log")).not.toMatch(/making a filesystem/);
  }, 300_000);

  test("no other host was asked: no name, no packet", () => {
    expect(scene.strangers()).toEqual([]);
    expect(scene.cloud.packets().nowhere).toBe(0);
  });
});
