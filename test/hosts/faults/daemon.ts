import { mkdtempSync, rmSync } from "node:fs";
import { daemonJson } from "../../../components/bootstrap/config-docker.ts";
import { type Image, putImage } from "../../../sandbox/boot/images.ts";
import { type Machine, startMachine } from "../../bootstrap/host/machine.ts";
import { certificates } from "./certificates.ts";
import { names, range, type Stand, stand } from "./outside.ts";

/** A machine with a running dockerd, whose mirror of docker.io is a real registry behind a front that can misbehave. */
export interface DockerHost {
  readonly machine: Machine;
  readonly mirror: Stand;
  /** Name -> address from then on, once dockerd has forgotten what it read: five seconds. */
  readonly names: (rows: Readonly<Record<string, string>>) => void;
  /** The mirror with a certificate that ended yesterday, in the place of `mirror`. */
  readonly expired: Stand;
  readonly stop: () => void;
}

export const mirrorName = "docker.m.daocloud.io";

/** Name -> address when all is well: Docker Hub refuses at once, in the mainland it would be silent. */
const usual = { [mirrorName]: `${range}.1`, "registry-1.docker.io": `${range}.9` };

// Control groups of the machine's own kind. iptables and bridge: no test here runs a container. The daemon's log goes where
// journalctl would find it: there is no journal without a boot, so a stand-in of the command prints the same lines.
const start = `set -eu
if awk '!/^#/ && $2 != 0 { found = 1 } END { exit !found }' /proc/cgroups; then
  mount -t tmpfs none /sys/fs/cgroup
  for c in $(awk '!/^#/ && $2 != 0 { print $1 }' /proc/cgroups); do
    mkdir "/sys/fs/cgroup/$c"
    mount -t cgroup -o "$c" none "/sys/fs/cgroup/$c"
  done
else mount -t cgroup2 none /sys/fs/cgroup; fi
rm -f /usr/local/bin/docker
mkdir -p /run/docker /tmp/o/upper /tmp/o/work /tmp/root
mount -t overlay overlay -o "lowerdir=$1,upperdir=/tmp/o/upper,workdir=/tmp/o/work" /tmp/root
for folder in proc sys dev run tmp; do mount --rbind /$folder /tmp/root/$folder; done
mkdir -p /tmp/root/etc/docker
cp /etc/hosts /etc/resolv.conf /tmp/root/etc
cp /etc/docker/daemon.json /tmp/root/etc/docker
cat /srv/authority.pem >>/tmp/root/etc/ssl/certs/ca-certificates.crt
chroot /tmp/root dockerd --iptables=false --ip6tables=false --bridge=none --data-root /tmp/data --exec-root /run/docker \\
  --pidfile /run/dockerd.pid -H unix:///run/docker.sock >>/run/dockerd.log 2>&1 &
docker-registry serve /srv/registry.json >/srv/registry.log 2>&1 &
for try in $(seq 200); do
  grep -q 'API listen' /run/dockerd.log && grep -q 'listening on' /srv/registry.log && exit
  sleep 0.1
done
cat /run/dockerd.log /srv/registry.log
exit 1
`;

const journalctl = `#!/bin/sh
cat /run/dockerd.log
`;

/**
 * @param images repository:tag -> image, what the mirror has
 * @param root folders, joined by colons, of the system whose dockerd runs; client and script are this machine's
 */
export async function startDockerHost(images: Readonly<Record<string, Image>>, root: string): Promise<DockerHost> {
  // The machine sees it through its overlay: what is written to it there stays there.
  const folder = mkdtempSync("/var/tmp/registry-");
  for (const [name, image] of Object.entries(images)) {
    const [repository = "", tag = "1"] = name.split(":");
    putImage(folder, repository, tag, image);
  }
  const tls = await certificates([mirrorName]);
  const machine = await startMachine();
  const stop = () => {
    machine.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    names(machine, usual);
    const storage = { filesystem: { rootdirectory: folder } };
    machine.write("/srv/registry.json", JSON.stringify({ version: 0.1, storage, http: { addr: "127.0.0.1:5000" } }));
    machine.write("/srv/authority.pem", tls.authority);
    machine.write("/etc/docker/daemon.json", daemonJson({ mirror: `https://${mirrorName}`, images: [] }));
    machine.write("/usr/local/sbin/journalctl", journalctl, "755");
    machine.write("/srv/start", start);
    machine.out(`sh /srv/start ${root}`);
    const front = { address: `${range}.1`, registry: 5000 };
    const mirror = stand(machine, { ...front, name: mirrorName, tls: tls.good });
    const expired = stand(machine, { ...front, name: "expired", tls: tls.expired });
    mirror.start();
    const renamed = (rows: Readonly<Record<string, string>>) => {
      names(machine, rows);
      machine.out("cp /etc/hosts /tmp/root/etc; sleep 5.5");
    };
    return { machine, mirror, expired, names: renamed, stop };
  } catch (error) {
    stop();
    throw error;
  }
}
