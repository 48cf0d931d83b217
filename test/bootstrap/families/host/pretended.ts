import { attach, type Machine, startMachine } from "../../host/machine.ts";
import { publish, python, serve } from "../../host/world.ts";

/** What is known of a family beyond the catalogue: written down apart from it, so that a wrong name there is noticed. */
export interface Pretended {
  readonly osRelease: string;
  readonly shell: "dash" | "bash";
  /** Where chrony's own configuration is. */
  readonly chronyConf: string;
  /** Python of the image itself; venvs can be made with it once `venvFrom` is there. */
  readonly imagePython?: string;
  /** Package -> what it brings: commands, or the ability to make venvs. All packages that there are. */
  readonly packages: Readonly<Record<string, readonly string[]>>;
  /** Packages that are there only with this file. */
  readonly needsFile?: { readonly path: string; readonly packages: readonly string[] };
}

const debian = { shell: "dash", chronyConf: "/etc/chrony/chrony.conf" } as const;
const ofDebian = { chrony: ["chronyd"], "python3-venv": ["venv"] };

export const pretended: Readonly<Record<string, Pretended>> = {
  "ubuntu-24.04": {
    ...debian,
    osRelease: 'ID=ubuntu\nVERSION_ID="24.04"\n',
    imagePython: "python3.12",
    packages: { ...ofDebian, "docker.io": ["docker", "dockerd"] },
  },
  "ubuntu-22.04": {
    ...debian,
    osRelease: 'ID=ubuntu\nVERSION_ID="22.04"\n',
    imagePython: "python3.10",
    packages: { ...ofDebian, "docker.io": ["docker", "dockerd"] },
  },
  "debian-12": {
    ...debian,
    osRelease: 'ID=debian\nVERSION_ID="12"\n',
    imagePython: "python3.11",
    packages: { ...ofDebian, "docker.io": ["docker", "dockerd"] },
  },
  "debian-13": {
    ...debian,
    osRelease: 'ID=debian\nVERSION_ID="13"\n',
    imagePython: "python3.13",
    packages: { ...ofDebian, "docker.io": ["dockerd"], "docker-cli": ["docker"] },
  },
  "alibaba-cloud-linux-3": {
    osRelease: 'ID="alinux"\nVERSION_ID="3"\n',
    shell: "bash",
    chronyConf: "/etc/chrony.conf",
    packages: {
      chrony: ["chronyd"],
      "python3.11": ["python3.11", "venv"],
      "docker-ce": ["dockerd"],
      "docker-ce-cli": ["docker"],
      "containerd.io": ["containerd"],
    },
    needsFile: {
      path: "/etc/yum.repos.d/docker-ce.repo",
      packages: ["docker-ce", "docker-ce-cli", "containerd.io"],
    },
  },
};

/** Real Python, under a name that no family has. */
const realPython = "/usr/lib/python-of-the-test";

// Everything that acts writes down what it was told. A package that is not in /packages does not exist.
const record = `echo "\${0##*/} $*" >>/calls\n`;
const install = `put() { # package
  line=$(grep -x "$1 .*" /packages) || { echo "no package $1" >&2; exit 100; }
  if grep -qx "$1" /only-with-file && [ ! -s "$(cat /file)" ]; then echo "no repository has $1" >&2; exit 1; fi
  for command in \${line#* }; do
    case $command in
      venv) touch /venv-possible ;;
      python3*) printf '#!/bin/sh\\nexec /pretended-python "$@"\\n' >"/usr/bin/$command"; chmod 755 "/usr/bin/$command" ;;
      *) cp "/stand-in-$command" "/usr/bin/$command" 2>/dev/null || printf '#!/bin/sh\\n' >"/usr/bin/$command"; chmod 755 "/usr/bin/$command" ;;
    esac
  done
  echo "$1" >>/installed
}
`;
const aptGet = `#!/bin/sh
${record}${install}
case " $* " in *" install "*) ;; *) exit 0 ;; esac
after=no
for word; do
  [ "$after" = no ] || put "$word"
  [ "$word" != install ] || after=yes
done
`;
const dnf = `#!/bin/sh
${record}${install}
after=no
for word; do
  [ "$after" = no ] || put "$word"
  [ "$word" != install ] || after=yes
done
`;
const dpkgQuery = `#!/bin/sh
for word; do :; done
! grep -qx "$word" /installed || echo "ii "
`;
const rpm = `#!/bin/sh
for word; do :; done
grep -qx "$word" /installed
`;
const recorder = `#!/bin/sh\n${record}`;
const docker = `#!/bin/sh
${record}case $1$2 in
  imageinspect) grep -qxF "$3" /images 2>/dev/null ;;
  pull-q) echo "$3" >>/images ;;
  version--format) echo 20.10.24 ;;
esac
`;
const pythonScript = `#!/bin/sh
case " $* " in *" -m venv "*) [ -e /venv-possible ] || { echo "ensurepip is not available" >&2; exit 1; } ;; esac
exec ${realPython} "$@"
`;

/** A machine that looks like a host of that family before its first boot, with a package index and a data disk. */
export async function startPretended(id: string) {
  const what = pretended[id];
  if (what === undefined) throw new Error(`nothing is known here of ${id}`);
  const machine = await startMachine([32]);
  attach(machine, ...machine.disks);
  machine.out(`mv "$(readlink -f /usr/bin/python3)" ${realPython}
ln -sf ${realPython} /usr/bin/python3
rm -f /usr/bin/python3.* /usr/local/bin/docker /usr/bin/docker /usr/bin/dockerd /usr/sbin/dockerd /usr/bin/containerd
rm -f /usr/bin/apt /usr/bin/apt-get /usr/bin/dpkg /usr/bin/dpkg-query /usr/bin/dnf /usr/bin/rpm /usr/sbin/chronyd
rm -rf /etc/chrony /etc/chrony.conf /etc/yum.repos.d /etc/pip.conf /root/.pip /root/.config/pip /opt/venv
ln -sf ${what.shell} /usr/bin/sh
mkdir -p /run/systemd/system "$(dirname ${what.chronyConf})"
echo '# as the image has it' >${what.chronyConf}
: >/installed; : >/calls; : >/only-with-file; echo /nowhere >/file
echo '127.0.0.1 localhost mirrors.cloud.aliyuncs.com' >/etc/hosts`);
  const commands: Record<string, string> =
    what.shell === "bash"
      ? { dnf, rpm }
      : { "apt-get": aptGet, dpkg: recorder, "dpkg-query": dpkgQuery, apt: recorder };
  for (const [name, text] of Object.entries({ ...commands, systemctl: recorder }))
    machine.write(`/usr/bin/${name}`, text, "755");
  machine.write("/stand-in-docker", docker);
  machine.write("/pretended-python", pythonScript, "755");
  if (what.imagePython !== undefined) machine.write(`/usr/bin/${what.imagePython}`, pythonScript, "755");
  machine.write("/etc/os-release", what.osRelease);
  const lines = Object.entries(what.packages).map(([name, brings]) => `${name} ${brings.join(" ")}\n`);
  machine.write("/packages", lines.join(""));
  if (what.needsFile !== undefined) {
    machine.write("/only-with-file", what.needsFile.packages.map((name) => `${name}\n`).join(""));
    machine.write("/file", what.needsFile.path);
  }
  return machine;
}

/** The index inside the VPC with one package, and Python settings that want it. */
export function withIndex(machine: Machine, makeWheel: string) {
  machine.write("/make_wheel.py", makeWheel);
  serve(machine, "aliyun");
  return python(publish(machine, "aliyun", "alpha", "1.0"));
}
