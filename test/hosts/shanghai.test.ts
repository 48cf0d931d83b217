import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Host, makeDisk } from "../../sandbox/boot/host.ts";
import { differences, effectiveConfig, imported, installed, snapshot, timeServers } from "./look.ts";
import { describeHosts } from "./needs.ts";
import { role, type Scene, startScene } from "./scene.ts";

const index = "http://mirrors.cloud.aliyuncs.com/pypi/simple/";

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
  const what = () => scene.of("workers");

  describe("its first boot", () => {
    test("ends with a marker that says all went well, within a minute", async () => {
      const began = await host.boot();
      const marker = await host.marker();
      const seconds = (performance.now() - began) / 1000;
      const steps = marker.steps.map((step) => `${step.name} ${step.seconds}`).join(", ");
      console.log(`workers-01 of shanghai: ${seconds.toFixed(1)} s from power-on to marker (${steps})`);
      expect(marker).toMatchObject({ schema: 1, result: "ok", settings: what().hash });
      expect(marker.steps.map(({ name }) => name)).toEqual(
        expect.arrayContaining(["data-disk", "packages", "ntp", "python", "docker", "images"]),
      );
      expect(marker.versions).toMatchObject({ os: "debian 13", python: expect.stringMatching(/^3\.13\./) });
    }, 300_000);

    test("is done and without an error in cloud-init's own eyes", () => {
      const { status, stdout } = host.sh("cloud-init status --wait --long");
      expect(stdout).toMatch(/^status: done$/m);
      expect(stdout).toMatch(/^detail:\s+DataSourceNoCloud/m);
      expect(status, stdout).toBe(0);
    });

    test("left no service failed and nothing running", () => {
      expect(host.out("systemctl --failed --plain --no-legend")).toBe("");
      expect(host.out("systemctl is-system-running --wait || true").trim()).toBe("running");
    });
  });

  describe("Python", () => {
    test("has exactly the locked packages, and they work", () => {
      const wanted = (what().settings.python?.packages ?? []).map(({ name, version }) => `${name}==${version}`).sort();
      expect(installed(host)).toEqual(wanted);
      expect(wanted.map((row) => row.split("==")[0])).toEqual(
        expect.arrayContaining(["numpy", "pandas", "pyarrow", "alibabacloud-ecs20140526", "alibabacloud-oss-v2"]),
      );
      const modules =
        "numpy pandas pyarrow alibabacloud_ecs20140526.client alibabacloud_vpc20160428.client alibabacloud_hitsdb20200615.client alibabacloud_oss_v2 alibabacloud_credentials.client";
      expect(imported(host, modules.split(" "))).toBe("ok\n");
      const sum = "import pandas, pyarrow as a; print(a.Table.from_pandas(pandas.DataFrame({'x': [1, 2]})).num_rows)";
      expect(host.out('/opt/venv/bin/python -c "$1"', sum)).toBe("2\n");
    });

    test("asks the mirror inside the VPC for whoever runs pip, in the venv and outside", () => {
      host.out("useradd --create-home ana; runuser -u ana -- python3 -m venv /home/ana/own");
      const wanted = {
        "global.index-url": index,
        "global.trusted-host": "mirrors.cloud.aliyuncs.com",
        "global.timeout": "60",
      };
      expect(effectiveConfig(host, "/home/ana/own/bin/python", "ana")).toEqual(wanted);
      for (const user of ["root", "ana"]) expect(effectiveConfig(host, "/opt/venv/bin/python", user)).toEqual(wanted);
    });

    test("keeps to it in the venv when somebody's own pip.conf says otherwise", () => {
      host.out(
        "runuser -u ana -- sh -c 'mkdir ~/.pip; printf \"[global]\\nindex-url = https://elsewhere.example/\\n\" >~/.pip/pip.conf'",
      );
      expect(effectiveConfig(host, "/opt/venv/bin/python", "ana")["global.index-url"]).toBe(index);
      expect(effectiveConfig(host, "/home/ana/own/bin/python", "ana")["global.index-url"]).toBe(
        "https://elsewhere.example/",
      );
      host.out("rm -r /home/ana/.pip");
      const debug = host.out("/opt/venv/bin/python -m pip config debug");
      expect(debug).toMatch(/^ {2}\/etc\/pip\.conf, exists: True$/m);
      expect(debug).toMatch(/^ {2}\/opt\/venv\/pip\.conf, exists: True$/m);
    });

    test("a pip of one's own takes from there what it is asked for", () => {
      const got = host.out("cd /home/ana; runuser -u ana -- own/bin/pip install --no-deps idna certifi 2>&1 || true");
      expect(got).toMatch(/Looking in indexes: http:\/\/mirrors\.cloud\.aliyuncs\.com\/pypi\/simple\//);
      expect(got).toMatch(/Successfully installed/);
    });

    test("the SDK has the credentials of the host's role, by token from the metadata service, and none are on disk", () => {
      const program = `from alibabacloud_credentials.client import Client
from alibabacloud_credentials.models import Config
c = Client(Config(type="ecs_ram_role", disable_imds_v1=True)).get_credential()
print(c.access_key_id, c.security_token, c.provider_name)`;
      const said = host.out('/opt/venv/bin/python -c "$1"', program);
      expect(said).toMatch(`${role.accessKeyId} ${role.securityToken} ecs_ram_role`);
      const onDisk = host.sh(
        'grep -rlF "$1" /etc /opt/china /home /root /var/lib/cloud /var/lib/china',
        role.accessKeyId,
      );
      expect(onDisk.stdout).toBe("");
    });
  });

  describe("containers", () => {
    const digestOf = () => what().settings.docker?.images[0] ?? "";

    test("the image came by its digest from DaoCloud, and runs", () => {
      expect(host.out("docker info --format '{{.RegistryConfig.Mirrors}}'")).toBe("[https://docker.m.daocloud.io/]\n");
      expect(host.out('docker run --rm "$1" cat /said', digestOf())).toBe("an image of shanghai\n");
      const pulls = scene.cloud.asked().filter((row) => row.kind === "http" && row.path.includes("/manifests/"));
      expect(pulls).toContainEqual(
        expect.objectContaining({
          host: "docker.m.daocloud.io",
          status: 200,
          path: expect.stringContaining(scene.image.digest),
        }),
      );
    });

    test("pulled again by hand, it comes from there again", () => {
      const asked = () =>
        scene.cloud.asked().filter((row) => row.kind === "http" && row.path.includes("/blobs/")).length;
      const before = asked();
      host.out('docker image rm "$1" && docker pull -q "$1"', digestOf());
      expect(asked()).toBeGreaterThan(before);
    });
  });

  test("time comes from Alibaba's servers inside the VPC and from nowhere else", async () => {
    const names = what().settings.ntp;
    expect(names).toHaveLength(4);
    const { names: found, selected } = await timeServers(host, 20_000);
    expect(found.sort()).toEqual([...names].sort());
    expect(names).toContain(selected);
    expect(host.out("readlink /etc/localtime").trim()).toMatch(/Asia\/Shanghai$/);
  }, 60_000);

  test("the data disk has a filesystem with our label and is mounted by it", () => {
    expect(host.out("findmnt -nro SOURCE,FSTYPE /data").trim()).toBe(`${disk} ext4`);
    expect(host.out('blkid -p -s LABEL -o value "$1"', disk).trim()).toBe("china-data");
    expect(host.out("cat /etc/fstab")).toBe("LABEL=china-data /data auto defaults,nofail 0 2\n");
    expect(host.out("grep -c 'making a filesystem' /var/log/china-bootstrap.log").trim()).toBe("1");
    host.out("echo kept >/data/kept");
  });

  describe("its second boot", () => {
    let before: Map<string, string>;
    let marker: string;

    test("changes nothing", async () => {
      marker = host.out("cat /var/lib/china/bootstrap.json");
      before = snapshot(host);
      await host.powerOff();
      await host.boot();
      expect(host.out("cloud-init status --wait || true").trim()).toMatch(/status: done$/);
      // systemd leaves devices in fstab alone when it runs in a container; on a machine it does this.
      host.out("mountpoint -q /data || mount -a");
      expect(differences(before, snapshot(host)).filter((path) => !ofTheBoot.test(path))).toEqual([]);
      expect(host.out("cat /var/lib/china/bootstrap.json")).toBe(marker);
      expect(host.out("cat /data/kept")).toBe("kept\n");
    }, 120_000);

    test("brings Docker and time back", async () => {
      expect(host.out('docker run --rm "$1" cat /said', what().settings.docker?.images[0] ?? "")).toBe(
        "an image of shanghai\n",
      );
      expect((await timeServers(host, 20_000)).names.sort()).toEqual([...what().settings.ntp].sort());
    }, 60_000);
  });

  test("no other host was asked: no name, no packet", () => {
    expect(scene.strangers()).toEqual([]);
    expect(scene.cloud.packets().nowhere).toBe(0);
  });

  test("log and count would have shown it: what DaoCloud lacks is asked of Docker Hub, in vain", () => {
    const { status, stderr } = host.sh("timeout 100 docker pull -q docker.io/library/absent:1");
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/registry-1\.docker\.io/);
    expect(scene.strangers()).toEqual(["registry-1.docker.io"]);
    expect(scene.cloud.packets().nowhere).toBeGreaterThan(0);
  }, 120_000);
});

/** What every boot of a Debian writes, whatever runs on it. */
const ofTheBoot = /^\/etc\/(machine-id|resolv\.conf|mtab|\.updated|motd)$/;
