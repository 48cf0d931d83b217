import { afterAll, beforeAll, expect, test } from "vitest";
import { type Host, makeDisk } from "../../sandbox/boot/host.ts";
import { imported } from "./look.ts";
import { describeHosts } from "./needs.ts";
import { type Scene, startScene } from "./scene.ts";

describeHosts("hosts of both groups of the Hangzhou stack, side by side", () => {
  let scene: Scene;
  let scheduler: Host;
  let batch: Host;

  beforeAll(async () => {
    scene = await startScene("hangzhou", ["scheduler", "batch"], "trixie");
    scheduler = scene.host("scheduler", "scheduler-01", makeDisk(scene.cloud.world, "data"));
    batch = scene.host("batch", "batch-01");
  }, 1_200_000);
  afterAll(() => scene?.cloud.stop());

  test("both come up", async () => {
    await Promise.all([scheduler.boot(), batch.boot()]);
    const markers = await Promise.all([scheduler.marker(), batch.marker()]);
    expect(markers.map(({ result, settings }) => [result, settings])).toEqual([
      ["ok", scene.of("scheduler").hash],
      ["ok", scene.of("batch").hash],
    ]);
    for (const host of [scheduler, batch]) expect(host.sh("cloud-init status --wait").status).toBe(0);
  }, 300_000);

  test("the one with a disk has it, the other asks for none", () => {
    expect(scheduler.out("findmnt -nro FSTYPE /data")).toBe("ext4\n");
    expect(batch.sh("findmnt /data").status).toBe(1);
    expect(batch.out("cat /etc/fstab")).toBe("");
  });

  test("Hugging Face's mirror is in the environment of logins and of services", () => {
    expect(batch.out("env -i sh -lc 'echo $HF_ENDPOINT'")).toBe("https://hf-mirror.com\n");
    // Environment of a manager comes into force with the next reload; a unit started after it has it.
    batch.out("systemd-run --quiet --wait --collect sh -c 'echo $HF_ENDPOINT >/run/seen'");
    expect(batch.out("cat /run/seen")).toBe("https://hf-mirror.com\n");
  });

  test("Python works, Docker was not asked for and is not there", () => {
    expect(imported(batch, ["numpy", "pandas", "pyarrow"])).toBe("ok\n");
    expect(batch.sh("command -v docker").status).not.toBe(0);
  });

  test("no other host was asked: no name, no packet", () => {
    expect(scene.strangers()).toEqual([]);
    expect(scene.cloud.packets().nowhere).toBe(0);
  });
});
