import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { projectFolder } from "../../support/stacks.ts";
import { type Ran, run } from "../tools.ts";

/**
 * A machine to try things on: a copy of this one (overlay on memory) with its own mounts, processes, name and network,
 * where the bootstrap really adds users, installs, formats and mounts. It sees no disk but those made for it, has no
 * network but loopback, and is gone when stopped. Needs root and a Linux with overlayfs.
 */
export interface Machine {
  /** Runs a shell script as root inside. */
  readonly sh: (script: string, shell?: string) => Ran;
  /** The same; its output, and an error when it fails. */
  readonly out: (script: string) => string;
  readonly write: (path: string, content: string, mode?: string) => void;
  /** Devices of the disks, in order. */
  readonly disks: readonly string[];
  readonly stop: () => void;
}

const setUp = `set -eu
mount -t tmpfs -o mode=0755 machine "$1"
cd "$1"
mkdir upper work root
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" root
cd root
mount -t tmpfs -o mode=0755 dev dev
mknod -m 666 dev/null c 1 3; mknod -m 666 dev/zero c 1 5; mknod -m 666 dev/full c 1 7
mknod -m 666 dev/random c 1 8; mknod -m 666 dev/urandom c 1 9; mknod -m 666 dev/tty c 5 0
ln -s /proc/self/fd dev/fd
mkdir dev/shm
for disk in $2; do mknod -m 660 "dev/$disk" b 7 "\${disk#loop}"; done
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
mount -t tmpfs -o mode=0755 run run
mount -t tmpfs -o mode=1777 tmp tmp
# A checkout below /tmp would be hidden, and with it the Node that stand-ins run by.
case $3 in /tmp/*) mkdir -p ".$3" && mount --bind "$3" ".$3" && mount -o remount,bind,ro ".$3" ;; esac
hostname machine
python3 -c 'import fcntl, socket, struct
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
fcntl.ioctl(s, 0x8914, struct.pack("16sh", b"lo", 0x49))'
echo ready
exec sleep 900
`;

// Disks that are attached are those named in /disks; the kernel calls them loops, not disks.
const lsblk = `#!/bin/sh
[ "$1" != -dnpo ] || { [ ! -e /disks ] || sed 's/$/ disk/' /disks; exit 0; }
exec /usr/bin/lsblk "$@"
`;

/**
 * @param disks MiB of each disk
 * @param network loopback of its own, or this machine's network
 */
export async function startMachine(
  disks: readonly number[] = [],
  network: "loopback only" | "with network" = "loopback only",
): Promise<Machine> {
  if (process.getuid?.() !== 0) throw new Error("these tests need root (npm run test:hosts as root)");
  const folder = mkdtempSync(join(tmpdir(), "machine-"));
  const devices = disks.map((size, index) => {
    const file = join(folder, `${index}.img`);
    run("truncate", ["-s", `${size}M`, file]);
    const made = run("losetup", ["-f", "--show", file], { install: "mount" });
    if (made.status !== 0) throw new Error(`no loop device: ${made.stderr}`);
    return made.stdout.trim();
  });
  run("mkdir", [join(folder, "m")]);
  writeFileSync(join(folder, "set-up"), setUp);
  const names = devices.map((device) => device.replace("/dev/", "")).join(" ");
  const spaces = ["-m", "-p", "-u", ...(network === "loopback only" ? ["-n"] : [])];
  const flags = [...spaces, "-f", "--mount-proc", "--kill-child", "--propagation", "private"];
  const given = [join(folder, "m"), names, projectFolder];
  const process_ = spawn("unshare", [...flags, "sh", join(folder, "set-up"), ...given]);
  let said = "";
  process_.stdout.on("data", (data: Buffer) => (said += data.toString()));
  process_.stderr.on("data", (data: Buffer) => (said += data.toString()));
  for (let tries = 0; !said.includes("ready\n"); tries++) {
    if (process_.exitCode !== null || tries > 200) throw new Error(`no machine: ${said}`);
    await setTimeout(50);
  }
  const inside = readFileSync(`/proc/${process_.pid}/task/${process_.pid}/children`, "utf8").trim();
  const enter = ["-t", inside, ...spaces, "chroot", join(folder, "m", "root")];
  const sh = (script: string, shell = "sh") => run("nsenter", [...enter, shell], { input: script });
  const out = (script: string) => {
    const ran = sh(script);
    if (ran.status !== 0) throw new Error(`${script}\nexited with ${ran.status}: ${ran.stdout}${ran.stderr}`);
    return ran.stdout;
  };
  const write = (path: string, content: string, mode = "644") => {
    const base64 = Buffer.from(content).toString("base64");
    out(`mkdir -p "$(dirname '${path}')"; base64 -d >'${path}' <<'END'\n${base64}\nEND\nchmod ${mode} '${path}'`);
  };
  const stop = () => {
    process_.kill("SIGKILL");
    for (const device of devices) run("losetup", ["-d", device]);
    rmSync(folder, { recursive: true, force: true });
  };
  write("/usr/local/sbin/lsblk", lsblk, "755");
  return { sh, out, write, disks: devices, stop };
}

/** Attaches the disks with these devices, as the cloud does after boot. */
export function attach(machine: Machine, ...devices: string[]): void {
  machine.write("/disks", devices.map((device) => `${device}\n`).join(""));
}
