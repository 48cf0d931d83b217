import { shellQuote } from "./quote.ts";
import type { BootstrapSettings, HostUser } from "./settings.ts";
import type { Step } from "./step.ts";

/**
 * Users with keys, sudo and Docker as the settings say. One who has left the settings loses keys, sudo and Docker, and
 * the account expires if it was made here; files stay. Keys that came another way are not touched.
 */
export function userStep({ users }: BootstrapSettings): Step {
  const sorted = [...users].sort((a, b) => (a.name < b.name ? -1 : 1));
  const calls = sorted.map((user) => `  user ${userWords(user)}`);
  const names = sorted.map(({ name }) => shellQuote(name)).join(" ");
  return {
    name: "users",
    functions: `${functions}all_users() {\n${[...calls, `  only_users ${names}`].join("\n")}\n}`,
    call: "all_users",
  };
}

function userWords({ name, sudo, docker, sshKeys }: HostUser): string {
  return `${shellQuote(name)} ${sudo ? "yes" : "no"} ${docker ? "yes" : "no"} ${shellQuote(sshKeys.join("\n"))}`;
}

// Keys are written by the user, not by root: a home directory can hold links to anywhere.
const functions = `
keys() { # user, keys
  home=$(getent passwd "$1" | cut -d: -f6)
  runuser -u "$1" -- sh -euc '
    umask 077
    cd "$1"
    [ -n "$2" ] || [ -e .ssh/authorized_keys ] || exit 0
    mkdir -p .ssh
    [ -e .ssh/authorized_keys ] || : >.ssh/authorized_keys
    {
      awk "/^# china: begin$/ { mine = 1 } !mine; /^# china: end$/ { mine = 0 }" .ssh/authorized_keys
      [ -z "$2" ] || printf "# china: begin\\n%s\\n# china: end\\n" "$2"
    } >.ssh/authorized_keys.china
    if cmp -s .ssh/authorized_keys.china .ssh/authorized_keys
    then rm .ssh/authorized_keys.china
    else mv .ssh/authorized_keys.china .ssh/authorized_keys
    fi
  ' sh "$home" "$2"
}
rights() { # user, sudo, docker: yes or no
  rule=/etc/sudoers.d/90-china-$1
  if [ "$2" = yes ]; then
    [ -d /etc/sudoers.d ] || mkdir -m 0750 /etc/sudoers.d
    echo "$1 ALL=(ALL) NOPASSWD:ALL" >"$run/sudo"
    cmp -s "$run/sudo" "$rule" || install -m 0440 "$run/sudo" "$rule"
  else rm -f "$rule"; fi
  if id -nG "$1" | tr ' ' '\\n' | grep -qx docker; then member=yes; else member=no; fi
  if [ "$3$member" = yesno ]; then
    getent group docker >/dev/null || groupadd --system docker
    usermod -aG docker "$1"
  elif [ "$3$member" = noyes ]; then gpasswd -d "$1" docker; fi
}
user() { # name, sudo, docker, keys
  touch "$state/users" "$state/users-made"
  if ! getent passwd "$1" >/dev/null; then
    useradd --create-home --shell /bin/bash "$1"
    echo "$1" >>"$state/users-made"
  elif grep -qxF "$1" "$state/users-made" && ! grep -qxF "$1" "$state/users"; then usermod --expiredate '' "$1"; fi
  grep -qxF "$1" "$state/users" || echo "$1" >>"$state/users"
  rights "$1" "$2" "$3"
  keys "$1" "$4"
}
only_users() { # names
  [ -e "$state/users" ] || return 0
  if [ $# -gt 0 ]; then printf '%s\\n' "$@"; fi >"$run/users"
  grep -vxFf "$run/users" "$state/users" >"$run/left" || true
  while read -r left; do
    getent passwd "$left" >/dev/null || continue
    echo "$left has left the settings"
    rights "$left" no no
    keys "$left" '' </dev/null
    ! grep -qxF "$left" "$state/users-made" || usermod --expiredate 1 "$left"
  done <"$run/left"
  mv "$run/users" "$state/users"
}
`;
