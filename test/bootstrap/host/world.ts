import { readFileSync } from "node:fs";
import type { BootstrapSettings, PythonSettings } from "../../../components/bootstrap/settings.ts";
import { debian, worker } from "../samples.ts";
import { attach, type Machine, startMachine } from "./machine.ts";

const makeWheel = readFileSync(new URL("../fixtures/make_wheel.py", import.meta.url), "utf8");

/** Two package indexes under their real names, each a web server of its own on the machine's loopback. */
export const indexes = {
  aliyun: { url: "http://mirrors.cloud.aliyuncs.com/pypi/simple/", folder: "/srv/a/pypi/simple", address: "127.0.0.1" },
  huawei: {
    url: "http://mirrors.huaweicloud.com/repository/pypi/simple",
    folder: "/srv/b/repository/pypi/simple",
    address: "127.0.0.2",
  },
} as const;

export type IndexName = keyof typeof indexes;

// They write down what they are asked for. Docker's has no images until they are pulled.
const systemctl = `#!/bin/sh
echo "systemctl $*" >>/calls
`;
const docker = `#!/bin/sh
echo "docker $*" >>/calls
case $1$2 in
  imageinspect) grep -qxF "$3" /images ;;
  pull-q) echo "$3" >>/images ;;
  version--format) echo 20.10.24 ;;
esac
`;

/** A machine with both indexes up, a data disk attached, and systemd and Docker that only write down what they are told. */
export async function startWorld(): Promise<Machine> {
  const machine = await startMachine([32]);
  attach(machine, ...machine.disks);
  machine.write("/make_wheel.py", makeWheel);
  machine.write("/usr/local/sbin/systemctl", systemctl, "755");
  machine.write("/usr/local/sbin/docker", docker, "755");
  machine.write("/etc/chrony/chrony.conf", "confdir /etc/chrony/conf.d\n");
  machine.out(`mkdir -p /run/systemd/system; touch /images /calls; rm -f /usr/local/bin/docker
    echo '127.0.0.1 localhost mirrors.cloud.aliyuncs.com
127.0.0.2 mirrors.huaweicloud.com' >/etc/hosts`);
  for (const name of ["aliyun", "huawei"] as const) serve(machine, name);
  return machine;
}

export function serve(machine: Machine, name: IndexName): void {
  const { folder, address } = indexes[name];
  const top = folder.split("/").slice(0, 3).join("/");
  machine.out(`mkdir -p ${folder}
    /usr/bin/python3 -u -m http.server --bind ${address} --directory ${top} 80 >${top}.log 2>&1 & echo $! >${top}.pid
    for try in 1 2 3 4 5 6 7 8 9 10; do grep -q Serving ${top}.log && break; sleep 0.2; done`);
}

export function stopServing(machine: Machine, name: IndexName): void {
  machine.out(`kill "$(cat ${indexes[name].folder.split("/").slice(0, 3).join("/")}.pid)"`);
}

/** Puts a wheel into an index and returns what a lock would say of it. */
export function publish(machine: Machine, index: IndexName, name: string, version: string) {
  const sha256 = machine.out(`/usr/bin/python3 /make_wheel.py ${indexes[index].folder} ${name} ${version}`);
  return { name, version, sha256 };
}

export function python(...packages: PythonSettings["packages"]): PythonSettings {
  return { indexes: [indexes.aliyun, indexes.huawei].map(({ url }) => ({ url })), packages, uv: true };
}

/** The worker of the samples, without the packages of a distribution: there is no way to its mirror from here. */
export function workerHere(settings: PythonSettings): BootstrapSettings {
  return {
    ...worker({ ...debian, packages: { ...debian.packages, docker: [], chrony: [] } }),
    python: settings,
    environment: { HF_ENDPOINT: "https://hf-mirror.com", ODD: 'it\'s "$HOME" %h' },
    commands: ['printf %s "$ODD" >/data/odd', "exit 0\nfalse"],
  };
}
