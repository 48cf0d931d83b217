import { configFiles } from "./config-files.ts";
import { lateFiles } from "./late-files.ts";
import { places } from "./places.ts";
import { shellQuote, shellWords } from "./quote.ts";
import type { BootstrapSettings } from "./settings.ts";
import type { Step } from "./step.ts";

/** Puts late files in place and removes configuration that an earlier run wrote and the settings no longer want. */
export function fileStep(settings: BootstrapSettings): Step {
  const late = lateFiles(settings).map(
    ({ copy, file }) => `  late ${shellWords([copy, file.owner, file.mode, file.path])}`,
  );
  const ours = configFiles(settings).map(({ path }) => shellQuote(path));
  const body = [...late, `  only_files ${ours.join(" ")}`];
  return {
    name: "files",
    functions: `${late.length > 0 ? putLate : ""}${onlyFiles}files() {\n${body.join("\n")}\n}`,
    call: "files",
  };
}

// install removes what stands there first, so a link is replaced and not followed.
const putLate = `
folders() { # folder, user:group: what is missing belongs to that user
  [ -z "$1" ] || [ -d "$1" ] || {
    folders "\${1%/*}" "$2"
    mkdir "$1"
    chown "$2" "$1"
  }
}
late() { # copy, user:group, mode, path
  folders "\${4%/*}" "$2"
  [ ! -L "$4" ] && cmp -s "$1" "$4" && [ "$(stat -c '%U:%G %04a' "$4")" = "$2 $3" ] && return
  install -T -o "\${2%%:*}" -g "\${2#*:}" -m "$3" "$1" "$4"
}
`;

// Files of the user that have left the settings stay: to remove one might lock everybody out.
const onlyFiles = `
only_files() { # paths
  if [ $# -gt 0 ]; then printf '%s\\n' "$@"; fi >"$run/files"
  touch "$state/files"
  grep -vxFf "$run/files" "$state/files" >"$run/gone" || true
  while read -r gone; do
    echo "$gone is not wanted any more"
    rm -f "$gone"
  done <"$run/gone"
  mv "$run/files" "$state/files"
  if with_systemd && differs environment ${places.serviceEnvironment}; then
    systemctl daemon-reload
    applied
  fi
}
`;
