import { wantedHash } from "./hash.ts";
import { limits, places } from "./places.ts";
import { commentText } from "./quote.ts";
import { begin, finish } from "./script-frame.ts";
import type { BootstrapSettings } from "./settings.ts";
import type { Step } from "./step.ts";
import { commandSteps } from "./step-commands.ts";
import { dataDiskStep } from "./step-data-disk.ts";
import { dockerSteps } from "./step-docker.ts";
import { fileStep } from "./step-files.ts";
import { packageStep } from "./step-packages.ts";
import { pythonStep } from "./step-python.ts";
import { ntpStep, timeZoneStep } from "./step-time.ts";
import { userStep } from "./step-users.ts";

/** In the order in which they run. Packages come before time servers, which may need chrony installed. */
export function stepsOf(settings: BootstrapSettings): Step[] {
  return [
    ...dataDiskStep(settings),
    userStep(settings),
    fileStep(settings),
    timeZoneStep(settings),
    ...packageStep(settings),
    ...ntpStep(settings),
    ...pythonStep(settings),
    ...dockerSteps(settings),
    ...commandSteps(settings),
  ];
}

/**
 * The one script that brings a host to its settings: POSIX sh, safe to repeat. A second run with the same settings
 * changes nothing. It ends by writing the marker, also when a step fails or the time is up, and then exits with 1.
 *
 * It stands under `/opt/china` and is called without arguments, by cloud-init at first boot and by Cloud Assistant later.
 */
export function bootstrapScript(settings: BootstrapSettings): string {
  const steps = stepsOf(settings);
  const functions = [...new Set(steps.map((step) => step.functions))].filter((text) => text !== "");
  return [
    "#!/bin/sh",
    `# Brings a host of group ${commentText(settings.group)}, stack ${commentText(settings.stack)}, to its settings. Safe to repeat.`,
    "# Written by the stack, also over changes made here: change the stack file.",
    `# Log: ${places.log}. Result: ${places.marker}`,
    "set -eu",
    "umask 022",
    "export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8",
    `settings=${wantedHash(settings)}`,
    `limit=${limits.total}`,
    `state=${places.state}`,
    `log=${places.log}`,
    `again=${places.again}`,
    "run=/run/china-bootstrap",
    begin,
    ...functions,
    "steps() {",
    ...steps.map((step) => `  step ${step.name} ${step.call}`),
    "}",
    finish,
  ]
    .map((part) => part.trim())
    .join("\n")
    .concat("\n");
}
