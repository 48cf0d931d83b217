import { expect } from "vitest";
import { limits } from "../../../components/bootstrap/places.ts";
import { bootstrapScript } from "../../../components/bootstrap/script.ts";
import type { BootstrapSettings } from "../../../components/bootstrap/settings.ts";
import type { Machine } from "../../bootstrap/host/machine.ts";
import { type Marker, marker } from "../../bootstrap/host/marker.ts";
import type { Ran } from "../../bootstrap/tools.ts";

/** Pauses between tries, and limits, are shortened in the text of the script: what is waited for is the same. */
export type Sooner = readonly (readonly [string, string])[];

export const sooner = {
  indexes: ["retry 2 30 indexes", "retry 2 2 indexes"],
  /** Per question; the first waits for a connection or the next byte. */
  pip: ["--timeout 20 --retries 2", "--timeout 1 --retries 1"],
  packages: ["retry 5 10 get", "retry 2 1 get"],
  images: ["retry 4 15 docker", "retry 2 1 docker"],
  dataDisk: [`$(now) + ${limits.dataDisk}`, "$(now) + 2"],
} as const;

/** Another limit for all steps, seconds. */
export function total(seconds: number): readonly [string, string] {
  return [`\nlimit=${limits.total}\n`, `\nlimit=${seconds}\n`];
}

/** @throws when the script has no such text: a test would wait, or prove nothing */
export function shortened(settings: BootstrapSettings, changes: Sooner): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the script has no ${JSON.stringify(from)} to shorten`);
    return text.replace(from, () => to);
  }, bootstrapScript(settings));
}

export interface Told {
  readonly ran: Ran;
  readonly marker: Marker;
  /** From start to end. */
  readonly seconds: number;
  readonly log: string;
}

/** Runs the very script with its pauses shortened. */
export function bootstrapOn(machine: Machine, settings: BootstrapSettings, changes: Sooner = []): Told {
  machine.write("/opt/china/bootstrap.sh", shortened(settings, changes), "755");
  machine.out("rm -f /var/lib/china/bootstrap.json; mkdir -p /var/log; : >/var/log/china-bootstrap.log");
  const began = performance.now();
  const ran = machine.sh("sh /opt/china/bootstrap.sh");
  const seconds = (performance.now() - began) / 1000;
  return { ran, marker: marker(machine), seconds, log: machine.out("cat /var/log/china-bootstrap.log") };
}

/** The marker names the step and says in one line what to do, the same line goes to the caller, and all ended in time. */
export function expectFailed(told: Told, step: string, message: RegExp, within: number): void {
  expect(told.marker, told.log).toMatchObject({ result: "failed", failedStep: step });
  const said = told.marker.message ?? "";
  expect(said, told.log).toMatch(message);
  expect(said).toMatch(/run again/);
  expect(said).not.toMatch(/\n/);
  expect(said.length).toBeLessThan(500);
  expect(told.ran.status).toBe(1);
  // The marker keeps to ASCII.
  expect(told.ran.stdout.replaceAll(/[^\n -~]/g, "").split("\n")).toContain(said);
  expect(told.seconds).toBeLessThan(within);
}

export function expectOk(told: Told, within: number): void {
  expect(told.marker, told.log).toMatchObject({ result: "ok" });
  expect(told.ran.status).toBe(0);
  expect(told.seconds).toBeLessThan(within);
}
