import { trustedHost } from "./config-python.ts";
import { places } from "./places.ts";
import { shellQuote, shellWords } from "./quote.ts";
import type { BootstrapSettings } from "./settings.ts";
import type { Step } from "./step.ts";

/**
 * The venv and exactly the packages of the list. Each index is tried whole, one after another, against the same hashes:
 * two at once would let pip take a higher version from the wrong one. A hash that differs ends it: no fallback.
 */
export function pythonStep({ os, python }: BootstrapSettings): Step[] {
  if (python === undefined) return [];
  const tries = python.indexes.map((index) => `try_index ${shellWords([index.url, trustedHost(index) ?? ""])}`);
  return [
    {
      name: "python",
      functions: `${functions}indexes() {\n  ${tries.join(" ||\n    ")}\n}`,
      call: `python_packages ${shellQuote(os.pythonCommand)}`,
    },
  ];
}

// Images have shipped root's own pip settings, which win over /etc/pip.conf without a word (django-init 316, zulip 13806).
// PIP_CONFIG_FILE=/dev/null and --isolated: what is asked, and of whom, stands on this command line and nowhere else.
const functions = `
pip() { PIP_CONFIG_FILE=/dev/null ${places.venv}/bin/python -m pip --isolated --no-input --disable-pip-version-check "$@"; }
try_index() { # address, host to trust when it is plain http
  echo "packages from $1"
  pip install --index-url "$1" \${2:+--trusted-host "$2"} --timeout 20 --retries 2 --progress-bar off \\
    --require-hashes --no-deps --only-binary :all: -r ${places.requirements} >"$run/pip" 2>&1 && got=yes || got=no
  cat "$run/pip"
  ! grep -q 'DO NOT MATCH THE HASHES' "$run/pip" ||
    die "a file at $1 is not the one in the lock (its hash differs), so nothing was installed: compare it with pypi.org, lock again only if the file there changed, then run again"
  [ "$got" = yes ]
}
normal_names() { tr '[:upper:]_.' '[:lower:]--' | sed 's/--*/-/g' | sort; }
python_packages() { # command
  for old in /root/.pip/pip.conf /root/.config/pip/pip.conf /root/.pydistutils.cfg; do
    [ ! -e "$old" ] || mv --backup=numbered "$old" "$old.before-china"
  done
  version='import sys; print(sys.version_info[:2])'
  command -v "$1" || die "this image has no $1: the catalogue says another Python than the image has"
  if [ "$("$1" -c "$version")" != "$(${places.venv}/bin/python -c "import pip; $version" 2>/dev/null)" ]; then
    cp ${places.venv}/pip.conf "$run/pip.conf"
    "$1" -m venv --clear ${places.venv}
    cp "$run/pip.conf" ${places.venv}/pip.conf
  fi
  retry 2 30 indexes || die "no index gave all packages: see $log for what each said; when one answers, run again"
  pip list --format=freeze | sed 's/[ =@].*//' | normal_names >"$run/have"
  { sed 's/==.*//' ${places.requirements}; printf '%s\\n' pip setuptools wheel; } | normal_names >"$run/want"
  comm -23 "$run/have" "$run/want" >"$run/gone"
  while read -r gone; do pip uninstall -y "$gone" </dev/null; done <"$run/gone"
}
`;
