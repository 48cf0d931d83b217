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

// The daemon's log says which mirror refused; the command shows only the last address tried.
const pull = `
images() {
  for image; do
    docker image inspect "$image" >/dev/null 2>&1 || retry 4 15 docker pull -q "$image" ||
      die "image $image could not be pulled: journalctl -u docker says what the mirror answered (403: not on its allow list, 429: too many requests); then run again"
  done
}
`;
