import { commentText } from "../quote.ts";
import { unpackFiles } from "../rerun.ts";
import type { ProbeSettings } from "./config.ts";
import { probeFiles, probeOn, probePlaces } from "./files.ts";

/**
 * One script for Cloud Assistant that puts the probe on a running host, or brings it up to date, and starts it. It comes
 * by itself: the script that brings a host to its settings takes 17 of the 18 KB that Cloud Assistant allows, and the
 * probe is no part of what a host is judged by.
 */
export function probeScript(settings: ProbeSettings): string {
  const { stack, group } = settings;
  return `#!/bin/sh
# probe, stack ${commentText(stack)}, group ${commentText(group)}
set -eu
${unpackFiles(probeFiles(settings))}sh "$work/files"
systemctl daemon-reload
${probeOn.join(" ")}
systemctl start --no-block china-probe.service
echo "the probe has begun; in some minutes: cat ${probePlaces.results}/latest.json"
`;
}

/** Takes the probe off a host; its results stay. */
export const probeRemovalScript = `#!/bin/sh
set -eu
systemctl disable --now china-probe.timer 2>/dev/null || true
systemctl stop china-probe.service 2>/dev/null || true
rm -f ${[probePlaces.program, probePlaces.config, probePlaces.service, probePlaces.timer].join(" ")}
systemctl daemon-reload
echo "the probe is gone; its results stay in ${probePlaces.results}"
`;
