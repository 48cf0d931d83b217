import type { ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Marker } from "../../deploy/markers.ts";
import { dnsServer } from "./addresses.ts";
import { removeGroups } from "./groups.ts";
import type { Network } from "./network.ts";
import type { Root } from "./root.ts";
import { output, type Ran, run } from "./run.ts";
import { children, type World } from "./world.ts";

export interface HostOptions {
  readonly name: string;
  readonly root: Root;
  readonly userData: Buffer;
  /** Device of a data disk, from `makeDisk`. */
  readonly disk?: string;
}

/** One instance: its system disk lives from `makeHost` to the end of the world, over any number of boots. */
export interface Host {
  readonly name: string;
  /** Address in the VPC. */
  readonly address: string;
  /** Switches it on. Returns when its first process runs, milliseconds of `performance.now()`. */
  readonly boot: () => Promise<number>;
  /** Waits for the marker, at most this many seconds; the console and the log are in the error. */
  readonly marker: (seconds?: number) => Promise<Marker>;
  /** Runs a shell script as root on it. */
  readonly sh: (script: string, ...args: string[]) => Ran;
  readonly out: (script: string, ...args: string[]) => string;
  /** Arguments of nsenter, before a command, to run it on the host with an environment of its own. */
  readonly enter: () => readonly string[];
  /** Path of a file on it, as the machine of the test sees it; only while it runs. */
  readonly path: (path: string) => string;
  readonly powerOff: () => Promise<void>;
}

/** Its own control group: two hosts in one would fight over it. Beneath it systemd-nspawn and systemd make theirs. */
const start = `
for top in $(awk '$3 == "cgroup2" || ($3 == "cgroup" && /name=systemd/) { print $2 }' /proc/self/mounts); do
  mkdir -p "$top/$1"
  echo $$ >"$top/$1/cgroup.procs"
done
shift
exec "$@" </dev/null
`;

const overlay = `
cd "$1"
mkdir -p upper work root docker containerd
mount -t overlay overlay -o "lowerdir=$2,upperdir=$1/upper,workdir=$1/work" root
`;

/** A blank disk of this size, MiB. It is let go when the world ends. */
export function makeDisk(world: World, name: string, size = 256): string {
  const file = join(world.folder, `${name}.img`);
  // Detached while it is held open, it goes by itself with its last user: nothing is left when the test is killed.
  world.out('truncate -s "$2M" "$1"', file, String(size));
  const device = world.out('losetup -f --show "$1"', file).trim();
  world.start(`${name}-held`, ["sh", "-c", `exec 8<"${device}"; losetup -d "${device}"; echo held; sleep infinity`]);
  for (let tries = 0; !readFileSync(join(world.folder, `${name}-held.log`), "utf8").includes("held"); tries++) {
    if (tries > 200) throw new Error(`${device} was not held`);
    output("sleep", ["0.05"]);
  }
  return device;
}

/** A new instance: an empty system disk over the root, and a NoCloud seed with what the API would send. */
export function makeHost(network: Network, { name, root, userData, disk }: HostOptions): Host {
  const { world } = network;
  const { namespace, address } = network.plug(name);
  const folder = join(world.folder, namespace);
  const group = `${world.group}-${namespace}`;
  mkdirSync(folder);
  furnish(join(folder, "upper"), network, { name, userData, disk, instance: namespace });
  world.out(overlay, folder, root.folder);
  // Written through the layers below: the certificates that the image has, and the authority of this run.
  world.out(
    'cat "$1" >>"$2"',
    join(folder, "upper/etc/authority.pem"),
    join(folder, "root/etc/ssl/certs/ca-certificates.crt"),
  );
  let running: { readonly nspawn: ChildProcess; readonly leader: number } | undefined;

  const path = (inside: string) => {
    if (running === undefined) throw new Error(`${name} is off`);
    return join(`/proc/${running.leader}/root`, inside);
  };
  const enter = () => {
    if (running === undefined) throw new Error(`${name} is off`);
    const env = ["-i", "HOME=/root", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"];
    return ["-t", String(running.leader), "-a", "env", ...env];
  };
  const sh = (script: string, ...args: string[]) =>
    run("nsenter", [...enter(), "sh", "-euc", script, "sh", ...args], { timeout: 600_000 });
  const out = (script: string, ...args: string[]) => {
    const { status, stdout, stderr } = sh(script, ...args);
    if (status !== 0) throw new Error(`${name}: ${script}\nended with ${status}: ${stdout}${stderr}`);
    return stdout;
  };
  const boot = async () => {
    const began = performance.now();
    const devices = disk === undefined ? [] : [`--bind=${disk}`];
    const nspawn = world.start(`${namespace}-console`, [
      ...["sh", "-euc", start, "sh", group, "env", "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1"],
      // Its own network's settings, which Docker changes; nothing else below /proc/sys.
      ...["SYSTEMD_NSPAWN_API_VFS_WRITABLE=network", "systemd-nspawn"],
      ...["-b", "-D", join(folder, "root"), `--machine=${name}`, `--network-namespace-path=/run/netns/${namespace}`],
      ...["--register=no", "--keep-unit", "--resolv-conf=off", "--timezone=off", "--link-journal=no"],
      // bpf: runc guards devices with it. Never the clock or the kernel: they are this machine's.
      ...["--system-call-filter=@keyring bpf", "--capability=all", "--drop-capability=CAP_SYS_TIME,CAP_SYS_MODULE"],
      // Docker's own overlays do not go on top of an overlay.
      ...[`--bind=${folder}/docker:/var/lib/docker`, `--bind=${folder}/containerd:/var/lib/containerd`, ...devices],
    ]);
    for (;;) {
      const leader = children(children(nspawn.pid ?? 0)[0] ?? 0).find((pid) => commandOf(pid) === "systemd");
      if (leader !== undefined) {
        running = { nspawn, leader };
        return began;
      }
      if (nspawn.exitCode !== null || performance.now() - began > 30_000) {
        throw new Error(`${name} does not boot: ${consoleOf(folder)}`);
      }
      await sleep(10);
    }
  };
  const marker = async (seconds = 240) => {
    const file = path("/var/lib/china/bootstrap.json");
    for (const end = performance.now() + seconds * 1000; performance.now() < end; await sleep(50)) {
      if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Marker;
    }
    const log = sh("tail -n 60 /var/log/china-bootstrap.log; tail -n 40 /var/log/cloud-init-output.log").stdout;
    throw new Error(`${name} has no marker after ${seconds} s:\n${consoleOf(folder)}\n${log}`);
  };
  const powerOff = async () => {
    if (running === undefined) return;
    const { nspawn } = running;
    const ended = new Promise((resolve) => nspawn.once("close", resolve));
    sh("systemctl poweroff");
    if (nspawn.exitCode === null) await Promise.race([ended, sleep(60_000, undefined, { ref: false })]);
    if (nspawn.exitCode === null) throw new Error(`${name} does not switch off: ${consoleOf(folder)}`);
    running = undefined;
    removeGroups(group);
  };
  return { name, address, boot, marker, sh, out, enter, path, powerOff };
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  } catch {
    return "";
  }
}

function consoleOf(folder: string): string {
  const file = `${folder}-console.log`;
  return existsSync(file) ? readFileSync(file, "utf8").slice(-4000) : "";
}

interface Furniture {
  readonly name: string;
  readonly instance: string;
  readonly userData: Buffer;
  readonly disk: string | undefined;
}

/** What the cloud gives to one instance: name, name server, data source. */
function furnish(upper: string, { authority }: Network, { name, instance, userData, disk }: Furniture): void {
  const write = (path: string, content: string | Buffer) => {
    mkdirSync(join(upper, path, ".."), { recursive: true });
    writeFileSync(join(upper, path), content);
  };
  write("etc/hostname", `${name}\n`);
  write("etc/hosts", `127.0.0.1 localhost\n127.0.1.1 ${name}\n`);
  write("etc/resolv.conf", `nameserver ${dnsServer}\n`);
  write("etc/authority.pem", authority);
  write("var/lib/cloud/seed/nocloud/meta-data", `instance-id: i-${instance}\nlocal-hostname: ${name}\n`);
  write("var/lib/cloud/seed/nocloud/user-data", userData);
  if (disk !== undefined) write("etc/test-disks", `${disk}\n`);
}
