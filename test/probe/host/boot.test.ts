import { afterAll, beforeAll, expect, test } from "vitest";
import { probeFiles, probePlaces } from "../../../components/bootstrap/probe/files.ts";
import { probeRemovalScript, probeScript } from "../../../components/bootstrap/probe/script.ts";
import { type ProbeResult, parseResult } from "../../../review/field-report/result.ts";
import { type Host, makeDisk, makeHost } from "../../../sandbox/boot/host.ts";
import { debianRoot } from "../../../sandbox/boot/root.ts";
import { differences, snapshot } from "../../hosts/look.ts";
import { describeHosts } from "../../hosts/needs.ts";
import { type Scene, startScene } from "../../hosts/scene.ts";
import { whatAHostGets } from "../../hosts/stack.ts";

const daily = (text: string) => text.replace(/^( +)docker: true$/m, "$1docker: true\n$1probe: daily");
const settings = { stack: "beijing", group: "etl", region: "cn-beijing", internet: false };

describeHosts("a host of the Beijing stack with the probe, without a way out", () => {
  let scene: Scene;
  let host: Host;

  beforeAll(async () => {
    scene = await startScene("beijing", ["etl"], "trixie");
    const what = await whatAHostGets("beijing", "etl", "trixie", scene.image.digest, daily);
    const disk = makeDisk(scene.cloud.world, "data");
    const root = await debianRoot("trixie");
    host = makeHost(scene.cloud, { name: "etl-01", root, userData: what.userData, disk });
    await host.boot();
  }, 1_200_000);
  afterAll(() => scene?.cloud.stop());

  const result = (): ProbeResult => parseResult(host.out(`cat ${probePlaces.results}/latest.json`), "latest.json");
  const property = (unit: string, name: string) => host.out(`systemctl show -P ${name} ${unit}`).trim();

  test("comes up as it would without: same marker, same verdict, nobody asked", async () => {
    const marker = await host.marker();
    expect(marker.message).toBeUndefined();
    expect(marker).toMatchObject({ result: "ok", settings: scene.of("etl").hash });
    expect(host.sh("cloud-init status --wait").status).toBe(0);
    expect(scene.strangers()).toEqual([]);
    expect(scene.cloud.packets()).toEqual({ nowhere: 0, out: 0 });
  }, 300_000);

  test("its files are there, and the timer waits for 15 to 45 minutes after boot", () => {
    for (const { path, content } of probeFiles(settings)) expect(host.out('cat "$1"', path)).toBe(content);
    expect(property("china-probe.timer", "ActiveState")).toBe("active");
    expect(property("china-probe.timer", "UnitFileState")).toBe("enabled");
    const next = host.out("systemctl list-timers --output=json china-probe.timer");
    const [{ next: at }] = JSON.parse(next) as [{ next: number }];
    const minutes = (at / 1_000_000 - Date.now() / 1000) / 60;
    // The host has been up for at most two.
    expect(minutes).toBeGreaterThan(13);
    expect(minutes).toBeLessThan(46);
    expect(host.sh(`ls ${probePlaces.results}/latest.json`).status).not.toBe(0);
  });

  test("systemd has nothing to say against the units", () => {
    expect(host.sh(`systemd-analyze verify ${probePlaces.service} ${probePlaces.timer}`)).toMatchObject({
      status: 0,
      stderr: "",
    });
  });

  test("when its time comes, the timer starts it, as a user of its own", async () => {
    host.out(`mkdir -p ${probePlaces.timer}.d
      printf '[Timer]\\nOnBootSec=\\nOnBootSec=1s\\nRandomizedDelaySec=0\\n' >${probePlaces.timer}.d/soon.conf
      systemctl daemon-reload
      systemctl restart china-probe.timer
      for try in $(seq 400); do [ ! -e ${probePlaces.results}/latest.json ] || break; sleep 0.2; done
      rm -r ${probePlaces.timer}.d
      systemctl daemon-reload`);
    expect(result()).toMatchObject({ stack: "beijing", group: "etl", host: "etl-01", os: "debian 13" });
    expect(property("china-probe.service", "Result")).toBe("success");
    expect(host.out(`stat -c %U:%a ${probePlaces.results}/latest.json`)).not.toMatch(/^root/);
    expect(host.out("journalctl -u china-probe.service -o cat")).toMatch(/^pypi-aliyun-vpc +works /m);
  }, 120_000);

  test("what the VPC serves works, and nothing on the internet was asked", () => {
    const words = new Map(result().targets.map(({ key, class: word }) => [key, word]));
    for (const key of ["pypi-aliyun-vpc", "acr-vpc", "ntp-aliyun-vpc", "metadata"])
      expect([key, words.get(key)]).toEqual([key, "works"]);
    const outside = result().targets.filter(({ from }) => from === "internet");
    expect(new Set(outside.map((row) => row.class))).toEqual(new Set(["not checked"]));
    const names = scene.strangers().map((name) => name.split(" ")[0] ?? "");
    expect(names.filter((name) => !/(-vpc\.cn-beijing|-internal)\.aliyuncs\.com$/.test(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(0);
  });

  test("the script for Cloud Assistant changes nothing where it is there already, and brings it back where it is not", () => {
    const before = snapshot(host);
    const run = (script: string) => host.out('printf %s "$1" >/run/probe.sh; sh /run/probe.sh', script);
    expect(run(probeScript(settings))).toMatch(/the probe has begun/);
    expect(differences(before, snapshot(host))).toEqual([]);
    expect(run(probeRemovalScript)).toMatch(/the probe is gone/);
    expect(host.out("ls /opt/china /etc/systemd/system")).not.toMatch(/probe/);
    expect(host.out(`ls ${probePlaces.results}`)).toMatch(/latest\.json/);
    run(probeScript(settings));
    expect(property("china-probe.timer", "ActiveState")).toBe("active");
    // An unpacked file has a time of its own; everything else is as it was.
    const again = snapshot(host);
    const ours = differences(before, again).filter((path) => !/china-probe\.|\/probe\./.test(path));
    expect(ours).toEqual([]);
  }, 60_000);
});
