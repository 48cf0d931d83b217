import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { imageFamily } from "../../catalog/images.ts";
import { addressesOf } from "../../catalog/sources.ts";
import { builtOnce } from "./cache.ts";
import { output } from "./run.ts";

export type Release = "trixie" | "bookworm";

/** Catalogue id of the image family that each Debian stands for, and how an id of its image looks. */
export const familyOf: Readonly<Record<Release, { readonly family: string; readonly image: string }>> = {
  trixie: { family: "debian-13", image: "debian_13_5_x64_20G_alibase_20260916.vhd" },
  bookworm: { family: "debian-12", image: "debian_12_13_x64_20G_alibase_20260916.vhd" },
};

/** A Debian to boot from, never written to, and the part of Debian's mirror that the bootstrap may ask for. */
export interface Root {
  readonly release: Release;
  /** Top of the file system. */
  readonly folder: string;
  /** As it stands on a mirror below /debian: lists with Debian's own signature, and only the packages wanted. */
  readonly mirror: string;
}

/** What a public image has before its first boot: no Docker, no python3-venv. */
const inImage = [
  ...["systemd-sysv", "dbus", "cloud-init", "netplan.io", "iproute2", "iputils-ping", "ca-certificates", "curl"],
  ...["chrony", "e2fsprogs", "fdisk", "gdisk", "parted", "sudo", "openssh-server", "tzdata", "python3", "procps"],
];

/** Where the images of Alibaba Cloud find packages: catalog/sources.ts, apt-aliyun, inside the VPC. */
const aptMirror = "http://mirrors.cloud.aliyuncs.com/debian";

export const timeServers = addressesOf("ntp-aliyun", "vpc", "");

/**
 * Settings that belong to this machine, not to an image: the network is there before the host boots, services that would
 * wait for one stay off, and chrony leaves the clock alone, which is this machine's. As on the cloud's images, apt asks
 * the mirror inside the VPC, and chrony Alibaba's servers there (catalog/sources.ts, ntp-aliyun).
 */
const settle = `set -eu
cd "$1"
ln -sf /dev/null etc/systemd/system/systemd-networkd.service
ln -sf /dev/null etc/systemd/system/systemd-networkd.socket
ln -sf /dev/null etc/systemd/system/systemd-networkd-wait-online.service
: >etc/fstab
: >etc/machine-id
cat >etc/cloud/cloud.cfg.d/99-test.cfg <<'END'
datasource_list: [NoCloud]
network: {config: disabled}
growpart: {mode: "off"}
locale: C.UTF-8
resize_rootfs: false
END
echo 'DAEMON_OPTS="-F 1 -x"' >etc/default/chrony
mkdir -p etc/systemd/system/chrony.service.d
printf '[Unit]\\nConditionCapability=\\n' >etc/systemd/system/chrony.service.d/test.conf
sed -i '/^\\(pool\\|server\\) /d' etc/chrony/chrony.conf
for server in $3; do echo "server $server minpoll 4 maxpoll 10 iburst" >>etc/chrony/chrony.conf; done
rm -rf etc/apt/sources.list.d/* var/lib/apt/lists/* var/cache/apt/archives/*.deb
echo "deb ${aptMirror} $2 main" >etc/apt/sources.list
echo 'Acquire::Languages "none";' >etc/apt/apt.conf.d/90languages
cat >usr/local/sbin/lsblk <<'END'
#!/bin/sh
# Disks that are attached are those named in /etc/test-disks; the kernel calls them loops, not disks.
[ "$1" != -dnpo ] || { [ ! -e /etc/test-disks ] || sed 's/$/ disk/' /etc/test-disks; exit 0; }
exec /usr/bin/lsblk "$@"
END
chmod 755 usr/local/sbin/lsblk
`;

/**
 * Runs inside the new system, where apt still asks the mirror of this machine: gets the packages that the bootstrap will
 * ask for, with what they need, and the lists as the mirror has them.
 */
const mirrorPart = `set -eu
release=$1
from=$2
shift 2
export DEBIAN_FRONTEND=noninteractive
mkdir -p /mirror/dists/$release /lists/partial
arch=$(dpkg --print-architecture)
options='-o Dir::State::lists=/lists -o Acquire::Languages=none'
apt-get -q $options update
cp /lists/*_InRelease /mirror/dists/$release/InRelease
lists=/mirror/dists/$release/main/binary-$arch
mkdir -p $lists/by-hash/SHA256
/usr/lib/apt/apt-helper download-file "$from/dists/$release/main/binary-$arch/Packages.xz" $lists/Packages.xz
ln $lists/Packages.xz "$lists/by-hash/SHA256/$(sha256sum $lists/Packages.xz | cut -d ' ' -f 1)"
apt-get -q $options --print-uris -y --no-install-recommends install "$@" | sed -n "s/^'\\([^']*\\)' \\([^ ]*\\) .*/\\1 \\2/p" >/uris
apt-get -q $options -y --no-install-recommends --download-only install "$@"
while read -r uri file; do
  # apt writes some characters as %2b and the like; a mirror's files have them as they are.
  path=/mirror/$(printf %s "\${uri#"$from"}" | sed 's/%2b/+/g; s/%7e/~/g; s/%3a/:/g')
  mkdir -p "\${path%/*}"
  mv "/var/cache/apt/archives/$file" "$path"
done </uris
rm -rf /lists /uris /mirror-part
`;

/** The mirror that this machine's own apt asks for Debian itself. */
function debianMirror(): string {
  const rows = output("apt-get", [
    "indextargets",
    "--format",
    "$(REPO_URI) $(RELEASE) $(COMPONENT) $(ORIGIN)",
    "Created-By: Packages",
  ]);
  const row = rows.split("\n").find((line) => /\/debian\/ [a-z]+ main /.test(line));
  if (row === undefined) throw new Error("no Debian mirror in this machine's apt sources (apt-get update first)");
  return (row.split(" ")[0] ?? "").replace(/\/$/, "");
}

/** Takes about a minute when it is not in the cache. Needs apt's mirror, root and mmdebstrap. */
export async function debianRoot(release: Release): Promise<Root> {
  const packages = imageFamily(familyOf[release].family)?.packages;
  if (packages === undefined) throw new Error(`the catalogue has no family ${familyOf[release].family}`);
  const later = [...packages.python, ...packages.docker, ...packages.chrony];
  const folder = await builtOnce(release, { release, inImage, settle, timeServers, mirrorPart, later }, (fresh) => {
    const from = debianMirror();
    const scripts = { settle: join(fresh, "settle"), part: join(fresh, "mirror-part") };
    writeFileSync(scripts.settle, settle);
    writeFileSync(scripts.part, mirrorPart);
    mkdirSync(join(fresh, "mirror"));
    const hooks = [
      `copy-in ${scripts.part} /`,
      `chroot "$1" sh /mirror-part ${release} ${from} ${later.join(" ")}`,
      `mv "$1/mirror/"* ${join(fresh, "mirror")}; rmdir "$1/mirror"`,
      `sh ${scripts.settle} "$1" ${release} "${timeServers.join(" ")}"`,
    ];
    // Its mounts and processes are its own, and it ends when this process does.
    output(
      "setpriv",
      [
        ..."--pdeathsig KILL unshare -m -p -f --kill-child --mount-proc --propagation private".split(" "),
        ...["timeout", "-k", "10", "900", "mmdebstrap", "--variant=apt", `--include=${inImage.join(",")}`],
        ...["--skip=cleanup/apt/lists", ...hooks.map((hook) => `--customize-hook=${hook}`)],
        ...[release, join(fresh, "root"), `deb ${from} ${release} main`],
      ],
      { install: "mmdebstrap", timeout: 920_000 },
    );
  });
  return { release, folder: join(folder, "root"), mirror: join(folder, "mirror") };
}
