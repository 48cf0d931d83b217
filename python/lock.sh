#!/bin/sh
# Writes the locks beside it anew from pyproject.toml: sh python/lock.sh
# It always takes the newest versions that fit: the uv.lock that would keep older ones is not committed.
# Download addresses are left out on purpose: hosts install from the mirror that the stack names, and the hashes alone
# decide what is accepted.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp pyproject.toml "$work"
uv lock --quiet --project "$work"

# write FILE OPTIONS...: one lock, what uv is told to export
write() {
  file=$1
  shift
  uv export --quiet --project "$work" --format pylock.toml --no-emit-project --no-header "$@" \
    -o "$work/pylock.toml" >/dev/null
  {
    echo '# Written by lock.sh from pyproject.toml; do not edit. Wheels have no addresses: hosts use their own index.'
    sed -E \
      -e '/^(index|sdist) = /d' \
      -e 's#url = "[^"]*/([^"/]+)"#name = "\1"#g' \
      -e 's#upload-time = [^,}]+, ##g' \
      -e 's#(name = "[^"]*)%2B#\1+#g' \
      "$work/pylock.toml"
  } >"$file"
  if grep -n '://' "$file"; then
    echo "$file still names an address (above): uv has a new field that lock.sh must remove" >&2
    exit 1
  fi
}

write pylock.toml --no-dev
write pylock.sdk-v2.toml --only-group sdk-v2
write pylock.sdk-v1.toml --only-group sdk-v1
