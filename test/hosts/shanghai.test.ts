import { afterAll, beforeAll, expect, test } from "vitest";
import { rerunScript } from "../../components/bootstrap/rerun.ts";
import { type Host, makeDisk } from "./boot.ts";
import { effectiveConfig, installed, snapshot } from "./look.ts";
import { describeHosts } from "./needs.ts";
import { role, type Scene, startScene } from "./scene.ts";
import { whatAHostGets } from "./stack.ts";

describeHosts("a host of the Shanghai stack, from power-on to its end", () => {
  let scene: Scene;
  let disk: string;
  let host: Host;

  beforeAll(async () => {
    scene = await startScene("shanghai", ["workers"], "trixie");
    disk = makeDisk(scene.cloud.world, "data");
    host = scene.host("workers", "workers-01", disk);
  }, 1_200_000);
  afterAll(() => scene?.cloud.stop());

  test("boots, and its marker says that all went well", async () => {
    const began = await host.boot();
    const marker = await host.marker();
    const seconds = (performance.now() - began) / 1000;
    console.log(
      `workers-01 of shanghai: ${seconds.toFixed(1)} s from power-on to marker: ${JSON.stringify(marker.steps)}`,
    );
    expect(marker).toMatchObject({ schema: 1, result: "ok", settings: scene.what["workers"]?.hash });
  }, 300_000);
});
