import { readFileSync } from "node:fs";
import type { HostFile } from "../settings.ts";
import { type ProbeSettings, probeConfig } from "./config.ts";
import { probeLimits } from "./limits.ts";

/** Where the probe stands on a host. */
export const probePlaces = {
  program: "/opt/china/probe.py",
  config: "/opt/china/probe.json",
  service: "/etc/systemd/system/china-probe.service",
  timer: "/etc/systemd/system/china-probe.timer",
  /** latest.json, and the last fourteen results under their time. */
  results: "/var/lib/china-probe",
} as const;

/** The command that turns it on, also again; it ends at once, whatever the probe does later. */
export const probeOn = ["systemctl", "enable", "--now", "china-probe.timer"] as const;

let program: string | undefined;

/** The program as hosts get it: without the lines that are for people alone. Read once, when first asked for. */
export function probeProgram(): string {
  program ??= withoutRemarks(readFileSync(new URL("probe.py", import.meta.url), "utf8"));
  return program;
}

/** Comment lines, docstrings and empty lines go; they are a tenth of what would be sent. */
export function withoutRemarks(python: string): string {
  const lines = python
    .replace(/^( *)"""(?:[^"]|"(?!""))*"""\n/gm, "")
    .split("\n")
    .filter((line, index) => line.trim() !== "" && (index === 0 || !/^\s*#/.test(line)));
  return `${lines.join("\n")}\n`;
}

/**
 * As a user that exists only while it runs, at the lowest priority, after whatever cloud-init still does. systemd ends it
 * a minute after it should have ended itself. python3 is 3.6 on Alibaba Cloud Linux 3; platform-python is the same there
 * where nobody chose one.
 */
const service = `[Unit]
Description=What works from this host
Wants=network-online.target
After=network-online.target cloud-final.service

[Service]
Type=oneshot
DynamicUser=yes
StateDirectory=china-probe
ExecStart=/bin/sh -c 'exec "$(command -v python3 || echo /usr/libexec/platform-python)" ${probePlaces.program}'
TimeoutStartSec=${probeLimits.run + 60}
Nice=19
MemoryMax=128M
NoNewPrivileges=yes
`;

/** Once after each boot, when the bootstrap is well through, then daily. Spread, or all hosts would ask in one second. */
const timer = `[Unit]
Description=What works from this host, daily

[Timer]
OnBootSec=15min
OnUnitActiveSec=1d
RandomizedDelaySec=30min

[Install]
WantedBy=timers.target
`;

export function probeFiles(settings: ProbeSettings): HostFile[] {
  const file = (path: string, content: string): HostFile => ({ path, content, mode: "0644", owner: "root:root" });
  return [
    file(probePlaces.program, probeProgram()),
    file(probePlaces.config, `${JSON.stringify(probeConfig(settings))}\n`),
    file(probePlaces.service, service),
    file(probePlaces.timer, timer),
  ];
}
