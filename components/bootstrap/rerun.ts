import { writtenFiles } from "./files.ts";
import { wantedHash } from "./hash.ts";
import { limits, places } from "./places.ts";
import { commentText, shellQuote } from "./quote.ts";
import type { BootstrapSettings, HostFile } from "./settings.ts";
import { gzipStable } from "./user-data.ts";

/**
 * One script that brings a running host to these settings: it writes the files that user data would write, byte for
 * byte, and runs the bootstrap. It needs sh, base64, gzip and flock, and nothing from the network to start.
 *
 * Cloud Assistant takes 18 KB after base64 (`sizes.cloudAssistant`).
 */
export function rerunScript(settings: BootstrapSettings): string {
  return `#!/bin/sh
# stack ${commentText(settings.stack)}, group ${commentText(settings.group)}, settings ${wantedHash(settings)}
set -eu
${unpackFiles(writtenFiles(settings), lock)}sh "$work/files"
sh ${places.script}
`;
}

/** The same words as in the script: packed together they take no room. */
const lock = `exec 9>/run/china-bootstrap.lock
flock -w ${limits.lock} 9 || {
  echo "another bootstrap is running on this host: wait until it ends, then run again"
  exit 75
}
`;

/** Lines that leave a script with these files in "$work/files"; running that does what comes `before` and writes them. */
export function unpackFiles(files: readonly HostFile[], before = ""): string {
  const packed = gzipStable(Buffer.from(`set -eu\n${before}${writeFilesScript(files)}`, "utf8")).toString("base64");
  return `umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
base64 -d >"$work/files.gz" <<'END'
${packed.replace(/.{1000}(?=.)/g, "$&\n")}
END
# Unpacked in full before any of it runs: gzip notices what was cut off or changed on the way.
gzip -dc "$work/files.gz" >"$work/files"
`;
}

/** A file that is the same already stays as it is, with its times. A link is replaced, never followed. */
function writeFilesScript(written: readonly HostFile[]): string {
  const files = written.map(({ path, mode, content }) => {
    return `write ${shellQuote(path)} ${mode} ${shellQuote(content)}`;
  });
  return `export LC_ALL=C
umask 022
write() { # path, mode, content
  [ -z "\${1%/*}" ] || mkdir -p "\${1%/*}"
  umask 077
  printf %s "$3" >"$1.china"
  umask 022
  chmod "$2" "$1.china"
  if [ ! -L "$1" ] && cmp -s "$1.china" "$1"; then
    rm -f "$1.china"
    chmod "$2" "$1"
  else
    mv -fT "$1.china" "$1"
  fi
}
${files.join("\n")}
`;
}
