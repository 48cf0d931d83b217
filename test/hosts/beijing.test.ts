import { afterAll, beforeAll, expect, test } from "vitest";
import { type Host, makeDisk } from "../../sandbox/boot/host.ts";
import { effectiveConfig, imported, timeServers } from "./look.ts";
import { describeHosts } from "./needs.ts";
import { type Scene, startScene } from "./scene.ts";

describeHosts("a host of the Beijing stack, without a way out", () => {
  let scene: Scene;
  let host: Host;

  beforeAll(async () => {
    scene = await startScene("beijing", ["etl"], "trixie");
    host = scene.host("etl", "etl-01", makeDisk(scene.cloud.world, "data"));
  }, 1_200_000);
  afterAll(() => scene?.cloud.stop());

  test("comes up with nothing but what the VPC serves", async () => {
    expect(scene.of("etl").wayOut).toBe("none");
    const began = await host.boot();
    expect(await host.marker()).toMatchObject({ result: "ok", settings: scene.of("etl").hash });
    console.log(`etl-01 of beijing: ${((performance.now() - began) / 1000).toFixed(1)} s from power-on to marker`);
    expect(host.sh("cloud-init status --wait").status).toBe(0);
  }, 300_000);

  test("its image came by digest from one's own registry, and runs", () => {
    const [image] = scene.of("etl").settings.docker?.images ?? [];
    expect(image).toMatch(/^registry-vpc\.cn-beijing\.aliyuncs\.com\/acme\/python@sha256:/);
    expect(host.out('docker run --rm "$1" cat /said', image ?? "")).toBe("an image of beijing\n");
    expect(host.out("docker info --format '{{.RegistryConfig.Mirrors}}'")).toBe("[]\n");
    const asked = scene.cloud.asked().filter((row) => row.kind === "http" && row.path.startsWith("/v2/acme/python/"));
    expect(new Set(asked.map((row) => row.kind === "http" && row.host))).toEqual(
      new Set(["registry-vpc.cn-beijing.aliyuncs.com"]),
    );
  });

  test("Python, time and disk are there", async () => {
    expect(imported(host, ["numpy", "pandas", "pyarrow", "alibabacloud_oss_v2"])).toBe("ok\n");
    expect(effectiveConfig(host, "/opt/venv/bin/python")["global.index-url"]).toBe(
      "http://mirrors.cloud.aliyuncs.com/pypi/simple/",
    );
    expect(scene.of("etl").settings.ntp).toContain((await timeServers(host, 20_000)).selected);
    expect(host.out("findmnt -nro FSTYPE /data")).toBe("ext4\n");
  }, 60_000);

  test("the internet was never asked: no name, no packet left the VPC", () => {
    expect(scene.strangers()).toEqual([]);
    expect(scene.cloud.packets()).toEqual({ nowhere: 0, out: 0 });
  });

  test("the count would have shown it: one packet to the internet is seen", () => {
    host.sh("curl -sS -m 1 http://203.0.113.1/");
    expect(scene.cloud.packets().out).toBeGreaterThan(0);
  });
});
