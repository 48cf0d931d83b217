#!/bin/sh
# Writes fixtures/golden.json anew: what real pip picks from python/pylock.toml on each image. Needs the package index
# and one Python per image with that image's pip (22.3 for ubuntu-22.04, whose 22.0 has no --report):
#   sh golden.sh PYTHON3.12 PYTHON3.10 PYTHON3.11 PYTHON3.13
# Run it after python/lock.sh; it takes some two minutes.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
lock="$here/../../../python/pylock.toml"
new=$(mktemp)
trap 'rm -f "$new"' EXIT
run() {
  found=$("$2" "$here/host_pip.py" "$5" "$4" "$lock")
  printf '{"image": "%s", "python": "%s", "arch": "%s", "glibc": "%s", %s,\n' "$1" "$3" "$5" "$4" "${found#?}" >>"$new"
}
for arch in x86_64 aarch64; do
  run ubuntu-24.04 "$1" 3.12 2.39 "$arch"
  run ubuntu-22.04 "$2" 3.10 2.35 "$arch"
  run debian-12 "$3" 3.11 2.36 "$arch"
  run debian-13 "$4" 3.13 2.41 "$arch"
done
# A list has no comma at its end.
{ echo '['; sed '$ s/,$//' "$new"; echo ']'; } | python3 -m json.tool --indent 2 - "$here/fixtures/golden.json"
