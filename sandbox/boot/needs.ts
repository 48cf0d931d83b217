import { existsSync } from "node:fs";

/** Command and the Debian package that has it. */
const tools: readonly (readonly [string, string])[] = [
  ["/usr/bin/mmdebstrap", "mmdebstrap"],
  ["/usr/bin/systemd-nspawn", "systemd-container"],
  ["/usr/bin/docker-registry", "docker-registry"],
  ["/bin/busybox", "busybox-static"],
  ["/sbin/ip", "iproute2"],
  ["/usr/bin/flock", "util-linux"],
  ["/usr/bin/python3", "python3-pip"],
];

/** Why hosts cannot boot here, with the line that helps; undefined when they can. */
export function cannotBoot(): string | undefined {
  if (process.platform !== "linux") return "hosts boot on Linux only";
  if (process.getuid?.() !== 0) return "hosts boot for root only: run the same with sudo";
  const missing = tools.filter(([command]) => !existsSync(command)).map(([, name]) => name);
  return missing.length === 0 ? undefined : `apt-get install -y --no-install-recommends ${missing.join(" ")}`;
}
