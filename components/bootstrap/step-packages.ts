import { shellWords } from "./quote.ts";
import type { BootstrapSettings } from "./settings.ts";
import type { Step } from "./step.ts";

/** Packages of the distribution, only those that are missing: nothing is upgraded behind a pinned image's back. */
export function packageStep(settings: BootstrapSettings): Step[] {
  const { family, packages } = settings.os;
  const wanted = [
    ...(settings.ntp.length > 0 ? packages.chrony : []),
    ...(settings.python === undefined ? [] : packages.python),
    ...(settings.docker === undefined ? [] : packages.docker),
  ];
  if (wanted.length === 0) return [];
  const functions = `${family === "debian" ? apt : dnf}${missing}`;
  return [{ name: "packages", functions, call: `packages ${shellWords([...new Set(wanted)].sort())}` }];
}

const missing = `
packages() {
  for package; do
    shift
    has "$package" || set -- "$@" "$package"
  done
  [ $# = 0 ] || retry 5 10 get "$@" || die "these packages could not be installed: $*. See $log; when the mirror answers, run again"
}
`;

// dpkg --configure: an earlier run may have been ended in the middle. An update that fails is no reason to stop: another
// repository of the image may be gone while the lists at hand are good enough.
const apt = `
export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
has() { case $(dpkg-query -W -f '\${db:Status-Abbrev}' "$1" 2>/dev/null || true) in ?i*) ;; *) return 1 ;; esac; }
get() {
  dpkg --configure -a --force-confdef --force-confold &&
    { apt-get -q update || echo "lists of packages could not be brought up to date"; } &&
    apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 \\
      -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold install "$@"
}
`;

const dnf = `
has() { rpm -q --whatprovides "$1" >/dev/null 2>&1; }
get() { dnf -q -y --setopt=install_weak_deps=False install "$@"; }
`;
