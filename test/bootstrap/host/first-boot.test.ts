import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bootstrapFiles } from "../../../components/bootstrap/files.ts";
import { rerunScript } from "../../../components/bootstrap/rerun.ts";
import type { BootstrapSettings } from "../../../components/bootstrap/settings.ts";
import { userData, wantedHash } from "../../../components/bootstrap/user-data.ts";
import type { Machine } from "./machine.ts";
import { marker } from "./marker.ts";
import { publish, python, serve, startWorld, stopServing, workerHere } from "./world.ts";

// Only the modules that this project relies on: the others would look for a network to configure.
const cloudCfg = `datasource_list: [NoCloud]
network: {config: disabled}
cloud_init_modules: [write-files]
cloud_config_modules: [runcmd]
cloud_final_modules: [scripts-user]
`;
const firstBoot = `cloud-init init --local && cloud-init init && cloud-init modules --mode=config && cloud-init modules --mode=final`;

let machine: Machine;
let settings: BootstrapSettings;

beforeAll(async () => {
  machine = await startWorld();
  const packages = [publish(machine, "aliyun", "alpha", "1.0"), publish(machine, "aliyun", "beta-tool", "2.0")];
  settings = workerHere(python(...packages));
  machine.write("/etc/cloud/cloud.cfg.d/99-test.cfg", cloudCfg);
  machine.write("/var/lib/cloud/seed/nocloud/meta-data", "instance-id: i-1\n");
  machine.write("/root/.pip/pip.conf", "[global]\nindex-url = http://old.example/simple\n");
  machine.write("/root/.pydistutils.cfg", "[easy_install]\nindex-url = http://old.example/simple\n");
});
afterAll(() => machine?.stop());

/** Sends it as Cloud Assistant does: as the text of a script. */
function rerun(wanted: BootstrapSettings) {
  return machine.sh(rerunScript(wanted));
}

function rerunWell(wanted: BootstrapSettings): void {
  const ran = rerun(wanted);
  if (ran.status !== 0)
    throw new Error(`${ran.stdout}${ran.stderr}${machine.sh("tail -n 60 /var/log/china-bootstrap.log").stdout}`);
}

/** Files as they stand there: mode, owner and content. */
function expectFiles(wanted: BootstrapSettings): void {
  for (const { path, content, mode, owner } of bootstrapFiles(wanted)) {
    const [stat, base64] = machine.out(`stat -c '%04a %U:%G' '${path}'; base64 -w0 '${path}'`).split("\n");
    expect([path, stat, Buffer.from(base64 ?? "", "base64").toString()]).toEqual([path, `${mode} ${owner}`, content]);
  }
}

function installed(): string {
  return machine.out("/opt/venv/bin/python -m pip list --format=freeze | grep -v -e pip -e setuptools");
}

function calls(): string[] {
  const lines = machine.out("cat /calls; : >/calls").split("\n").slice(0, -1);
  return lines.filter((line) => !/docker (info|version)/.test(line));
}

/** Everything on the system disk that changed since the file /before was made. */
function changedSince(): string[] {
  const known = /^\/var\/(log\/china-bootstrap\.log|lib\/china\/(bootstrap\.json|files|users|users-made))$/;
  const found = machine
    .out("find /etc /home /opt /root/.pip /usr/local /var/lib/china /var/log/china* -xdev -newer /before ! -type d")
    .split("\n");
  return found.filter((path) => path !== "" && !known.test(path));
}

describe("the life of a host", () => {
  test("first boot, by the real cloud-init from what the API gets", () => {
    const { base64, gzip } = userData(settings);
    expect(gzip).toBe(true);
    machine.out(`base64 -d >/var/lib/cloud/seed/nocloud/user-data <<'END'\n${base64}\nEND`);
    const ran = machine.sh(firstBoot);
    const log = machine.sh("cat /var/log/china-bootstrap.log").stdout;
    expect(ran.status, ran.stdout + ran.stderr + log).toBe(0);
    expect(marker(machine)).toMatchObject({ schema: 1, settings: wantedHash(settings), result: "ok" });
    expectFiles(settings);
  }, 120_000);

  test("the marker tells steps, times and versions", () => {
    const found = marker(machine);
    expect(found.steps.map(({ name, result }) => `${name} ${result}`)).toEqual([
      ...["data-disk", "users", "files", "time-zone", "packages", "ntp", "python", "docker", "images"].map(
        (s) => `${s} ok`,
      ),
      "command-1 ok",
      "command-2 ok",
    ]);
    expect(found.versions).toMatchObject({
      os: "debian 12",
      docker: "20.10.24",
      python: expect.stringMatching(/^3\.11\.\d+$/),
    });
    expect(found.versions["pip"]).toMatch(/^\d+/);
    expect(Date.parse(found.finishedAt)).toBeGreaterThanOrEqual(Date.parse(found.startedAt));
    expect(found.finishedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(machine.out("stat -c %a /var/lib/china/bootstrap.json /var/log/china-bootstrap.log")).toBe("644\n600\n");
  });

  test("it did what the settings say", () => {
    expect(installed()).toBe("alpha==1.0\nbeta-tool==2.0\n");
    expect(machine.out("cat /data/odd")).toBe('it\'s "$HOME" %h');
    expect(machine.out("readlink /etc/localtime; cat /etc/timezone")).toBe(
      "/usr/share/zoneinfo/Asia/Shanghai\nAsia/Shanghai\n",
    );
    expect(
      machine.out("id -nG ops; stat -c '%U %a' /home/ops /home/ops/.config/app /home/ops/.ssh/authorized_keys"),
    ).toMatch(/^ops docker\nops 7[05][05]\nops 755\nops 600\n$/);
    expect(machine.out("ls /home/ops/.profile; cat /etc/sudoers.d/90-china-ops")).toBe(
      "/home/ops/.profile\nops ALL=(ALL) NOPASSWD:ALL\n",
    );
    expect(machine.out("ls -A /root/.pip /root/.pydistutils.cfg.before-china")).toBe(
      "/root/.pydistutils.cfg.before-china\n\n/root/.pip:\npip.conf.before-china\n",
    );
    const [image = ""] = settings.docker?.images ?? [];
    expect(calls()).toEqual([
      "systemctl daemon-reload",
      "systemctl daemon-reload",
      "systemctl enable --now chrony",
      "systemctl restart chrony",
      "systemctl enable --now docker",
      "systemctl reload docker",
      `docker image inspect ${image}`,
      `docker pull -q ${image}`,
    ]);
  });

  test("a second run with the same settings changes nothing and asks no index", () => {
    stopServing(machine, "aliyun");
    stopServing(machine, "huawei");
    machine.out("sleep 1; touch /before; sleep 1");
    rerunWell(settings);
    for (const name of ["aliyun", "huawei"] as const) serve(machine, name);
    expect(changedSince()).toEqual([]);
    const [image = ""] = settings.docker?.images ?? [];
    expect(calls()).toEqual([
      "systemctl enable --now chrony",
      "systemctl enable --now docker",
      `docker image inspect ${image}`,
    ]);
  }, 60_000);

  test("another list changes just the packages: one up, one in, one out, and one that came by hand", () => {
    const packages = [publish(machine, "aliyun", "alpha", "1.1"), publish(machine, "aliyun", "gamma", "3.0")];
    publish(machine, "aliyun", "stray", "9.0");
    machine.out("/opt/venv/bin/python -m pip install -q stray");
    settings = { ...settings, python: python(...packages) };
    rerunWell(settings);
    expect(installed()).toBe("alpha==1.1\ngamma==3.0\n");
    expect(marker(machine).settings).toBe(wantedHash(settings));
    expectFiles(settings);
    expect(calls().filter((call) => /re(start|load)|pull/.test(call))).toEqual([]);
  }, 60_000);

  test("an index that is down is passed over, whole", () => {
    stopServing(machine, "aliyun");
    const packages = [publish(machine, "huawei", "alpha", "1.2"), publish(machine, "huawei", "gamma", "3.0")];
    settings = { ...settings, python: python(...packages) };
    rerunWell(settings);
    expect(installed()).toBe("alpha==1.2\ngamma==3.0\n");
    serve(machine, "aliyun");
  }, 60_000);

  test("a file with another hash ends it: nothing is installed, no other index is asked", () => {
    const alpha = publish(machine, "huawei", "alpha", "1.3");
    publish(machine, "aliyun", "alpha", "1.3");
    machine.out("cd /srv/a/pypi/simple/alpha && echo x >>alpha-1.3-py3-none-any.whl; : >/srv/b.log");
    const ran = rerun({ ...settings, python: python(alpha) });
    expect(ran.status).toBe(1);
    expect(marker(machine)).toMatchObject({ result: "failed", failedStep: "python" });
    expect(marker(machine).message).toMatch(
      /^a file at http:\/\/mirrors\.cloud\.aliyuncs\.com.* is not the one in the lock/,
    );
    expect(ran.stdout).toContain("is not the one in the lock");
    expect(installed()).toBe("alpha==1.2\ngamma==3.0\n");
    expect(machine.out("cat /srv/b.log")).toBe("");
  }, 60_000);

  test("what the settings no longer want is gone; a user's home and own files stay", () => {
    const { npmRegistry: _, ...rest } = settings;
    settings = {
      ...rest,
      users: [],
      containerd: {},
      docker: { images: [] },
      files: settings.files.filter(({ owner }) => owner === "root:root"),
    };
    machine.out("echo own-key >>/home/ops/.ssh/authorized_keys; : >/calls");
    rerunWell(settings);
    const gone = machine.sh(
      "ls /etc/npmrc /etc/containerd/certs.d/quay.io/hosts.toml /etc/sudoers.d/90-china-ops",
    ).stdout;
    expect(gone).toBe("");
    expect(
      machine.out(
        "cat /home/ops/.ssh/authorized_keys; id -nG ops; getent shadow ops | cut -d: -f8; ls /home/ops/.config/app",
      ),
    ).toBe("own-key\nops\n1\nsettings.ini\n");
    expect(JSON.parse(machine.out("cat /etc/docker/daemon.json"))).toEqual({ "registry-mirrors": [] });
    expect(calls()).toContain("systemctl reload docker");
    expectFiles(settings);
  }, 60_000);

  test("a user who comes back can log in again", () => {
    settings = { ...settings, users: [{ name: "ops", sudo: false, docker: false, sshKeys: ["ssh-ed25519 AAAA new"] }] };
    rerunWell(settings);
    expect(
      machine.out("getent shadow ops | cut -d: -f8; cat /home/ops/.ssh/authorized_keys; ls /etc/sudoers.d"),
    ).not.toMatch(/^1|90-china/);
    expect(machine.out("cat /home/ops/.ssh/authorized_keys")).toBe(
      "own-key\n# china: begin\nssh-ed25519 AAAA new\n# china: end\n",
    );
  }, 60_000);
});
