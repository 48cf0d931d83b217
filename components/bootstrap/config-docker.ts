import { stringify } from "smol-toml";
import type { DockerSettings } from "./settings.ts";

/**
 * What `/etc/docker/daemon.json` says. registry-mirrors is there even when empty: a running daemon that reloads keeps
 * its old mirrors when the key is missing (moby daemon/reload.go; seen with 20.10.24).
 */
export function daemonConfig(docker: DockerSettings): Record<string, unknown> {
  const downloads = docker.maxConcurrentDownloads;
  return {
    "registry-mirrors": docker.mirror === undefined ? [] : [docker.mirror],
    // 3 is dockerd's own figure. With images in containerd's store, as on a new host with Docker 29, none was kept to before
    // a change of 2026-07 (moby 46610, 53081).
    ...(downloads === undefined || downloads === 3 ? {} : { "max-concurrent-downloads": downloads }),
  };
}

export function daemonJson(docker: DockerSettings): string {
  return `${JSON.stringify(daemonConfig(docker), null, 2)}\n`;
}

/**
 * What dockerd would refuse, or take and ignore, in a daemon.json. `dockerd --validate` is no help: 20.10 has no such
 * flag, and 26.1 accepts addresses that its start refuses.
 */
export function daemonConfigProblems(config: unknown): readonly string[] {
  if (typeof config !== "object" || config === null || Array.isArray(config)) return ["daemon.json must be an object"];
  return Object.entries(config).flatMap(([key, value]): string[] => {
    if (key === "registry-mirrors") {
      if (!Array.isArray(value)) return ["registry-mirrors must be a list"];
      return value.flatMap((url: unknown) => mirrorProblem(url) ?? []);
    }
    if (key === "max-concurrent-downloads") {
      return Number.isInteger(value) && Number(value) >= 1
        ? []
        : ["max-concurrent-downloads must be a whole number from 1"];
    }
    const hint = key === "registry-mirror" ? ": dockerd accepts it and does nothing, write registry-mirrors" : "";
    return [`${key} is not among the keys that this bootstrap writes${hint}`];
  });
}

function mirrorProblem(value: unknown): string | undefined {
  const url = typeof value === "string" ? URL.parse(value) : null;
  if (url === null) return `a mirror must be an address with its scheme, not ${JSON.stringify(value)}`;
  if (url.protocol !== "https:") return `mirror ${String(value)} must be https`;
  const bare =
    url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "" && url.password === "";
  return bare && value === url.origin ? undefined : `mirror ${String(value)} must be https://host and nothing more`;
}

/**
 * For `/etc/containerd/certs.d/<registry>/hosts.toml`: the mirror first, then the registry itself, which containerd adds
 * (also registry-1.docker.io for docker.io). No push: what is meant for the registry is not for the mirror. No restart.
 */
export function hostsToml(mirror: string): string {
  return `${stringify({ host: { [mirror]: { capabilities: ["pull", "resolve"] } } })}\n`;
}
