import { chronyPath } from "./config-files.ts";
import { shellQuote, shellWords } from "./quote.ts";
import type { BootstrapSettings } from "./settings.ts";
import type { Step } from "./step.ts";

/** Without timedatectl, which wants a running D-Bus. */
export function timeZoneStep({ timezone }: BootstrapSettings): Step {
  return { name: "time-zone", functions: zone, call: `time_zone ${shellQuote(timezone)}` };
}

const zone = `
time_zone() {
  file=/usr/share/zoneinfo/$1
  [ -f "$file" ] || die "this image does not know the time zone $1: correct software.timezone in the stack file"
  [ "$(readlink -f /etc/localtime)" = "$(readlink -f "$file")" ] || ln -sfn "$file" /etc/localtime
  [ ! -f /etc/timezone ] || [ "$(cat /etc/timezone)" = "$1" ] || echo "$1" >/etc/timezone
}
`;

/** Restarts chrony only when its servers changed. Without servers in the settings the image's own count again. */
export function ntpStep(settings: BootstrapSettings): Step[] {
  const { chronyService, chronyDirectory } = settings.os;
  if (settings.ntp.length === 0) {
    return [{ name: "ntp", functions: image, call: `image_time_servers ${shellQuote(chronyService)}` }];
  }
  const words = shellWords([chronyService, chronyDirectory, chronyPath(settings)]);
  return [{ name: "ntp", functions: ntp, call: `time_servers ${words}` }];
}

// Some images' chrony.conf reads no drop-ins; confdir is known from chrony 4.0 on. The image's own servers rest: beside
// ours the host would go on asking them (seen on Debian 13, chrony 4.6).
const ntp = `
time_servers() { # service, folder of drop-ins, drop-in
  main=/etc/chrony/chrony.conf
  [ -f "$main" ] || main=/etc/chrony.conf
  awk -v dir="$2" '$1 == "confdir" { for (i = 2; i <= NF; i++) if ($i == dir) found = 1 } END { exit !found }' "$main" ||
    printf '\\nconfdir %s\\n' "$2" >>"$main"
  ! grep -Eq '^[[:space:]]*(server|pool|peer)[[:space:]]' "$main" ||
    sed -i -E 's/^[[:space:]]*(server|pool|peer)[[:space:]]/# china: &/' "$main"
  with_systemd || return 0
  systemctl enable --now "$1"
  if differs chrony "$main" "$3"; then
    systemctl restart "$1"
    applied
  fi
}
`;

const image = `
image_time_servers() { # service
  for main in /etc/chrony/chrony.conf /etc/chrony.conf; do
    if grep -qs '^# china: ' "$main"; then
      sed -i 's/^# china: //' "$main"
      rm -f "$state/applied/chrony"
      ! with_systemd || systemctl restart "$1"
    fi
  done
}
`;
