import { existsSync } from "node:fs";
import { describe } from "vitest";

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
  if (process.getuid?.() !== 0) return "needs root: sudo npm run test:hosts";
  const missing = tools.filter(([command]) => !existsSync(command)).map(([, name]) => name);
  return missing.length === 0 ? undefined : `apt-get install -y --no-install-recommends ${missing.join(" ")}`;
}

/** Tests on hosts that boot. Skipped with the reason in their name where they cannot, but never in CI. */
export function describeHosts(name: string, tests: () => void): void {
  const why = cannotBoot();
  if (why !== undefined && process.env["CI"] !== undefined) throw new Error(why);
  if (why === undefined) describe(name, tests);
  else describe.skip(`${name}: skipped, ${why}`, tests);
}
