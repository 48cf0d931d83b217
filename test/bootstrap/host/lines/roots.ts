import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { builtOnce } from "../../../../sandbox/boot/cache.ts";
import { debianRoot } from "../../../../sandbox/boot/root.ts";
import { run } from "../../tools.ts";

/** Systems whose clients judge: this machine's own Debian 12, and Debian 13 with its newer Docker and containerd. */
export type System = "Debian 12" | "Debian 13";

/**
 * Debian 13 with what the bootstrap would install there, unpacked over it and not set up: enough to run its commands.
 *
 * @returns folders for `Apart.root`
 */
export async function debian13(): Promise<string> {
  const { folder, mirror } = await debianRoot("trixie");
  const found = readdirSync(mirror, { recursive: true, encoding: "utf8" });
  const packages = found.filter((file) => file.endsWith(".deb")).sort();
  const unpacked = await builtOnce("trixie-unpacked", { packages }, (fresh) => {
    const top = join(fresh, "root");
    mkdirSync(top);
    for (const file of packages) {
      const ran = run("dpkg-deb", ["-x", join(mirror, file), top], { install: "dpkg" });
      if (ran.status !== 0) throw new Error(ran.stderr);
    }
  });
  return `${join(unpacked, "root")}:${folder}`;
}

const makeVenv = `set -eu
mount -t tmpfs none /mnt
mkdir /mnt/upper /mnt/work /mnt/root
mount -t overlay -o "lowerdir=$1,upperdir=/mnt/upper,workdir=/mnt/work" overlay /mnt/root
mkdir -p /mnt/root/opt/venv
mount --bind "$2" /mnt/root/opt/venv
exec chroot /mnt/root python3 -m venv /opt/venv
`;

/** A venv with Debian 13's pip. @returns its folder */
export async function venvOfDebian13(): Promise<string> {
  const root = await debian13();
  return builtOnce("trixie-venv", { root, makeVenv }, (fresh) => {
    const ran = run("unshare", ["-m", "--propagation", "private", "sh", "-c", makeVenv, "sh", root, fresh]);
    if (ran.status !== 0) throw new Error(ran.stdout + ran.stderr);
  });
}
