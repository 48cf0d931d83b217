import { dataDiskLabel, limits } from "./places.ts";
import { shellQuote } from "./quote.ts";
import type { BootstrapSettings } from "./settings.ts";
import type { Step } from "./step.ts";

/**
 * Mounts the data disk. It is attached after boot and its name is not known (vdb, nvme1n1), so the step waits for a whole
 * disk that nothing uses: the one labelled china-data, or else the only one that is blank, which gets a filesystem.
 *
 * A disk that carries anything is never formatted: blkid and wipefs must both find nothing, and the first MiB must be
 * zeros (a new cloud disk is), which also protects data that neither tool knows. The one exception is the disk whose own
 * formatting was cut off (power, reboot): its serial number was written down before, and mkfs writes its superblock last.
 */
export function dataDiskStep({ dataDisk }: BootstrapSettings): Step[] {
  if (dataDisk === undefined) return [];
  const words = [dataDisk.mount, fstabField(dataDisk.mount)].map(shellQuote).join(" ");
  return [{ name: "data-disk", functions, call: `data_disk ${words}` }];
}

/** fstab separates fields by blanks; those in a path stand as octal. */
export function fstabField(path: string): string {
  return path.replace(/[\\ \t\n#]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`);
}

const functions = `
whole_disks() { lsblk -dnpo NAME,TYPE | awk '$2 == "disk" && $1 !~ "/(zram|ram|nbd|fd|sr)[0-9]" { print $1 }'; }
label_of() { blkid -p -s LABEL -o value "$1" 2>/dev/null || true; }
is_blank() {
  found=0
  blkid -p "$1" >/dev/null 2>&1 || found=$?
  [ "$found" = 2 ] && [ -z "$(wipefs -n "$1" 2>&1)" ] && cmp -s -n 1048576 "$1" /dev/zero
}
begun() { # its format was cut off, and nobody has mounted it since
  lsblk -dno SERIAL "$1" | grep . | cmp -s - "$state/formatting" || return 1
  found=0
  blkid -p "$1" >/dev/null 2>&1 || found=$?
  [ "$found" = 2 ] || dumpe2fs -h "$1" 2>&1 | grep -q '^Last mount time: *n/a'
}
find_disk() { # sets disk, or why there is none yet
  ours='' blank='' other=''
  for disk in $(whole_disks); do
    if begun "$disk"; then blank="$blank $disk"
    elif [ "$(label_of "$disk")" = ${dataDiskLabel} ]; then ours="$ours $disk"
    elif lsblk -nro MOUNTPOINT "$disk" | grep -q .; then continue
    elif [ "$(lsblk -nro NAME "$disk" | wc -l)" = 1 ] && is_blank "$disk"; then blank="$blank $disk"
    else other="$other $disk"; fi
  done
  # shellcheck disable=SC2086
  set -- \${ours:-$blank}
  [ $# -le 1 ] || die "more than one disk could be the data disk ($*): detach the wrong one, or label the right one (e2label DISK ${dataDiskLabel}), then run again"
  why="no data disk came within ${limits.dataDisk / 60} minutes: attach it to this host, then run again"
  [ -z "$other" ] || why="no blank disk and none labelled ${dataDiskLabel} came within ${limits.dataDisk / 60} minutes, and$other holds something else, which is never formatted: label it (e2label DISK ${dataDiskLabel}) to keep what is on it, or empty it by hand (wipefs -a DISK; blkdiscard -z DISK), then run again"
  [ $# = 1 ] || return 1
  disk=$1
}
data_disk() { # mount point, the same as fstab wants it
  mkdir -p "$1"
  if mountpoint -q "$1"; then
    disk=$(findmnt -nro SOURCE --mountpoint "$1" | tail -n 1)
    [ "$(label_of "$disk")" = ${dataDiskLabel} ] || die "$disk is mounted at $1 and is not the data disk: unmount it or choose another mount, then run again"
  else
    deadline=$(($(now) + ${limits.dataDisk}))
    until find_disk; do
      [ "$(now)" -lt "$deadline" ] || die "$why"
      sleep ${limits.dataDiskPoll}
    done
    [ -z "$(lsblk -nro MOUNTPOINT "$disk")" ] || die "the data disk $disk is mounted elsewhere: unmount it there, then run again"
    if begun "$disk" || [ "$(label_of "$disk")" != ${dataDiskLabel} ]; then
      echo "$disk is blank: making a filesystem"
      lsblk -dno SERIAL "$disk" >"$state/formatting"
      sync
      mkfs.ext4 -q -L ${dataDiskLabel} "$disk"
      rm -f "$state/formatting"
    fi
    mount "$disk" "$1"
  fi
  # For a disk that has grown.
  [ "$(blkid -p -s TYPE -o value "$disk")" != ext4 ] || resize2fs "$disk" || echo "the filesystem stays as small as it is"
  line="LABEL=${dataDiskLabel} $2 auto defaults,nofail 0 2"
  if ! grep -qxF "$line" /etc/fstab; then
    cp -a /etc/fstab /etc/fstab.china
    awk '$1 != "LABEL=${dataDiskLabel}"' /etc/fstab >/etc/fstab.china
    printf '%s\\n' "$line" >>/etc/fstab.china
    mv /etc/fstab.china /etc/fstab
    if with_systemd; then systemctl daemon-reload; fi
  fi
}
`;
