import { places } from "./places.ts";
import { shellWords } from "./quote.ts";
import type { BootstrapSettings } from "./settings.ts";
import type { Step } from "./step.ts";

/**
 * Docker running with this daemon.json, then the images. Everything in the file can be reloaded, so containers go on
 * running. At first start the package finds the file already there.
 */
export function dockerSteps({ docker }: BootstrapSettings): Step[] {
  if (docker === undefined) return [];
  const start: Step = { name: "docker", functions: up, call: "docker_up" };
  if (docker.images.length === 0) return [start];
  return [start, { name: "images", functions: pull, call: `images ${shellWords(docker.images)}` }];
}

const up = `
docker_up() {
  if with_systemd; then
    systemctl enable --now docker
    if differs docker ${places.daemonJson}; then
      systemctl reload docker
      applied
    fi
  fi
  retry 5 1 docker info >/dev/null || die "Docker does not come up: see journalctl -u docker, then run again"
}
`;

// The daemon's log says what the mirror answered; the command shows only the last address tried, which is Docker Hub's.
const pull = `
answered() { # since when
  { tail "$log"; journalctl -u docker -o cat --since "@$1"; } 2>/dev/null | grep -e 'after error: ' -e '^Error' |
    grep -v registry-1 | tail -n 1 | sed 's/.*after error: //; s/ spanID=.*//; s/[\\\\"]//g'
}
images() {
  for image; do
    since=$(date +%s)
    docker image inspect "$image" >/dev/null 2>&1 || retry 4 15 docker pull -q "$image" ||
      not_pulled "$(answered "$since")"
  done
}
not_pulled() {
  own="name it in your own registry (ACR)"
  case $1 in
    *verification*|*'unexpected commit'*) why="what came is not what its digest says: wait, or $own" ;;
    denied*|*allow*|*'HTTP 403'*) why="refused; when by a mirror, not on its allow list: $own" ;;
    *toomany*|*'HTTP 429'*) why="too many requests from here: wait ten minutes" ;;
    *x509*) why="the certificate is not valid: wait, or $own" ;;
    *) why="see journalctl -u docker" ;;
  esac
  die "image $image could not be pulled: $why, then run again. Last answer: $1"
}
`;
